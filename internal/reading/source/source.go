// Package source turns the bytes of a file into the text that a reader works on: plain text, Markdown, DOCX, ODT, and PDF
// with a text layer.
//
// It takes away what layout adds (running headers and footers, page numbers, wrapped lines, hyphens at line ends,
// ligatures) and nothing else: the words stay as they were signed. It understands no sentence. The invariant that it
// owns: every line of a Text is a paragraph, an item or a row of the source, in its order, and its offsets are exact.
// A file that is too big, broken or hostile gives a fault that says what to do; time, memory and unpacked size are bounded.
package source

import (
	"bytes"
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"entente/internal/fault"
)

// Format is the kind of file that a text came from.
type Format string

// The formats that can be read.
const (
	Plain    Format = "text"
	Markdown Format = "markdown"
	DOCX     Format = "docx"
	ODT      Format = "odt"
	PDF      Format = "pdf"
)

// The bounds of what is read. They hold for every format.
const (
	MaxBytes    = 32 << 20         // of the file
	MaxUnpacked = 64 << 20         // of one member of a DOCX or ODT
	MaxText     = 4 << 20          // of the text read
	MaxPages    = 300              // of a PDF
	MaxTime     = 60 * time.Second // for the text stage
)

// Text is what the text stage gives: the words of the source, one paragraph a line.
type Text struct {
	Name    string
	Format  Format
	Pages   int // 0 where the format knows no pages
	Body    string
	Lines   []Line
	Removed []Noise // what was taken away, for the report
}

// Line is a paragraph, an item of a list, a row of a table or a heading.
type Line struct {
	Start, End int  // bytes of Body, without the line break
	Page       int  // from 1; 0 where unknown
	Heading    int  // level of a heading that the format declares, 0 for none
	Item       int  // depth of a list item that the format declares, from 1; 0 for none
	Gap        bool // a blank line stands before it
}

// Text gives the words of a line.
func (t *Text) Text(l Line) string { return t.Body[l.Start:l.End] }

// Noise is something that layout had added.
type Noise struct {
	Kind NoiseKind `json:"kind"`
	Text string    `json:"text"`
	Page int       `json:"page,omitempty"`
}

// NoiseKind says what sort of layout was taken away.
type NoiseKind string

// The kinds of noise.
const (
	RunningHeader NoiseKind = "running-header"
	PageNumber    NoiseKind = "page-number"
)

// Read reads a file. The name serves for its extension and for messages. Faults are Invalid, with a sentence that says what
// is wrong and what to do; a cancelled context gives its error.
func Read(ctx context.Context, name string, data []byte) (*Text, error) {
	ctx, cancel := context.WithTimeout(ctx, MaxTime)
	defer cancel()
	if len(data) > MaxBytes {
		return nil, fault.New(fault.Invalid, "reading.fault.too-large", "megabytes", MaxBytes>>20)
	}
	format, err := sniff(name, data)
	if err != nil {
		return nil, err
	}
	raw, err := extract(ctx, format, data)
	if err != nil {
		return nil, err
	}
	if raw.size() > MaxText {
		return nil, fault.New(fault.Invalid, "reading.fault.too-long", "megabytes", MaxText>>20)
	}
	t := raw.text()
	t.Name, t.Format = name, format
	if strings.TrimSpace(t.Body) == "" {
		return nil, fault.New(fault.Invalid, "reading.fault.empty")
	}
	return t, nil
}

func extract(ctx context.Context, format Format, data []byte) (*raw, error) {
	switch format {
	case DOCX:
		return readDOCX(ctx, data)
	case ODT:
		return readODT(ctx, data)
	case PDF:
		return readPDF(ctx, data)
	case Markdown:
		return readMarkdown(decode(data)), nil
	}
	return readPlain(decode(data)), nil
}

// signatures are the first bytes of files that people confuse with a text, and the sentence that answers each.
var signatures = []struct{ magic, key string }{
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "reading.fault.old-word"}, // Word 97-2003, also an encrypted DOCX
	{"{\\rtf", "reading.fault.rtf"},
	{"\x89PNG", "reading.fault.image"},
	{"\xff\xd8\xff", "reading.fault.image"},
	{"II*\x00", "reading.fault.image"},
	{"MM\x00*", "reading.fault.image"},
	{"GIF8", "reading.fault.image"},
	{"RIFF", "reading.fault.image"},
}

func sniff(name string, data []byte) (Format, error) {
	head := data[:min(len(data), 1024)]
	switch {
	case len(bytes.TrimSpace(head)) == 0:
		return "", fault.New(fault.Invalid, "reading.fault.empty")
	case bytes.Contains(head, []byte("%PDF-")):
		return PDF, nil
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return sniffZip(data)
	}
	for _, s := range signatures {
		if bytes.HasPrefix(data, []byte(s.magic)) {
			return "", fault.New(fault.Invalid, s.key)
		}
	}
	if binary(head) {
		return "", fault.New(fault.Invalid, "reading.fault.unknown-type")
	}
	low := strings.ToLower(name)
	if strings.HasSuffix(low, ".md") || strings.HasSuffix(low, ".markdown") {
		return Markdown, nil
	}
	return Plain, nil
}

// binary tells bytes that no text has.
func binary(head []byte) bool {
	if bytes.HasPrefix(head, []byte{0xff, 0xfe}) || bytes.HasPrefix(head, []byte{0xfe, 0xff}) {
		return false
	}
	control := 0
	for _, b := range head {
		if b < 0x20 && b != '\n' && b != '\r' && b != '\t' && b != '\f' && b != 0x1b {
			control++
		}
	}
	return control*100 > len(head)
}

// decode reads UTF-8, UTF-16 with a mark, or Windows Latin-1 where the bytes are not UTF-8.
func decode(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte{0xef, 0xbb, 0xbf}):
		data = data[3:]
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return utf16(data[2:], 0, 1)
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return utf16(data[2:], 1, 0)
	}
	if utf8.Valid(data) {
		return string(data)
	}
	return latin(data)
}

func utf16(data []byte, low, high int) string {
	var b strings.Builder
	for i := 0; i+1 < len(data); i += 2 {
		b.WriteRune(rune(data[i+low]) | rune(data[i+high])<<8)
	}
	return b.String()
}

// windows are the letters that Windows puts where Latin-1 has controls.
var windows = map[byte]rune{0x80: '€', 0x85: '…', 0x8c: 'Œ', 0x91: '‘', 0x92: '’', 0x93: '“', 0x94: '”', 0x95: '•', 0x96: '–', 0x97: '—', 0x9c: 'œ', 0x9f: 'Ÿ'}

func latin(data []byte) string {
	var b strings.Builder
	b.Grow(len(data) + len(data)/16)
	for _, c := range data {
		if r, ok := windows[c]; ok {
			b.WriteRune(r)
		} else {
			b.WriteRune(rune(c))
		}
	}
	return b.String()
}
