package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"entente/internal/authority"
	"entente/internal/calendar"
	"entente/internal/evaluation"
	"entente/internal/fault"
	"entente/internal/office"
	"entente/internal/store"
	"entente/internal/web/view"
)

// evaluationRoutes are the pages and actions of evaluations, as the table of routes has them.
func (s *Server) evaluationRoutes() []route {
	const root, one = "/espaces/{space}/evaluations", "/espaces/{space}/evaluations/{id}"
	return []route{
		{"GET", root, authority.ReadSpace, s.campaigns},
		{"GET", root + "/modele", authority.ManagePlan, s.questionTemplate},
		{"POST", root + "/modele", authority.ManagePlan, s.ownQuestions},
		{"GET", one, authority.ReadSpace, s.campaign},
		{"GET", one + "/ouverture", authority.ManagePlan, s.openCampaignForm},
		{"POST", one + "/ouverture", authority.ManagePlan, s.openCampaign},
		{"GET", one + "/cloture", authority.ManagePlan, s.closeCampaignForm},
		{"POST", one + "/cloture", authority.ManagePlan, s.closeCampaign},
		{"POST", one + "/relance", authority.ManagePlan, s.remindRespondents},
		{"POST", one + "/lien", authority.ManagePlan, s.publishLink},
		{"GET", one + "/reponse", authority.ReadSpace, s.sheetForm},
		{"POST", one + "/reponse", authority.ReadSpace, s.answerSheet},
		{"GET", one + "/synthese", authority.ReadSpace, s.synthesis},
		{"POST", one + "/citations", authority.ManagePlan, s.chooseVoices},
		{"GET", one + "/rapport", authority.ReadSpace, s.report},
		{"POST", one + "/rapport", authority.ManagePlan, s.putReportForward},
		{"GET", evaluationLinkPath + "{secret}", open, s.sheetByLink},
		{"POST", evaluationLinkPath + "{secret}", open, s.answerSheetByLink},
	}
}

// campaignSheet keeps the frame of a campaign while it is a draft.
var campaignSheet = &sheet[evaluation.Campaign]{
	noun: "campaign", path: "evaluations", task: authority.ManagePlan,
	ident: func(c *evaluation.Campaign) (*string, *int64) { return &c.ID, &c.Version },
	article: func(v *visit, _ evaluation.Campaign) string {
		text, err := v.text()
		if err != nil || len(text.Text.Evaluations) == 0 {
			return ""
		}
		return text.Text.Evaluations[0].Place.Ref
	},
	blank:  (*visit).newCampaign,
	fields: (*visit).campaignFields,
	read:   (*visit).readCampaign,
	back:   func(v *visit, c evaluation.Campaign) string { return v.path("evaluations", c.ID) },
	crumbs: func(v *visit, c evaluation.Campaign) []view.Crumb {
		out := v.under("evaluations")
		if c.ID != "" {
			out = append(out, view.Crumb{Label: c.Title, Href: v.path("evaluations", c.ID)})
		}
		return out
	},
	load: (*store.Space).Campaign, create: (*store.Space).CreateCampaign,
	update: (*store.Space).UpdateCampaign, remove: (*store.Space).RemoveCampaign,
}

// How long a new campaign takes answers, and how long after them its report is due, unless somebody says otherwise.
const (
	campaignDays = 30
	reportDays   = 60
)

// newCampaign looks back on the span of the convention's duty that holds today, or on all its years where a final one is asked for.
func (v *visit) newCampaign() (evaluation.Campaign, error) {
	text, err := v.text()
	if err != nil {
		return evaluation.Campaign{}, err
	}
	c := evaluation.Campaign{Kind: evaluation.Periodic, State: evaluation.Draft, Groups: evaluation.Groups(), Threshold: evaluation.DefaultThreshold,
		Opens: v.today, Closes: v.today.AddDays(campaignDays), Due: v.today.AddDays(campaignDays + reportDays)}
	start, end := v.bounds()
	c.Span = evaluation.SpanOn(start, evaluation.Interval(text.Text), v.today)
	c.Title = v.p.T("evaluation.title.periodic", "span", spanWords(c.Span))
	if v.URL.Query().Get("nature") == string(evaluation.Final) {
		c.Kind, c.Span.From, c.Span.To = evaluation.Final, start, end
		if end.IsZero() {
			c.Span.To = v.today
		}
		c.Title = v.p.T("evaluation.title.final", "span", spanWords(c.Span))
	}
	return c, nil
}

// spanWords is the year, or the years, of a span.
func spanWords(d calendar.Period) string {
	if d.From.Year() == d.To.Year() {
		return strconv.Itoa(d.From.Year())
	}
	return strconv.Itoa(d.From.Year()) + "–" + strconv.Itoa(d.To.Year())
}

// bounds are the first day of the convention and its last, zero where it has none.
func (v *visit) bounds() (start, end calendar.Date) {
	h, err := v.history()
	if err != nil || len(h) == 0 {
		return v.today, end
	}
	start = h[0].Effective
	for _, x := range h {
		if x.Effective.Before(start) {
			start = x.Effective
		}
	}
	if on := h.On(v.today); on != nil {
		end = on.Until()
	}
	return start, end
}

// Prefixes of the boxes of a campaign: what follows is a group, an axis or an objective.
const (
	groupPrefix = "group-"
	axisPrefix  = "axis-"
)

func (v *visit) readCampaign(f *form, c *evaluation.Campaign) {
	c.Kind, c.Title = evaluation.Kind(f.text("kind")), f.required("title")
	c.Span = f.period("from", "to")
	c.Opens, c.Closes, c.Due = f.date("opens"), f.date("closes"), f.date("due")
	c.Threshold, _ = strconv.Atoi(f.text("threshold"))
	c.Actions = strings.FieldsFunc(f.text("actions"), func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\u00a0' })
	c.Groups, c.Axes = nil, nil
	for _, g := range evaluation.Groups() {
		if f.checked(groupPrefix + string(g)) {
			c.Groups = append(c.Groups, g)
		}
	}
	text, err := v.text()
	if err != nil || len(text.Text.Axes) == 0 {
		return
	}
	whole := 0
	for _, a := range text.Text.Axes {
		if f.checked(axisPrefix + a.ID) {
			c.Axes = append(c.Axes, a.ID)
			whole++
			continue
		}
		for _, o := range a.Objectives {
			if f.checked(axisPrefix + o.ID) {
				c.Axes = append(c.Axes, o.ID)
			}
		}
	}
	if len(c.Axes) == 0 {
		f.faults.Add(axisPrefix+text.Text.Axes[0].ID, "fault.evaluation.nothing")
	}
	if whole == len(text.Text.Axes) {
		c.Axes = nil // all of them, with those that an amendment brings
	}
}

func (v *visit) campaignFields(c evaluation.Campaign) ([]view.Field, error) {
	text, err := v.text()
	if err != nil {
		return nil, err
	}
	const n = "campaign"
	var kinds []view.Option
	for _, k := range evaluation.Kinds() {
		kinds = append(kinds, view.Option{Value: string(k), Label: v.p.T("evaluation.kind." + string(k))})
	}
	threshold := v.ask(n, "threshold", view.NumberField, strconv.Itoa(c.Threshold))
	out := []view.Field{
		must(v.ask(n, "title", view.TextField, c.Title)),
		must(v.choose(n, "kind", string(c.Kind), "", kinds)),
		must(v.ask(n, "from", view.DateField, c.Span.From.String())), must(v.ask(n, "to", view.DateField, c.Span.To.String())),
		must(v.ask(n, "opens", view.DateField, c.Opens.String())), must(v.ask(n, "closes", view.DateField, c.Closes.String())),
		must(v.ask(n, "due", view.DateField, c.Due.String())),
	}
	for _, a := range text.Text.Axes {
		out = append(out, view.Field{Kind: view.CheckboxField, Name: axisPrefix + a.ID, Label: v.p.T("evaluation.axis-box", "axis", a.Name),
			Checked: len(c.Axes) == 0 || slices.Contains(c.Axes, a.ID)})
		for _, o := range a.Objectives {
			out = append(out, view.Field{Kind: view.CheckboxField, Name: axisPrefix + o.ID, Label: v.p.T("evaluation.objective-box", "objective", o.Name), Checked: slices.Contains(c.Axes, o.ID)})
		}
	}
	out = append(out, v.ask(n, "actions", view.TextField, strings.Join(c.Actions, ", ")))
	for _, g := range evaluation.Groups() {
		out = append(out, view.Field{Kind: view.CheckboxField, Name: groupPrefix + string(g), Label: v.p.T("evaluation.ask." + string(g)), Checked: slices.Contains(c.Groups, g)})
	}
	return append(out, must(threshold)), nil
}

// campaigns lists the campaigns, with what the convention asks for.
func (s *Server) campaigns(w http.ResponseWriter, v *visit) error {
	text, err := v.text()
	if err != nil {
		return err
	}
	d := view.CampaignsData{Text: text.Text, Root: v.path(), Today: v.today, May: v.offers(authority.ManagePlan)}
	if d.Items, err = v.space.Campaigns(v.Context()); err != nil {
		return err
	}
	d.Items = slices.DeleteFunc(d.Items, func(c evaluation.Campaign) bool { return c.State == evaluation.Draft && !d.May })
	start, end := v.bounds()
	d.Span = evaluation.SpanOn(start, evaluation.Interval(text.Text), v.today)
	d.Missing = !slices.ContainsFunc(d.Items, func(c evaluation.Campaign) bool { return c.Kind == evaluation.Periodic && d.Span.Contains(c.Span.To) })
	if evaluation.FinalDue(end, v.today) && !slices.ContainsFunc(d.Items, func(c evaluation.Campaign) bool { return c.Kind == evaluation.Final }) {
		d.Ends = end
	}
	page := v.page(v.p.T("evaluation.list"))
	page.Wide = true
	return s.show(w, v, view.CampaignsPage(page, d))
}

// campaignAsked reads the campaign in the address. A draft is there for who keeps the space alone.
func (v *visit) campaignAsked() (evaluation.Campaign, error) {
	c, err := v.space.Campaign(v.Context(), v.PathValue("id"))
	if err == nil && c.State == evaluation.Draft && !v.offers(authority.ManagePlan) {
		err = fault.New(fault.NotFound, "store.not-found")
	}
	return c, err
}

// campaign is the page of one campaign.
func (s *Server) campaign(w http.ResponseWriter, v *visit) error {
	c, err := v.campaignAsked()
	if err != nil {
		return err
	}
	return s.showCampaign(w, v, http.StatusOK, c, "", fault.Message{})
}

// showCampaign shows a campaign; public is the public link, this once where it was just made.
func (s *Server) showCampaign(w http.ResponseWriter, v *visit, status int, c evaluation.Campaign, public string, refused fault.Message) error {
	text, err := v.text()
	if err != nil {
		return err
	}
	d := view.CampaignData{Text: text.Text, Root: v.path(), Today: v.today, Campaign: c, May: v.offers(authority.ManagePlan), Public: public, Refused: refused}
	ctx := v.Context()
	if d.May {
		if err := v.progress(&d); err != nil {
			return err
		}
	}
	if own, err := v.space.SheetOf(ctx, c.ID, v.standing.Person); err == nil {
		d.Own = &own
	} else if !fault.Is(err, fault.NotFound) {
		return err
	}
	if d.Report, d.Proposal, err = v.reportOf(c.ID); err != nil {
		return err
	}
	page := v.page(c.Title, v.under("evaluations")...)
	page.Path, page.Wide = v.path("evaluations", c.ID), true
	s.render(w, v, status, view.CampaignPage(page, d))
	return nil
}

// progress reads who was asked and who has answered: for who keeps the space alone.
func (v *visit) progress(d *view.CampaignData) (err error) {
	if d.Sheets, err = v.space.Sheets(v.Context(), d.Campaign.ID); err != nil {
		return err
	}
	ids := make([]string, 0, len(d.Sheets))
	for _, x := range d.Sheets {
		if x.Person != "" {
			ids = append(ids, x.Person)
		}
	}
	if d.People, err = v.space.PeopleByID(v.Context(), ids...); err != nil {
		return err
	}
	links, err := v.space.Links(v.Context(), store.LinkEvaluation, d.Campaign.ID)
	for _, l := range links {
		d.Published = d.Published || l.Open(v.now)
	}
	return err
}

// prepare finds what opening a campaign would ask, and of whom.
func (v *visit) prepare(c evaluation.Campaign) (office.Preparation, []evaluation.Question, error) {
	text, err := v.text()
	if err != nil {
		return office.Preparation{}, nil, err
	}
	questions, _, err := v.questionsInUse()
	if err != nil {
		return office.Preparation{}, nil, err
	}
	p, err := office.PrepareCampaign(v.Context(), v.space, text.Text, c, v.today)
	return p, questions, err
}

// openCampaignForm shows what opening a campaign would do, before it is done.
func (s *Server) openCampaignForm(w http.ResponseWriter, v *visit) error {
	c, err := v.campaignAsked()
	if err != nil {
		return err
	}
	return s.showOpening(w, v, http.StatusOK, c, nil)
}

func (s *Server) showOpening(w http.ResponseWriter, v *visit, status int, c evaluation.Campaign, refused error) error {
	p, questions, err := v.prepare(c)
	if err != nil {
		return err
	}
	d := view.OpeningData{Root: v.path(), Campaign: c, Covered: p.Covered, Sheets: p.Sheets, People: p.People, Questions: questions, Mails: s.store.Delivers()}
	_, d.Refused = explained(refused)
	page := v.page(v.p.T("evaluation.opening"), v.underCampaign(c)...)
	page.Path, page.Wide = v.path("evaluations", c.ID, "ouverture"), true
	s.render(w, v, status, view.OpeningPage(page, d))
	return nil
}

func (v *visit) underCampaign(c evaluation.Campaign) []view.Crumb {
	return append(v.under("evaluations"), view.Crumb{Label: c.Title, Href: v.path("evaluations", c.ID)})
}

// openCampaign opens a campaign: questions, sheets, links and letters are made together or not at all.
func (s *Server) openCampaign(w http.ResponseWriter, v *visit) error {
	c, err := v.campaignAsked()
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	p, questions, err := v.prepare(c)
	if err != nil {
		return err
	}
	by := campaignSheet.actor(v, c)
	err = v.space.Together(v.Context(), func(sp *store.Space) error {
		opened, sheets, err := sp.OpenCampaign(v.Context(), by, c.ID, f.version(), questions, p.Covered, p.Sheets)
		if err != nil {
			return err
		}
		return s.writeToRespondents(v, sp, by, letterToRespondents{campaign: opened, sheets: sheets, people: p.People, key: "evaluation.letter"})
	})
	return s.afterPassage(w, v, c, err, s.showOpening, fault.Say("evaluation.opened", "count", len(p.Sheets)))
}

// afterPassage leads to the campaign, or shows why it did not pass.
func (s *Server) afterPassage(w http.ResponseWriter, v *visit, c evaluation.Campaign, err error,
	show func(http.ResponseWriter, *visit, int, evaluation.Campaign, error) error, done fault.Message) error {
	if current, conflict := store.Current[evaluation.Campaign](err); conflict {
		return show(w, v, http.StatusConflict, current, err)
	}
	if fault.Is(err, fault.Invalid) {
		return show(w, v, http.StatusUnprocessableEntity, c, err)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, v.path("evaluations", c.ID), done)
}

// closeCampaignForm shows what closing a campaign would freeze, before it is done.
func (s *Server) closeCampaignForm(w http.ResponseWriter, v *visit) error {
	c, err := v.campaignAsked()
	if err != nil {
		return err
	}
	return s.showEnding(w, v, http.StatusOK, c, nil)
}

func (s *Server) showEnding(w http.ResponseWriter, v *visit, status int, c evaluation.Campaign, refused error) error {
	sheets, err := v.space.Sheets(v.Context(), c.ID)
	if err != nil {
		return err
	}
	d := view.EndingData{Root: v.path(), Campaign: c, Today: v.today, Synthesis: evaluation.Synthesize(c, sheets), Years: c.Years(v.today)}
	_, d.Refused = explained(refused)
	page := v.page(v.p.T("evaluation.closing"), v.underCampaign(c)...)
	page.Path = v.path("evaluations", c.ID, "cloture")
	s.render(w, v, status, view.EndingPage(page, d))
	return nil
}

// closeCampaign closes a campaign with its figures and the indicators of its years.
func (s *Server) closeCampaign(w http.ResponseWriter, v *visit) error {
	c, err := v.campaignAsked()
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	_, err = v.space.CloseCampaign(v.Context(), campaignSheet.actor(v, c), c.ID, f.version())
	return s.afterPassage(w, v, c, err, s.showEnding, fault.Say("evaluation.closed"))
}
