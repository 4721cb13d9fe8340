package store

import (
	"context"
	"encoding/json"
	"iter"
	"time"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/journal"
	"entente/internal/sqldb"
)

// JournalFilter chooses entries of a journal; zero fields choose all. Days are those of Paris, both included.
type JournalFilter struct {
	Actor    string   // account
	Party    string   // on whose behalf
	Subject  string   // kind of thing: "mandate"
	Key      string   // identifier of one thing
	Keys     []string // identifiers of several; none chooses all
	Action   string   // "mandate.create"
	From, To calendar.Date
	Before   int64 // only entries numbered below; 0 for the newest
	Limit    int   // 0 for PageSize
}

const entryColumns = `space_id, seq, at, actor, actor_name, on_behalf, action, subject, subject_key, label, article, before_json, after_json, prev, hash,
	label_salt, label_sum, before_salt, before_sum, after_salt, after_sum, withheld_by`

func entryTargets(e *journal.Entry) []any {
	d := &e.Digests
	return []any{&e.Space, &e.Seq, optionalTime{&e.At}, &e.Actor, &e.Name, &e.For, &e.Action, &e.Subject, &e.Key, &e.Label, &e.Article,
		rawJSON{&e.Before}, rawJSON{&e.After}, &e.Prev, &e.Hash,
		&d.Label.Salt, &d.Label.Sum, &d.Before.Salt, &d.Before.Sum, &d.After.Salt, &d.After.Sum, &e.Withheld}
}

// JournalEntries lists entries of the space's journal, newest first. Each filter has its index, so that a page costs the
// same in a long journal as in a short one.
func (sp *Space) JournalEntries(ctx context.Context, f JournalFilter) ([]journal.Entry, error) {
	var c conditions
	c.addIf("actor = ?", f.Actor)
	c.addIf("on_behalf = ?", f.Party)
	c.addIf("subject = ?", f.Subject)
	c.addIf("subject_key = ?", f.Key)
	c.addIf("action = ?", f.Action)
	if len(f.Keys) > 0 {
		c.addIn("subject_key", f.Keys)
	}
	c.addDays(f.From, f.To)
	if f.Before > 0 {
		c.add("seq < ?", f.Before)
	}
	c.add("TRUE ORDER BY seq DESC LIMIT ?", Paging{Limit: f.Limit}.limit())
	rows, err := sp.q().Query(ctx, `SELECT `+entryColumns+` FROM journal_entry WHERE space_id = $1`+c.text.String(), append([]any{sp.id}, c.args...)...)
	if err != nil {
		return nil, fault.Wrap(err, "store.journal", sp.id)
	}
	list, err := collect(rows, entryTargets)
	return list, fault.Wrap(err, "store.journal", sp.id)
}

// addDays turns days into entry numbers, found in the index of instants: numbers and instants rise together.
func (c *conditions) addDays(from, to calendar.Date) {
	if !from.IsZero() {
		c.add(`seq >= (SELECT seq FROM journal_entry WHERE space_id = $1 AND at >= ? ORDER BY at, seq LIMIT 1)`, midnight(from))
	}
	if !to.IsZero() {
		c.add(`seq <= (SELECT seq FROM journal_entry WHERE space_id = $1 AND at < ? ORDER BY at DESC, seq DESC LIMIT 1)`, midnight(to.AddDays(1)))
	}
}

// midnight is the instant at which a day begins in Paris.
func midnight(d calendar.Date) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, calendar.Paris)
}

// JournalEntry reads one entry by its number.
func (sp *Space) JournalEntry(ctx context.Context, seq int64) (journal.Entry, error) {
	var e journal.Entry
	err := sp.q().QueryRow(ctx, `SELECT `+entryColumns+` FROM journal_entry WHERE space_id = $1 AND seq = $2`, sp.id, seq).Scan(entryTargets(&e)...)
	return e, fault.Wrap(sqldb.Classify(err), "store.journal", sp.id)
}

// Installation opens the journal of what belongs to no space: accounts, the making of spaces. It holds nothing else.
func (s *Store) Installation() *Space { return s.In(installation) }

// VerifyJournal reads the whole journal of a space, or of the installation, and compares it with its chain; then the texts of
// the convention with the fingerprints that the journal keeps.
func (sp *Space) VerifyJournal(ctx context.Context) (journal.Report, error) {
	var report journal.Report
	err := sp.store.db.Read(ctx, func(tx *sqldb.Tx) error {
		var head journal.Head
		err := tx.QueryRow(ctx, `SELECT seq, hash FROM journal_head WHERE space_id = $1`, sp.id).Scan(&head.Seq, &head.Hash)
		if err != nil {
			return sqldb.Classify(err)
		}
		report, err = journal.Verify(entries(ctx, tx, sp.id), head)
		if err == nil && report.Whole() {
			err = verifyTexts(ctx, tx, sp.id, &report)
		}
		return err
	})
	return report, fault.Wrap(err, "store.journal.verify", sp.id)
}

// verifyTexts reports the first text of the convention that is not the one whose loading the journal tells.
func verifyTexts(ctx context.Context, q sqldb.Queryer, space string, report *journal.Report) error {
	rows, err := q.Query(ctx, `SELECT `+entryColumns+`,
		(SELECT v.source FROM convention_version v WHERE v.space_id = journal_entry.space_id AND v.id = journal_entry.subject_key)
		FROM journal_entry WHERE space_id = $1 AND action = 'version.create' ORDER BY seq`, space)
	if err != nil {
		return err
	}
	list, err := collect(rows, func(l *loading) []any { return append(entryTargets(&l.entry), &l.source) })
	if err != nil {
		return err
	}
	for _, l := range list {
		if !l.same() {
			report.Break = &journal.Break{Damage: journal.Altered, Seq: l.entry.Seq, Entry: l.entry,
				Message: fault.Say("journal.damage.text", "seq", l.entry.Seq, "label", l.entry.Label)}
			return nil
		}
	}
	return nil
}

// loading is an entry that tells of a text, with the text.
type loading struct {
	entry  journal.Entry
	source []byte
}

func (l loading) same() bool {
	var said struct {
		SHA256 string `json:"sha256"`
	}
	return json.Unmarshal(l.entry.After, &said) == nil && said.SHA256 == fingerprint(l.source)
}

// entries reads a journal from its first entry, one at a time.
func entries(ctx context.Context, q sqldb.Queryer, space string) iter.Seq2[journal.Entry, error] {
	return func(yield func(journal.Entry, error) bool) {
		rows, err := q.Query(ctx, `SELECT `+entryColumns+` FROM journal_entry WHERE space_id = $1 ORDER BY seq`, space)
		if err != nil {
			yield(journal.Entry{}, err)
			return
		}
		defer rows.Close() //nolint:errcheck // the error of rows.Err covers it
		for rows.Next() {
			var e journal.Entry
			err := rows.Scan(entryTargets(&e)...)
			if !yield(e, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(journal.Entry{}, sqldb.Classify(err))
		}
	}
}
