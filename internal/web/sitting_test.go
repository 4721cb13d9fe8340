package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"entente/internal/calendar"
	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
	"entente/internal/web/view"
)

// room is a sitting of a committee of which every seat is held, with its agenda.
type room struct {
	*site
	sp      *store.Space
	slug    string
	meeting governance.Meeting
	items   []governance.Item
	seats   []string
}

var clerk = store.Actor{Name: "Essai"}

// newRoom prepares a meeting of a committee today, in the own space or in the other one.
func newRoom(t *testing.T, own bool, committee string) *room {
	t.Helper()
	st := newSite(t)
	st.clock.Set(time.Date(2026, 11, 24, 13, 0, 0, 0, time.UTC))
	place := st.own
	if !own {
		place = st.other
	}
	r := &room{site: st, sp: st.store.In(place.ID), slug: place.Slug}
	history, err := r.sp.History(t.Context())
	st.must(err)
	since := calendar.Period{From: calendar.Must("2025-03-01")}
	mandates, err := r.sp.Mandates(t.Context(), store.MandateFilter{})
	st.must(err)
	held := map[string]bool{}
	for _, m := range mandates {
		held[m.Seat] = true
	}
	for i, seat := range history[0].Text.Committee(committee).Places() {
		r.seats = append(r.seats, seat.Key)
		if held[seat.Key] {
			continue
		}
		p, err := r.sp.CreatePerson(t.Context(), clerk, directory.Person{Given: "Anne", Family: fmt.Sprint("Titulaire ", i+1)})
		st.must(err)
		_, err = r.sp.CreateMandate(t.Context(), clerk, governance.Mandate{Seat: seat.Key, Person: p.ID, Role: governance.Holder, Period: since})
		st.must(err)
	}
	r.meeting, err = r.sp.CreateMeeting(t.Context(), clerk, governance.Meeting{Committee: committee, Day: calendar.Must("2026-11-24"), Time: "14:00", Minutes: 120,
		State: governance.Planned, Place: "Salle du conseil"})
	st.must(err)
	for n, x := range []struct {
		kind  governance.ItemKind
		title string
		text  string
	}{
		{governance.ForInformation, "Actualité de la démarche", ""},
		{governance.ForDecision, "Ouvrir un guichet commun à Méréville", "Le comité est invité à se prononcer sur l’ouverture, **deux jours par semaine**, d’un guichet commun."},
		{governance.ForDiscussion, "Préparer l’évaluation annuelle", ""},
	} {
		i, err := r.sp.CreateItem(t.Context(), clerk, governance.Item{Meeting: r.meeting.ID, Rank: n + 1, Kind: x.kind, Title: x.title, Text: x.text, Minutes: 15,
			Audience: governance.ForSpace, Presenter: "la coordination"})
		st.must(err)
		r.items = append(r.items, i)
	}
	return r
}

// at is an address of the sitting.
func (r *room) at(step string) string {
	if step != "" {
		step = "/" + step
	}
	return view.MeetingHref(spacePath(r.slug), r.meeting.ID, view.SittingTab+step)
}

// opened opens the sitting, with everybody in the room.
func (r *room) opened(c *client) *answer {
	r.t.Helper()
	page := c.get(r.at(""))
	c.submit(page, r.at("ouvrir")).wants(http.StatusSeeOther)
	for _, seat := range r.seats {
		c.post(r.at("presence"), "seat", seat, "version", "0", "presence", "present").wants(http.StatusSeeOther)
	}
	return c.get(r.at(""))
}

func (r *room) show(c *client, item int) *answer {
	r.t.Helper()
	return c.get(r.at("") + "?point=" + r.items[item].ID)
}

// TestSittingWithoutScript runs a whole meeting by forms alone.
func TestSittingWithoutScript(t *testing.T) {
	r := newRoom(t, true, "strategique")
	c := r.as(coordinator)
	c.get(r.at("")).says("Aucune convocation n’est partie")
	r.opened(c).says("8 présents sur 8")
	page := c.follow(c.submit(c.get(r.at("")), r.at("suivant")))
	page.says("En cours")
	page = c.follow(c.submit(page, r.at("suivant")))
	page.says("Ouvrir un guichet commun à Méréville")
	c.submit(page, r.at("point"), "notes", "On a débattu.", "outcome", "adopted", "text", "Le guichet ouvre le 1er mars.").wants(http.StatusSeeOther)
	page = r.show(c, 1)
	c.submit(page, r.at("positions"), "stance-caf", "reservations").wants(http.StatusUnprocessableEntity)
	c.submit(page, r.at("positions"), "stance-caese", "favourable", "stance-caf", "reservations", "text-caf", "Sous réserve du budget.", "stance-cd", "abstains").wants(http.StatusSeeOther)
	c.submit(page, r.at("suites"), "text", "").wants(http.StatusUnprocessableEntity)
	c.submit(page, r.at("suites"), "text", "Signer le bail", "due", "2026-12-31").wants(http.StatusSeeOther)
	r.show(c, 1).says("Signer le bail")
	if page := r.show(c, 1); strings.Contains(page.body, `name="choice-`) {
		t.Error("a convention without majority has ballots")
	}
	closing := c.get(r.at("clore"))
	closing.says("1 décision à inscrire au registre")
	closing.says("MSA IDF : position non exprimée")
	closing.says("1 point reste à traiter")
	done := c.follow(c.submit(closing, r.at("clore")))
	done.says("2026-2 – Ouvrir un guichet commun à Méréville")
	c.submit(done, r.at("rouvrir"), "reason", "").wants(http.StatusUnprocessableEntity)
	c.follow(c.submit(done, r.at("rouvrir"), "reason", "Une erreur")).says("La réunion est rouverte")
	c.get(r.at("clore")).says("Garde son numéro 2026-2")
}

func TestSittingOfTheSecondConvention(t *testing.T) {
	r := newRoom(t, false, "suivi")
	c := r.as(administrator)
	page := c.get(r.at(""))
	c.submit(page, r.at("ouvrir")).wants(http.StatusSeeOther)
	c.get(r.at("")).says("Quorum non atteint : 0 pour 4 requis")
	for _, seat := range r.seats[:3] {
		c.post(r.at("presence"), "seat", seat, "version", "0", "presence", "present").wants(http.StatusSeeOther)
	}
	c.submit(r.show(c, 1), r.at("point"), "outcome", "adopted").wants(http.StatusSeeOther)
	c.get(r.at("clore")).says("Le quorum n’était pas atteint (3 pour 4 requis, art. 4)")
	for _, seat := range r.seats[3:5] {
		c.post(r.at("presence"), "seat", seat, "version", "0", "presence", "remote").wants(http.StatusSeeOther)
	}
	c.post(r.at("presence"), "seat", r.seats[5], "version", "0", "whole", "oui", "presence", "proxy", "bearer", r.seats[0]).wants(http.StatusSeeOther)
	page = r.show(c, 1)
	page.says("5 présents sur 6 (2 à distance, 1 pouvoir)")
	page.says("Quorum atteint : 5 pour 4 requis")
	page.says("par pouvoir à")
	votes := []string{}
	for _, seat := range r.seats[:4] {
		votes = append(votes, "choice-"+seat, "for")
	}
	c.submit(page, r.at("votes"), append(votes, "choice-"+r.seats[4], "against")...).wants(http.StatusSeeOther)
	r.show(c, 1).says("Majorité atteinte : 4 pour 4 requis")
	c.get(r.at("clore")).says("Pour : 4. Contre : 1.")
	for _, seat := range r.seats[:1] {
		a, _ := r.sp.Attendance(t.Context(), r.meeting.ID)
		for _, x := range a {
			if x.Seat == seat {
				c.post(r.at("presence"), "seat", seat, "version", fmt.Sprint(x.Version), "presence", "absent").wants(http.StatusSeeOther)
			}
		}
	}
	c.get(r.at("")).says("qui porte le pouvoir n’est pas là")
	page = r.show(c, 1)
	v := page.form(r.at("votes"))
	v.Set("choice-"+r.seats[0], "against")
	c.postValues(r.at("votes"), v).wants(http.StatusUnprocessableEntity)
}

func TestBallotsNeedAMajority(t *testing.T) {
	r := newRoom(t, true, "strategique")
	c := r.as(coordinator)
	r.opened(c)
	c.post(r.at("votes"), "point", r.items[1].ID, "choice-"+r.seats[0], "for").wants(http.StatusUnprocessableEntity).says("La convention ne fixe pas de majorité")
}

// TestTwoOutcomesAtOnce: whoever saves second sees both texts and loses none.
func TestTwoOutcomesAtOnce(t *testing.T) {
	for _, own := range []bool{true, false} {
		r := newRoom(t, own, map[bool]string{true: "strategique", false: "suivi"}[own])
		c := r.as(administrator)
		r.opened(c)
		first, second := r.show(c, 1), r.show(c, 1)
		c.submit(first, r.at("point"), "outcome", "adopted", "notes", "Premières notes").wants(http.StatusSeeOther)
		both := c.submit(second, r.at("point"), "outcome", "rejected", "notes", "Secondes notes", "reasons", "Coût").wants(http.StatusConflict)
		both.says("Premières notes")
		both.says("Secondes notes")
		c.submit(both, r.at("point")).wants(http.StatusSeeOther)
		kept, err := r.sp.ItemRecords(t.Context(), r.meeting.ID)
		r.must(err)
		if len(kept) != 1 || kept[0].Outcome != governance.Rejected || kept[0].Notes != "Secondes notes" {
			t.Errorf("%+v", kept)
		}
	}
}

// TestSittingByScript: the same addresses answer a script in JSON.
func TestSittingByScript(t *testing.T) {
	r := newRoom(t, true, "strategique")
	c := r.as(coordinator)
	r.opened(c)
	send := func(step string, v url.Values) (int, keptAnswer) {
		a := c.do(http.MethodPost, r.at(step), strings.NewReader(v.Encode()), "Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json")
		var out keptAnswer
		if err := json.Unmarshal([]byte(a.body), &out); err != nil {
			t.Fatalf("%s: %v: %s", step, err, a.excerpt())
		}
		return a.status, out
	}
	v := values("point", r.items[1].ID, "version", "0", "notes", "Des notes")
	status, got := send("point", v)
	if status != http.StatusOK || got.Fields["version"] != "1" || got.Fields["notes"] != "Des notes" || plainSpaces(got.Said) != "Enregistré à 14 h" {
		t.Errorf("%d %+v", status, got)
	}
	v.Set("notes", "D’autres notes")
	if status, got = send("point", v); status != http.StatusConflict || got.Fields["notes"] != "Des notes" {
		t.Errorf("%d %+v", status, got)
	}
	if status, got = send("positions", values("point", r.items[1].ID, "stance-caf", "reservations")); status != http.StatusUnprocessableEntity || got.Faults["text-caf"] == "" {
		t.Errorf("%d %+v", status, got)
	}
}

func TestSittingState(t *testing.T) {
	r := newRoom(t, true, "strategique")
	c := r.as(coordinator)
	r.opened(c)
	watch := func(c *client, since int64) (*answer, sittingChange) {
		a := c.get(fmt.Sprintf("%s?depuis=%d&point=%s", r.at("etat"), since, r.items[1].ID))
		var out sittingChange
		_ = json.Unmarshal([]byte(a.body), &out)
		return a, out
	}
	_, now := watch(c, 0)
	if a, _ := watch(c, now.Seq); a.status != http.StatusNotModified || a.body != "" {
		t.Errorf("nothing changed, and it answers %d %q", a.status, a.body)
	}
	c.post(r.at("point"), "point", r.items[1].ID, "version", "0", "notes", "Secret").wants(http.StatusSeeOther)
	if _, then := watch(c, now.Seq); then.Seq <= now.Seq || then.Forms["record"]["notes"] != "Secret" || then.Live["agenda"] == "" {
		t.Errorf("%+v", then)
	}
	if a, then := watch(r.as(reader), now.Seq); then.Seq <= now.Seq || strings.Contains(a.body, "Secret") || len(then.Forms) > 0 {
		t.Errorf("a reader is told %s", a.body)
	}
}

// TestWhoFollowsASitting sees what is treated and who is there, and neither notes nor what is for others.
func TestWhoFollowsASitting(t *testing.T) {
	r := newRoom(t, true, "strategique")
	c := r.as(coordinator)
	hidden, err := r.sp.CreateItem(t.Context(), clerk, governance.Item{Meeting: r.meeting.ID, Rank: 4, Kind: governance.ForInformation, Title: "Entre nous", Audience: governance.ForCoordinators})
	r.must(err)
	r.opened(c)
	c.post(r.at("point"), "point", r.items[0].ID, "version", "0", "notes", "Secret").wants(http.StatusSeeOther)
	c.post(r.at("suivant"), "from", "", "item", hidden.ID).wants(http.StatusSeeOther)
	for _, page := range []*answer{r.as(reader).get(r.at("")), c.get(r.at("") + "?ecran=1")} {
		page.says("8 présents sur 8")
		if strings.Contains(page.body, "Secret") || strings.Contains(page.body, "Entre nous") || strings.Contains(page.body, "<textarea") {
			t.Errorf("%s shows what it should not", page.asked)
		}
	}
}

func TestPageTurnedByTwo(t *testing.T) {
	r := newRoom(t, true, "strategique")
	c := r.as(coordinator)
	page := r.opened(c)
	c.submit(page, r.at("suivant")).wants(http.StatusSeeOther)
	c.follow(c.submit(page, r.at("suivant"))).says("Quelqu’un d’autre venait de changer de point")
	kept, _ := r.sp.ItemRecords(t.Context(), r.meeting.ID)
	if len(kept) != 1 {
		t.Errorf("the page was turned twice: %+v", kept)
	}
}

func TestAnswersAreTakenOver(t *testing.T) {
	r := newRoom(t, true, "strategique")
	c := r.as(coordinator)
	for n, answer := range []governance.Answer{governance.WillCome, governance.WillComeRemote, governance.WillNotCome, governance.GivesProxy} {
		a := governance.Attendance{Meeting: r.meeting.ID, Seat: r.seats[n], Answer: answer}
		if answer == governance.GivesProxy {
			a.ProxyTo = r.seats[0]
		}
		_, err := r.sp.KeepAttendance(t.Context(), clerk, a, func(*governance.Attendance) error { return nil })
		r.must(err)
	}
	page := c.get(r.at(""))
	page = c.follow(c.submit(page, r.at("ouvrir")))
	page.says("A répondu : à distance")
	c.follow(c.submit(page, r.at("presences"))).says("2 présents sur 8 (1 à distance, 1 pouvoir)")
}

func TestTwoHundredItemsOnOnePage(t *testing.T) {
	r := newRoom(t, true, "strategique")
	r.must(r.sp.Together(t.Context(), func(sp *store.Space) error {
		for n := range 197 {
			if _, err := sp.CreateItem(t.Context(), clerk, governance.Item{Meeting: r.meeting.ID, Rank: n + 4, Kind: governance.ForInformation, Title: fmt.Sprint("Point ", n+4), Audience: governance.ForSpace}); err != nil {
				return err
			}
		}
		return nil
	}))
	c := r.as(coordinator)
	r.opened(c).says("200. Point 200")
	c.get(r.at("clore")).says("200 points restent à traiter")
}

// signIn signs a real browser in.
func (r *room) signIn(tab *testkit.Tab) {
	r.t.Helper()
	secret, err := r.store.IssueToken(r.t.Context(), store.Token{Kind: store.SignIn, Account: r.accounts[administrator].ID, Email: emailOf(administrator)}, time.Hour)
	r.must(err)
	tab.Open(signInLinkPath + secret)
	tab.Leaving("sign in", `document.querySelector('main form button').click()`)
}
