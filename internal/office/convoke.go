package office

import (
	"context"
	"slices"
	"time"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
)

// Letter is one message about the call to a meeting, before its words.
type Letter struct {
	Kind     governance.MessageKind
	Assembly *Assembly
	Manifest governance.Manifest // what was sent, or is being sent
	Changes  []fault.Message     // since the call before; a message about a person carries their identifier
	Person   directory.Person
	Call     governance.Call // their seats; none where they are not called any more
	Secret   string          // of their personal link; empty where they get none
	Link     string          // its identifier
	Renewed  bool            // they lost the one that they had
	By       store.Actor
}

// Writer finds the words of a letter.
type Writer func(Letter) (title, body string)

// Convoking is who calls to which meeting, when, and in whose words.
type Convoking struct {
	History convention.History
	Meeting string
	By      store.Actor
	Now     time.Time
	Write   Writer
}

// Call is the call to a meeting as it stands: what would be sent, what was sent, what lies between the two.
type Call struct {
	Assembly
	Items     []governance.Item
	Documents []governance.Attachment // that those who are called may read
	Manifest  governance.Manifest
	Readiness governance.Readiness
	Sent      []governance.Convocation // first to last
	Recalled  bool                     // its cancellation was announced after the last of them
	Changes   []fault.Message          // since the last of them; none where nothing was sent
}

// Last is what was sent last; nil where nothing was.
func (c *Call) Last() *governance.Convocation {
	if len(c.Sent) == 0 {
		return nil
	}
	return &c.Sent[len(c.Sent)-1]
}

// CallOf reads the call to a meeting in a fixed number of queries; who is the party on whose behalf it would be sent, empty where none.
func CallOf(ctx context.Context, sp *store.Space, h convention.History, meeting, who string, today calendar.Date) (Call, error) {
	var c Call
	var err error
	if c.Assembly, err = AssemblyOf(ctx, sp, h, meeting); err != nil {
		return c, err
	}
	if c.Items, err = sp.Items(ctx, meeting); err != nil {
		return c, err
	}
	if c.Documents, err = DocumentsOf(ctx, sp, meeting, c.Items); err != nil {
		return c, err
	}
	if c.Sent, err = sp.Convocations(ctx, meeting); err != nil {
		return c, err
	}
	custom, err := sp.Custom(ctx, c.Committee.ID)
	if err != nil {
		return c, err
	}
	if c.Recalled, err = c.recalled(ctx, sp); err != nil {
		return c, err
	}
	if err := c.recall(ctx, sp); err != nil {
		return c, err
	}
	x := governance.Convening{Meeting: c.Meeting, Name: c.Name(), Text: c.Version.Text, Committee: c.Committee, Custom: custom, By: who, Today: today,
		Chairs: c.Chairs, Items: c.Items, ByMail: func(person string) bool { return c.People[person].Email != "" }}
	for _, d := range c.Documents {
		x.Documents = append(x.Documents, governance.ManifestDocument{ID: d.ID, Name: d.Name, Size: d.Size, Digest: d.Digest})
	}
	if last := c.Last(); last != nil {
		x.Earlier = &last.Manifest
	}
	c.Manifest = governance.Compose(x)
	c.Readiness = governance.Complete(x, c.Manifest)
	if x.Earlier != nil {
		c.Changes = governance.Differences(*x.Earlier, c.Manifest)
	}
	if c.Recalled && c.Meeting.State == governance.Planned {
		c.Changes = append([]fault.Message{fault.Say("convocation.change.reinstated")}, c.Changes...)
	}
	return c, nil
}

// recall adds to the people of the meeting those who were called before and do not sit in it any more.
func (c *Call) recall(ctx context.Context, sp *store.Space) error {
	last := c.Last()
	if last == nil {
		return nil
	}
	var ids []string
	for _, r := range last.Manifest.Recipients {
		if _, known := c.People[r.Person]; !known {
			ids = append(ids, r.Person)
		}
	}
	gone, err := sp.PeopleByID(ctx, ids...)
	for id, p := range gone {
		c.People[id] = p
	}
	return err
}

// DocumentsOf lists what those who are called to a meeting may read, in two queries: its own documents, then those of the items of its agenda. What
// is for the coordinators alone is left out.
func DocumentsOf(ctx context.Context, sp *store.Space, meeting string, items []governance.Item) ([]governance.Attachment, error) {
	list, err := sp.Attachments(ctx, governance.OwnerMeeting, meeting)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, i := range items {
		if i.Audience != governance.ForCoordinators {
			ids = append(ids, i.ID)
		}
	}
	ofItems, err := sp.AttachmentsByOwner(ctx, governance.OwnerAgendaItem, ids...)
	for _, id := range ids {
		list = append(list, ofItems[id]...)
	}
	return slices.DeleteFunc(list, func(a governance.Attachment) bool { return a.Audience == governance.ForCoordinators }), err
}

// Name is the name of the committee that meets, with that of its technical committee.
func (a *Assembly) Name() string {
	if a.Panel != nil {
		return a.Committee.Name + " – " + a.Panel.Name
	}
	return a.Committee.Name
}

// Article is the reference of the clause that sets up the committee.
func (a *Assembly) Article() string { return a.Committee.Place.Ref }

// recalled tells whether a cancellation was announced after the last call.
func (c *Call) recalled(ctx context.Context, sp *store.Space) (bool, error) {
	last := c.Last()
	if last == nil {
		return false, nil
	}
	page, err := sp.Messages(ctx, store.MessageFilter{Kind: governance.MessageCancellation, Subject: c.Meeting.ID, Paging: store.Paging{Limit: 1}})
	return err == nil && len(page.Items) > 0 && !page.Items[0].At.Before(last.Sent), err
}

// Convoke sends the call to a meeting in one transaction: it freezes what is said, asks every seat, gives each person called
// a new personal link, and writes to each. Seen is the digest of what the sender has read; where it would be another by now
// the error is a Conflict, and nothing is sent.
func Convoke(ctx context.Context, sp *store.Space, c Convoking, seen string) (made governance.Convocation, err error) {
	err = sp.Together(ctx, func(sp *store.Space) error {
		call, err := c.call(ctx, sp)
		if err != nil {
			return err
		}
		if err := call.refusal(seen); err != nil {
			return err
		}
		kind := governance.MessageConvocation
		if len(call.Sent) > 0 {
			kind = governance.MessageChange
		}
		if made, err = sp.CreateConvocation(ctx, c.By, call.Meeting.ID, call.Manifest); err != nil {
			return err
		}
		if err := c.ask(ctx, sp, &call); err != nil {
			return err
		}
		if err := c.write(ctx, sp, &call, kind, governance.Called(call.Chairs), false); err != nil {
			return err
		}
		return c.release(ctx, sp, &call)
	})
	return made, fault.Wrap(err, "office.convoke", c.Meeting)
}

func (c Convoking) call(ctx context.Context, sp *store.Space) (Call, error) {
	return CallOf(ctx, sp, c.History, c.Meeting, c.By.For, calendar.On(c.Now, calendar.Paris))
}

// refusal says why the call is not sent; nil where it may be.
func (c *Call) refusal(seen string) error {
	switch {
	case !c.Readiness.Ready():
		return &fault.Error{Kind: fault.Invalid, Message: c.Readiness.Missing[0]}
	case len(c.Sent) > 0 && len(c.Changes) == 0:
		return fault.New(fault.Invalid, "convocation.refused.same")
	case c.Manifest.SHA256() != seen:
		return fault.New(fault.Conflict, "convocation.refused.changed")
	}
	return nil
}

// ask opens the attendance of every seat that is held. What was answered stays while the meeting stands where it was and the
// seat with whom it was; else it is asked again.
func (c Convoking) ask(ctx context.Context, sp *store.Space, call *Call) error {
	known, err := attendanceBySeat(ctx, sp, c.Meeting)
	if err != nil {
		return err
	}
	for _, chair := range call.Chairs {
		if chair.Holder == "" {
			continue
		}
		a, there := known[chair.Seat]
		if there && a.Holder == chair.Holder && !a.Stale(call.Meeting) {
			continue
		}
		if !there {
			a = governance.Attendance{Meeting: c.Meeting, Seat: chair.Seat, Party: chair.Party, Holder: chair.Holder}
		}
		if _, err := sp.KeepAttendance(ctx, c.By, a, func(x *governance.Attendance) error {
			*x = askedOf(*x, chair)
			if x.Stale(call.Meeting) {
				*x = x.Ask()
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// askedOf is the attendance of a seat as its present holder is asked: nothing of what another has said.
func askedOf(a governance.Attendance, chair governance.Chair) governance.Attendance {
	if a.Holder == chair.Holder {
		return a
	}
	return governance.Attendance{ID: a.ID, Version: a.Version, Meeting: a.Meeting, Seat: a.Seat, Party: chair.Party, Holder: chair.Holder}
}

func attendanceBySeat(ctx context.Context, sp *store.Space, meeting string) (map[string]governance.Attendance, error) {
	list, err := sp.Attendance(ctx, meeting)
	out := make(map[string]governance.Attendance, len(list))
	for _, a := range list {
		out[a.Seat] = a
	}
	return out, err
}

// write writes to people who are called, each with a new link in the place of the one that they had.
func (c Convoking) write(ctx context.Context, sp *store.Space, call *Call, kind governance.MessageKind, to []governance.Call, renewed bool) error {
	open, err := c.openLinks(ctx, sp)
	if err != nil {
		return err
	}
	for _, x := range to {
		if err := c.revoke(ctx, sp, open[x.Person]); err != nil {
			return err
		}
		secret, link, err := sp.IssueLink(ctx, c.By, store.Link{Kind: store.LinkAnswer, Subject: c.Meeting, Person: x.Person}, c.life(call.Meeting.Day))
		if err != nil {
			return err
		}
		if err := c.post(ctx, sp, Letter{Kind: kind, Assembly: &call.Assembly, Manifest: call.Manifest, Changes: call.Changes,
			Person: call.People[x.Person], Call: x, Secret: secret, Link: link.ID, Renewed: renewed, By: c.By}); err != nil {
			return err
		}
	}
	return nil
}

// life is how long a link made now serves: to the end of the day of the meeting, in Paris.
func (c Convoking) life(day calendar.Date) time.Duration {
	end := day.AddDays(1)
	return time.Date(end.Year(), end.Month(), end.Day(), 0, 0, 0, 0, calendar.Paris).Sub(c.Now)
}

func (c Convoking) openLinks(ctx context.Context, sp *store.Space) (map[string][]store.Link, error) {
	list, err := sp.Links(ctx, store.LinkAnswer, c.Meeting)
	out := map[string][]store.Link{}
	for _, l := range list {
		if l.Open(c.Now) {
			out[l.Person] = append(out[l.Person], l)
		}
	}
	return out, err
}

func (c Convoking) revoke(ctx context.Context, sp *store.Space, links []store.Link) error {
	for _, l := range links {
		if err := sp.RevokeLink(ctx, c.By, l.ID); err != nil {
			return err
		}
	}
	return nil
}

func (c Convoking) post(ctx context.Context, sp *store.Space, l Letter) error {
	title, body := c.Write(l)
	_, err := sp.CreateMessage(ctx, c.By, governance.Message{Kind: l.Kind, Subject: c.Meeting, Person: l.Person.ID, Email: l.Person.Email, Title: title, Body: body, Link: l.Link})
	return err
}

// release tells those who were called before and are not any more, and ends their links.
func (c Convoking) release(ctx context.Context, sp *store.Space, call *Call) error {
	last := call.Last()
	if last == nil {
		return nil
	}
	gone := map[string]bool{}
	for _, r := range last.Manifest.Recipients {
		gone[r.Person] = true
	}
	for _, r := range call.Manifest.Recipients {
		delete(gone, r.Person)
	}
	return c.tell(ctx, sp, call, governance.MessageChange, last.Manifest, func(person string) bool { return gone[person] })
}

// tell writes without a link to those who were sent a manifest and pass the test, and ends their links. Somebody whose data
// were erased since is passed over.
func (c Convoking) tell(ctx context.Context, sp *store.Space, call *Call, kind governance.MessageKind, m governance.Manifest, to func(person string) bool) error {
	var ids []string
	for _, r := range m.Recipients {
		if to(r.Person) && (len(ids) == 0 || ids[len(ids)-1] != r.Person) {
			ids = append(ids, r.Person)
		}
	}
	people, err := sp.PeopleByID(ctx, ids...)
	if err != nil {
		return err
	}
	open, err := c.openLinks(ctx, sp)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := c.revoke(ctx, sp, open[id]); err != nil {
			return err
		}
		if _, err := sp.Erasure(ctx, id); err == nil {
			continue
		}
		if err := c.post(ctx, sp, Letter{Kind: kind, Assembly: &call.Assembly, Manifest: m, Person: people[id], By: c.By}); err != nil {
			return err
		}
	}
	return nil
}

// Remind writes again to those who were called for seats of their own and have not answered, each with a new link, and tells
// how many they are. A person chosen is written to whatever they have answered: their link was lost.
func Remind(ctx context.Context, sp *store.Space, c Convoking, person string) (count int, err error) {
	err = sp.Together(ctx, func(sp *store.Space) error {
		call, err := c.call(ctx, sp)
		if err != nil {
			return err
		}
		if err := call.remindable(person, c.life(call.Meeting.Day) <= 0); err != nil {
			return err
		}
		known, err := attendanceBySeat(ctx, sp, c.Meeting)
		if err != nil {
			return err
		}
		to := Reminded(call.Chairs, known, person)
		if count = len(to); count == 0 {
			return fault.New(fault.Invalid, "convocation.refused.answered")
		}
		call.Manifest, call.Changes = call.Last().Manifest, nil
		return c.write(ctx, sp, &call, governance.MessageReminder, to, person != "")
	})
	return count, fault.Wrap(err, "office.remind", c.Meeting)
}

func (c *Call) remindable(person string, over bool) error {
	switch {
	case c.Last() == nil || c.Recalled:
		return fault.New(fault.Invalid, "convocation.refused.unsent")
	case c.Meeting.State != governance.Planned:
		return fault.New(fault.Invalid, "convocation.missing.state")
	case over:
		return fault.New(fault.Invalid, "convocation.missing.past")
	case c.Meeting.Day != c.Last().Manifest.Day || person == "" && len(c.Changes) > 0:
		return fault.New(fault.Invalid, "convocation.refused.send-first")
	}
	return nil
}

// Reminded are those who have not answered for a seat of theirs, or the person chosen.
func Reminded(chairs []governance.Chair, known map[string]governance.Attendance, person string) []governance.Call {
	var out []governance.Call
	for _, x := range governance.Called(chairs) {
		waits := x.Person == person
		for _, s := range x.Held() {
			a := known[s.Seat]
			waits = waits || person == "" && (!a.Declared() || a.Holder != x.Person)
		}
		if waits {
			out = append(out, x)
		}
	}
	return out
}

// Cancel cancels a planned meeting that was read at a version, and tells those who were called to it. A meeting that is
// cancelled already is only announced, once.
func Cancel(ctx context.Context, sp *store.Space, c Convoking, version int64, reason string) error {
	err := sp.Together(ctx, func(sp *store.Space) error {
		call, err := c.call(ctx, sp)
		if err != nil {
			return err
		}
		switch {
		case call.Meeting.State == governance.Planned:
			call.Meeting, err = sp.UpdateMeeting(ctx, c.By, c.Meeting, version, func(m *governance.Meeting) error {
				m.State, m.Reason = governance.Cancelled, reason
				return nil
			})
			if err != nil {
				return err
			}
		case call.Meeting.State != governance.Cancelled || call.Recalled:
			return fault.New(fault.Invalid, "convocation.refused.cancelled")
		}
		call.Assembly.Meeting = call.Meeting
		last := call.Last()
		if last == nil {
			return nil
		}
		return c.tell(ctx, sp, &call, governance.MessageCancellation, last.Manifest, func(string) bool { return true })
	})
	return fault.Wrap(err, "office.cancel", c.Meeting)
}
