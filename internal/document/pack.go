package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
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

// What the formats of Office share.
const (
	packageRelations = `http://schemas.openxmlformats.org/package/2006/relationships`
	coreRelation     = packageRelations + `/metadata/core-properties`
	coreType         = `<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>`
)

// coreProperties is the part that says what the file is called, who wrote it and in which language.
func coreProperties(title, author, lang string) string {
	return xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` +
		esc(title) + `</dc:title><dc:creator>` + esc(author) + `</dc:creator><dc:language>` + esc(lang) + `</dc:language></cp:coreProperties>`
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

// pictures are the figures of the body that have a picture, those inside lists too, and the logo first where there is one.
func (d *Document) pictures() []picture {
	var out []picture
	logo := 0
	if d.Letterhead.Logo != nil {
		logo = 1
		out = append(out, picture{"logo.png", d.Letterhead.Logo})
	}
	var walk func([]Block)
	walk = func(blocks []Block) { // in the order in which the writers meet them
		for _, b := range blocks {
			switch b := b.(type) {
			case Figure:
				if b.PNG != nil {
					out = append(out, picture{figureName(len(out) - logo + 1), b.PNG})
				}
			case List:
				for _, item := range b.Items {
					walk(item.under())
				}
			}
		}
	}
	walk(d.Body)
	return out
}

func figureName(n int) string { return fmt.Sprintf("figure%02d.png", n) }

// logoSize gives a logo its size on paper, in tenths of a millimetre: 14 mm high, or less where it would be wider than 45 mm.
func logoSize(png []byte) (width, height int) {
	w, h := pngSize(png)
	if w == 0 || h == 0 {
		return 140, 140
	}
	if width = 140 * w / h; width > 450 {
		return 450, max(450*h/w, 1)
	}
	return width, 140
}

// pngSize reads the size in its header; zero where it is no PNG.
func pngSize(b []byte) (w, h int) {
	if len(b) < 24 || string(b[1:4]) != "PNG" {
		return 0, 0
	}
	at := func(i int) int { return int(b[i])<<24 | int(b[i+1])<<16 | int(b[i+2])<<8 | int(b[i+3]) }
	return at(16), at(20)
}

// millimetres are the size of a figure on paper, from its width and its picture where nobody said.
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

// markSize is how large a watermark is drawn, in millimetres: across the narrow side of the page, high enough for few words.
func (d *Document) markSize() (width, height int) {
	width, height = d.millimetres()
	width = min(width, height) * 4 / 5
	return width, max(min(width*3/2/max(utf8.RuneCountInString(d.Watermark), 1), width/4), 8)
}
