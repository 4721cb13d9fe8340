package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/sqldb"
)

// AddVersion puts a text of the convention in force from a day: the first is the signed text, each other an amendment. The
// error is fault.Invalid where the text has faults, or where the day is before that of the last version.
func (sp *Space) AddVersion(ctx context.Context, by Actor, source []byte, effective calendar.Date) (*convention.Version, error) {
	text, err := parse(source)
	if err != nil {
		return nil, err
	}
	var v *convention.Version
	err = sp.change(ctx, func(l *ledger) (err error) {
		v, err = addVersion(ctx, l, by, source, effective)
		return err
	})
	if err != nil {
		return nil, fault.Wrap(err, "store.version.add", sp.id)
	}
	v.Text = text
	return v, nil
}

func parse(source []byte) (*convention.Convention, error) {
	text, faults := convention.Parse("convention.md", source)
	return text, fault.Wrap(faults.Err(), "store.version", "")
}

func addVersion(ctx context.Context, l *ledger, by Actor, source []byte, effective calendar.Date) (*convention.Version, error) {
	var number int
	var last calendar.Date
	err := l.tx.QueryRow(ctx, `SELECT coalesce(max(number), 0), coalesce(max(effective), '') FROM convention_version WHERE space_id = $1`, l.space).Scan(&number, &last)
	if err != nil {
		return nil, sqldb.Classify(err)
	}
	if err := checkEffective(effective, last); err != nil {
		return nil, err
	}
	v := &convention.Version{ID: newID(), Number: number + 1, Effective: effective, LoadedAt: l.at, Source: source}
	_, err = l.tx.Exec(ctx, `INSERT INTO convention_version (space_id, id, number, effective, loaded_at, loaded_by, source) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		l.space, v.ID, v.Number, v.Effective, v.LoadedAt, by.Account, source)
	if err != nil {
		return nil, err
	}
	return v, l.record(ctx, by, versionEvent(v))
}

func checkEffective(effective, last calendar.Date) error {
	var f fault.Fields
	switch {
	case effective.IsZero():
		f.Add("effective", "fault.field.required")
	case effective.Before(last):
		f.Add("effective", "store.version.before-last", "day", last)
	}
	return f.Err()
}

// versionEvent keeps the fingerprint of the text in the journal: a text that was changed behind its back shows.
func versionEvent(v *convention.Version) event {
	return event{subject: "version", verb: "create", key: v.ID, label: fmt.Sprintf("%d · %s", v.Number, v.Effective),
		after: map[string]any{"number": v.Number, "effective": v.Effective, "sha256": fingerprint(v.Source)}}
}

func fingerprint(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// History reads every version of the convention, oldest first. The texts are read once and then shared: nobody may change
// them.
func (sp *Space) History(ctx context.Context) (convention.History, error) {
	ids, err := sp.versionIDs(ctx)
	if err != nil {
		return nil, fault.Wrap(err, "store.history", sp.id)
	}
	known, missing := sp.store.texts.get(ids)
	if len(missing) > 0 {
		if err := sp.readVersions(ctx, missing, known); err != nil {
			return nil, fault.Wrap(err, "store.history", sp.id)
		}
	}
	h := make(convention.History, 0, len(ids))
	for _, id := range ids {
		h = append(h, known[id])
	}
	return h, nil
}

func (sp *Space) versionIDs(ctx context.Context) ([]string, error) {
	rows, err := sp.q().Query(ctx, `SELECT id FROM convention_version WHERE space_id = $1 ORDER BY number`, sp.id)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(id *string) []any { return []any{id} })
}

func (sp *Space) readVersions(ctx context.Context, ids []string, into map[string]*convention.Version) error {
	marks, args := sqldb.In(2, ids)
	rows, err := sp.q().Query(ctx, `SELECT id, number, effective, loaded_at, source FROM convention_version
		WHERE space_id = $1 AND id IN (`+marks+`)`, append([]any{sp.id}, args...)...)
	if err != nil {
		return err
	}
	list, err := collect(rows, func(v *convention.Version) []any {
		return []any{&v.ID, &v.Number, &v.Effective, &v.LoadedAt, &v.Source}
	})
	if err != nil {
		return err
	}
	for i := range list {
		v := &list[i]
		if v.Text, err = parse(v.Source); err != nil {
			return fault.Of(fault.Internal, err, "store.history", v.ID)
		}
		v.LoadedAt = v.LoadedAt.In(time.UTC)
		into[v.ID] = v
		if sp.open == nil { // what is not committed may never be
			sp.store.texts.put(v)
		}
	}
	return nil
}

// Version reads one version of the convention.
func (sp *Space) Version(ctx context.Context, id string) (*convention.Version, error) {
	h, err := sp.History(ctx)
	if err != nil {
		return nil, err
	}
	for _, v := range h {
		if v.ID == id {
			return v, nil
		}
	}
	return nil, notFound("store.version", id)
}
