package view

import (
	"time"

	"github.com/a-h/templ"

	"entente/internal/fault"
	"entente/internal/i18n"
	"entente/internal/job"
)

// JobsPath is the page of the work in the background.
const JobsPath = AdminPath + "/travaux"

// JobsData is the work in the background, and how the mail stands.
type JobsData struct {
	Now      time.Time
	Counts   map[job.State]int
	SetAside []job.Job
	Running  []job.Job
	Waiting  []job.Job
	Spaces   map[string]string // names by identifier
	Mail     MailStanding
	Refused  fault.Message // why what was just asked for was not done; may say nothing
}

// MailStanding is whether messages leave by mail, and what came of the last.
type MailStanding struct {
	Leaves     bool
	Way        string // where mail goes, without password
	From       string
	To         string    // address that a message to try it goes to
	LastSent   time.Time // zero where none was sent
	LastFailed job.Job   // of which Failed is zero where none has failed
}

// badge says in a word whether mail leaves: what happened last decides.
func (m MailStanding) badge(p *i18n.Printer) templ.Component {
	switch {
	case !m.Leaves:
		return Badge(p, BadgeData{Tone: ToneUnknown, Icon: "unknown", Word: p.T("job.mail.off")})
	case m.LastFailed.Failed.After(m.LastSent):
		return Badge(p, BadgeData{Tone: ToneBad, Icon: "broken", Word: p.T("job.mail.failing")})
	case m.LastSent.IsZero():
		return Badge(p, BadgeData{Tone: ToneInfo, Icon: "mail", Word: p.T("job.mail.untried")})
	}
	return Badge(p, BadgeData{Tone: ToneGood, Icon: "mail", Word: p.T("job.mail.on")})
}

func (m MailStanding) facts(p *i18n.Printer) []Definition {
	out := []Definition{{Term: p.T("job.mail.state"), Value: m.badge(p)}}
	if !m.Leaves {
		return out
	}
	out = append(out, Definition{Term: p.T("job.mail.way"), Text: m.Way}, Definition{Term: p.T("job.mail.from"), Text: m.From},
		Definition{Term: p.T("job.mail.last-sent"), Text: instant(p, m.LastSent)}, Definition{Term: p.T("job.mail.last-failed"), Text: instant(p, m.LastFailed.Failed)})
	if !m.LastFailed.Failed.IsZero() {
		out = append(out, Definition{Term: p.T("job.error"), Text: m.LastFailed.Error})
	}
	return out
}

// instant is an instant in words, nothing for none.
func instant(p *i18n.Printer, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return p.Instant(t)
}

func (m MailStanding) trial(p *i18n.Printer) Form {
	return Form{ID: "trial", Action: JobsPath + "/essai", Submit: p.T("job.trial.submit"), Quiet: true, FirstPara: p.T("job.trial.text", "address", m.To)}
}

// what names a job: what it does and, where it belongs to a space, for which.
func (d JobsData) what(p *i18n.Printer, j job.Job) templ.Component {
	text := p.T("job.kind." + j.Kind)
	if name := d.Spaces[j.Space]; name != "" {
		text = p.T("job.kind-in", "what", text, "space", name)
	}
	return Text(text)
}

func (d JobsData) setAside(p *i18n.Printer) Table {
	t := Table{Caption: p.T("job.set-aside"), Hidden: true, Columns: []Column{{Title: p.T("job.what")}, {Title: p.T("job.attempts"), Number: true},
		{Title: p.T("job.failed")}, {Title: p.T("job.error")}, {Title: p.T("job.decide")}}}
	for _, j := range d.SetAside {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{d.what(p, j), Text(p.Number(j.Attempts)), Text(p.ShortInstant(j.Failed)), Text(j.Error),
			jobButtons(p, j, []string{"resume", "abandon"})}})
	}
	return t
}

func (d JobsData) running(p *i18n.Printer) Table {
	t := Table{Caption: p.T("job.running"), Hidden: true, Columns: []Column{{Title: p.T("job.what")}, {Title: p.T("job.progress")}, {Title: p.T("job.asked")}, {Title: p.T("job.decide")}}}
	for _, j := range d.Running {
		buttons := []string{"stop"}
		if j.Stop {
			buttons = nil
		}
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{d.what(p, j), JobProgress(p, j), Text(p.ShortInstant(j.Created)), jobButtons(p, j, buttons)}})
	}
	return t
}

func (d JobsData) waiting(p *i18n.Printer) Table {
	t := Table{Caption: p.T("job.waiting"), Hidden: true, Columns: []Column{{Title: p.T("job.what")}, {Title: p.T("job.due")}, {Title: p.T("job.attempts"), Number: true},
		{Title: p.T("job.error")}, {Title: p.T("job.decide")}}}
	for _, j := range d.Waiting {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{d.what(p, j), Text(p.ShortInstant(j.RunAt)), Text(p.Number(j.Attempts)), Text(j.Error),
			jobButtons(p, j, []string{"stop"})}})
	}
	return t
}

// counted is a heading with how many there are.
func (d JobsData) counted(p *i18n.Printer, key string, s job.State) string {
	return p.T("job.counted", "what", p.T(key), "count", d.Counts[s])
}

// more tells how many are not listed.
func (d JobsData) more(s job.State, listed []job.Job) int { return d.Counts[s] - len(listed) }
