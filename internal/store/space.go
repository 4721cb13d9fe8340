package store

import (
	"context"
	"regexp"
	"strings"
	"time"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/sqldb"
)

// SpaceInfo is a space itself: a project, its territory, its conventions.
type SpaceInfo struct {
	ID        string
	Version   int64
	Slug      string // in addresses: lower-case letters, digits and dashes; never changes
	Name      string
	CreatedAt time.Time
}

var slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Check tells what is wrong with the space, field by field.
func (i SpaceInfo) Check() error {
	var f fault.Fields
	if strings.TrimSpace(i.Name) == "" {
		f.Add("name", "fault.field.required")
	}
	if len(i.Slug) < 2 || len(i.Slug) > 60 || !slugForm.MatchString(i.Slug) {
		f.Add("slug", "store.space.slug-form")
	}
	return f.Err()
}

func (i *SpaceInfo) targets() []any {
	return []any{&i.ID, &i.Version, &i.Slug, &i.Name, &i.CreatedAt}
}

// CreateSpace makes a space from a convention, in one transaction: the space, its signed text in force from a day, and an
// organization for each party. The error is fault.Invalid where the text has faults or the slug is taken.
func (s *Store) CreateSpace(ctx context.Context, by Actor, slug, name string, source []byte, effective calendar.Date) (SpaceInfo, error) {
	text, err := parse(source)
	if err != nil {
		return SpaceInfo{}, err
	}
	info := SpaceInfo{ID: newID(), Version: 1, Slug: slug, Name: name}
	if err := info.Check(); err != nil {
		return SpaceInfo{}, err
	}
	err = s.change(ctx, installation, func(l *ledger) error {
		info.CreatedAt = l.at
		if err := insertSpace(ctx, l.tx, info); err != nil {
			return err
		}
		if err := l.record(ctx, by, spaceEvent("create", nil, &info)); err != nil {
			return err
		}
		return s.furnish(ctx, l.tx, by, info, text, source, effective)
	})
	return info, fault.Wrap(err, "store.space.create", slug)
}

func insertSpace(ctx context.Context, tx *sqldb.Tx, i SpaceInfo) error {
	_, err := tx.Exec(ctx, `INSERT INTO space (id, slug, name, sort, created_at, version) VALUES ($1, $2, $3, $4, $5, $6)`,
		i.ID, i.Slug, i.Name, sortKey(i.Name), i.CreatedAt, i.Version)
	if sqldb.IsUnique(err) {
		var f fault.Fields
		f.Add("slug", "store.space.slug-taken")
		return f.Err()
	}
	return err
}

func spaceEvent(verb string, before, after *SpaceInfo) event {
	ev := event{subject: "space", verb: verb, key: after.ID, label: after.Name}
	if before != nil {
		ev.before = map[string]string{"slug": before.Slug, "name": before.Name}
	}
	ev.after = map[string]string{"slug": after.Slug, "name": after.Name}
	return ev
}

// furnish begins the journal of a new space and puts in what the text says.
func (s *Store) furnish(ctx context.Context, tx *sqldb.Tx, by Actor, info SpaceInfo, text *convention.Convention, source []byte, effective calendar.Date) error {
	l, err := s.newLedger(ctx, tx, info.ID)
	if err != nil {
		return err
	}
	if err := l.record(ctx, by, spaceEvent("create", nil, &info)); err != nil {
		return err
	}
	if _, err := addVersion(ctx, l, by, source, effective); err != nil {
		return err
	}
	for _, p := range text.Parties {
		o := directory.Organization{Kind: directory.Institution, Name: p.Name, Short: p.Short, Party: p.ID, SIREN: p.SIREN, Address: p.Seat}
		if err := organizations.add(ctx, l, by, &o); err != nil {
			return err
		}
	}
	return l.close(ctx)
}

// Info reads the space itself.
func (sp *Space) Info(ctx context.Context) (SpaceInfo, error) {
	var i SpaceInfo
	err := sp.q().QueryRow(ctx, `SELECT id, version, slug, name, created_at FROM space WHERE id = $1`, sp.id).Scan(i.targets()...)
	return i, fault.Wrap(sqldb.Classify(err), "store.space", sp.id)
}

// SpaceBySlug finds a space by the name that it has in addresses.
func (s *Store) SpaceBySlug(ctx context.Context, slug string) (SpaceInfo, error) {
	var i SpaceInfo
	err := s.db.QueryRow(ctx, `SELECT id, version, slug, name, created_at FROM space WHERE slug = $1`, slug).Scan(i.targets()...)
	return i, fault.Wrap(sqldb.Classify(err), "store.space", slug)
}

// Rename gives the space, read at a version, another name.
func (sp *Space) Rename(ctx context.Context, by Actor, version int64, name string) (SpaceInfo, error) {
	var now SpaceInfo
	err := sp.change(ctx, func(l *ledger) error {
		var before SpaceInfo
		err := l.tx.QueryRow(ctx, `SELECT id, version, slug, name, created_at FROM space WHERE id = $1`, sp.id).Scan(before.targets()...)
		if err != nil {
			return sqldb.Classify(err)
		}
		if before.Version != version {
			return &fault.Error{Kind: fault.Conflict, Message: fault.Say("store.conflict"), Err: &ConflictError[SpaceInfo]{before}}
		}
		now = before
		now.Name, now.Version = name, version+1
		if err := now.Check(); err != nil {
			return err
		}
		if _, err := l.tx.Exec(ctx, `UPDATE space SET name = $2, sort = $3, version = $4 WHERE id = $1`, now.ID, now.Name, sortKey(now.Name), now.Version); err != nil {
			return err
		}
		return l.record(ctx, by, spaceEvent("update", &before, &now))
	})
	return now, fault.Wrap(err, "store.space.rename", sp.id)
}

// AllSpaces lists every space of the installation by name: for the command line and for administrators.
func (s *Store) AllSpaces(ctx context.Context) ([]SpaceInfo, error) {
	rows, err := s.db.Query(ctx, `SELECT id, version, slug, name, created_at FROM space ORDER BY sort, id`)
	if err != nil {
		return nil, fault.Wrap(err, "store.spaces", "")
	}
	list, err := collect(rows, (*SpaceInfo).targets)
	return list, fault.Wrap(err, "store.spaces", "")
}
