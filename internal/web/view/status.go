package view

import "entente/internal/governance"

// Tone is the colour of a badge or a notice. It never says anything that words do not say too.
type Tone string

// The tones: those of the statuses, named as they are.
const (
	ToneGood    Tone = "kept"
	ToneInfo    Tone = "on-course"
	ToneWarning Tone = "at-risk"
	ToneBad     Tone = "broken"
	ToneUnknown Tone = "unknown"
	ToneNeutral Tone = "not-applicable"
)

// BadgeData is a word with a tone and, where Icon is set, an icon.
type BadgeData struct {
	Tone Tone
	Icon string
	Word string
}

// Party is a party as a tag. Rank is its place in the convention, from 0: its colour and shape follow from it.
type Party struct {
	Short string
	Name  string // the legal name, where the tag shows it too
	Href  string
	Rank  int
}

// Citation is a reference to a clause: "art. 4-2".
type Citation struct {
	Text string
	Href string
}

func seatTone(s governance.SeatState) string {
	switch s {
	case governance.Filled:
		return string(ToneGood)
	case governance.EndsSoon, governance.CarriedOver:
		return string(ToneWarning)
	}
	return string(ToneUnknown)
}

func meetingTone(s governance.MeetingState) string {
	switch s {
	case governance.Held:
		return string(ToneGood)
	case governance.Planned:
		return string(ToneInfo)
	case governance.Open:
		return string(ToneWarning)
	}
	return string(ToneNeutral)
}

// partyColours is how many colours the style sheet has for parties; beyond them colours come again with another shape.
const partyColours = 8

var partyClasses = [partyColours]string{"party-1", "party-2", "party-3", "party-4", "party-5", "party-6", "party-7", "party-8"}

func partyClass(rank int) string { return partyClasses[max(rank, 0)%partyColours] }

// partyShapes tell parties apart where colours are not seen.
var partyShapes = [...]string{
	"M0 0h10v14H0z",                      // bar
	"M5 2l5 5-5 5-5-5z",                  // diamond
	"M5 2a5 5 0 1 1 0 10A5 5 0 0 1 5 2z", // disc
	"M5 2l5 10H0z",                       // triangle
	"M0 2h10L5 12z",                      // triangle, point down
	"M0 2h10v4H0zm0 6h10v4H0z",           // two bars
	"M0 12V2l10 10z",                     // corner
	"M3 2h4v3h3v4H7v3H3V9H0V5h3z",        // cross
	"M0 2h4v10H0zm6 0h4v10H6z",           // two posts
}

func partyShape(rank int) string { return partyShapes[max(rank, 0)%len(partyShapes)] }
