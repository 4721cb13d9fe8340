package store

import (
	"context"
	"slices"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/sqldb"
)

var items = aggregate[governance.Item]{
	subject: "agenda-item",
	table:   "agenda_item",
	columns: "meeting_id, item_rank, kind, title, body, presenter, minutes, audience, proposal, approves, carried, source",
	ident:   func(i *governance.Item) (*string, *int64) { return &i.ID, &i.Version },
	fields: func(i *governance.Item) []any {
		return []any{&i.Meeting, &i.Rank, &i.Kind, &i.Title, &i.Text, &i.Presenter, &i.Minutes, &i.Audience, &i.Proposal, &i.Approves, &i.Carried, &i.Source}
	},
	label: func(_ context.Context, _ *ledger, i governance.Item) (string, error) { return i.Title, nil },
	check: checkItem,
	guard: func(ctx context.Context, l *ledger, i governance.Item) error { return unfrozen(ctx, l, i.Meeting) },
	refers: []reference{
		{"item_record", "id", "store.agenda-item.has-record"},
		{"position", "item_id", "store.agenda-item.has-record"},
		{"ballot", "item_id", "store.agenda-item.has-record"},
		{"follow_up", "item_id", "store.agenda-item.has-record"},
		hasAttachments,
	},
}

// checkItem looks at the item, then at what it refers to: a proposal that is there, another meeting of the
// same committee.
func checkItem(ctx context.Context, l *ledger, i governance.Item) error {
	if err := i.Check(); err != nil {
		return err
	}
	var f fault.Fields
	if i.Proposal != "" {
		if _, err := proposals.get(ctx, l.tx, l.space, i.Proposal); fault.Is(err, fault.NotFound) {
			f.Add("proposal", "fault.field.choice")
		} else if err != nil {
			return err
		}
	}
	if i.Approves != "" {
		fits, err := approvable(ctx, l, i)
		if err != nil {
			return err
		}
		if !fits {
			f.Add("approves", "store.agenda-item.other-committee")
		}
	}
	return f.Err()
}

// approvable tells whether the minutes that an item is to approve are those of another meeting of its committee. They may still
// be in the making when the agenda is: the closing asks that they were submitted, or that they are kept elsewhere.
func approvable(ctx context.Context, l *ledger, i governance.Item) (bool, error) {
	var n int
	err := l.tx.QueryRow(ctx, `SELECT count(*) FROM meeting m JOIN meeting own ON own.space_id = m.space_id AND own.committee = m.committee AND own.id <> m.id
		WHERE m.space_id = $1 AND m.id = $2 AND own.id = $3`, l.space, i.Approves, i.Meeting).Scan(&n)
	return n > 0, sqldb.Classify(err)
}

// CreateItem adds an item to the agenda of a meeting that is not closed, at its rank: the items from there on make room. At
// no rank, or beyond the last, it comes last. Ranks run from 1 without gap.
func (sp *Space) CreateItem(ctx context.Context, by Actor, i governance.Item) (governance.Item, error) {
	var x governance.Item
	err := sp.change(ctx, func(l *ledger) error {
		x = i
		var n int
		if err := l.tx.QueryRow(ctx, `SELECT count(*) FROM agenda_item WHERE space_id = $1 AND meeting_id = $2`, l.space, x.Meeting).Scan(&n); err != nil {
			return sqldb.Classify(err)
		}
		if x.Rank < 1 || x.Rank > n {
			x.Rank = n + 1
		}
		if err := shiftItems(ctx, l, x.Meeting, x.Rank, 1); err != nil {
			return err
		}
		return items.add(ctx, l, by, &x)
	})
	return x, fault.Wrap(err, "store.agenda-item.create", "")
}

// shiftItems moves the items of an agenda from a rank on. What is in the way of an item is no change of its own, so neither
// their versions nor the journal tell of it.
func shiftItems(ctx context.Context, l *ledger, meeting string, from, by int) error {
	_, err := l.tx.Exec(ctx, `UPDATE agenda_item SET item_rank = item_rank + $4 WHERE space_id = $1 AND meeting_id = $2 AND item_rank >= $3`,
		l.space, meeting, from, by)
	return err
}

// Item reads one item.
func (sp *Space) Item(ctx context.Context, id string) (governance.Item, error) {
	return items.get(ctx, sp.q(), sp.id, id)
}

// UpdateItem changes an item that was read at a version. Its meeting and its rank stay: see OrderItems.
func (sp *Space) UpdateItem(ctx context.Context, by Actor, id string, version int64, fn func(*governance.Item) error) (governance.Item, error) {
	return items.update(ctx, sp, by, id, version, func(x *governance.Item) error {
		meeting, rank := x.Meeting, x.Rank
		err := fn(x)
		x.Meeting, x.Rank = meeting, rank
		return err
	})
}

// RemoveItem takes an item off the agenda and closes the gap; one that a sitting has treated stays.
func (sp *Space) RemoveItem(ctx context.Context, by Actor, id string, version int64) error {
	return sp.change(ctx, func(l *ledger) error {
		x, err := items.get(ctx, l.tx, l.space, id)
		if err != nil {
			return err
		}
		if err := items.remove(ctx, &Space{store: sp.store, id: sp.id, open: l}, by, id, version); err != nil {
			return err
		}
		return shiftItems(ctx, l, x.Meeting, x.Rank+1, -1)
	})
}

// OrderItems puts the agenda of a meeting in the order of the identifiers given, which must be all of its items. Seal is
// that of the order that was read (governance.SealOf): where the agenda is another by now, the fault is Conflict. The
// journal keeps, under the meeting, the ranks that the items had.
func (sp *Space) OrderItems(ctx context.Context, by Actor, meeting, seal string, ids []string) error {
	err := sp.change(ctx, func(l *ledger) error {
		if err := unfrozen(ctx, l, meeting); err != nil {
			return err
		}
		list, err := (&Space{store: sp.store, id: sp.id, open: l}).Items(ctx, meeting)
		if err != nil {
			return err
		}
		now := governance.IDs(list)
		if governance.SealOf(now) != seal || !governance.SameItems(now, ids) {
			return fault.New(fault.Conflict, "store.agenda-item.reordered")
		}
		if slices.Equal(now, ids) {
			return nil
		}
		return reorder(ctx, l, by, meeting, list, ids)
	})
	return fault.Wrap(err, "store.agenda-item.order", meeting)
}

// reorder writes the ranks that change, and one entry of the journal for all of them.
func reorder(ctx context.Context, l *ledger, by Actor, meeting string, list []governance.Item, ids []string) error {
	ranks := make(map[string]int, len(list))
	before, after := make([]int, len(list)), make([]int, len(list))
	for i, x := range list {
		ranks[x.ID], before[i] = x.Rank, x.Rank
	}
	for i, id := range ids {
		if after[i] = ranks[id]; after[i] == i+1 {
			continue
		}
		if _, err := l.tx.Exec(ctx, `UPDATE agenda_item SET item_rank = $3 WHERE space_id = $1 AND id = $2`, l.space, id, i+1); err != nil {
			return err
		}
	}
	label, err := meetingLabel(ctx, l, meeting)
	if err != nil {
		return err
	}
	return l.record(ctx, by, event{subject: meetings.subject, verb: "order", key: meeting, label: label,
		before: map[string]any{"agenda": before}, after: map[string]any{"agenda": after}})
}

// ItemsByID reads several items at once; those that do not exist are left out.
func (sp *Space) ItemsByID(ctx context.Context, ids ...string) (map[string]governance.Item, error) {
	return byID(ctx, sp, &items, ids)
}

// Items lists the agenda of a meeting in its order.
func (sp *Space) Items(ctx context.Context, meeting string) ([]governance.Item, error) {
	return items.find(ctx, sp, "AND meeting_id = $2 ORDER BY item_rank, id", meeting)
}

// ItemsOn lists the items, of any meeting, on which a proposal was or is to be decided, oldest first.
func (sp *Space) ItemsOn(ctx context.Context, proposal string) ([]governance.Item, error) {
	return items.find(ctx, sp, "AND proposal = $2 ORDER BY id", proposal)
}
