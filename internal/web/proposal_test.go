package web

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/store"
)

// actorOf is somebody as the store names them.
func (st *site) actorOf(who string) store.Actor {
	return store.Actor{Account: st.accounts[who].ID, Name: st.accounts[who].Name}
}

// onItsWay makes a proposal and submits it.
func (st *site) onItsWay(sp *store.Space, p governance.Proposal) governance.Proposal {
	st.t.Helper()
	p.Text = "Le texte."
	p, err := sp.CreateProposal(st.t.Context(), st.actorOf(coordinator), p)
	st.must(err)
	p, err = sp.PassProposal(st.t.Context(), st.actorOf(coordinator), p.ID, p.Version, governance.Submit, "")
	st.must(err)
	return p
}

// settled holds a meeting that decides on a proposal.
func (st *site) settled(sp *store.Space, p governance.Proposal, o governance.Outcome, reasons string) governance.Proposal {
	st.t.Helper()
	ctx, by := st.t.Context(), st.actorOf(coordinator)
	day := calendar.Must("2026-11-23")
	m, err := sp.CreateMeeting(ctx, by, governance.Meeting{Committee: p.Turn, Day: day, State: governance.Held})
	st.must(err)
	d, err := sp.CreateDecision(ctx, by, governance.Decision{Meeting: m.ID, Committee: p.Turn, Day: day, Title: p.Title, Text: "Décidé ainsi.", Outcome: o, Proposal: p.ID,
		Positions: []governance.Position{{Party: st.party(), Stance: governance.FavourableWithReservations, Text: "sous réserve du budget"}}})
	st.must(err)
	p, err = sp.SettleProposal(ctx, by, p.ID, governance.Settlement{Meeting: m.ID, Decision: d.ID, Committee: p.Turn, Day: day, Outcome: o, Reasons: reasons})
	st.must(err)
	return p
}

func proposalPath(st *site, p governance.Proposal) string {
	return st.path("propositions", p.Reference())
}

// TestAProposalFromDraftToSubmission: a member writes, sees where it will go, submits; others see it only then.
func TestAProposalFromDraftToSubmission(t *testing.T) {
	st := newSite(t)
	c := st.as(member)
	form := c.get(st.path("propositions/ajouter")).wants(http.StatusOK)
	refused := c.submit(form, st.path("propositions/ajouter"), "title", "Un minibus").wants(http.StatusUnprocessableEntity)
	if attr(refused.field("title"), "value") != "Un minibus" {
		t.Error("the refused form comes back empty")
	}
	c.submit(refused, st.path("propositions/ajouter"), "subject", "action", "text", "Un minibus **partagé**.", "author", "moi").leadsTo(st.path("propositions/2026-2"))
	page := c.get(st.path("propositions/2026-2")).wants(http.StatusOK)
	page.says("Brouillon, entre les mains de son auteur").says("Comité technique").says("Comité de pilotage opérationnel").says("P-2026-2")
	for who, status := range map[string]int{reader: http.StatusNotFound, coordinator: http.StatusOK} {
		st.as(who).get(st.path("propositions/2026-2")).wants(status)
	}
	if strings.Contains(st.as(reader).get(st.path("propositions")).words(), "Un minibus") {
		t.Error("a draft is listed for who is not its author")
	}
	c.submit(page, st.path("propositions/2026-2/suite"), "event", "submit").leadsTo(st.path("propositions/2026-2"))
	st.as(reader).get(st.path("propositions/2026-2")).wants(http.StatusOK).says("Au tour du comité technique depuis le 23 novembre 2026").says("art. 4-2")
	st.as(reader).get(st.path("propositions")).says("Un minibus").says("Comité technique")
	c.get(st.path("propositions/2026-2/modifier")).wants(http.StatusUnprocessableEntity)
}

// TestWhoMayDoWhat looks at the buttons of each role, and asks for the deed without its button.
func TestWhoMayDoWhat(t *testing.T) {
	st := newSite(t)
	sp := st.store.In(st.own.ID)
	outsider, err := sp.CreatePerson(t.Context(), st.actorOf(administrator), directory.Person{Family: "Petit"})
	st.must(err)
	mine := st.onItsWay(sp, governance.Proposal{Subject: governance.AboutAction, Title: "Du membre", Author: st.ids["annuaire/personnes"]})
	other := st.onItsWay(sp, governance.Proposal{Subject: governance.AboutOrientation, Title: "D’un autre", Author: outsider.ID})
	for _, x := range []struct {
		who    string
		p      governance.Proposal
		offers string
	}{
		{reader, mine, ""},
		{member, mine, "return withdraw"}, // leads an action, so sits in the technical committee whose turn it is
		{member, other, ""},
		{coordinator, other, "return withdraw"},
		{administrator, other, "return withdraw"},
	} {
		var got []string
		for _, n := range nodes(st.as(x.who).get(proposalPath(st, x.p)).html(), func(n *html.Node) bool { return attr(n, "name") == "event" }) {
			got = append(got, attr(n, "value"))
		}
		if strings.Join(got, " ") != x.offers {
			t.Errorf("%s is offered %q for %q, want %q", x.who, got, x.p.Title, x.offers)
		}
	}
	c := st.as(member)
	c.post(proposalPath(st, other)+"/suite", "event", "withdraw", "version", "2").wants(http.StatusForbidden).says("auteur de la proposition")
	c.post(proposalPath(st, other)+"/suite", "event", "return", "version", "2", "words", "Pourquoi ?").wants(http.StatusForbidden)
	for _, e := range []string{"adopt", "favour", "reject", "reopen", "rien"} {
		st.as(administrator).post(proposalPath(st, other)+"/suite", "event", e, "version", "2").wants(http.StatusUnprocessableEntity)
	}
	c.get(proposalPath(st, other)).says("L’attribution « proposer des orientations » appartient à l’instance")
	if now, err := sp.Proposal(t.Context(), other.ID); err != nil || now.State != governance.ProposalWaiting {
		t.Errorf("it stands as %+v (%v)", now, err)
	}
}

// TestAReturnedProposal: its author is written to, sees it at home, answers, and it goes on where it was.
func TestAReturnedProposal(t *testing.T) {
	st := newSite(t)
	sp := st.store.In(st.own.ID)
	p := st.onItsWay(sp, governance.Proposal{Subject: governance.AboutPlan, Title: "Revoir le calendrier", Author: st.ids["annuaire/personnes"]})
	c := st.as(coordinator)
	page := c.get(proposalPath(st, p))
	c.submit(page, proposalPath(st, p)+"/suite", "event", "return", "words", " ").wants(http.StatusUnprocessableEntity).says("Indiquez les motifs")
	c.submit(page, proposalPath(st, p)+"/suite", "event", "return", "words", "Avec quels moyens ?").leadsTo(proposalPath(st, p))
	c.post(proposalPath(st, p)+"/suite", "event", "withdraw", "version", "2").wants(http.StatusConflict)
	list, err := sp.MessagesAbout(t.Context(), p.ID)
	st.must(err)
	if len(list) != 1 || list[0].Person != p.Author || list[0].Kind != governance.MessageProposal || !strings.Contains(list[0].Body, "Avec quels moyens ?") {
		t.Errorf("written to its author: %+v", list)
	}
	author := st.as(member)
	author.get(st.path()).says("P-2026-2 · Revoir le calendrier").says("Avec quels moyens ?")
	page = author.get(proposalPath(st, p)).says("Renvoyée à son auteur le 23 novembre 2026 par le comité de pilotage opérationnel").says("Avec quels moyens ?")
	author.submit(page, proposalPath(st, p)+"/suite", "event", "resubmit", "words", "Sur nos moyens propres.").leadsTo(proposalPath(st, p))
	author.get(proposalPath(st, p)).says("Au tour du comité de pilotage opérationnel").says("Sur nos moyens propres.")
}

// TestTheWayIsTold: each stage with its meeting, the positions, the reasons; then the register of orientations.
func TestTheWayIsTold(t *testing.T) {
	st := newSite(t)
	sp := st.store.In(st.own.ID)
	p := st.onItsWay(sp, governance.Proposal{Subject: governance.AboutOrientation, Title: "Aller vers", Author: st.ids["annuaire/personnes"], Objective: st.text.Axes[0].ID})
	st.as(reader).get(st.path("orientations")).says("Aucune orientation n’est encore adoptée")
	p = st.settled(sp, p, governance.Adopted, "")
	st.as(reader).get(proposalPath(st, p)).says("Au tour du comité de pilotage stratégique").says("Avis favorable").says("Favorable avec réserves : sous réserve du budget")
	p = st.settled(sp, p, governance.AdoptedWithChanges, "Pour le budget")
	page := st.as(reader).get(proposalPath(st, p)).says("Adoptée avec des modifications le 23 novembre 2026 par le comité de pilotage stratégique").says("Décidé ainsi.").says("Le texte.").says("Pour le budget")
	links := nodes(page.html(), func(n *html.Node) bool { return strings.HasPrefix(attr(n, "href"), st.path("decisions")+"/") })
	if len(links) != 2 {
		t.Errorf("%d decisions are cited", len(links))
	}
	st.as(reader).get(st.path("orientations")).says("Aller vers").says("Adoptée avec des modifications le 23 novembre 2026").says("Action pilotée pour cet objectif : Ludobus.")
	if strings.Contains(st.as(reader).get(st.path("propositions")).words(), "Aller vers") {
		t.Error("a settled proposal stands among those under way")
	}
	st.as(reader).get(st.path("propositions") + "?etat=adopted").says("Aller vers")
	st.as(reader).get(st.path("propositions") + "?etat=toutes&q=aller").says("Aller vers")
	st.as(reader).get(st.path("propositions") + "?q=rien").says("Aucune proposition ne correspond")
}

// TestWaiting: late and often postponed are said in words; the agenda takes it once.
func TestWaiting(t *testing.T) {
	st := newSite(t)
	sp := st.store.In(st.own.ID)
	p := st.onItsWay(sp, governance.Proposal{Subject: governance.AboutFree, Title: "Charte", Author: st.ids["annuaire/personnes"]})
	for range governance.OftenPostponed {
		p = st.settled(sp, p, governance.Postponed, "Encore")
	}
	c := st.as(coordinator)
	c.get(proposalPath(st, p)).says("Reportée 3 fois")
	m, err := sp.CreateMeeting(t.Context(), st.actorOf(coordinator), governance.Meeting{Committee: p.Turn, Day: calendar.Must("2026-12-08"), State: governance.Planned})
	st.must(err)
	page := c.get(proposalPath(st, p))
	c.submit(page, proposalPath(st, p)+"/ordre-du-jour", "meeting", m.ID).leadsTo(proposalPath(st, p))
	c.submit(page, proposalPath(st, p)+"/ordre-du-jour", "meeting", m.ID).wants(http.StatusUnprocessableEntity).says("figure déjà")
	c.submit(page, proposalPath(st, p)+"/ordre-du-jour", "meeting", st.ids["reunions"]).wants(http.StatusUnprocessableEntity)
	items, err := sp.ItemsOn(t.Context(), p.ID)
	st.must(err)
	if len(items) != 1 || items[0].Kind != governance.ForDecision || items[0].Meeting != m.ID {
		t.Errorf("on the agenda: %+v", items)
	}
	c.get(proposalPath(st, p)).says("Inscrite à l’ordre du jour")
	if strings.Contains(c.get(st.path("propositions")).words(), "l’usage du comité") {
		t.Error("late on its first day")
	}
	_, err = sp.KeepCustom(t.Context(), st.actorOf(coordinator), func() governance.Custom { k := governance.Usual(p.Turn); k.AnswerDays = 1; return k }())
	st.must(err)
	st.clock.Advance(2 * 24 * 3600 * 1e9)
	st.as(coordinator).get(st.path("propositions")).says("Attend depuis 2 jours ; l’usage du comité est de répondre en 1 jours.")
}

// TestTheSecondConvention: one committee proposes and settles; a free proposal cannot be submitted, and the page says why.
func TestTheSecondConvention(t *testing.T) {
	st := newSite(t)
	sp := st.store.In(st.other.ID)
	c := st.as(administrator)
	root := spacePath(st.other.Slug)
	author, err := sp.CreatePerson(t.Context(), st.actorOf(administrator), directory.Person{Family: "Petit"})
	st.must(err)
	form := c.get(root + "/propositions/ajouter").wants(http.StatusOK)
	c.submit(form, root+"/propositions/ajouter", "subject", "free", "title", "Charte", "text", "Un logo.", "author", "personne:"+author.ID).leadsTo(root + "/propositions/2026-1")
	page := c.get(root + "/propositions/2026-1").says("Cette proposition ne peut pas être soumise").says("valider les propositions")
	if strings.Contains(page.words(), "Soumettre la proposition") {
		t.Error("what cannot be submitted is offered")
	}
	c.post(root+"/propositions/2026-1/suite", "event", "submit", "version", "1").wants(http.StatusUnprocessableEntity).says("une proposition libre ne peut pas être soumise")
	p, err := sp.ProposalByNumber(t.Context(), 2026, 1)
	st.must(err)
	c.submit(c.get(root+"/propositions/2026-1/modifier"), root+"/propositions/"+p.ID+"/modifier", "subject", "action").wants(http.StatusSeeOther)
	c.submit(c.get(root+"/propositions/2026-1"), root+"/propositions/2026-1/suite", "event", "submit").leadsTo(root + "/propositions/2026-1")
	c.get(root + "/propositions/2026-1").says("Au tour du comité de suivi depuis le 23 novembre 2026").says("Décide")
	c.get(root + "/comites-techniques").says("La convention ne prévoit pas d’instance réunissant les pilotes")
	c.get(root + "/comites-techniques/ajouter").wants(http.StatusNotFound)
	c.get(root + "/pilotes").wants(http.StatusOK).says("Aucune action de cet axe n’a encore de pilote")
}

// TestSpeakingForACommittee: only who sits in it, and only for what the convention lets it propose.
func TestSpeakingForACommittee(t *testing.T) {
	st := newSite(t)
	form := func(c *client, subject, author string) *answer {
		page := c.get(st.path("propositions/ajouter"))
		return c.submit(page, st.path("propositions/ajouter"), "subject", subject, "title", "T", "text", "T", "author", author)
	}
	seat := st.seat(st.party())
	form(st.as(member), "action", "comite:technique").wants(http.StatusSeeOther)
	form(st.as(member), "orientation", "comite:technique").wants(http.StatusUnprocessableEntity).says("ne charge pas l’instance « Comité technique »")
	form(st.as(member), "free", "comite:"+seat.Committee).wants(http.StatusSeeOther)
	form(st.as(member), "orientation", "comite:operationnel").wants(http.StatusUnprocessableEntity).says("Vous ne siégez pas")
	form(st.as(coordinator), "orientation", "comite:operationnel").wants(http.StatusSeeOther) // who keeps the register records it
	form(st.as(coordinator), "orientation", "comite:technique").wants(http.StatusUnprocessableEntity)
	made, err := st.store.In(st.own.ID).Proposals(t.Context(), store.ProposalFilter{AllDrafts: true})
	st.must(err)
	for _, p := range made.Items {
		if recorded := p.Subject == governance.AboutOrientation; p.Committee != "" && p.Examined != recorded {
			t.Errorf("%s in the name of %q: examined %v", p.Subject, p.Committee, p.Examined)
		}
	}
	form(st.as(member), "action", "organisme:"+st.ids["annuaire/organismes"]).wants(http.StatusUnprocessableEntity)
	form(st.as(coordinator), "action", "personne:"+st.ids["annuaire/personnes"]).wants(http.StatusSeeOther)
	st.as(reader).post(st.path("propositions/ajouter"), "subject", "action", "title", "T", "text", "T", "author", "moi").wants(http.StatusForbidden)
}

// TestAStageThatIsGone: an amendment takes the committee away; the page says so, and whoever keeps the space passes on.
func TestAStageThatIsGone(t *testing.T) {
	st := newSite(t)
	sp := st.store.In(st.own.ID)
	p := st.onItsWay(sp, governance.Proposal{Subject: governance.AboutAction, Title: "Navette", Author: st.ids["annuaire/personnes"]})
	history, err := sp.History(t.Context())
	st.must(err)
	source := strings.ReplaceAll(string(history[0].Source), "attributions: [proposer-actions]", "attributions: []")
	if text, faults := convention.Parse("x.md", []byte(source)); text == nil {
		t.Fatal(faults.Err())
	}
	_, err = sp.AddVersion(t.Context(), st.actorOf(administrator), []byte(source), calendar.Must("2026-11-20"))
	st.must(err)
	c := st.as(coordinator)
	page := c.get(proposalPath(st, p)).says("ne fait plus passer cette proposition par l’instance « Comité technique »")
	c.submit(page, proposalPath(st, p)+"/suite", "event", "pass-over").leadsTo(proposalPath(st, p))
	c.get(proposalPath(st, p)).says("Au tour du comité de pilotage opérationnel").says("Étape passée")
}
