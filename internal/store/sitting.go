package store

import (
	"context"

	"entente/internal/governance"
)

var itemRecords = aggregate[governance.ItemRecord]{
	subject: "item-record",
	table:   "item_record",
	keyed:   true,
	columns: "meeting_id, state, started_at, seconds, notes, outcome, decided, reasons, axis, ended_at",
	ident:   func(r *governance.ItemRecord) (*string, *int64) { return &r.ID, &r.Version },
	fields: func(r *governance.ItemRecord) []any {
		return []any{&r.Meeting, &r.State, optionalTime{&r.Started}, &r.Seconds, &r.Notes, &r.Outcome, &r.Text, &r.Reasons, &r.Axis, optionalTime{&r.Ended}}
	},
	label: func(ctx context.Context, l *ledger, r governance.ItemRecord) (string, error) {
		return itemTitle(ctx, l, r.ID)
	},
	check: func(context.Context, *ledger, governance.ItemRecord) error { return nil },
	guard: func(ctx context.Context, l *ledger, r governance.ItemRecord) error { return unfrozenItem(ctx, l, r.ID) },
}

var positions = aggregate[governance.Position]{
	subject: "position",
	table:   "position",
	columns: "item_id, party, stance, body",
	ident:   func(p *governance.Position) (*string, *int64) { return &p.ID, &p.Version },
	fields:  func(p *governance.Position) []any { return []any{&p.Item, &p.Party, &p.Stance, &p.Text} },
	label: func(ctx context.Context, l *ledger, p governance.Position) (string, error) {
		return itemTitle(ctx, l, p.Item)
	},
	check: func(_ context.Context, _ *ledger, p governance.Position) error { return p.Check() },
	guard: func(ctx context.Context, l *ledger, p governance.Position) error { return unfrozenItem(ctx, l, p.Item) },
}

var ballots = aggregate[governance.Ballot]{
	subject: "ballot",
	table:   "ballot",
	columns: "item_id, seat, holder, caster, choice",
	ident:   func(b *governance.Ballot) (*string, *int64) { return &b.ID, &b.Version },
	fields:  func(b *governance.Ballot) []any { return []any{&b.Item, &b.Seat, &b.Holder, &b.Caster, &b.Choice} },
	label: func(ctx context.Context, l *ledger, b governance.Ballot) (string, error) {
		return itemTitle(ctx, l, b.Item)
	},
	check: func(context.Context, *ledger, governance.Ballot) error { return nil },
	guard: func(ctx context.Context, l *ledger, b governance.Ballot) error { return unfrozenItem(ctx, l, b.Item) },
}

func itemTitle(ctx context.Context, l *ledger, item string) (string, error) {
	i, err := items.get(ctx, l.tx, l.space, item)
	return i.Title, err
}

// ItemRecords lists what a sitting has kept of the items of a meeting; those that it has not touched are left out.
func (sp *Space) ItemRecords(ctx context.Context, meeting string) ([]governance.ItemRecord, error) {
	return itemRecords.find(ctx, sp, "AND meeting_id = $2 ORDER BY id", meeting)
}

// Positions lists what the institutions think of the items of a meeting.
func (sp *Space) Positions(ctx context.Context, meeting string) ([]governance.Position, error) {
	return positions.find(ctx, sp, ofMeeting+" ORDER BY item_id, party", meeting)
}

// Ballots lists the votes on the items of a meeting.
func (sp *Space) Ballots(ctx context.Context, meeting string) ([]governance.Ballot, error) {
	return ballots.find(ctx, sp, ofMeeting+" ORDER BY item_id, seat", meeting)
}

const ofMeeting = "AND item_id IN (SELECT id FROM agenda_item WHERE space_id = $1 AND meeting_id = $2)"

// KeepItemRecord changes what the sitting keeps of an item, made at its first change; version is 0 for one that was not there
// when it was read.
func (sp *Space) KeepItemRecord(ctx context.Context, by Actor, item string, version int64, fn func(*governance.ItemRecord) error) (governance.ItemRecord, error) {
	if version != 0 {
		return itemRecords.update(ctx, sp, by, item, version, fn)
	}
	var r governance.ItemRecord
	err := sp.change(ctx, func(l *ledger) error {
		i, err := items.get(ctx, l.tx, l.space, item)
		if err != nil {
			return err
		}
		if made, err := itemRecords.get(ctx, l.tx, l.space, item); err == nil {
			return conflict(made)
		}
		r = governance.ItemRecord{ID: item, Meeting: i.Meeting, State: governance.Waiting}
		if err := fn(&r); err != nil {
			return err
		}
		r.ID, r.Meeting = item, i.Meeting
		return itemRecords.add(ctx, l, by, &r)
	})
	return r, err
}

// KeepPosition records what an institution thinks of an item, made at its first change; version is 0 for one that was not
// there when it was read.
func (sp *Space) KeepPosition(ctx context.Context, by Actor, p governance.Position) (governance.Position, error) {
	return keep(ctx, sp, by, &positions, p, "AND item_id = $2 AND party = $3", []any{p.Item, p.Party}, func(x *governance.Position) {
		x.Stance, x.Text = p.Stance, p.Text
	})
}

// KeepBallot records the vote of a seat on an item, as KeepPosition does.
func (sp *Space) KeepBallot(ctx context.Context, by Actor, b governance.Ballot) (governance.Ballot, error) {
	return keep(ctx, sp, by, &ballots, b, "AND item_id = $2 AND seat = $3", []any{b.Item, b.Seat}, func(x *governance.Ballot) {
		x.Holder, x.Caster, x.Choice = b.Holder, b.Caster, b.Choice
	})
}

// keep makes a thing that there is one of for its natural key, or changes the one that there is. The version of x is the one
// that was read, 0 where there was none; where it is another by now, the error is a ConflictError.
func keep[T any](ctx context.Context, sp *Space, by Actor, a *aggregate[T], x T, where string, key []any, set func(*T)) (T, error) {
	err := sp.change(ctx, func(l *ledger) error {
		inside := &Space{store: sp.store, id: sp.id, open: l}
		list, err := a.find(ctx, inside, where, key...)
		if err != nil {
			return err
		}
		_, version := a.ident(&x)
		if len(list) == 0 {
			return a.add(ctx, l, by, &x)
		}
		id, _ := a.ident(&list[0])
		x, err = a.modify(ctx, l, by, *id, *version, func(y *T) error { set(y); return nil })
		return err
	})
	return x, err
}
