package mail

import (
	stdhtml "html"
	"regexp"
	"strings"
)

// plain is the text of a letter as it leaves: its lines, then the footer after the line that mail programs know.
func plain(l Letter) string {
	text := strings.TrimRight(l.Text, "\n") + "\n"
	if l.Footer != "" {
		text += "\n-- \n" + l.Footer + "\n"
	}
	return text
}

// link finds addresses in a text; a stop at their end belongs to the sentence.
var link = regexp.MustCompile(`https?://[^\s<>"]*[^\s<>".,;:!?)]`)

// The styles of a letter. Programs that show mail know no style sheet.
const (
	styleBody   = "margin:0;padding:24px 16px;background:#ffffff;color:#1c1c1c;font:16px/1.5 Arial,Helvetica,sans-serif"
	styleText   = "max-width:38em;margin:0 auto"
	styleFooter = "margin:24px 0 0;padding:12px 0 0;border-top:1px solid #c9c9c9;color:#555555;font-size:14px"
	styleLink   = "color:#0b4f8a;word-break:break-all"
)

// html is the text of a letter as a page: the same words, with paragraphs and links. It loads nothing.
func html(l Letter) string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html lang="` + stdhtml.EscapeString(l.Lang) + `"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
		`<title>` + stdhtml.EscapeString(l.Subject) + `</title></head><body style="` + styleBody + `"><div style="` + styleText + `">`)
	for _, paragraph := range strings.Split(strings.TrimSpace(l.Text), "\n\n") {
		b.WriteString("<p style=\"margin:0 0 16px\">" + lines(paragraph) + "</p>\n")
	}
	if l.Footer != "" {
		b.WriteString(`<p style="` + styleFooter + `">` + lines(l.Footer) + `</p>`)
	}
	b.WriteString("</div></body></html>\n")
	return b.String()
}

// lines escapes a paragraph, keeps its lines, and makes its addresses links.
func lines(paragraph string) string {
	var b strings.Builder
	paragraph = strings.Trim(paragraph, "\n")
	for at := 0; ; {
		found := link.FindStringIndex(paragraph[at:])
		if found == nil {
			b.WriteString(broken(paragraph[at:]))
			return b.String()
		}
		href := stdhtml.EscapeString(paragraph[at+found[0] : at+found[1]])
		b.WriteString(broken(paragraph[at:at+found[0]]) + `<a style="` + styleLink + `" href="` + href + `">` + href + `</a>`)
		at += found[1]
	}
}

func broken(s string) string { return strings.ReplaceAll(stdhtml.EscapeString(s), "\n", "<br>\n") }
