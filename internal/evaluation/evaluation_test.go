package evaluation

import (
	"math/rand/v2"
	"reflect"
	"strconv"
	"testing"

	"entente/internal/calendar"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/plan"
)

// sample is an open campaign on two axes, three objectives and six actions.
func sample() Campaign {
	c := Campaign{Kind: Periodic, Title: "Évaluation", Span: calendar.CivilYear(2026), Groups: Groups(), Opens: calendar.Must("2026-11-01"), Closes: calendar.Must("2026-12-01"),
		Due: calendar.Must("2027-01-01"), Threshold: DefaultThreshold, State: Open}
	c.Questions = append(DefaultQuestions(), Question{ID: "choice", Criterion: Coherence, Kind: Choice, About: OfAxis, Text: "Lequel", Options: []string{"a", "b", "c"}})
	for _, axis := range []string{"a", "b"} {
		c.Covered = append(c.Covered, Subject{Level: OfAxis, ID: axis, Name: axis})
		for o := range 2 {
			id := axis + strconv.Itoa(o)
			c.Covered = append(c.Covered, Subject{Level: OfObjective, ID: id, Parent: axis, Name: id})
			c.Covered = append(c.Covered, Subject{Level: OfAction, ID: id + "x", Parent: id, Name: id}, Subject{Level: OfAction, ID: id + "y", Parent: id, Name: id})
		}
		c.Covered = append(c.Covered, Subject{Level: OfAction, ID: axis + "z", Parent: axis, Name: axis})
	}
	return c
}

// answered makes sheets whose answers are drawn at random.
func answered(c Campaign, r *rand.Rand, n int) []Sheet {
	actions := c.Covers(OfAction)
	var out []Sheet
	for i := range n {
		s := Sheet{ID: strconv.Itoa(i), Group: Groups()[r.IntN(5)]}
		for _, id := range actions {
			if r.IntN(3) == 0 {
				s.Actions = append(s.Actions, id)
			}
		}
		answers := map[string]string{}
		for _, x := range c.Items(s) {
			switch {
			case r.IntN(3) == 0:
			case x.Question.Kind == Scale:
				answers[x.Key()] = strconv.Itoa(r.IntN(MaxScale + 1))
			case x.Question.Kind == Choice:
				answers[x.Key()] = strconv.Itoa(1 + r.IntN(3))
			default:
				answers[x.Key()] = "texte " + strconv.Itoa(i)
			}
		}
		if err := c.Take(&s, answers); err != nil {
			panic(err)
		}
		out = append(out, s)
	}
	return out
}

// under tells whether a subject is another, or stands under it.
func under(c Campaign, subject, above string) bool {
	for subject != "" {
		if subject == above {
			return true
		}
		subject = c.Subject(subject).Parent
	}
	return false
}

// TestFiguresAreTheAnswers counts every line again, answer by answer and the slow way; and no order of sheets changes a figure.
func TestFiguresAreTheAnswers(t *testing.T) {
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 1))
		c := sample()
		sheets := answered(c, r, 40)
		got := Synthesize(c, sheets)
		total := 0
		for _, l := range got.Lines {
			q, _ := c.Question(l.Question)
			counts := make([]int, len(l.Counts))
			for _, s := range sheets {
				for k, value := range s.Answers {
					id, subject := SplitKey(k)
					if id != l.Question || l.Subject != "" && !under(c, subject, l.Subject) {
						continue
					}
					n, _ := strconv.Atoi(value)
					switch q.Kind {
					case Scale:
						counts[n]++
					case Choice:
						counts[n-1]++
					default:
						counts[0]++
					}
				}
			}
			if !reflect.DeepEqual(counts, l.Counts) {
				t.Fatalf("seed %d: %s of %q is %v, not %v", seed, l.Question, l.Subject, l.Counts, counts)
			}
			if q.About == l.Level {
				total += l.Total()
			}
		}
		want := 0
		for _, s := range sheets {
			want += len(s.Answers)
		}
		if total != want {
			t.Fatalf("seed %d: %d answers are counted, %d were given", seed, total, want)
		}
		r.Shuffle(len(sheets), func(i, j int) { sheets[i], sheets[j] = sheets[j], sheets[i] })
		if again := Synthesize(c, sheets); !reflect.DeepEqual(got, again) {
			t.Fatalf("seed %d: the order of sheets changes the figures", seed)
		}
	}
}

func TestMeansNeedAnswersEnough(t *testing.T) {
	l := Line{Counts: []int{10, 0, 1, 1, 2}}
	if _, ok := l.Mean(5); ok {
		t.Error("four opinions give a mean where five are needed: no opinion counted as one")
	}
	if mean, ok := l.Mean(4); !ok || mean != 325 {
		t.Errorf("mean %d %v, want 325", mean, ok)
	}
	if _, ok := (Line{}).Mean(0); ok {
		t.Error("nothing has a mean")
	}
}

func TestSheetsTakeWhatIsAsked(t *testing.T) {
	c := sample()
	s := Sheet{Group: Pilots, Actions: []string{"a0x"}}
	for _, bad := range []map[string]string{{"relevance-action:a0y": "3"}, {"relevance-action:a0x": "5"}, {"relevance-action:a0x": "03"}, {"choice:a": "4"}, {"choice:a": "01"}, {"nothing": "1"}} {
		if err := c.Take(&s, bad); !fault.Is(err, fault.Invalid) || s.Answered() {
			t.Errorf("%v is taken", bad)
		}
	}
	if err := c.Take(&s, map[string]string{"relevance-action:a0x": "0", "choice:a": "3", "next-whole": ""}); err != nil || len(s.Answers) != 2 {
		t.Errorf("%v %v", s.Answers, err)
	}
}

// TestLife: draft, open, closed, and never back; figures are frozen with the answers of the day.
func TestLife(t *testing.T) {
	c := sample()
	day := calendar.Must("2026-11-10")
	c.State = Draft
	if err := c.End(day, nil); !fault.Is(err, fault.Invalid) {
		t.Error("a draft is closed")
	}
	if err := c.Begin(day, nil, nil); !fault.Is(err, fault.Invalid) || c.State != Draft {
		t.Error("it opens without a question")
	}
	if err := c.Begin(calendar.Must("2026-12-02"), c.Questions, c.Covered); !fault.Is(err, fault.Invalid) {
		t.Error("it opens after its last day")
	}
	if err := c.Begin(day, c.Questions, c.Covered); err != nil || !c.Takes(day) || c.Takes(calendar.Must("2026-12-02")) {
		t.Fatal(err)
	}
	if err := c.Begin(day, c.Questions, c.Covered); !fault.Is(err, fault.Invalid) {
		t.Error("it opens twice")
	}
	sheets := answered(c, rand.New(rand.NewPCG(1, 1)), 12)
	if err := c.End(day, sheets); err != nil || c.Takes(day) || !reflect.DeepEqual(*c.Figures, Synthesize(c, sheets)) {
		t.Fatal(err)
	}
	if err := c.End(day, nil); !fault.Is(err, fault.Invalid) {
		t.Error("it closes twice")
	}
}

// TestComparison: the same question by its words, whatever its identifier; another wording is another question.
func TestComparison(t *testing.T) {
	line := func(id string, n int) *Synthesis {
		return &Synthesis{Lines: []Line{{Question: id, Level: Whole, Counts: []int{0, 0, 0, n, 0}}}}
	}
	q := Question{ID: "new", Kind: Scale, About: Whole, Text: "Utile"}
	now, before := Campaign{Threshold: 3, Questions: []Question{q}, Figures: line("new", 5)}, Campaign{Threshold: 3, Figures: line("old", 3)}
	q.ID = "old"
	before.Questions = []Question{q}
	if d := Compare(now, before); len(d) != 1 || d[0].Before != 300 || d[0].Now != 300 {
		t.Errorf("%+v", d)
	}
	before.Threshold = 4
	if d := Compare(now, before); len(d) != 0 {
		t.Errorf("too few answers are compared: %+v", d)
	}
	before.Threshold, before.Questions[0].Text = 3, "Très utile"
	if d := Compare(now, before); len(d) != 0 {
		t.Errorf("another question is compared: %+v", d)
	}
}

func TestRespondentsAreAskedOnce(t *testing.T) {
	c := sample()
	always := calendar.Period{From: calendar.Must("2026-01-01")}
	r := Rolls{
		Leads: []governance.Lead{{Person: "p", ActionID: "a0x", CoLead: true, Period: always}, {Person: "p", ActionID: "a0y", Period: always}, {Person: "q", ActionID: "gone", Period: always}},
		Mandates: []governance.Mandate{{Person: "p", Seat: "s", Role: governance.Holder, Period: always}, {Person: "m", Seat: "s", Role: governance.Holder, Period: always},
			{Person: "n", Seat: "s", Role: governance.Substitute, Period: always}},
		Functions: []directory.Function{{Person: "f", Organization: "o", Period: always}, {Person: "g", Organization: "other", Period: always}},
		Actions:   map[string]plan.Action{"b0x": {Partners: []plan.Partner{{Organization: "o"}}}},
		Party:     func(string) string { return "caf" },
	}
	got := c.Respondents(c.Covered, r, calendar.Must("2026-11-10"))
	want := []Sheet{{Group: Pilots, Person: "p", Party: "caf", Actions: []string{"a0y", "a0x"}}, {Group: Institutions, Person: "m", Party: "caf"}, {Group: Partners, Person: "f", Actions: []string{"b0x"}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestSpans(t *testing.T) {
	start := calendar.Must("2025-03-01")
	for _, x := range []struct {
		every     int
		day, want string
	}{{12, "2026-11-10", "2026-01-01"}, {24, "2026-11-10", "2025-03-01"}, {24, "2027-02-28", "2025-03-01"}, {24, "2027-03-01", "2027-03-01"}, {6, "2025-09-01", "2025-09-01"}} {
		if got := SpanOn(start, x.every, calendar.Must(x.day)); got.From != calendar.Must(x.want) || !got.Contains(calendar.Must(x.day)) {
			t.Errorf("every %d months on %s: from %s", x.every, x.day, got.From)
		}
	}
	if FinalDue(calendar.Date{}, start) || FinalDue(calendar.Must("2026-12-31"), calendar.Must("2025-12-30")) || !FinalDue(calendar.Must("2026-12-31"), calendar.Must("2025-12-31")) {
		t.Error("the final evaluation is offered at the wrong time")
	}
}
