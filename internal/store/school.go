package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/sqldb"
)

// SchoolHolidays lists the school holidays of a zone that touch a closed period, by day; of every zone where zone is empty,
// and of any day where the period is zero.
func (s *Store) SchoolHolidays(ctx context.Context, zone string, in calendar.Period) ([]governance.SchoolHoliday, error) {
	list, err := schoolHolidays(ctx, s.db, zone, in)
	return list, fault.Wrap(err, "store.school", zone)
}

func schoolHolidays(ctx context.Context, q sqldb.Queryer, zone string, in calendar.Period) ([]governance.SchoolHoliday, error) {
	last := in.To.String()
	if last == "" {
		last = "9999"
	}
	rows, err := q.Query(ctx, `SELECT zone, name, from_day, to_day FROM school_holiday
		WHERE (zone = $1 OR $1 = '') AND to_day >= $2 AND from_day <= $3 ORDER BY zone, from_day, name`, zone, in.From.String(), last)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(h *governance.SchoolHoliday) []any { return []any{&h.Zone, &h.Name, &h.Period.From, &h.Period.To} })
}

// SchoolChange is what an import adds and takes away.
type SchoolChange struct {
	Added, Removed []governance.SchoolHoliday
	Same           int
}

// PlanSchoolHolidays tells what an import would change, and changes nothing.
func (s *Store) PlanSchoolHolidays(ctx context.Context, list []governance.SchoolHoliday) (SchoolChange, error) {
	known, err := schoolHolidays(ctx, s.db, "", calendar.Period{})
	return planSchool(known, list), fault.Wrap(err, "store.school.plan", "")
}

// planSchool compares: in each zone, what the list gives takes the place of all that is known between its first day and its
// last.
func planSchool(known, list []governance.SchoolHoliday) SchoolChange {
	covered := map[string]calendar.Period{}
	for _, h := range list {
		p, seen := covered[h.Zone]
		if !seen || h.Period.From.Before(p.From) {
			p.From = h.Period.From
		}
		if h.Period.To.After(p.To) {
			p.To = h.Period.To
		}
		covered[h.Zone] = p
	}
	var c SchoolChange
	for _, h := range known {
		p, touched := covered[h.Zone]
		if _, shared := p.Overlap(h.Period); touched && shared && !slices.Contains(list, h) {
			c.Removed = append(c.Removed, h)
		}
	}
	for _, h := range list {
		if slices.Contains(known, h) {
			c.Same++
		} else {
			c.Added = append(c.Added, h)
		}
	}
	return c
}

// ImportSchoolHolidays puts a list in the place of what is known of the same zones and days, in one transaction, and writes
// the journal of the installation. Source is the file as it was given, called name: the journal keeps its digest. Where
// nothing changes, nothing is written.
func (s *Store) ImportSchoolHolidays(ctx context.Context, by Actor, name string, source []byte, list []governance.SchoolHoliday) (SchoolChange, error) {
	var c SchoolChange
	err := s.change(ctx, installation, func(l *ledger) error {
		known, err := schoolHolidays(ctx, l.tx, "", calendar.Period{})
		if err != nil {
			return err
		}
		if c = planSchool(known, list); len(c.Added)+len(c.Removed) == 0 {
			return nil
		}
		for _, h := range c.Removed {
			if _, err := l.tx.Exec(ctx, `DELETE FROM school_holiday WHERE zone = $1 AND name = $2 AND from_day = $3 AND to_day = $4`,
				h.Zone, h.Name, h.Period.From, h.Period.To); err != nil {
				return err
			}
		}
		for _, h := range c.Added {
			if _, err := l.tx.Exec(ctx, `INSERT INTO school_holiday (id, zone, name, from_day, to_day) VALUES ($1, $2, $3, $4, $5)`,
				newID(), h.Zone, h.Name, h.Period.From, h.Period.To); err != nil {
				return err
			}
		}
		sum := sha256.Sum256(source)
		return l.record(ctx, by, event{subject: "school", verb: "import", key: hex.EncodeToString(sum[:]), label: name,
			after: map[string]any{"added": len(c.Added), "removed": len(c.Removed), "sha256": hex.EncodeToString(sum[:])}})
	})
	return c, fault.Wrap(err, "store.school.import", name)
}
