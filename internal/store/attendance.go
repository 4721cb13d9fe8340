package store

import (
	"context"

	"entente/internal/fault"
	"entente/internal/governance"
)

var attendances = aggregate[governance.Attendance]{
	subject: "attendance",
	table:   "attendance",
	columns: "meeting_id, seat, party, holder, answer, substitute, named, proxy_to, note, answered_at, channel, read_at, presence, sitter, sitter_name, arrived, left_at, declined, former_answer, for_day, for_time",
	ident:   func(a *governance.Attendance) (*string, *int64) { return &a.ID, &a.Version },
	fields: func(a *governance.Attendance) []any {
		return []any{&a.Meeting, &a.Seat, &a.Party, &a.Holder, &a.Answer, &a.Substitute, &a.Named, &a.ProxyTo, &a.Note, optionalTime{&a.Answered},
			&a.Channel, optionalTime{&a.Read}, &a.Presence, &a.Sitter, &a.SitterName, &a.Arrived, &a.Left,
			asJSON{&a.Declined}, &a.Former, &a.ForDay, &a.ForTime}
	},
	label: func(_ context.Context, _ *ledger, a governance.Attendance) (string, error) { return a.Seat, nil },
	check: checkAttendance,
	guard: func(ctx context.Context, l *ledger, a governance.Attendance) error {
		return unfrozen(ctx, l, a.Meeting)
	},
}

// checkAttendance refuses a proxy that would go in a circle. The journal's head is locked, so of two who give their proxies to
// each other at the same moment the second sees the first.
func checkAttendance(ctx context.Context, l *ledger, a governance.Attendance) error {
	if a.Answer != governance.GivesProxy {
		return nil
	}
	rows, err := l.tx.Query(ctx, `SELECT seat, answer, proxy_to FROM attendance WHERE space_id = $1 AND meeting_id = $2`, l.space, a.Meeting)
	if err != nil {
		return err
	}
	all, err := collect(rows, func(x *governance.Attendance) []any { return []any{&x.Seat, &x.Answer, &x.ProxyTo} })
	if err != nil {
		return err
	}
	var f fault.Fields
	if len(governance.ProxyCircle(governance.Replace(all, a))) > 0 {
		f.Add("proxy", "fault.answer.circle")
	}
	return f.Err()
}

// Attendance lists the seats of a meeting as they answered and came; a seat that was neither called nor seen is left out.
func (sp *Space) Attendance(ctx context.Context, meeting string) ([]governance.Attendance, error) {
	return attendances.find(ctx, sp, "AND meeting_id = $2 ORDER BY seat", meeting)
}

// AttendanceOf reads one seat at a meeting; one that was neither called nor seen is NotFound.
func (sp *Space) AttendanceOf(ctx context.Context, meeting, seat string) (governance.Attendance, error) {
	return one(ctx, sp, &attendances, "AND meeting_id = $2 AND seat = $3", meeting, seat)
}

// NoteReading notes that the documents of a meeting were opened for a seat that was called, the first time.
func (sp *Space) NoteReading(ctx context.Context, by Actor, meeting, seat string) error {
	return sp.change(ctx, func(l *ledger) error {
		a, err := (&Space{store: sp.store, id: sp.id, open: l}).AttendanceOf(ctx, meeting, seat)
		if fault.Is(err, fault.NotFound) || err == nil && !a.Read.IsZero() {
			return nil
		}
		if err == nil {
			_, err = attendances.modify(ctx, l, by, a.ID, a.Version, func(x *governance.Attendance) error { x.Read = sp.store.now(); return nil })
		}
		return err
	})
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
