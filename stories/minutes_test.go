package stories_test

import (
	"context"
	"net/url"
	"regexp"
	"testing"
	"time"

	"entente/internal/calendar"
	"entente/internal/demo"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
)

// TestStoryMinutes: a coordinator composes the minutes of a meeting, somebody who was there comments on them from the link in
// their message, the next meeting approves them, everybody reads them; the decision is found in the register, and who had
// something to do says that it is done.
func TestStoryMinutes(t *testing.T) {
	s := newSite(t, today)
	if err := demo.Fill(t.Context(), s.store, s.words()); err != nil {
		t.Fatal(err)
	}
	info, err := s.store.SpaceBySlug(t.Context(), "etampois-sud-essonne")
	if err != nil {
		t.Fatal(err)
	}
	sp := s.store.In(info.ID)
	meeting, next := sat(t, sp)
	space := "/espaces/etampois-sud-essonne"
	page := space + "/reunions/" + meeting + "/compte-rendu"

	b, _ := enter(t, s, "anne.ferrand@caese.example")
	b.Open(page)
	b.Press("Composer le compte rendu")
	b.Sees("Participants", "se prononce favorablement, avec les réserves suivantes", "Sous réserve du budget.", "Décision n°", "Écrire aux maires")
	seen(b, t)
	b.Follow("Modifier le texte")
	seen(b, t)
	b.Fill("Texte", "## Participants\n\nTous.\n\n## 1. Guichet unique\n\nLe comité valide le guichet unique.")
	b.Press("Enregistrer le texte")
	b.Follow("Composer de nouveau")
	b.Sees("remplace le texte enregistré")
	seen(b, t)
	b.Open(page)
	b.Fill("Observations attendues jusqu’au", "2026-11-23")
	b.Press("Soumettre aux observations")
	b.Sees("Ceux qui étaient là peuvent faire leurs observations")

	messages, err := sp.MessagesAbout(t.Context(), meeting)
	if err != nil || len(messages) != 1 {
		t.Fatalf("%d messages, %v", len(messages), err)
	}
	link := regexp.MustCompile(`/lien/compte-rendu/\S+`).FindString(messages[0].Body)
	p := testkit.NewTab(t, s.URL)
	p.Open(link)
	p.Fill("Texte", "Le guichet ouvre aussi le samedi.")
	p.Press("Envoyer l’observation")
	p.Sees("Votre observation est enregistrée", "Le guichet ouvre aussi le samedi.")
	seen(p, t)

	b.Open(page)
	b.Sees("Le guichet ouvre aussi le samedi.")
	seen(b, t)
	s.clock.Advance(24 * time.Hour)
	b.Open(page)
	b.Press("Soumettre à l’approbation")
	held(t, sp, next)
	b.Open(page)
	b.Choose("Réunion", "mardi 24 novembre 2026")
	b.Press("Enregistrer l’approbation")
	b.Choose("Lisible par", "Tous ceux qui lisent l’espace")
	b.Press("Publier le compte rendu")
	b.Fill("Texte", "Lire : le mercredi et le samedi.")
	b.Press("Ajouter l’erratum")
	seen(b, t)

	r, _ := enter(t, s, "paul.guerin@chambre.example")
	r.Open(page)
	r.Sees("Le comité valide le guichet unique.", "Lire : le mercredi et le samedi.")
	r.SeesNot("Le guichet ouvre aussi le samedi.")
	r.Open(space + "/decisions?texte=guichet")
	r.Follow("2026-1")
	r.Sees("favorable avec réserves", "Sous réserve du budget.")
	seen(r, t)

	m, _ := enter(t, s, "helene.arnaud@caese.example")
	m.Open(space)
	m.Sees("Vos suites à donner")
	m.Follow("Écrire aux maires")
	seen(m, t)
	m.Fill("Ce qui a été fait", "Lettres parties.")
	m.Press("Indiquer que c’est fait")
	m.Sees("Lettres parties.", "Faite")
}

// seen judges the page at hand, which was reached by way of others, wide and narrow, light and dark.
func seen(b *testkit.Tab, t *testing.T) {
	t.Helper()
	u, err := url.Parse(b.Address())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range looks[:2] {
		see(b, t, u.RequestURI(), l)
	}
	b.Size(1280, 900)
	b.Dark(false)
}

// sat enters a meeting as it was held, with somebody who was there, a position with reservations, a decision and what follows
// from it, and plans the next; it gives both.
func sat(t *testing.T, sp *store.Space) (meeting, next string) {
	t.Helper()
	ctx, by := t.Context(), store.Actor{Name: "Anne Ferrand"}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	m, err := sp.CreateMeeting(ctx, by, governance.Meeting{Committee: "strategique", Day: calendar.Must("2026-11-10"), State: governance.Held})
	must(err)
	n, err := sp.CreateMeeting(ctx, by, governance.Meeting{Committee: "strategique", Day: calendar.Must("2026-11-24"), State: governance.Planned})
	must(err)
	mandates, err := sp.Mandates(ctx, store.MandateFilter{Seat: "strategique/caese/1"})
	must(err)
	_, err = sp.KeepAttendance(ctx, by, governance.Attendance{Meeting: m.ID, Seat: "strategique/caese/1", Party: "caese", Holder: mandates[0].Person}, func(a *governance.Attendance) error {
		a.Presence = governance.Present
		return nil
	})
	must(err)
	i, err := sp.CreateItem(ctx, by, governance.Item{Meeting: m.ID, Rank: 1, Kind: governance.ForDecision, Title: "Guichet unique", Audience: governance.ForSpace})
	must(err)
	positions := []governance.Position{{Item: i.ID, Party: "caf", Stance: governance.FavourableWithReservations, Text: "Sous réserve du budget."}}
	_, err = sp.KeepPosition(ctx, by, positions[0])
	must(err)
	d, err := sp.CreateDecision(ctx, by, governance.Decision{Meeting: m.ID, Item: i.ID, Committee: m.Committee, Day: m.Day, Title: i.Title, Text: "Un guichet unique ouvre.",
		Outcome: governance.Adopted, Article: "4-2", Positions: positions})
	must(err)
	_, err = sp.CreateFollowUp(ctx, by, governance.FollowUp{Meeting: m.ID, Item: i.ID, Decision: d.ID, Text: "Écrire aux maires", Person: mandates[0].Person, State: governance.ToDo})
	must(err)
	return m.ID, n.ID
}

func held(t *testing.T, sp *store.Space, meeting string) {
	t.Helper()
	m, err := sp.Meeting(context.Background(), meeting)
	if err == nil {
		_, err = sp.UpdateMeeting(context.Background(), store.Actor{}, m.ID, m.Version, func(m *governance.Meeting) error { m.State = governance.Held; return nil })
	}
	if err != nil {
		t.Fatal(err)
	}
}
