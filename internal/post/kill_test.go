package post_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/job/runner"
	"entente/internal/mail"
	"entente/internal/mail/mailtest"
	. "entente/internal/post"
	"entente/internal/store"
	"entente/internal/testkit"
)

// killPost names the variable that makes this program, started again, send mail until somebody kills it.
const killPost = "ENTENTE_TEST_POST_UNTIL_KILLED"

// killed is what the program that is killed needs.
type killed struct{ File, Mail string }

func TestMain(m *testing.M) {
	if x := os.Getenv(killPost); x != "" {
		postUntilKilled(x)
		return
	}
	testkit.Main(m)
}

// TestFiveHundredLetters queues 500 letters and kills the program that sends them five times in the middle. Each arrives once at most.
// Where a program was killed between the end of a letter and the record of the answer, nobody can know whether it arrived, for SMTP knows
// no way to ask: the letter is listed as uncertain, and no other is missing.
func TestFiveHundredLetters(t *testing.T) {
	const letters, kills = 500, 5
	server := (&mailtest.Server{Plain: true, Open: true, Delay: 2 * time.Millisecond}).Start(t)
	x := killed{File: testkit.Database(t), Mail: "smtp://" + server.Addr}
	s, err := store.Open(t.Context(), x.File, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close() //nolint:errcheck // what it wrote was read
	space := queue(t, s, letters)
	for i := range kills {
		killSender(t, x, server, (i+1)*letters/(kills+2))
	}
	if n := len(server.Deliveries()); n >= letters {
		t.Fatalf("all %d letters had left before the last kill: nothing was proved", n)
	}
	finish(t, s, x, space)
	checkLetters(t, server, space, letters, kills)
	if err := store.VerifyAll(t.Context(), s); err != nil {
		t.Error(err)
	}
}

// queue writes the letters, each to somebody else, in one transaction.
func queue(t *testing.T, s *store.Store, letters int) *store.Space {
	t.Helper()
	source, err := conventions.Read("contrat-local-sante-val-ambre-2025-2029")
	if err != nil {
		t.Fatal(err)
	}
	info, err := s.CreateSpace(t.Context(), me, "val", "Val d’Ambre", source, calendar.Must("2025-03-01"))
	if err != nil {
		t.Fatal(err)
	}
	s.DeliverMail(0)
	err = s.In(info.ID).Together(t.Context(), func(sp *store.Space) error {
		for i := range letters {
			p, err := sp.CreatePerson(t.Context(), me, directory.Person{Family: "N" + strconv.Itoa(i), Email: fmt.Sprintf("n%d@exemple.fr", i)})
			if err != nil {
				return err
			}
			if _, err := sp.CreateMessage(t.Context(), me, governance.Message{Kind: governance.MessageMinutes, Person: p.ID, Email: p.Email, Title: "Compte rendu", Body: "Bonjour.\n"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s.In(info.ID)
}

// killSender starts a program that sends, waits until so many letters have arrived and a little longer, and kills it.
func killSender(t *testing.T, x killed, server *mailtest.Server, arrived int) {
	t.Helper()
	setting, err := json.Marshal(x)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env, cmd.Stderr = append(os.Environ(), killPost+"="+string(setting)), os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for begin := time.Now(); len(server.Deliveries()) < arrived; time.Sleep(time.Millisecond) {
		if time.Since(begin) > time.Minute {
			t.Fatal("the mail does not leave")
		}
	}
	time.Sleep(time.Duration(rand.IntN(5000)) * time.Microsecond)
	_ = cmd.Process.Kill()
	if err := cmd.Wait(); err == nil {
		t.Fatal("the program ended by itself")
	}
}

func sender(s *store.Store, address string) (*runner.Runner, error) {
	way, err := mail.Open(address, "Entente <entente@exemple.fr>")
	h := New(Options{Store: s, Mail: way, Clock: time.Now, Sender: "Entente <entente@exemple.fr>", URL: func(path string) string { return path }}).Handlers()
	return runner.New(runner.Options{Store: s, Clock: time.Now, Log: slog.New(slog.DiscardHandler), Handlers: h, Workers: 3,
		Lease: time.Second, Poll: 20 * time.Millisecond}), err
}

func postUntilKilled(setting string) {
	var x killed
	err := json.Unmarshal([]byte(setting), &x)
	var s *store.Store
	if err == nil {
		s, err = store.Open(context.Background(), x.File, time.Now)
	}
	var r *runner.Runner
	if err == nil {
		r, err = sender(s, x.Mail)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	s.DeliverMail(0)
	r.Work(context.Background())
}

// finish sends what is left.
func finish(t *testing.T, s *store.Store, x killed, space *store.Space) {
	t.Helper()
	r, err := sender(s, x.Mail)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	defer stop()
	over := make(chan struct{})
	go func() { r.Work(ctx); close(over) }()
	for ctx.Err() == nil {
		page, err := space.Messages(ctx, store.MessageFilter{State: governance.MessageWaiting, Paging: store.Paging{Limit: 1}})
		if err == nil && page.Total == 0 {
			stop()
			<-over
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("the mail does not end")
}

func checkLetters(t *testing.T, server *mailtest.Server, space *store.Space, letters, kills int) {
	t.Helper()
	arrived := map[string]int{}
	for _, d := range server.Deliveries() {
		if arrived[d.To]++; arrived[d.To] > 1 {
			t.Errorf("%s has %d letters", d.To, arrived[d.To])
		}
	}
	uncertain := map[string]bool{}
	page, err := space.Messages(t.Context(), store.MessageFilter{State: governance.MessageUnknown})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range page.Items {
		uncertain[m.Email] = true
		if !m.Resendable() {
			t.Errorf("nobody can send the letter to %s again", m.Email)
		}
	}
	lost := 0
	for i := range letters {
		to := fmt.Sprintf("n%d@exemple.fr", i)
		if arrived[to] == 0 && !uncertain[to] {
			t.Errorf("%s has no letter, and nobody is told", to)
		}
		if arrived[to] == 0 {
			lost++
		}
	}
	if page.Total > 3*kills {
		t.Errorf("%d letters are uncertain: more than were under way at %d kills", page.Total, kills)
	}
	t.Logf("%d letters, %d kills: %d arrived, none twice; %d are listed as uncertain, of which %d did not arrive", letters, kills, len(arrived), page.Total, lost)
}
