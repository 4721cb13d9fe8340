// Package static serves the style sheet, the script and the icon that are compiled into the program.
//
// It is not for files of users. The invariant that it owns: an address names a content: the name carries a hash of the
// bytes, so that browsers may keep a file for ever and never show an old one.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

//go:embed files
var files embed.FS

// prefix is where the files stand on the server.
const prefix = "/static/"

// file is one file as it is sent.
type file struct {
	address    string // "/static/entente.0123456789ab.css"
	kind       string // its media type
	plain, zip []byte // zip is nil where compression gains nothing
}

// catalogue holds every file by its plain name and by its address.
type catalogue struct{ byName, byAddress map[string]*file }

var all = sync.OnceValue(func() catalogue {
	c, err := read(files)
	if err != nil {
		panic(err) // the files are compiled in
	}
	return c
})

func read(from fs.FS) (catalogue, error) {
	c := catalogue{byName: map[string]*file{}, byAddress: map[string]*file{}}
	err := fs.WalkDir(from, "files", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		src, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		f := newFile(path.Base(name), src)
		c.byName[path.Base(name)], c.byAddress[f.address] = f, f
		return nil
	})
	return c, err
}

func newFile(name string, src []byte) *file {
	sum := sha256.Sum256(src)
	ext := path.Ext(name)
	f := &file{
		address: prefix + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext,
		kind:    mime.TypeByExtension(ext),
		plain:   src,
	}
	if z := compress(src); len(z) < len(src) {
		f.zip = z
	}
	return f
}

// compress writes to memory, which does not fail.
func compress(src []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	_, _ = w.Write(src)
	_ = w.Close()
	return b.Bytes()
}

// Path is the address of a file by its plain name ("entente.css"). It panics on a name that is not there, which is a slip
// of the programmer's.
func Path(name string) string {
	f, ok := all().byName[name]
	if !ok {
		panic("static: no file " + name)
	}
	return f.address
}

// Handler serves the files under /static/ and answers 404 to every other address.
func Handler() http.Handler {
	c := all()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f, ok := c.byAddress[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		f.serve(w, r)
	})
}

func (f *file) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Vary", "Accept-Encoding")
	body := f.plain
	if f.zip != nil && acceptsGzip(r) {
		h.Set("Content-Encoding", "gzip")
		body = f.zip
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}

// acceptsGzip reads the header as browsers write it; whoever refuses gzip in finer words gets the plain bytes.
func acceptsGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		if strings.TrimSpace(part) == "gzip" {
			return true
		}
	}
	return false
}
