package store

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"entente/internal/calendar"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/journal"
	"entente/internal/sqldb"
)

// Ties are what keeps the data of a person from being erased on a day: what they hold, or will hold, in the space.
type Ties struct {
	Mandates    []governance.Mandate
	Delegations []governance.Delegation
	Leads       []governance.Lead
	Grants      []Grant // of their account
}

// None tells that nothing keeps the data from being erased.
func (t Ties) None() bool {
	return len(t.Mandates)+len(t.Delegations)+len(t.Leads)+len(t.Grants) == 0
}

// TiesOf reads what a person holds in the space on a day or later.
func (sp *Space) TiesOf(ctx context.Context, p directory.Person, day calendar.Date) (Ties, error) {
	var t Ties
	held, err := mandates.find(ctx, sp, "AND person_id = $2 ORDER BY seat, from_day, id", p.ID)
	if err != nil {
		return t, err
	}
	acts, err := sp.DelegationsTo(ctx, p.ID)
	if err != nil {
		return t, err
	}
	led, err := leads.find(ctx, sp, "AND person_id = $2 ORDER BY from_day, id", p.ID)
	if err != nil {
		return t, err
	}
	over := func(last calendar.Date) bool { return !last.IsZero() && last.Before(day) }
	t.Mandates = slices.DeleteFunc(held, func(m governance.Mandate) bool { return over(m.Last()) })
	t.Delegations = slices.DeleteFunc(acts, func(d governance.Delegation) bool { return over(d.Period.To) })
	t.Leads = slices.DeleteFunc(led, func(x governance.Lead) bool { return over(x.Period.To) })
	if p.Account != "" {
		t.Grants, err = sp.grantsTo(ctx, p.Account)
	}
	return t, err
}

// DelegationsTo lists the delegations that a person was given, by party, oldest first.
func (sp *Space) DelegationsTo(ctx context.Context, person string) ([]governance.Delegation, error) {
	return delegations.find(ctx, sp, "AND person_id = $2 ORDER BY party, from_day, id", person)
}

func (sp *Space) grantsTo(ctx context.Context, account string) ([]Grant, error) {
	rows, err := sp.q().Query(ctx, `SELECT account_id, role, party FROM space_grant WHERE space_id = $1 AND account_id = $2 ORDER BY role, party`, sp.id, account)
	if err != nil {
		return nil, fault.Wrap(err, "store.grants", sp.id)
	}
	list, err := collect(rows, func(g *Grant) []any { return []any{&g.Account, &g.Role, &g.Party} })
	return list, fault.Wrap(err, "store.grants", sp.id)
}

// ErasePerson takes away for good what the directory and the journal know of a person who was read at a version: names,
// addresses, the tie to an account, invitations; in the journal, the contents of the entries about them and their name in
// the labels of others. In the directory name stands in the place of theirs. What they held stays, with its dates: the
// record of a seat needs it. While they hold anything (see TiesOf) it is refused. One transaction, with an entry that names
// no personal data.
func (sp *Space) ErasePerson(ctx context.Context, by Actor, id string, version int64, name string) error {
	err := sp.Together(ctx, func(sp *Space) error {
		l := sp.open
		p, err := people.current(ctx, l, id, version)
		if err != nil {
			return err
		}
		if err := sp.refuseErasure(ctx, l, p); err != nil {
			return err
		}
		list, err := mentions(ctx, l.tx, l.space, p)
		if err != nil {
			return err
		}
		said, err := l.withhold(ctx, list)
		if err != nil {
			return err
		}
		if err := l.forget(ctx, list, p, name); err != nil {
			return err
		}
		return l.record(ctx, by, event{subject: "person", verb: journal.EraseVerb, key: id, label: name, after: said})
	})
	return fault.Wrap(err, "store.person.erase", id)
}

func (sp *Space) refuseErasure(ctx context.Context, l *ledger, p directory.Person) error {
	if erased, err := isErased(ctx, l, p.ID); err != nil {
		return err
	} else if erased {
		return fault.New(fault.Invalid, "store.person.erased")
	}
	ties, err := sp.TiesOf(ctx, p, l.today)
	if err == nil && !ties.None() {
		err = fault.New(fault.Invalid, "store.person.in-force")
	}
	return err
}

// isErased tells whether the data of a person were erased; somebody who is not there is NotFound.
func isErased(ctx context.Context, l *ledger, person string) (bool, error) {
	var by int64
	err := l.tx.QueryRow(ctx, `SELECT erased_by FROM person WHERE space_id = $1 AND id = $2`, l.space, person).Scan(&by)
	return by != 0, sqldb.Classify(err)
}

// withhold takes out of the entries what they hold of somebody's data, in favour of the entry that comes next.
func (l *ledger) withhold(ctx context.Context, list []mention) (journal.Withholding, error) {
	said := journal.Withholding{Labels: []int64{}, Contents: []int64{}}
	for _, m := range list {
		text := ""
		switch {
		case m.content:
			text = `UPDATE journal_entry SET label = '', label_salt = '', before_json = NULL, before_salt = '', after_json = NULL, after_salt = '', withheld_by = $3
				WHERE space_id = $1 AND seq = $2`
			said.Contents = append(said.Contents, m.entry.Seq)
		case m.label:
			text = `UPDATE journal_entry SET label = '', label_salt = '', withheld_by = $3 WHERE space_id = $1 AND seq = $2`
		default:
			continue
		}
		said.Labels = append(said.Labels, m.entry.Seq)
		if _, err := l.tx.Exec(ctx, text, l.space, m.entry.Seq, l.head.Seq+1); err != nil {
			return said, err
		}
	}
	return said, nil
}

// forget empties the row of a person in favour of the entry that comes next, revokes their links, and throws away the
// invitations to them.
func (l *ledger) forget(ctx context.Context, list []mention, p directory.Person, name string) error {
	_, err := l.tx.Exec(ctx, `UPDATE person SET version = version + 1, given = '', family = $3, email = '', phone = '', account_id = NULL,
		folded = $4, sort = $5, erased_by = $6 WHERE space_id = $1 AND id = $2`, l.space, p.ID, name, searchable(name), sortKey(name), l.head.Seq+1)
	if err != nil {
		return err
	}
	if err := l.revokeLinksOf(ctx, p.ID); err != nil {
		return err
	}
	if err := l.unwrite(ctx, p.ID); err != nil {
		return err
	}
	who := knownAs(list, p)
	if err := l.unname(ctx, who, name); err != nil {
		return err
	}
	rows, err := l.tx.Query(ctx, `SELECT hash, payload FROM token WHERE space_id = $1 AND kind = $2`, l.space, string(Invited))
	if err != nil {
		return err
	}
	issued, err := collect(rows, func(x *issuedInvitation) []any { return []any{&x.hash, rawJSON{&x.payload}} })
	if err != nil {
		return err
	}
	for _, x := range issued {
		if !who.invited(x.payload) {
			continue
		}
		if _, err := l.tx.Exec(ctx, `DELETE FROM token WHERE hash = $1`, x.hash); err != nil {
			return err
		}
		if _, err := l.tx.Exec(ctx, `DELETE FROM job WHERE space_id = $1 AND key = $2`, l.space, x.hash); err != nil { // its letter
			return err
		}
	}
	return nil
}

// unwrite takes away what was written to a person, and what they remarked when they answered. That they were called, that they
// came and for which seat stays, by identifier.
func (l *ledger) unwrite(ctx context.Context, person string) error {
	_, err := l.tx.Exec(ctx, `DELETE FROM job WHERE space_id = $1 AND kind = $3 AND EXISTS
		(SELECT 1 FROM message m WHERE m.space_id = $1 AND m.person_id = $2 AND job.key LIKE m.id || '/%')`, l.space, person, JobMessage)
	if err != nil {
		return err
	}
	for _, table := range []string{"message", "news_choice"} {
		if _, err := l.tx.Exec(ctx, `DELETE FROM `+table+` WHERE space_id = $1 AND person_id = $2`, l.space, person); err != nil {
			return err
		}
	}
	_, err = l.tx.Exec(ctx, `UPDATE attendance SET version = version + 1, note = '' WHERE space_id = $1 AND holder = $2 AND note <> ''`, l.space, person)
	return err
}

// written are the columns in which a name is written by hand, beside or instead of an identifier; and whose identifier stands beside.
var written = []struct{ table, column, beside string }{
	{"attendance", "named", ""},
	{"attendance", "sitter_name", "sitter"},
	{"agenda_item", "presenter", ""},
}

// unname takes the names of a person out of the columns in which they are written by hand: what takes their place says that
// somebody was there.
func (l *ledger) unname(ctx context.Context, who identity, name string) error {
	for _, w := range written {
		beside := "''"
		if w.beside != "" {
			beside = w.beside
		}
		rows, err := l.tx.Query(ctx, `SELECT id, `+w.column+`, `+beside+` FROM `+w.table+` WHERE space_id = $1 AND `+w.column+` <> ''`, l.space)
		if err != nil {
			return err
		}
		type row struct{ id, text, person string }
		list, err := collect(rows, func(r *row) []any { return []any{&r.id, &r.text, &r.person} })
		if err != nil {
			return err
		}
		for _, r := range list {
			if r.person != who.id && !who.named(r.text) {
				continue
			}
			if _, err := l.tx.Exec(ctx, `UPDATE `+w.table+` SET version = version + 1, `+w.column+` = $3 WHERE space_id = $1 AND id = $2`, l.space, r.id, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// Erasure reads the entry of the erasure of a person: who did it, and when. Somebody whose data are kept is NotFound.
func (sp *Space) Erasure(ctx context.Context, person string) (journal.Entry, error) {
	var e journal.Entry
	err := sp.q().QueryRow(ctx, `SELECT `+entryColumns+` FROM journal_entry
		WHERE space_id = $1 AND seq = (SELECT erased_by FROM person WHERE space_id = $1 AND id = $2)`, sp.id, person).Scan(entryTargets(&e)...)
	return e, fault.Wrap(sqldb.Classify(err), "store.erasure", person)
}

// EntriesAbout lists the entries of the journal about a person, oldest first: about themselves, about what they hold or
// held, about the roles of their account and the invitations to them. It reads many entries: not for a page.
func (sp *Space) EntriesAbout(ctx context.Context, p directory.Person) ([]journal.Entry, error) {
	list, err := mentions(ctx, sp.q(), sp.id, p)
	if err != nil {
		return nil, fault.Wrap(err, "store.journal.about", p.ID)
	}
	out := make([]journal.Entry, len(list))
	for i, m := range list {
		out[i] = m.entry
	}
	return out, nil
}

// mention is an entry of the journal about a person.
type mention struct {
	entry          journal.Entry
	label, content bool // holds data of the person, still there
}

// mentions finds the entries about a person, in their order.
func mentions(ctx context.Context, q sqldb.Queryer, space string, p directory.Person) ([]mention, error) {
	rows, err := q.Query(ctx, `SELECT `+entryColumns+` FROM journal_entry WHERE space_id = $1 AND (subject_key = $2 OR subject IN ('grant', 'invitation')
		OR subject IN ('function', 'mandate', 'delegation', 'lead', 'message', 'attendance', 'link', 'poll-answer',
		'evaluation-sheet') AND (before_json LIKE $3 OR after_json LIKE $3)
		OR subject IN ('attendance', 'agenda-item')) ORDER BY seq`, space, p.ID, "%"+p.ID+"%")
	if err != nil {
		return nil, err
	}
	entries, err := collect(rows, entryTargets)
	if err != nil {
		return nil, err
	}
	all := make([]mention, len(entries))
	for i, e := range entries {
		all[i].entry = e
	}
	who := knownAs(all, p)
	var out []mention
	for _, m := range all {
		if who.in(&m) {
			m.label = m.label && !m.entry.LabelWithheld()
			m.content = m.content && !m.entry.ContentWithheld()
			out = append(out, m)
		}
	}
	return out, nil
}

// identity is everything by which entries and invitations name a person, now and before.
type identity struct {
	id               string
	emails, accounts map[string]bool
	names            map[string]bool // folded, in both orders
}

// named tells a text in which one of the names of the person is written.
func (who identity) named(text string) bool {
	folded := " " + fold(text) + " "
	for name := range who.names {
		if strings.Contains(folded, " "+name+" ") {
			return true
		}
	}
	return false
}

// nameIn tells an entry one side of which has a name of the person written in it by hand.
func (who identity) nameIn(sides ...json.RawMessage) bool {
	for _, side := range sides {
		var x struct {
			Named      string `json:"named"`
			SitterName string `json:"sitter_name"`
			Sitter     string `json:"sitter"`
			Presenter  string `json:"presenter"`
		}
		if json.Unmarshal(side, &x) == nil && (who.named(x.Named) || who.named(x.SitterName) || who.named(x.Presenter) || x.SitterName != "" && x.Sitter == who.id) {
			return true
		}
	}
	return false
}

// knownAs gathers the addresses and accounts that a person has, and had in the journal.
func knownAs(list []mention, p directory.Person) identity {
	who := identity{id: p.ID, emails: map[string]bool{}, accounts: map[string]bool{}, names: map[string]bool{}}
	add := func(email, account, given, family string) {
		who.emails[strings.ToLower(email)], who.accounts[account] = true, true
		if given != "" && family != "" { // a lone name is many people's
			who.names[fold(given, family)], who.names[fold(family, given)] = true, true
		}
	}
	add(p.Email, p.Account, p.Given, p.Family)
	for _, m := range list {
		for _, side := range []json.RawMessage{m.entry.Before, m.entry.After} {
			var x struct {
				Email   string `json:"email"`
				Account string `json:"account_id"`
				Given   string `json:"given"`
				Family  string `json:"family"`
			}
			if m.entry.Key == p.ID && json.Unmarshal(side, &x) == nil {
				add(x.Email, x.Account, x.Given, x.Family)
			}
		}
	}
	delete(who.emails, "")
	delete(who.accounts, "")
	return who
}

// in tells whether an entry is about the person, and marks what of it holds their data. The contents of what they hold name
// them by identifier alone, which leads nowhere once their row is empty.
func (who identity) in(m *mention) bool {
	e := m.entry
	switch e.Subject {
	case "person":
		m.label, m.content = e.Key == who.id, e.Key == who.id
		return m.label
	case "grant":
		m.label = who.accounts[e.Key]
		return m.label
	case "invitation":
		about := who.invited(e.Before) || who.invited(e.After)
		m.label, m.content = about, about
		return about
	}
	before, after := bearer(e.Before), bearer(e.After)
	switch e.Subject {
	case "message": // written to them: it greets them by name, and carries their address
		m.content = before == who.id || after == who.id
		return m.content
	case "attendance", "agenda-item": // where they hold the seat, it may carry a remark of theirs; elsewhere their name, written by hand
		m.content = remarked(e.Before, who.id) || remarked(e.After, who.id) || who.nameIn(e.Before, e.After)
		return m.content
	}
	m.label = after == who.id || e.After == nil && before == who.id // whose name the label carries
	return before == who.id || after == who.id
}

// invited tells whether an invitation was for the person: by name, else by an address of theirs.
func (who identity) invited(payload json.RawMessage) bool {
	var i Invitation
	if payload == nil || json.Unmarshal(payload, &i) != nil {
		return false
	}
	if i.Person != "" {
		return i.Person == who.id
	}
	return who.emails[strings.ToLower(i.Email)]
}

// bearer is the person who bears what one side of an entry shows.
func bearer(side json.RawMessage) string {
	var x struct {
		Person string `json:"person_id"`
	}
	_ = json.Unmarshal(side, &x) // a side that is not there names nobody
	return x.Person
}

// remarked tells whether one side of an entry on attendance carries a remark of a person.
func remarked(side json.RawMessage, person string) bool {
	var x struct {
		Holder string `json:"holder"`
		Note   string `json:"note"`
	}
	return json.Unmarshal(side, &x) == nil && x.Holder == person && x.Note != ""
}
