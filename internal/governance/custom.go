package governance

import "entente/internal/fault"

// Custom is what a space is used to for one committee where the convention fixes nothing: its own usage, never a clause. The
// zero value, with the identifier of a committee, means what Usual gives.
type Custom struct {
	ID              string
	Version         int64
	Committee       string
	ConvocationDays int    // before the meeting, by which the convocation goes out
	DocumentDays    int    // before the meeting, by which documents are there
	CommentDays     int    // after they are opened to comments, for draft minutes
	SilenceDays     int    // after they are submitted, by which silence approves minutes; 0: silence never does
	AnswerDays      int    // by which a proposal is expected to have an answer
	Time            string // at which it usually begins: "14:00"
	Minutes         int    // how long it usually lasts
	Place           string
	SkipAugust      bool // dates are not proposed from 1 to 31 August
}

// Usual is the custom of a space that has set none for a committee. Days are calendar days.
func Usual(committee string) Custom {
	return Custom{Committee: committee, ConvocationDays: 15, DocumentDays: 8, CommentDays: 15, AnswerDays: 90, Time: "14:00", Minutes: 120, SkipAugust: true}
}

// maxCustomDays bounds the days of a custom: a year.
const maxCustomDays = 366

// Check tells what is wrong with the custom, field by field.
func (c Custom) Check() error {
	var f fault.Fields
	for _, x := range []struct {
		name string
		days int
	}{{"convocation", c.ConvocationDays}, {"documents", c.DocumentDays}, {"comments", c.CommentDays}, {"silence", c.SilenceDays}, {"answer", c.AnswerDays}} {
		if x.days < 0 || x.days > maxCustomDays {
			f.Add(x.name, "fault.field.days", "max", maxCustomDays)
		}
	}
	if !ValidTime(c.Time) {
		f.Add("time", "fault.field.time")
	}
	if c.Minutes < 0 || c.Minutes > maxMinutes {
		f.Add("minutes", "fault.field.minutes")
	}
	return f.Err()
}
