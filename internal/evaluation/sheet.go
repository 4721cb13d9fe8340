package evaluation

import (
	"slices"
	"strconv"
	"strings"

	"entente/internal/fault"
	"entente/internal/governance"
)

// Sheet is what one respondent is asked and has answered.
type Sheet struct {
	ID       string
	Version  int64
	Campaign string
	Group    Group
	Person   string            // empty for who answers by the public link
	Party    string            // institution that they answer for; empty where none
	Actions  []string          // identifiers of the actions that they are asked about
	Answers  map[string]string // by Key
}

// MaxText bounds a text answered, in characters.
const MaxText = 4000

// Key names the answer to a question about a subject.
func Key(question, subject string) string {
	if subject == "" {
		return question
	}
	return question + ":" + subject
}

// SplitKey is the question and the subject of a key.
func SplitKey(key string) (question, subject string) {
	question, subject, _ = strings.Cut(key, ":")
	return question, subject
}

// Answered tells whether anything was answered.
func (s Sheet) Answered() bool { return len(s.Answers) > 0 }

// Silent tells the sheet of a person who was asked and has answered nothing: whom a reminder is for.
func (s Sheet) Silent() bool { return s.Person != "" && !s.Answered() }

// Item is one thing that a sheet asks.
type Item struct {
	Question Question
	Subject  Subject
}

// Key names the answer to the item.
func (i Item) Key() string { return Key(i.Question.ID, i.Subject.ID) }

// Items lists what the sheet asks, the whole first, then axis by axis, then action by action.
func (c Campaign) Items(s Sheet) []Item {
	var out []Item
	add := func(x Subject) {
		for _, q := range c.Questions {
			if q.About == x.Level && q.For(s.Group) {
				out = append(out, Item{q, x})
			}
		}
	}
	add(Subject{Level: Whole})
	for _, x := range c.Covered {
		if x.Level == OfAxis || x.Level == OfAction && slices.Contains(s.Actions, x.ID) {
			add(x)
		}
	}
	return out
}

// Take puts answers in the place of those of the sheet. What is asked and left blank has no answer; what is not asked, or is no
// answer to its question, is a fault of its key.
func (c Campaign) Take(s *Sheet, answers map[string]string) error {
	asked := map[string]Question{}
	for _, i := range c.Items(*s) {
		asked[i.Key()] = i.Question
	}
	var f fault.Fields
	kept := map[string]string{}
	for key, value := range answers {
		q, known := asked[key]
		switch {
		case value == "":
		case !known || !q.Accepts(value):
			f.Add(key, "fault.field.choice")
		case len([]rune(value)) > MaxText:
			f.Add(key, "fault.field.too-long", "max", MaxText)
		default:
			kept[key] = value
		}
	}
	if err := f.Err(); err != nil {
		return err
	}
	s.Answers = kept
	return nil
}

// rankOf reads the rank of an option, from 1.
func rankOf(value string, n int) (int, bool) {
	i, err := strconv.Atoi(value)
	return i, err == nil && i >= 1 && i <= n && strconv.Itoa(i) == value
}

// ReportSection is one part of a report: what it is about, and its Markdown.
type ReportSection struct {
	Key  string `json:"key"`
	Text string `json:"text"`
}

// The sections of a report, in order.
const (
	SectionContext      = "context"
	SectionAnswers      = "answers"
	SectionCriteria     = "criteria"
	SectionAxes         = "axes"
	SectionDifferences  = "differences"
	SectionVoices       = "voices"
	SectionPerspectives = "perspectives"
)

// Sections lists the sections of a report in order.
func Sections() []string {
	return []string{SectionContext, SectionAnswers, SectionCriteria, SectionAxes, SectionDifferences, SectionVoices, SectionPerspectives}
}

// Report is what a campaign comes to, as the coordinator has written it. Its identifier is that of its campaign.
type Report struct {
	ID       string
	Version  int64
	Sections []ReportSection
	Proposal string // identifier of the proposal that carries it; empty until it is put to the committees
}

// Text is the text of a section; empty where the report has none.
func (r Report) Text(key string) string {
	for _, s := range r.Sections {
		if s.Key == key {
			return s.Text
		}
	}
	return ""
}

// Check tells what is wrong with the report: one without a word is no report.
func (r Report) Check() error {
	for _, s := range r.Sections {
		if strings.TrimSpace(s.Text) != "" {
			return nil
		}
	}
	var f fault.Fields
	f.Add(SectionContext, "fault.field.required")
	return f.Err()
}

// Editable tells whether a report may be changed while the proposal that carries it is in a state: it is its author's again, or
// will not be adopted.
func Editable(s governance.ProposalState) bool {
	return s != governance.ProposalWaiting && s != governance.ProposalAdopted
}
