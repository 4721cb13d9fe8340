package web

import (
	"net/http"

	"entente/internal/authority"
	"entente/internal/document"
	"entente/internal/evaluation"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/paper"
	"entente/internal/store"
	"entente/internal/web/view"
)

// reportSheet keeps the report of a campaign, section by section. A new one comes composed from the synthesis.
var reportSheet = &sheet[evaluation.Report]{
	noun: "evaluation-report", path: "evaluations/rapports", task: authority.ManagePlan,
	ident: func(r *evaluation.Report) (*string, *int64) { return &r.ID, &r.Version },
	blank: (*visit).composedReport,
	fields: func(v *visit, r evaluation.Report) ([]view.Field, error) {
		var out []view.Field
		for _, key := range evaluation.Sections() {
			x := v.ask("evaluation-report", key, view.TextAreaField, r.Text(key))
			x.Rows = 12
			out = append(out, x)
		}
		if r.Version > 0 {
			return out, nil
		}
		campaigns, err := v.closedCampaigns()
		return append([]view.Field{must(v.choose("evaluation-report", "campaign", r.ID, "form.choose", campaigns))}, out...), err
	},
	read: func(_ *visit, f *form, r *evaluation.Report) {
		if r.Version == 0 {
			r.ID = f.required("campaign")
		}
		r.Sections = nil
		for _, key := range evaluation.Sections() {
			r.Sections = append(r.Sections, evaluation.ReportSection{Key: key, Text: f.prose(key)})
		}
	},
	back: func(v *visit, r evaluation.Report) string { return v.path("evaluations", r.ID, "rapport") },
	crumbs: func(v *visit, r evaluation.Report) []view.Crumb {
		out := v.under("evaluations")
		if r.ID != "" {
			out = append(out, view.Crumb{Label: v.p.T("evaluation.campaign"), Href: v.path("evaluations", r.ID)})
		}
		return out
	},
	load: (*store.Space).Report, create: (*store.Space).CreateReport,
	update: (*store.Space).UpdateReport, remove: (*store.Space).RemoveReport,
}

// closedCampaigns are the campaigns of which a report can be made.
func (v *visit) closedCampaigns() ([]view.Option, error) {
	list, err := v.space.Campaigns(v.Context())
	var out []view.Option
	for _, c := range list {
		if c.State == evaluation.Closed {
			out = append(out, view.Option{Value: c.ID, Label: c.Title})
		}
	}
	return out, err
}

// composedReport is a report made from the synthesis of the campaign in the address, in the language of the papers.
func (v *visit) composedReport() (evaluation.Report, error) {
	r := evaluation.Report{ID: v.URL.Query().Get("campagne")}
	if r.ID == "" {
		return r, nil
	}
	c, err := v.space.Campaign(v.Context(), r.ID)
	if err != nil {
		return r, err
	}
	if c.State != evaluation.Closed {
		return r, fault.New(fault.Invalid, "store.report.not-closed")
	}
	d, err := v.synthesisData(c)
	if err != nil {
		return r, err
	}
	r.Sections = paper.ComposeEvaluation(i18n.For(letterLanguage), paper.EvaluationData{Campaign: d.Campaign, Before: d.Before, Quotes: d.Quotes})
	return r, nil
}

// reportOf reads the report of a campaign with the proposal that carries it; neither where there is none. Who does not keep the
// space sees a report once it is adopted.
func (v *visit) reportOf(campaign string) (*evaluation.Report, *governance.Proposal, error) {
	r, err := v.space.Report(v.Context(), campaign)
	if fault.Is(err, fault.NotFound) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	may := v.offers(authority.ManagePlan)
	if r.Proposal == "" {
		if !may {
			return nil, nil, nil
		}
		return &r, nil, nil
	}
	p, err := v.space.Proposal(v.Context(), r.Proposal)
	if err != nil || !may && p.State != governance.ProposalAdopted {
		return nil, nil, err
	}
	return &r, &p, nil
}

// report shows the report of a campaign as it reads.
func (s *Server) report(w http.ResponseWriter, v *visit) error {
	return s.showReport(w, v, http.StatusOK, nil, nil)
}

func (s *Server) showReport(w http.ResponseWriter, v *visit, status int, f *form, refused error) error {
	c, err := v.campaignAsked()
	if err != nil {
		return err
	}
	d := view.ReportData{Root: v.path(), Campaign: c, May: v.offers(authority.ManagePlan)}
	if d.Report, d.Proposal, err = v.reportOf(c.ID); err != nil {
		return err
	}
	if d.Report != nil && d.May && (d.Proposal == nil || evaluation.Editable(d.Proposal.State)) {
		if d.Forward, err = v.forwardForm(c, *d.Report, d.Proposal); err != nil {
			return err
		}
		d.Forward.Fields = typed(d.Forward.Fields, f)
		d.Forward.Faults, d.Forward.Message = explained(refused)
	}
	page := v.page(v.p.T("evaluation.report"), v.underCampaign(c)...)
	page.Path = v.path("evaluations", c.ID, "rapport")
	s.render(w, v, status, view.ReportPage(page, d))
	return nil
}

// forwardForm puts the report to the committees: in whose name, or, where a committee sent it back, with what was changed.
func (v *visit) forwardForm(c evaluation.Campaign, r evaluation.Report, p *governance.Proposal) (*view.Form, error) {
	f := &view.Form{Action: v.path("evaluations", c.ID, "rapport"), Version: r.Version, Submit: v.p.T("evaluation.forward"), FirstPara: v.p.T("evaluation.forward.text")}
	if p != nil && p.WithAuthor() {
		f.FirstPara, f.Submit = v.p.T("evaluation.forward.again-text", "answer", p.Answer), v.p.T("evaluation.forward.again")
		f.Fields = []view.Field{must(v.ask("evaluation-report", "words", view.TextAreaField, ""))}
		return f, nil
	}
	options, err := v.authorOptions(governance.Proposal{Subject: governance.AboutEvaluation})
	f.Fields = []view.Field{must(v.choose("proposal", "author", "", "form.choose", options))}
	return f, err
}

// putReportForward makes the report a proposal about an evaluation, which goes its way by the powers of the convention; one that
// came back goes on with its new text. Proposal, report and passage are kept together.
func (s *Server) putReportForward(w http.ResponseWriter, v *visit) error {
	c, err := v.campaignAsked()
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	r, carried, err := v.reportOf(c.ID)
	if err == nil && r == nil {
		err = fault.New(fault.NotFound, "store.not-found")
	}
	if err != nil {
		return err
	}
	p := governance.Proposal{Subject: governance.AboutEvaluation, Title: c.Title}
	words := f.prose("words")
	if carried != nil && carried.WithAuthor() {
		p = *carried
	} else {
		v.readAuthor(f, &p)
	}
	if err = f.err(); err == nil {
		p.Text = paper.EvaluationMarkdown(i18n.For(letterLanguage), *r)
		err = v.forward(c, *r, p, f.version(), words)
	}
	if _, conflict := store.Current[evaluation.Report](err); conflict {
		return s.showReport(w, v, http.StatusConflict, f, err)
	}
	if fault.Is(err, fault.Invalid) {
		return s.showReport(w, v, http.StatusUnprocessableEntity, f, err)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, v.path("evaluations", c.ID, "rapport"), fault.Say("evaluation.forwarded"))
}

func (v *visit) forward(c evaluation.Campaign, r evaluation.Report, p governance.Proposal, version int64, words string) error {
	by := campaignSheet.actor(v, c)
	return v.space.Together(v.Context(), func(sp *store.Space) (err error) {
		ctx, text, event := v.Context(), p.Text, governance.Submit
		if p.ID == "" {
			p, err = sp.CreateProposal(ctx, by, p)
		} else {
			p, err = sp.UpdateProposal(ctx, by, p.ID, p.Version, func(x *governance.Proposal) error { x.Text = text; return nil })
			event = governance.Resubmit
		}
		if err == nil {
			_, err = sp.PutForward(ctx, by, r.ID, version, p.ID)
		}
		if err == nil {
			_, err = sp.PassProposal(ctx, by, p.ID, p.Version, event, words)
		}
		return err
	})
}

// evaluationPaper is the report of a campaign on paper.
func (s *Server) evaluationPaper(v *visit) (made, error) {
	c, err := v.campaignAsked()
	if err != nil {
		return made{}, err
	}
	r, p, err := v.reportOf(c.ID)
	if err == nil && r == nil {
		err = fault.New(fault.NotFound, "fault.not-found")
	}
	if err != nil {
		return made{}, err
	}
	text, err := v.text()
	if err != nil {
		return made{}, err
	}
	adopted := p != nil && p.State == governance.ProposalAdopted
	return made{day: c.Ended.String(), name: paperName("", "paper.name.evaluation", "title", c.Title), page: v.path("evaluations", c.ID, "rapport"),
		compose: func(f paper.Frame) *document.Document {
			return paper.Evaluation(f, paper.EvaluationReport{Campaign: c, Report: *r, Text: text.Text, Adopted: adopted})
		}}, nil
}
