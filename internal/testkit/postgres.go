package testkit

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"entente/internal/store"
)

// errNoPostgres says that no PostgreSQL is installed.
var errNoPostgres = errors.New("no PostgreSQL programs found (initdb, postgres): install the package postgresql")

// cluster is a PostgreSQL server that the tests have started themselves, in a temporary folder, behind a Unix socket. It
// keeps nothing safe (no fsync) and ends with the tests.
type cluster struct {
	dir    string
	server *exec.Cmd
	gone   chan struct{} // closed when the server has ended
	admin  *sql.DB
	count  atomic.Int64
}

var running struct {
	mu      sync.Mutex
	main    bool // Main was called
	tried   bool
	cluster *cluster
	err     error
}

// Main runs the tests of a package and stops the PostgreSQL server that they have started, if any. It is what a TestMain
// calls.
func Main(m *testing.M) {
	running.main = true
	code := m.Run()
	if running.cluster != nil {
		running.cluster.stop()
	}
	os.Exit(code)
}

// PostgresDatabase gives the test a fresh PostgreSQL database, with all tables and no rows, and returns its address.
func PostgresDatabase(t testing.TB) string {
	t.Helper()
	return newDatabase(t, "entente")
}

// EmptyPostgresDatabase gives the test a PostgreSQL database without any table, and returns its address.
func EmptyPostgresDatabase(t testing.TB) string {
	t.Helper()
	return newDatabase(t, "template1")
}

func newDatabase(t testing.TB, template string) string {
	t.Helper()
	c, err := theCluster()
	if errors.Is(err, errNoPostgres) && os.Getenv("CI") != "true" {
		t.Skipf("skipped: %v", err)
	}
	if err != nil {
		t.Fatalf("starting PostgreSQL: %v", err)
	}
	name := fmt.Sprintf("test_%d", c.count.Add(1))
	if _, err := c.admin.ExecContext(t.Context(), "CREATE DATABASE "+name+" TEMPLATE "+template); err != nil {
		t.Fatalf("making a PostgreSQL database: %v", err)
	}
	t.Cleanup(func() {
		if _, err := c.admin.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("dropping a PostgreSQL database: %v", err)
		}
	})
	return c.address(name)
}

// theCluster starts the server at the first call.
func theCluster() (*cluster, error) {
	running.mu.Lock()
	defer running.mu.Unlock()
	if !running.main {
		return nil, errors.New("the TestMain of this package must call testkit.Main")
	}
	if !running.tried {
		running.tried = true
		running.cluster, running.err = startCluster()
	}
	return running.cluster, running.err
}

func (c *cluster) address(database string) string {
	return "postgres://postgres@/" + database + "?host=" + c.dir
}

func startCluster() (*cluster, error) {
	bin, err := findPostgres()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "entente-pg-") // short: the path of a socket has at most 107 bytes
	if err != nil {
		return nil, err
	}
	c := &cluster{dir: dir, gone: make(chan struct{})}
	if err := c.start(bin); err != nil {
		c.stop()
		return nil, err
	}
	return c, nil
}

// findPostgres gives the folder of the newest PostgreSQL installed.
func findPostgres() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // the pattern is right
	if p, err := exec.LookPath("initdb"); err == nil {
		found = append(found, p)
	}
	if len(found) == 0 {
		return "", errNoPostgres
	}
	return filepath.Dir(slices.MaxFunc(found, func(a, b string) int { return len(a) - len(b) })), nil
}

func (c *cluster) start(bin string) error {
	if err := giveAway(c.dir); err != nil {
		return err
	}
	data := filepath.Join(c.dir, "data")
	initdb := command(filepath.Join(bin, "initdb"), "--pgdata", data, "--no-sync", "--auth", "trust", "--username", "postgres",
		"--encoding", "UTF8", "--locale", "C", "--no-instructions")
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	server := command(filepath.Join(bin, "postgres"), "-D", data, "-k", c.dir, "-h", "", "-F",
		"-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "max_connections=200", "-c", "shared_buffers=32MB")
	var said bytes.Buffer
	server.Stdout, server.Stderr = &said, &said
	if err := launch(server, c.gone); err != nil {
		return err
	}
	c.server = server
	return c.prepare()
}

// prepare waits for the server and makes the database that the tests clone.
func (c *cluster) prepare() error {
	admin, err := sql.Open("pgx", c.address("postgres"))
	if err != nil {
		return err
	}
	c.admin = admin
	admin.SetMaxOpenConns(1) // CREATE DATABASE one after the other: two cannot copy one template
	if err := c.wait(); err != nil {
		return err
	}
	if _, err := admin.Exec("CREATE DATABASE entente"); err != nil {
		return err
	}
	s, err := store.Open(context.Background(), c.address("entente"), time.Now)
	if err != nil {
		return err
	}
	return s.Close()
}

func (c *cluster) wait() error {
	var err error
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); {
		if err = c.admin.Ping(); err == nil {
			return nil
		}
		select {
		case <-c.gone:
			return errors.New("the server ended at once")
		case <-time.After(20 * time.Millisecond):
		}
	}
	return err
}

// stop ends the server at once and removes its folder.
func (c *cluster) stop() {
	if c.admin != nil {
		_ = c.admin.Close()
	}
	if c.server != nil {
		_ = c.server.Process.Signal(os.Interrupt) // "fast": it does not wait for its clients
		select {
		case <-c.gone:
		case <-time.After(10 * time.Second):
			_ = c.server.Process.Kill()
			<-c.gone
		}
	}
	_ = os.RemoveAll(c.dir)
}
