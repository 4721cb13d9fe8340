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

func TestRefused(t *testing.T) {
	english := strings.Repeat("This agreement is made between the parties and shall apply for the duration of the project. ", 20)
	recipe := strings.Repeat("Prenez les œufs, la farine et le lait. Mélangez dans un grand bol avec une cuillère, puis laissez la pâte au frais. ", 20)
	for name, c := range map[string]struct{ text, want string }{
		"another language": {english, "reading.fault.language"},
		"no convention":    {recipe, "reading.fault.no-convention"},
		"nothing":          {"", "reading.fault.empty"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := Read(context.Background(), "a.txt", []byte(c.text), Options{})
			var f *fault.Error
			if r != nil || !errors.As(err, &f) || f.Message.Key != c.want {
				t.Errorf("reading %v, error %v, want %s", r, err, c.want)
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
