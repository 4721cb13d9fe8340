package web

import (
	"net/http"
	"strings"
	"testing"

	"entente/internal/directory"
	"entente/internal/governance"
)

// TestUncertainMessagesAreShown: a message of which nobody knows whether it arrived is told to who keeps the space, and can be sent again.
func TestUncertainMessagesAreShown(t *testing.T) {
	st := newSite(t)
	st.store.DeliverMail(0)
	sp, ctx := st.store.In(st.own.ID), t.Context()
	who, err := sp.Person(ctx, st.ids["annuaire/personnes"])
	st.must(err)
	who, err = sp.UpdatePerson(ctx, atCalls, who.ID, who.Version, func(p *directory.Person) error { p.Email = "membre@exemple.fr"; return nil })
	st.must(err)
	m, err := sp.CreateMessage(ctx, atCalls, governance.Message{Kind: governance.MessageMinutes, Person: who.ID, Email: who.Email, Title: "Compte rendu du printemps", Body: "Bonjour.\n"})
	st.must(err)
	c := st.as(coordinator)
	if strings.Contains(c.get(st.path("messages")).wants(http.StatusOK).body, "envoi est incertain") {
		t.Error("what waits is said to be uncertain")
	}
	st.must(sp.SettleMessage(ctx, m.ID, func(x *governance.Message) { x.State, x.Reason = governance.MessageUnknown, "message.reason.doubt" }))
	c.get(st.path("messages")).says("Un message a été refusé, ou son envoi est incertain")
	c.get(st.path("messages") + "?etat=a-decider").says("Compte rendu du printemps").says("Envoi incertain")
	page := c.get(st.path("messages", m.ID)).wants(http.StatusOK).says("il est peut-être arrivé").says("Renvoyer")
	c.submit(page, st.path("messages", m.ID, "envoi")).leadsTo(st.path("messages", m.ID))
	c.get(st.path("messages", m.ID)).says("En attente d’envoi")
}
