package web

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
)

// TestMeetingArchive is checked as its own page says: with sha256sum alone.
func TestMeetingArchive(t *testing.T) {
	tool, err := exec.LookPath("sha256sum")
	if err != nil {
		testkit.Skipping(t, "sha256sum is not installed")
	}
	st := newSite(t)
	t.Cleanup(func() { st.must(st.server.Close()) })
	_, err = st.store.In(st.own.ID).Attach(t.Context(), store.Actor{}, governance.Attachment{Owner: governance.OwnerMeeting, OwnerID: st.ids["reunions"], Name: "Un piège", FileName: "é'(1) – $x.txt",
		Type: "text/plain", Audience: governance.ForSpace}, strings.NewReader("autre"))
	st.must(err)
	got := st.as(coordinator).get(st.path("reunions", st.ids["reunions"], "archive")).wants(http.StatusOK)
	dir := unpackTo(t, got.body)
	for _, in := range []string{dir, filepath.Join(dir, "journal")} {
		cmd := exec.CommandContext(t.Context(), tool, "--strict", "-c", "SHA256SUMS")
		cmd.Dir = in
		if out, err := cmd.CombinedOutput(); err != nil || strings.Count(string(out), "\n") < 5 {
			t.Errorf("in %s: %v\n%s", in, err, out)
		}
	}
	var m archiveManifest
	read(t, filepath.Join(dir, "manifest.json"), &m)
	if m.Format != archiveFormat || len(m.Files) < 10 || m.Meeting != st.ids["reunions"] {
		t.Errorf("the manifest is %+v", m)
	}
	call, err := os.ReadFile(filepath.Join(dir, "convocations", "1.json"))
	st.must(err)
	list, err := st.store.In(st.own.ID).Convocations(t.Context(), st.ids["reunions"])
	st.must(err)
	if string(call) != string(list[0].Manifest.Canonical()) {
		t.Error("the convocation is not as it was frozen")
	}
	for _, want := range []string{"LISEZ-MOI.html", "reunion.json", "envois.json", "journal.json", "ordre-du-jour.odt", "emargement.odt", "compte-rendu.odt", "decisions.odt", "convocations/1.odt", "pieces/01 odj.txt"} {
		if _, err := os.Stat(filepath.Join(dir, want)); err != nil {
			t.Errorf("the archive lacks %s", want)
		}
	}
	for _, never := range []string{emailOf(member), "Bonjour"} { // the address of a message, and its text with a personal link
		for _, name := range []string{"envois.json", "reunion.json"} {
			if b, _ := os.ReadFile(filepath.Join(dir, name)); bytes.Contains(b, []byte(never)) {
				t.Errorf("%s tells %q", name, never)
			}
		}
	}
	for _, who := range []string{reader, member} {
		st.as(who).get(st.path("reunions", st.ids["reunions"], "archive")).wants(http.StatusForbidden)
	}
	// One byte changed shows.
	path := filepath.Join(dir, "reunion.json")
	b, err := os.ReadFile(path)
	st.must(err)
	b[len(b)/2] ^= 1
	st.must(os.WriteFile(path, b, 0o600))
	cmd := exec.CommandContext(t.Context(), tool, "-c", "SHA256SUMS")
	cmd.Dir = dir
	if cmd.Run() == nil {
		t.Error("a changed byte does not show")
	}
}

func unpackTo(t *testing.T, body string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range z.File {
		if !filepath.IsLocal(f.Name) {
			t.Fatalf("the archive has %q", f.Name)
		}
		path := filepath.Join(dir, f.Name)
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err == nil {
			err = os.MkdirAll(filepath.Dir(path), 0o700)
		}
		if err == nil {
			err = os.WriteFile(path, content, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func read(t *testing.T, path string, into any) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(b, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}
