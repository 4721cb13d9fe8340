package store

import (
	"context"

	"entente/internal/governance"
)

var attendances = aggregate[governance.Attendance]{
	subject: "attendance",
	table:   "attendance",
	columns: "meeting_id, seat, party, holder, answer, substitute, named, proxy_to, note, answered_at, channel, read_at, presence, sitter, sitter_name, arrived, left_at",
	ident:   func(a *governance.Attendance) (*string, *int64) { return &a.ID, &a.Version },
	fields: func(a *governance.Attendance) []any {
		return []any{&a.Meeting, &a.Seat, &a.Party, &a.Holder, &a.Answer, &a.Substitute, &a.Named, &a.ProxyTo, &a.Note, optionalTime{&a.Answered},
			&a.Channel, optionalTime{&a.Read}, &a.Presence, &a.Sitter, &a.SitterName, &a.Arrived, &a.Left}
	},
	label: func(_ context.Context, _ *ledger, a governance.Attendance) (string, error) { return a.Seat, nil },
	check: func(context.Context, *ledger, governance.Attendance) error { return nil },
	guard: func(ctx context.Context, l *ledger, a governance.Attendance) error {
		return unfrozen(ctx, l, a.Meeting)
	},
}

// Attendance lists the seats of a meeting as they answered and came; a seat that was neither called nor seen is left out.
func (sp *Space) Attendance(ctx context.Context, meeting string) ([]governance.Attendance, error) {
	return attendances.find(ctx, sp, "AND meeting_id = $2 ORDER BY seat", meeting)
}

// KeepAttendance changes what is known of a seat at a meeting, made at its first change. Seat, party and holder are those of
// a where it is made; version is the one that was read, 0 where there was none.
func (sp *Space) KeepAttendance(ctx context.Context, by Actor, a governance.Attendance, fn func(*governance.Attendance) error) (governance.Attendance, error) {
	err := sp.change(ctx, func(l *ledger) error {
		inside := &Space{store: sp.store, id: sp.id, open: l}
		list, err := attendances.find(ctx, inside, "AND meeting_id = $2 AND seat = $3", a.Meeting, a.Seat)
		if err != nil {
			return err
		}
		if len(list) > 0 {
			a, err = attendances.modify(ctx, l, by, list[0].ID, a.Version, fn)
			return err
		}
		if err := fn(&a); err != nil {
			return err
		}
		return attendances.add(ctx, l, by, &a)
	})
	return a, err
}
