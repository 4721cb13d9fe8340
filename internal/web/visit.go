package web

import (
	"net/http"
	"time"

	"entente/internal/authority"
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/i18n"
	"entente/internal/office"
	"entente/internal/store"
	"entente/internal/web/view"
)

// visit is one request with who makes it and where.
type visit struct {
	*http.Request
	route    route
	p        *i18n.Printer
	now      time.Time
	today    calendar.Date
	notice   *view.Notice   // what the change before this page came to
	prints   bool           // papers can be had as PDF
	account  *store.Account // nil: nobody is signed in
	place    store.SpaceInfo
	space    *store.Space // nil outside a space
	standing authority.Standing
	assessor *office.Assessor
	hall     *office.Hall
	versions convention.History // of the space, once history has read them; nil before
	sitting  *authority.Rules   // what powers follow from, once rules has read it; nil before
}

// handler answers a visit; what it returns becomes a page of its kind.
type handler func(w http.ResponseWriter, v *visit) error

// Keys of the session.
const (
	keyAccount  = "account"
	keyLanguage = "language"
	keyNotice   = "notice"
)

// admit is the one door: it finds out who asks and where, refuses who may not, and turns an error into a page.
func (s *Server) admit(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, err := s.visit(r, rt)
		if err == nil {
			err = v.allowed()
		}
		if err == nil {
			err = rt.handle(w, v)
		}
		if err != nil {
			s.showError(w, v, err)
		}
	})
}

// visit reads who asks and where. It always gives a visit that an error page can be shown to.
func (s *Server) visit(r *http.Request, rt route) (*visit, error) {
	v := s.anonymousVisit(r)
	v.route = rt
	if lang := s.sessionString(r, keyLanguage); lang != "" {
		v.p = i18n.For(lang)
	}
	ctx := r.Context()
	account, signedIn, err := s.whoAsks(ctx)
	if err != nil {
		return v, err
	}
	if signedIn {
		v.account, v.p = &account, i18n.For(account.Locale)
		v.standing.Administrator = account.Administrator
	}
	if r.Method == http.MethodGet {
		v.notice = s.takeNotice(ctx)
	}
	slug := r.PathValue("space")
	if slug == "" || v.account == nil {
		return v, nil
	}
	place, err := s.store.SpaceBySlug(ctx, slug)
	if err != nil {
		return v, err
	}
	standing, err := s.store.Standing(ctx, v.account.ID, place.ID, v.today)
	if err != nil {
		return v, err
	}
	if standing.Stranger() {
		return v, fault.New(fault.NotFound, "fault.not-found")
	}
	v.place, v.space, v.standing = place, s.store.In(place.ID), standing.Standing
	return v, nil
}

// anonymousVisit is a visit of which nothing is known but the request.
func (s *Server) anonymousVisit(r *http.Request) *visit {
	now := s.clock()
	return &visit{Request: r, assessor: s.assessor, hall: s.hall, prints: s.printer.Available(), p: i18n.Match(r.Header.Get("Accept-Language")), now: now, today: calendar.On(now, calendar.Paris)}
}

// allowed refuses a visit that its route does not admit. A stranger to a space was told before that there is none.
func (v *visit) allowed() error {
	switch {
	case v.route.access == open:
		return nil
	case v.account == nil:
		return fault.New(fault.SignIn, "fault.sign-in")
	case v.route.access == signedIn:
		return nil
	}
	return canForSome(v.standing, v.route.access).Err()
}

// canForSome asks a task for the whole, then for each party that the standing coordinates: a route that bears on one party
// admits the coordinator of any, and its handler asks again for the party at hand.
func canForSome(s authority.Standing, task authority.Task) authority.Answer {
	answer := authority.Can(s, task, "")
	for _, party := range s.Coordinates {
		if answer.Allowed {
			break
		}
		answer = authority.Can(s, task, party)
	}
	return answer
}

// may refuses the task for a party unless the visitor may do it.
func (v *visit) may(task authority.Task, party string) error {
	return authority.Can(v.standing, task, party).Err()
}

// offers tells whether the page should offer the task, for the whole or for some party.
func (v *visit) offers(task authority.Task) bool { return canForSome(v.standing, task).Allowed }

// actor is the visitor as the journal names whoever changes something, for a party and under an article, either empty.
func (v *visit) actor(party, article string) store.Actor {
	if party == "" && len(v.standing.Coordinates) == 1 {
		party = v.standing.Coordinates[0]
	}
	return store.Actor{Account: v.account.ID, Name: v.account.Name, For: party, Article: article}
}

// history is every version of the space's convention, read at its first use in the visit.
func (v *visit) history() (h convention.History, err error) {
	if v.versions == nil {
		v.versions, err = v.space.History(v.Context())
	}
	return v.versions, err
}

// evidence is what the clauses of the space's convention are judged by on a day.
func (v *visit) evidence(day calendar.Date) (office.Evidence, error) {
	h, err := v.history()
	if err != nil {
		return office.Evidence{}, err
	}
	return v.assessor.Of(v.Context(), v.space, v.place, h, day)
}

// text is the version whose rules apply today; before the first takes effect, the first.
func (v *visit) text() (*convention.Version, error) {
	h, err := v.history()
	if err != nil {
		return nil, err
	}
	if found := h.On(v.today); found != nil {
		return found, nil
	}
	if len(h) == 0 {
		return nil, fault.New(fault.NotFound, "fault.no-convention")
	}
	return h[0], nil
}

// path is the address of a page of the space: v.path("comites", id).
func (v *visit) path(parts ...string) string { return spacePath(v.place.Slug, parts...) }

func spacePath(slug string, parts ...string) string {
	out := "/espaces/" + slug
	for _, p := range parts {
		out += "/" + p
	}
	return out
}
