package view

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/i18n"
	"entente/internal/reading"
)

// Sure is the confidence from which a fact counts as plainly read, and may be confirmed with all others of that sort.
const Sure = 0.9

// likely is the confidence below which a fact is said to be doubtful.
const likely = 0.75

// ReviewData is the review of what was read of a signed text: the facts with what was decided of each, the questions, and
// the text with their words marked.
type ReviewData struct {
	Root      string // address of the review
	Name      string // of the file
	Read      *reading.Reading
	Decisions reading.Decisions
	Lost      int        // decisions set aside, because the text is read differently since
	Typed     *TypedFact // what a refused form said; nil where none was refused
}

// TypedFact is a form of one fact or question that was refused, with what was typed in it.
type TypedFact struct {
	ID      string // of the fact or question
	Values  map[string][]string
	Faults  fault.Fields
	Message fault.Message
}

// The verdict of a fact that nobody has decided, as forms send it to take a decision back.
const pending = reading.Verdict("pending")

// DecisionSeal is the fingerprint of what was decided of a fact, so that a form sent from an old page does not decide
// over it. Nothing decided has an empty one.
func DecisionSeal(d reading.Decisions, id string) string {
	v, ok := d.Facts[id]
	if !ok {
		return ""
	}
	text, _ := json.Marshal(v) // a struct of strings: it cannot fail
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:6])
}

// FactAnchor is the place of a fact or question on the page of the review, from its identifier.
func FactAnchor(id string) string { return "f-" + id }

// KindAnchor is the place of the facts of a kind.
func KindAnchor(kind reading.Kind) string { return "k-" + string(kind) }

// markAnchor is the place of the words of a fact in the text.
func markAnchor(id string) string { return "m-" + id }

// verdict is what was decided of a fact.
func (d ReviewData) verdict(id string) reading.Verdict {
	if v, ok := d.Decisions.Facts[id]; ok {
		return v.Verdict
	}
	return pending
}

// verdictBadge says what was decided.
func verdictBadge(p *i18n.Printer, v reading.Verdict) BadgeData {
	b := BadgeData{Tone: ToneUnknown, Icon: "unknown", Word: p.T("reading-page.verdict." + string(v))}
	switch v {
	case reading.Confirmed:
		b.Tone, b.Icon = ToneGood, "kept"
	case reading.Corrected:
		b.Tone, b.Icon = ToneGood, "change"
	case reading.Refused:
		b.Tone, b.Icon = ToneNeutral, "remove"
	}
	return b
}

// shownFact is a fact in the list: deeper where it belongs to another.
type shownFact struct {
	*reading.Fact
	Depth int
}

// FactGroup is the facts of a kind with those that belong to them.
type FactGroup struct {
	Kind  reading.Kind
	Facts []shownFact
}

// Groups orders the facts: kinds as the text first speaks of them, each fact followed by those that belong to it.
func Groups(r *reading.Reading) []FactGroup {
	children := map[string][]*reading.Fact{}
	for i := range r.Facts {
		f := &r.Facts[i]
		parent := f.Parent
		if r.Find(parent) == nil {
			parent = ""
		}
		children[parent] = append(children[parent], f)
	}
	for _, list := range children {
		slices.SortStableFunc(list, func(a, b *reading.Fact) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	}
	var out []FactGroup
	for _, f := range children[""] {
		i := slices.IndexFunc(out, func(g FactGroup) bool { return g.Kind == f.Kind })
		if i < 0 {
			i = len(out)
			out = append(out, FactGroup{Kind: f.Kind})
		}
		out[i].Facts = appendFamily(out[i].Facts, children, f, 0)
	}
	return out
}

// appendFamily adds a fact and what belongs to it.
func appendFamily(list []shownFact, children map[string][]*reading.Fact, f *reading.Fact, depth int) []shownFact {
	list = append(list, shownFact{f, depth})
	for _, c := range children[f.ID] {
		list = appendFamily(list, children, c, depth+1)
	}
	return list
}

// undecided counts the facts of a group that nobody has decided.
func (d ReviewData) undecided(g FactGroup) int {
	n := 0
	for _, f := range g.Facts {
		if d.verdict(f.ID) == pending {
			n++
		}
	}
	return n
}

// sure counts the undecided facts that were plainly read.
func (d ReviewData) sure() int {
	n := 0
	for i := range d.Read.Facts {
		if f := &d.Read.Facts[i]; f.Confidence >= Sure && d.verdict(f.ID) == pending {
			n++
		}
	}
	return n
}

// firstPending is the first fact of the list that nobody has decided; empty where all are.
func (d ReviewData) firstPending(groups []FactGroup) string {
	for _, g := range groups {
		for _, f := range g.Facts {
			if d.verdict(f.ID) == pending {
				return f.ID
			}
		}
	}
	return ""
}

// under tells why a fact will not stand in the file although it was not refused: what it belongs to was.
func (d ReviewData) under(p *i18n.Printer, f *reading.Fact) string {
	for parent := d.Read.Find(f.Parent); parent != nil; parent = d.Read.Find(parent.Parent) {
		if d.verdict(parent.ID) == reading.Refused && d.verdict(f.ID) != reading.Refused {
			return p.T("reading-page.under", "name", d.title(p, parent))
		}
	}
	return ""
}

// report is what was read, in figures.
func (d ReviewData) report(p *i18n.Printer) []Definition {
	left := d.Decisions.Pending(d.Read)
	out := []Definition{
		{Term: p.T("reading-page.report.facts"), Text: p.T("reading-page.report.decided", "count", len(d.Read.Facts), "decided", len(d.Read.Facts)-left, "left", left)},
		{Term: p.T("reading-page.report.questions"), Text: p.T("reading-page.report.answered", "count", len(d.Read.Questions), "answered", len(d.Decisions.Answers))},
		{Term: p.T("reading-page.report.covered"), Text: p.T("reading-page.report.share", "percent", int(math.Round(d.Read.Covered*100)))},
	}
	if n := d.Read.Text.Pages; n > 0 {
		out = append(out, Definition{Term: p.T("reading-page.report.pages"), Text: p.Number(n)})
	}
	if n := len(d.Read.Text.Removed); n > 0 {
		out = append(out, Definition{Term: p.T("reading-page.report.noise"), Text: p.T("reading-page.report.lines", "count", n)})
	}
	return out
}

func (d ReviewData) steps(p *i18n.Printer) []Step {
	return []Step{{Title: p.T("reading-page.step.deposit"), State: StepDone}, {Title: p.T("reading-page.step.review"), State: StepHere},
		{Title: p.T("reading-page.step.space"), State: StepNext}}
}

// confidence says how plainly a fact was read.
func confidence(p *i18n.Printer, f *reading.Fact) string {
	if f.Rule == "person" {
		return p.T("reading-page.confidence.added")
	}
	c := f.Confidence
	switch {
	case c >= Sure:
		return p.T("reading-page.confidence.sure")
	case c >= likely:
		return p.T("reading-page.confidence.likely")
	}
	return p.T("reading-page.confidence.doubtful")
}

// values are the values of a field of a fact as they stand: corrected where a person corrected them.
func (d ReviewData) values(f *reading.Fact, name string) []string {
	return FactValues(f, d.Decisions.Facts[f.ID], name)
}

// FactValues are the values of a field of a fact: those of a correction, else those that were read.
func FactValues(f *reading.Fact, v reading.Decision, name string) []string {
	if s, ok := v.Values[name]; ok && v.Verdict == reading.Corrected {
		return lines(s)
	}
	var out []string
	for _, x := range f.Fields {
		if x.Name == name {
			out = append(out, x.Value)
		}
	}
	return out
}

// lines are the lines of a text that say something.
func lines(s string) []string {
	var out []string
	for _, l := range strings.Split(s, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// fields are what the fact says, in words: first the fields of its kind, then what else was read.
func (d ReviewData) fields(p *i18n.Printer, f *reading.Fact) []Definition {
	var out []Definition
	add := func(x FactField) {
		var said []string
		for _, v := range d.values(f, x.Name) {
			said = append(said, x.say(p, d.Read, v))
		}
		switch {
		case len(said) == 1:
			out = append(out, Definition{Term: fieldLabel(p, f.Kind, x.Name), Text: said[0]})
		case len(said) > 1:
			out = append(out, Definition{Term: fieldLabel(p, f.Kind, x.Name), Value: valueList(said)})
		}
	}
	known := FactFields(f.Kind)
	for _, x := range known {
		add(x)
	}
	if len(out) == 1 && out[0].Text == d.title(p, f) {
		return nil // the heading says it already
	}
	seen := map[string]bool{}
	for _, x := range f.Fields {
		if !seen[x.Name] && !slices.ContainsFunc(known, func(k FactField) bool { return k.Name == x.Name }) {
			seen[x.Name] = true
			add(FactField{Name: x.Name})
		}
	}
	return out
}

// form is the correction of a fact, filled with what was typed where it was refused.
func (d ReviewData) form(p *i18n.Printer, f *reading.Fact) Form {
	out := Form{ID: "c-" + f.ID}
	typed := d.typed(f.ID)
	if typed != nil {
		out.Faults, out.Message = typed.Faults, typed.Message
	}
	for _, x := range FactFields(f.Kind) {
		values := d.values(f, x.Name)
		if typed != nil && typed.Values != nil {
			values = typed.Values[x.Name]
		}
		if x.Blanks {
			values = strings.Fields(strings.Join(values, " "))
		}
		out.Fields = append(out.Fields, x.control(p, d.Read, f.Kind, values))
	}
	return out
}

// typed is what was typed about a fact or question; nil where its form was not refused.
func (d ReviewData) typed(id string) *TypedFact {
	if d.Typed != nil && d.Typed.ID == id {
		return d.Typed
	}
	return nil
}

// title names a fact as it stands: what two fields make together first, else the field that names it.
func (d ReviewData) title(p *i18n.Printer, f *reading.Fact) string {
	one := func(name string) string { return strings.Join(d.values(f, name), " ") }
	party := FactField{Of: reading.KindParty}.say(p, d.Read, one("party"))
	switch {
	case f.Kind == reading.KindCadence:
		c := convention.Cadence{Min: atoi(one("min")), Max: atoi(one("max")), Over: cmp.Or(convention.Window(one("over")), convention.CivilYear), AsNeeded: one("as-needed") != ""}
		return p.Say(c.Say())
	case f.Kind == reading.KindSeat && one("derived") != "":
		return p.T("reading-page.derived." + one("derived"))
	case party != "" && one("function") != "":
		return p.T("reading-page.title.function", "party", party, "function", shortened(one("function"), 70))
	case party != "" && one("count") != "":
		return p.T("reading-page.title.count", "party", party, "count", atoi(one("count")))
	case party != "":
		return party
	}
	return factTitle(p, f, func(name string) []string { return d.values(f, name) })
}

// atoi reads a number; what is none is 0.
func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// factTitles are the fields that name a fact, the best first.
var factTitles = []string{"short", "name", "title", "function", "text"}

// factTitle names a fact by the first field that can, else by its kind. Values nil asks the fact itself.
func factTitle(p *i18n.Printer, f *reading.Fact, values func(name string) []string) string {
	for _, name := range factTitles {
		found := f.Get(name)
		if values != nil {
			found = strings.Join(values(name), " ")
		}
		if found != "" {
			return shortened(found, 90)
		}
	}
	return p.T("reading.kind." + string(f.Kind))
}

// heading is the heading of a fact in the list: its title, after its kind where the group does not say it.
func (d ReviewData) heading(p *i18n.Printer, f shownFact) string {
	title, kind := d.title(p, f.Fact), p.T("reading.kind."+string(f.Kind))
	if f.Depth == 0 || title == kind {
		return title
	}
	return p.T("reading-page.heading", "kind", kind, "title", title)
}

// quote is how much of the words of a fact the list shows, in characters.
const quote = 280

// words are the words that something was read from, on one line.
func (d ReviewData) words(s reading.Span) string {
	return shortened(strings.Join(strings.Fields(d.Read.Words(s)), " "), quote)
}

// shortened cuts a text that is too long to be read at once, between two words.
func shortened(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	cut := string([]rune(s)[:most])
	if i := strings.LastIndexByte(cut, ' '); i > most/2 {
		cut = cut[:i]
	}
	return cut + "…"
}

// place names where in the text something was read.
func place(p *i18n.Printer, clause string) string {
	if clause == "" {
		return p.T("reading-page.in-text")
	}
	return p.T("reading-page.in-clause", "clause", clause)
}

// dayOr prints a date as people read it; what is no date, as it stands.
func dayOr(p *i18n.Printer, value string) string {
	if day, err := calendar.Parse(value); err == nil && !day.IsZero() {
		return p.Date(day)
	}
	return value
}
