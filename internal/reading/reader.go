package reading

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"entente/internal/fault"
	"entente/internal/reading/french"
	"entente/internal/reading/outline"
	"entente/internal/reading/rule"
)

// reader gathers the facts of one document.
type reader struct {
	doc       *outline.Document
	book      *rule.Book
	opts      Options
	facts     []Fact
	questions []Question
	seq       map[string]int
	signers   []signer
	groups    []group
	idiom     *regexp.Regexp // words that look like the name of a party and are not
	starts    *regexp.Regexp // first words of a seat in a sentence
	whole     *regexp.Regexp // functions that keep the name of an institution
}

func newReader(doc *outline.Document, opts Options) *reader {
	book := rule.Standard()
	return &reader{doc: doc, book: book, opts: opts, seq: map[string]int{}, idiom: book.Word("idiom"), starts: book.Word("seat-start"), whole: book.Word("whole-function")}
}

// piece is a run of the folded text that a rule is asked about: bytes From to To of it.
type piece struct{ from, to int }

func (r *reader) text(p piece) string { return r.doc.Fold.S[p.from:p.to] }

func (r *reader) block(b outline.Block) piece { return piece{b.From, b.To} }

// group gives the piece of a group of a match; false where it took no part.
func (r *reader) group(p piece, m rule.Match, name string) (piece, bool) {
	g, ok := m.Groups[name]
	if !ok || g[0] == g[1] {
		return piece{}, false
	}
	return r.trim(piece{p.from + g[0], p.from + g[1]}), true
}

// trim takes spaces and separators off both ends.
func (r *reader) trim(p piece) piece {
	for p.from < p.to && strings.IndexByte(" \n,;:.-|>", r.doc.Fold.S[p.from]) >= 0 {
		p.from++
	}
	for p.from < p.to && strings.IndexByte(" \n,;:.-|", r.doc.Fold.S[p.to-1]) >= 0 {
		p.to--
	}
	return p
}

func (r *reader) span(p piece) Span {
	a, b := r.doc.Fold.Span(p.from, p.to)
	return Span{a, b}
}

// words gives the cleaned words of the source behind a piece.
func (r *reader) words(p piece) string {
	s := r.span(p)
	return french.Clean(r.doc.Text.Body[s.Start:s.End])
}

// field makes a field of the words of a piece.
func (r *reader) field(name string, p piece) Field {
	return Field{Name: name, Value: r.words(p), Span: r.span(p)}
}

// computed makes a field of a value that the words of a piece mean.
func (r *reader) computed(name, value string, p piece) Field {
	return Field{Name: name, Value: value, Span: r.span(p)}
}

// add notes a fact, and gives its identifier. Empty fields are dropped.
func (r *reader) add(kind Kind, parent string, p piece, section int, m *rule.Rule, fields ...Field) string {
	base := string(kind)
	if parent != "" {
		base = parent + "/" + base
	}
	r.seq[base]++
	f := Fact{ID: base + "-" + strconv.Itoa(r.seq[base]), Kind: kind, Parent: parent, Span: r.span(p), Confidence: 0.9, Section: section, Clause: r.doc.Article(section)}
	if m != nil {
		f.Confidence, f.Rule = m.Confidence, m.Name
	}
	for _, x := range fields {
		if x.Value != "" {
			f.Fields = append(f.Fields, x)
			f.Span.Start, f.Span.End = min(f.Span.Start, x.Span.Start), max(f.Span.End, x.Span.End)
		}
	}
	r.facts = append(r.facts, f)
	return f.ID
}

// set adds a field to a fact that stands.
func (r *reader) set(id string, x Field) {
	for i := range r.facts {
		if f := &r.facts[i]; f.ID == id && f.Get(x.Name) == "" && x.Value != "" {
			f.Fields = append(f.Fields, x)
		}
	}
}

// unset takes a field off a fact that stands.
func (r *reader) unset(id, field string) {
	for i := range r.facts {
		if f := &r.facts[i]; f.ID == id {
			f.Fields = slices.DeleteFunc(f.Fields, func(x Field) bool { return x.Name == field })
		}
	}
}

// ask notes a question.
func (r *reader) ask(kind Kind, parent, field string, p piece, section int, candidates []Candidate, key string, pairs ...any) {
	r.seq["question"]++
	r.questions = append(r.questions, Question{
		ID: "question-" + strconv.Itoa(r.seq["question"]), Kind: kind, Parent: parent, Field: field, Span: r.span(p),
		Clause: r.doc.Article(section), Candidates: candidates, Message: fault.Say(key, pairs...),
	})
}

// sentences cuts a piece after full stops, semicolons left alone.
func (r *reader) sentences(p piece) []piece {
	var out []piece
	s := r.text(p)
	from := 0
	for i := 0; i+1 < len(s); i++ {
		if s[i] == '\n' || s[i] == '.' && s[i+1] == ' ' && !abbreviated(s[:i]) {
			out = append(out, piece{p.from + from, p.from + i + 1})
			from = i + 1
		}
	}
	out = append(out, piece{p.from + from, p.to})
	return slices.DeleteFunc(out, func(q piece) bool { return strings.TrimSpace(r.text(q)) == "" })
}

var abbreviation = regexp.MustCompile(`(?:^|[\s(])(?:m|mm|mme|mr|dr|art|n|p|etc|cf|st|[a-z])$`)

func abbreviated(before string) bool { return abbreviation.MatchString(before) }

// body lists the blocks of the terms: neither title, preamble, parties, signatures nor annexes, nor a table of contents.
func (r *reader) body() []int { return r.in(outline.Body) }

func (r *reader) in(parts ...outline.Part) []int {
	var out []int
	for i, b := range r.doc.Blocks {
		if b.Kind != outline.Contents && slices.Contains(parts, r.doc.Sections[b.Section].Part) {
			out = append(out, i)
		}
	}
	return out
}

// annexed lists the blocks of the annexes whose title a kind of rule matches: some texts set their governance there, or
// their axes.
func (r *reader) annexed(kind string) []int {
	return slices.DeleteFunc(r.in(outline.Annex), func(i int) bool {
		return !r.book.Has(kind, r.subjects(r.doc.Blocks[i].Section))
	})
}

// reading orders what was found.
func (r *reader) reading() *Reading {
	out := &Reading{Text: r.doc.Text, Clauses: r.outline(), Facts: r.facts, Questions: r.questions}
	slices.SortStableFunc(out.Questions, func(a, b Question) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	found := map[Kind]bool{}
	for _, f := range out.Facts {
		found[f.Kind] = true
	}
	for _, k := range Expected {
		if !found[k] {
			out.NotFound = append(out.NotFound, k)
		}
	}
	out.Covered = r.covered()
	return out
}

// outline gives the sections as clauses.
func (r *reader) outline() []Clause {
	out := make([]Clause, len(r.doc.Sections))
	for i, s := range r.doc.Sections {
		first, last := r.doc.Blocks[s.Blocks[0]], r.doc.Blocks[max(s.Blocks[1]-1, s.Blocks[0])]
		c := Clause{Level: s.Level, Number: s.Number, Annex: s.Part == outline.Annex, Span: Span{first.Line[0], last.Line[1]}}
		c.Body = c.Span
		if s.Head >= 0 {
			c.Heading = strings.TrimSpace(r.doc.Text.Body[first.Line[0]:first.Line[1]])
			c.Body.Start = min(first.Line[1]+1, c.Span.End)
			if s.Blocks[1]-s.Blocks[0] == 1 {
				c.Body.Start = c.Span.End
			}
		}
		out[i] = c
	}
	return out
}

// covered is the share of the letters of the terms, parties and signatures that some fact accounts for; headings count
// as accounted for.
func (r *reader) covered() float64 {
	marked := make([]bool, len(r.doc.Text.Body))
	mark := func(s Span) {
		for i := s.Start; i < s.End; i++ {
			marked[i] = true
		}
	}
	for _, f := range r.facts {
		mark(f.Span)
	}
	total, seen := 0, 0
	for _, b := range r.doc.Blocks {
		if r.doc.Sections[b.Section].Part == outline.Annex || b.Kind == outline.Contents {
			continue
		}
		for i := b.Start; i < b.End; i++ {
			if c := r.doc.Text.Body[i]; c > ' ' {
				total++
				if marked[i] || b.Kind == outline.Heading {
					seen++
				}
			}
		}
	}
	if total == 0 {
		return 0
	}
	return float64(seen) / float64(total)
}
