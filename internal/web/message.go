package web

import (
	"net/http"
	"net/url"
	"slices"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/web/view"
)

// messages is the outbox: what was written to people, newest first.
func (s *Server) messages(w http.ResponseWriter, v *visit) error {
	q := v.URL.Query()
	f := store.MessageFilter{Kind: governance.MessageKind(q.Get("nature")), State: governance.MessageState(q.Get("etat")), Subject: q.Get("objet"), Paging: store.Paging{After: q.Get("apres"), Before: q.Get("avant")}}
	if f.State == view.UndecidedMessages {
		f.State, f.Undecided = "", true
	}
	page, err := v.space.Messages(v.Context(), f)
	if err != nil {
		return err
	}
	d := view.MessagesData{Root: v.path(), Kind: string(f.Kind), State: q.Get("etat"), Subject: f.Subject, Mails: s.store.Delivers(), Messages: page.Items, Total: page.Total}
	if d.Undecided, err = v.space.UndecidedMessages(v.Context()); err != nil {
		return err
	}
	if d.About, err = v.aboutOf(f.Subject); err != nil {
		return err
	}
	ids, about := make([]string, 0, len(page.Items)), []string{}
	for _, m := range page.Items {
		ids, about = append(ids, m.Person), append(about, m.Subject)
	}
	slices.Sort(about)
	if d.Meetings, err = v.space.MeetingsByID(v.Context(), slices.Compact(about)...); err != nil {
		return err
	}
	if d.People, err = v.space.PeopleByID(v.Context(), ids...); err != nil {
		return err
	}
	d.Paging = view.Paging{Previous: v.messagesAt("avant", page.Previous), Next: v.messagesAt("apres", page.Next), Summary: v.p.T("message.shown", "count", len(page.Items), "total", page.Total)}
	p := v.page(v.p.T("message.list"), view.Crumb{Label: v.p.T("nav.meetings"), Href: v.path("reunions")})
	p.Wide = true
	return s.show(w, v, view.MessagesPage(p, d))
}

// messagesAt is the address of the part of the outbox after or before a cursor, with the filter of the page; none for none.
func (v *visit) messagesAt(name, cursor string) string {
	if cursor == "" {
		return ""
	}
	q := url.Values{name: {cursor}}
	for _, kept := range []string{"nature", "etat", "objet"} {
		if x := v.URL.Query().Get(kept); x != "" {
			q.Set(kept, x)
		}
	}
	return v.path("messages") + "?" + q.Encode()
}

// aboutOf names what messages are about: a meeting by its day, a poll by its title; anything else is only said to be one thing.
func (v *visit) aboutOf(subject string) (string, error) {
	if subject == "" {
		return "", nil
	}
	m, err := v.space.Meeting(v.Context(), subject)
	if !fault.Is(err, fault.NotFound) {
		return v.p.T("message.meeting-of", "day", m.Day), err
	}
	poll, err := v.space.Poll(v.Context(), subject)
	if !fault.Is(err, fault.NotFound) {
		return v.p.T("message.poll-of", "title", poll.Title), err
	}
	return v.p.T("message.one-subject"), nil
}

// message is one message, to be copied.
func (s *Server) message(w http.ResponseWriter, v *visit) error {
	m, err := v.space.Message(v.Context(), v.PathValue("id"))
	if err != nil {
		return err
	}
	people, err := v.space.PeopleByID(v.Context(), m.Person)
	if err != nil {
		return err
	}
	crumbs := []view.Crumb{{Label: v.p.T("nav.meetings"), Href: v.path("reunions")}, {Label: v.p.T("message.list"), Href: view.MessagesHref(v.path(), "")}}
	return s.show(w, v, view.MessagePage(v.page(v.p.T("message.one"), crumbs...), view.MessageData{Root: v.path(), Message: m, Person: people[m.Person], Mails: s.store.Delivers()}))
}

// resendMessage sends once more a message that was refused, or that could not leave by mail when it was written.
func (s *Server) resendMessage(w http.ResponseWriter, v *visit) error {
	id := v.PathValue("id")
	err := v.space.ResendMessage(v.Context(), v.actor("", ""), id)
	notice := fault.Say("message.resent")
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		_, notice = explained(err)
		err = nil
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, v.path("messages", id), notice)
}
