package store

import (
	"context"
	"encoding/binary"

	"entente/internal/governance"
	"entente/internal/sqldb"
)

var decisions = aggregate[governance.Decision]{
	subject: "decision",
	table:   "decision",
	columns: "year, number, meeting_id, item_id, committee, decided_on, title, body, outcome, reasons, axis, proposal, power, article, audience, positions, vote",
	derived: "folded, sort",
	ident:   func(d *governance.Decision) (*string, *int64) { return &d.ID, &d.Version },
	fields: func(d *governance.Decision) []any {
		return []any{&d.Year, &d.Number, &d.Meeting, &d.Item, &d.Committee, &d.Day, &d.Title, &d.Text, &d.Outcome, &d.Reasons, &d.Axis, &d.Proposal,
			&d.Power, &d.Article, &d.Audience, asJSON{&d.Positions}, asJSON{&d.Vote}}
	},
	derive: func(d governance.Decision) []any {
		return []any{searchable(d.Title, d.Text), newestFirst(d.Year, d.Number)}
	},
	label: func(_ context.Context, _ *ledger, d governance.Decision) (string, error) {
		return d.Reference() + " · " + d.Title, nil
	},
	check: func(context.Context, *ledger, governance.Decision) error { return nil },
}

// newestFirst is the sort key of a decision: the last number of the last year comes first.
func newestFirst(year, number int) []byte {
	return binary.BigEndian.AppendUint64(nil, ^(uint64(year)<<32 | uint64(number)))
}

// CreateDecision enters a decision in the register, under the next number of the year of its day: numbers follow each other
// without gap, and never return. Where it names no audience, it has that of its item.
func (sp *Space) CreateDecision(ctx context.Context, by Actor, d governance.Decision) (governance.Decision, error) {
	err := sp.change(ctx, func(l *ledger) error {
		d.Year = d.Day.Year()
		n, err := nextNumber(ctx, l, "decision", d.Year)
		if err != nil {
			return err
		}
		d.Number = n
		if err := l.audienceOfItem(ctx, &d); err != nil {
			return err
		}
		if err := decisions.add(ctx, l, by, &d); err != nil {
			return err
		}
		return sp.indexDecision(ctx, l, d)
	})
	return d, err
}

// audienceOfItem gives a decision that names no audience that of its item; one without item is for the coordinators.
func (l *ledger) audienceOfItem(ctx context.Context, d *governance.Decision) error {
	if d.Audience == "" && d.Item == "" {
		d.Audience = governance.ForCoordinators
	}
	if d.Audience != "" {
		return nil
	}
	i, err := items.get(ctx, l.tx, l.space, d.Item)
	d.Audience = i.Audience
	return err
}

// nextNumber is the number within the year of the next row of a numbered table. The journal of the space is locked, so that
// nobody else takes it.
func nextNumber(ctx context.Context, l *ledger, table string, year int) (int, error) {
	var n int
	err := l.tx.QueryRow(ctx, "SELECT coalesce(max(number), 0) + 1 FROM "+table+" WHERE space_id = $1 AND year = $2", l.space, year).Scan(&n)
	return n, sqldb.Classify(err)
}

// UpdateDecision changes a decision that was read at a version: when a meeting that was reopened is closed again. Its year and
// number stay.
func (sp *Space) UpdateDecision(ctx context.Context, by Actor, id string, version int64, fn func(*governance.Decision) error) (governance.Decision, error) {
	var d governance.Decision
	err := sp.change(ctx, func(l *ledger) (err error) {
		d, err = decisions.modify(ctx, l, by, id, version, func(d *governance.Decision) error {
			year, number := d.Year, d.Number
			err := fn(d)
			d.Year, d.Number = year, number
			if err == nil {
				err = l.audienceOfItem(ctx, d)
			}
			return err
		})
		if err != nil {
			return err
		}
		return sp.indexDecision(ctx, l, d)
	})
	return d, err
}

// Decision reads the decision that is cited by year and number.
func (sp *Space) Decision(ctx context.Context, year, number int) (governance.Decision, error) {
	return one(ctx, sp, &decisions, "AND year = $2 AND number = $3", year, number)
}

// DecisionsByID reads several decisions at once; those that do not exist are left out.
func (sp *Space) DecisionsByID(ctx context.Context, ids ...string) (map[string]governance.Decision, error) {
	return byID(ctx, sp, &decisions, ids)
}

// DecisionsOf lists the decisions of a meeting by number.
func (sp *Space) DecisionsOf(ctx context.Context, meeting string) ([]governance.Decision, error) {
	return decisions.find(ctx, sp, "AND meeting_id = $2 ORDER BY year, number", meeting)
}
