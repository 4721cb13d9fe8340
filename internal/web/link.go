package web

import (
	"net/http"
	"strings"
	"time"

	"entente/internal/auth"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/post"
	"entente/internal/store"
	"entente/internal/web/view"
)

// personalLinks are the paths of the links that people without an account answer from. What follows is a secret; whoever
// has it needs nothing else, so that forms sent there need not prove that they come from this site.
var personalLinks = map[store.LinkKind]string{store.LinkPoll: "/lien/sondage/", store.LinkAnswer: answerLinkPath,
	store.LinkComment: minutesLinkPath, store.LinkNews: post.UnsubscribePath, store.LinkEvaluation: evaluationLinkPath}

// Where the links to answer a call and to comment on minutes begin; their secret follows.
const (
	answerLinkPath  = "/lien/reponse/"
	minutesLinkPath = "/lien/compte-rendu/"
)

// guessLimit bounds how many links that do not work an address may try before it has to wait. Links that open are not counted:
// two hundred people of one institution share one address.
var guessLimit = auth.Limit{Max: 30, Window: 15 * time.Minute}

// linked is what a personal link opens: the link, its space and the person whom it was made for.
type linked struct {
	store.Link
	secret  string
	place   store.SpaceInfo
	space   *store.Space
	history convention.History
	text    *convention.Convention
	person  directory.Person
}

// openLink opens the personal link of a visit. The page of a link is told to no other site. A link that does not work counts
// as an attempt to guess one; an address that made too many has to wait, but for links that work.
func (s *Server) openLink(w http.ResponseWriter, v *visit, kind store.LinkKind) (linked, error) {
	w.Header().Set("Referrer-Policy", "no-referrer")
	in := linked{secret: v.PathValue("secret")}
	var err error
	if in.Link, err = s.store.OpenLink(v.Context(), kind, in.secret); err != nil {
		if fault.Is(err, fault.NotFound) {
			if limited := s.store.Attempt(v.Context(), "guess:"+s.origin(v.Request), guessLimit); limited != nil {
				return in, limited
			}
		}
		return in, err
	}
	in.space = s.store.In(in.Space)
	if in.place, err = in.space.Info(v.Context()); err != nil {
		return in, err
	}
	if in.history, err = in.space.History(v.Context()); err != nil {
		return in, err
	}
	version := in.history.On(v.today)
	if version == nil {
		version = in.history[0]
	}
	in.text = version.Text
	if in.Person != "" {
		in.person, err = in.space.Person(v.Context(), in.Person)
	}
	return in, err
}

// actor is the bearer of the link as the journal names whoever changes something: without an account, for the party of the
// seat. A link that was handed on still speaks for its seat.
func (in linked) actor(article string) store.Actor {
	a := store.Actor{Name: in.person.Name(), Article: article}
	if seat, ok := in.text.Seat(in.Seat); ok {
		a.For = seat.Party
	}
	return a
}

// path is the address of the link.
func (in linked) path() string { return personalLinks[in.Kind] + in.secret }

// deadLink answers a personal link that does not work, and says what to do; any other failure stays what it is.
func (s *Server) deadLink(w http.ResponseWriter, v *visit, err error) error {
	if !fault.Is(err, fault.NotFound) {
		return err
	}
	d := view.ErrorData{Status: http.StatusNotFound, Message: fault.Say("store.link.unusable"), Remedy: "link.dead.text"}
	p := v.page(v.p.T("link.dead"))
	p.Path = "/"
	s.render(w, v, d.Status, view.ErrorPage(p, d))
	return nil
}

// byPersonalLink tells whether a path is that of a personal link.
func byPersonalLink(path string) bool {
	for _, p := range personalLinks {
		if strings.HasPrefix(path, p) {
			return true
		}
	}
	return false
}
