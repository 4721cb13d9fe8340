package store

import (
	"context"
	"time"

	"entente/internal/auth"
	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/sqldb"
)

// LinkKind is what a personal link opens to its bearer, as often as they like.
type LinkKind string

// The kinds of personal link.
const (
	LinkPoll       LinkKind = "poll"       // answer a poll of dates; the subject is the poll
	LinkAnswer     LinkKind = "answer"     // answer a convocation; the subject is the meeting
	LinkComment    LinkKind = "comment"    // comment on minutes; the subject is the meeting
	LinkEvaluation LinkKind = "evaluation" // answer an evaluation; the subject is the sheet of a person, or the campaign where the link is public
	LinkNews       LinkKind = "news"       // choose whether to have news; the subject is the person
)

// Link is what stands behind the secret of a personal link. Unlike a token it serves until it expires or is revoked. The
// secret itself is given once, to whoever issues it, and never kept.
type Link struct {
	ID       string
	Version  int64
	Space    string // identifier
	Kind     LinkKind
	Subject  string // identifier of the thing that it is about
	Person   string // whom it was made for; empty where nobody of the directory
	Seat     string // for which its bearer speaks, as it stands in mandates; empty where none
	Created  time.Time
	Expires  time.Time
	Revoked  time.Time // zero while it is not
	LastUsed time.Time // when it was last opened, to the minute; zero where never
}

// Open tells whether the link still opens its page at an instant.
func (l Link) Open(now time.Time) bool { return l.Revoked.IsZero() && now.Before(l.Expires) }

const linkColumns = `space_id, id, version, kind, subject_id, person_id, seat, created_at, expires_at, revoked_at, last_used_at`

func (l *Link) targets() []any {
	return []any{&l.Space, &l.ID, &l.Version, &l.Kind, &l.Subject, optional{&l.Person}, &l.Seat, &l.Created, &l.Expires,
		optionalTime{&l.Revoked}, optionalTime{&l.LastUsed}}
}

// content is the link as the journal keeps it: nothing from which the secret could be found.
func (l Link) content() map[string]any {
	c := map[string]any{"kind": l.Kind, "subject_id": l.Subject, "person_id": l.Person, "seat": l.Seat, "expires_at": calendar.On(l.Expires, calendar.Paris)}
	if !l.Revoked.IsZero() {
		c["revoked_at"] = calendar.On(l.Revoked, calendar.Paris)
	}
	return c
}

// IssueLink makes a personal link that serves for ttl, and gives its secret with the link as it is kept: of x, the kind,
// the subject, the person and the seat count. A person who is not in the directory, or whose data were erased, is a fault of
// the field "person". The journal tells that the link was made, never its secret.
func (sp *Space) IssueLink(ctx context.Context, by Actor, x Link, ttl time.Duration) (secret string, made Link, err error) {
	secret = auth.NewSecret()
	err = sp.change(ctx, func(l *ledger) error {
		if x.Person != "" {
			if err := checkPersonExists(ctx, l, x.Person); err != nil {
				return err
			}
		}
		now := sp.store.now()
		made = Link{ID: newID(), Version: 1, Space: l.space, Kind: x.Kind, Subject: x.Subject, Person: x.Person, Seat: x.Seat,
			Created: now, Expires: sqldb.Instant(now.Add(ttl))}
		_, err := l.tx.Exec(ctx, `INSERT INTO personal_link (space_id, id, version, hash, kind, subject_id, person_id, seat, created_at, expires_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, made.Space, made.ID, made.Version, auth.HashSecret(secret), string(made.Kind),
			made.Subject, optional{&made.Person}, made.Seat, made.Created, made.Expires)
		if err != nil {
			return err
		}
		return l.recordLink(ctx, by, "create", nil, &made)
	})
	if err != nil {
		return "", Link{}, fault.Wrap(err, "store.link.issue", string(x.Kind))
	}
	return secret, made, nil
}

// recordLink writes what became of a link. Its label names the person: an erasure takes it out (see mentions).
func (l *ledger) recordLink(ctx context.Context, by Actor, verb string, before, after *Link) error {
	ev := event{subject: "link", verb: verb, key: after.ID, label: after.Seat, after: after.content()}
	if before != nil {
		ev.before = before.content()
	}
	if ev.label == "" {
		ev.label = string(after.Kind)
	}
	if after.Person != "" {
		var err error
		if ev.label, err = personLabel(ctx, l, ev.label, after.Person); err != nil {
			return err
		}
	}
	return l.record(ctx, by, ev)
}

// linkUseEvery is how fine the time of the last use is kept: a page opened again and again does not write each time.
const linkUseEvery = time.Minute

// OpenLink reads the link that a secret opens, and notes that it was used. A secret that is unknown, expired, revoked or of
// another kind is NotFound, without difference.
func (s *Store) OpenLink(ctx context.Context, kind LinkKind, secret string) (Link, error) {
	var x Link
	hash, now := auth.HashSecret(secret), s.now()
	err := s.db.QueryRow(ctx, `SELECT `+linkColumns+` FROM personal_link WHERE hash = $1 AND kind = $2 AND revoked_at IS NULL AND expires_at > $3`,
		hash, string(kind), now).Scan(x.targets()...)
	if err := sqldb.Classify(err); fault.Is(err, fault.NotFound) {
		return Link{}, &fault.Error{Kind: fault.NotFound, Op: "store.link", Key: string(kind), Message: fault.Say("store.link.unusable")}
	} else if err != nil {
		return Link{}, fault.Wrap(err, "store.link", string(kind))
	}
	if now.Sub(x.LastUsed) < linkUseEvery {
		return x, nil
	}
	err = s.db.Write(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE personal_link SET last_used_at = $3 WHERE space_id = $1 AND id = $2`, x.Space, x.ID, now)
		return err
	})
	x.LastUsed = now
	return x, fault.Wrap(err, "store.link.use", x.ID)
}

// Link reads one personal link of the space.
func (sp *Space) Link(ctx context.Context, id string) (Link, error) {
	var x Link
	err := sp.q().QueryRow(ctx, `SELECT `+linkColumns+` FROM personal_link WHERE space_id = $1 AND id = $2`, sp.id, id).Scan(x.targets()...)
	return x, fault.Wrap(sqldb.Classify(err), "store.link", id)
}

// Links lists the personal links of a kind about a subject, oldest first, with those that serve no more.
func (sp *Space) Links(ctx context.Context, kind LinkKind, subject string) ([]Link, error) {
	rows, err := sp.q().Query(ctx, `SELECT `+linkColumns+` FROM personal_link WHERE space_id = $1 AND kind = $2 AND subject_id = $3 ORDER BY id`,
		sp.id, string(kind), subject)
	if err != nil {
		return nil, fault.Wrap(err, "store.links", subject)
	}
	list, err := collect(rows, (*Link).targets)
	return list, fault.Wrap(err, "store.links", subject)
}

// RevokeLink ends a personal link at once. One that was revoked before stays as it is, without an entry in the journal.
func (sp *Space) RevokeLink(ctx context.Context, by Actor, id string) error {
	err := sp.change(ctx, func(l *ledger) error {
		var before Link
		err := l.tx.QueryRow(ctx, `SELECT `+linkColumns+` FROM personal_link WHERE space_id = $1 AND id = $2`, l.space, id).Scan(before.targets()...)
		if err := sqldb.Classify(err); err != nil || !before.Revoked.IsZero() {
			return err
		}
		after := before
		after.Version, after.Revoked = before.Version+1, sp.store.now()
		_, err = l.tx.Exec(ctx, `UPDATE personal_link SET version = $3, revoked_at = $4 WHERE space_id = $1 AND id = $2`, l.space, id, after.Version, after.Revoked)
		if err != nil {
			return err
		}
		return l.recordLink(ctx, by, "revoke", &before, &after)
	})
	return fault.Wrap(err, "store.link.revoke", id)
}

// revokeLinksOf ends every link of a person whose data are erased; the entry of the erasure stands for it.
func (l *ledger) revokeLinksOf(ctx context.Context, person string) error {
	_, err := l.tx.Exec(ctx, `UPDATE personal_link SET version = version + 1, revoked_at = $3
		WHERE space_id = $1 AND person_id = $2 AND revoked_at IS NULL`, l.space, person, l.at)
	return err
}
