package demo

import (
	"bytes"
	"fmt"
	"strings"

	"entente/internal/governance"
)

// attach attaches a paper to what it belongs to.
func (f *filling) attach(e event) error {
	p := e.Paper
	a := governance.Attachment{Owner: governance.OwnerKind(p.Owner), OwnerID: f.ids[p.Of], Name: p.Name, FileName: p.File, Type: "application/pdf",
		Audience: governance.Audience(or(p.Audience, string(governance.ForSpace)))}
	_, err := f.sp.Attach(f.ctx, f.actor(e.By), a, bytes.NewReader(Page(p.Name, p.Lines)))
	return err
}

// Page is a PDF of one page: a title and its lines in Helvetica, which every reader has.
func Page(title string, lines []string) []byte {
	var text strings.Builder
	fmt.Fprintf(&text, "BT /F1 16 Tf 64 770 Td (%s) Tj /F1 11 Tf 0 -14 Td\n", latin(title))
	for _, l := range lines {
		fmt.Fprintf(&text, "0 -18 Td (%s) Tj\n", latin(l))
	}
	text.WriteString("ET")
	var b bytes.Buffer
	var at []int
	b.WriteString("%PDF-1.4\n")
	for i, object := range []string{
		"<< /Type /Catalog /Pages 2 0 R /Lang (fr-FR) >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", text.Len(), text.String()),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
	} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, table)
	return b.Bytes()
}

// winAnsi are the signs of French typography where the encoding of the font has them.
var winAnsi = map[rune]byte{'’': 0x92, '–': 0x96, '…': 0x85, 'œ': 0x9c, 'Œ': 0x8c, '€': 0x80, '\u202f': 0xa0}

// latin writes a string as the font is encoded; a sign that it does not have becomes a question mark.
func latin(s string) string {
	var out []byte
	for _, r := range s {
		known, special := winAnsi[r]
		switch {
		case special:
			out = append(out, known)
		case r == '(' || r == ')' || r == '\\':
			out = append(out, '\\', byte(r))
		case r < 0x80 || r >= 0xa0 && r <= 0xff:
			out = append(out, byte(r))
		default:
			out = append(out, '?')
		}
	}
	return string(out)
}
