package store

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/fault"
	"entente/internal/governance"
)

// The registers of the life of committees, as compliance reads them: counted here, so that their length costs nothing.

// Attendances counts, for each meeting that was closed with its day in a span and each party, the seats that were taken.
func (sp *Space) Attendances(ctx context.Context, span calendar.Period) ([]compliance.Attendance, error) {
	rows, err := sp.q().Query(ctx, `SELECT m.id, m.committee, m.held_on, a.party, sum(CASE WHEN a.presence IN ($4, $5) THEN 1 ELSE 0 END)
		FROM meeting m JOIN attendance a ON a.space_id = m.space_id AND a.meeting_id = m.id
		WHERE m.space_id = $1 AND m.held_on >= $2 AND m.held_on <= $3 AND m.closed_at IS NOT NULL AND a.party <> ''
		GROUP BY m.id, m.committee, m.held_on, a.party ORDER BY m.held_on, m.id, a.party`,
		sp.id, span.From, span.To, string(governance.Present), string(governance.Remote))
	if err != nil {
		return nil, fault.Wrap(err, "store.attendances", sp.id)
	}
	list, err := collect(rows, func(a *compliance.Attendance) []any {
		return []any{&a.Meeting, &a.Committee, &a.Day, &a.Party, &a.There}
	})
	return list, fault.Wrap(err, "store.attendances", sp.id)
}

// Exercise is a power as a committee exercises it; or, where Adopts is given instead, what the committee adopts.
type Exercise struct {
	Committee, Power string
	Adopts           governance.Subject
}

// newestDecisions is how many decisions are read for each exercise.
const newestDecisions = 3

const (
	assessedColumns = `SELECT d.year, d.number, d.committee, d.power, coalesce(p.subject, ''), d.decided_on, d.title, d.outcome`
	// The decisions under a power are few by their index; those on a subject are found from its proposals.
	assessedUnder = assessedColumns + ` FROM decision d LEFT JOIN proposal p ON p.space_id = d.space_id AND p.id = d.proposal WHERE d.space_id = $1`
	assessedAbout = assessedColumns + ` FROM proposal p CROSS JOIN decision d WHERE p.space_id = $1 AND d.space_id = p.space_id AND d.proposal = p.id`
)

// DecisionsUnder gives, in one query, the newest decisions by a day under each of some powers, the newest of what committees adopt; and every decision by that day
// on a proposal about one of some subjects.
func (sp *Space) DecisionsUnder(ctx context.Context, under []Exercise, about []governance.Subject, day calendar.Date) ([]compliance.Decision, error) {
	args := []any{sp.id, day}
	next := func(v string) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	parts := make([]string, 0, len(under)+1)
	for _, x := range under {
		from, found := assessedUnder, "d.power = "
		if x.Adopts != "" {
			from, found = assessedAbout, "d.outcome IN ('adopted', 'adopted-with-changes') AND p.subject = "
		}
		parts = append(parts, "SELECT * FROM ("+from+" AND d.decided_on <= $2 AND d.committee = "+next(x.Committee)+" AND "+found+next(cmp.Or(x.Power, string(x.Adopts)))+
			" ORDER BY d.decided_on DESC, d.number DESC LIMIT "+strconv.Itoa(newestDecisions)+") AS newest")
	}
	if len(about) > 0 {
		marks := make([]string, len(about))
		for i, s := range about {
			marks[i] = next(string(s))
		}
		parts = append(parts, assessedAbout+" AND d.decided_on <= $2 AND p.subject IN ("+strings.Join(marks, ", ")+")")
	}
	if len(parts) == 0 {
		return nil, nil
	}
	rows, err := sp.q().Query(ctx, strings.Join(parts, " UNION "), args...)
	if err != nil {
		return nil, fault.Wrap(err, "store.decisions", sp.id)
	}
	type row struct {
		year, number int
		compliance.Decision
	}
	list, err := collect(rows, func(r *row) []any {
		return []any{&r.year, &r.number, &r.Committee, &r.Power, &r.Subject, &r.Day, &r.Title, &r.Outcome}
	})
	out := make([]compliance.Decision, len(list))
	for i, r := range list {
		out[i] = r.Decision
		out[i].Reference = governance.Reference(r.year, r.number)
	}
	return out, fault.Wrap(err, "store.decisions", sp.id)
}

// Pending lists the proposals that wait for a committee, oldest first, without the delays of their committees.
func (sp *Space) Pending(ctx context.Context) ([]compliance.Pending, error) {
	rows, err := sp.q().Query(ctx, `SELECT year, number, title, turn, since FROM proposal WHERE space_id = $1 AND state = $2 AND turn <> '' ORDER BY since, id`,
		sp.id, string(governance.ProposalWaiting))
	if err != nil {
		return nil, fault.Wrap(err, "store.pending", sp.id)
	}
	type row struct {
		year, number int
		compliance.Pending
	}
	list, err := collect(rows, func(r *row) []any { return []any{&r.year, &r.number, &r.Title, &r.Committee, &r.Since} })
	out := make([]compliance.Pending, len(list))
	for i, r := range list {
		out[i] = r.Pending
		out[i].Reference = governance.Reference(r.year, r.number)
	}
	return out, fault.Wrap(err, "store.pending", sp.id)
}

// AdoptedProposals lists the proposals about a subject that were adopted, oldest first.
func (sp *Space) AdoptedProposals(ctx context.Context, about governance.Subject) ([]governance.Proposal, error) {
	return proposals.find(ctx, sp, "AND state = $2 AND subject = $3 ORDER BY settled_on, id", string(governance.ProposalAdopted), string(about))
}
