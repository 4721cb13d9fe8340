package web

import (
	"net/http"
	"time"

	"entente/internal/directory"
	"entente/internal/evaluation"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/office"
	"entente/internal/store"
)

// evaluationLinkPath is where the links to answer an evaluation begin; their secret follows.
const evaluationLinkPath = "/lien/evaluation/"

// letterToRespondents is what is written to respondents: key chooses its words.
type letterToRespondents struct {
	campaign evaluation.Campaign
	sheets   []evaluation.Sheet
	people   map[string]directory.Person
	key      string
}

// writeToRespondents makes a personal link for each respondent and puts their letter into the outbox.
func (s *Server) writeToRespondents(v *visit, sp *store.Space, by store.Actor, l letterToRespondents) error {
	p := i18n.For(letterLanguage)
	life := time.Duration(office.CampaignLinkLife(l.campaign, v.today)) * 24 * time.Hour
	for _, x := range l.sheets {
		to, known := l.people[x.Person]
		if !known {
			continue
		}
		secret, link, err := sp.IssueLink(v.Context(), by, store.Link{Kind: store.LinkEvaluation, Subject: x.ID, Person: x.Person}, life)
		if err != nil {
			return err
		}
		m := governance.Message{Kind: governance.MessageEvaluation, Subject: l.campaign.ID, Person: x.Person, Email: to.Email, Link: link.ID,
			Title: p.T(l.key+".title", "title", l.campaign.Title),
			Body: p.T(l.key+".body", "name", to.Name(), "title", l.campaign.Title, "day", l.campaign.Closes, "link", s.config.URL(evaluationLinkPath+secret),
				"by", by.Name, "space", v.place.Name)}
		if _, err := sp.CreateMessage(v.Context(), by, m); err != nil {
			return err
		}
	}
	return nil
}

// remindRespondents writes again to who has not answered, and to nobody else.
func (s *Server) remindRespondents(w http.ResponseWriter, v *visit) error {
	c, err := v.campaignAsked()
	if err != nil {
		return err
	}
	if !c.Takes(v.today) {
		return s.showCampaign(w, v, http.StatusUnprocessableEntity, c, "", fault.Say("fault.evaluation.not-open"))
	}
	all, err := v.space.Sheets(v.Context(), c.ID)
	if err != nil {
		return err
	}
	var late []evaluation.Sheet
	var ids []string
	for _, x := range all {
		if x.Silent() {
			late, ids = append(late, x), append(ids, x.Person)
		}
	}
	people, err := v.space.PeopleByID(v.Context(), ids...)
	if err != nil {
		return err
	}
	by := campaignSheet.actor(v, c)
	err = v.space.Together(v.Context(), func(sp *store.Space) error {
		return s.writeToRespondents(v, sp, by, letterToRespondents{campaign: c, sheets: late, people: people, key: "evaluation.reminder"})
	})
	if fault.Is(err, fault.Invalid) {
		_, why := explained(err)
		return s.showCampaign(w, v, http.StatusUnprocessableEntity, c, "", why)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, v.path("evaluations", c.ID), fault.Say("evaluation.reminded", "count", len(late)))
}

// publishLink makes the public link of a campaign, which ends the one before, and shows it this once.
func (s *Server) publishLink(w http.ResponseWriter, v *visit) error {
	c, err := v.campaignAsked()
	if err != nil {
		return err
	}
	if !c.Takes(v.today) || !c.Asks(evaluation.Inhabitants) {
		return s.showCampaign(w, v, http.StatusUnprocessableEntity, c, "", fault.Say("fault.evaluation.not-public"))
	}
	before, err := v.space.Links(v.Context(), store.LinkEvaluation, c.ID)
	if err != nil {
		return err
	}
	var secret string
	by := campaignSheet.actor(v, c)
	err = v.space.Together(v.Context(), func(sp *store.Space) error {
		for _, l := range before {
			if err := sp.RevokeLink(v.Context(), by, l.ID); err != nil {
				return err
			}
		}
		life := time.Duration(office.CampaignLinkLife(c, v.today)) * 24 * time.Hour
		secret, _, err = sp.IssueLink(v.Context(), by, store.Link{Kind: store.LinkEvaluation, Subject: c.ID}, life)
		return err
	})
	if err != nil {
		return err
	}
	return s.showCampaign(w, v, http.StatusOK, c, s.config.URL(evaluationLinkPath+secret), fault.Message{})
}
