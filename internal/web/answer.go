package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/office"
	"entente/internal/store"
	"entente/internal/web/view"
)

// ballotPaper is what the forms of answers to a call are made of.
type ballotPaper struct {
	assembly office.Assembly
	sheet    view.AnswerSheet // with whom the rule of the committee admits in the place of holders
	all      []governance.Attendance
}

// documentFor gives documents to the bearers that an opening lets in.
func (s *Server) documentFor(open opening) handler {
	return func(w http.ResponseWriter, v *visit) error { return s.answerDocument(w, v, open) }
}

// ballotPaper reads the answers to the call of the meeting in the address.
func (v *visit) ballotPaper() (ballotPaper, error) {
	h, err := v.history()
	if err != nil {
		return ballotPaper{}, err
	}
	return ballotPaperOf(v.Context(), v.space, h, v.PathValue("id"))
}

func ballotPaperOf(ctx context.Context, sp *store.Space, h convention.History, meeting string) (ballotPaper, error) {
	var b ballotPaper
	var err error
	if b.assembly, err = office.AssemblyOf(ctx, sp, h, meeting); err != nil {
		return b, err
	}
	b.sheet = view.AnswerSheet{Text: b.assembly.Version.Text, People: b.assembly.People}
	if b.sheet.Chairs, err = b.assembly.Eligible(ctx, sp); err != nil {
		return b, err
	}
	if b.all, err = sp.Attendance(ctx, meeting); err != nil {
		return b, err
	}
	var ids []string
	for _, c := range b.sheet.Chairs {
		for _, person := range c.Substitutes {
			if _, known := b.sheet.People[person]; !known {
				ids = append(ids, person)
			}
		}
	}
	more, err := sp.PeopleByID(ctx, ids...)
	for id, p := range more {
		b.sheet.People[id] = p
	}
	return b, err
}

// answer is the answer of a seat as its present holder is asked; nothing of what somebody before them has said.
func (b *ballotPaper) answer(seat string) governance.Attendance {
	holder := ""
	for _, c := range b.sheet.Chairs {
		if c.Seat == seat {
			holder = c.Holder
		}
	}
	for _, a := range b.all {
		if a.Seat == seat && a.Holder == holder {
			return a
		}
	}
	return governance.Attendance{Meeting: b.assembly.Meeting.ID, Seat: seat, Holder: holder}
}

// form is the form of a seat: as it stands, or as it was typed (f) with what is wrong. What somebody else has answered
// meanwhile is said, and the next press replaces it.
func (b *ballotPaper) form(p *i18n.Printer, a governance.Attendance, f *form, refusal error) view.Form {
	out := view.AnswerForm(p, b.sheet, a, b.all, b.assembly.Committee.Substitution)
	b.refill(&out, a, f, refusal)
	return out
}

func (b *ballotPaper) refill(out *view.Form, a governance.Attendance, f *form, refusal error) {
	if f == nil {
		return
	}
	out.Fields = typed(out.Fields, f)
	for i := range out.Fields {
		if out.Fields[i].Name == view.SeenField {
			out.Fields[i].Value = a.Mark()
		}
	}
	out.Faults, out.Message = explained(refusal)
}

// readReply reads the answer of a seat.
func readReply(f *form, channel governance.Channel, now time.Time) office.Reply {
	r := office.Reply{Seat: f.text(view.SeatField), Answer: governance.Answer(f.text(view.AnswerField)), Substitute: f.text(view.SubstituteField),
		Named: f.text(view.NamedField), ProxyTo: f.text(view.ProxyField), Note: f.prose(view.NoteField), Channel: channel, Seen: f.text(view.SeenField), At: now}
	if len(r.Note) > maxNote {
		f.faults.Add(view.NoteField, "fault.field.too-long", "max", maxNote)
	}
	return r
}

// maxNote bounds what is said with an answer, in bytes.
const maxNote = 2000

// bearer is who answers for seats of theirs: they opened a personal link, or are signed in. The same form and the same rules.
type bearer struct {
	ballotPaper
	linked
	seats   []governance.CalledSeat
	at      string             // address of the page
	channel governance.Channel // by which they answer
	sent    bool               // the call, without which there is nothing to answer
}

// opening finds out who answers.
type opening func(w http.ResponseWriter, v *visit) (bearer, error)

// bearer opens the link in the address. One that is unknown, expired or revoked is NotFound, without difference.
func (s *Server) bearer(w http.ResponseWriter, v *visit) (bearer, error) {
	var b bearer
	var err error
	if b.linked, err = s.openLink(w, v, store.LinkAnswer); err != nil {
		return b, err
	}
	b.at, b.channel = b.path(), governance.ByLink
	return b, b.called(v.Context())
}

// signedIn is whoever is signed in, as the person whom their account is in the space.
func (s *Server) signedIn(_ http.ResponseWriter, v *visit) (bearer, error) {
	b := bearer{linked: linked{space: v.space, place: v.place}, channel: governance.ByAccount, at: view.OwnAnswerHref(v.path(), v.PathValue("id"))}
	b.Subject, b.Person = v.PathValue("id"), v.standing.Person
	var err error
	if b.history, err = v.history(); err != nil {
		return b, err
	}
	if err := b.called(v.Context()); err != nil {
		return b, err
	}
	b.person = b.sheet.People[b.Person]
	b.sent, err = v.space.Called(v.Context(), b.Subject)
	return b, err
}

// called reads the meeting, and the seats for which the bearer is called.
func (b *bearer) called(ctx context.Context) (err error) {
	if b.ballotPaper, err = ballotPaperOf(ctx, b.space, b.history, b.Subject); err != nil {
		return err
	}
	b.sent = true
	for _, c := range governance.Called(b.assembly.Chairs) {
		if c.Person == b.Person {
			b.seats = c.Seats
		}
	}
	return nil
}

// seat finds a seat for which the bearer was called.
func (b *bearer) seat(key string) (governance.CalledSeat, bool) {
	for _, x := range b.seats {
		if x.Seat == key {
			return x, true
		}
	}
	return governance.CalledSeat{}, false
}

// actor is who answers, for the party of the seat, as the journal names them: the bearer, without account; but whoever is signed in, and opened the
// link of somebody else, by their own name.
func (b *bearer) actor(v *visit, party string) store.Actor {
	by := store.Actor{Name: b.person.Name(), For: party, Article: b.assembly.Article()}
	if v.account != nil {
		by.Account, by.Name = v.account.ID, v.account.Name
	}
	return by
}

// closed says why there is nothing to answer any more; nothing while there is.
func (b *bearer) closed() fault.Message {
	switch b.assembly.Meeting.State {
	case governance.Open, governance.Held:
		return fault.Say("answer.closed.open")
	case governance.Cancelled:
		return fault.Say("answer.closed.cancelled")
	}
	if !b.sent {
		return fault.Say("answer.closed.not-sent")
	}
	return fault.Message{}
}

// own tells an answer of somebody who is signed in.
func (b *bearer) own() bool { return b.channel == governance.ByAccount }

// unopened answers what cannot be opened: a link that is dead leads to who makes a new one.
func (s *Server) unopened(w http.ResponseWriter, v *visit, b *bearer, err error) error {
	if b.own() {
		return err
	}
	return s.deadLink(w, v, err)
}

// answerForm is the page on which a bearer answers.
func (s *Server) answerForm(open opening) handler {
	return func(w http.ResponseWriter, v *visit) error {
		b, err := open(w, v)
		if err != nil {
			return s.unopened(w, v, &b, err)
		}
		return s.showAnswer(w, v, http.StatusOK, &b, "", nil, nil)
	}
}

// showAnswer shows the page; the form of one seat comes back as it was typed (f) with why it was refused.
func (s *Server) showAnswer(w http.ResponseWriter, v *visit, status int, b *bearer, seat string, f *form, refusal error) error {
	d := view.AnswerData{Space: b.place.Name, Action: b.at, Own: b.own(), Person: b.person.Name(), Assembly: &b.assembly, Sheet: b.sheet, Closed: b.closed()}
	d.Open = d.Closed.IsZero()
	if seat == "" {
		_, d.Refused = explained(refusal)
	}
	if err := b.read(v.Context(), &d); err != nil {
		return err
	}
	concerns := governance.Concerns(b.sheet.Chairs, b.all)
	for i, x := range b.seats {
		a := view.AnswerSeat{Chair: x.Chair, Substitute: x.Substitute, Attendance: b.answer(x.Seat)}
		for _, c := range concerns {
			if c.Seat == x.Seat {
				a.Concerns = append(a.Concerns, c)
			}
		}
		if d.Open {
			b.offer(v.p, &a)
		}
		if a.Form != nil {
			if x.Seat == seat {
				b.refill(a.Form, a.Attendance, f, refusal)
			}
			a.Form.ID, a.Form.Action = "answer-"+strconv.Itoa(i+1), d.Action
		}
		d.Seats = append(d.Seats, a)
	}
	page := v.page(v.p.T("answer.title"))
	if d.Own {
		page = v.page(v.p.T("answer.title"), v.underMeeting(&b.assembly)...)
	}
	page.Path = d.Action
	s.render(w, v, status, view.AnswerPage(page, d))
	return nil
}

// read fills in what is to be read before the meeting. Who is signed in without a seat of it reads its agenda where it stands.
func (b *bearer) read(ctx context.Context, d *view.AnswerData) error {
	if b.own() && len(b.seats) == 0 {
		return nil
	}
	items, err := b.space.Items(ctx, b.assembly.Meeting.ID)
	if err != nil {
		return err
	}
	d.Items = governance.Compose(governance.Convening{Committee: b.assembly.Committee, Items: items, ByMail: func(string) bool { return false }}).Items
	d.Papers, err = office.DocumentsOf(ctx, b.space, b.assembly.Meeting.ID, items)
	return err
}

// answerLink leads who is called to a meeting to their answer; to nothing where the call was not sent, or nothing is to be answered.
func (v *visit) answerLink(a *office.Assembly, sent bool) []view.Link {
	if !sent || a.Meeting.State != governance.Planned || !a.Admits(v.standing.Person) {
		return nil
	}
	return []view.Link{{Label: v.p.T("answer.title"), Href: view.OwnAnswerHref(v.path(), a.Meeting.ID), Icon: "next"}}
}

// offer gives a seat its form: that of its holder, or that of a substitute where the seat is still to be taken.
func (b *bearer) offer(p *i18n.Printer, a *view.AnswerSeat) {
	if !a.Substitute {
		f := b.form(p, a.Attendance, nil, nil)
		a.Form = &f
		return
	}
	x := a.Attendance
	switch {
	case x.Answer == governance.NoAnswer, x.Answer == governance.WillNotCome, x.Answer == governance.WillBeSubst && x.Substitute == b.Person:
		f := view.StandInForm(p, b.sheet, x, b.Person)
		a.Form = &f
	default:
		a.Said = p.T("answer.stand-in.not-needed")
	}
}

// keepAnswer keeps the answer of one seat of the bearer.
func (s *Server) keepAnswer(open opening) handler {
	return func(w http.ResponseWriter, v *visit) error {
		b, err := open(w, v)
		if err != nil {
			return s.unopened(w, v, &b, err)
		}
		f, err := readForm(v.Request)
		if err != nil {
			return err
		}
		r := readReply(f, b.channel, v.now)
		seat, mine := b.seat(r.Seat)
		switch {
		case !mine:
			return s.refuseAnswer(w, v, open, "", nil, fault.New(fault.Invalid, "fault.answer.no-seat"))
		case !b.sent:
			return s.refuseAnswer(w, v, open, "", nil, fault.New(fault.Invalid, "answer.closed.not-sent"))
		}
		if err = f.err(); err == nil {
			err = b.keep(v.Context(), b.actor(v, seat.Party), seat, r)
		}
		if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
			return s.refuseAnswer(w, v, open, r.Seat, f, err)
		}
		if err != nil {
			return err
		}
		return s.redirect(w, v, b.at, fault.Say("answer.thanks"))
	}
}

// refuseAnswer shows the page as it stands now with what was typed and why it was refused.
func (s *Server) refuseAnswer(w http.ResponseWriter, v *visit, open opening, seat string, f *form, refusal error) error {
	now, err := open(w, v)
	if err != nil {
		return s.unopened(w, v, &now, err)
	}
	return s.showAnswer(w, v, statuses[fault.KindOf(refusal)], &now, seat, f, refusal)
}

// keep keeps what the bearer says for a seat: as its holder, or as who would stand in.
func (b *bearer) keep(ctx context.Context, by store.Actor, seat governance.CalledSeat, r office.Reply) error {
	if !seat.Substitute {
		_, err := office.Answer(ctx, b.space, by, &b.assembly, b.sheet.Chairs, r)
		return err
	}
	if r.Answer != view.StandsIn && r.Answer != view.StandsAside {
		var f fault.Fields
		f.Add(view.AnswerField, "fault.answer.required")
		return f.Err()
	}
	r.Substitute = b.Person
	_, err := office.StandIn(ctx, b.space, by, &b.assembly, b.sheet.Chairs, r, r.Answer == view.StandsIn)
	return err
}

// answerDocument gives one of the documents of the meeting to a bearer. That they were opened is noted the first time, for
// the seats that the bearer holds.
func (s *Server) answerDocument(w http.ResponseWriter, v *visit, open opening) error {
	b, err := open(w, v)
	if err != nil {
		return s.unopened(w, v, &b, err)
	}
	items, err := b.space.Items(v.Context(), b.assembly.Meeting.ID)
	if err != nil {
		return err
	}
	papers, err := office.DocumentsOf(v.Context(), b.space, b.assembly.Meeting.ID, items)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(papers, func(a governance.Attachment) bool { return a.ID == v.PathValue("document") })
	if i < 0 || len(b.seats) == 0 && !(b.own() && v.reads(papers[i].Audience, &b.assembly)) {
		return fault.New(fault.NotFound, "fault.not-found")
	}
	if err := b.noteReading(v); err != nil {
		return err
	}
	return s.serveAttachment(w, v.Request, b.space, papers[i])
}

// noteReading notes that the bearer opened the documents, while the meeting is not closed.
func (b *bearer) noteReading(v *visit) error {
	for _, x := range b.seats {
		if x.Substitute || !b.answer(x.Seat).Read.IsZero() || b.assembly.Meeting.Frozen() {
			continue
		}
		if err := b.space.NoteReading(v.Context(), b.actor(v, x.Party), b.assembly.Meeting.ID, x.Seat); err != nil {
			return err
		}
	}
	return nil
}

// returnLink ends a link that has reached somebody else than the person it was made for. The coordinators see it.
func (s *Server) returnLink(w http.ResponseWriter, v *visit) error {
	b, err := s.bearer(w, v)
	if err != nil {
		return s.deadLink(w, v, err)
	}
	by := store.Actor{Name: i18n.For(letterLanguage).T("answer.somebody")}
	if err := b.space.RevokeLink(v.Context(), by, b.ID); err != nil {
		return err
	}
	page := v.page(v.p.T("answer.returned"))
	page.Path = "/"
	return s.show(w, v, view.LinkReturnedPage(page, b.person.Name()))
}
