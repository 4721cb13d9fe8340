package web

import (
	"net/http"
	"slices"
	"strings"

	"entente/internal/fault"
	"entente/internal/reading"
	"entente/internal/web/view"
)

// additionPage shows the kinds of fact that may be added to a review, or the form of one.
func (s *Server) additionPage(w http.ResponseWriter, v *visit) error {
	o, err := s.open(v)
	if err != nil {
		return err
	}
	d := o.addition()
	if asked := reading.Kind(v.URL.Query().Get(view.AddKind)); slices.Contains(d.Kinds(), asked) {
		d.Kind, d.Parent = asked, v.URL.Query().Get(view.AddParent)
	}
	s.showAddition(w, v, http.StatusOK, o, d)
	return nil
}

func (o *opened) addition() view.AdditionData {
	return view.AdditionData{Root: reviewPath(o.row), Name: o.row.Name, Read: o.read, Decisions: o.kept.Decisions}
}

func (s *Server) showAddition(w http.ResponseWriter, v *visit, status int, o *opened, d view.AdditionData) {
	title := v.p.T("reading-page.add-fact")
	if d.Kind != "" {
		title = v.p.T("reading-page.add-title", "kind", v.p.T("reading.kind."+string(d.Kind)))
	}
	crumbs := append(newSpaceCrumbs(v), view.Crumb{Label: v.p.T("reading-page.title"), Href: view.ReadingsPath}, view.Crumb{Label: o.row.Name, Href: reviewPath(o.row)})
	s.render(w, v, status, view.AdditionPage(v.page(title, crumbs...), d))
}

// addFact adds a fact that the rules missed. It rests on words of the text: without them it is refused.
func (s *Server) addFact(w http.ResponseWriter, v *visit) error {
	o, err := s.open(v)
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	d := o.addition()
	d.Kind, d.Parent, d.Passage = reading.Kind(f.text(view.AddKind)), f.text(view.AddParent), f.prose(view.AddPassage)
	if !slices.Contains(d.Kinds(), d.Kind) {
		return fault.New(fault.Invalid, "reading-page.no-fact")
	}
	a := v.typedAddition(f, o, &d)
	err = f.err()
	var id string
	if err == nil {
		err = s.decide(v, o, func(k *keptReview) error { id = k.Decisions.Add(a); return nil })
	}
	if err == nil {
		return s.redirect(w, v, reviewPath(o.row)+"#"+view.FactAnchor(id), fault.Say("reading-page.added", "kind", v.p.T("reading.kind."+string(a.Kind))))
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	d.Faults, d.Message = explained(err)
	s.showAddition(w, v, http.StatusUnprocessableEntity, o, d)
	return nil
}

// typedAddition reads the form of an added fact, and notes what is wrong with it.
func (v *visit) typedAddition(f *form, o *opened, d *view.AdditionData) reading.Added {
	a := reading.Added{Kind: d.Kind, Parent: d.Parent, Values: map[string]string{}}
	if reading.ParentOf(d.Kind) == "" {
		a.Parent = ""
	} else if d.Parent == "" {
		f.faults.Add(view.AddParent, "fault.field.required")
	} else {
		v.checkOptions(f, view.AddParent, d.ParentOptions(v.p), []string{d.Parent})
	}
	d.Values = v.typedFields(f, o.read, &reading.Fact{Kind: d.Kind})
	for name, values := range d.Values {
		if len(values) > 0 {
			a.Values[name] = strings.Join(values, "\n")
		}
	}
	if len(a.Values) == 0 {
		f.faults.Add(view.FactControl(view.FactFields(d.Kind)[0].Name), "reading-page.nothing-said")
	}
	span, ok := o.read.Locate(d.Passage)
	switch {
	case strings.TrimSpace(d.Passage) == "":
		f.faults.Add(view.AddPassage, "fault.field.required")
	case !ok:
		f.faults.Add(view.AddPassage, "reading-page.not-in-text")
	default:
		a.Span, a.Words = span, o.read.Words(span)
	}
	return a
}

// withdrawFact takes away a fact that a person added, with those added under it.
func (s *Server) withdrawFact(w http.ResponseWriter, v *visit) error {
	o, err := s.open(v)
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	id := f.text("fait")
	err = s.decide(v, o, func(k *keptReview) error {
		if !slices.ContainsFunc(k.Decisions.Added, func(a reading.Added) bool { return a.ID == id }) {
			return fault.New(fault.Invalid, "reading-page.no-fact")
		}
		k.Decisions.Withdraw(id)
		return nil
	})
	if err != nil {
		return err
	}
	return s.redirect(w, v, reviewPath(o.row), fault.Say("reading-page.withdrawn"))
}
