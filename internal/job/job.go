// Package job says what work in the background is: its states, when it is tried again, and in which period periodic work is
// due. It reads no clock and keeps nothing: package store keeps jobs, package runner does them.
//
// The invariant that it owns: of one kind and key there is one job, so that work that was asked for twice is done once.
package job

import (
	"encoding/json"
	"errors"
	"time"
)

// Spec is work that is asked for.
type Spec struct {
	Kind    string
	Key     string          // of two jobs of one kind with the same key in one space the second is not kept; empty: each is another
	Payload json.RawMessage // what the work needs; thrown away once it is over. Nil for nothing
	After   time.Duration   // how long it waits at least
}

// State is how a job stands.
type State string

// The states. Running and Waiting are the only ones that end by themselves.
const (
	Waiting   State = "waiting" // for its time, the first or another
	Running   State = "running" // by a node, for as long as its lease lasts
	Done      State = "done"
	SetAside  State = "set-aside" // it failed too often: somebody has to look
	Cancelled State = "cancelled"
)

// Job is work that is kept.
type Job struct {
	Space    string // identifier; empty for the installation
	ID       string
	Kind     string
	Key      string
	Payload  json.RawMessage
	State    State
	RunAt    time.Time
	Attempts int       // begun, this one included while it runs
	Error    string    // of the last attempt that failed, for whoever keeps the installation
	Failed   time.Time // when that was; zero where none has failed
	Until    time.Time // end of the lease while it runs
	Progress Progress
	Stop     bool // somebody asked to stop it
	Created  time.Time
	Finished time.Time // zero while it is not over
}

// Progress is how far a job has come.
type Progress struct {
	Count, Total int64  // Total 0: it is not known how much there is
	Word         string // key of a sentence that says what is being done, or what came of it; may be empty
}

// Over tells that nothing will happen to the job by itself.
func (j Job) Over() bool { return j.State != Waiting && j.State != Running }

// Policy is how often a kind of job is tried, and how long it waits in between: Wait after the first failure, twice as
// long after each other one, at most Longest.
type Policy struct {
	Attempts int
	Wait     time.Duration
	Longest  time.Duration
}

// Usual is the policy of work that talks to nobody outside.
var Usual = Policy{Attempts: 6, Wait: 15 * time.Second, Longest: time.Hour}

// Next tells how long to wait after so many failures, and whether to try again at all. Chance lies in [0,1) and spreads
// the waits by a fifth either way, so that what failed together is not tried again together.
func (p Policy) Next(failures int, chance float64) (time.Duration, bool) {
	if failures >= p.Attempts {
		return 0, false
	}
	wait := p.Longest
	if shift := failures - 1; shift < 32 && p.Wait<<shift > 0 {
		wait = min(p.Longest, p.Wait<<max(shift, 0))
	}
	return time.Duration(float64(wait) * (0.8 + 0.4*chance)), true
}

// abandoned marks a failure that no other attempt would mend.
type abandoned struct{ err error }

func (a abandoned) Error() string { return a.err.Error() }
func (a abandoned) Unwrap() error { return a.err }

// Abandon marks an error as one that no other attempt would mend: the job is set aside at once.
func Abandon(err error) error { return abandoned{err} }

// IsAbandoned tells whether an error was marked by Abandon.
func IsAbandoned(err error) bool {
	var a abandoned
	return errors.As(err, &a)
}
