package view

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/i18n"
	"entente/internal/journal"
)

// JournalData is a page of the journal, newest entries first.
type JournalData struct {
	Root    string // of the space
	Slug    string // for the command that verifies
	Names   Names
	Asked   JournalQuery
	Wrong   []fault.Message // what is wrong with what was asked
	Actors  []Option        // who may be chosen
	Entries []journal.Entry
	Older   int64        // number below which the next page begins; 0 on the last page
	Head    journal.Head // end of the whole journal

	Erasures map[int64]journal.Entry // those that took something out of the entries of the page, by number
}

// JournalQuery is what the page of the journal is asked to show. Its zero value shows the newest entries.
type JournalQuery struct {
	Actor    string // account
	Subject  string // kind of thing
	Key      string // one thing of that kind
	Party    string
	From, To calendar.Date
	Before   int64 // only entries numbered below
}

// JournalSubjects are the kinds of thing that the journal of a space tells of, in the order of the screen. Their words
// stand in the catalogues under "journal.subject.".
var JournalSubjects = []string{"space", "version", "organization", "person", "function", "mandate", "delegation", "meeting",
	"agenda-item", "convocation", "attendance", "item-record", "position", "ballot", "decision", "follow-up", "minutes", "minutes-comment",
	"erratum", "proposal", "lead", "panel", "custom", "message", "signature", "evidence", "attachment", "grant", "invitation", "link", "poll", "poll-answer", "campaign", "evaluation-question",
	"evaluation-sheet", "evaluation-report", "action", "milestone", "note", "means", "indicator", "value"}

// Names are the words for what entries name by identifier. NamesOf makes them; the maps may be nil.
type Names struct {
	Text          *convention.Convention
	seats         map[string]convention.Seat // of the text, by key
	People        map[string]string
	Organizations map[string]string
	Versions      map[string]int           // numbers
	Obligations   map[string]fault.Message // subjects, by key
}

// NamesOf gives the words that a version of the text has by itself.
func NamesOf(text *convention.Convention) Names {
	n := Names{Text: text, seats: map[string]convention.Seat{}}
	for _, s := range text.Seats() {
		n.seats[s.Key] = s
	}
	return n
}

// Href is the address of the page of a space that answers the query.
func (q JournalQuery) Href(root string) string {
	before := ""
	if q.Before > 0 {
		before = strconv.FormatInt(q.Before, 10)
	}
	return address(root+"/journal", "acteur", q.Actor, "au", q.To.String(), "avant", before, "cle", q.Key,
		"du", q.From.String(), "objet", q.Subject, "partie", q.Party)
}

// address is a path with a query of pairs of name and value, blank values left out.
func address(path string, pairs ...string) string {
	var b strings.Builder
	b.WriteString(path)
	sign := byte('?')
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			continue
		}
		b.WriteByte(sign)
		b.WriteString(pairs[i])
		b.WriteByte('=')
		b.WriteString(url.QueryEscape(pairs[i+1]))
		sign = '&'
	}
	return b.String()
}

func (q JournalQuery) narrowed() bool {
	q.Before = 0
	return q != JournalQuery{}
}

func (d JournalData) filter(p *i18n.Printer) Filter {
	subject := Field{Kind: SelectField, Name: "objet", Value: d.Asked.Subject, Label: p.T("journal-page.subject"), Options: []Option{{Label: p.T("journal-page.all-subjects")}}}
	for _, s := range JournalSubjects {
		subject.Options = append(subject.Options, Option{Value: s, Label: p.T("journal.subject." + s)})
	}
	party := Field{Kind: SelectField, Name: "partie", Value: d.Asked.Party, Label: p.T("journal-page.party"), Options: []Option{{Label: p.T("journal-page.all-parties")}}}
	for _, x := range d.Names.Text.Parties {
		party.Options = append(party.Options, Option{Value: x.ID, Label: x.Short})
	}
	actor := Field{Kind: SelectField, Name: "acteur", Value: d.Asked.Actor, Label: p.T("journal-page.actor"),
		Options: append([]Option{{Label: p.T("journal-page.all-actors")}}, d.Actors...)}
	f := Filter{Action: d.Root + "/journal", Active: d.Asked.narrowed(), Fields: []Field{subject, actor, party,
		{Kind: DateField, Name: "du", Value: d.Asked.From.String(), Label: p.T("journal-page.from")},
		{Kind: DateField, Name: "au", Value: d.Asked.To.String(), Label: p.T("journal-page.to")}}}
	if d.Asked.Key != "" {
		f.Fields = append(f.Fields, Field{Kind: HiddenField, Name: "cle", Value: d.Asked.Key})
	}
	return f
}

// paging leads to older entries, and back to the newest.
func (d JournalData) paging(p *i18n.Printer) Paging {
	g := Paging{Summary: p.T("journal-page.shown", "count", len(d.Entries))}
	if d.Asked.Before > 0 {
		newest := d.Asked
		newest.Before = 0
		g.Previous = newest.Href(d.Root)
	}
	if d.Older > 0 {
		older := d.Asked
		older.Before = d.Older
		g.Next = older.Href(d.Root)
	}
	return g
}

// dayEntries are the entries of one day.
type dayEntries struct {
	Day     calendar.Date
	Entries []journal.Entry
}

// byDay gathers the entries by the day in Paris on which they were made.
func (d JournalData) byDay() []dayEntries {
	var out []dayEntries
	first := 0 // entry of the day in hand
	for i := range d.Entries {
		day := calendar.On(d.Entries[i].At, calendar.Paris)
		if n := len(out); n == 0 || out[n-1].Day != day {
			out = append(out, dayEntries{Day: day})
			first = i
		}
		out[len(out)-1].Entries = d.Entries[first : i+1]
	}
	return out
}

func (d JournalData) definitions(p *i18n.Printer) []Definition {
	return []Definition{
		{Term: p.T("journal-page.last-entry"), Text: p.Number(int(d.Head.Seq))},
		{Term: p.T("journal-page.last-hash"), Value: fingerprint(d.Head.Hash)},
		{Term: p.T("journal-page.command"), Value: command("entente journal verify " + d.Slug)},
	}
}

// thingHref is every entry about the thing that an entry is about.
func (d JournalData) thingHref(e journal.Entry) string {
	return JournalQuery{Subject: e.Subject, Key: e.Key}.Href(d.Root)
}

// clock is the hour in Paris at which an entry was made.
func clock(p *i18n.Printer, e journal.Entry) string {
	return p.Clock(e.At.In(calendar.Paris).Format("15:04"))
}

// actorName is who made an entry, as they were called then.
func actorName(p *i18n.Printer, e journal.Entry) string {
	if e.Name == "" {
		return p.T("journal-page.program")
	}
	return e.Name
}

// entrySentence is what an entry tells; one that an older program wrote, and that the catalogues no longer know, shows
// its code.
func entrySentence(p *i18n.Printer, e journal.Entry) string {
	if p.Has("journal.action." + e.Action) {
		return p.T("journal.action." + e.Action)
	}
	return e.Action
}

// Label is how people call the thing that an entry is about. The store puts identifiers of the convention and dates into
// it, which become words here.
func (n Names) Label(p *i18n.Printer, e journal.Entry) string {
	if e.LabelWithheld() {
		return p.T("journal-page.withheld")
	}
	parts := strings.Split(e.Label, " · ")
	for i, x := range parts {
		parts[i] = n.word(p, e.Subject, x)
	}
	return strings.Join(parts, ", ")
}

// word says a part of a label: a seat, a committee or a party of the convention where the subject has one, a date.
func (n Names) word(p *i18n.Printer, subject, s string) string {
	switch subject {
	case "mandate", "link", "poll-answer", "attendance":
		return n.seat(p, s)
	case "meeting", "poll":
		s = n.committee(s)
	case "signature":
		s = n.party(s)
	case "version":
		if _, err := strconv.Atoi(s); err == nil {
			return p.T("journal-page.version", "number", s)
		}
	}
	return written(p, s)
}

// written is a stored text as people read it: a date in words, anything else as it is.
func written(p *i18n.Printer, s string) string {
	if len(s) == len("2026-12-31") {
		if day, err := calendar.Parse(s); err == nil {
			return p.Day(day)
		}
	}
	if day, hour, ok := strings.Cut(s, " "); ok && len(s) == len("2026-12-31 14:00") {
		if d, err := calendar.Parse(day); err == nil {
			return p.T("common.instant", "date", p.Date(d), "time", p.Clock(hour))
		}
	}
	return s
}

func (n Names) seat(p *i18n.Printer, key string) string {
	seat, ok := n.seats[key]
	if !ok {
		return key
	}
	if k := n.Text.Committee(seat.Committee); k != nil {
		return p.T("journal-page.seat", "committee", k.Name, "seat", n.Text.SaySeat(seat))
	}
	return p.Say(n.Text.SaySeat(seat))
}

func (n Names) committee(id string) string {
	if k := n.Text.Committee(id); k != nil {
		return k.Name
	}
	return id
}

func (n Names) party(id string) string {
	if x := n.Text.Party(id); x != nil {
		return x.Short
	}
	return id
}

// citation is the clause under which an entry was made; no address where the text no longer has it.
func (n Names) citation(p *i18n.Printer, root, ref string) Citation {
	for _, k := range n.Text.Clauses {
		if k.Ref == ref {
			return citation(p, n.Text, root, convention.Place{Ref: ref, Anchor: k.Anchor})
		}
	}
	return Citation{Text: p.Say(convention.Cite(ref)), Href: root + "/convention"}
}

// difference is one field before and after a change.
type difference struct{ name, before, after string }

// differences lists the fields that an entry changed, in words and by name. Of what was created or removed it lists every
// field that says something.
func (n Names) differences(p *i18n.Printer, e journal.Entry) []difference {
	before, after := content(e.Before), content(e.After)
	var out []difference
	for _, key := range fieldsOf(before, after) {
		if bytes.Equal(before[key], after[key]) {
			continue
		}
		d := difference{fieldName(p, key), n.value(p, e.Subject, key, before[key]), n.value(p, e.Subject, key, after[key])}
		if d.before != d.after {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b difference) int { return p.Compare(a.name, b.name) })
	return out
}

// content reads one side of an entry. What is not a set of fields is shown by nothing: the chain still seals it.
func content(raw json.RawMessage) map[string]json.RawMessage {
	var out map[string]json.RawMessage
	if len(raw) > 0 {
		_ = json.Unmarshal(raw, &out)
	}
	return out
}

func fieldsOf(before, after map[string]json.RawMessage) []string {
	var out []string
	for key := range before {
		out = append(out, key)
	}
	for key := range after {
		if _, both := before[key]; !both {
			out = append(out, key)
		}
	}
	return out
}

func fieldName(p *i18n.Printer, key string) string {
	if p.Has("journal.field." + key) {
		return p.T("journal.field." + key)
	}
	return key
}

// value says the stored value of a field; a field that the side does not have says nothing.
func (n Names) value(p *i18n.Printer, subject, field string, raw json.RawMessage) string {
	var v any
	if len(raw) > 0 {
		_ = json.Unmarshal(raw, &v)
	}
	switch v := v.(type) {
	case nil:
		return ""
	case bool:
		if v {
			return p.T("common.yes")
		}
		return p.T("common.no")
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case string:
		return n.text(p, subject, field, v)
	case []any:
		return n.list(p, subject, field, v)
	}
	normal, _ := json.Marshal(v)
	return string(normal)
}

// list says the stored values of a field one after the other.
func (n Names) list(p *i18n.Printer, subject, field string, values []any) string {
	out := make([]string, len(values))
	for i, v := range values {
		raw, _ := json.Marshal(v) // it was read from JSON
		out[i] = n.value(p, subject, field, raw)
	}
	return strings.Join(out, ", ")
}

// text says a stored text: what it names by identifier, by name.
func (n Names) text(p *i18n.Printer, subject, field, s string) string {
	if s == "" {
		return ""
	}
	switch field {
	case "person_id", "holder", "substitute", "sitter", "declined":
		return named(n.People, s)
	case "organization_id":
		return named(n.Organizations, s)
	case "version_id":
		if number, ok := n.Versions[s]; ok {
			return p.T("journal-page.version", "number", number)
		}
		return s
	case "obligation":
		if m, ok := n.Obligations[s]; ok {
			return p.Say(m)
		}
		return s
	case "party":
		return n.party(s)
	case "committee":
		return n.committee(s)
	case "seat", "proxy_to":
		return n.seat(p, s)
	case "added_at":
		if at, err := time.Parse(time.RFC3339Nano, s); err == nil {
			return p.ShortInstant(at)
		}
	case "owner_kind":
		return code(p, "attachment", "owner", s)
	case "answer", "former_answer":
		return code(p, "answer", "short", s)
	case "kind", "state", "role", "audience":
		return code(p, subject, field, s)
	}
	return written(p, s)
}

// code says a value of a closed set.
func code(p *i18n.Printer, subject, field, s string) string {
	stem := subject + "." + field + "."
	switch {
	case subject == "evidence" && field == "kind":
		stem = "convention.evidence."
	case field == "role" && subject != "mandate":
		stem = "journal-page.role."
	}
	if p.Has(stem + s) {
		return p.T(stem + s)
	}
	return s
}

func named(names map[string]string, id string) string {
	if name := names[id]; name != "" {
		return name
	}
	return id
}

// differenceTable shows what an entry changed, field by field; what was created has no side before, what was removed none
// after.
func (n Names) differenceTable(p *i18n.Printer, e journal.Entry) Table {
	t := Table{Caption: p.T("journal-page.differences"), Hidden: true, Columns: []Column{{Title: p.T("journal-page.name")}}}
	if e.Before != nil {
		t.Columns = append(t.Columns, Column{Title: p.T("journal-page.before")})
	}
	if e.After != nil {
		t.Columns = append(t.Columns, Column{Title: p.T("journal-page.after")})
	}
	for _, d := range n.differences(p, e) {
		row := Row{Cells: []templ.Component{Text(d.name)}}
		if e.Before != nil {
			row.Cells = append(row.Cells, side(p, d.before))
		}
		if e.After != nil {
			row.Cells = append(row.Cells, side(p, d.after))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// shortHash is enough of a hash to tell entries apart by eye.
func shortHash(hash string) string { return hash[:min(len(hash), 12)] }

// empty says that there is nothing to show.
func (d JournalData) empty(p *i18n.Printer) Empty {
	if d.Asked.narrowed() || d.Asked.Before > 0 {
		return Empty{Title: p.T("journal-page.none-found"), Text: p.T("journal-page.none-found-text"),
			Action: &Link{Label: p.T("journal-page.see-all"), Href: d.Root + "/journal"}}
	}
	return Empty{Title: p.T("journal-page.none"), Text: p.T("journal-page.none-text")}
}
