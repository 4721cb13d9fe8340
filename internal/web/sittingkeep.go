package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/office"
	"entente/internal/store"
	"entente/internal/web/view"
)

// keeping is one form of an item as it was sent.
type keeping struct {
	name    string // of the form: "record", "positions", "ballots", "follow-up"
	sitting office.Sitting
	item    governance.Item
	form    *form
	by      store.Actor
}

// errStale says that something was kept by somebody else since the form was read.
var errStale = fault.New(fault.Conflict, "store.conflict")

// keepItem keeps one form of an item. Whoever sends it by script is answered in JSON; anybody else by a page.
func (s *Server) keepItem(w http.ResponseWriter, v *visit, name string, keep func(*visit, *store.Space, *keeping) error) error {
	sitting, err := v.readSitting()
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	k := &keeping{name: name, sitting: sitting, form: f, by: v.sittingActor(sitting.Committee)}
	var known bool
	if k.item, known = sitting.Item(f.text("point")); !known {
		return fault.New(fault.Invalid, "sitting.no-item")
	}
	err = office.KeepOpen(v.Context(), v.space, sitting.Meeting.ID, func(sp *store.Space) error { return keep(v, sp, k) })
	if fault.Is(err, fault.Conflict) || err == nil {
		if k.sitting, err = v.reread(k, err); err != nil && !fault.Is(err, fault.Conflict) {
			return err
		}
	}
	if byScript(v.Request) {
		return s.answerKept(w, v, k, err)
	}
	return s.showKept(w, v, k, err)
}

// reread reads the sitting again, and gives back the error with which it was kept.
func (v *visit) reread(k *keeping, kept error) (office.Sitting, error) {
	sitting, err := v.readSitting()
	if err != nil {
		return k.sitting, err
	}
	return sitting, kept
}

// byScript tells a form that a script has sent.
func byScript(r *http.Request) bool {
	return strings.HasPrefix(r.Header.Get("Accept"), "application/json")
}

// keptAnswer is what a script is told of what it sent.
type keptAnswer struct {
	Seq    int64             `json:"seq"`
	Said   string            `json:"said"`             // "Enregistré à 14 h 12", or why not
	Fields map[string]string `json:"fields,omitempty"` // as they are kept now
	Faults map[string]string `json:"faults,omitempty"` // by field
}

func (s *Server) answerKept(w http.ResponseWriter, v *visit, k *keeping, err error) error {
	out := keptAnswer{Seq: k.sitting.Seq}
	form := v.formNamed(k)
	switch kind := fault.KindOf(err); {
	case err == nil:
		out.Said, out.Fields = v.p.T("sitting.saved", "time", v.p.Clock(governance.HourOf(v.now))), valuesOf(form)
		return sendJSON(w, http.StatusOK, out)
	case kind == fault.Conflict:
		out.Said, out.Fields = v.p.T("sitting.both"), valuesOf(form)
		return sendJSON(w, http.StatusConflict, out)
	case kind != fault.Invalid:
		return err
	}
	faults, message := k.explained(err)
	out.Said = v.p.T("sitting.refused")
	if !message.IsZero() {
		out.Said = v.p.Say(message)
	}
	out.Faults = make(map[string]string, len(faults))
	for _, x := range faults {
		out.Faults[x.Name] = v.p.Say(x.Message)
		out.Said = out.Faults[x.Name]
	}
	return sendJSON(w, http.StatusUnprocessableEntity, out)
}

// formNamed is the form as it would be shown now.
func (v *visit) formNamed(k *keeping) view.Form {
	switch k.name {
	case "positions":
		return v.positionsForm(&k.sitting, k.item)
	case "ballots":
		return v.ballotsForm(&k.sitting, k.item)
	case "follow-up":
		people, _ := v.sittingPeople(&k.sitting) // without them the form still keeps its text
		return v.followUpForm(&k.sitting, k.item, people)
	}
	return v.recordForm(&k.sitting, k.item)
}

// showKept leads back to the item, or shows what was typed with what is wrong, or beside what somebody else kept.
func (s *Server) showKept(w http.ResponseWriter, v *visit, k *keeping, err error) error {
	back := v.seance(k.sitting.Meeting.ID, "") + "?point=" + k.item.ID
	if err == nil {
		return s.redirect(w, v, back+"#"+k.name, fault.Say("sitting.kept"))
	}
	if !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Invalid) {
		return err
	}
	theirs := v.formNamed(k)
	mine := v.formNamed(k)
	mine.Fields = typed(mine.Fields, k.form)
	for i, x := range mine.Fields {
		if strings.HasPrefix(x.Name, "version") && fault.Is(err, fault.Conflict) {
			mine.Fields[i].Value = theirs.Fields[i].Value // to keep one's own text is one more click
		}
	}
	mine.Cancel, mine.Quiet = back, false
	d := view.SittingConflict{Title: v.p.T("sitting.keep-title", "title", k.item.Title), Form: mine}
	if fault.Is(err, fault.Conflict) {
		d.Both = v.bothOf(mine, theirs, k)
	} else {
		d.Form.Faults, d.Form.Message = k.explained(err)
	}
	s.render(w, v, statuses[fault.KindOf(err)], view.SittingConflictPage(v.page(d.Title, v.underMeeting(&k.sitting.Assembly)...), d))
	return nil
}

// bothOf are the two versions of a form, with who kept the other.
func (v *visit) bothOf(mine, theirs view.Form, k *keeping) *view.BothTexts {
	out := &view.BothTexts{}
	subjects := map[string]string{"record": "item-record", "positions": "position", "ballots": "ballot"}
	filter := store.JournalFilter{Subject: subjects[k.name], Limit: 1}
	if k.name == "record" {
		filter.Key = k.item.ID
	}
	if last, err := v.space.JournalEntries(v.Context(), filter); err == nil && len(last) > 0 {
		out.Who, out.When = last[0].Name, v.p.Instant(last[0].At)
	}
	for i, x := range mine.Fields {
		if x.Kind != view.HiddenField {
			out.Fields = append(out.Fields, view.TwoTexts{Label: x.Label, Mine: x.Shown(v.p), Theirs: theirs.Fields[i].Shown(v.p)})
		}
	}
	return out
}

// explained is what is wrong, under the names of the fields of the form.
func (k *keeping) explained(err error) (fault.Fields, fault.Message) {
	faults, message := explained(err)
	names := map[string]string{"decided": "text", "person_id": "person", "body": "text"}
	var out fault.Fields
	for _, x := range faults {
		if to, other := names[x.Name]; other {
			x.Name = to
		}
		out = append(out, x)
	}
	return out, message
}

// onField puts what is wrong with one thing of a form under the field of that thing.
func onField(err error, name string) error {
	var e *fault.Error
	if !errors.As(err, &e) || e.Kind != fault.Invalid || len(e.Fields) == 0 {
		return err
	}
	var f fault.Fields
	for _, x := range e.Fields {
		f = append(f, fault.Field{Name: name, Message: x.Message})
	}
	return f.Err()
}

// version is the version of one thing of a form of several.
func (k *keeping) version(of string) int64 {
	n, _ := strconv.ParseInt(k.form.values.Get("version-"+of), 10, 64)
	return n
}

// keepRecord keeps notes, outcome, text and reasons of an item.
func (s *Server) keepRecord(w http.ResponseWriter, v *visit) error {
	return s.keepItem(w, v, "record", func(v *visit, sp *store.Space, k *keeping) error {
		f := k.form
		outcome, axis := governance.Outcome(f.text("outcome")), f.text("axis")
		if outcome != governance.NoOutcome && !contains(governance.Outcomes(), outcome) {
			f.faults.Add("outcome", "fault.field.choice")
		}
		if axis != "" && !knownAxis(k.sitting.Version.Text, axis) {
			f.faults.Add("axis", "fault.field.choice")
		}
		if err := f.err(); err != nil {
			return err
		}
		_, err := sp.KeepItemRecord(v.Context(), k.by, k.item.ID, f.version(), func(r *governance.ItemRecord) error {
			r.Notes, r.Outcome, r.Text, r.Reasons, r.Axis = f.prose("notes"), outcome, f.prose("text"), f.prose("reasons"), axis
			return nil
		})
		return err
	})
}

func contains[T comparable](list []T, x T) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

// knownAxis tells an axis or an objective of the convention.
func knownAxis(c *convention.Convention, id string) bool {
	for _, x := range c.Axes {
		if x.ID == id {
			return true
		}
		for _, o := range x.Objectives {
			if o.ID == id {
				return true
			}
		}
	}
	return false
}

// keepPositions keeps what the institutions think of an item: those that were changed.
func (s *Server) keepPositions(w http.ResponseWriter, v *visit) error {
	return s.keepItem(w, v, "positions", func(v *visit, sp *store.Space, k *keeping) error {
		kept, err := sp.Positions(v.Context(), k.sitting.Meeting.ID)
		if err != nil {
			return err
		}
		now := office.Sitting{Positions: kept}
		for _, party := range positionParties(&k.sitting) {
			p := positionOf(&now, k.item.ID, party)
			stance, text := governance.Stance(k.form.text("stance-"+party)), k.form.text("text-"+party)
			if p.Stance == stance && p.Text == text {
				continue
			}
			if p.Version != k.version(party) {
				return errStale
			}
			p.Stance, p.Text = stance, text
			if _, err := sp.KeepPosition(v.Context(), k.by, p); err != nil {
				return onField(err, "text-"+party)
			}
		}
		return k.form.err()
	})
}

// keepBallots keeps the votes of the seats on an item: those that were changed. There are none where the convention has no
// majority, nor of seats that do not take part.
func (s *Server) keepBallots(w http.ResponseWriter, v *visit) error {
	return s.keepItem(w, v, "ballots", func(v *visit, sp *store.Space, k *keeping) error {
		if k.sitting.Committee.Majority == nil {
			return fault.New(fault.Invalid, "vote.no-majority")
		}
		kept, err := sp.Ballots(v.Context(), k.sitting.Meeting.ID)
		if err != nil {
			return err
		}
		now := office.Sitting{Ballots: kept}
		for _, t := range k.sitting.Now.Seats {
			b := ballotOf(&now, k.item.ID, t.Seat)
			choice := governance.Choice(k.form.text("choice-" + t.Seat))
			if b.Choice == choice {
				continue
			}
			if b.Version != k.version(t.Seat) {
				return errStale
			}
			b.Choice, b.Holder = choice, t.Holder
			b.Caster, _ = k.sitting.Now.Caster(t.Seat)
			if err := k.mayCast(b); err != nil {
				return err
			}
			if _, err := sp.KeepBallot(v.Context(), k.by, b); err != nil {
				return err
			}
		}
		return nil
	})
}

// mayCast refuses the ballot of a seat that takes no part; to take one back is always allowed.
func (k *keeping) mayCast(b governance.Ballot) error {
	if b.Choice == governance.NoVote {
		return nil
	}
	err := governance.CheckBallot(k.sitting.Committee, k.sitting.Now, b)
	if err == nil {
		return nil
	}
	_, m := explained(err)
	var f fault.Fields
	f = append(f, fault.Field{Name: "choice-" + b.Seat, Message: m})
	return f.Err()
}

// addFollowUp notes something that somebody has to do because of an item.
func (s *Server) addFollowUp(w http.ResponseWriter, v *visit) error {
	return s.keepItem(w, v, "follow-up", func(v *visit, sp *store.Space, k *keeping) error {
		u := governance.FollowUp{Meeting: k.sitting.Meeting.ID, Item: k.item.ID, Text: k.form.text("text"), Person: k.form.text("person"),
			Due: k.form.date("due"), State: governance.ToDo}
		if err := k.form.err(); err != nil {
			return err
		}
		_, err := sp.CreateFollowUp(v.Context(), k.by, u)
		return err
	})
}

// removeFollowUp takes away a follow-up that was noted by mistake.
func (s *Server) removeFollowUp(w http.ResponseWriter, v *visit) error {
	a, err := v.assembly()
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	id := f.text("follow-up")
	if id == "" {
		return fault.New(fault.Invalid, "sitting.no-follow-up-named")
	}
	u, err := v.space.FollowUp(v.Context(), id)
	if err == nil && u.Meeting != a.Meeting.ID {
		err = fault.New(fault.NotFound, "store.not-found")
	}
	if err == nil {
		err = office.KeepOpen(v.Context(), v.space, a.Meeting.ID, func(sp *store.Space) error {
			return sp.RemoveFollowUp(v.Context(), v.sittingActor(a.Committee), id, f.version())
		})
	}
	if err != nil {
		return err
	}
	if byScript(v.Request) {
		return sendJSON(w, http.StatusOK, keptAnswer{Said: v.p.T("sitting.kept")})
	}
	return s.redirect(w, v, v.seance(a.Meeting.ID, "")+"?point="+u.Item+"#follow-up", fault.Say("sitting.kept"))
}
