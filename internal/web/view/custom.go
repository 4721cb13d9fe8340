package view

import (
	"net/url"

	"entente/internal/convention"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// CustomData is what a space is used to for one committee, and how that stands beside the text.
type CustomData struct {
	Text      *convention.Convention
	Committee *convention.Committee
	Root      string // of the space
	Custom    governance.Custom
	Form      *Form      // changes it; nil for who may not
	Both      *BothTexts // what was typed beside what somebody else kept meanwhile; nil otherwise
}

// CustomHref is the page of the customs of a committee.
func CustomHref(root, committee string) string {
	return root + "/comites/" + url.PathEscape(committee) + "/usages"
}

// basis says what the text fixes of all this: the notice, or nothing.
func (d CustomData) basis(p *i18n.Printer) Notice {
	if d.Committee.Notice == 0 {
		return Notice{Tone: ToneInfo, Title: p.T("custom.own"), Text: p.T("custom.own-text")}
	}
	at := citation(p, d.Text, d.Root, d.Committee.Place)
	return Notice{Tone: ToneInfo, Title: p.T("custom.notice", "count", d.Committee.Notice), Text: p.T("custom.notice-text", "count", d.Committee.Notice),
		Link: &Link{Label: at.Text, Href: at.Href}}
}

// facts are the customs for who may not change them.
func (d CustomData) facts(p *i18n.Printer) []Definition {
	c := d.Custom
	silence := p.T("custom.no-silence")
	if c.SilenceDays > 0 {
		silence = p.T("common.days", "count", c.SilenceDays)
	}
	august := p.T("custom.august.met")
	if c.SkipAugust {
		august = p.T("custom.august.skipped")
	}
	length := ""
	if c.Minutes > 0 {
		length = Duration(p, c.Minutes)
	}
	days, fromText := governance.ConvocationNotice(d.Committee, c)
	convocation := p.T("custom.days-before", "count", days)
	if fromText {
		convocation = p.T("custom.days-before-text", "count", days)
	}
	return []Definition{
		{Term: p.T("custom.fact.convocation"), Text: convocation},
		{Term: p.T("custom.fact.documents"), Text: p.T("custom.days-before", "count", c.DocumentDays)},
		{Term: p.T("custom.fact.comments"), Text: p.T("common.days", "count", c.CommentDays)},
		{Term: p.T("custom.fact.silence"), Text: silence},
		{Term: p.T("custom.fact.answer"), Text: p.T("common.days", "count", c.AnswerDays)},
		{Term: p.T("custom.fact.time"), Text: p.Clock(c.Time)},
		{Term: p.T("custom.fact.minutes"), Text: length},
		{Term: p.T("custom.fact.place"), Text: c.Place},
		{Term: p.T("custom.fact.august"), Text: august},
	}
}
