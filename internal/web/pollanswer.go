package web

import (
	"net/http"
	"slices"
	"strconv"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/web/view"
)

// pollAnswerForm asks a coordinator for the answer of somebody who gave it otherwise, by telephone for instance.
func (s *Server) pollAnswerForm(w http.ResponseWriter, v *visit) error {
	person := v.URL.Query().Get("personne")
	d, err := s.enteredAnswer(v, person)
	if fault.Is(err, fault.Invalid) {
		return s.refuseEntry(w, v, http.StatusOK, err)
	}
	if err != nil {
		return err
	}
	return s.showEnteredAnswer(w, v, http.StatusOK, person, d)
}

// refuseEntry says on the page of the poll that an answer cannot be entered for somebody.
func (s *Server) refuseEntry(w http.ResponseWriter, v *visit, status int, err error) error {
	_, message := explained(err)
	return s.showPoll(w, v, status, v.PathValue("id"), pollShown{refused: message})
}

// enteredAnswer is the form for the answer of somebody who is asked.
func (s *Server) enteredAnswer(v *visit, person string) (view.PollAnswerData, error) {
	x, err := s.pollData(v, v.PathValue("id"))
	if err != nil {
		return view.PollAnswerData{}, err
	}
	i := slices.IndexFunc(x.Asked, func(a view.PollAsked) bool { return a.ID == person })
	if i < 0 {
		return view.PollAnswerData{}, fault.New(fault.Invalid, "poll.fault.not-called")
	}
	return view.PollAnswerData{Text: x.Text, Poll: x.Poll, Committee: x.Committee, Today: v.today, Name: x.Asked[i].Name, Seats: x.Asked[i].Seats,
		Answers: x.Answers[person], Person: person, Action: v.path("sondages", x.Poll.ID, "reponse"), Back: v.path("sondages", x.Poll.ID)}, nil
}

func (s *Server) showEnteredAnswer(w http.ResponseWriter, v *visit, status int, person string, d view.PollAnswerData) error {
	crumbs := append(v.pollCrumbs(), view.Crumb{Label: d.Poll.Title, Href: d.Back})
	page := v.page(v.p.T("poll.enter.title", "name", d.Name), crumbs...)
	page.Path = d.Action + "?personne=" + person
	s.render(w, v, status, view.PollAnswerPage(page, d))
	return nil
}

// enterPollAnswer keeps the answer that a coordinator enters; the journal says who entered it.
func (s *Server) enterPollAnswer(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	person := f.text("person")
	d, err := s.enteredAnswer(v, person)
	if fault.Is(err, fault.Invalid) {
		return s.refuseEntry(w, v, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	err = readAnswers(f, &d)
	if err == nil {
		err = v.space.AnswerPoll(v.Context(), v.actor("", v.articleOf(d.Poll.Committee)), d.Poll.ID, person, store.AnsweredEnter, d.Answers)
	}
	if fault.Is(err, fault.Invalid) {
		d.Faults, d.Message = explained(err)
		return s.showEnteredAnswer(w, v, http.StatusUnprocessableEntity, person, d)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, d.Back, fault.Say("poll.entered", "name", d.Name))
}

// readAnswers reads the answers of the form into the page. A date may stay without answer, all of them may not.
func readAnswers(f *form, d *view.PollAnswerData) error {
	d.Answers = map[string]governance.PollAnswer{}
	for i, slot := range d.Poll.Slots {
		name := "date-" + strconv.Itoa(i)
		x := governance.PollAnswer(f.text(name))
		switch {
		case x == "":
		case slices.Contains(governance.PollAnswers(), x):
			d.Answers[slot.Key()] = x
		default:
			f.faults.Add(name, "fault.field.choice")
		}
	}
	if len(d.Answers) == 0 && len(f.faults) == 0 {
		f.faults.Add("date-0", "poll.fault.no-answer")
	}
	return f.err()
}

// pollLinkForm opens the link of somebody who is asked: what is asked, for whom they answer, and what they have answered.
func (s *Server) pollLinkForm(w http.ResponseWriter, v *visit) error {
	in, d, err := s.linkedPoll(w, v)
	if err != nil {
		return s.deadLink(w, v, err)
	}
	d.Received = v.URL.Query().Get("recu") != ""
	return s.showLinkedPoll(w, v, http.StatusOK, in, d)
}

// linkedPoll reads the poll that a personal link leads to, as far as its bearer needs it.
func (s *Server) linkedPoll(w http.ResponseWriter, v *visit) (linked, view.PollAnswerData, error) {
	in, err := s.openLink(w, v, store.LinkPoll)
	if err != nil {
		return in, view.PollAnswerData{}, err
	}
	ctx := v.Context()
	d := view.PollAnswerData{Text: in.text, Today: v.today, Name: in.person.Name(), Action: in.path(), Space: in.place.Name, Until: in.Expires}
	if d.Poll, err = in.space.Poll(ctx, in.Subject); err != nil {
		return in, d, err
	}
	d.Committee = in.text.Committee(d.Poll.Committee)
	calls, err := in.space.PollCalls(ctx, d.Poll.ID)
	if err != nil {
		return in, d, err
	}
	for _, c := range calls {
		if c.Person == in.Person {
			d.Seats = append(d.Seats, c)
		}
	}
	answers, err := in.space.PollAnswers(ctx, d.Poll.ID)
	d.Answers = answers[in.Person]
	if err == nil && d.Poll.Meeting != "" {
		m, gone := in.space.Meeting(ctx, d.Poll.Meeting)
		if gone == nil {
			d.Meeting = &m
		} else if !fault.Is(gone, fault.NotFound) {
			err = gone
		}
	}
	return in, d, err
}

func (s *Server) showLinkedPoll(w http.ResponseWriter, v *visit, status int, in linked, d view.PollAnswerData) error {
	page := v.page(d.Poll.Title)
	page.Path = in.path()
	s.render(w, v, status, view.PollAnswerPage(page, d))
	return nil
}

// answerPollByLink keeps the answer of the bearer of a link, who may change it until the poll closes.
func (s *Server) answerPollByLink(w http.ResponseWriter, v *visit) error {
	in, d, err := s.linkedPoll(w, v)
	if err != nil {
		return s.deadLink(w, v, err)
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	if d.Poll.Standing(v.today) != governance.PollOpen { // what is shown stays what was kept
		d.Message = fault.Say("poll.fault.not-open")
		return s.showLinkedPoll(w, v, http.StatusUnprocessableEntity, in, d)
	}
	article := ""
	if d.Committee != nil {
		article = d.Committee.Place.Ref
	}
	if err = readAnswers(f, &d); err == nil {
		err = in.space.AnswerPoll(v.Context(), in.actor(article), d.Poll.ID, in.Person, store.AnsweredByLink, d.Answers)
	}
	if fault.Is(err, fault.Invalid) {
		d.Faults, d.Message = explained(err)
		return s.showLinkedPoll(w, v, http.StatusUnprocessableEntity, in, d)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, in.path()+"?recu=oui", fault.Message{})
}
