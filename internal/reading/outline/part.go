package outline

import (
	"regexp"
	"strings"
)

var (
	preambleTitle = regexp.MustCompile(`^(?:preambule|expose|visas|(?:le )?contexte|introduction)`)
	partiesTitle  = regexp.MustCompile(`^(?:entre\b|(?:les )?(?:parties|signataires)|(?:identification|designation|presentation) des (?:parties|signataires)|parties signataires|ainsi que$)`)
	agreed        = regexp.MustCompile(`^il (?:est|a ete) `)
	partiesStart  = regexp.MustCompile(`^(?:la presente convention est (?:conclue|signee|passee|etablie) )?entre(?: les soussignee?s| les parties| d'une part)?(?: suivante?s| ci-apres| designe.{0,20})? ?[,:]*$|^[a-z' -]{3,80}\b(?:conclue?|passee?|signee?|etablie?)\b[a-z' -]{0,40} entre(?: les (?:soussignes|parties|signataires)[a-z' -]{0,20})? ?:$|^entre ?:? (?:l'|la |le |les )`)
	foot          = regexp.MustCompile(`^fait(?: et signe)?(?: ?,| a\b| le\b| en\b|$)|^(?:signee?|etablie?) (?:a|en)\b.{0,60}(?:le|exemplaires)|^en (?:\S+ ){1,2}exemplaires`)
	placeAndDay   = regexp.MustCompile(`^(?:a )?[a-z][a-z' -]{1,40}, le (?:\d{1,2}(?:er)? [a-z]+ \d{4}|[ ._/-]{3,}\d{0,4}|\d{1,2}[/.]\d{1,2}[/.]\d{4})\.?$`)
	signTitle     = regexp.MustCompile(`^signatu|^(?:les )?signataires$`)
)

// parts says which sections are the title, the preamble, the parties, the signatures and the annexes.
func (d *Document) parts() {
	d.cut()
	defer d.unlabelled()
	annex, body := false, false
	for i := range d.Sections {
		s := &d.Sections[i]
		switch {
		case annex || d.annex(s):
			annex = true
			s.Part = Annex
		case s.Head < 0:
			s.Part = Title
		case preambleTitle.MatchString(s.Title) && !body:
			s.Part = Preamble
		case d.foot(i):
			s.Part = Signature
		case partiesStart.MatchString(d.Folded(d.Blocks[s.Head])) && !body:
			s.Part = Parties
		case partiesTitle.MatchString(s.Title) && (s.Number == "" || s.Number == "1" || strings.Contains(s.Title, "partie") || strings.Contains(s.Title, "signataire")):
			s.Part = Parties
		case agreed.MatchString(s.Title):
			s.Part = Preamble
		case !body && i > 0 && d.Sections[i-1].Part == Parties && s.Number == "" && presenting.MatchString(d.under(s)):
			s.Part = Parties // "LE DÉPARTEMENT DE L’ORIVAL" in capitals, with who represents it on the lines below
		case s.Number == "" && !body && i <= 3 && s.Blocks[1]-s.Blocks[0] == 1:
			s.Part = Title // a line of the title in capitals, with nothing under it
		case s.Number == "" && s.Level <= 2 && !body && i <= 2 && d.titleLike(s):
			s.Part = Title
		case s.Parent >= 0 && d.Sections[s.Parent].Part != Body && s.Level > d.Sections[s.Parent].Level && d.Sections[s.Parent].Part != Title:
			s.Part = d.Sections[s.Parent].Part
		default:
			body = true
		}
	}
}

// presenting matches the words by which a text presents a party.
var presenting = regexp.MustCompile(`\brepresent[ea]e?s?\b.{0,80}?\bpar\b|\bci-?apres\b|ayant son siege|\bagit par\b`)

// under gives the folded text of a section, without that below it.
func (d *Document) under(s *Section) string {
	if s.Blocks[0] >= s.Blocks[1] {
		return ""
	}
	return d.Fold.S[d.Blocks[s.Blocks[0]].From:d.Blocks[s.Blocks[1]-1].To]
}

func (d *Document) annex(s *Section) bool {
	return s.Head >= 0 && strings.HasPrefix(d.Folded(d.Blocks[s.Head]), "annexe")
}

func (d *Document) foot(i int) bool {
	s := d.Sections[i]
	t := d.Folded(d.Blocks[s.Head])
	return foot.MatchString(t) || placeAndDay.MatchString(t) || signTitle.MatchString(s.Title) && i > len(d.Sections)/2
}

func (d *Document) titleLike(s *Section) bool {
	return strings.Contains(s.Title, "convention") || strings.Contains(s.Title, "contrat") || strings.Contains(s.Title, "projet") || s.Level == 1
}

// cut makes sections of their own of the lines that begin the parties and the signatures, where these have no heading.
func (d *Document) cut() {
	for i := range d.Blocks {
		b := d.Blocks[i]
		if b.Kind == Heading || b.Kind == Contents {
			continue
		}
		text := d.Folded(b)
		switch {
		case i > 0 && i < 200 && partiesStart.MatchString(text) && b.Kind == Paragraph && !d.presents(i):
			d.split(i)
		case i*3 > len(d.Blocks) && (foot.MatchString(text) && len(text) < 200 || placeAndDay.MatchString(text) && i*2 > len(d.Blocks)):
			d.split(i)
		}
	}
}

// unlabelled finds the parties where no heading says that they follow: the first section before the terms, or among their
// first, that presents two or more ("Les acteurs du pacte").
func (d *Document) unlabelled() {
	for i := range d.Sections {
		if d.Sections[i].Part == Parties {
			return
		}
	}
	for i := range d.Sections[:min(len(d.Sections), 4)] {
		s := &d.Sections[i]
		if s.Part == Body && (signed.MatchString(s.Title) && len(presenting.FindAllStringIndex(d.under(s), 2)) == 2 || len(afterName.FindAllStringIndex(d.under(s), 2)) == 2) {
			s.Part = Parties
			return
		}
	}
}

// afterName matches the words by which a text presents a party right after its name.
var afterName = regexp.MustCompile(`[a-z"],\s+representee? par\b`)

// signed matches the title of a section that may present the parties without saying so.
var signed = regexp.MustCompile(`acteurs|partenaires|membres|institutions|contractants|parties|signataires`)

// presents tells a block of a section that presents the parties already.
func (d *Document) presents(block int) bool {
	return partiesTitle.MatchString(d.Sections[d.Blocks[block].Section].Title)
}

// split begins a section at a block, which stays a paragraph of it when it is a sentence of its own.
func (d *Document) split(block int) {
	i := d.Blocks[block].Section
	if d.Sections[i].Head == block {
		return
	}
	s := Section{Head: block, Level: 2, Title: strings.Trim(d.Folded(d.Blocks[block]), " :,."), Parent: -1, Blocks: [2]int{block, d.Sections[i].Blocks[1]}}
	d.Sections[i].Blocks[1] = block
	d.Sections = append(d.Sections[:i+1], append([]Section{s}, d.Sections[i+1:]...)...)
	for j := range d.Sections {
		if d.Sections[j].Parent > i {
			d.Sections[j].Parent++
		}
	}
	for b := block; b < len(d.Blocks); b++ {
		d.Blocks[b].Section++
	}
	d.Blocks[block].Kind = Heading
}

// Within tells whether section i is section top or stands under it.
func (d *Document) Within(i, top int) bool {
	for ; i >= 0; i = d.Sections[i].Parent {
		if i == top {
			return true
		}
	}
	return false
}

// Article gives the number of the section, or of the nearest section above it that has one.
func (d *Document) Article(i int) string {
	for ; i >= 0; i = d.Sections[i].Parent {
		if n := d.Sections[i].Number; n != "" {
			return n
		}
	}
	return ""
}

// Subject is the title of a section, or of its first line where the heading is a number alone ("Article 3").
func (d *Document) Subject(i int) string {
	s := d.Sections[i]
	if s.Title != "" || s.Head < 0 || s.Blocks[1]-s.Blocks[0] < 2 {
		return s.Title
	}
	if next := d.Blocks[s.Blocks[0]+1]; next.Kind == Paragraph && next.End-next.Start < 90 {
		return strings.Trim(d.Folded(next), " :.")
	}
	return s.Title
}
