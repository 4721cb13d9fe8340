package web

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"entente/internal/calendar"
	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/office"
	"entente/internal/store"
	"entente/internal/web/view"
)

// planned is a meeting to come of a committee of the own space.
func (st *site) planned(committee string, change ...func(*governance.Meeting)) governance.Meeting {
	st.t.Helper()
	m := governance.Meeting{Committee: committee, Day: calendar.Must("2026-12-15"), Time: "14:00", Minutes: 60, State: governance.Planned, Place: "Mairie"}
	for _, f := range change {
		f(&m)
	}
	m, err := st.store.In(st.own.ID).CreateMeeting(st.t.Context(), store.Actor{}, m)
	st.must(err)
	return m
}

func (st *site) item(meeting, title string, change ...func(*governance.Item)) governance.Item {
	st.t.Helper()
	i := governance.Item{Meeting: meeting, Kind: governance.ForDiscussion, Title: title, Audience: governance.ForSpace}
	for _, f := range change {
		f(&i)
	}
	i, err := st.store.In(st.own.ID).CreateItem(st.t.Context(), store.Actor{}, i)
	st.must(err)
	return i
}

// agendaOf are the titles on the page of a meeting, in their order.
func agendaOf(a *answer) []string {
	var out []string
	for _, n := range nodes(a.html(), func(n *html.Node) bool { return attr(n, "class") == "agenda-what" }) {
		for _, h := range nodes(n, tagged("h3")) {
			out = append(out, words(h))
		}
	}
	return out
}

func (a *answer) agendaIs(want ...string) *answer {
	a.t.Helper()
	if got := agendaOf(a); strings.Join(got, "|") != strings.Join(want, "|") {
		a.t.Errorf("%s: the agenda is %q, want %q", a.asked, got, want)
	}
	return a
}

func lasting(minutes int) func(*governance.Item) {
	return func(i *governance.Item) { i.Minutes = minutes }
}

func readBy(a governance.Audience) func(*governance.Item) {
	return func(i *governance.Item) { i.Audience = a }
}

// Everybody reads what is theirs to read, as if there were nothing else: no number, no hour, no total tells of the rest.
func TestAgendaIsReadByWhomItIsFor(t *testing.T) {
	st := newSite(t)
	k := st.text.Committees[0].ID
	m := st.planned(k, func(m *governance.Meeting) { m.Remote = "https://visio.exemple.fr/salle" })
	st.item(m.ID, "Entre nous", lasting(30), readBy(governance.ForCoordinators))
	st.item(m.ID, "Pour le comité", lasting(20), readBy(governance.ForCommittee))
	st.item(m.ID, "Pour tous", lasting(10))
	path := st.path("reunions", m.ID)
	for who, want := range map[string][]string{
		reader:        {"Pour tous"},
		member:        {"Pour le comité", "Pour tous"},
		coordinator:   {"Entre nous", "Pour le comité", "Pour tous"},
		administrator: {"Entre nous", "Pour le comité", "Pour tous"},
	} {
		st.as(who).get(path).wants(http.StatusOK).agendaIs(want...)
	}
	seen := st.as(reader).get(path)
	seen.says("1 point, 10 min en tout, fin prévue à 14 h 10")
	for _, secret := range []string{"Entre nous", "Pour le comité", "visio.exemple.fr", "Ajouter un point", "Préparer la réunion", "Échéances", "3 points"} {
		if strings.Contains(seen.body, secret) {
			t.Errorf("a reader is shown %q", secret)
		}
	}
	st.as(member).get(path).says("https://visio.exemple.fr/salle")
	st.as(coordinator).get(path).says("14 h 50").says("Préparer la réunion").says("Échéances")
	asMember := st.as(coordinator).get(path+"?pour=comite").agendaIs("Pour le comité", "Pour tous").says("2 points, 30 min en tout")
	if strings.Contains(asMember.body, "Préparer la réunion") || strings.Contains(asMember.body, "Entre nous") {
		t.Error("what the committee reads shows more")
	}
	st.as(reader).get(path + "?pour=comite").agendaIs("Pour tous")
}

func TestItemsAreAddedChangedAndRemoved(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	m := st.planned(st.text.Committees[0].ID)
	path, add := st.path("reunions", m.ID), st.path("points", "ajouter")
	c.get(path).says("Aucun point n’est encore à l’ordre du jour")
	form := c.get(add + "?reunion=" + m.ID).wants(http.StatusOK)
	c.submit(form, add, "title", "Bilan", "kind", "discussion", "minutes", "75", "presenter", "La CAF", "text", "Lire **avant**.").wants(http.StatusSeeOther)
	page := c.get(path).agendaIs("Bilan").says("Présenté par La CAF").says("1 h 15").says("la réunion est prévue pour 1 h : 15 min de trop")
	if !strings.Contains(page.body, "<strong>avant</strong>") {
		t.Error("the text is not set")
	}
	c.submit(form, add, "title", "Ouverture", "kind", "information", "rank", "1").wants(http.StatusSeeOther)
	c.get(path).agendaIs("Ouverture", "Bilan").says("sans compter 1 point dont la durée n’est pas indiquée")
	list, err := st.store.In(st.own.ID).Items(t.Context(), m.ID)
	st.must(err)
	change := st.path("points", list[0].ID, "modifier")
	c.submit(c.get(change), change, "title", "Accueil").leadsTo(path + "#point-" + list[0].ID)
	c.get(path).agendaIs("Accueil", "Bilan")
	c.submit(c.get(change), st.path("points", list[0].ID, "retirer")).leadsTo(path)
	c.get(path).agendaIs("Bilan")
	entries, err := st.store.In(st.own.ID).JournalEntries(t.Context(), store.JournalFilter{Subject: "agenda-item", Limit: 1})
	st.must(err)
	if entries[0].Article != st.text.Committees[0].Place.Ref {
		t.Errorf("the item was removed under %q", entries[0].Article)
	}
	// Without a meeting in the address, one is chosen.
	c.submit(c.get(add), add, "meeting", m.ID, "title", "Autre", "kind", "information").wants(http.StatusSeeOther)
	c.get(path).agendaIs("Bilan", "Autre")
}

func TestItemsAreRefusedAndComeBackFilled(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	m := st.planned(st.text.Committees[0].ID)
	add := st.path("points", "ajouter")
	for name, x := range map[string]struct {
		fields []string
		fault  string
	}{
		"no title":       {[]string{"title", ""}, "title"},
		"no kind":        {[]string{"kind", "autre"}, "kind"},
		"minutes":        {[]string{"minutes", "dix"}, "minutes"},
		"too long":       {[]string{"minutes", "5000"}, "minutes"},
		"no minutes":     {[]string{"kind", "minutes"}, "approves"},
		"no such":        {[]string{"kind", "minutes", "approves", "nulle-part"}, "approves"},
		"no proposal":    {[]string{"kind", "decision", "proposal", "nulle-part"}, "proposal"},
		"no meeting":     {[]string{"meeting", ""}, "meeting"},
		"rank":           {[]string{"rank", "premier"}, "rank"},
		"wrong audience": {[]string{"audience", "tous"}, "audience"},
	} {
		fields := map[string]string{"meeting": m.ID, "title": "Bilan", "kind": "discussion", "audience": "space", "presenter": "La CAF"}
		for i := 0; i < len(x.fields); i += 2 {
			fields[x.fields[i]] = x.fields[i+1]
		}
		var pairs []string
		for k, v := range fields {
			pairs = append(pairs, k, v)
		}
		a := c.post(add, pairs...).wants(http.StatusUnprocessableEntity)
		if byID(a.html(), "f-"+x.fault+"-fault") == nil {
			t.Errorf("%s: no fault beside %s\n%s", name, x.fault, a.excerpt())
		}
		if got := a.form(add).Get("presenter"); got != "La CAF" {
			t.Errorf("%s: what was typed came back as %q", name, got)
		}
	}
}

func TestClosedMeetingRefusesWithAPage(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	m := st.planned(st.text.Committees[0].ID, func(m *governance.Meeting) { m.Day, m.State = calendar.Must("2026-10-06"), governance.Held })
	i := st.item(m.ID, "Bilan")
	_, err := st.store.In(st.own.ID).UpdateMeeting(t.Context(), store.Actor{}, m.ID, m.Version, func(x *governance.Meeting) error { x.Closed = time.Unix(1, 0); return nil })
	st.must(err)
	for _, path := range []string{"points/ajouter?reunion=" + m.ID, "points/" + i.ID + "/modifier", "reunions/" + m.ID + "/ordre"} {
		c.get(st.path(path)).wants(http.StatusUnprocessableEntity).says("Cette réunion est close")
	}
	c.post(st.path("points", i.ID, "modifier"), "version", "1", "title", "Autre", "kind", "discussion", "audience", "space").wants(http.StatusUnprocessableEntity)
	c.post(st.path("points", i.ID, "retirer"), "version", "1").wants(http.StatusUnprocessableEntity).says("Cette réunion est close")
	page := c.get(st.path("reunions", m.ID)).wants(http.StatusOK).agendaIs("Bilan")
	if strings.Contains(page.body, "/points/ajouter") {
		t.Error("a closed meeting offers to add an item")
	}
	change := st.path("reunions", m.ID, "modifier")
	form := c.get(change)
	c.submit(form, change, "day", "2026-10-07").wants(http.StatusUnprocessableEntity).says("ceci ne change plus")
	c.submit(form, change, "place", "Salle des fêtes").wants(http.StatusSeeOther)
}

func TestAgendaIsOrdered(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	m := st.planned(st.text.Committees[0].ID)
	a, b, d := st.item(m.ID, "A"), st.item(m.ID, "B"), st.item(m.ID, "C")
	path, order := st.path("reunions", m.ID), st.path("reunions", m.ID, "ordre")
	form := c.get(order).wants(http.StatusOK)
	c.submit(form, order, "monter", d.ID).leadsTo(order + "#point-" + d.ID)
	c.get(path).agendaIs("A", "C", "B")
	c.submit(c.get(order), order, "descendre", a.ID).leadsTo(order + "#point-" + a.ID)
	c.get(path).agendaIs("C", "A", "B")
	c.submit(c.get(order), order, "rang-"+b.ID, "1").leadsTo(path)
	c.get(path).says("L’ordre du jour est enregistré").agendaIs("B", "C", "A")
	c.submit(c.get(order), order, "rang-"+b.ID, "deux").wants(http.StatusUnprocessableEntity).says("Un rang est un nombre entier")
	// Somebody else has changed the agenda since the form was read: nothing changes, and both orders are shown.
	refused := c.submit(form, order, "rang-"+a.ID, "3").wants(http.StatusConflict).says("Quelqu’un d’autre a modifié l’ordre du jour").says("L’ordre que vous aviez demandé")
	c.get(path).agendaIs("B", "C", "A")
	c.submit(refused, order, "rang-"+a.ID, "1").leadsTo(path)
	c.get(path).agendaIs("A", "B", "C")
	st.as(reader).post(order).wants(http.StatusForbidden)
}

func TestSuggestionsAreAdded(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	k := st.text.Committees[0].ID
	sp := st.store.In(st.own.ID)
	past := st.planned(k, func(m *governance.Meeting) { m.Day, m.State = calendar.Must("2026-10-06"), governance.Held })
	left := st.item(past.ID, "Point laissé")
	_, err := sp.KeepItemRecord(t.Context(), store.Actor{}, left.ID, 0, func(r *governance.ItemRecord) error {
		r.State, r.Outcome, r.Reasons = governance.Treated, governance.Postponed, "Faute de temps."
		return nil
	})
	st.must(err)
	_, err = sp.CreateMinutes(t.Context(), store.Actor{}, governance.Minutes{ID: past.ID, State: governance.MinutesSubmitted, Audience: governance.ForSpace, Submitted: calendar.Must("2026-10-20")})
	st.must(err)
	_, err = sp.CreateFollowUp(t.Context(), store.Actor{}, governance.FollowUp{Meeting: past.ID, Text: "Écrire aux communes", State: governance.ToDo, Due: calendar.Must("2026-11-01")})
	st.must(err)
	m := st.planned(k)
	path := st.path("reunions", m.ID)
	page := c.get(path).says("Ce qui attend ce comité").says("Point reporté. La réunion du 6 octobre 2026 l’a reporté").says("Suite à donner : Écrire aux communes")
	if strings.Contains(st.as(reader).get(path).body, "Ce qui attend ce comité") {
		t.Error("a reader is shown suggestions")
	}
	c.post(path + "/suggestions").leadsTo(path)
	c.get(path).says("Aucune suggestion n’était cochée").agendaIs()
	c.post(path+"/suggestions", "une", "minutes/"+past.ID).leadsTo(path)
	c.get(path).says("1 point est ajouté").agendaIs("Approbation du compte rendu de la réunion du 6 octobre 2026").says("Compte rendu de la réunion du 6 octobre 2026")
	c.post(path+"/suggestions", "une", "minutes/"+past.ID).leadsTo(path)
	c.get(path).says("Cette suggestion n’attend plus")
	follow := ""
	for _, n := range nodes(page.html(), func(n *html.Node) bool { return strings.HasPrefix(attr(n, "value"), "follow-up/") }) {
		follow = attr(n, "value")
	}
	c.post(path+"/suggestions", "suggestion", "item/"+left.ID, "suggestion", follow).leadsTo(path)
	c.get(path).says("2 points sont ajoutés").agendaIs("Approbation du compte rendu de la réunion du 6 octobre 2026", "Point laissé", "Suite à donner : Écrire aux communes").
		says("Repris de la réunion du 6 octobre 2026")
	st.as(reader).post(path+"/suggestions", "une", "x").wants(http.StatusForbidden)
}

// A meeting that changed after its convocation says what has changed and who was called, each once.
func TestChangedAfterTheConvocation(t *testing.T) {
	day := calendar.Must("2026-12-15")
	a := office.Assembly{Meeting: governance.Meeting{Committee: "k", Day: day, State: governance.Planned},
		People: map[string]directory.Person{"p": {Given: "Camille", Family: "Member"}}}
	sent := []governance.Convocation{{Number: 1, Sent: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC), Manifest: governance.Manifest{Day: day.AddDays(7)}},
		{Number: 2, Manifest: governance.Manifest{Day: day, Recipients: []governance.ManifestRecipient{{Person: "p"}, {Person: "p"}, {Person: "gone"}}}}}
	for name, x := range map[string]struct {
		change func(*governance.Meeting)
		want   string
	}{
		"nothing":   {func(*governance.Meeting) {}, ""},
		"moved":     {func(m *governance.Meeting) { m.Day, m.Place = day.AddDays(1), "Ici" }, "day place"},
		"cancelled": {func(m *governance.Meeting) { m.State = governance.Cancelled }, "state"},
	} {
		b := a
		x.change(&b.Meeting)
		var d view.PreparationDesk
		compareSent(&d, &b, nil, sent)
		if got := strings.Join(d.Outdated, " "); got != x.want || strings.Join(d.Called, " ") != "Camille Member" || d.Sent.String() != "2026-11-20" {
			t.Errorf("%s: %+v", name, d)
		}
	}
	var none view.PreparationDesk
	if compareSent(&none, &a, nil, nil); none.Outdated != nil || !none.Sent.IsZero() {
		t.Errorf("nothing was sent, and %+v", none)
	}
}

func TestAgendaOfTwoHundredItems(t *testing.T) {
	st := newSite(t)
	m := st.planned(st.text.Committees[0].ID)
	st.must(st.store.In(st.own.ID).Together(t.Context(), func(sp *store.Space) error {
		for i := range 200 {
			x := governance.Item{Meeting: m.ID, Kind: governance.ForInformation, Title: "Point " + strconv.Itoa(i), Minutes: 1, Audience: governance.ForSpace}
			if _, err := sp.CreateItem(t.Context(), store.Actor{}, x); err != nil {
				return err
			}
		}
		return nil
	}))
	c := st.as(coordinator)
	path, order := st.path("reunions", m.ID), st.path("reunions", m.ID, "ordre")
	if got := agendaOf(c.get(path).says("17 h 19")); len(got) != 200 {
		t.Errorf("%d items", len(got))
	}
	last := c.get(order).form(order)["point"][199]
	c.submit(c.get(order), order, "rang-"+last, "1").leadsTo(path)
	if got := agendaOf(c.get(path)); got[0] != "Point 199" || got[199] != "Point 198" {
		t.Errorf("%s … %s", got[0], got[199])
	}
}

func TestMeetingsLeadToTheirPage(t *testing.T) {
	st := newSite(t)
	k := st.text.Committees[0].ID
	m := st.planned(k)
	next := st.planned(k, func(m *governance.Meeting) { m.Day = calendar.Must("2027-02-02") })
	st.planned(k, func(m *governance.Meeting) { m.Day, m.State = calendar.Must("2027-01-12"), governance.Cancelled })
	c, path := st.as(member), st.path("reunions", m.ID)
	for _, from := range []string{"reunions", "comites/" + k, ""} {
		if a := c.get(strings.TrimSuffix(st.path(from), "/")).wants(http.StatusOK); !strings.Contains(a.body, `"`+path+`"`) {
			t.Errorf("%q does not lead to the meeting", from)
		}
	}
	page := c.get(path)
	for _, href := range []string{st.path("reunions", next.ID), st.path("reunions", st.ids["reunions"])} {
		if !strings.Contains(page.body, `"`+href+`"`) {
			t.Errorf("the meeting does not lead to %s", href)
		}
	}
	c.get(st.path("reunions", "nulle-part")).wants(http.StatusNotFound)
}
