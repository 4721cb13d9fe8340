package store

import (
	"context"

	"entente/internal/governance"
)

var customs = aggregate[governance.Custom]{
	subject: "custom",
	table:   "committee_custom",
	columns: "committee, convocation_days, document_days, comment_days, silence_days, answer_days, start_time, minutes, place, skip_august",
	ident:   func(c *governance.Custom) (*string, *int64) { return &c.ID, &c.Version },
	fields: func(c *governance.Custom) []any {
		return []any{&c.Committee, &c.ConvocationDays, &c.DocumentDays, &c.CommentDays, &c.SilenceDays, &c.AnswerDays, &c.Time, &c.Minutes, &c.Place, &c.SkipAugust}
	},
	label: func(_ context.Context, _ *ledger, c governance.Custom) (string, error) { return c.Committee, nil },
	check: func(_ context.Context, _ *ledger, c governance.Custom) error { return c.Check() },
}

// Custom is the custom of the space for a committee: governance.Usual, at version 0, until it sets its own.
func (sp *Space) Custom(ctx context.Context, committee string) (governance.Custom, error) {
	list, err := customs.find(ctx, sp, "AND committee = $2", committee)
	if err != nil || len(list) == 0 {
		return governance.Usual(committee), err
	}
	return list[0], nil
}

// Customs lists the customs that the space has set, by committee.
func (sp *Space) Customs(ctx context.Context) (map[string]governance.Custom, error) {
	list, err := customs.find(ctx, sp, "ORDER BY committee")
	out := make(map[string]governance.Custom, len(list))
	for _, c := range list {
		out[c.Committee] = c
	}
	return out, err
}

// KeepCustom sets the custom of the space for a committee. Its version is the one that was read, 0 where none was set.
func (sp *Space) KeepCustom(ctx context.Context, by Actor, c governance.Custom) (governance.Custom, error) {
	return keep(ctx, sp, by, &customs, c, "AND committee = $2", []any{c.Committee}, func(x *governance.Custom) {
		id, version := x.ID, x.Version
		*x = c
		x.ID, x.Version = id, version
	})
}
