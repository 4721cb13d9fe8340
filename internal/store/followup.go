package store

import (
	"context"

	"entente/internal/calendar"
	"entente/internal/governance"
)

var followUps = aggregate[governance.FollowUp]{
	subject: "follow-up",
	table:   "follow_up",
	columns: "meeting_id, item_id, decision_id, body, person_id, due, state, done_on, word",
	derived: "sort",
	ident:   func(u *governance.FollowUp) (*string, *int64) { return &u.ID, &u.Version },
	fields: func(u *governance.FollowUp) []any {
		return []any{&u.Meeting, &u.Item, &u.Decision, &u.Text, &u.Person, &u.Due, &u.State, &u.DoneOn, &u.Word}
	},
	derive: func(u governance.FollowUp) []any { return []any{dueKey(u)} },
	label:  func(_ context.Context, _ *ledger, u governance.FollowUp) (string, error) { return u.Text, nil },
	check:  func(_ context.Context, l *ledger, u governance.FollowUp) error { return u.Check(l.today) },
}

// dueKey orders follow-ups by their dates, those without one last.
func dueKey(u governance.FollowUp) []byte {
	if u.Due.IsZero() {
		return []byte("~")
	}
	return []byte(u.Due.String())
}

// CreateFollowUp notes something that somebody has to do.
func (sp *Space) CreateFollowUp(ctx context.Context, by Actor, u governance.FollowUp) (governance.FollowUp, error) {
	return followUps.create(ctx, sp, by, u)
}

// FollowUp reads one follow-up.
func (sp *Space) FollowUp(ctx context.Context, id string) (governance.FollowUp, error) {
	return followUps.get(ctx, sp.q(), sp.id, id)
}

// UpdateFollowUp changes a follow-up that was read at a version.
func (sp *Space) UpdateFollowUp(ctx context.Context, by Actor, id string, version int64, fn func(*governance.FollowUp) error) (governance.FollowUp, error) {
	return followUps.update(ctx, sp, by, id, version, fn)
}

// RemoveFollowUp takes away a follow-up that was noted by mistake; one that is not needed any more is dropped with a word.
func (sp *Space) RemoveFollowUp(ctx context.Context, by Actor, id string, version int64) error {
	return followUps.remove(ctx, sp, by, id, version)
}

// FollowUpsOf lists the follow-ups of a meeting, soonest first.
func (sp *Space) FollowUpsOf(ctx context.Context, meeting string) ([]governance.FollowUp, error) {
	return followUps.find(ctx, sp, "AND meeting_id = $2 ORDER BY due, id", meeting)
}

// FollowUpFilter chooses follow-ups; zero fields choose all.
type FollowUpFilter struct {
	Person    string
	Committee string // whose meeting asked for it
	Decision  string // identifier
	State     governance.FollowUpState
	LateOn    calendar.Date // only those that should be done by this day and are not
	Paging
}

// FollowUps lists follow-ups, soonest first.
func (sp *Space) FollowUps(ctx context.Context, f FollowUpFilter) (Page[governance.FollowUp], error) {
	c := f.conditions()
	return followUps.page(ctx, sp, &c, f.Paging)
}

func (f FollowUpFilter) conditions() conditions {
	var c conditions
	c.addIf("person_id = ?", f.Person)
	if f.Committee != "" {
		c.add("meeting_id IN (SELECT id FROM meeting WHERE space_id = $1 AND committee = ?)", f.Committee)
	}
	c.addIf("decision_id = ?", f.Decision)
	c.addIf("state = ?", string(f.State))
	if !f.LateOn.IsZero() {
		c.add("state = ? AND due <> '' AND due < ?", string(governance.ToDo), f.LateOn.String())
	}
	return c
}

// LateFollowUps lists what a committee has asked for, that should be done by a day and is not, longest due first.
func (sp *Space) LateFollowUps(ctx context.Context, committee string, day calendar.Date) ([]governance.FollowUp, error) {
	f := FollowUpFilter{Committee: committee, LateOn: day}
	c := f.conditions()
	return followUps.find(ctx, sp, c.text.String()+" ORDER BY due, id", c.args...)
}
