package store_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
)

// killFile names the variable that makes this program, started again, write to a database until somebody kills it; its
// value is the file and the identifier of the space.
const killFile = "ENTENTE_TEST_WRITE_UNTIL_KILLED"

// TestKill kills a program in the middle of writing, many times, and proves that whatever it has acknowledged is there and
// that the journal verifies.
func TestKill(t *testing.T) {
	const rounds = 24
	file := testkit.Database(t)
	space := spaceForKill(t, file)
	acknowledged := map[string]bool{}
	for range rounds {
		for _, id := range writeAndKill(t, file, space) {
			acknowledged[id] = true
		}
		checkSurvivors(t, file, space, acknowledged)
	}
	if len(acknowledged) < rounds {
		t.Errorf("only %d changes were acknowledged in %d rounds: nothing was proved", len(acknowledged), rounds)
	}
	t.Logf("%d acknowledged changes survived %d kills", len(acknowledged), rounds)
}

func spaceForKill(t *testing.T, file string) string {
	t.Helper()
	s := must(store.Open(t.Context(), file, time.Now))(t)
	defer s.Close() //nolint:errcheck // what it wrote is read again below
	return newSpace(t, s, "kill").ID()
}

// writeAndKill starts a writer, kills it after a random while, and gives what it had acknowledged.
func writeAndKill(t *testing.T, file, space string) []string {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), killFile+"="+file+"\n"+space)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	var ids []string
	if lines.Scan() { // the first acknowledgement starts the clock
		ids = append(ids, lines.Text())
	}
	timer := time.AfterFunc(time.Duration(1+rand.IntN(60))*time.Millisecond, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	for lines.Scan() {
		ids = append(ids, lines.Text())
	}
	if err := cmd.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Fatalf("the writer ended by itself: %v", err)
	}
	return ids
}

func checkSurvivors(t *testing.T, file, space string, acknowledged map[string]bool) {
	t.Helper()
	s := must(store.Open(t.Context(), file, time.Now))(t)
	defer s.Close() //nolint:errcheck // it only read
	sp := s.In(space)
	for id := range acknowledged {
		if _, err := sp.Person(t.Context(), id); err != nil {
			t.Fatalf("an acknowledged change is lost: %v", err)
		}
	}
	checkDocuments(t, sp)
	if err := store.VerifyAll(t.Context(), s); err != nil {
		t.Fatal(err)
	}
}

// writeUntilKilled is the writer: several at once, each change acknowledged on a line of its own once it has committed.
func writeUntilKilled(where string) {
	file, space, _ := strings.Cut(where, "\n")
	s, err := store.Open(context.Background(), file, time.Now)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var out sync.Mutex
	for range 3 {
		go func() {
			for {
				p, err := s.In(space).CreatePerson(context.Background(), me, directory.Person{Family: "Kill"})
				if err != nil {
					fmt.Fprintln(os.Stderr, err)
					os.Exit(1)
				}
				out.Lock()
				_, _ = os.Stdout.WriteString(p.ID + "\n")
				out.Unlock()
			}
		}()
	}
	go attachUntilKilled(s.In(space))
	select {}
}

// attachUntilKilled attaches large documents to a meeting, and acknowledges none: what is there must be whole.
func attachUntilKilled(sp *store.Space) {
	m, err := sp.CreateMeeting(context.Background(), me, governance.Meeting{Committee: "pilotage", Day: today, State: governance.Planned})
	for seed := byte(0); err == nil; seed++ {
		_, err = sp.Attach(context.Background(), me, paperFor(m.ID), bytes.NewReader(noise(seed%3, 3<<20)))
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// checkDocuments reads everything that is attached.
func checkDocuments(t *testing.T, sp *store.Space) {
	t.Helper()
	seen := map[string]bool{}
	for _, m := range must(sp.Meetings(t.Context(), store.MeetingFilter{}))(t) {
		for _, a := range must(sp.Attachments(t.Context(), governance.OwnerMeeting, m.ID))(t) {
			if !seen[a.Digest] && int64(len(readFile(t, sp, a.Digest))) != a.Size {
				t.Errorf("%s is not whole", a.FileName)
			}
			seen[a.Digest] = true
		}
	}
}
