package web

import (
	"archive/zip"
	"bytes"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/config"
	"entente/internal/convention"
	"entente/internal/governance"
	"entente/internal/scan/scantest"
	"entente/internal/store"
	"entente/internal/testkit"
	"entente/internal/web/view"
)

var (
	somePDF = []byte("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
	somePNG = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00")
)

// officeFile is a document of an office program, as far as its type is concerned.
func officeFile(t *testing.T, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = w.Write(bytes.Repeat([]byte(name), 3000))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// documents is the page of the documents of the meeting of the site.
func (st *site) documents() string {
	return view.AttachmentsHref(st.path(), governance.OwnerMeeting, st.ids["reunions"])
}

// attached lists what is attached to the meeting of the site.
func (st *site) attached() []governance.Attachment {
	st.t.Helper()
	list, err := st.store.In(st.own.ID).Attachments(st.t.Context(), governance.OwnerMeeting, st.ids["reunions"])
	st.must(err)
	return list
}

// added is a field of the form that adds a document.
func (st *site) added(a *answer, name string) *html.Node {
	st.t.Helper()
	found := nodes(a.html(), func(n *html.Node) bool { return attr(n, "id") == "attach-"+st.ids["reunions"]+"-"+name })
	if len(found) != 1 {
		st.t.Fatalf("%s: %d fields %s", a.asked, len(found), name)
	}
	return found[0]
}

func TestAttachReadRemove(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	page := c.get(st.documents()).wants(http.StatusOK)
	page.says("Comité")
	c.sendFile(page, st.documents(), "Note_préparatoire.pdf", somePDF).leadsTo(st.documents())
	page = c.get(st.documents())
	page.says("Le document est joint.")
	page.says("Note préparatoire")
	page.says("PDF, 48 octets, ajouté le 23/11/2026")
	a := st.attached()[1]
	href := view.AttachmentHref(st.path(), a)
	got := st.as(reader).get(href).wants(http.StatusOK)
	if got.body != string(somePDF) {
		t.Errorf("%q", got.body)
	}
	for name, want := range map[string]string{"Content-Type": "application/pdf", "X-Content-Type-Options": "nosniff", "ETag": `"` + a.Digest + `"`,
		"Cache-Control": "private, no-cache", "Content-Disposition": "inline; filename*=utf-8''Note_pr%C3%A9paratoire.pdf"} {
		if got.header.Get(name) != want {
			t.Errorf("%s is %q", name, got.header.Get(name))
		}
	}
	c.do(http.MethodGet, href, nil, "If-None-Match", `"`+a.Digest+`"`).wants(http.StatusNotModified)
	part := c.do(http.MethodGet, href, nil, "Range", "bytes=1-3").wants(http.StatusPartialContent)
	if part.body != "PDF" {
		t.Errorf("the range is %q", part.body)
	}
	root := st.path("pieces", a.ID)
	c.post(root+"/renommer", "name", "Note", "version", "1").leadsTo(st.documents())
	c.post(root + "/monter").leadsTo(st.documents())
	if list := st.attached(); list[0].Name != "Note" || list[0].ID != a.ID {
		t.Errorf("%+v", list)
	}
	c.post(root+"/retirer", "version", "1").wants(http.StatusConflict).says("Quelqu’un d’autre a modifié ou retiré ce document")
	c.submit(c.get(st.documents()), root+"/retirer").leadsTo(st.documents())
	c.get(href).wants(http.StatusNotFound)
	if n := len(st.attached()); n != 1 {
		t.Errorf("%d documents are left", n)
	}
}

// TestATextIsNoPage: what a browser could take for a page is given as a file, in a sandbox.
func TestATextIsNoPage(t *testing.T) {
	st := newSite(t)
	got := st.as(reader).get(view.AttachmentHref(st.path(), st.attached()[0])).wants(http.StatusOK)
	if !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment") || !strings.HasSuffix(got.header.Get("Content-Security-Policy"), "; sandbox") {
		t.Errorf("%v", got.header)
	}
}

func TestWhatIsAttached(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	for _, x := range []struct {
		what, called string
		content      []byte
		kept, media  string // the name kept; empty where it is refused
		says         string
	}{
		{"a PDF", "a.pdf", somePDF, "a.pdf", "application/pdf", ""},
		{"a path", "../../../etc/passwd.pdf", somePDF, "passwd.pdf", "application/pdf", ""},
		{"a path of Windows", `C:\bureau\odj.pdf`, somePDF, "odj.pdf", "application/pdf", ""},
		{"a header", "a\r\nX-Evil: 1.pdf", somePDF, "a%0D%0AX-Evil_ 1.pdf", "application/pdf", ""},
		{"a turned name", "fdp.\u202egpj.pdf", somePDF, "fdp.gpj.pdf", "application/pdf", ""},
		{"no ending", "Convention", somePDF, "Convention.pdf", "application/pdf", ""},
		{"a text document", "a.docx", officeFile(t, "[Content_Types].xml", "_rels/.rels", "docProps/thumbnail.jpeg", "word/document.xml"), "a.docx",
			"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ""},
		{"a table of an office program", "a.xlsx", officeFile(t, "[Content_Types].xml", "xl/workbook.xml"), "a.xlsx",
			"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ""},
		{"an archive", "a.zip", officeFile(t, "a.txt"), "a.zip", "application/zip", ""},
		{"a table", "a.csv", []byte("nom;ville\nAubry;Étampes\n"), "a.csv", "text/csv", ""},
		{"a picture called a PDF", "a.pdf", somePNG, "", "", "son contenu est de la nature suivante : image PNG"},
		{"a page", "a.html", []byte("<!DOCTYPE html><script>alert(1)</script>"), "", "", "Cette nature de document n’est pas admise. Sont admis : PDF"},
		{"a page called a text", "a.txt", []byte("<!DOCTYPE html><script>alert(1)</script>"), "", "", "Cette nature de document n’est pas admise"},
		{"a drawing with a program", "a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), "", "", "n’est pas admise"},
		{"a program", "a.exe", []byte("MZ\x90\x00\x03\x00\x00\x00\x04"), "", "", "n’est pas admise"},
		{"nothing in it", "a.pdf", nil, "", "", "vide"},
	} {
		before := len(st.attached())
		got := c.sendFile(nil, st.documents(), x.called, x.content, "name", "Titre", "audience", "space")
		list := st.attached()
		if x.kept == "" {
			got.wants(http.StatusUnprocessableEntity).says(strings.ReplaceAll(x.says, " :", "\u00a0:"))
			if len(list) != before || attr(st.added(got, "name"), "value") != "Titre" || attr(got.field("file"), "aria-invalid") != "true" {
				t.Errorf("%s: %d documents, %s", x.what, len(list)-before, got.excerpt())
			}
			continue
		}
		got.wants(http.StatusSeeOther)
		if last := list[len(list)-1]; len(list) != before+1 || last.FileName != x.kept || last.Type != x.media || last.Size != int64(len(x.content)) {
			t.Errorf("%s: %+v", x.what, last)
		}
	}
	c.post(st.documents(), "name", "Titre").wants(http.StatusUnprocessableEntity).says("Choisissez le fichier")
}

// TestWorkingPapers: a working paper is there for those who keep the register alone.
func TestWorkingPapers(t *testing.T) {
	st := newSite(t)
	st.as(coordinator).sendFile(nil, st.documents(), "brouillon.pdf", somePDF, "name", "Brouillon", "audience", "coordinators").wants(http.StatusSeeOther)
	a := st.attached()[1]
	for who, sees := range map[string]bool{reader: false, member: false, coordinator: true, administrator: true} {
		c := st.as(who)
		if strings.Contains(c.get(st.documents()).words(), "Brouillon") != sees {
			t.Errorf("%s: the list is wrong", who)
		}
		if got := c.get(view.AttachmentHref(st.path(), a)); (got.status == http.StatusOK) != sees {
			t.Errorf("%s: %d", who, got.status)
		}
	}
	if n := len(nodes(st.as(reader).get(st.documents()).html(), tagged("form"))); n > 2 { // of the layout: language, sign out
		t.Errorf("a reader is offered %d forms", n)
	}
	c := st.as(coordinator)
	c.get(spacePath(st.other.Slug, "pieces", a.ID, "fichier", "x")).wants(http.StatusNotFound)
	st.as(administrator).get(spacePath(st.other.Slug, "pieces", a.ID, "fichier", "x")).wants(http.StatusNotFound)
	c.get(st.path("pieces", "lunes", st.ids["reunions"])).wants(http.StatusNotFound)
	c.get(st.path("pieces", "reunions", "none")).wants(http.StatusNotFound)
}

// TestDocumentsOfAnotherParty: to the evidence of a peer nobody else attaches anything, nor takes it away.
func TestDocumentsOfAnotherParty(t *testing.T) {
	st := newSite(t)
	sp := st.store.In(st.own.ID)
	r, err := sp.CreateEvidence(t.Context(), store.Actor{}, compliance.Record{Obligation: st.obligation(sp), Kind: convention.EvidenceKinds()[0], Party: st.peer(),
		Day: calendar.Must("2025-12-01"), Title: "Rapport"})
	st.must(err)
	own, peers := view.AttachmentsHref(st.path(), governance.OwnerEvidence, st.ids["preuves"]), view.AttachmentsHref(st.path(), governance.OwnerEvidence, r.ID)
	c := st.as(coordinator)
	c.sendFile(nil, own, "a.pdf", somePDF, "audience", "space").wants(http.StatusSeeOther)
	if got := c.sendFile(nil, peers, "a.pdf", somePDF, "audience", "space"); got.status != http.StatusForbidden && got.status != http.StatusUnprocessableEntity {
		t.Errorf("%d", got.status)
	}
	list, err := sp.Attachments(t.Context(), governance.OwnerEvidence, r.ID)
	if st.must(err); len(list) != 0 {
		t.Errorf("%v", list)
	}
	made, err := sp.Attach(t.Context(), store.Actor{}, governance.Attachment{Owner: governance.OwnerEvidence, OwnerID: r.ID, Name: "x", FileName: "x.pdf",
		Audience: governance.ForSpace}, bytes.NewReader(somePDF))
	st.must(err)
	c.post(st.path("pieces", made.ID, "retirer"), "version", "1")
	if _, err := sp.Attachment(t.Context(), made.ID); err != nil {
		t.Error("a document of a peer was removed")
	}
}

// endlessForm is a form whose document never ends, or ends after a number of bytes; sent counts what was read of it.
type endlessForm struct {
	head, tail []byte
	left       int64
	sent       int64
}

func newEndlessForm(size int64, boundary string) *endlessForm {
	return &endlessForm{left: size,
		head: []byte("--" + boundary + "\r\nContent-Disposition: form-data; name=\"audience\"\r\n\r\nspace\r\n--" + boundary +
			"\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\n"),
		tail: []byte("\r\n--" + boundary + "--\r\n")}
}

func (e *endlessForm) Read(p []byte) (n int, err error) {
	switch {
	case len(e.head) > 0:
		n = copy(p, e.head)
		e.head = e.head[n:]
	case e.left > 0:
		n = int(min(int64(len(p)), e.left))
		for i := range n {
			p[i] = "abcdefghijklmnopqrstuvwxyz 01234\n"[(e.left-int64(i))%33]
		}
		e.left -= int64(n)
	case len(e.tail) > 0:
		n = copy(p, e.tail)
		e.tail = e.tail[n:]
	default:
		return 0, io.EOF
	}
	e.sent += int64(n)
	return n, nil
}

const formBoundary = "0123456789abcdef"

// TestTooLargeIsRefusedEarly: of what is larger than admitted not much is read, whether its size was told or not.
func TestTooLargeIsRefusedEarly(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	st.must(st.store.SetAttachmentLimits(t.Context(), store.Actor{}, 0, governance.AttachmentLimits{MaxSize: 2 << 20, Types: []string{"text"}}))
	for name, told := range map[string]int64{"told": 400 << 20, "not told": -1} {
		form := newEndlessForm(400<<20, formBoundary)
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, siteAddress+st.documents(), io.NopCloser(form))
		r.ContentLength = told
		r.Header.Set("Content-Type", "multipart/form-data; boundary="+formBoundary)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		r.AddCookie(st.cookie(c))
		w := httptest.NewRecorder()
		begin := time.Now()
		st.server.ServeHTTP(w, r)
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "2\u00a0Mo au plus") || w.Header().Get("Connection") != "close" {
			t.Errorf("%s: %d", name, w.Code)
		}
		if form.sent > drainSize+4<<20 || time.Since(begin) > 2*drainTime {
			t.Errorf("%s: %d MiB were read in %v", name, form.sent>>20, time.Since(begin))
		}
	}
	if n := len(st.attached()); n != 1 {
		t.Errorf("%d documents", n)
	}
}

// TestFortyMegabytesThroughTheForm: a large document goes in and out without being held in memory.
func TestFortyMegabytesThroughTheForm(t *testing.T) {
	const size, bound = 40 << 20, 16 << 20
	st := newSite(t)
	c := st.as(coordinator)
	send := func() {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, siteAddress+st.documents(), io.NopCloser(newEndlessForm(size, formBoundary)))
		r.ContentLength = -1
		r.Header.Set("Content-Type", "multipart/form-data; boundary="+formBoundary)
		r.AddCookie(st.cookie(c))
		w := httptest.NewRecorder()
		if st.server.ServeHTTP(w, r); w.Code != http.StatusSeeOther {
			t.Fatalf("%d\n%s", w.Code, w.Body)
		}
	}
	if peak := testkit.HeapPeak(send); peak > bound {
		t.Errorf("the way in takes %d MiB of heap", peak>>20)
	}
	a := st.attached()[1]
	if a.Size != size {
		t.Fatalf("%+v", a)
	}
	read := func() {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, siteAddress+view.AttachmentHref(st.path(), a), nil)
		r.AddCookie(st.cookie(c))
		w := &counter{header: http.Header{}}
		if st.server.ServeHTTP(w, r); w.n != size {
			t.Errorf("%d bytes come out", w.n)
		}
	}
	if peak := testkit.HeapPeak(read); peak > bound {
		t.Errorf("the way out takes %d MiB of heap", peak>>20)
	}
}

// counter is a response of which only the length is kept.
type counter struct {
	header http.Header
	n      int
}

func (c *counter) Header() http.Header         { return c.header }
func (c *counter) WriteHeader(int)             {}
func (c *counter) Write(b []byte) (int, error) { c.n += len(b); return len(b), nil }

// TestDamagedDocumentIsCutOff: who receives it can tell, and the log does.
func TestDamagedDocumentIsCutOff(t *testing.T) {
	file := testkit.Database(t)
	kept, err := store.Open(t.Context(), file, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer kept.Close()
	st := &site{t: t, store: kept, log: &logBuffer{}}
	sp := kept.In(st.load(store.Actor{}, "etampois", "etampois-sud-essonne-2023-2026", "2023-01-01").ID)
	m, err := sp.CreateMeeting(t.Context(), store.Actor{}, governance.Meeting{Committee: "x", Day: calendar.Must("2026-03-10"), State: governance.Planned})
	st.must(err)
	a, err := sp.Attach(t.Context(), store.Actor{}, governance.Attachment{Owner: governance.OwnerMeeting, OwnerID: m.ID, Name: "x", FileName: "x.txt",
		Type: "text/plain", Audience: governance.ForSpace}, bytes.NewReader(bytes.Repeat([]byte("0123456789abcdef"), 40_000)))
	st.must(err)
	db, err := sql.Open("sqlite", file)
	st.must(err)
	_, err = db.ExecContext(t.Context(), `UPDATE file_chunk SET data = zeroblob(length(data)) WHERE seq = 1`)
	st.must(err)
	st.must(db.Close())
	s := &Server{store: kept, log: slog.New(slog.NewTextHandler(st.log, nil))}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := s.serveAttachment(w, r, sp, a); err != nil {
			t.Error(err)
		}
	}))
	defer srv.Close()
	got, err := srv.Client().Get(srv.URL)
	st.must(err)
	defer got.Body.Close()
	if n, err := io.Copy(io.Discard, got.Body); err == nil || n >= a.Size {
		t.Errorf("%d bytes of %d come whole (%v)", n, a.Size, err)
	}
	if log := st.log.String(); !strings.Contains(log, "document cut off") || !strings.Contains(log, "damaged") {
		t.Error("the log does not tell")
	}
}

func TestDocumentsAreScanned(t *testing.T) {
	clamd := scantest.Listen(t, "tcp", "127.0.0.1:0", "EICAR")
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	for _, x := range []struct {
		name, address, content string
		status                 int
		says, administration   string
	}{
		{"clean", clamd.Address, "rien", http.StatusSeeOther, "", "est examiné par l’antivirus"},
		{"found", clamd.Address, "xxEICAR", http.StatusUnprocessableEntity, "Test-Signature", "est examiné par l’antivirus"},
		{"unreachable", closed.Addr().String(), "rien", http.StatusServiceUnavailable, "L’antivirus ne répond pas en ce moment", "L’antivirus ne répond pas"},
		{"none", "", "xxEICAR", http.StatusSeeOther, "", "Aucun antivirus n’est configuré"},
	} {
		t.Run(x.name, func(t *testing.T) {
			st := newSiteWith(t, config.Config{Address: siteAddress, Clamd: x.address})
			got := st.as(coordinator).sendFile(nil, st.documents(), "a.txt", []byte(x.content), "audience", "space", "name", "Titre").wants(x.status)
			kept := len(st.attached()) - 1
			if x.status == http.StatusSeeOther {
				if kept != 1 {
					t.Error("it is not kept")
				}
			} else if got.says(x.says); kept != 0 || attr(st.added(got, "name"), "value") != "Titre" {
				t.Errorf("%d kept; the form comes back %s", kept, got.excerpt())
			}
			st.as(administrator).get("/administration").says(x.administration)
		})
	}
}

func TestDocumentLimits(t *testing.T) {
	st := newSite(t)
	c := st.as(administrator)
	page := c.get("/administration").wants(http.StatusOK)
	if attr(page.field("max-size"), "value") != "40" {
		t.Error("the default is not shown")
	}
	v := page.form("/administration/documents")
	v.Set("max-size", "5000")
	refused := c.postValues("/administration/documents", v).wants(http.StatusUnprocessableEntity)
	if refused.says("de 1 à 500\u00a0Mo"); attr(refused.field("max-size"), "value") != "5000" {
		t.Error("what was typed is lost")
	}
	v.Set("max-size", "3")
	for name := range v {
		if strings.HasPrefix(name, "type-") && name != "type-pdf" {
			v.Del(name)
		}
	}
	c.postValues("/administration/documents", v).wants(http.StatusSeeOther)
	c.postValues("/administration/documents", v).wants(http.StatusConflict).says("Quelqu’un d’autre a modifié ces limites")
	limits, _, err := st.store.AttachmentLimits(t.Context())
	if st.must(err); limits.MaxSize != 3<<20 || !slices.Equal(limits.Types, []string{"pdf"}) {
		t.Errorf("%+v", limits)
	}
	c = st.as(coordinator)
	c.get(st.documents()).says("3\u00a0Mo au plus. Natures admises")
	c.sendFile(nil, st.documents(), "a.txt", []byte("texte"), "audience", "space").wants(http.StatusUnprocessableEntity).says("Sont admis")
	c.sendFile(nil, st.documents(), "a.pdf", append(slices.Clone(somePDF), make([]byte, 3<<20)...), "audience", "space").
		wants(http.StatusUnprocessableEntity).says("3\u00a0Mo au plus")
}

// TestPagesLeadToDocuments: the register of meetings and the page of obligations say how many documents there are.
func TestPagesLeadToDocuments(t *testing.T) {
	st := newSite(t)
	st.as(coordinator).sendFile(nil, view.AttachmentsHref(st.path(), governance.OwnerEvidence, st.ids["preuves"]), "a.pdf", somePDF, "audience", "space").
		wants(http.StatusSeeOther)
	c := st.as(reader)
	for page, href := range map[string]string{st.path("reunions"): st.documents(), st.path("comites", st.text.Committees[0].ID): st.documents(),
		st.path("obligations"): view.AttachmentsHref(st.path(), governance.OwnerEvidence, st.ids["preuves"])} {
		links := nodes(c.get(page).html(), func(n *html.Node) bool { return n.Data == "a" && attr(n, "href") == href })
		if len(links) == 0 || !strings.HasPrefix(words(links[0]), "1 document") {
			t.Errorf("%s does not lead to %s", page, href)
		}
	}
}

// TestAFormWithTooManyFieldsIsRefused: nobody makes the server keep field after field.
func TestAFormWithTooManyFieldsIsRefused(t *testing.T) {
	st := newSite(t)
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := range 100 {
		st.must(w.WriteField(fmt.Sprintf("f%d", i), strings.Repeat("x", 100)))
	}
	st.must(w.Close())
	st.as(coordinator).do(http.MethodPost, st.documents(), &b, "Content-Type", w.FormDataContentType()).wants(http.StatusUnprocessableEntity)
}
