package source

import (
	"regexp"
	"slices"
	"strings"
)

// readPlain reads plain text; form feeds are page breaks.
func readPlain(s string) *raw {
	r := &raw{wrapped: true}
	pages := strings.Split(s, "\f")
	if len(pages) > 1 {
		r.pages = len(pages)
	}
	for i, page := range pages {
		n := 0
		if r.pages > 0 {
			n = i + 1
		}
		for _, line := range strings.Split(page, "\n") {
			r.add(rawLine{text: expand(line), page: n})
		}
	}
	return r
}

// wide matches the space between two columns.
var wide = regexp.MustCompile(` {6,}`)

// afterBullet matches a bullet and the spaces that set its words apart: no column.
var afterBullet = regexp.MustCompile(`^([-–—•●▪■◦‣➤➢*·]|\d{1,2}[.)])[ \t\x{00a0}]{2,}`)

// expand makes a table row of a line with tabs, and drops the spaces that only align.
func expand(line string) string {
	line = strings.TrimRight(line, " \t\r\u00a0")
	indent := len(line) - len(strings.TrimLeft(line, " \t"))
	body := afterBullet.ReplaceAllString(line[indent:], "$1 ")
	if wide.MatchString(body) {
		body = wide.ReplaceAllString(body, "\t\t")
	}
	if strings.Count(body, "\t") > 1 {
		cells := slices.DeleteFunc(strings.Split(body, "\t"), func(c string) bool { return strings.TrimSpace(c) == "" })
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		body = strings.Join(cells, " | ")
	}
	return strings.ReplaceAll(line[:indent], "\t", "  ") + strings.ReplaceAll(body, "\t", " ")
}

var (
	atxHeading = regexp.MustCompile(`^(#{1,6})\s+(.*?)\s*#*\s*$`)
	tableRule  = regexp.MustCompile(`^\|?[\s:|-]+\|[\s:|-]*$`)
)

// readMarkdown reads Markdown: headings by their signs, rows of tables, everything else as plain text.
func readMarkdown(s string) *raw {
	r := &raw{wrapped: true}
	for _, line := range strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		switch m := atxHeading.FindStringSubmatch(line); {
		case m != nil:
			r.add(rawLine{text: m[2], heading: len(m[1]), gap: true, whole: true})
		case strings.HasPrefix(strings.TrimSpace(line), "|"):
			if !tableRule.MatchString(line) {
				r.add(rawLine{text: row(strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")), whole: true})
			}
		default:
			r.add(rawLine{text: strings.TrimRight(expand(line), "\\")})
		}
	}
	return r
}

// row writes the cells of a table on one line.
func row(cells []string) string {
	for i := range cells {
		cells[i] = strings.Join(strings.Fields(cells[i]), " ")
	}
	return strings.Join(cells, " | ")
}
