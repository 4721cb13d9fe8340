package office

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
)

// killFile names the variable that makes this program, started again, close meetings until somebody kills it; its value is
// the file and the identifier of the space.
const killFile = "ENTENTE_TEST_CLOSE_UNTIL_KILLED"

func TestMain(m *testing.M) {
	if where := os.Getenv(killFile); where != "" {
		closeUntilKilled(where)
	}
	testkit.Main(m)
}

// What each meeting of the test is made of: what it decides, and what it leaves to the next.
const (
	decided  = 5
	leftOver = 3
)

// TestKillWhileClosing kills a program in the middle of closing meetings, many times, and proves that each meeting is closed
// with everything that its closing does, or not at all.
func TestKillWhileClosing(t *testing.T) {
	const meetings, rounds = 120, 16
	file := testkit.Database(t)
	space := meetingsForKill(t, file, meetings)
	closed, kills := 0, 0
	for range rounds {
		if !closeAndKill(t, file, space) {
			break
		}
		kills++
		closed = checkWhole(t, file, space)
		if closed == meetings {
			break
		}
	}
	if closed == 0 || kills < 5 {
		t.Errorf("%d meetings closed over %d kills: nothing was proved", closed, kills)
	}
	t.Logf("%d meetings closed whole, %d not at all, after %d kills", closed, meetings-closed, kills)
}

// meetingsForKill makes a space with open meetings.
func meetingsForKill(t *testing.T, file string, n int) string {
	t.Helper()
	ctx := t.Context()
	s, err := store.Open(ctx, file, time.Now)
	check(t, err)
	defer s.Close() //nolint:errcheck // what it wrote is read again below
	source, err := conventions.Read(realFile)
	check(t, err)
	info, err := s.CreateSpace(ctx, author, "kill", "Espace", source, calendar.Must("2023-07-01"))
	check(t, err)
	check(t, s.In(info.ID).Together(ctx, func(sp *store.Space) error {
		for range n {
			if err := meetingForKill(ctx, sp, s.Today()); err != nil {
				return err
			}
		}
		_, err := sp.CreateMeeting(ctx, author, governance.Meeting{Committee: "strategique", Day: s.Today().AddDays(7), State: governance.Planned})
		return err
	}))
	return info.ID
}

func meetingForKill(ctx context.Context, sp *store.Space, day calendar.Date) error {
	m, err := sp.CreateMeeting(ctx, author, governance.Meeting{Committee: "strategique", Day: day, State: governance.Open, Opened: time.Now()})
	for n := range decided + leftOver {
		var i governance.Item
		if err == nil {
			i, err = sp.CreateItem(ctx, author, governance.Item{Meeting: m.ID, Rank: n + 1, Kind: governance.ForDecision, Title: "Point", Audience: governance.ForSpace})
		}
		if err == nil && n < decided {
			_, err = sp.KeepItemRecord(ctx, author, i.ID, 0, func(r *governance.ItemRecord) error { r.Outcome = governance.Adopted; return nil })
		}
	}
	return err
}

// closeAndKill starts a program that closes meetings, and kills it after a random while. It is false once there is nothing
// left to close.
func closeAndKill(t *testing.T, file, space string) bool {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), killFile+"="+file+"\n"+space)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	check(t, err)
	check(t, cmd.Start())
	lines := bufio.NewScanner(out)
	lines.Scan() // the first closing starts the clock
	timer := time.AfterFunc(time.Duration(1+rand.IntN(40))*time.Millisecond, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	for lines.Scan() {
		continue
	}
	err = cmd.Wait()
	if err != nil && !strings.Contains(err.Error(), "killed") {
		t.Fatalf("the program ended by itself: %v", err)
	}
	return err != nil
}

// checkWhole counts the meetings that are closed, and fails on one that is half so.
func checkWhole(t *testing.T, file, space string) int {
	t.Helper()
	ctx := t.Context()
	s, err := store.Open(ctx, file, time.Now)
	check(t, err)
	defer s.Close() //nolint:errcheck // it only read
	sp := s.In(space)
	list, err := sp.Meetings(ctx, store.MeetingFilter{})
	check(t, err)
	n := 0
	for _, m := range list {
		if m.State == governance.Planned {
			continue
		}
		decisions, err := sp.DecisionsOf(ctx, m.ID)
		check(t, err)
		onward, err := sp.CarriedFrom(ctx, m.ID)
		check(t, err)
		seats, err := sp.Attendance(ctx, m.ID)
		check(t, err)
		whole := m.State == governance.Held && m.Frozen() && len(decisions) == decided && len(onward) == leftOver && len(seats) == 8
		untouched := m.State == governance.Open && !m.Frozen() && len(decisions)+len(onward)+len(seats) == 0
		switch {
		case whole:
			n++
		case !untouched:
			t.Fatalf("half closed: %s, %d decisions, %d items carried over, %d seats", m.State, len(decisions), len(onward), len(seats))
		}
	}
	check(t, store.VerifyAll(ctx, s))
	return n
}

// closeUntilKilled closes the open meetings of a space one after the other, each told on a line once it has committed.
func closeUntilKilled(where string) {
	file, space, _ := strings.Cut(where, "\n")
	ctx := context.Background()
	fail := func(err error) {
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	s, err := store.Open(ctx, file, time.Now)
	fail(err)
	sp := s.In(space)
	h, err := sp.History(ctx)
	fail(err)
	list, err := sp.Meetings(ctx, store.MeetingFilter{})
	fail(err)
	for _, m := range list {
		if m.State != governance.Open {
			continue
		}
		e, err := EndingOf(ctx, sp, h, m.ID, time.Now())
		fail(err)
		fail(CloseMeeting(ctx, sp, h, author, m.ID, e.Digest, time.Now(), nil))
		_, _ = os.Stdout.WriteString(m.ID + "\n")
	}
	os.Exit(0)
}
