package web

import (
	"net/http"

	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/web/view"
)

// linkedMinutes opens a personal link: the minutes and the person that it was made for. The visit then stands in the space of
// the link, in nobody's standing.
func (s *Server) linkedMinutes(w http.ResponseWriter, v *visit) (minutesDesk, directory.Person, error) {
	var d minutesDesk
	in, err := s.openLink(w, v, store.LinkComment)
	if err != nil {
		return d, in.person, err
	}
	v.space, v.place, v.versions, v.standing.Person = in.space, in.place, in.history, ""
	v.standing.Administrator, v.standing.Coordinates = false, nil
	v.SetPathValue("id", in.Subject)
	d, err = v.minutesDesk()
	return d, in.person, err
}

// minutesByLink shows the minutes to who was there, from their personal link.
func (s *Server) minutesByLink(w http.ResponseWriter, v *visit) error {
	return s.showLinkedMinutes(w, v, http.StatusOK, &refusedMinutes{})
}

func (s *Server) showLinkedMinutes(w http.ResponseWriter, v *visit, status int, refused *refusedMinutes) error {
	d, p, err := s.linkedMinutes(w, v)
	if err != nil {
		return s.unusableMinutes(w, v, err)
	}
	out := view.LinkMinutesData{Reader: p.Name(), MinutesData: view.MinutesData{Head: v.minutesHead(d), Space: v.place.Name, Minutes: d.kept, Errata: d.errata,
		Reads: d.kept != nil && d.kept.State != governance.MinutesDraft && d.wasThere(p.ID)}}
	if d.kept != nil {
		out.Stands = d.kept.Standing(d.terms(v.today))
		out.Silence, _ = d.kept.Silence(d.custom.SilenceDays)
	}
	if out.Reads {
		if err := v.fillComments(&out.MinutesData, d, p.ID, minutesLinkPath+v.PathValue("secret"), refused); err != nil {
			return err
		}
	}
	out.Refused = refused.left()
	v.space = nil // the page shows no navigation of the space: the link opens this page alone
	title := "meeting.tab.compte-rendu"
	if out.Comment != nil {
		title = "minutes.link-title"
	}
	page := v.page(v.p.T(title))
	page.Path = minutesLinkPath + v.PathValue("secret")
	s.render(w, v, status, view.LinkMinutesPage(page, out))
	return nil
}

// unusableMinutes says that a link serves no more, as for one that never did. The page shows nothing of the space.
func (s *Server) unusableMinutes(w http.ResponseWriter, v *visit, err error) error {
	v.space = nil
	return s.deadLink(w, v, err)
}

// commentByLink keeps a comment made from a personal link.
func (s *Server) commentByLink(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	d, p, err := s.linkedMinutes(w, v)
	if err != nil {
		return s.unusableMinutes(w, v, err)
	}
	err = v.comment(f, p.ID, store.Actor{Name: p.Name(), For: d.partyOf(p.ID), Article: d.assembly.Committee.Place.Ref})
	if kind := fault.KindOf(err); err != nil && (kind == fault.Invalid || kind == fault.Forbidden) {
		return s.showLinkedMinutes(w, v, statuses[kind], &refusedMinutes{form: "comment", typed: f, err: err})
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, minutesLinkPath+v.PathValue("secret"), fault.Say("minutes.commented"))
}

// partyOf is the institution for which a person sat.
func (d minutesDesk) partyOf(person string) string {
	for _, a := range d.seats {
		if a.Presence.There() && (a.Sitter == person || a.Sitter == "" && a.Holder == person) {
			return a.Party
		}
	}
	return ""
}
