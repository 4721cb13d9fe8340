package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"entente/internal/authority"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/journal"
	"entente/internal/plan"
	"entente/internal/store"
	"entente/internal/web/view"
)

// journal shows who changed what, for whom, when and under which article, fifty entries a page.
func (s *Server) journal(w http.ResponseWriter, v *visit) error {
	d := view.JournalData{Root: v.path(), Slug: v.place.Slug}
	d.Asked, d.Wrong = v.journalAsked()
	if err := v.fillEntries(&d); err != nil {
		return err
	}
	var err error
	if d.Head, err = v.headOf(d); err != nil {
		return err
	}
	if d.Actors, err = v.actorOptions(d); err != nil {
		return err
	}
	return s.show(w, v, view.JournalPage(v.page(v.p.T("nav.journal")), d))
}

// headOf is the end of the journal, which a page that leaves nothing out begins with.
func (v *visit) headOf(d view.JournalData) (journal.Head, error) {
	if d.Asked != (view.JournalQuery{}) || len(d.Entries) == 0 {
		return v.journalHead()
	}
	return journal.Head{Seq: d.Entries[0].Seq, Hash: d.Entries[0].Hash}, nil
}

// journalAsked reads what the address asks to show; a date that does not exist is said, and passed over.
func (v *visit) journalAsked() (view.JournalQuery, []fault.Message) {
	f := &form{values: v.URL.Query()}
	q := view.JournalQuery{Actor: f.text("acteur"), Key: f.text("cle"), Party: f.text("partie"), From: f.date("du"), To: f.date("au")}
	if subject := f.text("objet"); slices.Contains(view.JournalSubjects, subject) {
		q.Subject = subject
	}
	if n, err := strconv.ParseInt(f.text("avant"), 10, 64); err == nil && n > 0 {
		q.Before = n
	}
	var wrong []fault.Message
	for _, name := range []string{"du", "au"} {
		if _, bad := f.faults.On(name); bad {
			wrong = append(wrong, fault.Say("journal-page.bad-day", "day", f.values.Get(name)))
		}
	}
	if !q.To.IsZero() && q.To.Before(q.From) {
		wrong = append(wrong, fault.Say("journal-page.bad-span", "from", q.From, "to", q.To))
	}
	return q, wrong
}

// entriesShown is how many entries a page of the journal has: each may unfold into a table of its own.
const entriesShown = 30

// fillEntries reads one page of entries, and the words for what they name.
func (v *visit) fillEntries(d *view.JournalData) error {
	q := d.Asked
	list, err := v.space.JournalEntries(v.Context(), store.JournalFilter{Actor: q.Actor, Subject: q.Subject, Key: q.Key, Party: q.Party,
		From: q.From, To: q.To, Before: q.Before, Limit: entriesShown + 1})
	if err != nil {
		return err
	}
	if len(list) > entriesShown {
		list = list[:entriesShown]
		d.Older = list[len(list)-1].Seq
	}
	v.hideReserved(list)
	d.Entries = list
	if d.Erasures, err = v.erasures(list); err != nil {
		return err
	}
	h, err := v.history()
	if err != nil {
		return err
	}
	text, err := v.text()
	if err != nil {
		return err
	}
	d.Names, err = v.names(h, text, list)
	return err
}

// names gives the words for what entries name by identifier, in at most two queries.
func (v *visit) names(h convention.History, text *convention.Version, entries []journal.Entry) (view.Names, error) {
	n := view.NamesOf(text.Text)
	n.Versions, n.Obligations = map[string]int{}, map[string]fault.Message{}
	for _, version := range h {
		n.Versions[version.ID] = version.Number
	}
	var people, organizations []string
	for _, e := range entries {
		for _, side := range []json.RawMessage{e.Before, e.After} {
			var x struct {
				Person       string `json:"person_id"`
				Organization string `json:"organization_id"`
				Obligation   string `json:"obligation"`
				Holder       string `json:"holder"` // of attendance, with who sat in their place
				Substitute   string `json:"substitute"`
				Sitter       string `json:"sitter"`
			}
			if !namesOthers(side) || json.Unmarshal(side, &x) != nil {
				continue
			}
			people = append(people, x.Person, x.Holder, x.Substitute, x.Sitter)
			organizations = append(organizations, x.Organization)
			if x.Obligation != "" && len(n.Obligations) == 0 {
				n.Obligations = obligationSubjects(h)
			}
		}
	}
	err := v.nameThem(&n, distinct(people), distinct(organizations))
	return n, err
}

// namesOthers tells whether one side of an entry may name something by identifier: most do not, and need no reading.
func namesOthers(side json.RawMessage) bool {
	return bytes.Contains(side, []byte(`"person_id"`)) || bytes.Contains(side, []byte(`"organization_id"`)) ||
		bytes.Contains(side, []byte(`"obligation"`)) || bytes.Contains(side, []byte(`"holder"`))
}

// nameThem reads the names of people and organizations. Those who were taken out of the directory since have none.
func (v *visit) nameThem(n *view.Names, people, organizations []string) error {
	if len(people) > 0 {
		found, err := v.space.PeopleByID(v.Context(), people...)
		if err != nil {
			return err
		}
		n.People = make(map[string]string, len(found))
		for id, p := range found {
			n.People[id] = p.Name()
		}
	}
	if len(organizations) == 0 {
		return nil
	}
	found, err := v.space.OrganizationsByID(v.Context(), organizations...)
	if err != nil {
		return err
	}
	n.Organizations = make(map[string]string, len(found))
	for id, o := range found {
		n.Organizations[id] = o.Name
	}
	return nil
}

// distinct sorts names and leaves out blanks and what comes twice.
func distinct(ids []string) []string {
	slices.Sort(ids)
	return slices.DeleteFunc(slices.Compact(ids), func(s string) bool { return s == "" })
}

// obligationSubjects gives the title of every obligation that any version has, the newest wording first.
func obligationSubjects(h convention.History) map[string]fault.Message {
	out := map[string]fault.Message{}
	for _, version := range h {
		r := obligations(h, version)
		for _, f := range r.Findings {
			out[f.Obligation.Key] = f.Obligation.Subject
		}
	}
	return out
}

// actorOptions are those who were given a role in the space, those of the page, and the one asked for.
func (v *visit) actorOptions(d view.JournalData) ([]view.Option, error) {
	holders, err := v.space.GrantsIn(v.Context())
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, h := range holders {
		names[h.Account] = h.Name
	}
	for _, e := range d.Entries {
		if e.Actor != "" && names[e.Actor] == "" {
			names[e.Actor] = e.Name
		}
	}
	if d.Asked.Actor != "" && names[d.Asked.Actor] == "" {
		names[d.Asked.Actor] = v.p.T("journal-page.unknown-actor")
	}
	out := make([]view.Option, 0, len(names))
	for id, name := range names {
		out = append(out, view.Option{Value: id, Label: name})
	}
	slices.SortFunc(out, func(a, b view.Option) int {
		if c := v.p.Compare(a.Label, b.Label); c != 0 {
			return c
		}
		return strings.Compare(a.Value, b.Value)
	})
	return out, nil
}

// reserved are the kinds of thing whose contents not everybody who reads the space may read: what is said before, during and
// after a meeting has its own readers, and a draft is its author's. A kind with a rule is for all where the rule says so.
var reserved = map[string]func(e *journal.Entry) bool{
	"agenda-item": ofSpace, "decision": ofSpace, "attachment": ofSpace, "minutes": nil, "minutes-comment": nil, "attendance": nil, "item-record": nil,
	"position": nil, "ballot": nil, "follow-up": nil, "message": nil, "link": nil, "poll-answer": nil, "proposal": nil, "convocation": nil,
	"evaluation-report": nil, "evaluation-sheet": nil, "campaign": nil,
	"action": pastIdea, "milestone": nil, "note": nil, "indicator": nil, "value": nil, "means": nil,
}

// hideReserved takes out of entries of the journal, for who does not keep meetings, what they may not read elsewhere either. That
// something was changed, by whom, when and for whom stays: the chain is read whole by all.
func (v *visit) hideReserved(entries []journal.Entry) {
	if v.offers(authority.RecordMeetings) {
		return
	}
	for i := range entries {
		e := &entries[i]
		open, known := reserved[e.Subject]
		if !known || open != nil && open(e) {
			continue
		}
		if e.Label, _, _ = strings.Cut(e.Label, " · "); e.Subject != "decision" {
			e.Label = ""
		}
		e.Before, e.After = nil, nil
	}
}

// pastIdea tells whether an action is more than an idea on both sides of an entry: an idea is for who keeps the plan and who leads it.
func pastIdea(e *journal.Entry) bool {
	for _, c := range []json.RawMessage{e.Before, e.After} {
		var x struct {
			State plan.State `json:"state"`
		}
		if c != nil && (json.Unmarshal(c, &x) != nil || x.State == plan.Idea) {
			return false
		}
	}
	return true
}

// ofSpace tells whether all that an entry holds is for whoever reads the space.
func ofSpace(e *journal.Entry) bool {
	for _, c := range []json.RawMessage{e.Before, e.After} {
		var x struct {
			Audience governance.Audience `json:"audience"`
		}
		if c != nil && (json.Unmarshal(c, &x) != nil || x.Audience != governance.ForSpace) {
			return false
		}
	}
	return true
}
