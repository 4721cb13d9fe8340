package view

import (
	"net/url"

	"github.com/a-h/templ"

	"entente/internal/fault"
	"entente/internal/i18n"
	"entente/internal/job"
)

// ErrandsPath is the page of what one has asked for.
const ErrandsPath = AccountPath + "/travaux"

// The files that can be asked for.
const (
	ErrandArchive  = "archive"
	ErrandPack     = "dossier"
	ErrandRegister = "registre"
)

// ErrandsData is what somebody has asked for.
type ErrandsData struct {
	List    []job.Errand
	Refused fault.Message // why what was just asked for is not given; may say nothing
}

func (d ErrandsData) table(p *i18n.Printer) Table {
	t := Table{Caption: p.T("errand.list"), Hidden: true, Columns: []Column{{Title: p.T("errand.what")}, {Title: p.T("errand.space")}, {Title: p.T("job.asked")},
		{Title: p.T("job.progress")}, {Title: p.T("form.actions")}}}
	for _, e := range d.List {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{Text(e.Title), LinkText(Link{Label: e.Place, Href: "/espaces/" + url.PathEscape(e.Slug)}), Text(p.ShortInstant(e.Asked)),
			errandState(p, e), errandActions(p, e)}})
	}
	return t
}

// errandStanding is the word and the look of how far a file has come.
func errandStanding(p *i18n.Printer, e job.Errand) BadgeData {
	switch {
	case e.Ready():
		return BadgeData{Tone: ToneGood, Icon: "kept", Word: p.T("errand.state.ready")}
	case e.Job.State == job.SetAside || e.Job.State == job.Cancelled || e.Job.State == job.Done:
		return BadgeData{Tone: ToneBad, Icon: "broken", Word: p.T("errand.state.failed")}
	case e.Job.State == job.Running:
		return BadgeData{Tone: ToneInfo, Icon: "on-course", Word: p.T("errand.state.running")}
	}
	return BadgeData{Tone: ToneInfo, Icon: "clock", Word: p.T("errand.state.waiting")}
}

func errandHref(e job.Errand) string { return ErrandsPath + "/" + url.PathEscape(e.ID) }
