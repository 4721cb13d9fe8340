package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/reading"
	"entente/internal/store"
	"entente/internal/web/view"
)

// keptReview is what is kept of a review, as JSON. Seen remembers what each decided fact or question said: a later version
// of the program may read the text otherwise, and a decision must never slip onto another fact.
type keptReview struct {
	Decisions reading.Decisions `json:"decisions"`
	Seen      map[string]string `json:"seen,omitempty"` // fingerprint by identifier
}

// keptOf reads the decisions of a reading, and sets aside those about something that is read differently by now.
func keptOf(row store.Reading, r *reading.Reading) (k keptReview, lost int, err error) {
	if err := json.Unmarshal([]byte(row.Decisions), &k); err != nil {
		return k, 0, fault.Wrap(err, "web.review", row.ID)
	}
	lost = k.Decisions.Settle(r)
	now := seenIn(k.Decisions.With(r))
	for _, id := range slices.Sorted(maps.Keys(k.Seen)) {
		if now[id] == k.Seen[id] {
			continue
		}
		lost++
		delete(k.Seen, id)
		delete(k.Decisions.Facts, id)
		delete(k.Decisions.Answers, id)
	}
	return k, lost, nil
}

// seenIn gives the fingerprint of every fact and question.
func seenIn(r *reading.Reading) map[string]string {
	out := make(map[string]string, len(r.Facts)+len(r.Questions))
	for i := range r.Facts {
		f := &r.Facts[i]
		said := []string{string(f.Kind), f.Parent, strconv.Itoa(f.Span.Start), strconv.Itoa(f.Span.End)}
		for _, x := range f.Fields {
			said = append(said, x.Name, x.Value)
		}
		out[f.ID] = fingerprint(said)
	}
	for _, q := range r.Questions {
		out[q.ID] = fingerprint([]string{string(q.Kind), q.Parent, q.Field, q.Message.Key, strconv.Itoa(q.Span.Start), strconv.Itoa(q.Span.End)})
	}
	return out
}

func fingerprint(said []string) string {
	sum := sha256.Sum256([]byte(strings.Join(said, "\x00")))
	return hex.EncodeToString(sum[:8])
}

// decide changes the decisions of a review in one step: change sees them as they stand, and may refuse.
func (s *Server) decide(v *visit, o *opened, change func(k *keptReview) error) error {
	row, err := s.store.DecideReading(v.Context(), v.account.ID, o.row.ID, func(row *store.Reading) (err error) {
		o.kept, o.lost, err = keptOf(*row, o.base)
		if err != nil {
			return err
		}
		if err := change(&o.kept); err != nil {
			return err
		}
		o.read = o.kept.Decisions.With(o.base)
		o.kept.remember(o.read)
		text, err := json.Marshal(o.kept)
		row.Facts, row.Decided, row.Decisions = len(o.read.Facts), len(o.kept.Decisions.Facts), string(text)
		return err
	})
	if err == nil {
		o.row = row
	}
	return err
}

// remember notes what every decided fact and question says.
func (k *keptReview) remember(r *reading.Reading) {
	now := seenIn(r)
	k.Seen = map[string]string{}
	for id := range k.Decisions.Facts {
		k.Seen[id] = now[id]
	}
	for id := range k.Decisions.Answers {
		k.Seen[id] = now[id]
	}
}

// decideFact confirms, corrects or refuses one fact, or takes the decision back, and returns to its place on the page.
func (s *Server) decideFact(w http.ResponseWriter, v *visit) error {
	o, err := s.open(v)
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	fact := o.read.Find(f.text("fait"))
	if fact == nil {
		return fault.New(fault.Invalid, "reading-page.no-fact")
	}
	verdict := reading.Verdict(f.text("verdict"))
	var typed map[string][]string
	decision := reading.Decision{Verdict: verdict}
	if verdict == reading.Corrected {
		typed = v.typedFields(f, o.read, fact)
		decision = correction(fact, typed)
	}
	if err = f.err(); err == nil {
		err = s.decide(v, o, func(k *keptReview) error { return k.decide(fact.ID, decision, f.values.Get("etat")) })
	}
	if err == nil {
		return s.redirect(w, v, reviewPath(o.row)+"#"+view.FactAnchor(fact.ID), fault.Message{})
	}
	kind := fault.KindOf(err)
	if kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	again := &view.TypedFact{ID: fact.ID, Values: typed}
	again.Faults, again.Message = explained(err)
	s.showReview(w, v, statuses[kind], o, again)
	return nil
}

// decide notes the decision on a fact, unless it was decided since the page was shown.
func (k *keptReview) decide(id string, d reading.Decision, seal string) error {
	if view.DecisionSeal(k.Decisions, id) != seal {
		return fault.New(fault.Conflict, "reading-page.stale")
	}
	switch d.Verdict {
	case reading.Confirmed, reading.Corrected, reading.Refused:
		k.Decisions.Decide(id, d)
	case "pending":
		delete(k.Decisions.Facts, id)
	default:
		return fault.New(fault.Invalid, "reading-page.no-verdict")
	}
	return nil
}

// correction is the decision that typed values make: those alone that differ from what was read, and a confirmation where
// none does.
func correction(f *reading.Fact, typed map[string][]string) reading.Decision {
	d := reading.Decision{Verdict: reading.Confirmed}
	for name, values := range typed {
		read := view.FactValues(f, reading.Decision{}, name)
		if view.FactFieldOf(f.Kind, name).Closed() { // boxes have an order of their own
			slices.Sort(values)
			slices.Sort(read)
		}
		if slices.Equal(values, read) {
			continue
		}
		if d.Values == nil {
			d.Verdict, d.Values = reading.Corrected, map[string]string{}
		}
		d.Values[name] = strings.Join(values, "\n")
	}
	return d
}

// typedFields reads the fields of a correction, and notes what is wrong with them.
func (v *visit) typedFields(f *form, r *reading.Reading, fact *reading.Fact) map[string][]string {
	out := map[string][]string{}
	for _, x := range view.FactFields(fact.Kind) {
		out[x.Name] = v.typedField(f, r, x)
	}
	return out
}

func (v *visit) typedField(f *form, r *reading.Reading, x view.FactField) []string {
	name := view.FactControl(x.Name)
	var out []string
	switch {
	case x.Many() && x.Closed():
		out = f.values[name]
	case x.Shape == view.YesShape:
		if f.checked(name) {
			out = []string{view.Said}
		}
	case x.Shape == view.LinesShape:
		out = nonBlank(strings.Split(f.prose(name), "\n"))
	case x.Shape == view.ProseShape:
		out = nonBlank([]string{strings.Join(strings.Fields(f.prose(name)), " ")})
	default:
		out = nonBlank([]string{f.text(name)})
	}
	if x.Closed() {
		v.checkOptions(f, name, x.Options(v.p, r), out)
	}
	for i := range out {
		out[i] = checkShape(f, name, x.Shape, out[i])
	}
	if x.Blanks && len(out) > 0 {
		out = []string{strings.Join(out, " ")}
	}
	return out
}

// checkOptions refuses a value that the field does not offer.
func (v *visit) checkOptions(f *form, name string, offered []view.Option, values []string) {
	for _, s := range values {
		if !slices.ContainsFunc(offered, func(o view.Option) bool { return o.Value == s }) {
			f.faults.Add(name, "fault.field.choice")
		}
	}
}

// checkShape refuses what is no number or date where one is asked for, and gives dates one form.
func checkShape(f *form, name string, shape view.FactShape, value string) string {
	switch shape {
	case view.NumberShape:
		if n, err := strconv.Atoi(value); err != nil || n < 0 || n > 10000 {
			f.faults.Add(name, "reading-page.not-number")
		}
	case view.StartShape, view.DayShape, view.MomentShape:
		if shape == view.StartShape && strings.EqualFold(value, view.StartAtSignature) {
			return view.StartAtSignature
		}
		day, err := calendar.Parse(value)
		if err != nil {
			day, err = typedDate(value)
		}
		if err != nil && shape == view.MomentShape {
			return value // a year, or what the text knows
		}
		if err != nil {
			f.faults.Add(name, "fault.field.date")
			return value
		}
		return day.String()
	}
	return value
}

// nonBlank trims texts and leaves out those that say nothing.
func nonBlank(all []string) []string {
	var out []string
	for _, s := range all {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// confirmFacts confirms at once what nobody has decided yet: the facts of a kind with what belongs to them, or all that were
// plainly read. A decision that somebody took stays.
func (s *Server) confirmFacts(w http.ResponseWriter, v *visit) error {
	o, err := s.open(v)
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	which := f.text("ensemble")
	ids, back := together(o.read, which)
	if len(ids) == 0 {
		return fault.New(fault.Invalid, "reading-page.no-fact")
	}
	confirmed := 0
	err = s.decide(v, o, func(k *keptReview) error {
		confirmed = 0
		for _, id := range ids {
			if _, decided := k.Decisions.Facts[id]; !decided {
				k.Decisions.Decide(id, reading.Decision{Verdict: reading.Confirmed})
				confirmed++
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.redirect(w, v, reviewPath(o.row)+back, fault.Say("reading-page.confirmed", "count", confirmed))
}

// allSure names the facts that were plainly read, whatever their kind.
const allSure = "surs"

// together lists the facts that are confirmed at once, and the place on the page to return to.
func together(r *reading.Reading, which string) (ids []string, back string) {
	if which == allSure {
		for i := range r.Facts {
			if r.Facts[i].Confidence >= view.Sure {
				ids = append(ids, r.Facts[i].ID)
			}
		}
		return ids, ""
	}
	for _, g := range view.Groups(r) {
		if string(g.Kind) != which {
			continue
		}
		for _, f := range g.Facts {
			ids = append(ids, f.ID)
		}
	}
	return ids, "#" + view.KindAnchor(reading.Kind(which))
}

// answerQuestion notes the answer to a question, or takes it back.
func (s *Server) answerQuestion(w http.ResponseWriter, v *visit) error {
	o, err := s.open(v)
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(o.read.Questions, func(q reading.Question) bool { return q.ID == f.text("question") && view.Answerable(q) })
	if i < 0 {
		return fault.New(fault.Invalid, "reading-page.no-fact")
	}
	q := o.read.Questions[i]
	answer := v.answer(f, o.read, q)
	if err := f.err(); err != nil {
		again := &view.TypedFact{ID: q.ID, Values: map[string][]string{view.AnswerControl: f.values[view.AnswerControl], view.OtherControl: nonBlank(strings.Split(f.prose(view.OtherControl), "\n"))}}
		again.Faults, again.Message = explained(err)
		s.showReview(w, v, http.StatusUnprocessableEntity, o, again)
		return nil
	}
	err = s.decide(v, o, func(k *keptReview) error { k.Decisions.Answer(q.ID, answer); return nil })
	if err != nil {
		return err
	}
	return s.redirect(w, v, reviewPath(o.row)+"#"+view.FactAnchor(q.ID), fault.Message{})
}

// answer reads the answer to a question: what was written before what was chosen; empty where nothing was.
func (v *visit) answer(f *form, r *reading.Reading, q reading.Question) string {
	field := view.FactFieldOf(q.Kind, q.Field)
	if q.Several() {
		return v.answers(f, r, q, field.Closed())
	}
	if own := f.text(view.OtherControl); own != "" && !field.Closed() {
		return checkShape(f, view.OtherControl, field.Shape, own)
	}
	chosen := f.text(view.AnswerControl)
	if chosen != "" {
		v.checkOptions(f, view.AnswerControl, view.QuestionOptions(v.p, r, q), []string{chosen})
	}
	return chosen
}

// answers reads the answers to a question that takes several: those chosen, or the lines written.
func (v *visit) answers(f *form, r *reading.Reading, q reading.Question, closed bool) string {
	given := nonBlank(strings.Split(f.prose(view.OtherControl), "\n"))
	if closed {
		given = nonBlank(f.values[view.AnswerControl])
		v.checkOptions(f, view.AnswerControl, view.QuestionOptions(v.p, r, q), given)
	}
	return strings.Join(given, "\n")
}
