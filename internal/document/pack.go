package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strings"
)

// pack writes the parts of a document as the archive that word processors read. Parts that are already compressed, and the
// first, by which ODT is known, are stored as they are.
type pack struct {
	zip *zip.Writer
	err error
}

func newPack(w io.Writer) *pack { return &pack{zip: zip.NewWriter(w)} }

func (p *pack) part(name, content string) { p.write(name, []byte(content), zip.Deflate) }

func (p *pack) stored(name string, content []byte) { p.write(name, content, zip.Store) }

func (p *pack) write(name string, content []byte, method uint16) {
	if p.err != nil {
		return
	}
	w, err := p.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method})
	if err == nil {
		_, err = w.Write(content)
	}
	p.err = err
}

func (p *pack) close() error {
	if p.err != nil {
		return p.err
	}
	return p.zip.Close()
}

// esc writes text for XML. What XML cannot hold is left out.
func esc(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(strings.Map(func(r rune) rune { // a buffer takes everything
		if r < ' ' && r != '\t' && r != '\n' {
			return -1
		}
		return r
	}, s)))
	return strings.NewReplacer("&#xA;", " ", "&#x9;", " ").Replace(b.String())
}

// picture is a figure that a word processor shows: a part of the archive.
type picture struct {
	name string
	data []byte
}

// pictures are the figures of the body that have a picture, and the logo first where there is one.
func (d *Document) pictures() []picture {
	var out []picture
	if d.Letterhead.Logo != nil {
		out = append(out, picture{"logo.png", d.Letterhead.Logo})
	}
	n := 0
	for _, b := range d.Body {
		if f, ok := b.(Figure); ok && f.PNG != nil {
			n++
			out = append(out, picture{figureName(n), f.PNG})
		}
	}
	return out
}

func figureName(n int) string {
	return "figure" + string(rune('0'+n/10)) + string(rune('0'+n%10)) + ".png"
}

// logoHeight and logoWidth give a logo its size on paper, in tenths of a millimetre: 14 mm high, as wide as it is.
func logoSize(png []byte) (width, height int) {
	w, h := pngSize(png)
	if w == 0 || h == 0 {
		return 140, 140
	}
	return min(140*w/h, 450), 140
}

// pngSize reads the size in its header; zero where it is no PNG.
func pngSize(b []byte) (w, h int) {
	if len(b) < 24 || string(b[1:4]) != "PNG" {
		return 0, 0
	}
	at := func(i int) int { return int(b[i])<<24 | int(b[i+1])<<16 | int(b[i+2])<<8 | int(b[i+3]) }
	return at(16), at(20)
}

// height is the height of a figure on paper, from its width and its picture where nobody said.
func (f Figure) millimetres() (width, height int) {
	width, height = f.Width, f.Height
	if width == 0 {
		width = 160
	}
	if height == 0 {
		if w, h := pngSize(f.PNG); w > 0 {
			height = width * h / w
		} else {
			height = width / 2
		}
	}
	return width, height
}
