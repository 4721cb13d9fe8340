package web

import (
	"net/http"
	"strings"
	"time"

	"entente/internal/auth"
	"entente/internal/authority"
	"entente/internal/evaluation"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/web/view"
)

// publicLimit bounds how many answers come by public links from one address: a family or a town hall share one. campaignLimit bounds
// those of one campaign from everywhere.
var (
	publicLimit   = auth.Limit{Max: 20, Window: time.Hour}
	campaignLimit = auth.Limit{Max: 500, Window: time.Hour}
)

// answering is a sheet as it is being answered.
type answering struct {
	space    *store.Space
	campaign evaluation.Campaign
	sheet    evaluation.Sheet
	by       store.Actor
	action   string // address that the form goes to
	place    string // name of the space, on the page of a link
	public   bool
	sent     bool
}

// sheetForm is where somebody who is signed in answers.
func (s *Server) sheetForm(w http.ResponseWriter, v *visit) error {
	a, err := v.ownSheet()
	if fault.Is(err, fault.Invalid) {
		_, why := explained(err)
		return s.showCampaign(w, v, http.StatusOK, a.campaign, "", why)
	}
	if err != nil {
		return err
	}
	return s.showSheet(w, v, http.StatusOK, a, nil, nil)
}

// answerSheet keeps what somebody who is signed in answers.
func (s *Server) answerSheet(w http.ResponseWriter, v *visit) error {
	a, err := v.ownSheet()
	if fault.Is(err, fault.Invalid) {
		_, why := explained(err)
		return s.showCampaign(w, v, http.StatusUnprocessableEntity, a.campaign, "", why)
	}
	if err != nil {
		return err
	}
	return s.keepSheet(w, v, a)
}

// ownSheet is the sheet of the visitor; who is asked nothing has none.
func (v *visit) ownSheet() (a answering, err error) {
	if a.campaign, err = v.campaignAsked(); err != nil {
		return a, err
	}
	a.sheet, err = v.space.SheetOf(v.Context(), a.campaign.ID, v.standing.Person)
	if fault.Is(err, fault.NotFound) {
		return a, fault.New(fault.Invalid, "evaluation.not-asked")
	}
	a.space, a.by, a.action = v.space, v.actor(a.sheet.Party, ""), v.path("evaluations", a.campaign.ID, "reponse")
	return a, err
}

// sheetByLink opens the link of a respondent, or the public one of a campaign.
func (s *Server) sheetByLink(w http.ResponseWriter, v *visit) error {
	a, err := s.linkedSheet(w, v)
	if err != nil {
		return s.deadLink(w, v, err)
	}
	a.sent = v.URL.Query().Get("recu") != ""
	return s.showSheet(w, v, http.StatusOK, a, nil, nil)
}

// answerSheetByLink keeps what comes by a link.
func (s *Server) answerSheetByLink(w http.ResponseWriter, v *visit) error {
	a, err := s.linkedSheet(w, v)
	if err != nil {
		return s.deadLink(w, v, err)
	}
	return s.keepSheet(w, v, a)
}

func (s *Server) linkedSheet(w http.ResponseWriter, v *visit) (a answering, err error) {
	in, err := s.openLink(w, v, store.LinkEvaluation)
	if err != nil {
		return a, err
	}
	a = answering{space: in.space, action: in.path(), place: in.place.Name, public: in.Person == ""}
	campaign := in.Subject
	if a.public {
		a.sheet = evaluation.Sheet{Group: evaluation.Inhabitants, Campaign: campaign}
	} else {
		if a.sheet, err = in.space.Sheet(v.Context(), in.Subject); err != nil {
			return a, err
		}
		campaign = a.sheet.Campaign
		a.by = in.actor("")
		a.by.For = a.sheet.Party
	}
	a.campaign, err = in.space.Campaign(v.Context(), campaign)
	return a, err
}

// readSheet reads the answers of a form, by what is asked.
func readSheet(f *form, a answering) map[string]string {
	out := map[string]string{}
	for _, i := range a.campaign.Items(a.sheet) {
		value := strings.TrimSpace(f.values.Get(i.Key()))
		if i.Question.Kind == evaluation.Text {
			value = f.prose(i.Key())
		}
		if value != "" {
			out[i.Key()] = value
		}
	}
	return out
}

// keepSheet keeps the answers of a form. Who sends it by script is answered in JSON, anybody else by a page.
func (s *Server) keepSheet(w http.ResponseWriter, v *visit, a answering) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	answers := readSheet(f, a)
	if a.public {
		err = s.keepPublic(v, a, answers)
	} else {
		var kept evaluation.Sheet
		if kept, err = a.space.KeepAnswers(v.Context(), a.by, a.sheet.ID, f.version(), answers); err == nil {
			a.sheet = kept
		}
	}
	if byScript(v.Request) && !a.public {
		return s.answerByScript(w, v, a, err)
	}
	switch {
	case fault.Is(err, fault.Invalid), fault.Is(err, fault.Conflict):
		if current, conflict := store.Current[evaluation.Sheet](err); conflict {
			a.sheet = current
		}
		return s.showSheet(w, v, statuses[fault.KindOf(err)], a, answers, err)
	case err != nil:
		return err
	}
	if a.place == "" {
		return s.redirect(w, v, a.action, fault.Say("evaluation.kept"))
	}
	return s.redirect(w, v, a.action+"?recu=oui", fault.Message{})
}

// keepPublic keeps one answer of the public link, unless too many came from the same address or to the same campaign. No name, no
// address is kept with it.
func (s *Server) keepPublic(v *visit, a answering, answers map[string]string) error {
	if err := s.store.Attempt(v.Context(), "evaluation:"+s.origin(v.Request), publicLimit); err != nil {
		return err
	}
	if err := s.store.Attempt(v.Context(), "campaign:"+a.campaign.ID, campaignLimit); err != nil {
		return err
	}
	_, err := a.space.AnswerPublicly(v.Context(), a.campaign.ID, answers)
	return err
}

// sheetAnswer is what a script is told of what it sent.
type sheetAnswer struct {
	Said    string `json:"said"`
	Version int64  `json:"version,omitempty"`
}

func (s *Server) answerByScript(w http.ResponseWriter, v *visit, a answering, err error) error {
	switch kind := fault.KindOf(err); {
	case err == nil:
		return sendJSON(w, http.StatusOK, sheetAnswer{Said: v.p.T("sitting.saved", "time", v.p.Clock(governance.HourOf(v.now))), Version: a.sheet.Version})
	case kind == fault.Conflict:
		return sendJSON(w, http.StatusConflict, sheetAnswer{Said: v.p.T("evaluation.both")})
	case kind != fault.Invalid:
		return err
	}
	faults, message := explained(err)
	if len(faults) > 0 {
		message = faults[0].Message
	}
	return sendJSON(w, http.StatusUnprocessableEntity, sheetAnswer{Said: v.p.Say(message)})
}

// showSheet shows a sheet as it stands, or as it was typed with what is wrong. After a conflict what was typed comes back beside
// what was kept meanwhile.
func (s *Server) showSheet(w http.ResponseWriter, v *visit, status int, a answering, typed map[string]string, refused error) error {
	d := view.SheetAnswerData{Campaign: a.campaign, Sheet: a.sheet, Today: v.today, Action: a.action, Space: a.place, Public: a.public, Sent: a.sent, Answers: a.sheet.Answers}
	if typed != nil {
		d.Answers = typed
	}
	if _, conflict := store.Current[evaluation.Sheet](refused); conflict {
		d.Theirs = a.sheet.Answers
		if d.Theirs == nil {
			d.Theirs = map[string]string{}
		}
	}
	d.Faults, d.Message = explained(refused)
	page := v.page(a.campaign.Title)
	if a.place == "" {
		page = v.page(v.p.T("evaluation.answer"), v.underCampaign(a.campaign)...)
	}
	page.Path = a.action
	s.render(w, v, status, view.SheetAnswerPage(page, d))
	return nil
}

// synthesis shows what the answers come to: to everybody once the campaign is closed, before that to who keeps the space.
func (s *Server) synthesis(w http.ResponseWriter, v *visit) error {
	c, err := v.campaignAsked()
	if err != nil {
		return err
	}
	return s.showSynthesis(w, v, http.StatusOK, c, fault.Message{})
}

func (s *Server) showSynthesis(w http.ResponseWriter, v *visit, status int, c evaluation.Campaign, refused fault.Message) error {
	may := v.offers(authority.ManagePlan)
	if c.State == evaluation.Draft || c.State == evaluation.Open && !may {
		return s.showCampaign(w, v, status, c, "", fault.Say("evaluation.not-closed"))
	}
	d, err := v.synthesisData(c)
	if err != nil {
		return err
	}
	d.May, d.Refused = may, refused
	page := v.page(v.p.T("evaluation.synthesis"), v.underCampaign(c)...)
	page.Path, page.Wide = v.path("evaluations", c.ID, "synthese"), true
	s.render(w, v, status, view.SynthesisPage(page, d))
	return nil
}

// synthesisData is the synthesis of a campaign: as it was frozen, or of the answers so far; with the campaign before and what may
// be quoted.
func (v *visit) synthesisData(c evaluation.Campaign) (d view.SynthesisData, err error) {
	sheets, err := v.space.Sheets(v.Context(), c.ID)
	if err != nil {
		return d, err
	}
	if c.Figures == nil {
		live := evaluation.Synthesize(c, sheets)
		c.Figures = &live
	}
	d = view.SynthesisData{Root: v.path(), Campaign: c, Quotes: evaluation.Quotes(c, sheets)}
	list, err := v.space.Campaigns(v.Context())
	d.Before = c.Before(list)
	return d, err
}

// chooseVoices keeps which texts are quoted.
func (s *Server) chooseVoices(w http.ResponseWriter, v *visit) error {
	c, err := v.campaignAsked()
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	var voices []evaluation.Voice
	for _, value := range f.values["voice"] {
		sheet, rest, _ := strings.Cut(value, "|")
		question, subject := evaluation.SplitKey(rest)
		voices = append(voices, evaluation.Voice{Sheet: sheet, Question: question, Subject: subject})
	}
	_, err = v.space.ChooseVoices(v.Context(), campaignSheet.actor(v, c), c.ID, f.version(), voices)
	if current, conflict := store.Current[evaluation.Campaign](err); conflict {
		_, why := explained(err)
		return s.showSynthesis(w, v, http.StatusConflict, current, why)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, v.path("evaluations", c.ID, "synthese")+"#citations", fault.Say("evaluation.voices.kept"))
}
