package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/sqldb"
)

// Invitation asks somebody into a space with a role. A member needs none: Role is empty, and the person named, whose
// mandates give what they give, is tied to the account.
type Invitation struct {
	ID     string `json:"id,omitempty"` // made by Invite; what the journal knows the invitation by
	Email  string `json:"email"`
	Given  string `json:"given"`     // of the person, where the directory does not know the address
	Family string `json:"family"`    // likewise
	Role   Role   `json:"role"`      // empty for a member
	Party  string `json:"party"`     // of a coordinator
	Person string `json:"person_id"` // of the person in the directory; empty: found by the address, else entered
}

// Check tells what is wrong with the invitation, field by field.
func (i Invitation) Check() error {
	var f fault.Fields
	if !directory.ValidEmail(i.Email) {
		f.Add("email", "fault.field.email")
	}
	switch {
	case i.Role != "":
		if err := (Grant{Role: i.Role, Party: i.Party}).Check(); err != nil {
			return err
		}
	case i.Person == "":
		f.Add("person", "fault.field.required")
	}
	return f.Err()
}

// content is what the journal keeps beside the identifier.
func (i Invitation) content() Invitation {
	i.ID = ""
	return i
}

// Invite makes the link that asks somebody into the space, good for ttl, and gives its secret.
func (sp *Space) Invite(ctx context.Context, by Actor, i Invitation, ttl time.Duration) (secret string, err error) {
	i.Email = strings.ToLower(strings.TrimSpace(i.Email))
	if err := i.Check(); err != nil {
		return "", err
	}
	i.ID = newID()
	payload, err := json.Marshal(i)
	if err != nil {
		return "", err
	}
	err = sp.change(ctx, func(l *ledger) error {
		if i.Person != "" {
			if err := checkPersonExists(ctx, l, i.Person); err != nil {
				return err
			}
		}
		secret, err = sp.store.issueToken(ctx, l.tx, Token{Kind: Invited, Space: sp.id, Email: i.Email, Payload: payload}, ttl)
		if err != nil {
			return err
		}
		return l.record(ctx, by, event{subject: "invitation", verb: "create", key: i.ID, label: i.Email, after: i.content()})
	})
	return secret, fault.Wrap(err, "store.invite", sp.id)
}

// Invitation reads the invitation behind a secret, with its space, and whether the address has an account already: then
// no password is asked. A secret that is unknown, used or expired is NotFound.
func (s *Store) Invitation(ctx context.Context, secret string) (i Invitation, space SpaceInfo, known bool, err error) {
	t, err := s.PeekToken(ctx, Invited, secret)
	if err != nil {
		return i, space, false, err
	}
	if err := json.Unmarshal(t.Payload, &i); err != nil {
		return i, space, false, fmt.Errorf("store: invitation: %w", err)
	}
	space, err = s.In(t.Space).Info(ctx)
	if err != nil {
		return i, space, false, err
	}
	_, err = s.AccountByEmail(ctx, i.Email)
	if fault.Is(err, fault.NotFound) {
		return i, space, false, nil
	}
	return i, space, err == nil, err
}

// PendingInvitation is an invitation that nobody has accepted yet.
type PendingInvitation struct {
	Invitation
	Created, Expires time.Time
}

// PendingInvitations lists the invitations into the space that can still be accepted, newest first.
func (sp *Space) PendingInvitations(ctx context.Context) ([]PendingInvitation, error) {
	issued, err := invitations(ctx, sp.q(), sp.id, sp.store.now())
	if err != nil {
		return nil, fault.Wrap(err, "store.invitations", sp.id)
	}
	list := make([]PendingInvitation, len(issued))
	for i, x := range issued {
		list[i] = x.PendingInvitation
	}
	return list, nil
}

// issuedInvitation is an invitation that was not accepted, with the hash of its secret.
type issuedInvitation struct {
	PendingInvitation
	hash    string
	payload json.RawMessage
}

// invitations reads the invitations of a space that were not accepted and have not expired at an instant, newest first.
func invitations(ctx context.Context, q sqldb.Queryer, space string, at time.Time) ([]issuedInvitation, error) {
	rows, err := q.Query(ctx, `SELECT hash, payload, created_at, expires_at FROM token
		WHERE space_id = $1 AND kind = $2 AND used_at IS NULL AND expires_at > $3 ORDER BY created_at DESC, hash`, space, string(Invited), at)
	if err != nil {
		return nil, err
	}
	list, err := collect(rows, func(x *issuedInvitation) []any {
		return []any{&x.hash, rawJSON{&x.payload}, &x.Created, &x.Expires}
	})
	if err != nil {
		return nil, err
	}
	for i := range list {
		if err := json.Unmarshal(list[i].payload, &list[i].Invitation); err != nil {
			return nil, fmt.Errorf("store: invitation: %w", err)
		}
	}
	return list, nil
}

// WithdrawInvitation takes back an invitation that nobody has accepted: its link opens nothing any more. One that was
// accepted, withdrawn or that has expired is NotFound.
func (sp *Space) WithdrawInvitation(ctx context.Context, by Actor, id string) error {
	err := sp.change(ctx, func(l *ledger) error {
		list, err := invitations(ctx, l.tx, l.space, sp.store.now())
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(x issuedInvitation) bool { return x.ID == id })
		if i < 0 {
			return notFound("store.invitation", id)
		}
		n, err := l.tx.Exec(ctx, `DELETE FROM token WHERE hash = $1 AND used_at IS NULL`, list[i].hash)
		if err != nil {
			return err
		}
		if n == 0 { // accepted in the meantime
			return notFound("store.invitation", id)
		}
		return l.record(ctx, by, event{subject: "invitation", verb: "withdraw", key: id, label: list[i].Email, before: list[i].content()})
	})
	return fault.Wrap(err, "store.invitation.withdraw", id)
}

// Acceptance is what the invited person enters. All of it is passed over where the address has an account already.
type Acceptance struct {
	Name         string
	Locale       string
	PasswordHash string
}

// AcceptInvitation uses an invitation: it makes the account of its address where there is none, ties it to the person, who
// is entered in the directory where nobody there has that address, and gives the role. One transaction.
func (s *Store) AcceptInvitation(ctx context.Context, secret string, how Acceptance) (Account, SpaceInfo, error) {
	var a Account
	var space string
	err := s.change(ctx, installation, func(l *ledger) error {
		t, err := s.takeToken(ctx, l.tx, Invited, secret)
		if err != nil {
			return err
		}
		var i Invitation
		if err := json.Unmarshal(t.Payload, &i); err != nil {
			return fmt.Errorf("store: invitation: %w", err)
		}
		if a, err = s.invited(ctx, l, i, how); err != nil {
			return err
		}
		space = t.Space
		return s.admit(ctx, l.tx, space, a, i)
	})
	if err != nil {
		return a, SpaceInfo{}, fault.Wrap(err, "store.accept", "")
	}
	info, err := s.In(space).Info(ctx)
	return a, info, err
}

// invited gives the account of the address, made where there is none.
func (s *Store) invited(ctx context.Context, l *ledger, i Invitation, how Acceptance) (Account, error) {
	a, err := readAccount(ctx, l.tx, "email", i.Email)
	if err == nil && a.Disabled() {
		return a, fault.New(fault.Forbidden, "store.account.disabled")
	}
	if !fault.Is(err, fault.NotFound) {
		return a, err
	}
	a = Account{Email: i.Email, Name: how.Name, Locale: how.Locale, PasswordHash: how.PasswordHash}
	return a, addAccount(ctx, l, Actor{Name: how.Name}, &a)
}

// admit lets the account into the space.
func (s *Store) admit(ctx context.Context, tx *sqldb.Tx, space string, a Account, i Invitation) error {
	l, err := s.openLedger(ctx, tx, space)
	if err != nil {
		return err
	}
	by := Actor{Account: a.ID, Name: a.Name, For: i.Party}
	if err := tie(ctx, l, by, a, i); err != nil {
		return err
	}
	if i.Role != "" {
		if err := setGrant(ctx, l, by, Grant{Account: a.ID, Role: i.Role, Party: i.Party}); err != nil {
			return err
		}
	}
	if err := l.record(ctx, by, event{subject: "invitation", verb: "accept", key: i.ID, label: i.Email, after: i.content()}); err != nil {
		return err
	}
	return l.close(ctx)
}

// tie makes the account that of its person: the one whom the invitation names, the one with its address, or a new one. A
// person who belongs to another account keeps it.
func tie(ctx context.Context, l *ledger, by Actor, a Account, i Invitation) error {
	var id, owner string
	var version int64
	err := l.tx.QueryRow(ctx, `SELECT id, version, account_id FROM person WHERE space_id = $1 AND (account_id = $2 OR id = $3 OR ($3 = '' AND lower(email) = $4))
		ORDER BY CASE WHEN account_id = $2 THEN 0 ELSE 1 END, id LIMIT 1`, l.space, a.ID, i.Person, i.Email).Scan(&id, &version, optional{&owner})
	err = sqldb.Classify(err)
	switch {
	case fault.Is(err, fault.NotFound):
		given, family := nameOf(a, i)
		return people.add(ctx, l, by, &directory.Person{Given: given, Family: family, Email: a.Email, Account: a.ID})
	case err != nil || owner != "":
		return err
	}
	_, err = people.modify(ctx, l, by, id, version, func(p *directory.Person) error {
		p.Account = a.ID
		return nil
	})
	return err
}

// nameOf takes the names of the invitation, else cuts the account's name after its first word.
func nameOf(a Account, i Invitation) (given, family string) {
	if i.Family != "" {
		return i.Given, i.Family
	}
	given, family, ok := strings.Cut(a.Name, " ")
	if !ok {
		return "", a.Name
	}
	return given, family
}
