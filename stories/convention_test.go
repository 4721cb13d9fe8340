package stories_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entente/internal/i18n"
	"entente/internal/store"
	"entente/internal/testkit"
)

// coordinator is who keeps a space for one party in the story.
type coordinator struct {
	party, short  string // identifier in the file, short name on the screen
	given, family string
	email         string
	seats         []string // as the list of seats names them
}

// tale is the story of one convention: the same steps, other rules.
type tale struct {
	file          string
	spoil, spoilt string // what is broken in the copy that is loaded first
	place         string // where the page shows the fault
	effective     string
	slug, name    string
	coordinators  []coordinator
	reads         []string // what the compliance page says at the end
}

// TestStoryConvention: from an empty installation, the first administrator loads the convention file in the page, corrects
// a faulty copy, creates the space and invites a coordinator of each institution; they fill the seats, enter what was
// held, and read on the compliance page what is kept and what is not.
func TestStoryConvention(t *testing.T) {
	tales := []tale{
		{
			file: "etampois-sud-essonne-2023-2026", spoil: "fin: 2026-12-31", spoilt: "fin: 2026-02-31", place: "2026-02-31",
			effective: "2023-06-27", slug: "etampois", name: "Étampois Sud-Essonne",
			coordinators: []coordinator{
				{"caese", "CAESE", "Anne", "Ferrand", "anne.ferrand@caese.example", []string{"CAESE, membre 1 sur 2", "CAESE, membre 2 sur 2", "CAESE, Directeur des services à la population"}},
				{"caf", "CAF 91", "Samir", "Moreau", "samir.moreau@caf.example", []string{"CAF 91, Responsable de territoire Grand-Sud"}},
				{"msa", "MSA IDF", "Béatrice", "Lenoir", "beatrice.lenoir@msa.example", nil},
				{"cd", "CD 91", "Awa", "Koné", "awa.kone@cd.example", []string{"CD 91, membre 1 sur 2"}},
			},
			reads: []string{"au moins 4", "art. 4-2", "31 décembre 2026", "art. 5", "2 réunions tenues en 2026"},
		},
		{
			file: "contrat-local-sante-val-ambre-2025-2029", spoil: "niveau: unique", spoilt: "niveau: uniqe", place: "uniqe",
			effective: "2025-03-01", slug: "val-ambre", name: "Val d’Ambre",
			coordinators: []coordinator{
				{"communaute", "Communauté", "Florence", "Blanc", "florence.blanc@ambre.example", []string{"Communauté, membre 1 sur 3 (élus du conseil communautaire)"}},
				{"agence", "Agence", "Hugo", "Costa", "hugo.costa@agence.example", []string{"Agence, Responsable de la prévention"}},
			},
			reads: []string{"au moins 3", "douze mois consécutifs", "art. 4", "tous les 2 ans"},
		},
	}
	for _, x := range tales {
		t.Run(x.slug, func(t *testing.T) { x.live(t) })
	}
}

// today is a working Monday of November 2026.
var today = time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC)

func (x tale) live(t *testing.T) {
	s := newSite(t, today)
	admin := testkit.NewTab(t, s.URL)
	admin.WithoutScript()
	x.install(t, s, admin)
	x.loadConvention(t, admin)
	for _, c := range x.coordinators {
		x.invite(t, admin, c)
	}
	tabs := make([]*testkit.Tab, len(x.coordinators))
	for i, c := range x.coordinators {
		tabs[i] = x.join(t, s, admin, c)
		for n, seat := range c.seats {
			x.fillSeat(tabs[i], c, n, seat)
		}
	}
	x.enterMeetings(tabs[0])
	x.stayWithinTheirParty(tabs)
	x.readCompliance(tabs[len(tabs)-1])
}

// install opens the link that a new server prints.
func (x tale) install(t *testing.T, s *site, b *testkit.Tab) {
	t.Helper()
	secret, err := s.store.IssueToken(t.Context(), store.Token{Kind: store.First}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	b.Open("/lien/installation/" + secret)
	b.Fill("Prénom et nom", "Claude Vidal")
	b.Fill("Adresse électronique", "claude.vidal@entente.example")
	b.Fill("Nouveau mot de passe", "court")
	b.Press("Créer le compte")
	b.Sees("Au moins 12 caractères") // refused, with the name still there
	b.Fill("Nouveau mot de passe", "une gare sous la neige")
	b.Press("Créer le compte")
	b.Sees("Créer un espace")
}

func convention(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "conventions", name+".md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// loadConvention loads a faulty copy, reads what is wrong, corrects it, and creates the space.
func (x tale) loadConvention(t *testing.T, b *testkit.Tab) {
	t.Helper()
	text := convention(t, x.file)
	b.Open("/espaces/nouveau")
	b.Fill("Texte de la convention", strings.Replace(text, x.spoil, x.spoilt, 1))
	b.Press("Vérifier le texte")
	b.Sees("1 erreur", x.place)
	b.Picture("story-load-faulty-" + x.slug)
	b.Fill("Texte de la convention", text)
	b.Press("Vérifier le texte")
	b.Sees("Ce que le texte établit")
	b.Fill("Date d’effet", x.effective)
	b.Fill("Nom de l’espace", x.name)
	b.Fill("Adresse courte", x.slug)
	b.Picture("story-load-right-" + x.slug)
	b.Press("Créer l’espace")
	b.Sees("est créé", "Inviter une personne")
}

func (x tale) invite(t *testing.T, b *testkit.Tab, c coordinator) {
	t.Helper()
	b.Open("/espaces/" + x.slug + "/acces")
	b.Fill("Adresse électronique", c.email)
	b.Choose("À quel titre", "Coordination pour "+c.short)
	b.Press("Préparer l’invitation")
	b.Sees(i18n.For("fr").T("access.issued.title", "email", c.email), "Utilisable une fois")
}

// join opens the invitation as its addressee would, on another machine.
func (x tale) join(t *testing.T, s *site, admin *testkit.Tab, c coordinator) *testkit.Tab {
	t.Helper()
	x.invite(t, admin, c)
	var link string
	admin.Ask(`const e = [...document.querySelectorAll('input, code')].map(e => e.value || e.textContent).find(t => t.includes('/lien/invitation/')); return e`, &link)
	b := testkit.NewTab(t, s.URL)
	b.WithoutScript()
	b.Open(strings.TrimSpace(link))
	b.Sees(x.name, "Claude Vidal", c.short)
	b.Fill("Prénom", c.given)
	b.Fill("Nom", c.family)
	b.Fill("Nouveau mot de passe", "un cheval, une lampe, "+c.party)
	b.Press("Accepter l’invitation")
	b.Sees("Vous avez rejoint l’espace")
	return b
}

// fillSeat adds somebody to the directory with their function, and gives them the seat.
func (x tale) fillSeat(b *testkit.Tab, c coordinator, n int, seat string) {
	family := []string{"Aubert", "Bonnet", "Chevalier"}[n] + " " + c.family
	b.Open("/espaces/" + x.slug + "/annuaire/personnes/ajouter")
	b.Press("Ajouter la personne")
	b.Sees("Renseignez ce champ") // a blank name is refused beside its field
	b.Fill("Prénom", "Dominique")
	b.Fill("Nom de famille", family)
	b.Press("Ajouter la personne")
	b.Sees("Dominique " + family)
	b.Follow("Attribuer un siège")
	b.Choose("Siège", seat)
	b.Fill("À compter du", x.effective)
	b.Press("Attribuer le siège")
	b.Sees("Le siège est attribué", "Dominique "+family)
}

// enterMeetings enters two meetings held this year by the committee with the highest rhythm, and one planned.
func (x tale) enterMeetings(b *testkit.Tab) {
	committee := "Comité de pilotage opérationnel"
	if len(x.coordinators) == 2 {
		committee = "Comité de suivi"
	}
	for _, m := range []struct{ day, state string }{{"2026-03-12", "Tenue"}, {"2026-09-24", "Tenue"}, {"2026-12-03", "Prévue"}} {
		b.Open("/espaces/" + x.slug + "/reunions/ajouter")
		b.Choose("Comité", committee)
		b.Fill("Date", m.day)
		b.Choose("État", m.state)
		b.Press("Ajouter la réunion")
		b.Sees("La réunion est ajoutée", committee)
	}
}

// stayWithinTheirParty: parties are peers, and nobody fills the seats of another.
func (x tale) stayWithinTheirParty(tabs []*testkit.Tab) {
	first, last := x.coordinators[0], x.coordinators[len(x.coordinators)-1]
	tabs[0].Open("/espaces/" + x.slug + "/mandats/ajouter")
	tabs[0].Sees(first.short)
	for _, seat := range last.seats {
		tabs[0].SeesNot(seat)
	}
	tabs[0].Open("/espaces/" + x.slug + "/convention/charger")
	tabs[0].Sees("administration") // says who may
}

func (x tale) readCompliance(b *testkit.Tab) {
	b.Open("/espaces/" + x.slug + "/obligations")
	b.Sees(x.reads...)
	b.Sees("Non renseigné", "Non respecté")
	b.Picture("story-compliance-" + x.slug)
}
