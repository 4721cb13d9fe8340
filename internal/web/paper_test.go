package web

import (
	"bytes"
	"encoding/csv"
	"image"
	"image/png"
	"mime"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"entente/internal/calendar"
	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
	"entente/internal/web/view"
)

func picturePNG(t testing.TB, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// paperIDs is one thing of each paper in the own space.
func (st *site) paperIDs() map[string]string {
	m := st.ids["reunions"]
	return map[string]string{view.PaperConvocation: m, view.PaperAgenda: m, view.PaperAttendance: m, view.PaperMinutes: m, view.PaperPack: m,
		view.PaperRegister: view.WholeRegister, view.PaperDecision: "2026-1", view.PaperConvention: "2026-11-23", view.PaperCompliance: "2026-11-23",
		view.PaperCommittees: view.AllCommittees, view.PaperProposal: st.ids["propositions"]}
}

// TestPapersAreReadByWhoReadsTheirPage: each paper, as everybody, is there for those who may read its page and for nobody else.
func TestPapersAreReadByWhoReadsTheirPage(t *testing.T) {
	st := newSite(t)
	everybody := []string{reader, member, coordinator, administrator}
	committeeAlone := []string{member, coordinator, administrator} // the member is called to the meeting
	for kind, id := range st.paperIDs() {
		may := everybody
		switch kind {
		case view.PaperConvocation, view.PaperAttendance, view.PaperPack:
			may = committeeAlone
		case view.PaperMinutes:
			may = st.minutesReaders()
		}
		for _, who := range everyone {
			got := st.as(who).get(st.path("papiers", kind, id, "odt"))
			want := http.StatusNotFound
			switch {
			case slices.Contains(may, who):
				want = http.StatusOK
			case who == anonymous:
				want = http.StatusSeeOther
			}
			if got.status != want {
				t.Errorf("%s as %s: %d, not %d", kind, who, got.status, want)
			}
		}
		st.as(administrator).get(spacePath(st.other.Slug, "papiers", kind, id, "odt")).elsewhere(t, kind)
	}
	c := st.as(administrator)
	for _, path := range []string{"inconnu/x/odt", "ordre-du-jour/x/odt", "decision/2026-99/odt", "decision/x/odt", "convention/demain/odt", "comites/nulle-part/odt", "proposition/2026-99/odt",
		"ordre-du-jour/" + st.ids["reunions"] + "/exe", "convocation/" + st.ids["reunions"] + "/odt?envoi=9", "convocation/" + st.ids["reunions"] + "/odt?envoi=x"} {
		c.get(st.path("papiers") + "/" + path).wants(http.StatusNotFound)
	}
}

// minutesReaders are those whom the page of the minutes shows them to.
func (st *site) minutesReaders() []string {
	var out []string
	for _, who := range []string{reader, member, coordinator, administrator} {
		if st.as(who).get(st.path("reunions", st.ids["reunions"], "compte-rendu")).wants(http.StatusOK).html(); st.showsMinutes(who) {
			out = append(out, who)
		}
	}
	return out
}

func (st *site) showsMinutes(who string) bool {
	return strings.Contains(st.as(who).get(st.path("reunions", st.ids["reunions"], "compte-rendu")).body, `class="minutes"`)
}

// elsewhere: in another space nothing of this one is there; what has no thing of its own is that space's.
func (a *answer) elsewhere(t *testing.T, kind string) {
	t.Helper()
	shared := []string{view.PaperRegister, view.PaperConvention, view.PaperCompliance, view.PaperCommittees}
	if want := map[bool]int{true: http.StatusOK, false: http.StatusNotFound}[slices.Contains(shared, kind)]; a.status != want {
		t.Errorf("%s in another space: %d, not %d", kind, a.status, want)
	}
}

// TestWhatIsForTheCoordinatorsIsNeverOnTheAgenda: even where they make the paper themselves.
func TestWhatIsForTheCoordinatorsIsNeverOnTheAgenda(t *testing.T) {
	st := newSite(t)
	sp, by := st.store.In(st.own.ID), store.Actor{}
	_, err := sp.CreateItem(t.Context(), by, governance.Item{Meeting: st.ids["reunions"], Kind: governance.ForDiscussion, Title: "Entre nous", Audience: governance.ForCoordinators})
	st.must(err)
	_, err = sp.CreateItem(t.Context(), by, governance.Item{Meeting: st.ids["reunions"], Kind: governance.ForDiscussion, Title: "Au comité", Audience: governance.ForCommittee})
	st.must(err)
	_, err = sp.Attach(t.Context(), by, governance.Attachment{Owner: governance.OwnerMeeting, OwnerID: st.ids["reunions"], Name: "Note interne", FileName: "note.txt", Type: "text/plain",
		Audience: governance.ForCoordinators}, strings.NewReader("interne"))
	st.must(err)
	for _, kind := range []string{view.PaperAgenda, view.PaperPack} {
		page := st.as(coordinator).get(st.path("papiers", kind, st.ids["reunions"], "html")).wants(http.StatusOK)
		for text, want := range map[string]bool{"Entre nous": false, "Note interne": false, "Au comité": true, "Bilan de l’année": true} {
			if got := strings.Contains(page.words(), text); got != want {
				t.Errorf("%s says %q: %v", kind, text, got)
			}
		}
	}
	if page := st.as(reader).get(st.path("papiers", view.PaperAgenda, st.ids["reunions"], "html")); strings.Contains(page.words(), "Au comité") {
		t.Error("a reader has what is for the committee")
	}
}

// TestPaperToPrintIsShutOff: the page with its own styles runs nothing, sends nothing and is framed by nobody.
func TestPaperToPrintIsShutOff(t *testing.T) {
	st := newSite(t)
	got := st.as(reader).get(st.path("papiers", view.PaperConvention, "2026-11-23", "html")).wants(http.StatusOK)
	d := directives(got.header.Get("Content-Security-Policy"))
	if _, boxed := d["sandbox"]; !boxed || d["default-src"] != "'none'" || d["script-src"] != "" || d["form-action"] != "'none'" || d["frame-ancestors"] != "'none'" {
		t.Errorf("the policy is %v", d)
	}
	if got.header.Get("Cache-Control") != "no-store" || !strings.HasPrefix(got.header.Get("Content-Disposition"), "inline") {
		t.Errorf("headers %v", got.header)
	}
}

// TestPapersSpeakTheLanguageOfTheSpace, whatever that of who makes them; in another where it is asked for.
func TestPapersSpeakTheLanguageOfTheSpace(t *testing.T) {
	st := newSite(t)
	c := st.as(reader)
	c.post("/langue", "langue", "en", "retour", "/espaces")
	c.get(st.path("papiers", view.PaperAgenda, st.ids["reunions"], "html")).says("Ordre du jour")
	c.get(st.path("papiers", view.PaperAgenda, st.ids["reunions"], "html") + "?langue=en").says("Items on the agenda")
	for kind, id := range st.paperIDs() {
		for _, lang := range []string{"fr", "en"} {
			if page := st.as(administrator).get(st.path("papiers", kind, id, "html") + "?langue=" + lang).wants(http.StatusOK); strings.Contains(page.body, "⟦") {
				t.Errorf("%s in %s lacks a sentence: %s", kind, lang, page.body[strings.Index(page.body, "⟦"):][:60])
			}
		}
	}
}

// TestPaperCarriesItsOrigin: letterhead, date, author, and the short address, which leads to the page.
func TestPaperCarriesItsOrigin(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	page := c.get(st.path("papiers", view.PaperAgenda, st.ids["reunions"], "html")).wants(http.StatusOK)
	short := st.path("le", "2026-03-10", st.text.Committees[0].ID)
	if !strings.Contains(page.body, "Convention de l’Étampois") || !strings.Contains(page.body, "4 place du Vieux-Lavoir") {
		t.Error("the paper lacks its letterhead")
	}
	page.says("lundi 23 novembre 2026").says("par Camille Coordinator").says(siteAddress + short)
	if got := c.get(short).wants(http.StatusSeeOther).header.Get("Location"); got != st.path("reunions", st.ids["reunions"]) {
		t.Errorf("the short address leads to %s", got)
	}
	c.get(st.path("le", "2026-03-11", st.text.Committees[0].ID)).wants(http.StatusNotFound)
	c.get(st.path("le", "hier", st.text.Committees[0].ID)).wants(http.StatusNotFound)
	_, err := st.store.In(st.own.ID).CreateMeeting(t.Context(), store.Actor{}, governance.Meeting{Committee: st.text.Committees[0].ID, Day: calendar.Must("2026-03-10"), State: governance.Held})
	st.must(err)
	if got := c.get(short).wants(http.StatusSeeOther).header.Get("Location"); !strings.HasPrefix(got, st.path("reunions")+"?") {
		t.Errorf("with two meetings on the day it leads to %s", got)
	}
}

// TestPaperFileNames: whatever a title holds, the name is one that every system keeps, and shows what it is.
func TestPaperFileNames(t *testing.T) {
	for in, want := range map[string]string{
		"Comité – ordre du jour":       "Comité – ordre du jour",
		`../../etc/passwd`:             "etc-passwd",
		"a\r\nContent-Type: text/html": "aContent-Type- text-html",
		"facture\u202efdp.exe":         "facturefdp.exe",
		`C:\con<>|?*"`:                 "C--con",
		strings.Repeat("é", 200):       strings.Repeat("é", 90),
		" .. ":                         "",
		"fin de phrase. ":              "fin de phrase",
	} {
		if got := paperFile(in); got != want {
			t.Errorf("%q becomes %q, not %q", in, got, want)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		name := paperFile(rapid.String().Draw(rt, "title"), rapid.String().Draw(rt, "more"))
		if len(name) > maxFileName || strings.ContainsAny(name, "/\\:*?\"<>|\r\n\x00") || strings.HasPrefix(name, ".") {
			rt.Fatalf("the name is %q", name)
		}
	})
	st := newSite(t)
	d := st.decide(st.store.In(st.own.ID), &governance.Decision{Committee: st.text.Committees[0].ID, Title: "../x\"; filename=\"a.exe\r\nSet-Cookie: a=b\u202e", Outcome: governance.Noted}, governance.ForSpace)
	got := st.as(reader).get(st.path("papiers", view.PaperDecision, d.Reference(), "odt")).wants(http.StatusOK)
	how, args, err := mime.ParseMediaType(got.header.Get("Content-Disposition"))
	if err != nil || how != "attachment" || !strings.HasSuffix(args["filename"], ".odt") || strings.ContainsAny(args["filename"], "/\"\r\n\u202e") || len(got.header["Set-Cookie"]) > 1 {
		t.Errorf("it is sent as %q %q %v", how, args, err)
	}
}

// TestPapersOpenInLibreOffice: every paper, in both formats, with its headings, its tables and its accents.
func TestPapersOpenInLibreOffice(t *testing.T) {
	program, err := exec.LookPath("soffice")
	if err != nil {
		testkit.Skipping(t, "LibreOffice is not installed (Debian package libreoffice-writer-nogui)")
	}
	st := newSite(t)
	c := st.as(administrator)
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to", "fodt", "--outdir", filepath.Join(dir, "out")}
	for kind, id := range st.paperIDs() {
		for _, format := range []string{"odt", "docx"} {
			path := filepath.Join(dir, kind+"-"+format+"."+format)
			st.must(os.WriteFile(path, []byte(c.get(st.path("papiers", kind, id, format)).wants(http.StatusOK).body), 0o600))
			args = append(args, path)
		}
	}
	if out, err := exec.CommandContext(t.Context(), program, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	noTable := []string{view.PaperMinutes, view.PaperDecision, view.PaperConvention}
	for kind := range st.paperIDs() {
		for _, format := range []string{"odt", "docx"} {
			made, err := os.ReadFile(filepath.Join(dir, "out", kind+"-"+format+".fodt"))
			st.must(err)
			wanted := []string{`text:outline-level="1"`, "Convention de l’Étampois", "Établi", "<text:page-number", "office:binary-data"}
			if !slices.Contains(noTable, kind) {
				wanted = append(wanted, "table:table-header-rows")
			}
			for _, w := range wanted {
				if !strings.Contains(string(made), w) {
					t.Errorf("%s as %s lost %s", kind, format, w)
				}
			}
		}
	}
}

// TestPaperAsPDF, where a browser is installed; where none is, it says what to do instead.
func TestPaperAsPDF(t *testing.T) {
	st := newSite(t)
	t.Cleanup(func() { st.must(st.server.Close()) })
	c := st.as(reader)
	got := c.get(st.path("papiers", view.PaperAgenda, st.ids["reunions"], "pdf"))
	if !st.server.printer.Available() {
		got.wants(http.StatusServiceUnavailable).says("aucun navigateur n’est installé")
		testkit.Skipping(t, "no Chromium, Chrome or Edge is installed (Debian package chromium)")
	}
	if got.wants(http.StatusOK); !strings.HasPrefix(got.body, "%PDF-") || got.header.Get("Content-Type") != "application/pdf" {
		t.Errorf("type %s", got.header.Get("Content-Type"))
	}
}

// TestTables: each table as both files, for those who may; what holds addresses is for who keeps the directory.
func TestTables(t *testing.T) {
	st := newSite(t)
	for name, x := range tables {
		for _, who := range []string{reader, member, coordinator, administrator} {
			for _, format := range []string{"csv", "xlsx"} {
				got := st.as(who).get(st.path("tableaux", name, format))
				want := http.StatusOK
				if !canForSome(st.standings(who, true), x.task).Allowed {
					want = http.StatusForbidden
				}
				if got.status != want {
					t.Errorf("%s as %s: %d, not %d", name, who, got.status, want)
				}
				if want == http.StatusOK && format == "xlsx" && !strings.HasPrefix(got.body, "PK") {
					t.Errorf("%s is no workbook", name)
				}
			}
		}
	}
	c := st.as(administrator)
	c.get(st.path("tableaux", "inconnu", "csv")).wants(http.StatusNotFound)
	c.get(st.path("tableaux", "reunions", "exe")).wants(http.StatusNotFound)
}

// TestTablesAreChosenAsTheirPage by the same words of the address.
func TestTablesAreChosenAsTheirPage(t *testing.T) {
	st := newSite(t)
	sp := st.store.In(st.own.ID)
	_, err := sp.CreatePerson(t.Context(), store.Actor{}, directory.Person{Given: "Zoé", Family: "Zola", Email: "zoe@exemple.fr"})
	st.must(err)
	_, err = sp.CreateMeeting(t.Context(), store.Actor{}, governance.Meeting{Committee: st.text.Committees[1].ID, Day: calendar.Must("2025-05-06"), State: governance.Held})
	st.must(err)
	c := st.as(administrator)
	for path, want := range map[string]int{"reunions/csv?annee=2025": 1, "reunions/csv?annee=2025&comite=" + st.text.Committees[0].ID: 0, "reunions/csv?annee=2024": 0, "personnes/csv?q=zol": 1, "personnes/csv?q=xyz": 0,
		"decisions/csv?annee=2020": 0, "propositions/csv?q=introuvable": 0, "suites/csv?vue=toutes&etat=dropped": 0} {
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(c.get(st.path("tableaux")+"/"+path).wants(http.StatusOK).body, "\ufeff")))
		r.Comma = ';'
		rows, err := r.ReadAll()
		st.must(err)
		if len(rows)-1 != want {
			t.Errorf("%s has %d rows, not %d", path, len(rows)-1, want)
		}
	}
}
