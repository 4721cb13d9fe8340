package static

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

func get(t *testing.T, address, encoding string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, address, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r io.Reader) string {
	t.Helper()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestServe(t *testing.T) {
	for name, kind := range map[string]string{"entente.css": "text/css", "entente.js": "text/javascript", "icon.svg": "image/svg+xml"} {
		t.Run(name, func(t *testing.T) {
			plain := get(t, Path(name), "")
			if plain.StatusCode != http.StatusOK || !strings.HasPrefix(plain.Header.Get("Content-Type"), kind) {
				t.Fatalf("%d %s", plain.StatusCode, plain.Header.Get("Content-Type"))
			}
			if !strings.Contains(plain.Header.Get("Cache-Control"), "immutable") {
				t.Error("not kept by browsers")
			}
			zipped := get(t, Path(name), "br, gzip")
			if zipped.Header.Get("Content-Encoding") != "gzip" {
				t.Fatal("not compressed")
			}
			z, err := gzip.NewReader(zipped.Body)
			if err != nil {
				t.Fatal(err)
			}
			if body(t, z) != body(t, plain.Body) {
				t.Error("the compressed file is another")
			}
		})
	}
}

func TestHashedNamesOnly(t *testing.T) {
	for _, address := range []string{"/static/entente.css", "/static/", "/static/../static.go", "/static/entente.000000000000.css"} {
		if got := get(t, address, "").StatusCode; got != http.StatusNotFound {
			t.Errorf("%s: %d", address, got)
		}
	}
}

func TestPathOfNothing(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a file that is not there has an address")
		}
	}()
	Path("nothing.css")
}

// TestStyleSheet holds what the style sheet promises: no address of another server, and the modes that people may ask for.
func TestStyleSheet(t *testing.T) {
	css := string(all().byName["entente.css"].plain)
	if m := regexp.MustCompile(`url\(|@import|@font-face`).FindString(css); m != "" {
		t.Errorf("the style sheet loads something: %s", m)
	}
	for _, mode := range []string{"prefers-color-scheme: dark", "prefers-reduced-motion", "forced-colors", "@media print", ":focus-visible"} {
		if !strings.Contains(css, mode) {
			t.Errorf("nothing for %s", mode)
		}
	}
}
