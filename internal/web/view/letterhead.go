package view

import (
	"strings"

	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/paper"
)

// LetterheadData is the page on which the letterhead of a space is set.
type LetterheadData struct {
	Root  string                // of the space
	Now   governance.Letterhead // as it is kept; at version 0 none is
	Name  string                // as papers have it today
	Lines []string              // under the name
	Form  Form
	Both  *BothTexts // what was typed and what somebody else has kept meanwhile; nil where nobody did
}

// samples are the specimen in every format.
func (d LetterheadData) samples(p Page) []Link {
	var out []Link
	for _, f := range formats(p) {
		out = append(out, Link{Label: p.P.T("paper.format." + f), Href: d.Root + "/papier/modele/" + f})
	}
	return out
}

// colour is that of the letterhead; the usual one where none is set.
func (d LetterheadData) colour() string {
	if d.Now.Colour == "" {
		return paper.UsualColour
	}
	return d.Now.Colour
}

func (d LetterheadData) logo() string {
	if d.Now.LogoDigest == "" {
		return ""
	}
	return d.Root + "/papier/logo?" + d.Now.LogoDigest[:8]
}

func (d LetterheadData) colourWord(p *i18n.Printer) string {
	if d.Now.Colour == "" {
		return p.T("letterhead.usual-colour")
	}
	return strings.ToLower(d.Now.Colour)
}
