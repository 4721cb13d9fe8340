package governance

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image/png"
	"math"
	"strconv"
	"strings"

	"entente/internal/fault"
)

// Letterhead is what stands at the head of the documents that a space produces. At version 0 nobody has set one.
type Letterhead struct {
	ID         string
	Version    int64
	Name       string
	Lines      string // address and the rest, one a line
	Colour     string // of rules and headings, "#1f4e5f"; empty for the usual one
	Logo       []byte // PNG; nil for none
	LogoDigest string // hexadecimal SHA-256 of it; empty for none
}

// Bounds of a letterhead: beyond them it would take the page from the document.
const (
	MaxLogo       = 200 << 10 // bytes
	maxLogoSide   = 3000      // pixels
	maxHeadLines  = 8
	maxHeadLength = 120 // characters of the name, or of one line
)

// WithLogo is the letterhead with another logo; nil takes it away.
func (l Letterhead) WithLogo(png []byte) Letterhead {
	l.Logo, l.LogoDigest = nil, ""
	if len(png) > 0 {
		sum := sha256.Sum256(png)
		l.Logo, l.LogoDigest = png, hex.EncodeToString(sum[:])
	}
	return l
}

// Under are the lines under the name, without the blank ones.
func (l Letterhead) Under() []string {
	var out []string
	for _, s := range strings.Split(l.Lines, "\n") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// Check tells what is wrong with the letterhead, field by field. A colour must be read on white paper.
func (l Letterhead) Check() error {
	var f fault.Fields
	switch {
	case strings.TrimSpace(l.Name) == "":
		f.Add("name", "fault.field.required")
	case len([]rune(l.Name)) > maxHeadLength:
		f.Add("name", "fault.field.too-long", "max", maxHeadLength)
	}
	if len(l.Under()) > maxHeadLines {
		f.Add("lines", "fault.letterhead.lines", "max", maxHeadLines)
	}
	for _, s := range l.Under() {
		if len([]rune(s)) > maxHeadLength {
			f.Add("lines", "fault.field.too-long", "max", maxHeadLength)
			break
		}
	}
	checkColour(&f, l.Colour)
	checkLogo(&f, l.Logo)
	return f.Err()
}

// leastContrast is what the guidelines for accessibility ask of text, against white.
const leastContrast = 4.5

func checkColour(f *fault.Fields, colour string) {
	if colour == "" {
		return
	}
	light, ok := luminance(colour)
	switch {
	case !ok:
		f.Add("colour", "fault.letterhead.colour")
	case 1.05/(light+0.05) < leastContrast:
		f.Add("colour", "fault.letterhead.pale")
	}
}

// luminance is how light a colour "#rrggbb" is, from 0 to 1, as the guidelines compute it.
func luminance(colour string) (float64, bool) {
	if len(colour) != 7 || colour[0] != '#' {
		return 0, false
	}
	n, err := strconv.ParseUint(colour[1:], 16, 24)
	if err != nil {
		return 0, false
	}
	part := func(shift int, weight float64) float64 {
		c := float64(n>>shift&0xff) / 255
		if c <= 0.04045 {
			return weight * c / 12.92
		}
		return weight * math.Pow((c+0.055)/1.055, 2.4)
	}
	return part(16, 0.2126) + part(8, 0.7152) + part(0, 0.0722), true
}

func checkLogo(f *fault.Fields, logo []byte) {
	if logo == nil {
		return
	}
	if len(logo) > MaxLogo {
		f.Add("file", "fault.letterhead.logo-large", "max", MaxLogo>>10)
		return
	}
	size, err := png.DecodeConfig(bytes.NewReader(logo))
	if err == nil && size.Width <= maxLogoSide && size.Height <= maxLogoSide {
		_, err = png.Decode(bytes.NewReader(logo))
	}
	switch {
	case err != nil:
		f.Add("file", "fault.letterhead.logo")
	case size.Width > maxLogoSide || size.Height > maxLogoSide:
		f.Add("file", "fault.letterhead.logo-wide", "max", maxLogoSide)
	}
}
