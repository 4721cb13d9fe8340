package convention

import (
	"regexp"
	"strings"
)

// section is a heading of the file with the pieces under it, before anything is understood.
type section struct {
	level   int
	heading string
	line    int
	pieces  []piece
}

// piece is a run of prose or the inside of a yaml fence.
type piece struct {
	text   string
	block  bool
	line   int // of its first line of text
	indent int // columns taken off each line of a block
}

var (
	headingForm = regexp.MustCompile(`^ {0,3}(#{1,6})(?:[ \t]+(.*))?$`)
	closingForm = regexp.MustCompile(`(^|[ \t])#+$`)
	fenceForm   = regexp.MustCompile("^( {0,3})(`{3,}|~{3,})[ \t]*([^`]*)$")
)

// splitter cuts a file into sections. It knows of Markdown what decides where a heading or a block begins: ATX headings,
// fences and HTML comments. Everything else is prose and is kept as it is.
type splitter struct {
	lines    []string
	at       int // index of the line being read
	sections []section
	prose    []string
	from     int // line of the first of prose
	report   func(line int, s Severity, key string)
}

// split cuts the text. Text above the first heading, a heading without words and a fence or comment that never ends are
// reported.
func split(text string, report func(line int, s Severity, key string)) []section {
	s := &splitter{lines: strings.Split(text, "\n"), report: report}
	for s.at = 0; s.at < len(s.lines); s.at++ {
		s.line(s.lines[s.at])
	}
	s.flush()
	return s.sections
}

func (s *splitter) line(line string) {
	if m := headingForm.FindStringSubmatch(line); m != nil {
		s.heading(len(m[1]), m[2])
		return
	}
	if m := fenceForm.FindStringSubmatch(line); m != nil && !(m[2][0] == '~' && strings.HasPrefix(m[3], "~")) {
		s.fence(len(m[1]), m[2], m[3])
		return
	}
	if strings.HasPrefix(strings.TrimLeft(line, " "), "<!--") {
		s.comment()
		return
	}
	s.keep(line)
}

func (s *splitter) heading(level int, text string) {
	s.flush()
	text = strings.Trim(text, " \t")
	text = strings.TrimRight(closingForm.ReplaceAllString(text, ""), " \t")
	if text == "" {
		s.report(s.at+1, Error, "heading-empty")
	}
	s.sections = append(s.sections, section{level: level, heading: text, line: s.at + 1})
}

// keep adds a line to the prose being read.
func (s *splitter) keep(line string) {
	if len(s.prose) == 0 {
		s.from = s.at + 1
	}
	s.prose = append(s.prose, line)
}

// flush ends the prose being read, without the blank lines around it.
func (s *splitter) flush() {
	lines := s.prose
	s.prose = nil
	for len(lines) > 0 && blank(lines[0]) {
		lines = lines[1:]
		s.from++
	}
	for len(lines) > 0 && blank(lines[len(lines)-1]) {
		lines = lines[:len(lines)-1]
	}
	if len(lines) > 0 {
		s.add(piece{text: strings.Join(lines, "\n"), line: s.from})
	}
}

func blank(line string) bool { return strings.Trim(line, " \t") == "" }

func (s *splitter) add(p piece) {
	if len(s.sections) == 0 {
		s.report(p.line, Error, "text-above-heading")
		s.sections = append(s.sections, section{level: 1, line: p.line})
	}
	last := &s.sections[len(s.sections)-1]
	last.pieces = append(last.pieces, p)
}

// fence reads to the end of a fence that the current line opens. A yaml fence is a block; any other is prose.
func (s *splitter) fence(indent int, mark, info string) {
	end := s.find(func(line string) bool { return closes(line, mark) })
	if end == len(s.lines) {
		s.report(s.at+1, Error, "fence-open")
	}
	if !isYAML(info) {
		s.keepTo(end)
		return
	}
	s.flush()
	inside := make([]string, 0, end-s.at)
	for _, line := range s.lines[s.at+1 : end] {
		inside = append(inside, outdent(line, indent))
	}
	s.add(piece{text: strings.Join(inside, "\n"), block: true, line: s.at + 2, indent: indent})
	s.at = end
}

// comment reads to the end of an HTML comment: what is in it is prose, not headings and blocks.
func (s *splitter) comment() {
	end := s.at
	if !strings.Contains(s.lines[s.at], "-->") {
		end = s.find(func(line string) bool { return strings.Contains(line, "-->") })
	}
	if end == len(s.lines) {
		s.report(s.at+1, Error, "comment-open")
	}
	s.keepTo(end)
}

// find gives the index of the next line that is wanted, or the number of lines.
func (s *splitter) find(wanted func(string) bool) int {
	for i := s.at + 1; i < len(s.lines); i++ {
		if wanted(s.lines[i]) {
			return i
		}
	}
	return len(s.lines)
}

// keepTo keeps the lines from the current one to the one at end as prose.
func (s *splitter) keepTo(end int) {
	for ; s.at < len(s.lines); s.at++ {
		s.keep(s.lines[s.at])
		if s.at == end {
			return
		}
	}
}

func closes(line, mark string) bool {
	line = strings.TrimRight(line, " \t")
	inner := strings.TrimLeft(line, " ")
	return len(line)-len(inner) <= 3 && len(inner) >= len(mark) && strings.Trim(inner, mark[:1]) == ""
}

func isYAML(info string) bool {
	words := strings.Fields(strings.ToLower(info))
	return len(words) > 0 && (words[0] == "yaml" || words[0] == "yml")
}

func outdent(line string, n int) string {
	for n > 0 && strings.HasPrefix(line, " ") {
		line, n = line[1:], n-1
	}
	return line
}
