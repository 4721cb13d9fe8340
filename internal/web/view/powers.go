package view

import (
	"entente/internal/authority"
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/i18n"
)

// PowersData tells who may do what on a day, and by which article.
type PowersData struct {
	Root      string                 // of the space
	Text      *convention.Convention // nil where no convention is in force on the day
	Day       calendar.Date
	Today     calendar.Date
	Person    string // the reader, where they are somebody in the directory
	People    map[string]directory.Person
	Faults    fault.Fields
	Granted   []PowerRow
	Ungranted []fault.Message // powers that the text gives to no committee
}

// PowerRow is a power with the committees that have it.
type PowerRow struct {
	Power     convention.Power
	Benches   []PowerBench
	SettledBy fault.Message           // what settles a proposal made under it; says nothing where it proposes nothing
	Settling  []*convention.Committee // committees that may
	Mine      *authority.Answer       // whether the reader may exercise it; nil for somebody not in the directory
}

// PowerBench is a committee that has a power, by which mission, and who sits in it.
type PowerBench struct {
	Grant   convention.Grant
	Persons []string // identifiers, each once
}

func (d PowersData) filter(p *i18n.Printer) Filter {
	return Filter{Action: d.Root + "/attributions", Active: d.Day != d.Today,
		Fields: []Field{{Kind: DateField, Name: "le", Value: d.Day.String(), Label: p.T("powers.day")}}}
}

// names are the people of a bench.
func (d PowersData) names(b PowerBench) []string {
	out := make([]string, 0, len(b.Persons))
	for _, id := range b.Persons {
		out = append(out, d.People[id].Name())
	}
	return out
}

// mine is the badge of what the reader may.
func mine(p *i18n.Printer, a authority.Answer) BadgeData {
	if a.Allowed {
		return BadgeData{Tone: ToneGood, Icon: "kept", Word: p.T("powers.you-may")}
	}
	return BadgeData{Tone: ToneNeutral, Icon: "not-applicable", Word: p.T("powers.you-may-not")}
}

func committeeNames(list []*convention.Committee) []string {
	out := make([]string, 0, len(list))
	for _, k := range list {
		out = append(out, k.Name)
	}
	return out
}
