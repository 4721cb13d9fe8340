package office

import (
	"context"
	"time"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
)

// Sitting is a meeting with everything that is kept while it sits.
type Sitting struct {
	Assembly
	Seq        int64 // end of the journal when the sitting was read: whatever came later is not in it
	Called     bool  // a convocation went out
	Agenda     []governance.Item
	Kept       map[string]governance.ItemRecord // by item
	Attendance []governance.Attendance
	Positions  []governance.Position
	Ballots    []governance.Ballot
	FollowUps  []governance.FollowUp
	Proposals  map[string]governance.Proposal // that the agenda decides on
	Roll       governance.Roll                // of the whole meeting
	Now        governance.Roll                // at the hour at which it was read
}

// ReadSitting reads a sitting as it stands at an instant, in a fixed number of queries.
func ReadSitting(ctx context.Context, sp *store.Space, h convention.History, meeting string, now time.Time) (Sitting, error) {
	var s Sitting
	var err error
	if s.Seq, err = sp.JournalEnd(ctx); err != nil {
		return s, err
	}
	if s.Assembly, err = AssemblyOf(ctx, sp, h, meeting); err != nil {
		return s, err
	}
	if err = s.read(ctx, sp); err != nil {
		return s, fault.Wrap(err, "office.sitting", meeting)
	}
	if s.Meeting.Frozen() {
		s.Chairs = governance.FrozenChairs(s.Chairs, s.Attendance)
	}
	s.Roll = governance.CallRoll(s.Committee, s.Chairs, s.Attendance, "")
	s.Now = s.Roll
	if s.Meeting.State == governance.Open && calendar.On(now, calendar.Paris) == s.Meeting.Day {
		s.Now = governance.CallRoll(s.Committee, s.Chairs, s.Attendance, governance.HourOf(now))
	}
	return s, fault.Wrap(s.meet(ctx, sp), "office.sitting", meeting)
}

// maxSittings bounds how many sittings are kept, some hundred kilobytes each: those that sit at one time.
const maxSittings = 16

// Hall gives sittings to those who watch them, and keeps each until its space changes: twenty who watch read what one reads.
type Hall struct{ kept *memory[seated, Sitting] }

type seated struct{ space, meeting, hour string } // the hour tells who is there by then

// NewHall makes one, to be shared by all who watch.
func NewHall() *Hall { return &Hall{kept: newMemory[seated, Sitting](maxSittings)} }

// Read is ReadSitting. What it gives is not to be changed.
func (l *Hall) Read(ctx context.Context, sp *store.Space, h convention.History, meeting string, now time.Time) (Sitting, error) {
	head, err := sp.JournalHead(ctx)
	if err != nil {
		return Sitting{}, fault.Wrap(err, "office.sitting", meeting)
	}
	key := seated{sp.ID(), meeting, calendar.On(now, calendar.Paris).String() + " " + governance.HourOf(now)}
	return l.kept.of(ctx, key, head, func(ctx context.Context) (Sitting, error) { return ReadSitting(ctx, sp, h, meeting, now) })
}

// read fills in what is kept of the meeting.
func (s *Sitting) read(ctx context.Context, sp *store.Space) (err error) {
	id := s.Meeting.ID
	if s.Called, err = sp.Called(ctx, id); err != nil {
		return err
	}
	if s.Agenda, err = sp.Items(ctx, id); err != nil {
		return err
	}
	records, err := sp.ItemRecords(ctx, id)
	if err != nil {
		return err
	}
	s.Kept = make(map[string]governance.ItemRecord, len(records))
	for _, r := range records {
		s.Kept[r.ID] = r
	}
	if s.Attendance, err = sp.Attendance(ctx, id); err != nil {
		return err
	}
	if s.Positions, err = sp.Positions(ctx, id); err != nil {
		return err
	}
	if s.Ballots, err = sp.Ballots(ctx, id); err != nil {
		return err
	}
	if s.FollowUps, err = sp.FollowUpsOf(ctx, id); err != nil {
		return err
	}
	s.Proposals, err = sp.ProposalsByID(ctx, s.decidedOn()...)
	return err
}

// decidedOn are the proposals of the agenda, each once.
func (s *Sitting) decidedOn() []string {
	var out []string
	seen := map[string]bool{"": true}
	for _, i := range s.Agenda {
		if !seen[i.Proposal] {
			seen[i.Proposal] = true
			out = append(out, i.Proposal)
		}
	}
	return out
}

// meet reads the people whom the assembly does not know yet: who sat in the place of others, and who has something to do.
func (s *Sitting) meet(ctx context.Context, sp *store.Space) error {
	var missing []string
	seen := map[string]bool{"": true}
	need := func(ids ...string) {
		for _, id := range ids {
			if _, known := s.People[id]; !known && !seen[id] {
				seen[id] = true
				missing = append(missing, id)
			}
		}
	}
	for _, a := range s.Attendance {
		need(a.Holder, a.Sitter, a.Substitute)
	}
	for _, u := range s.FollowUps {
		need(u.Person)
	}
	if len(missing) == 0 {
		return nil
	}
	more, err := sp.PeopleByID(ctx, missing...)
	if s.People == nil {
		s.People = map[string]directory.Person{}
	}
	for id, p := range more {
		s.People[id] = p
	}
	return err
}

// Item finds an item of the agenda.
func (s *Sitting) Item(id string) (governance.Item, bool) {
	for _, i := range s.Agenda {
		if i.ID == id {
			return i, true
		}
	}
	return governance.Item{}, false
}

// Reads is an outcome of an item as the register will have it: an opinion where the committee does not settle the proposal.
func (s *Sitting) Reads(i governance.Item, o governance.Outcome) governance.Outcome {
	p, known := s.Proposals[i.Proposal]
	if !known || s.Version == nil || governance.MaySettle(s.Version.Text, p.Subject, s.Meeting.Committee) {
		return o
	}
	return o.AsOpinion()
}

// Record is what is kept of an item; a blank one where nothing is.
func (s *Sitting) Record(item string) governance.ItemRecord {
	r, known := s.Kept[item]
	if !known {
		r = governance.ItemRecord{ID: item, Meeting: s.Meeting.ID, State: governance.Waiting}
	}
	return r
}

// Seat is what is known of a seat at the meeting; a blank record where nothing is.
func (s *Sitting) Seat(key string) (governance.Attendance, bool) {
	t := s.Roll.Of(key)
	if t == nil {
		return governance.Attendance{}, false
	}
	a := t.Record
	a.Meeting = s.Meeting.ID
	return a, true
}

// BeginSitting opens a sitting that was read at a version.
func BeginSitting(ctx context.Context, sp *store.Space, by store.Actor, meeting string, version int64, now time.Time) error {
	_, err := sp.UpdateMeeting(ctx, by, meeting, version, func(m *governance.Meeting) error {
		return m.Begin(calendar.On(now, calendar.Paris), now)
	})
	return err
}

// TurnTo makes an item the current one of an open sitting, or ends the last one where item is empty. From is the item that was
// current when who asks looked; where it is another by now, somebody else has turned the page, and nothing changes.
func TurnTo(ctx context.Context, sp *store.Space, by store.Actor, meeting, from, item string, now time.Time) error {
	return sp.Together(ctx, func(sp *store.Space) error {
		if err := mustBeOpen(ctx, sp, meeting); err != nil {
			return err
		}
		records, err := sp.ItemRecords(ctx, meeting)
		if err != nil {
			return err
		}
		kept := make(map[string]governance.ItemRecord, len(records))
		for _, r := range records {
			kept[r.ID] = r
		}
		if governance.CurrentItem(kept) != from {
			return fault.New(fault.Conflict, "sitting.page-turned")
		}
		for _, changed := range governance.TurnTo(item, kept, now) {
			_, err := sp.KeepItemRecord(ctx, by, changed.ID, changed.Version, func(r *governance.ItemRecord) error {
				r.State, r.Started, r.Seconds, r.Ended = changed.State, changed.Started, changed.Seconds, changed.Ended
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// mustBeOpen refuses to keep anything of a sitting that has not begun or is over.
func mustBeOpen(ctx context.Context, sp *store.Space, meeting string) error {
	m, err := sp.Meeting(ctx, meeting)
	if err == nil && m.State != governance.Open {
		err = fault.New(fault.Invalid, "sitting.not-open")
	}
	return err
}

// KeepOpen runs a change of a sitting in one transaction, and refuses it where the sitting is not open.
func KeepOpen(ctx context.Context, sp *store.Space, meeting string, change func(*store.Space) error) error {
	return sp.Together(ctx, func(sp *store.Space) error {
		if err := mustBeOpen(ctx, sp, meeting); err != nil {
			return err
		}
		return change(sp)
	})
}
