package web

import (
	"slices"
	"time"

	"entente/internal/governance"
	"entente/internal/journal"
	"entente/internal/store"
)

// meetingFile is everything that the space keeps of a meeting. What is exported goes into the archive as data.
type meetingFile struct {
	Meeting      governance.Meeting       `json:"meeting"`
	Committee    string                   `json:"committee"`
	People       map[string]string        `json:"people"` // names, by identifier
	Convocations []governance.Convocation `json:"convocations"`
	Agenda       []governance.Item        `json:"agenda"`
	Records      []governance.ItemRecord  `json:"records"`
	Attendance   []governance.Attendance  `json:"attendance"` // with when the documents were first read
	Positions    []governance.Position    `json:"positions"`
	Ballots      []governance.Ballot      `json:"ballots"`
	Decisions    []governance.Decision    `json:"decisions"`
	FollowUps    []governance.FollowUp    `json:"follow_ups"`
	Minutes      *governance.Minutes      `json:"minutes"`
	Comments     []governance.Comment     `json:"comments"`
	Errata       []governance.Erratum     `json:"errata"`
	Documents    []governance.Attachment  `json:"documents"`

	desk    minutesDesk
	sent    []sentMessage
	links   []store.Link
	entries []journal.Entry // about the meeting, oldest first
	head    journal.Head
}

// sentMessage tells of a message without its address and its text, which holds a personal link.
type sentMessage struct {
	ID     string                 `json:"id"`
	Kind   governance.MessageKind `json:"kind"`
	Person string                 `json:"person"`
	Title  string                 `json:"title"`
	At     time.Time              `json:"at"`
	ByMail bool                   `json:"by_mail"`
}

// meetingFile reads everything that the space keeps of the meeting in the address, in a fixed number of queries.
func (v *visit) meetingFile() (d meetingFile, err error) {
	if d.desk, err = v.minutesDesk(); err != nil {
		return d, err
	}
	d.Meeting, d.Committee, d.Attendance = d.desk.assembly.Meeting, d.desk.assembly.Name(), d.desk.seats
	d.Minutes, d.Comments, d.Errata = d.desk.kept, d.desk.comments, d.desk.errata
	ctx, sp, id := v.Context(), v.space, d.Meeting.ID
	for _, read := range []func() error{
		func() (e error) { d.Convocations, e = sp.Convocations(ctx, id); return e },
		func() (e error) { d.Agenda, e = sp.Items(ctx, id); return e },
		func() (e error) { d.Records, e = sp.ItemRecords(ctx, id); return e },
		func() (e error) { d.Positions, e = sp.Positions(ctx, id); return e },
		func() (e error) { d.Ballots, e = sp.Ballots(ctx, id); return e },
		func() (e error) { d.Decisions, e = sp.DecisionsOf(ctx, id); return e },
		func() (e error) { d.FollowUps, e = sp.FollowUpsOf(ctx, id); return e },
		func() error { return d.readDocuments(v) },
		func() error { return d.readSent(v) },
		func() (e error) { d.head, e = v.journalHead(); return e },
		func() error { return d.readJournal(v) },
		func() error { return d.name(v) },
	} {
		if err := read(); err != nil {
			return d, err
		}
	}
	return d, nil
}

// readDocuments finds what is attached to the meeting, to the items of its agenda and to its minutes, working papers included.
func (d *meetingFile) readDocuments(v *visit) error {
	own, err := v.space.Attachments(v.Context(), governance.OwnerMeeting, d.Meeting.ID)
	if err != nil {
		return err
	}
	d.Documents = own
	ofMinutes, err := v.space.Attachments(v.Context(), governance.OwnerMinutes, d.Meeting.ID)
	if err != nil {
		return err
	}
	var ids []string
	for _, i := range d.Agenda {
		ids = append(ids, i.ID)
	}
	of, err := v.space.AttachmentsByOwner(v.Context(), governance.OwnerAgendaItem, ids...)
	for _, id := range ids {
		d.Documents = append(d.Documents, of[id]...)
	}
	d.Documents = append(d.Documents, ofMinutes...)
	return err
}

func (d *meetingFile) readSent(v *visit) error {
	list, err := v.space.MessagesAbout(v.Context(), d.Meeting.ID)
	for _, m := range list {
		d.sent = append(d.sent, sentMessage{ID: m.ID, Kind: m.Kind, Person: m.Person, Title: m.Title, At: m.At, ByMail: m.Email != ""})
	}
	if err != nil {
		return err
	}
	for _, kind := range []store.LinkKind{store.LinkAnswer, store.LinkComment} {
		links, err := v.space.Links(v.Context(), kind, d.Meeting.ID)
		if err != nil {
			return err
		}
		d.links = append(d.links, links...)
	}
	return nil
}

// keys are the identifiers of everything that the journal may tell of the meeting.
func (d *meetingFile) keys() []string {
	out := []string{d.Meeting.ID}
	for _, x := range d.Convocations {
		out = append(out, x.ID)
	}
	for _, x := range d.Agenda {
		out = append(out, x.ID)
	}
	for _, x := range d.Attendance {
		out = append(out, x.ID)
	}
	for _, x := range d.Positions {
		out = append(out, x.ID)
	}
	for _, x := range d.Ballots {
		out = append(out, x.ID)
	}
	for _, x := range d.Decisions {
		out = append(out, x.ID)
	}
	for _, x := range d.FollowUps {
		out = append(out, x.ID)
	}
	for _, x := range d.Comments {
		out = append(out, x.ID)
	}
	for _, x := range d.Errata {
		out = append(out, x.ID)
	}
	for _, x := range d.Documents {
		out = append(out, x.ID)
	}
	for _, x := range d.sent {
		out = append(out, x.ID)
	}
	for _, x := range d.links {
		out = append(out, x.ID)
	}
	return out
}

// readJournal reads the entries about the meeting up to the head, oldest first.
func (d *meetingFile) readJournal(v *visit) error {
	f := store.JournalFilter{Keys: d.keys(), Before: d.head.Seq + 1, Limit: store.MaxPageSize}
	for {
		list, err := v.space.JournalEntries(v.Context(), f)
		if err != nil {
			return err
		}
		d.entries = append(d.entries, list...)
		if len(list) < store.MaxPageSize {
			break
		}
		f.Before = list[len(list)-1].Seq
	}
	slices.Reverse(d.entries)
	return nil
}

// name finds the names of everybody whom the data name by identifier.
func (d *meetingFile) name(v *visit) error {
	var ids []string
	for _, c := range d.Convocations {
		for _, r := range c.Manifest.Recipients {
			ids = appendNew(ids, r.Person)
		}
	}
	for _, a := range d.Attendance {
		ids = appendNew(appendNew(appendNew(ids, a.Holder), a.Substitute), a.Sitter)
	}
	for _, u := range d.FollowUps {
		ids = appendNew(ids, u.Person)
	}
	for _, c := range d.Comments {
		ids = appendNew(ids, c.Person)
	}
	for _, m := range d.sent {
		ids = appendNew(ids, m.Person)
	}
	people, err := v.space.PeopleByID(v.Context(), ids...)
	d.People = make(map[string]string, len(people))
	for id, p := range people {
		d.People[id] = p.Name()
	}
	return err
}
