package reading

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"entente/internal/fault"

	"github.com/google/go-cmp/cmp"
)

// others are texts that are no French convention, each long enough to be judged.
var others = map[string]struct{ text, want string }{
	"English": {strings.Repeat("This agreement is made between the parties and shall apply for the duration of the project. ", 20), "reading.fault.language"},
	"German":  {strings.Repeat("Diese Vereinbarung wird zwischen der Stadt und dem Landkreis geschlossen und gilt für die Dauer von vier Jahren. ", 20), "reading.fault.language"},
	"Spanish": {strings.Repeat("El presente convenio se firma entre las partes y tiene por objeto la coordinación de los servicios sociales con el ayuntamiento. ", 20), "reading.fault.language"},
	"Italian": {strings.Repeat("La presente convenzione è stipulata tra il comune e la provincia per il coordinamento dei servizi, con una durata di quattro anni. ", 20), "reading.fault.language"},
	"a recipe": {strings.Repeat("Prenez les œufs, la farine et le lait. Mélangez dans un grand bol avec une cuillère, puis laissez la pâte au frais. ", 20),
		"reading.fault.no-convention"},
	"an article of the press": {strings.Repeat("La convention territoriale globale a été signée jeudi par le président de la communauté de communes et la directrice de la Caf. « C’est un bel engagement », s’est-il réjoui. ", 10),
		"reading.fault.no-convention"},
	"minutes": {`Compte rendu du comité de pilotage de la convention territoriale globale

Date : 12 mars 2025
Présents : Mme la présidente de la communauté de communes, M. le directeur de la Caf, représentée ce jour par sa conseillère technique.

1. Bilan de l’année
Le chargé de coopération présente le bilan. Les parties se félicitent du travail accompli.

2. Perspectives
Le comité valide les orientations. Un avenant est envisagé.

3. Calendrier
Le prochain comité de pilotage se réunit le 9 octobre 2025.
`, "reading.fault.no-convention"},
	"a deliberation": {`Extrait du registre des délibérations du conseil communautaire

L’an deux mille vingt-quatre, le douze mars, le conseil communautaire s’est réuni sous la présidence de Mme Alix.
Vu le code général des collectivités territoriales ;
Considérant que la convention territoriale globale arrive à son terme ;
Après en avoir délibéré, le conseil communautaire, à l’unanimité :

Article 1 : approuve la convention territoriale globale à conclure avec la Caf, représentée par son directeur ;
Article 2 : autorise la présidente à signer la convention et ses avenants ;
Article 3 : dit que les crédits sont inscrits au budget.
`, "reading.fault.no-convention"},
	"rules of an association": {`Règlement intérieur de l’association Les Deux Rives

Article 1 – Adhésion
Chaque membre verse une cotisation. Le montant est fixé par l’assemblée générale.
Article 2 – Conseil d’administration
Le conseil d’administration se réunit tous les trois mois. Il est représenté par son président.
Article 3 – Modification
Le présent règlement est modifié par l’assemblée générale, dans les conditions de la charte fédérale.
`, "reading.fault.no-convention"},
	"nothing": {"", "reading.fault.empty"},
}

func TestRefused(t *testing.T) {
	for name, c := range others {
		t.Run(name, func(t *testing.T) {
			r, err := Read(context.Background(), "a.txt", []byte(c.text), Options{})
			var f *fault.Error
			if r != nil || !errors.As(err, &f) || f.Message.Key != c.want {
				t.Errorf("reading %v, error %v, want %s", r != nil, err, c.want)
			}
		})
	}
}

func TestDecisions(t *testing.T) {
	r := mustRead(t, "testdata/ctg-val-dormant.txt")
	var d Decisions
	if got := d.Pending(r); got != len(r.Facts) {
		t.Errorf("%d pending before any decision, want %d", got, len(r.Facts))
	}
	if got := d.Accepted(r); len(got) != 0 {
		t.Errorf("%d facts accepted before any decision", len(got))
	}
	d.All = true
	d.Decide("committee-2", Decision{Verdict: Refused})
	d.Decide("stake-1", Decision{Verdict: Corrected, Values: map[string]string{"text": "Maintenir les services"}})
	d.Decide("committee-1/mission-3", Decision{Verdict: Corrected, Values: map[string]string{"power": "adopter-actions\nactualiser-plan"}})
	for _, q := range r.Questions {
		if q.Kind == KindSeat {
			d.Answer(q.ID, "party-2")
		}
	}
	src, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var back Decisions
	if err := json.Unmarshal(src, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d, back); diff != "" {
		t.Errorf("progress is not kept: %s", diff)
	}
	c := Propose(r, back)
	if len(c.Committees) != 1 {
		t.Fatalf("%d committees, want 1: what belongs to a refused fact goes with it", len(c.Committees))
	}
	if got := c.Stakes[0].Text; got != "Maintenir les services" {
		t.Errorf("corrected stake is %q", got)
	}
	if got := fmt.Sprint(c.Committees[0].Missions[2].Powers); got != "[adopter-actions actualiser-plan]" {
		t.Errorf("corrected powers are %s", got)
	}
}

func TestDecideKind(t *testing.T) {
	r := mustRead(t, "testdata/cadre-deux-rives.txt")
	var d Decisions
	d.DecideKind(r, KindGoal, Confirmed)
	if got := len(d.Accepted(r)); got != 3 {
		t.Errorf("%d facts accepted, want the 3 objectives", got)
	}
}

// TestStable holds that a text read twice gives the same facts with the same identifiers: decisions depend on it.
func TestStable(t *testing.T) {
	a, b := mustRead(t, "testdata/cls-haute-brume.txt"), mustRead(t, "testdata/cls-haute-brume.txt")
	if d := cmp.Diff(a.Facts, b.Facts); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(a.Questions, b.Questions); d != "" {
		t.Error(d)
	}
	seen := map[string]bool{}
	for _, f := range a.Facts {
		if seen[f.ID] {
			t.Errorf("two facts are named %s", f.ID)
		}
		seen[f.ID] = true
	}
}

func TestNotFound(t *testing.T) {
	r := mustRead(t, "testdata/cadre-deux-rives.txt")
	want := []Kind{KindLineage, KindStake, KindQuorum, KindNotice, KindAxis, KindObjective, KindEvaluation, KindCommunication, KindConfidentiality}
	if d := cmp.Diff(want, r.NotFound); d != "" {
		t.Error(d)
	}
}

// long makes a convention of about so many pages of 3,000 letters.
func long(t testing.TB, pages int) []byte {
	t.Helper()
	src, err := os.ReadFile("testdata/ctg-val-dormant.txt")
	if err != nil {
		t.Fatal(err)
	}
	head, tail, _ := strings.Cut(string(src), "Article 7 :")
	var b strings.Builder
	b.WriteString(head)
	for i := 7; b.Len() < pages*3000; i++ {
		fmt.Fprintf(&b, "Article %d : Action du volet %d\n\nLes parties décrivent ici une action commune, menée avec les associations et les habitants, dans le respect des compétences de chacune et du diagnostic partagé. Elle fait l’objet d’un suivi par le comité technique.\n\n- premier point de l’action %d, conduite par la Caf avec la Communauté de communes ;\n- second point, conduit par la Ville d’Orvac.\n\n", i, i, i)
	}
	b.WriteString("Article 900 :" + tail)
	return []byte(b.String())
}

func BenchmarkHundredPages(b *testing.B) {
	data := long(b, 100)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(context.Background(), "long.txt", data, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"ctg-val-dormant.txt", "cls-haute-brume.txt", "cadre-deux-rives.txt"} {
		src, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src))
	}
	f.Add("Convention\nEntre la Caf, représentée par son directeur, ci-après « la Caf »\nArticle 1\nArticle 2\nArticle 3\nLe comité de pilotage est composé de\n- \n")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<16 || strings.Contains(text, "%PDF-") {
			return
		}
		r, err := Read(context.Background(), "a.txt", []byte(text), Options{})
		if err != nil {
			return
		}
		for _, x := range r.Facts {
			if x.Span.Start < 0 || x.Span.Start > x.Span.End || x.Span.End > len(r.Text.Body) {
				t.Fatalf("%s has span %v of %d", x.ID, x.Span, len(r.Text.Body))
			}
		}
		File(r, Decisions{All: true})
	})
}
