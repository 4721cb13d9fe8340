// Package sqldb opens the database, runs transactions, and hides the few differences between SQLite and PostgreSQL.
//
// It knows no table: the SQL of every table stands in package store, which alone imports this one. The invariants that it
// owns: every instant reaches the database in UTC, cut to the microsecond, so that both engines give back what was
// written; a function given to Write runs in one transaction, wholly or not at all; a failure that comes from the
// database carries a fault kind.
package sqldb

import (
	"context"
	"database/sql"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "modernc.org/sqlite"             // the driver "sqlite"

	"entente/internal/fault"
)

// Engine names a database engine.
type Engine string

// The engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// maxStatements bounds the prepared statements kept for each pool. Texts beyond it are prepared anew each time.
const maxStatements = 256

// DB is an open database. It is safe for concurrent use.
type DB struct {
	engine Engine
	path   string // of the SQLite file
	read   *pool
	write  *pool
}

// pool is a *sql.DB with the statements prepared on it.
type pool struct {
	*sql.DB
	keep  bool // whether to keep prepared statements; the PostgreSQL driver keeps its own
	mu    sync.RWMutex
	stmts map[string]*sql.Stmt
}

// Open opens the database at an address: "postgres://…" for PostgreSQL, anything else is the path of an SQLite file,
// made if it is missing. It reaches the database once, and fails with fault.Unavailable where it cannot.
func Open(ctx context.Context, address string) (*DB, error) {
	open := openSQLite
	if IsPostgres(address) {
		open = openPostgres
	}
	db, err := open(ctx, address)
	if err != nil {
		return nil, fault.Of(fault.Unavailable, err, "sqldb.Open", redact(address))
	}
	return db, nil
}

// IsPostgres tells whether an address is one of a PostgreSQL database.
func IsPostgres(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

// openSQLite opens one connection that writes and several that only read: with a shared pool a writer may wait behind
// readers for a connection, here it never does.
func openSQLite(ctx context.Context, path string) (*DB, error) {
	write, err := openWriter(ctx, path)
	if err != nil {
		return nil, err
	}
	read, err := openPool(ctx, "sqlite", sqliteDSN(path, "_txlock=deferred&_pragma=query_only(1)"), max(4, runtime.NumCPU()))
	if err != nil {
		_ = write.Close()
		return nil, err
	}
	read.keep, write.keep = true, true
	return &DB{engine: SQLite, path: path, read: read, write: write}, nil
}

// openTime is how long processes that open a new file at once wait for each other: one of them turns its journal to WAL,
// and SQLite lets the others fail instead of waiting.
const openTime = 10 * time.Second

func openWriter(ctx context.Context, path string) (*pool, error) {
	for begin := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		p, err := openPool(ctx, "sqlite", sqliteDSN(path, "_txlock=immediate"), 1)
		if err == nil || !busy.has(err) || time.Since(begin) > openTime || ctx.Err() != nil {
			return p, err
		}
	}
}

// sqliteDSN is the data source name of a file. A commit has reached the disk when it returns (synchronous=FULL), and what
// is deleted or erased is overwritten (secure_delete). The driver's
// _texttotime stays off: it would turn the dates of an expression, which are text, into instants.
func sqliteDSN(path, more string) string {
	return sqliteName(path) + "?_time_format=sqlite&_timezone=UTC" +
		"&_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=secure_delete(1)" +
		"&_pragma=temp_store(MEMORY)&" + more
}

// sqliteName is the address of a file, whatever signs its path has.
func sqliteName(path string) string {
	return "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
}

func openPostgres(ctx context.Context, address string) (*DB, error) {
	join := "?"
	if strings.Contains(address, "?") {
		join = "&"
	}
	p, err := openPool(ctx, "pgx", address+join+"timezone=UTC", max(8, 4*runtime.NumCPU()))
	if err != nil {
		return nil, err
	}
	return &DB{engine: Postgres, read: p, write: p}, nil
}

func openPool(ctx context.Context, driver, dsn string, conns int) (*pool, error) {
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	if err := db.PingContext(ctx); err != nil {
		_ = db.Close()
		return nil, err
	}
	return &pool{DB: db, stmts: map[string]*sql.Stmt{}}, nil
}

// redact hides the password of an address, for messages.
func redact(address string) string {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok {
		return address
	}
	if _, host, ok := strings.Cut(rest, "@"); ok {
		rest = host
	}
	return scheme + "://" + rest
}

// Close closes the database.
func (db *DB) Close() error {
	err := db.read.Close()
	if db.write != db.read {
		if e := db.write.Close(); err == nil {
			err = e
		}
	}
	return err
}

// Engine tells which engine runs below.
func (db *DB) Engine() Engine { return db.engine }

// SkipLocked is what a SELECT within a transaction ends with to take a row that no other transaction holds. On SQLite
// writers stand in line, and nothing needs to be said.
func (db *DB) SkipLocked() string {
	if db.engine == Postgres {
		return " FOR UPDATE SKIP LOCKED"
	}
	return ""
}

// Path is the file of an SQLite database, empty for PostgreSQL.
func (db *DB) Path() string { return db.path }

// Ping tells whether the database answers.
func (db *DB) Ping(ctx context.Context) error {
	if err := db.read.PingContext(ctx); err != nil {
		return fault.Of(fault.Unavailable, err, "sqldb.Ping", "")
	}
	return nil
}

// prepared gives the kept statement of a text, nil where none is to be used.
func (p *pool) prepared(ctx context.Context, text string) *sql.Stmt {
	if !p.keep {
		return nil
	}
	p.mu.RLock()
	s, full := p.stmts[text], len(p.stmts) >= maxStatements
	p.mu.RUnlock()
	if s != nil || full {
		return s
	}
	return p.prepare(ctx, text)
}

func (p *pool) prepare(ctx context.Context, text string) *sql.Stmt {
	s, err := p.PrepareContext(ctx, text)
	if err != nil {
		return nil // the query itself will say what is wrong
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if other := p.stmts[text]; other != nil {
		_ = s.Close()
		return other
	}
	p.stmts[text] = s
	return s
}

// Query reads rows outside of any transaction.
func (db *DB) Query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	tell(ctx, text)
	if s := db.read.prepared(ctx, text); s != nil {
		rows, err := s.QueryContext(ctx, normal(args)...)
		return rows, Classify(err)
	}
	rows, err := db.read.QueryContext(ctx, text, normal(args)...)
	return rows, Classify(err)
}

// QueryRow reads one row outside of any transaction. The error of its Scan is not classified: pass it to Classify.
func (db *DB) QueryRow(ctx context.Context, text string, args ...any) *sql.Row {
	tell(ctx, text)
	if s := db.read.prepared(ctx, text); s != nil {
		return s.QueryRowContext(ctx, normal(args)...)
	}
	return db.read.QueryRowContext(ctx, text, normal(args)...)
}

// normal brings instants to UTC and to the microsecond. A local time sent to a TIMESTAMP would shift silently.
func normal(args []any) []any {
	for i, a := range args {
		if t, ok := a.(time.Time); ok {
			args[i] = Instant(t)
		}
	}
	return args
}

// Instant is t as both engines give it back: in UTC, cut to the microsecond.
func Instant(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// In writes n placeholders for an IN list, numbered from first, and pads args to match. The count is rounded up to a
// power of two, the last value repeated, so that few texts are prepared.
func In(first int, values []string) (string, []any) {
	n := 1
	for n < len(values) {
		n *= 2
	}
	marks, args := make([]string, n), make([]any, n)
	for i := range n {
		marks[i] = fmt.Sprintf("$%d", first+i)
		args[i] = values[min(i, len(values)-1)]
	}
	return strings.Join(marks, ", "), args
}
