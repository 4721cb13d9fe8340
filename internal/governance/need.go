package governance

import "entente/internal/fault"

// NeedState is how one thing that a meeting needs stands. The words for people stand in the catalogues under "readiness.".
type NeedState string

// The states of what a meeting needs.
const (
	Ready    NeedState = "ready"
	Partly   NeedState = "partly"  // begun, and something is missing or has changed since
	NotReady NeedState = "not-yet" // to do
	Overdue  NeedState = "overdue" // to do, and its deadline has passed
)

// Need is one thing that a meeting needs before it is held.
type Need struct {
	Key   string // "date", "place", "agenda", "documents", "convocation", "answers"
	State NeedState
	Words fault.Message
}

// Preparation is what is known of a meeting that is being prepared.
type Preparation struct {
	Meeting  Meeting
	Items    int
	Files    int      // documents, of the meeting and of its items
	Sent     int      // convocations
	Outdated []string // what differs from the last of them
	Seats    int      // called
	Answers  int
	Late     map[DeadlineKind]bool // deadlines that have passed
}

// Needs lists what the meeting needs, in the order in which it is prepared.
func (x Preparation) Needs() []Need {
	return []Need{x.date(), x.place(), x.agenda(), x.documents(), x.convocation(), x.answers()}
}

func (x Preparation) date() Need {
	n := Need{"date", Ready, fault.Say("readiness.words.date")}
	if x.Meeting.Time == "" {
		n.State, n.Words = Partly, fault.Say("readiness.words.no-hour")
	}
	return n
}

func (x Preparation) place() Need {
	n := Need{"place", Ready, fault.Say("readiness.words.place")}
	if x.Meeting.Place == "" && x.Meeting.Remote == "" {
		n.State, n.Words = NotReady, fault.Say("readiness.words.no-place")
	}
	return n
}

func (x Preparation) agenda() Need {
	if x.Items == 0 {
		return Need{"agenda", x.due(ConvocationDue), fault.Say("readiness.words.no-item")}
	}
	return Need{"agenda", Ready, fault.Say("readiness.words.items", "count", x.Items)}
}

// documents are wanted by their deadline, but a meeting may well have none: without any the need stays open, never overdue.
func (x Preparation) documents() Need {
	if x.Files == 0 {
		return Need{"documents", NotReady, fault.Say("readiness.words.no-document")}
	}
	return Need{"documents", Ready, fault.Say("readiness.words.documents", "count", x.Files)}
}

func (x Preparation) convocation() Need {
	switch {
	case x.Sent == 0:
		return Need{"convocation", x.due(ConvocationDue), fault.Say("readiness.words.not-sent")}
	case len(x.Outdated) > 0:
		return Need{"convocation", Partly, fault.Say("readiness.words.outdated")}
	}
	return Need{"convocation", Ready, fault.Say("readiness.words.sent", "count", x.Sent)}
}

func (x Preparation) answers() Need {
	n := Need{"answers", Ready, fault.Say("readiness.words.answers", "count", x.Answers, "total", x.Seats)}
	switch {
	case x.Sent == 0 && x.Answers == 0:
		n.State, n.Words = NotReady, fault.Say("readiness.words.no-answer")
	case x.Answers < x.Seats:
		n.State = Partly
	}
	return n
}

// due is the state of something that is not there, by whether its deadline has passed.
func (x Preparation) due(kind DeadlineKind) NeedState {
	if x.Late[kind] {
		return Overdue
	}
	return NotReady
}
