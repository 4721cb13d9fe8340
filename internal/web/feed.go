package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"mime"
	"net/http"
	"slices"
	"time"

	"entente/internal/authority"
	"entente/internal/convention"
	"entente/internal/document"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/paper"
	"entente/internal/store"
	"entente/internal/web/view"
)

// feedLinkPath begins the addresses at which calendar programs read meetings; a secret follows, then feedFile.
const (
	feedLinkPath = "/lien/calendrier/"
	feedFile     = "/reunions.ics"
)

// ownFeedPath is where the address of one's own meetings is made.
const ownFeedPath = view.AccountPath + "/calendrier"

// Bounds of what a calendar to subscribe to shows, and how often programs are asked to look again.
const (
	feedPastDays = 90
	feedRefresh  = 4 * time.Hour
)

// meetingEvent sends one meeting as a file for calendars.
func (s *Server) meetingEvent(w http.ResponseWriter, v *visit) error {
	a, err := v.assembly()
	if err != nil {
		return err
	}
	calls, err := v.space.Convocations(v.Context(), a.Meeting.ID)
	if err != nil {
		return err
	}
	e := paper.Appointment(a.Meeting, a.Name())
	e.Sequence, e.Stamp = paper.CallSequence(len(calls), a.Meeting.State == governance.Cancelled), v.now
	e.URL = s.config.URL(view.MeetingHref(v.path(), a.Meeting.ID, ""))
	var b bytes.Buffer
	if err := document.WriteICS(&b, &document.Agenda{Events: []document.Event{e}}); err != nil {
		return err
	}
	sendFile(w, sent{name: paperFile(a.Meeting.Day.String(), a.Name()) + ".ics", media: "text/calendar; charset=utf-8", content: b.Bytes()})
	return nil
}

// feed is what a calendar program reads at a secret address: nobody signs in. It is what the account of the address may read today.
func (s *Server) feed(w http.ResponseWriter, v *visit) error {
	f, err := s.store.OpenFeed(v.Context(), v.PathValue("secret"))
	if fault.Is(err, fault.NotFound) {
		if limited := s.store.Attempt(v.Context(), "guess:"+s.origin(v.Request), guessLimit); limited != nil {
			return limited
		}
	}
	if err != nil {
		return s.deadLink(w, v, err)
	}
	account, err := s.store.Account(v.Context(), f.Account)
	if err != nil {
		return err
	}
	p := i18n.For(account.Locale)
	a := document.Agenda{Name: p.T("feed.name"), Refresh: feedRefresh}
	spaces, err := s.store.SpacesOf(v.Context(), account, store.Paging{})
	if err != nil {
		return err
	}
	for _, place := range spaces.Items {
		if f.Space != "" && place.ID != f.Space {
			continue
		}
		if err := s.fillFeed(v, &a, f, place.SpaceInfo); err != nil {
			return err
		}
	}
	var b bytes.Buffer
	if err := document.WriteICS(&b, &a); err != nil {
		return err
	}
	sum := sha256.Sum256(b.Bytes())
	h := w.Header()
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("Content-Disposition", mime.FormatMediaType("inline", map[string]string{"filename": feedFile[1:]}))
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", `"`+hex.EncodeToString(sum[:])+`"`)
	http.ServeContent(w, v.Request, "", time.Time{}, bytes.NewReader(b.Bytes()))
	return nil
}

// fillFeed adds the meetings of a space that an address is for.
func (s *Server) fillFeed(v *visit, a *document.Agenda, f store.Feed, place store.SpaceInfo) error {
	ctx, sp := v.Context(), s.store.In(place.ID)
	standing, err := s.store.Standing(ctx, f.Account, place.ID, v.today)
	if err != nil || !canForSome(standing.Standing, authority.ReadSpace).Allowed {
		return err
	}
	h, err := sp.History(ctx)
	if err != nil {
		return err
	}
	version := h.On(v.today)
	if version == nil {
		version = h[0]
	}
	mine, err := committeesOf(v, sp, version.Text, f, standing)
	if err != nil {
		return err
	}
	if f.Committee != "" && len(mine) == 1 {
		a.Name = version.Text.Committee(mine[0]).Name
	}
	panels, err := sp.Panels(ctx)
	if err != nil {
		return err
	}
	list, err := sp.Meetings(ctx, store.MeetingFilter{From: v.today.AddDays(-feedPastDays), Committee: f.Committee})
	if err != nil {
		return err
	}
	for _, m := range list {
		if k := version.Text.Committee(m.Committee); k != nil && slices.Contains(mine, m.Committee) {
			a.Events = append(a.Events, s.feedEvent(v, place, m, view.MeetingName(k, panelIn(panels, m.Panel)), f.Space == ""))
		}
	}
	return nil
}

func panelIn(list []governance.Panel, id string) *governance.Panel {
	if i := slices.IndexFunc(list, func(p governance.Panel) bool { return p.ID == id }); i >= 0 {
		return &list[i]
	}
	return nil
}

// feedEvent is a meeting in a calendar to subscribe to. It is stamped with the day: what has not changed is the same text all day long.
func (s *Server) feedEvent(v *visit, place store.SpaceInfo, m governance.Meeting, name string, named bool) document.Event {
	if named {
		name += " (" + place.Name + ")"
	}
	e := paper.Appointment(m, name)
	e.Sequence, e.Stamp = int(m.Version)-1, v.today.Time()
	e.URL = s.config.URL(view.MeetingHref(spacePath(place.Slug), m.ID, ""))
	e.Description = e.URL
	return e
}

// committeesOf are the committees of a space whose meetings an address shows: the one that it is for, else all to who keeps the meetings, else
// those in which the account sits.
func committeesOf(v *visit, sp *store.Space, text *convention.Convention, f store.Feed, standing store.Standing) ([]string, error) {
	var out []string
	if f.Committee != "" {
		if text.Committee(f.Committee) != nil {
			out = []string{f.Committee}
		}
		return out, nil
	}
	keeps := canForSome(standing.Standing, authority.RecordMeetings).Allowed
	seated := map[string]bool{}
	for _, m := range standing.Mandates {
		if seat, ok := text.Seat(m.Seat); ok {
			seated[seat.Committee] = true
		}
	}
	leads := []governance.Lead(nil)
	if standing.Person != "" && slices.ContainsFunc(text.Committees, func(k convention.Committee) bool { return k.Derived() }) {
		var err error
		if leads, err = sp.Leads(v.Context()); err != nil {
			return nil, err
		}
	}
	carries := slices.ContainsFunc(leads, func(l governance.Lead) bool { return l.Person == standing.Person && l.Period.Contains(v.today) })
	for i := range text.Committees {
		if k := &text.Committees[i]; keeps || seated[k.ID] || k.Derived() && carries {
			out = append(out, k.ID)
		}
	}
	return out, nil
}

// feedData is an address of the visitor as its page shows it; secret is that of one that was just made.
func (s *Server) feedData(v *visit, f store.Feed, action, secret string) (view.FeedData, error) {
	f.Account = v.account.ID
	d := view.FeedData{Action: action, Committee: f.Committee != ""}
	if secret != "" {
		d.Address = s.config.URL(feedLinkPath + secret + feedFile)
	}
	kept, err := s.store.Feed(v.Context(), f)
	if fault.Is(err, fault.NotFound) {
		return d, nil
	}
	d.Created, d.Used = kept.Created, kept.Used
	return d, err
}

// changeFeed makes an address of the visitor anew, and gives its secret, or ends it.
func (s *Server) changeFeed(v *visit, f store.Feed) (secret string, err error) {
	form, err := readForm(v.Request)
	if err != nil {
		return "", err
	}
	f.Account = v.account.ID
	switch form.values.Get("action") {
	case "etablir":
		return s.store.IssueFeed(v.Context(), v.actor("", ""), f)
	case "revoquer":
		return "", s.store.RevokeFeed(v.Context(), v.actor("", ""), f)
	}
	return "", fault.New(fault.Invalid, "administration.action-unknown")
}

// changeOwnFeed is for the meetings of the visitor's committees, in every space.
func (s *Server) changeOwnFeed(w http.ResponseWriter, v *visit) error {
	secret, err := s.changeFeed(v, store.Feed{})
	if err != nil {
		return err
	}
	if secret == "" {
		return s.redirect(w, v, view.AccountPath+"#calendrier", fault.Say("feed.revoked"))
	}
	d := s.accountData(v)
	if d.Feed, err = s.feedData(v, store.Feed{}, ownFeedPath, secret); err != nil {
		return err
	}
	return s.showAccount(w, v, http.StatusOK, d)
}

// changeCommitteeFeed is for the meetings of one committee.
func (s *Server) changeCommitteeFeed(w http.ResponseWriter, v *visit) error {
	text, err := v.text()
	if err != nil {
		return err
	}
	k := text.Text.Committee(v.PathValue("committee"))
	if k == nil {
		return fault.New(fault.NotFound, "fault.not-found")
	}
	secret, err := s.changeFeed(v, store.Feed{Space: v.place.ID, Committee: k.ID})
	if err != nil {
		return err
	}
	if secret == "" {
		return s.redirect(w, v, v.path("comites", k.ID)+"#calendrier", fault.Say("feed.revoked"))
	}
	return s.showCommittee(w, v, secret)
}
