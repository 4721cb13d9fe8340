package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"entente/internal/calendar"
	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/store"
)

// gone adds somebody who left: their mandate is over.
func (st *site) gone() directory.Person {
	st.t.Helper()
	ctx, sp, by := st.t.Context(), st.store.In(st.own.ID), store.Actor{Name: "Camille"}
	p, err := sp.CreatePerson(ctx, by, directory.Person{Given: "Odile", Family: "d’Estrées", Email: "odile@exemple.fr", Phone: "0102030405"})
	st.must(err)
	_, err = sp.CreateMandate(ctx, by, governance.Mandate{Seat: st.seat(st.peer()).Key, Person: p.ID, Role: governance.Holder,
		Period: calendar.Period{From: calendar.Must("2023-01-01"), To: calendar.Must("2024-12-31")}})
	st.must(err)
	return p
}

// TestErasePage walks from the page of the person to the erasure, without script, and looks everywhere for what was erased.
func TestErasePage(t *testing.T) {
	st := newSite(t)
	p, c := st.gone(), st.as(coordinator)
	person, confirm := st.path("annuaire", "personnes", p.ID), st.path("annuaire", "personnes", p.ID, "effacer", "confirmer")
	first := c.get(c.get(person).linkTo("Effacer ses données personnelles")).wants(http.StatusOK)
	first.says("Ce qui est effacé").says("Ce qui reste, et pourquoi").says("Une personne peut demander que ses données soient effacées")
	form := c.get(first.linkTo("Continuer vers l’effacement")).wants(http.StatusOK)
	refused := c.submit(form, confirm, "family", "Estrées").wants(http.StatusUnprocessableEntity).says("Ce n’est pas le nom de cette personne")
	c.submit(refused, confirm, "family", "").wants(http.StatusUnprocessableEntity).says("Renseignez ce champ")
	after := c.follow(c.submit(refused, confirm, "family", "D'ESTRÉES")).wants(http.StatusOK)
	after.says("Les données personnelles sont effacées").says("Personne effacée").says("par Camille Coordinator")
	if after.linkTo("Effacer ses données personnelles") != "" || after.linkTo("Modifier la fiche de la personne") != "" {
		t.Error("what was erased can be erased or changed again")
	}
	for _, path := range []string{person, st.path("journal"), st.path("annuaire") + "?vue=personnes", st.path("annuaire") + "?vue=personnes&q=estrees",
		st.path("comites", st.seat(st.peer()).Committee), st.path()} {
		if page := c.get(path).wants(http.StatusOK); strings.Contains(page.body, "Estrées") || strings.Contains(page.body, "odile@") {
			t.Errorf("%s still names the person", path)
		}
	}
	c.get(st.path("comites", st.seat(st.peer()).Committee)).says("Personne effacée")
	c.get(confirm).leadsTo(person)
	c.post(confirm, "family", "d’Estrées", "version", "1").leadsTo(person)
}

// TestWithheldEntries: the journal says which entries lost something, to which erasure, and by whom; the chain holds.
func TestWithheldEntries(t *testing.T) {
	st := newSite(t)
	p, c := st.gone(), st.as(coordinator)
	c.post(st.path("annuaire", "personnes", p.ID, "effacer", "confirmer"), "family", p.Family, "version", "1").wants(http.StatusSeeOther)
	page := c.get(st.path("journal")).wants(http.StatusOK)
	if got := nodes(page.html(), func(n *html.Node) bool { return attr(n, "class") == "withheld" }); len(got) != 2 { // the sheet and the mandate
		t.Errorf("%d entries say that they are withheld", len(got))
	}
	page.says("données effacées").says("Entrées dont le nom est effacé")
	report, err := st.store.In(st.own.ID).VerifyJournal(t.Context())
	st.must(err)
	if !report.Whole() {
		t.Errorf("the journal does not verify: %+v", report.Break)
	}
	last, err := st.store.In(st.own.ID).JournalEntries(t.Context(), store.JournalFilter{Limit: 1})
	st.must(err)
	if e := last[0]; e.Action != "person.erase" || e.Actor != st.accounts[coordinator].ID || e.For != st.party() {
		t.Errorf("the last entry is %+v", e)
	}
	c.get(entryLink(page)).wants(http.StatusOK).says("Données personnelles effacées")
}

// entryLink is the address of the entry that tells of an erasure.
func entryLink(a *answer) string {
	for _, n := range nodes(a.html(), tagged("a")) {
		if strings.Contains(attr(n, "href"), "/journal?avant=") {
			path, _, _ := strings.Cut(attr(n, "href"), "#")
			return path
		}
	}
	return ""
}

// TestErasureHeld: while somebody holds something the page says what, and leads to where it ends.
func TestErasureHeld(t *testing.T) {
	st := newSite(t)
	c, id := st.as(coordinator), st.ids["annuaire/personnes"]
	confirm := st.path("annuaire", "personnes", id, "effacer", "confirmer")
	for _, page := range []*answer{
		c.get(st.path("annuaire", "personnes", id, "effacer")).wants(http.StatusOK),
		c.get(confirm).wants(http.StatusOK),
		c.post(confirm, "family", "Member", "version", "1").wants(http.StatusUnprocessableEntity),
	} {
		page.says("Ce qui s’y oppose pour l’instant").says("Arrêté 2024-12")
		for _, path := range []string{st.path("mandats", st.ids["mandats"], "modifier"), st.path("delegations", st.ids["delegations"], "modifier")} {
			if len(page.linksTo(path)) != 1 {
				t.Errorf("%s does not lead to %s", page.asked, path)
			}
		}
		if strings.Contains(page.body, confirm) || page.linkTo("Continuer vers l’effacement") != "" {
			t.Errorf("%s offers to go on", page.asked)
		}
	}
	got, err := st.store.In(st.own.ID).Person(t.Context(), id)
	st.must(err)
	if got.Family != "Member" {
		t.Errorf("erased all the same: %+v", got)
	}
}

// TestErasureOfARole: who coordinates is not erased while they do, and the page leads to the accesses.
func TestErasureOfARole(t *testing.T) {
	st := newSite(t)
	p, err := st.store.In(st.own.ID).CreatePerson(t.Context(), store.Actor{}, directory.Person{Family: "Coordinator", Account: st.accounts[coordinator].ID})
	st.must(err)
	page := st.as(administrator).get(st.path("annuaire", "personnes", p.ID, "effacer")).wants(http.StatusOK)
	page.says("Son compte a encore un accès à cet espace")
}

// TestErasureMeetsAChange: what somebody else changed meanwhile is not erased unread.
func TestErasureMeetsAChange(t *testing.T) {
	st := newSite(t)
	p, c := st.gone(), st.as(coordinator)
	confirm := st.path("annuaire", "personnes", p.ID, "effacer", "confirmer")
	form := c.get(confirm).wants(http.StatusOK)
	_, err := st.store.In(st.own.ID).UpdatePerson(t.Context(), store.Actor{}, p.ID, p.Version, func(p *directory.Person) error { p.Phone = "1"; return nil })
	st.must(err)
	again := c.submit(form, confirm, "family", p.Family).wants(http.StatusConflict).says("Rien n’a été effacé")
	c.submit(again, confirm, "family", p.Family).wants(http.StatusSeeOther)
}

// TestPersonData: the file holds everything about the person, and nothing about anybody else.
func TestPersonData(t *testing.T) {
	st := newSite(t)
	p, c := st.gone(), st.as(coordinator)
	page := c.get(st.path("annuaire", "personnes", p.ID))
	got := c.get(page.linkTo("Télécharger ses données")).wants(http.StatusOK)
	if d := got.header.Get("Content-Disposition"); !strings.HasPrefix(d, "attachment") || strings.Contains(d, "Estr") || got.header.Get("Cache-Control") != "no-store" {
		t.Errorf("headers: %v", got.header)
	}
	var d personFile
	st.must(json.Unmarshal([]byte(got.body), &d))
	if d.Person != p || len(d.Mandates) != 1 || len(d.Journal) != 2 || d.Journal[0].Action != "person.create" || d.Journal[1].Action != "mandate.create" {
		t.Errorf("the file says %+v", d)
	}
	for _, other := range []string{"Member", "Camille", "Coordinator"} {
		if strings.Contains(got.body, other) {
			t.Errorf("the file names %s", other)
		}
	}
	own := c.get(st.path("annuaire", "personnes", st.ids["annuaire/personnes"], "fichier")).wants(http.StatusOK)
	st.must(json.Unmarshal([]byte(own.body), &d))
	if len(d.Functions) != 1 || d.Functions[0].Title != "Directrice" || d.Functions[0].OrganizationName == "" || len(d.Delegations) != 1 {
		t.Errorf("the file says %+v", d)
	}
}

// TestErasureIsOffered to those who keep the directory, and to nobody else.
func TestErasureIsOffered(t *testing.T) {
	st := newSite(t)
	p := st.gone()
	for who, want := range map[string]bool{reader: false, member: false, coordinator: true, administrator: true} {
		page := st.as(who).get(st.path("annuaire", "personnes", p.ID)).wants(http.StatusOK)
		if (page.linkTo("Effacer ses données personnelles") != "") != want || (page.linkTo("Télécharger ses données") != "") != want {
			t.Errorf("%s is offered the erasure or the file: not %v", who, want)
		}
	}
}

func TestSameName(t *testing.T) {
	for _, x := range []struct {
		typed, name string
		want        bool
	}{
		{"Dupont", "Dupont", true}, {"dupont", "Dupont", true}, {"d'Estrées", "d’Estrées", true}, {"ÉTÉ", "été", true},
		{"Dupond", "Dupont", false}, {"", "Dupont", false}, {"Estrées", "d’Estrées", false},
	} {
		if got := sameName(x.typed, x.name); got != x.want {
			t.Errorf("%q for %q: %v", x.typed, x.name, got)
		}
	}
}

// TestPendingInvitations: what nobody accepted is listed and can be taken back by whoever may give the role.
func TestPendingInvitations(t *testing.T) {
	st := newSite(t)
	c, withdrawal := st.as(coordinator), st.path("acces", "invitations", "retrait")
	if strings.Contains(c.get(st.path("acces")).body, withdrawal) {
		t.Fatal("an invitation is pending already")
	}
	link := st.invitationFor("neuf")
	page := c.get(st.path("acces")).wants(http.StatusOK).says("Invitations en attente").says("neuf@exemple.fr").says("Lecture")
	c.follow(c.submit(page, withdrawal)).wants(http.StatusOK).says("L’invitation est retirée")
	st.browser(anonymous).get(link).wants(http.StatusNotFound)
	c.submit(page, withdrawal).wants(http.StatusUnprocessableEntity).says("a déjà été retirée")
	admin := st.as(administrator)
	admin.post(st.path("acces", "invitations"), "email", "pair@exemple.fr", "role", rolePrefix+st.peer()).wants(http.StatusOK)
	if strings.Contains(c.get(st.path("acces")).says("pair@exemple.fr").body, withdrawal) {
		t.Error("a coordinator is offered to take back what a peer is offered")
	}
	id := admin.get(st.path("acces")).form(withdrawal).Get("invitation")
	c.post(withdrawal, "invitation", id).wants(http.StatusForbidden).says("Les parties sont des pairs")
	admin.post(withdrawal, "invitation", id).leadsTo(st.path("acces"))
}
