package evaluation

import (
	"cmp"
	"slices"
)

// Synthesis is what the answers to a campaign come to. Everything in it can be counted again from the answers.
type Synthesis struct {
	Turnout []Turnout `json:"turnout"`
	Lines   []Line    `json:"lines"`
}

// Turnout is how many of a group were asked and have answered. Of inhabitants nobody knows how many were asked.
type Turnout struct {
	Group    Group `json:"group"`
	Asked    int   `json:"asked"`
	Answered int   `json:"answered"`
}

// Line is the answers to one question about one subject. Of an objective, and of an axis beside what is asked of it directly, they
// are those about its actions.
type Line struct {
	Question string `json:"question"`
	Level    Level  `json:"level"`
	Subject  string `json:"subject,omitempty"`
	Counts   []int  `json:"counts"` // of a scale: no opinion, then 1 to 4; of a choice: by option; of a text: how many
}

// Total is how many answers the line counts.
func (l Line) Total() int {
	n := 0
	for _, x := range l.Counts {
		n += x
	}
	return n
}

// Opinions is how many answers of a scale say something.
func (l Line) Opinions() int {
	if len(l.Counts) == 0 {
		return 0
	}
	return l.Total() - l.Counts[0]
}

// Mean is the mean of a scale in hundredths; there is none where fewer than threshold answers say something.
func (l Line) Mean(threshold int) (hundredths int, ok bool) {
	n, sum := l.Opinions(), 0
	if len(l.Counts) != MaxScale+1 || n == 0 || n < threshold {
		return 0, false
	}
	for step := 1; step <= MaxScale; step++ {
		sum += step * l.Counts[step]
	}
	return (sum*100 + n/2) / n, true
}

// Shown tells whether there are answers enough to show the line.
func (l Line) Shown(threshold int) bool { return l.Total() >= threshold }

// key sorts lines, and finds the same one in another campaign.
type key struct {
	question string
	level    Level
	subject  string
}

// Synthesize counts the answers to a campaign.
func Synthesize(c Campaign, sheets []Sheet) Synthesis {
	questions := map[string]Question{}
	for _, q := range c.Questions {
		questions[q.ID] = q
	}
	parents := map[string]Subject{}
	for _, s := range c.Covered {
		parents[s.ID] = s
	}
	counts := map[key][]int{}
	for _, s := range sheets {
		for k, value := range s.Answers {
			id, subject := SplitKey(k)
			q, known := questions[id]
			if !known || !q.Accepts(value) {
				continue
			}
			level := q.About
			for {
				count(counts, key{id, level, subject}, q, value)
				up := parents[subject].Parent
				if level == Whole || up == "" {
					break
				}
				subject, level = up, parents[up].Level
			}
		}
	}
	return Synthesis{Turnout: turnout(c, sheets), Lines: lines(c, counts)}
}

func count(counts map[key][]int, k key, q Question, value string) {
	if counts[k] == nil {
		counts[k] = make([]int, width(q))
	}
	switch q.Kind {
	case Scale:
		counts[k][value[0]-'0']++
	case Choice:
		rank, _ := rankOf(value, len(q.Options))
		counts[k][rank-1]++
	default:
		counts[k][0]++
	}
}

func width(q Question) int {
	switch q.Kind {
	case Scale:
		return MaxScale + 1
	case Choice:
		return len(q.Options)
	}
	return 1
}

// lines orders what was counted: as the campaign has its subjects, then its questions.
func lines(c Campaign, counts map[key][]int) []Line {
	rank, place := map[string]int{}, map[string]int{"": -1}
	for i, q := range c.Questions {
		rank[q.ID] = i
	}
	for i, s := range c.Covered {
		place[s.ID] = i
	}
	out := make([]Line, 0, len(counts))
	for k, n := range counts {
		out = append(out, Line{Question: k.question, Level: k.level, Subject: k.subject, Counts: n})
	}
	slices.SortFunc(out, func(a, b Line) int {
		return cmp.Or(cmp.Compare(place[a.Subject], place[b.Subject]), cmp.Compare(rank[a.Question], rank[b.Question]), cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Level, b.Level))
	})
	return out
}

func turnout(c Campaign, sheets []Sheet) []Turnout {
	out := []Turnout{}
	for _, g := range c.Groups {
		t := Turnout{Group: g}
		for _, s := range sheets {
			if s.Group != g {
				continue
			}
			t.Asked++
			if s.Answered() {
				t.Answered++
			}
		}
		out = append(out, t)
	}
	return out
}

// Line finds the answers to a question about a subject.
func (s Synthesis) Line(question string, level Level, subject string) (Line, bool) {
	for _, l := range s.Lines {
		if l.Question == question && l.Level == level && l.Subject == subject {
			return l, true
		}
	}
	return Line{}, false
}

// ByCriterion adds up the answers on the scale by criterion, each answer once, at the level at which it was given.
func (s Synthesis) ByCriterion(questions []Question) map[Criterion]Line {
	of := map[string]Question{}
	for _, q := range questions {
		of[q.ID] = q
	}
	out := map[Criterion]Line{}
	for _, l := range s.Lines {
		if q, known := of[l.Question]; known && q.Kind == Scale && q.About == l.Level {
			out[q.Criterion] = out[q.Criterion].Plus(l)
		}
	}
	return out
}

// OfSubject adds up the answers on the scale about a subject, over all questions.
func (s Synthesis) OfSubject(questions []Question, level Level, subject string) Line {
	scale := map[string]bool{}
	for _, q := range questions {
		scale[q.ID] = q.Kind == Scale
	}
	var out Line
	for _, l := range s.Lines {
		if l.Level == level && l.Subject == subject && scale[l.Question] {
			out = out.Plus(l)
		}
	}
	out.Level, out.Subject = level, subject
	return out
}

// Plus adds up two lines, answer by answer.
func (l Line) Plus(b Line) Line {
	a := l
	out := Line{Level: a.Level, Subject: a.Subject, Counts: make([]int, max(len(a.Counts), len(b.Counts)))}
	for _, l := range []Line{a, b} {
		for i, n := range l.Counts {
			out.Counts[i] += n
		}
	}
	return out
}

// Difference is how a mean moved from one campaign to the next.
type Difference struct {
	Question string
	Level    Level
	Subject  string
	Before   int // hundredths
	Now      int
}

// asked is what makes two questions the same from one campaign to the next: their words, and how and of what they are asked.
type asked struct {
	text    string
	kind    AnswerKind
	about   Level
	level   Level
	subject string
}

func (c Campaign) asked(l Line) asked {
	q, _ := c.Question(l.Question)
	return asked{q.Text, q.Kind, q.About, l.Level, l.Subject}
}

// Compare lists what both campaigns asked in the same words of the same subject, where both have answers enough: each by its own
// threshold. Only what is whole, of an axis or of an objective is compared: actions come and go.
func Compare(now, before Campaign) []Difference {
	if now.Figures == nil || before.Figures == nil {
		return nil
	}
	earlier := map[asked]int{}
	for _, l := range before.Figures.Lines {
		if mean, ok := l.Mean(before.Threshold); ok {
			earlier[before.asked(l)] = mean
		}
	}
	var out []Difference
	for _, l := range now.Figures.Lines {
		mean, ok := l.Mean(now.Threshold)
		then, known := earlier[now.asked(l)]
		if ok && known && l.Level != OfAction {
			out = append(out, Difference{Question: l.Question, Level: l.Level, Subject: l.Subject, Before: then, Now: mean})
		}
	}
	return out
}

// Before finds the campaign with which one is compared: the closed one of the same kind that looks back on the latest days before
// its own. List is by span, the latest first.
func (c Campaign) Before(list []Campaign) *Campaign {
	for i := range list {
		if x := &list[i]; x.ID != c.ID && x.State == Closed && x.Kind == c.Kind && x.Span.To.Before(c.Span.To) {
			return x
		}
	}
	return nil
}

// Question finds a question of the campaign.
func (c Campaign) Question(id string) (Question, bool) {
	i := slices.IndexFunc(c.Questions, func(q Question) bool { return q.ID == id })
	if i < 0 {
		return Question{}, false
	}
	return c.Questions[i], true
}

// Subject finds what the campaign bears on; the whole where there is none of that identifier.
func (c Campaign) Subject(id string) Subject {
	i := slices.IndexFunc(c.Covered, func(s Subject) bool { return s.ID == id })
	if i < 0 {
		return Subject{Level: Whole}
	}
	return c.Covered[i]
}

// Quote is a text that was answered, with the group that it comes from: never the person.
type Quote struct {
	Voice
	Group  Group
	Text   string
	Chosen bool
}

// Quotes lists the texts that were answered, in the order of questions; those chosen say so.
func Quotes(c Campaign, sheets []Sheet) []Quote {
	var out []Quote
	rank := map[string]int{}
	for i, q := range c.Questions {
		rank[q.ID] = i
	}
	for _, s := range sheets {
		for k, text := range s.Answers {
			id, subject := SplitKey(k)
			if q, known := c.Question(id); known && q.Kind == Text {
				v := Voice{Sheet: s.ID, Question: id, Subject: subject}
				out = append(out, Quote{Voice: v, Group: s.Group, Text: text, Chosen: slices.Contains(c.Voices, v)})
			}
		}
	}
	// By text within a question: the order of sheets would tell who wrote.
	slices.SortFunc(out, func(a, b Quote) int {
		return cmp.Or(cmp.Compare(rank[a.Question], rank[b.Question]), cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Text, b.Text), cmp.Compare(a.Sheet, b.Sheet))
	})
	return out
}
