package convention

import (
	"time"

	"entente/internal/calendar"
)

// Version is a convention as it stands in a space from a date of effect: the signed text first, then each amendment.
type Version struct {
	ID        string
	Number    int           // 1 for the signed text, then one more for each amendment
	Effective calendar.Date // first day on which it applies
	LoadedAt  time.Time
	Source    []byte // the literate file, verbatim
	Text      *Convention
}

// Until is the last day on which the version's own term lets it apply; the zero date where it has none.
func (v *Version) Until() calendar.Date {
	if v.Text.Duration == nil {
		return calendar.Date{}
	}
	return v.Text.Duration.End(v.Effective)
}

// History is every version of a space, oldest first.
type History []*Version

// On gives the version whose rules applied on the day; nil before the first takes effect. A version whose term has
// passed is still given: what ended stays readable, and InForce tells whether it still binds.
func (h History) On(day calendar.Date) *Version {
	var found *Version
	for _, v := range h {
		if !v.Effective.After(day) && (found == nil || !v.Effective.Before(found.Effective)) {
			found = v
		}
	}
	return found
}

// InForce gives the version that binds the parties on the day; nil before the first and after the end. A tacit renewal is
// not presumed: whether a party denounced it is not in the text, so the renewed text is loaded as another version.
func (h History) InForce(day calendar.Date) *Version {
	v := h.On(day)
	if v == nil {
		return nil
	}
	if end := v.Until(); !end.IsZero() && day.After(end) {
		return nil
	}
	return v
}
