package testkit

import (
	"bytes"
	"fmt"
	"strings"
)

// PDF writes a document of as many pages as there are texts, line by line, in Latin-1; trailer adds to its last dictionary
// ("/Encrypt<<…>>"). It needs no browser.
func PDF(trailer string, pages ...string) []byte {
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"}
	var kids strings.Builder
	for _, text := range pages {
		var c strings.Builder
		c.WriteString("BT /F1 10 Tf 14 TL 40 800 Td\n")
		for _, l := range strings.Split(text, "\n") {
			fmt.Fprintf(&c, "(%s) Tj T*\n", pdfString.Replace(latin(l)))
		}
		c.WriteString("ET")
		n := len(objects) + 1
		fmt.Fprintf(&kids, "%d 0 R ", n)
		objects = append(objects,
			fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>", n+1),
			fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", c.Len(), c.String()))
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids.String(), len(pages))
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	at := make([]int, len(objects))
	for i, o := range objects {
		at[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, start)
	return b.Bytes()
}

// pdfString guards the signs that end a string.
var pdfString = strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`)

// latin writes a text in Windows Latin-1; a letter that this has not becomes a question mark.
func latin(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '’':
			b.WriteByte(0x92)
		case r == '–':
			b.WriteByte(0x96)
		case r == 'œ':
			b.WriteByte(0x9c)
		case r < 0x100:
			b.WriteByte(byte(r))
		default:
			b.WriteByte('?')
		}
	}
	return b.String()
}
