package store

import (
	"context"

	"entente/internal/governance"
)

var items = aggregate[governance.Item]{
	subject: "agenda-item",
	table:   "agenda_item",
	columns: "meeting_id, item_rank, kind, title, body, presenter, minutes, audience, proposal, approves, carried",
	ident:   func(i *governance.Item) (*string, *int64) { return &i.ID, &i.Version },
	fields: func(i *governance.Item) []any {
		return []any{&i.Meeting, &i.Rank, &i.Kind, &i.Title, &i.Text, &i.Presenter, &i.Minutes, &i.Audience, &i.Proposal, &i.Approves, &i.Carried}
	},
	label: func(_ context.Context, _ *ledger, i governance.Item) (string, error) { return i.Title, nil },
	check: func(_ context.Context, _ *ledger, i governance.Item) error { return i.Check() },
	guard: func(ctx context.Context, l *ledger, i governance.Item) error { return unfrozen(ctx, l, i.Meeting) },
	refers: []reference{
		{"item_record", "id", "store.agenda-item.has-record"},
		{"position", "item_id", "store.agenda-item.has-record"},
		{"ballot", "item_id", "store.agenda-item.has-record"},
		{"follow_up", "item_id", "store.agenda-item.has-record"},
	},
}

// CreateItem adds an item to the agenda of a meeting that is not closed.
func (sp *Space) CreateItem(ctx context.Context, by Actor, i governance.Item) (governance.Item, error) {
	return items.create(ctx, sp, by, i)
}

// Item reads one item.
func (sp *Space) Item(ctx context.Context, id string) (governance.Item, error) {
	return items.get(ctx, sp.q(), sp.id, id)
}

// UpdateItem changes an item that was read at a version.
func (sp *Space) UpdateItem(ctx context.Context, by Actor, id string, version int64, fn func(*governance.Item) error) (governance.Item, error) {
	return items.update(ctx, sp, by, id, version, fn)
}

// RemoveItem takes an item off the agenda; one that a sitting has treated stays.
func (sp *Space) RemoveItem(ctx context.Context, by Actor, id string, version int64) error {
	return items.remove(ctx, sp, by, id, version)
}

// Items lists the agenda of a meeting in its order.
func (sp *Space) Items(ctx context.Context, meeting string) ([]governance.Item, error) {
	return items.find(ctx, sp, "AND meeting_id = $2 ORDER BY item_rank, id", meeting)
}

// ItemsOn lists the items, of any meeting, on which a proposal was or is to be decided, oldest first.
func (sp *Space) ItemsOn(ctx context.Context, proposal string) ([]governance.Item, error) {
	return items.find(ctx, sp, "AND proposal = $2 ORDER BY id", proposal)
}
