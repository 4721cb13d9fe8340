package job_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	. "entente/internal/job"
)

func TestWaitsGrowToABoundThenEnd(t *testing.T) {
	p := Policy{Attempts: 6, Wait: 10 * time.Second, Longest: time.Minute}
	for failures, want := range map[int]time.Duration{1: 10 * time.Second, 2: 20 * time.Second, 3: 40 * time.Second, 4: time.Minute, 5: time.Minute} {
		if got, again := p.Next(failures, 0.5); got != want || !again {
			t.Errorf("after %d failures: %v, %v; want %v", failures, got, again, want)
		}
	}
	if _, again := p.Next(6, 0.5); again {
		t.Error("it is tried a seventh time")
	}
}

func TestWaitsAreSpreadAndNeverNegative(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Policy{Attempts: rapid.IntRange(1, 200).Draw(t, "attempts"), Wait: time.Duration(rapid.Int64Range(1, int64(time.Hour)).Draw(t, "wait")),
			Longest: 6 * time.Hour}
		failures, chance := rapid.IntRange(1, 250).Draw(t, "failures"), rapid.Float64Range(0, 0.999).Draw(t, "chance")
		wait, again := p.Next(failures, chance)
		if again != (failures < p.Attempts) {
			t.Fatalf("%d failures of %d: again %v", failures, p.Attempts, again)
		}
		if again && (wait < 0 || float64(wait) > 1.2*float64(p.Longest) || wait < min(p.Wait, p.Longest)*8/10-1) {
			t.Fatalf("it waits %v", wait)
		}
	})
}

func TestPeriods(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	daily := Daily(7, paris)
	for at, want := range map[string]string{
		"2026-11-23T05:59:00Z": "2026-11-22", // 6:59 in Paris: still the day before
		"2026-11-23T06:00:00Z": "2026-11-23",
		"2026-11-23T23:30:00Z": "2026-11-23", // half past midnight in Paris
		"2026-07-01T05:00:00Z": "2026-07-01", // 7:00 in summer
	} {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := daily(now); got != want {
			t.Errorf("%s lies in %s, want %s", at, got, want)
		}
	}
	if a, b := Hourly(time.Date(2026, 1, 1, 10, 59, 0, 0, time.UTC)), Hourly(time.Date(2026, 1, 1, 11, 0, 0, 0, paris)); a != b {
		t.Errorf("one hour has two names: %s, %s", a, b)
	}
}

func TestAbandon(t *testing.T) {
	cause := errors.New("broken")
	err := fmt.Errorf("doing it: %w", Abandon(cause))
	if !IsAbandoned(err) || !errors.Is(err, cause) || IsAbandoned(cause) {
		t.Error("an abandoned failure is not told from another")
	}
}
