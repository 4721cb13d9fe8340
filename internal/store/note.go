package store

import (
	"context"

	"entente/internal/plan"
)

var notes = aggregate[plan.Note]{
	subject: "note",
	table:   "action_note",
	columns: "action_id, day, weather, did, blocks, next, person_id, party, by_link, validated, unread",
	ident:   func(x *plan.Note) (*string, *int64) { return &x.ID, &x.Version },
	fields: func(x *plan.Note) []any {
		return []any{&x.Action, &x.Day, &x.Weather, &x.Did, &x.Blocks, &x.Next, &x.Person, &x.Party, &x.Link, &x.Validated, &x.Unread}
	},
	label: func(ctx context.Context, l *ledger, x plan.Note) (string, error) {
		return actionLabel(ctx, l, x.Action)
	},
	check: func(_ context.Context, l *ledger, x plan.Note) error { return x.Check(l.today) },
}

// CreateNote adds a note on the progress of an action.
func (sp *Space) CreateNote(ctx context.Context, by Actor, x plan.Note) (plan.Note, error) {
	return notes.create(ctx, sp, by, x)
}

// Note reads one.
func (sp *Space) Note(ctx context.Context, id string) (plan.Note, error) {
	return notes.get(ctx, sp.q(), sp.id, id)
}

// UpdateNote changes one that was read at a version.
func (sp *Space) UpdateNote(ctx context.Context, by Actor, id string, version int64, fn func(*plan.Note) error) (plan.Note, error) {
	return notes.update(ctx, sp, by, id, version, fn)
}

// RemoveNote takes away one that was entered by mistake.
func (sp *Space) RemoveNote(ctx context.Context, by Actor, id string, version int64) error {
	return notes.remove(ctx, sp, by, id, version)
}

// NotesOf lists the notes on an action, newest first.
func (sp *Space) NotesOf(ctx context.Context, action string) ([]plan.Note, error) {
	return notes.find(ctx, sp, "AND action_id = $2 ORDER BY day DESC, id DESC", action)
}

// LastNotes reads the last note of each action that has one, by action.
func (sp *Space) LastNotes(ctx context.Context) (map[string]plan.Note, error) {
	list, err := notes.find(ctx, sp, `AND NOT EXISTS (SELECT 1 FROM action_note later WHERE later.space_id = $1 AND later.action_id = action_note.action_id
		AND (later.day > action_note.day OR later.day = action_note.day AND later.id > action_note.id))`)
	if err != nil {
		return nil, err
	}
	last := make(map[string]plan.Note, len(list))
	for _, n := range list {
		last[n.Action] = n
	}
	return last, nil
}

// actionLabel names an action in the journal.
func actionLabel(ctx context.Context, l *ledger, action string) (string, error) {
	a, err := actions.get(ctx, l.tx, l.space, action)
	return a.Label(), err
}
