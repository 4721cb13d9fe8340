package store

import (
	"context"
	"slices"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/sqldb"
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
	err := sp.change(ctx, func(l *ledger) error {
		if err := followUps.add(ctx, l, by, &u); err != nil {
			return err
		}
		return l.countFollowUps(ctx, u.Decision)
	})
	return u, fault.Wrap(err, "store.follow-up.create", "")
}

// FollowUp reads one follow-up.
func (sp *Space) FollowUp(ctx context.Context, id string) (governance.FollowUp, error) {
	return followUps.get(ctx, sp.q(), sp.id, id)
}

// UpdateFollowUp changes a follow-up that was read at a version.
func (sp *Space) UpdateFollowUp(ctx context.Context, by Actor, id string, version int64, fn func(*governance.FollowUp) error) (governance.FollowUp, error) {
	var u governance.FollowUp
	err := sp.change(ctx, func(l *ledger) (err error) {
		before := ""
		u, err = followUps.modify(ctx, l, by, id, version, func(u *governance.FollowUp) error {
			before = u.Decision
			return fn(u)
		})
		if err != nil {
			return err
		}
		return l.countFollowUps(ctx, before, u.Decision)
	})
	return u, fault.Wrap(err, "store.follow-up.update", id)
}

// RemoveFollowUp takes away a follow-up that was noted by mistake; one that is not needed any more is dropped with a word.
func (sp *Space) RemoveFollowUp(ctx context.Context, by Actor, id string, version int64) error {
	return sp.change(ctx, func(l *ledger) error {
		inside := &Space{store: sp.store, id: sp.id, open: l}
		u, err := inside.FollowUp(ctx, id)
		if err != nil {
			return err
		}
		if err := followUps.remove(ctx, inside, by, id, version); err != nil {
			return err
		}
		return l.countFollowUps(ctx, u.Decision)
	})
}

// countFollowUps keeps with each decision what remains to be done about it, for the register; it is no change of the decision.
func (l *ledger) countFollowUps(ctx context.Context, ids ...string) error {
	for i, id := range ids {
		if id == "" || slices.Contains(ids[:i], id) {
			continue
		}
		_, err := l.tx.Exec(ctx, `UPDATE decision SET
			follow_state = CASE
				WHEN EXISTS (SELECT 1 FROM follow_up u WHERE u.space_id = $1 AND u.decision_id = $2 AND u.state = 'to-do') THEN 'to-do'
				WHEN EXISTS (SELECT 1 FROM follow_up u WHERE u.space_id = $1 AND u.decision_id = $2) THEN 'done' ELSE '' END,
			follow_due = coalesce((SELECT min(u.due) FROM follow_up u WHERE u.space_id = $1 AND u.decision_id = $2 AND u.state = 'to-do' AND u.due <> ''), '')
			WHERE space_id = $1 AND id = $2`, l.space, id)
		if err != nil {
			return err
		}
	}
	return nil
}

// FollowUpsOf lists the follow-ups of a meeting, soonest first.
func (sp *Space) FollowUpsOf(ctx context.Context, meeting string) ([]governance.FollowUp, error) {
	return followUps.find(ctx, sp, "AND meeting_id = $2 ORDER BY due, id", meeting)
}

// FollowUpFilter chooses follow-ups; zero fields choose all.
type FollowUpFilter struct {
	Viewer    *Viewer // leaves what they may read, and what they have to do; nil leaves all
	ID        string  // that one alone
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
	if f.Viewer != nil {
		f.Viewer.followUps(&c)
	}
	c.addIf("id = ?", f.ID)
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

// followUps leave what comes of items that the viewer may read, and what is theirs to do.
func (v Viewer) followUps(c *conditions) {
	text, args := v.reads("i.audience", "m.committee", "i.meeting_id")
	if text == "" {
		return
	}
	c.add(`(person_id = ? AND person_id <> '' OR item_id IN (SELECT i.id FROM agenda_item i JOIN meeting m ON m.space_id = i.space_id AND m.id = i.meeting_id
		WHERE i.space_id = $1 AND `+text+`))`, append([]any{v.Person}, args...)...)
}

// LateFollowUps lists what a committee has asked for, that should be done by a day and is not, longest due first.
func (sp *Space) LateFollowUps(ctx context.Context, committee string, day calendar.Date) ([]governance.FollowUp, error) {
	f := FollowUpFilter{Committee: committee, LateOn: day}
	c := f.conditions()
	return followUps.find(ctx, sp, c.text.String()+" ORDER BY due, id", c.args...)
}

// FollowUpsOfDecisions lists what is to be done about several decisions, by decision, soonest first.
func (sp *Space) FollowUpsOfDecisions(ctx context.Context, ids ...string) (map[string][]governance.FollowUp, error) {
	out := make(map[string][]governance.FollowUp, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	marks, args := sqldb.In(2, ids)
	list, err := followUps.find(ctx, sp, "AND decision_id IN ("+marks+") ORDER BY decision_id, sort, id", args...)
	for _, u := range list {
		out[u.Decision] = append(out[u.Decision], u)
	}
	return out, err
}
