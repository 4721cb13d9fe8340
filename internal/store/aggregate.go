package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"entente/internal/fault"
	"entente/internal/sqldb"
)

// aggregate is the shape that the things of a space share: they are created, read, changed and removed in the same manner,
// each with its entry in the journal. A file of one aggregate fills it in, once, and adds what is its own.
type aggregate[T any] struct {
	subject string // kind of thing in the journal: "mandate"
	table   string
	columns string // of its own, in the order of fields; every table has space_id, id and version besides
	derived string // columns computed from the others, kept out of the journal; may be empty

	ident  func(*T) (id *string, version *int64)
	fields func(*T) []any // pointers, in the order of columns
	derive func(T) []any  // values of derived
	label  func(ctx context.Context, l *ledger, x T) (string, error)
	check  func(ctx context.Context, l *ledger, x T) error
	guard  func(ctx context.Context, l *ledger, x T) error // refuses any change, removal included; nil refuses none
	refers []reference
	keyed  bool // its identifier is that of another thing, given by who creates it

	once                   sync.Once
	selects, insert, write string
	names                  []string
}

// reference is another table whose rows refer to the thing: while there are any, it is not removed.
type reference struct {
	table, column string
	message       string // key of the sentence that says so; its argument is count
}

// ConflictError says that a thing changed since it was read, and carries it as it stands now. Its fault kind is Conflict.
type ConflictError[T any] struct{ Current T }

// Error names the kind of thing, for the log.
func (e *ConflictError[T]) Error() string {
	return fmt.Sprintf("%T changed since it was read", e.Current)
}

// Current gives the thing as it stands, where err says that it changed since it was read.
func Current[T any](err error) (T, bool) {
	var c *ConflictError[T]
	if !errors.As(err, &c) {
		var none T
		return none, false
	}
	return c.Current, true
}

// texts writes the statements, once.
func (a *aggregate[T]) texts() {
	a.once.Do(func() {
		a.names = strings.Split(a.columns, ", ")
		all := a.names
		if a.derived != "" {
			all = append(all[:len(all):len(all)], strings.Split(a.derived, ", ")...)
		}
		marks, sets := make([]string, len(all)), make([]string, len(all))
		for i, c := range all {
			marks[i] = fmt.Sprintf("$%d", i+4)
			sets[i] = c + " = " + marks[i]
		}
		a.selects = "SELECT id, version, " + a.columns + " FROM " + a.table + " WHERE space_id = $1"
		a.insert = "INSERT INTO " + a.table + " (space_id, id, version, " + strings.Join(all, ", ") + ") VALUES ($1, $2, $3, " + strings.Join(marks, ", ") + ")"
		a.write = "UPDATE " + a.table + " SET version = version + 1, " + strings.Join(sets, ", ") + " WHERE space_id = $1 AND id = $2 AND version = $3"
	})
}

// values are what insert and write send after space, identifier and version.
func (a *aggregate[T]) values(x *T) []any {
	var out []any
	for _, p := range a.fields(x) {
		if v := reflect.ValueOf(p); v.Kind() == reflect.Pointer {
			p = v.Elem().Interface()
		}
		out = append(out, p)
	}
	if a.derive != nil {
		out = append(out, a.derive(*x)...)
	}
	return out
}

// content is the thing as the journal keeps it: its columns by name.
func (a *aggregate[T]) content(x *T) (json.RawMessage, error) {
	a.texts()
	m := make(map[string]any, len(a.names))
	for i, p := range a.fields(x) {
		m[a.names[i]] = p
	}
	return json.Marshal(m)
}

// targets are where a row of selects is read to.
func (a *aggregate[T]) targets(x *T) []any {
	id, version := a.ident(x)
	return append([]any{id, version}, a.fields(x)...)
}

func (a *aggregate[T]) get(ctx context.Context, q sqldb.Queryer, space, id string) (T, error) {
	a.texts()
	var x T
	err := q.QueryRow(ctx, a.selects+" AND id = $2", space, id).Scan(a.targets(&x)...)
	return x, fault.Wrap(sqldb.Classify(err), "store."+a.subject, id)
}

// find lists what the rest of the statement asks for; $1 is the space.
func (a *aggregate[T]) find(ctx context.Context, sp *Space, rest string, args ...any) ([]T, error) {
	a.texts()
	rows, err := sp.q().Query(ctx, a.selects+" "+rest, append([]any{sp.id}, args...)...)
	if err != nil {
		return nil, fault.Wrap(err, "store."+a.subject, "")
	}
	out, err := collect(rows, func(x *T) []any { return a.targets(x) })
	return out, fault.Wrap(err, "store."+a.subject, "")
}

// collect reads all rows and closes them. The targets are asked for once: every row is read to the same place and copied
// from there.
func collect[T any](rows *sql.Rows, targets func(*T) []any) ([]T, error) {
	defer rows.Close() //nolint:errcheck // the error of rows.Err covers it
	var x, blank T
	to := targets(&x)
	var out []T
	for rows.Next() {
		x = blank
		if err := rows.Scan(to...); err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, sqldb.Classify(rows.Err())
}

// create checks a new thing, keeps it with a new identifier, and writes the journal.
func (a *aggregate[T]) create(ctx context.Context, sp *Space, by Actor, x T) (T, error) {
	err := sp.change(ctx, func(l *ledger) error { return a.add(ctx, l, by, &x) })
	return x, fault.Wrap(err, "store."+a.subject+".create", "")
}

func (a *aggregate[T]) add(ctx context.Context, l *ledger, by Actor, x *T) error {
	id, version := a.ident(x)
	if *version = 1; !a.keyed {
		*id = newID()
	}
	if err := a.guarded(ctx, l, x); err != nil {
		return err
	}
	if err := a.refuse(ctx, l, x); err != nil {
		return err
	}
	if err := a.putNew(ctx, l, x); err != nil {
		return err
	}
	return a.journal(ctx, l, by, "create", nil, x)
}

// insertOnly keeps a new thing whose entry in the journal is the caller's.
func (a *aggregate[T]) insertOnly(ctx context.Context, l *ledger, x *T) error {
	id, version := a.ident(x)
	*id, *version = newID(), 1
	if err := a.refuse(ctx, l, x); err != nil {
		return err
	}
	return a.putNew(ctx, l, x)
}

// putNew writes the row of a new thing.
func (a *aggregate[T]) putNew(ctx context.Context, l *ledger, x *T) error {
	a.texts()
	id, version := a.ident(x)
	_, err := l.tx.Exec(ctx, a.insert, append([]any{l.space, *id, *version}, a.values(x)...)...)
	return err
}

// update loads a thing, lets fn change it, checks and keeps it, and writes the journal. Version is the one that who asks
// for the change has read: where the thing has another by now, the error is a ConflictError. Where fn changes nothing,
// nothing is written.
func (a *aggregate[T]) update(ctx context.Context, sp *Space, by Actor, id string, version int64, fn func(*T) error) (T, error) {
	var x T
	err := sp.change(ctx, func(l *ledger) (err error) {
		x, err = a.modify(ctx, l, by, id, version, fn)
		return err
	})
	return x, fault.Wrap(err, "store."+a.subject+".update", id)
}

func (a *aggregate[T]) modify(ctx context.Context, l *ledger, by Actor, id string, version int64, fn func(*T) error) (T, error) {
	return a.alter(ctx, l, by, id, version, "update", a.guarded, fn)
}

// pass is modify for a change that the guard is not asked about, under a verb of its own.
func (a *aggregate[T]) pass(ctx context.Context, l *ledger, by Actor, id string, version int64, verb string, fn func(*T) error) (T, error) {
	return a.alter(ctx, l, by, id, version, verb, nil, fn)
}

// alter changes a thing that was read at a version and writes the journal under a verb. Guard, where there is one, may refuse.
func (a *aggregate[T]) alter(ctx context.Context, l *ledger, by Actor, id string, version int64, verb string,
	guard func(context.Context, *ledger, *T) error, fn func(*T) error) (T, error) {
	before, err := a.current(ctx, l, id, version)
	if err != nil {
		return before, err
	}
	x := before
	if err := fn(&x); err != nil {
		return before, err
	}
	key, now := a.ident(&x)
	*key, *now = id, version // fn has no say in these
	if same, err := a.same(&before, &x); same || err != nil {
		return before, err
	}
	if guard != nil {
		if err := guard(ctx, l, &before); err != nil {
			return before, err
		}
	}
	if err := a.refuse(ctx, l, &x); err != nil {
		return before, err
	}
	return x, a.save(ctx, l, by, verb, &before, &x)
}

func (a *aggregate[T]) guarded(ctx context.Context, l *ledger, x *T) error {
	if a.guard == nil {
		return nil
	}
	return a.guard(ctx, l, *x)
}

// refuse says what is wrong with the thing: with its texts, then by its own rules.
func (a *aggregate[T]) refuse(ctx context.Context, l *ledger, x *T) error {
	a.texts()
	var f fault.Fields
	for i, p := range a.fields(x) {
		if v := reflect.ValueOf(p); v.Kind() == reflect.Pointer && v.Elem().Kind() == reflect.String {
			checkText(&f, a.names[i], v.Elem().String())
		}
	}
	if err := f.Err(); err != nil {
		return err
	}
	return a.check(ctx, l, *x)
}

func (a *aggregate[T]) save(ctx context.Context, l *ledger, by Actor, verb string, before, x *T) error {
	if err := a.put(ctx, l, x); err != nil {
		return err
	}
	return a.journal(ctx, l, by, verb, before, x)
}

// put writes a thing over the one that was read, and raises its version; the entry in the journal is the caller's.
func (a *aggregate[T]) put(ctx context.Context, l *ledger, x *T) error {
	a.texts()
	id, version := a.ident(x)
	n, err := l.tx.Exec(ctx, a.write, append([]any{l.space, *id, *version}, a.values(x)...)...)
	if err != nil {
		return err
	}
	if n != 1 {
		return fmt.Errorf("store: %s %s: %d rows changed, not 1", a.subject, *id, n)
	}
	*version++
	return nil
}

// current loads the thing and refuses a version that is not its own.
func (a *aggregate[T]) current(ctx context.Context, l *ledger, id string, version int64) (T, error) {
	x, err := a.get(ctx, l.tx, l.space, id)
	if err != nil {
		return x, err
	}
	if _, now := a.ident(&x); *now != version {
		return x, conflict(x)
	}
	return x, nil
}

// conflict says that a thing is not as it was read, with the thing as it stands.
func conflict[T any](x T) error {
	return &fault.Error{Kind: fault.Conflict, Message: fault.Say("store.conflict"), Err: &ConflictError[T]{Current: x}}
}

func (a *aggregate[T]) same(x, y *T) (bool, error) {
	p, err := a.content(x)
	if err != nil {
		return false, err
	}
	q, err := a.content(y)
	return string(p) == string(q), err
}

// remove takes a thing away where nothing refers to it, and writes the journal, which keeps what it was.
func (a *aggregate[T]) remove(ctx context.Context, sp *Space, by Actor, id string, version int64) error {
	err := sp.change(ctx, func(l *ledger) error {
		x, err := a.current(ctx, l, id, version)
		if err != nil {
			return err
		}
		if err := a.guarded(ctx, l, &x); err != nil {
			return err
		}
		if err := a.referred(ctx, l, id); err != nil {
			return err
		}
		if err := a.journal(ctx, l, by, "remove", &x, nil); err != nil { // first: its label may read the row
			return err
		}
		_, err = l.tx.Exec(ctx, "DELETE FROM "+a.table+" WHERE space_id = $1 AND id = $2", l.space, id)
		return err
	})
	return fault.Wrap(err, "store."+a.subject+".remove", id)
}

func (a *aggregate[T]) referred(ctx context.Context, l *ledger, id string) error {
	for _, r := range a.refers {
		var n int
		err := l.tx.QueryRow(ctx, "SELECT count(*) FROM "+r.table+" WHERE space_id = $1 AND "+r.column+" = $2", l.space, id).Scan(&n)
		if err != nil {
			return sqldb.Classify(err)
		}
		if n > 0 {
			return fault.New(fault.Invalid, r.message, "count", n)
		}
	}
	return nil
}

// journal records a change. Before is nil for a creation, after for a removal.
func (a *aggregate[T]) journal(ctx context.Context, l *ledger, by Actor, verb string, before, after *T) error {
	ev := event{subject: a.subject, verb: verb}
	for _, side := range []struct {
		x  *T
		to *any
	}{{before, &ev.before}, {after, &ev.after}} {
		if side.x == nil {
			continue
		}
		content, err := a.content(side.x)
		if err != nil {
			return err
		}
		*side.to = content
		id, _ := a.ident(side.x)
		ev.key = *id
	}
	x := after
	if x == nil {
		x = before
	}
	var err error
	if ev.label, err = a.label(ctx, l, *x); err != nil {
		return err
	}
	return l.record(ctx, by, ev)
}
