package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"entente/internal/authority"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/office"
	"entente/internal/store"
	"entente/internal/web/view"
)

// polls lists the polls of dates of the space.
func (s *Server) polls(w http.ResponseWriter, v *visit) error {
	text, err := v.text()
	if err != nil {
		return err
	}
	list, err := v.space.Polls(v.Context(), "")
	if err != nil {
		return err
	}
	page := v.page(v.p.T("poll.list"), view.Crumb{Label: v.p.T("nav.meetings"), Href: v.path("reunions")})
	page.Wide = true
	return s.show(w, v, view.PollsPage(page, view.PollsData{Text: text.Text, Root: v.path(), Today: v.today, Polls: list, Add: v.offers(authority.RecordMeetings)}))
}

// pollLines is how many lines for dates a new form has, and how many are added at once.
const pollLines = 5

// pollCloseDays is in how many days a new poll closes, unless somebody says otherwise.
const pollCloseDays = 10

// pollForm asks what to poll.
func (s *Server) pollForm(w http.ResponseWriter, v *visit) error {
	d := view.PollFormData{Committee: v.URL.Query().Get("comite"), Closes: v.today.AddDays(pollCloseDays).String(), Lines: make([]view.PollLine, pollLines)}
	return s.showPollForm(w, v, http.StatusOK, d)
}

func (s *Server) showPollForm(w http.ResponseWriter, v *visit, status int, d view.PollFormData) error {
	text, err := v.text()
	if err != nil {
		return err
	}
	d.Text, d.Root = text.Text, v.path()
	page := v.page(v.p.T("poll.add"), v.pollCrumbs()...)
	page.Path = v.path("sondages", "ajouter")
	s.render(w, v, status, view.PollFormPage(page, d))
	return nil
}

func (v *visit) pollCrumbs() []view.Crumb {
	return []view.Crumb{{Label: v.p.T("nav.meetings"), Href: v.path("reunions")}, {Label: v.p.T("poll.list"), Href: v.path("sondages")}}
}

// createPoll opens a poll and shows, this once, the link of everybody who is asked.
func (s *Server) createPoll(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	d := view.PollFormData{Committee: f.text("committee"), Title: f.text("title"), Note: f.prose("note"), Closes: f.values.Get("closes")}
	p := governance.Poll{Committee: d.Committee, Title: d.Title, Note: d.Note, State: governance.PollOpen}
	d.Lines, p.Slots = readLines(f)
	if f.values.Get("action") == "lignes" {
		d.Lines = append(d.Lines, make([]view.PollLine, min(pollLines, governance.MaxSlots-len(d.Lines)))...)
		return s.showPollForm(w, v, http.StatusOK, d)
	}
	p.Closes = f.date("closes")
	calls, err := v.calledTo(f, d.Committee)
	if err != nil {
		return err
	}
	var secrets map[string]string
	if err = mergeFaults(f, p.CheckNew(v.today)); err == nil {
		p, secrets, err = office.OpenPoll(v.Context(), v.space, s.polling(v, p.Committee), p, calls)
	}
	if fault.Is(err, fault.Invalid) {
		d.Faults, d.Message = explained(err)
		return s.showPollForm(w, v, http.StatusUnprocessableEntity, d)
	}
	if err != nil {
		return err
	}
	return s.showPoll(w, v, http.StatusOK, p.ID, pollShown{secrets: secrets, created: true})
}

// mergeFaults puts what a form could not be read as before what is wrong with what it says, each field once.
func mergeFaults(f *form, err error) error {
	faults, _ := explained(err)
	for _, x := range faults {
		if _, said := f.faults.On(x.Name); !said {
			f.faults = append(f.faults, x)
		}
	}
	return f.err()
}

// readLines reads the dates of the form; a line without day and hour is none.
func readLines(f *form) ([]view.PollLine, governance.Slots) {
	n, _ := strconv.Atoi(f.values.Get("lignes"))
	lines := make([]view.PollLine, max(1, min(n, governance.MaxSlots)))
	var slots governance.Slots
	for i := range lines {
		day, hour := "jour-"+strconv.Itoa(i), "heure-"+strconv.Itoa(i)
		lines[i] = view.PollLine{Day: f.values.Get(day), Time: f.values.Get(hour)}
		if lines[i] == (view.PollLine{}) {
			continue
		}
		x := governance.Slot{Day: f.date(day), Time: f.text(hour)}
		if _, said := f.faults.On(day); !said && x.Day.IsZero() {
			f.faults.Add(day, "fault.field.required")
		}
		if !governance.ValidTime(x.Time) {
			f.faults.Add(hour, "fault.field.time")
		}
		slots = append(slots, x)
	}
	slices.SortStableFunc(slots, func(a, b governance.Slot) int { return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(a.Time, b.Time)) })
	return lines, slots
}

// calledTo lists who is asked for the seats of a committee today; that nobody can be, and why, is a fault of its field.
func (v *visit) calledTo(f *form, committee string) ([]governance.Asked, error) {
	text, err := v.text()
	if err != nil || committee == "" {
		return nil, err
	}
	k := text.Text.Committee(committee)
	switch {
	case k == nil:
		f.faults.Add("committee", "fault.field.choice")
		return nil, nil
	case k.Derived():
		f.faults.Add("committee", "poll.fault.derived")
		return nil, nil
	}
	mandates, err := v.space.Mandates(v.Context(), store.MandateFilter{Committee: k.ID})
	calls, _ := governance.AskedFor(k.Places(), mandates, v.today)
	return calls, err
}

// articleOf is the clause that sets up a committee; empty where the text has none of that name.
func (v *visit) articleOf(committee string) string {
	if text, err := v.text(); err == nil {
		if k := text.Text.Committee(committee); k != nil {
			return k.Place.Ref
		}
	}
	return ""
}

// pollShown is what the page of a poll shows beside the poll: links that were just made, or why something was refused.
type pollShown struct {
	secrets  map[string]string // by person
	created  bool
	reminded bool
	refused  fault.Message
}

// poll shows the answers to a poll.
func (s *Server) poll(w http.ResponseWriter, v *visit) error {
	return s.showPoll(w, v, http.StatusOK, v.PathValue("id"), pollShown{})
}

func (s *Server) showPoll(w http.ResponseWriter, v *visit, status int, id string, shown pollShown) error {
	d, err := s.pollData(v, id)
	if err != nil {
		return err
	}
	d.Refused, d.Created, d.Reminded = shown.refused, shown.created, shown.reminded
	for _, x := range d.Asked {
		secret := shown.secrets[x.ID]
		switch {
		case secret == "":
		case x.ByMail:
			d.Mailed++
		default:
			d.Issued = append(d.Issued, view.PollLink{Name: x.Name, Href: s.config.URL(personalLinks[store.LinkPoll] + secret)})
		}
	}
	page := v.page(d.Poll.Title, v.pollCrumbs()...)
	page.Path, page.Wide = v.path("sondages", id), true
	s.render(w, v, status, view.PollPage(page, d))
	return nil
}

// pollData reads a poll with all that its page shows.
func (s *Server) pollData(v *visit, id string) (view.PollData, error) {
	ctx := v.Context()
	d := view.PollData{Root: v.path(), Today: v.today, May: v.offers(authority.RecordMeetings)}
	text, err := v.text()
	if err != nil {
		return d, err
	}
	d.Text = text.Text
	if d.Poll, err = v.space.Poll(ctx, id); err != nil {
		return d, err
	}
	if d.Calls, err = v.space.PollCalls(ctx, id); err != nil {
		return d, err
	}
	if d.Answers, err = v.space.PollAnswers(ctx, id); err != nil {
		return d, err
	}
	people, err := v.peopleCalled(d.Calls)
	if err != nil {
		return d, err
	}
	links, err := v.space.Links(ctx, store.LinkPoll, id)
	if err != nil {
		return d, err
	}
	d.Names = map[string]string{}
	for _, c := range d.Calls {
		if _, seen := d.Names[c.Person]; !seen {
			d.Names[c.Person] = people[c.Person].Name()
			d.Asked = append(d.Asked, v.asked(people[c.Person], c.Person, s.store.Delivers(), d, links))
		}
	}
	if k := d.Text.Committee(d.Poll.Committee); k != nil {
		d.Committee = k
		d.Counts = governance.CountPoll(d.Poll, k, d.Calls, d.Answers)
	}
	return d, nil
}

func (v *visit) peopleCalled(calls []governance.Asked) (map[string]directory.Person, error) {
	ids := make([]string, 0, len(calls))
	for _, c := range calls {
		ids = append(ids, c.Person)
	}
	return v.space.PeopleByID(v.Context(), ids...)
}

// asked is somebody who is asked, with their seats and the link that serves.
func (v *visit) asked(who directory.Person, person string, delivers bool, d view.PollData, links []store.Link) view.PollAsked {
	out := view.PollAsked{ID: person, Name: who.Name(), ByMail: delivers && who.Email != "", Answered: len(d.Answers[person]) > 0}
	for _, c := range d.Calls {
		if c.Person == person {
			out.Seats = append(out.Seats, c)
		}
	}
	for _, l := range links {
		if l.Person == person && l.Open(v.now) {
			out.Linked, out.Used = true, l.LastUsed
		}
	}
	return out
}

// renewPollLink makes a new link for somebody, revokes the one before, and shows it this once.
func (s *Server) renewPollLink(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	id, person := v.PathValue("id"), f.text("person")
	p, err := v.space.Poll(v.Context(), id)
	if err != nil {
		return err
	}
	secret, err := office.RenewPollLink(v.Context(), v.space, s.polling(v, p.Committee), id, person)
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.NotFound) {
		_, message := explained(err)
		return s.showPoll(w, v, http.StatusUnprocessableEntity, id, pollShown{refused: message})
	}
	if err != nil {
		return err
	}
	return s.showPoll(w, v, http.StatusOK, id, pollShown{secrets: map[string]string{person: secret}})
}

// remindPoll writes again to those who have not answered.
func (s *Server) remindPoll(w http.ResponseWriter, v *visit) error {
	id := v.PathValue("id")
	p, err := v.space.Poll(v.Context(), id)
	if err != nil {
		return err
	}
	secrets, err := office.RemindPoll(v.Context(), v.space, s.polling(v, p.Committee), id)
	if fault.Is(err, fault.Invalid) {
		_, message := explained(err)
		return s.showPoll(w, v, http.StatusUnprocessableEntity, id, pollShown{refused: message})
	}
	if err != nil {
		return err
	}
	return s.showPoll(w, v, http.StatusOK, id, pollShown{secrets: secrets, reminded: true})
}

// polling is the visitor as who asks a committee for dates.
func (s *Server) polling(v *visit, committee string) office.Polling {
	c := office.Polling{By: v.actor("", v.articleOf(committee)), Now: v.now, Space: v.place.Name, Committee: committee, Write: s.writePoll}
	if text, err := v.text(); err == nil {
		if k := text.Text.Committee(committee); k != nil {
			c.Committee = k.Name
		}
	}
	return c
}

// writePoll finds the words of a letter about a poll of dates.
func (s *Server) writePoll(l office.PollLetter) (title, body string) {
	p := i18n.For(letterLanguage)
	kind := string(l.Kind)
	title = p.T("poll.letter.title."+kind, "title", l.Poll.Title, "committee", l.Committee)
	var b strings.Builder
	b.WriteString(p.T("letter.to", "person", l.Person.Name()) + "\n\n" + p.T("letter.greeting") + "\n\n" + p.T("poll.letter.intro."+kind, "committee", l.Committee) + "\n\n" + l.Poll.Title + "\n")
	for _, x := range l.Poll.Slots {
		b.WriteString("- " + view.SlotWord(p, x) + "\n")
	}
	if l.Poll.Note != "" {
		b.WriteString("\n" + l.Poll.Note + "\n")
	}
	b.WriteString("\n" + p.T("poll.letter.answer", "day", l.Poll.Closes) + "\n" + s.config.URL(personalLinks[store.LinkPoll]+l.Secret) + "\n" +
		p.T("poll.letter.personal", "person", l.Person.Name()) + "\n\n" + l.By.Name + "\n" + l.Space + "\n")
	return title, b.String()
}

// pollEnds are the states that a button of the page leads to, by its value.
var pollEnds = map[string]governance.PollState{"clore": governance.PollClosed, "annuler": governance.PollCancelled, "rouvrir": governance.PollOpen}

// endPoll closes, cancels or opens a poll again.
func (s *Server) endPoll(w http.ResponseWriter, v *visit) error {
	return s.changePoll(w, v, func(p governance.Poll, f *form) (fault.Message, error) {
		to, known := pollEnds[f.values.Get("action")]
		if !known {
			return fault.Message{}, fault.New(fault.Invalid, "administration.action-unknown")
		}
		_, err := v.space.EndPoll(v.Context(), v.actor("", v.articleOf(p.Committee)), p.ID, f.version(), to)
		return fault.Say("poll.done." + string(to)), err
	})
}

// acceptSlot plans the meeting of a date.
func (s *Server) acceptSlot(w http.ResponseWriter, v *visit) error {
	return s.changePoll(w, v, func(p governance.Poll, f *form) (fault.Message, error) {
		m, err := v.space.AcceptSlot(v.Context(), v.actor("", v.articleOf(p.Committee)), p.ID, f.version(), f.values.Get("slot"), "")
		return fault.Say("poll.done.planned", "day", m.Day), err
	})
}

// changePoll does what a button of the page asks for; a refusal, and a poll that changed meanwhile, are said on the page.
func (s *Server) changePoll(w http.ResponseWriter, v *visit, change func(governance.Poll, *form) (fault.Message, error)) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	p, err := v.space.Poll(v.Context(), v.PathValue("id"))
	if err != nil {
		return err
	}
	done, err := change(p, f)
	switch {
	case fault.Is(err, fault.Conflict):
		return s.showPoll(w, v, http.StatusConflict, p.ID, pollShown{refused: fault.Say("poll.fault.changed")})
	case fault.Is(err, fault.Invalid):
		_, message := explained(err)
		return s.showPoll(w, v, http.StatusUnprocessableEntity, p.ID, pollShown{refused: message})
	case err != nil:
		return err
	}
	return s.redirect(w, v, v.path("sondages", p.ID), done)
}
