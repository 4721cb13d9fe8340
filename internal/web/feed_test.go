package web

import (
	"net/http"
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"

	"entente/internal/calendar"
	"entente/internal/governance"
	"entente/internal/store"
)

// feedOf takes the address that a page shows once.
func (st *site) feedOf(page *answer) string {
	st.t.Helper()
	_, rest, ok := strings.Cut(page.body, siteAddress+feedLinkPath)
	secret, _, found := strings.Cut(rest, feedFile)
	if !ok || !found {
		st.t.Fatal("the page shows no address to subscribe to")
	}
	return feedLinkPath + secret + feedFile
}

// events reads what a calendar program sees at an address, without signing in.
func (st *site) events(address string) (*answer, []*ics.VEvent) {
	st.t.Helper()
	got := st.browser(anonymous).get(address).wants(http.StatusOK)
	if got.header.Get("Content-Type") != "text/calendar; charset=utf-8" || got.header.Get("Set-Cookie") != "" {
		st.t.Errorf("headers %v", got.header)
	}
	c, err := ics.ParseCalendar(strings.NewReader(got.body))
	st.must(err)
	return got, c.Events()
}

// TestCalendarToSubscribeTo: who has the address reads the meetings of the account's committees and no other, until it is made anew, revoked,
// or the account is closed.
func TestCalendarToSubscribeTo(t *testing.T) {
	st := newSite(t)
	ctx, sp := t.Context(), st.store.In(st.own.ID)
	own := st.seat(st.party()).Committee
	var other string
	for _, k := range st.text.Committees {
		if k.ID != own && !k.Derived() {
			other = k.ID
		}
	}
	ids := map[string]string{}
	for _, k := range []string{own, other} {
		m, err := sp.CreateMeeting(ctx, store.Actor{}, governance.Meeting{Committee: k, Day: calendar.Must("2027-01-12"), Time: "14:00", Minutes: 90, State: governance.Planned})
		st.must(err)
		ids[m.ID] = k
	}
	sees := func(address string, want ...string) {
		t.Helper()
		seen := map[string]bool{}
		_, list := st.events(address)
		for _, e := range list {
			if k := ids[e.Id()]; k != "" {
				seen[k] = true
			}
			if len(e.Attendees()) > 0 {
				t.Error("a calendar to subscribe to tells who is asked")
			}
		}
		if len(seen) != len(want) {
			t.Errorf("the address shows the meetings of %v, want %v", seen, want)
		}
		for _, k := range want {
			if !seen[k] {
				t.Errorf("the address does not show the meetings of %s", k)
			}
		}
	}
	c := st.as(member)
	first := st.feedOf(c.post("/compte/calendrier", "action", "etablir").wants(http.StatusOK).says("Elle n’est affichée que cette fois"))
	if strings.Contains(c.get("/compte").wants(http.StatusOK).says("pas encore lue").body, feedLinkPath) {
		t.Error("the address is shown twice")
	}
	sees(first, own)
	c.get("/compte").says("lue le")
	keeper := st.feedOf(st.as(coordinator).post("/compte/calendrier", "action", "etablir").wants(http.StatusOK))
	sees(keeper, own, other)
	committee := st.path("comites", other, "calendrier")
	sees(st.feedOf(c.post(committee, "action", "etablir").wants(http.StatusOK)), other)
	c.post(st.path("comites", "nulle-part", "calendrier"), "action", "etablir").wants(http.StatusNotFound)

	second := st.feedOf(c.post("/compte/calendrier", "action", "etablir").wants(http.StatusOK))
	st.browser(anonymous).get(first).wants(http.StatusNotFound)
	sees(second, own)
	c.post("/compte/calendrier", "action", "revoquer").leadsTo("/compte#calendrier")
	st.browser(anonymous).get(second).wants(http.StatusNotFound)

	err := st.store.DisableAccount(ctx, store.Actor{}, st.accounts[coordinator].ID)
	st.must(err)
	st.browser(anonymous).get(keeper).wants(http.StatusNotFound)
}

// TestCalendarIsSentOnce: a program that has it is told that nothing changed.
func TestCalendarIsSentOnce(t *testing.T) {
	st := newSite(t)
	address := st.feedOf(st.as(coordinator).post("/compte/calendrier", "action", "etablir").wants(http.StatusOK))
	got, _ := st.events(address)
	again, _ := st.events(address)
	if got.header.Get("ETag") == "" || got.header.Get("ETag") != again.header.Get("ETag") {
		t.Errorf("the tags are %q and %q", got.header.Get("ETag"), again.header.Get("ETag"))
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, siteAddress+address, http.NoBody)
	st.must(err)
	r.Header.Set("If-None-Match", got.header.Get("ETag"))
	answer, err := st.browser(anonymous).http.Do(r)
	st.must(err)
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusNotModified {
		t.Errorf("status %d", answer.StatusCode)
	}
}

// TestOneMeetingForACalendar: the file of one meeting, with the identifier that its calls carry.
func TestOneMeetingForACalendar(t *testing.T) {
	st := newSite(t)
	m := st.called(st.own)
	got := st.as(reader).get(st.path("reunions", m.id, "ics")).wants(http.StatusOK)
	c, err := ics.ParseCalendar(strings.NewReader(got.body))
	st.must(err)
	e := c.Events()[0]
	if e.Id() != m.id || !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment") || strings.Contains(got.body, "ATTENDEE") {
		t.Errorf("%s: %s\n%s", got.header.Get("Content-Disposition"), e.Id(), got.body)
	}
	st.as(reader).get(st.path("reunions", m.id)).says("Ajouter à mon agenda")
}
