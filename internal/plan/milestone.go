package plan

import (
	"strings"

	"entente/internal/calendar"
	"entente/internal/fault"
)

// Milestone is a step of an action's schedule.
type Milestone struct {
	ID      string
	Version int64
	Action  string
	Name    string
	Due     calendar.Date // zero where no day was set
	Done    calendar.Date // zero while it is not reached
	Weight  int           // in the progress of the action; 0 counts as 1
}

// Share is the weight of the milestone, at least 1.
func (m Milestone) Share() int { return max(m.Weight, 1) }

// Late tells a milestone that is not reached though its day has passed.
func (m Milestone) Late(today calendar.Date) bool {
	return m.Done.IsZero() && !m.Due.IsZero() && m.Due.Before(today)
}

// Check tells what is wrong with the milestone, field by field; today bounds the day on which it was reached.
func (m Milestone) Check(today calendar.Date) error {
	var f fault.Fields
	if m.Action == "" {
		f.Add("action", "fault.field.required")
	}
	if strings.TrimSpace(m.Name) == "" {
		f.Add("name", "fault.field.required")
	}
	if m.Weight < 0 || m.Weight > MaxWeight {
		f.Add("weight", "fault.field.range", "min", 0, "max", MaxWeight)
	}
	if m.Done.After(today) {
		f.Add("done", "fault.field.future")
	}
	return f.Err()
}
