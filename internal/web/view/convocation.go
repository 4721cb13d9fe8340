package view

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/office"
)

// ConvocationData is the page from which the call to a meeting is sent.
type ConvocationData struct {
	Head      MeetingHeadData
	Call      *office.Call
	Answers   map[string]governance.Attendance // by seat
	Concerns  []governance.Concern
	Counts    []governance.Tally
	Returned  map[string]bool // people whose link reached somebody else
	Preview   Preview
	Announced bool // the cancellation was told to those who had been called
	Refused   fault.Message
	Reason    Field // of a cancellation, as it was typed
	Faults    fault.Fields
}

// Preview is a letter exactly as it will be read.
type Preview struct {
	For   Field // whose letter it is
	Title string
	Body  string
}

// ConvocationHref is the address of a page about the call to a meeting.
func ConvocationHref(root, meeting string, parts ...string) string {
	href := MeetingHref(root, meeting, "convocation")
	for _, p := range parts {
		href += "/" + p
	}
	return href
}

func (d ConvocationData) href(parts ...string) string {
	return ConvocationHref(d.Head.Root, d.Call.Meeting.ID, parts...)
}

func (d ConvocationData) sheet() AnswerSheet {
	return AnswerSheet{Text: d.Call.Version.Text, Chairs: d.Call.Chairs, People: d.Call.People}
}

// planned tells a meeting that can still be called, moved or cancelled.
func (d ConvocationData) planned() bool { return d.Call.Meeting.State == governance.Planned }

// state says in one sentence where the call stands.
func (d ConvocationData) state(p *i18n.Printer) Notice {
	last := d.Call.Last()
	switch {
	case d.Call.Meeting.State == governance.Cancelled && last == nil:
		return Notice{Tone: ToneNeutral, Text: p.T("convocation.state.cancelled-unsent")}
	case d.Call.Meeting.State == governance.Cancelled && d.Announced:
		return Notice{Tone: ToneNeutral, Text: p.T("convocation.state.cancelled-told")}
	case d.Call.Meeting.State == governance.Cancelled:
		return Notice{Tone: ToneWarning, Text: p.T("convocation.state.cancelled-untold")}
	case last == nil:
		return Notice{Tone: ToneInfo, Text: p.T("convocation.state.unsent")}
	case len(d.Call.Changes) > 0 && d.planned():
		return Notice{Tone: ToneWarning, Text: p.T("convocation.state.changed", "at", p.Instant(last.Sent))}
	}
	return Notice{Tone: ToneGood, Text: p.T("convocation.state.sent", "at", p.Instant(last.Sent))}
}

// send is the form that sends the call, nil where it cannot be sent as it stands.
func (d ConvocationData) send(p *i18n.Printer) *Form {
	if !d.planned() || !d.Call.Readiness.Ready() || d.Call.Last() != nil && len(d.Call.Changes) == 0 {
		return nil
	}
	f := &Form{ID: "send", Action: d.href(), Submit: p.T("convocation.send"), FirstPara: p.T("convocation.send.text", "count", d.people()),
		Confirm: p.T("convocation.send.confirm", "count", d.people()),
		Fields:  []Field{{Kind: HiddenField, Name: SeenField, Value: d.Call.Manifest.SHA256()}}}
	if d.Call.Last() != nil {
		f.Submit = p.T("convocation.resend")
	}
	return f
}

// people counts those who would be written to.
func (d ConvocationData) people() int { return len(governance.Called(d.Call.Chairs)) }

// remind is the form that writes again to who has not answered, nil where nobody is to be reminded.
func (d ConvocationData) remind(p *i18n.Printer) *Form {
	silent := map[string]bool{}
	for _, c := range d.Call.Chairs {
		if a := d.Answers[c.Seat]; c.Holder != "" && (!a.Declared() || a.Holder != c.Holder) {
			silent[c.Holder] = true
		}
	}
	if !d.planned() || d.Call.Last() == nil || d.Call.Recalled || len(d.Call.Changes) > 0 || len(silent) == 0 {
		return nil
	}
	return &Form{ID: "remind", Action: d.href("rappel"), Submit: p.T("convocation.remind"), Quiet: true, FirstPara: p.T("convocation.remind.text", "count", len(silent))}
}

// cancel is the form that cancels the meeting, or only announces that it is cancelled; nil where neither is to be done.
func (d ConvocationData) cancel(p *i18n.Printer) *Form {
	f := &Form{ID: "cancel", Action: d.href("annulation"), Version: d.Call.Meeting.Version, Danger: true, Submit: p.T("convocation.cancel.submit"),
		Confirm: p.T("convocation.cancel.confirm"), FirstPara: p.T("convocation.cancel.text"), Fields: []Field{d.Reason}, Faults: d.Faults}
	switch {
	case d.planned() && d.Call.Last() != nil:
		return f
	case d.Call.Meeting.State == governance.Cancelled && d.Call.Last() != nil && !d.Announced:
		f.Submit, f.FirstPara, f.Confirm, f.Fields, f.Danger = p.T("convocation.cancel.announce"), p.T("convocation.cancel.announce-text"), "", nil, false
		return f
	}
	return nil
}

// partyChairs are the seats of one institution.
type partyChairs struct {
	party string
	seats []governance.Chair
}

func (d ConvocationData) byParty() []partyChairs {
	var out []partyChairs
	at := map[string]int{}
	for _, c := range d.Call.Chairs {
		i, known := at[c.Party]
		if !known {
			i = len(out)
			at[c.Party] = i
			out = append(out, partyChairs{party: c.Party})
		}
		out[i].seats = append(out[i].seats, c)
	}
	return out
}

// recipients lists the seats of an institution: whose they are, how to reach them, what was answered.
func (d ConvocationData) recipients(p *i18n.Printer, g partyChairs) Table {
	t := Table{Caption: p.T("convocation.recipients"), Hidden: true, Columns: []Column{{Title: p.T("mandate.field.seat")}, {Title: p.T("convocation.person")},
		{Title: p.T("convocation.reach")}, {Title: p.T("answer.field.answer")}}}
	if d.planned() {
		t.Columns = append(t.Columns, Column{Title: p.T("form.actions")})
	}
	for _, c := range g.seats {
		t.Rows = append(t.Rows, d.holderRow(p, c))
		for _, s := range c.Substitutes {
			if c.Holder != "" {
				t.Rows = append(t.Rows, d.substituteRow(p, c, s))
			}
		}
	}
	return t
}

func (d ConvocationData) holderRow(p *i18n.Printer, c governance.Chair) Row {
	seat := Text(p.Say(c.Name))
	if c.Holder == "" {
		cells := []templ.Component{seat, SeatBadge(p, governance.Vacant), Text(p.T("convocation.nobody")), Text("")}
		return Row{Cells: d.withAction(cells, Text(""))}
	}
	person := d.Call.People[c.Holder]
	cells := []templ.Component{seat, Text(person.Name()), reach(p, person, d.Returned[person.ID]), answerCell(p, d, c)}
	href := d.href("reponse") + "?siege=" + url.QueryEscape(c.Seat)
	return Row{Cells: d.withAction(cells, enterAnswer(p, href, person.Name()))}
}

func (d ConvocationData) substituteRow(p *i18n.Printer, c governance.Chair, id string) Row {
	person := d.Call.People[id]
	said := p.T("answer.said.none")
	a := d.Answers[c.Seat]
	switch {
	case a.Answer == governance.WillBeSubst && a.Substitute == id:
		said = p.T("convocation.stands-in")
	case contains(a.Declined, id):
		said = p.T("convocation.stands-aside")
	case a.Declared():
		said = ""
	}
	cells := []templ.Component{Text(p.T("convocation.substitute-of", "seat", c.Name)), Text(person.Name()), reach(p, person, d.Returned[id]), Text(said)}
	return Row{Cells: d.withAction(cells, Text(""))}
}

func contains(list []string, x string) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

func (d ConvocationData) withAction(cells []templ.Component, action templ.Component) []templ.Component {
	if d.planned() {
		cells = append(cells, action)
	}
	return cells
}

// notes are what stands under the answer of a seat.
func (d ConvocationData) notes(p *i18n.Printer, c governance.Chair) []string {
	a, out := d.Answers[c.Seat], []string{}
	if former := d.sheet().formerly(p, a, d.Call.Meeting); former != "" {
		out = append(out, former)
	}
	if a.Channel == governance.ByCoordinator && a.Declared() {
		out = append(out, p.T("answer.by-coordinator"))
	}
	if a.Note != "" {
		out = append(out, p.T("answer.note", "note", a.Note))
	}
	if !a.Read.IsZero() {
		out = append(out, p.T("answer.read", "at", p.ShortInstant(a.Read)))
	}
	return out
}

// concerns are what is to be known of the answer of a seat.
func (d ConvocationData) concerns(p *i18n.Printer, seat string) []string {
	var out []string
	for _, c := range d.Concerns {
		if c.Seat == seat {
			out = append(out, d.sheet().concern(p, c))
		}
	}
	return out
}

// history lists the sendings, newest first.
func (d ConvocationData) history(p *i18n.Printer) Table {
	return sendings(p, d.Head.Root, d.Call.Meeting.ID, d.Call.Sent)
}

func sendings(p *i18n.Printer, root, meeting string, sent []governance.Convocation) Table {
	t := Table{Caption: p.T("convocation.history"), Hidden: true, Columns: []Column{{Title: p.T("convocation.sending")}, {Title: p.T("convocation.sent-at")},
		{Title: p.T("convocation.for-day")}, {Title: p.T("convocation.people"), Number: true}}}
	for i := len(sent) - 1; i >= 0; i-- {
		c := sent[i]
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{
			LinkText(Link{Label: sendingName(p, c), Href: ConvocationHref(root, meeting, strconv.Itoa(c.Number))}), Text(p.ShortInstant(c.Sent)),
			Text(meetingDay(p, governance.Meeting{Day: c.Manifest.Day, Time: c.Manifest.Time})), Text(p.Number(persons(c.Manifest)))}})
	}
	return t
}

// sendingName is "Convocation" for the first sending, "Convocation modifiée, envoi 2" for those that follow.
func sendingName(p *i18n.Printer, c governance.Convocation) string {
	if c.Number == 1 {
		return p.T("convocation.first")
	}
	return p.T("convocation.numbered", "number", strconv.Itoa(c.Number))
}

// persons counts who was called.
func persons(m governance.Manifest) int {
	seen := map[string]bool{}
	for _, r := range m.Recipients {
		seen[r.Person] = true
	}
	return len(seen)
}

// ConvocationReadData is what those who do not keep meetings see of the call to one.
type ConvocationReadData struct {
	Head   MeetingHeadData
	Call   *office.Call
	May    bool // the reader is called to it
	Counts []governance.Tally
}

// ManifestData is one sending of the call to a meeting, as it was sent.
type ManifestData struct {
	Head    MeetingHeadData
	Call    *office.Call
	Sending governance.Convocation
	By      string // who sent it; empty where the journal no longer says
	Changes []fault.Message
	People  map[string]directory.Person
}

func (d ManifestData) facts(p *i18n.Printer) []Definition {
	m := d.Sending.Manifest
	sent := p.Instant(d.Sending.Sent)
	if d.By != "" {
		sent = p.T("convocation.sent-by", "at", sent, "person", d.By)
	}
	out := []Definition{{Term: p.T("convocation.sent-at"), Text: sent}}
	out = append(out, meetingFacts(p, governance.Meeting{Day: m.Day, Time: m.Time, Minutes: m.Minutes, Place: m.Place, Remote: m.Remote})...)
	if m.Late > 0 {
		out = append(out, Definition{Term: p.T("convocation.notice"), Text: p.T("convocation.late", "count", m.Late)})
	}
	return out
}

func (d ManifestData) recipients(p *i18n.Printer) Table {
	t := Table{Caption: p.T("convocation.recipients"), Hidden: true, Columns: []Column{{Title: p.T("convocation.person")}, {Title: p.T("mandate.field.seat")},
		{Title: p.T("mandate.field.role")}, {Title: p.T("convocation.reach")}}}
	for _, r := range d.Sending.Manifest.Recipients {
		role, way := governance.Holder, "convocation.by-mail"
		if r.Substitute {
			role = governance.Substitute
		}
		if !r.ByMail {
			way = "convocation.otherwise"
		}
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{Text(d.People[r.Person].Name()), Text(d.seat(p, r)), Text(p.T("mandate.role." + string(role))), Text(p.T(way))}})
	}
	return t
}

// seat names a seat as the text of the day of the meeting does; that of a derived committee is its institution.
func (d ManifestData) seat(p *i18n.Printer, r governance.ManifestRecipient) string {
	text := d.Call.Version.Text
	if s, ok := text.Seat(r.Seat); ok {
		return p.Say(text.SaySeat(s))
	}
	if party := text.Party(r.Party); party != nil {
		return party.Short
	}
	return p.T("answer.no-institution")
}

func (d ManifestData) documents(p *i18n.Printer) Table {
	t := Table{Caption: p.T("convocation.documents"), Hidden: true, Columns: []Column{{Title: p.T("convocation.document")}, {Title: p.T("convocation.digest-of-document")}}}
	for _, x := range d.Sending.Manifest.Documents {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{Text(x.Name), digest(x.Digest)}})
	}
	return t
}

// whole tells whether what is kept is still what the digest was made of.
func (d ManifestData) whole() bool { return d.Sending.Manifest.SHA256() == d.Sending.Digest }

// itemMeta is what stands under the title of an item: what is asked, who presents it, how long.
func itemMeta(p *i18n.Printer, i governance.ManifestItem) string {
	parts := []string{p.T("convocation.item." + string(i.Kind))}
	if i.Presenter != "" {
		parts = append(parts, p.T("convocation.presented-by", "person", i.Presenter))
	}
	if i.Minutes > 0 {
		parts = append(parts, p.T("convocation.minutes", "count", i.Minutes))
	}
	return strings.Join(parts, " · ")
}
