package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"net"
	"slices"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"entente/internal/fault"
)

// sorts of failure that callers tell apart, with the codes of both engines.
type sort struct {
	sqlite   []int
	postgres []string
}

var (
	unique     = sort{[]int{lib.SQLITE_CONSTRAINT_UNIQUE, lib.SQLITE_CONSTRAINT_PRIMARYKEY}, []string{"23505"}}
	foreignKey = sort{[]int{lib.SQLITE_CONSTRAINT_FOREIGNKEY}, []string{"23503"}}
	badText    = sort{nil, []string{"22021"}}
	collision  = sort{nil, []string{"40001", "40P01"}}
	busy       = sort{[]int{lib.SQLITE_BUSY, lib.SQLITE_BUSY_SNAPSHOT, lib.SQLITE_BUSY_TIMEOUT, lib.SQLITE_LOCKED, lib.SQLITE_FULL, lib.SQLITE_IOERR},
		[]string{"53300", "55P03", "57P01", "57P02", "57P03"}}
)

func (s sort) has(err error) bool {
	var l *sqlite.Error
	if errors.As(err, &l) {
		return slices.Contains(s.sqlite, l.Code())
	}
	var p *pgconn.PgError
	return errors.As(err, &p) && slices.Contains(s.postgres, p.Code)
}

// IsUnique tells whether err says that such a row exists already.
func IsUnique(err error) bool { return unique.has(err) }

// IsForeignKey tells whether err says that a row refers to one that is not there, or is referred to.
func IsForeignKey(err error) bool { return foreignKey.has(err) }

func serialization(err error) bool { return collision.has(err) }

// Classify gives an error of the database its fault kind: no row is NotFound, a row that exists already or refers to
// nothing is Invalid, a database that cannot be reached or is too busy is Unavailable. Errors that carry a kind keep it.
func Classify(err error) error {
	var known *fault.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	var kind fault.Kind
	var message string
	switch {
	case errors.Is(err, sql.ErrNoRows):
		kind, message = fault.NotFound, "store.not-found"
	case IsUnique(err):
		kind, message = fault.Invalid, "store.exists"
	case IsForeignKey(err):
		kind, message = fault.Invalid, "store.reference"
	case badText.has(err):
		kind, message = fault.Invalid, "store.text"
	case busy.has(err) || unreachable(err):
		kind, message = fault.Unavailable, "store.unavailable"
	default:
		return err
	}
	return &fault.Error{Kind: kind, Message: fault.Say(message), Err: err}
}

func unreachable(err error) bool {
	var refused *pgconn.ConnectError
	var network *net.OpError
	return errors.As(err, &refused) || errors.As(err, &network) || errors.Is(err, context.DeadlineExceeded)
}
