package source

import (
	"context"
	"encoding/xml"
	"strconv"
	"strings"
)

// numbering rebuilds the numbers that a word processor puts before the items of its lists.
type numbering struct {
	levels map[string][]numberLevel // of each list, by depth
	counts map[string][]int
	shared map[string]string // list to the abstract list whose counters it shares
}

type numberLevel struct {
	format string // decimal, bullet, lowerLetter…
	text   string // "%1.%2"
	start  int
}

const maxLevels = 10

// next counts one item up and gives its mark and its depth from 1; a list that is not described is bulleted.
func (n *numbering) next(list string, level int) (mark string, item int) {
	level = min(max(level, 0), maxLevels-1)
	levels := n.levels[list]
	if level >= len(levels) || levels[level].format == "bullet" {
		return "-", level + 1
	}
	if levels[level].format == "none" {
		return "", level + 1
	}
	key := list
	if a, ok := n.shared[list]; ok {
		key = a
	}
	counts := n.counts[key]
	if counts == nil {
		counts = make([]int, maxLevels)
		n.counts[key] = counts
	}
	if counts[level] == 0 {
		counts[level] = levels[level].start - 1
	}
	counts[level]++
	clear(counts[level+1:])
	return label(levels, level, counts), level + 1
}

// label writes the number of an item: "%1.%2" with counts 4 and 2 is "4.2".
func label(levels []numberLevel, level int, counts []int) string {
	out := levels[level].text
	for i := 0; i <= level; i++ {
		out = strings.ReplaceAll(out, "%"+strconv.Itoa(i+1), numeral(levels[i].format, max(counts[i], 1)))
	}
	return strings.TrimSpace(out)
}

func numeral(format string, n int) string {
	switch format {
	case "lowerLetter", "a":
		return letters(n)
	case "upperLetter", "A":
		return strings.ToUpper(letters(n))
	case "lowerRoman", "i":
		return strings.ToLower(upperRoman(n))
	case "upperRoman", "I":
		return upperRoman(n)
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}

func letters(n int) string { return string(rune('a' + (n-1)%26)) }

func upperRoman(n int) string {
	if n > 39 {
		return strconv.Itoa(n)
	}
	return strings.Repeat("X", n/10) + [...]string{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"}[n%10]
}

// wordLists reads the lists that a Word file describes.
func wordLists(ctx context.Context, data []byte) (*numbering, error) {
	n := &numbering{levels: map[string][]numberLevel{}, counts: map[string][]int{}, shared: map[string]string{}}
	src, err := member(data, "word/numbering.xml")
	if err != nil || src == nil {
		return n, err
	}
	abstract := map[string][]numberLevel{}
	var current, list string
	var level *numberLevel
	err = walk(ctx, src, func(tok xml.Token) {
		e, ok := tok.(xml.StartElement)
		if !ok {
			return
		}
		switch e.Name.Local {
		case "abstractNum":
			current = attr(e, "abstractNumId")
		case "lvl":
			level = nil
			if len(abstract[current]) < maxLevels {
				abstract[current] = append(abstract[current], numberLevel{format: "decimal", start: 1})
				level = &abstract[current][len(abstract[current])-1]
			}
		case "num":
			list = attr(e, "numId")
		case "abstractNumId":
			n.levels[list] = abstract[attr(e, "val")]
			n.shared[list] = "abstract " + attr(e, "val")
		default:
			level.describe(e)
		}
	})
	return n, err
}

// describe notes what an element says of a level; a nil level takes nothing.
func (l *numberLevel) describe(e xml.StartElement) {
	if l == nil {
		return
	}
	switch e.Name.Local {
	case "numFmt":
		l.format = attr(e, "val")
	case "lvlText":
		l.text = attr(e, "val")
	case "start":
		l.start = attrInt(e, "val")
	}
}
