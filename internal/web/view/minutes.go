package view

import (
	"bytes"
	"strconv"

	"github.com/a-h/templ"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// MinutesData is the page of the minutes of a meeting.
type MinutesData struct {
	Head    MeetingHeadData
	Space   string              // its name
	Minutes *governance.Minutes // as they are kept; nil while nobody began them
	Stands  governance.Minutes  // as they stand today: silence approves before anybody records it
	Silence calendar.Date       // day from which silence approves or has approved them; zero where it does not
	At      *governance.Meeting // meeting that approved them; nil where none did
	Keeps   bool                // the reader keeps the minutes
	Reads   bool                // the reader may read them
	Ended   bool                // the meeting was held: there is something to account for
	Left    int                 // items that are for the coordinators alone, left out of what is composed

	Files    []governance.Attachment
	Refused  fault.Message // what was refused by a form that the page does not have
	Compose  *Form         // begins them; nil where they are there or may not be begun
	Moves    []MinutesMove
	Comments []CommentRow
	Comment  *Form // of a reader who was there; nil for others and out of time
	Errata   []governance.Erratum
	Correct  *Form // adds an erratum
}

// MinutesMove is a passage to another state that the page offers, or the reason why not now.
type MinutesMove struct {
	Form *Form
	Why  fault.Message // in the place of the form
}

// CommentRow is a comment with the name of who made it.
type CommentRow struct {
	Comment governance.Comment
	Name    string
	Answer  *Form // nil for who does not keep the minutes
}

func (d MinutesData) href(parts ...string) string {
	out := MeetingHref(d.Head.Root, d.Head.Assembly.Meeting.ID, "compte-rendu")
	for _, p := range parts {
		out += "/" + p
	}
	return out
}

// MinutesBadge says where minutes stand.
func MinutesBadge(p *i18n.Printer, s governance.MinutesState) templ.Component {
	tone, icon := ToneInfo, "change"
	switch s {
	case governance.MinutesComments:
		icon = "person"
	case governance.MinutesSubmitted:
		tone, icon = ToneWarning, "clock"
	case governance.MinutesApproved, governance.MinutesPublished:
		tone, icon = ToneGood, "kept"
	}
	return Badge(p, BadgeData{Tone: tone, Icon: icon, Word: p.T("minutes.state." + string(s))})
}

// steps are the way of minutes, with where they stand.
func (d MinutesData) steps(p *i18n.Printer) []Step {
	var out []Step
	state := StepDone
	for _, s := range governance.MinutesStates() {
		step := Step{Title: p.T("minutes.state." + string(s)), State: state, Body: d.stepBody(p, s)}
		if s == d.Stands.State {
			step.State, state = StepHere, StepNext
		}
		out = append(out, step)
	}
	return out
}

func (d MinutesData) stepBody(p *i18n.Printer, s governance.MinutesState) string {
	m := d.Stands
	switch {
	case s == governance.MinutesComments && !m.CommentsUntil.IsZero():
		return p.T("minutes.until", "day", m.CommentsUntil)
	case s == governance.MinutesSubmitted && !m.Submitted.IsZero():
		return p.T("minutes.on", "day", m.Submitted)
	case s == governance.MinutesApproved && !m.Approved.IsZero():
		return d.approved(p)
	case s == governance.MinutesPublished && !m.Published.IsZero():
		return p.T("minutes.published-for."+string(m.Audience), "day", m.Published)
	}
	return ""
}

// approved says when the minutes were approved, and how.
func (d MinutesData) approved(p *i18n.Printer) string {
	switch {
	case d.At != nil:
		return p.T("minutes.approved-at", "day", d.At.Day)
	case d.Stands.ApprovedBy != "":
		return p.T("minutes.on", "day", d.Stands.Approved)
	}
	return p.T("minutes.approved-by-silence", "day", d.Stands.Approved)
}

// notice says what the state means for who reads; nil where there is nothing to say.
func (d MinutesData) notice(p *i18n.Printer) *Notice {
	switch {
	case d.Minutes == nil || !d.Reads:
		return nil
	case d.Minutes.State == governance.MinutesSubmitted && d.Stands.State == governance.MinutesApproved:
		return &Notice{Tone: ToneGood, Text: p.T("minutes.silence-since", "day", d.Stands.Approved)}
	case d.Minutes.State == governance.MinutesSubmitted && !d.Silence.IsZero():
		return &Notice{Tone: ToneInfo, Text: p.T("minutes.silence-on", "day", d.Silence)}
	case d.Minutes.State == governance.MinutesSubmitted:
		return &Notice{Tone: ToneInfo, Text: p.T("minutes.waits-for-meeting")}
	case d.Minutes.State == governance.MinutesComments:
		return &Notice{Tone: ToneInfo, Text: p.T("minutes.open-until", "day", d.Minutes.CommentsUntil)}
	case d.Minutes.State == governance.MinutesDraft:
		return &Notice{Tone: ToneInfo, Text: p.T("minutes.draft-text")}
	}
	return nil
}

// empty says why there is nothing to read.
func (d MinutesData) empty(p *i18n.Printer) Empty {
	key := "minutes.not-yet"
	switch {
	case d.Minutes == nil && !d.Ended:
		key = "minutes.not-held"
	case d.Minutes == nil && d.Keeps:
		key = "minutes.to-compose"
	}
	return Empty{Title: p.T(key), Text: p.T(key + "-text")}
}

// title is what the document is called.
func (d MinutesData) title(p *i18n.Printer) string {
	key := "minutes.title"
	if !d.Stands.State.Settled() {
		key = "minutes.title-draft"
	}
	return p.T(key, "committee", d.Head.name(), "day", d.Head.Assembly.Meeting.Day)
}

func (d MinutesData) actions(p *i18n.Printer) []Link {
	if d.Minutes == nil || !d.Keeps || !d.Minutes.State.Editable() {
		return nil
	}
	return []Link{{Label: p.T("minutes.edit"), Href: d.href("modifier"), Icon: "change"}, {Label: p.T("minutes.recompose"), Href: d.href("composer"), Icon: "carried-over"}}
}

// MinutesFormData is the text of minutes being written.
type MinutesFormData struct {
	Head    MeetingHeadData
	Form    Form
	Preview string     // Markdown; empty where nobody asked
	Both    *BothTexts // what was typed beside what somebody else kept meanwhile; nil otherwise
}

// RecomposeData is what would be composed now, beside the text as it was edited.
type RecomposeData struct {
	Head      MeetingHeadData
	Now, Then string // the text that is kept, and the one that would take its place
	Form      Form
	Left      int
}

// LinkMinutesData is what a personal link shows of minutes to who was there.
type LinkMinutesData struct {
	MinutesData
	Reader string // name of whom the link was made for
}

// minutesMarkdown renders minutes: their parts are headings of the page, and nothing reaches out or runs.
var minutesMarkdown = goldmark.New(
	goldmark.WithExtensions(extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone))),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(minutesRenderer{}, 100))),
)

type minutesRenderer struct{}

// RegisterFuncs names the nodes that it writes.
func (minutesRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindHeading, minutesHeading)
	r.Register(ast.KindImage, proseImage)
}

// minutesHeading makes the parts of the document headings of the third rank, under its title, and what is below bold: the
// outline of the page skips no rank whatever was typed.
func minutesHeading(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if n.(*ast.Heading).Level > 2 || n.Parent().Kind() != ast.KindDocument {
		return proseHeading(w, src, n, entering)
	}
	tag := "</h3>\n"
	if entering {
		tag = "<h3>"
	}
	_, err := w.WriteString(tag)
	return ast.WalkContinue, err
}

// minutesHTML is Markdown as a component. What cannot be rendered is shown as it was typed.
func minutesHTML(text string) templ.Component {
	var b bytes.Buffer
	if err := minutesMarkdown.Convert([]byte(text), &b); err != nil {
		return Text(text)
	}
	return templ.Raw(b.String())
}

// commentID is the anchor of a comment.
func commentID(i int) string { return "comment-" + strconv.Itoa(i) }

// versionText is a version as a form carries it.
func versionText(v int64) string { return strconv.FormatInt(v, 10) }

// pageSummary says how much of a list is shown.
func pageSummary(p *i18n.Printer, key string, total int, more bool) string {
	if more {
		return p.T(key+"-more", "count", total)
	}
	return p.T(key, "count", total)
}
