package store

import (
	"context"
	"slices"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/sqldb"
)

var minutes = aggregate[governance.Minutes]{
	subject: "minutes",
	table:   "meeting_minutes",
	keyed:   true,
	columns: "state, body, audience, comments_until, submitted_on, approved_on, approved_by, published_on",
	ident:   func(m *governance.Minutes) (*string, *int64) { return &m.ID, &m.Version },
	fields: func(m *governance.Minutes) []any {
		return []any{&m.State, longText{&m.Body}, &m.Audience, &m.CommentsUntil, &m.Submitted, &m.Approved, &m.ApprovedBy, &m.Published}
	},
	label: func(ctx context.Context, l *ledger, m governance.Minutes) (string, error) {
		return meetingLabel(ctx, l, m.ID)
	},
	check: func(_ context.Context, _ *ledger, m governance.Minutes) error {
		var f fault.Fields
		checkLongText(&f, "body", m.Body)
		return f.Err()
	},
}

// meetingLabel is how the journal calls a meeting.
func meetingLabel(ctx context.Context, l *ledger, id string) (string, error) {
	m, err := meetings.get(ctx, l.tx, l.space, id)
	if err != nil {
		return "", err
	}
	return meetings.label(ctx, l, m)
}

// CreateMinutes begins the minutes of a meeting; their identifier is that of the meeting.
func (sp *Space) CreateMinutes(ctx context.Context, by Actor, m governance.Minutes) (governance.Minutes, error) {
	return minutes.create(ctx, sp, by, m)
}

// Minutes reads the minutes of a meeting.
func (sp *Space) Minutes(ctx context.Context, meeting string) (governance.Minutes, error) {
	return minutes.get(ctx, sp.q(), sp.id, meeting)
}

// UpdateMinutes changes minutes that were read at a version, as governance.Minutes.Becomes lets them change: whatever fn does,
// an approved text stays as it is.
func (sp *Space) UpdateMinutes(ctx context.Context, by Actor, meeting string, version int64, fn func(*governance.Minutes) error) (governance.Minutes, error) {
	return minutes.update(ctx, sp, by, meeting, version, func(m *governance.Minutes) error {
		before := *m
		if err := fn(m); err != nil {
			return err
		}
		return before.Becomes(*m)
	})
}

// ApproveMinutes records that a meeting (at) has approved, on a day, the minutes of an earlier meeting. Minutes that are not
// submitted are refused.
func (sp *Space) ApproveMinutes(ctx context.Context, by Actor, meeting, at string, day calendar.Date) error {
	err := sp.change(ctx, func(l *ledger) error {
		m, err := minutes.get(ctx, l.tx, l.space, meeting)
		if err != nil {
			return err
		}
		_, err = minutes.modify(ctx, l, by, m.ID, m.Version, func(m *governance.Minutes) error {
			approved, err := m.To(governance.MinutesApproved, governance.MinutesTerms{Today: day, At: at})
			*m = approved
			return err
		})
		return err
	})
	return fault.Wrap(err, "store.minutes.approve", meeting)
}

// SubmittedMinutes lists the minutes of a committee that are submitted and that no meeting has approved yet, oldest first. An
// empty committee is all of them.
func (sp *Space) SubmittedMinutes(ctx context.Context, committee string) ([]governance.Minutes, error) {
	var c conditions
	c.add("state = ?", string(governance.MinutesSubmitted))
	if committee != "" {
		c.add("id IN (SELECT id FROM meeting WHERE space_id = $1 AND committee = ?)", committee)
	}
	return minutes.find(ctx, sp, c.text.String()+" ORDER BY submitted_on, id", c.args...)
}

// Comments are reserved to those who were there: the journal, which others read, tells that one was made and repeats none.
var comments = aggregate[governance.Comment]{
	subject: "minutes-comment",
	table:   "minutes_comment",
	columns: "minutes_id, person_id, body, at, answer",
	ident:   func(c *governance.Comment) (*string, *int64) { return &c.ID, &c.Version },
	fields: func(c *governance.Comment) []any {
		return []any{&c.Minutes, &c.Person, unsaid{&c.Text}, &c.At, unsaid{&c.Answer}}
	},
	label: func(ctx context.Context, l *ledger, c governance.Comment) (string, error) {
		return meetingLabel(ctx, l, c.Minutes)
	},
	check: func(_ context.Context, _ *ledger, c governance.Comment) error {
		if err := c.Check(); err != nil {
			return err
		}
		var f fault.Fields
		checkText(&f, "text", c.Text)
		checkText(&f, "answer", c.Answer)
		return f.Err()
	},
}

// Comments lists what was said of the minutes of a meeting, oldest first.
func (sp *Space) Comments(ctx context.Context, meeting string) ([]governance.Comment, error) {
	return comments.find(ctx, sp, "AND minutes_id = $2 ORDER BY at, id", meeting)
}

// AddComment keeps what somebody who was there says of minutes, while they are open to comments.
func (sp *Space) AddComment(ctx context.Context, by Actor, c governance.Comment) (governance.Comment, error) {
	err := sp.change(ctx, func(l *ledger) error {
		m, err := minutes.get(ctx, l.tx, l.space, c.Minutes)
		if err != nil {
			return err
		}
		if err := m.Commentable(l.today); err != nil {
			return err
		}
		seats, err := (&Space{store: sp.store, id: sp.id, open: l}).Attendance(ctx, c.Minutes)
		if err != nil {
			return err
		}
		if !slices.Contains(governance.WereThere(seats), c.Person) {
			return fault.New(fault.Forbidden, "fault.minutes.not-there")
		}
		c.At = sqldb.Instant(l.at)
		return comments.add(ctx, l, by, &c)
	})
	return c, fault.Wrap(err, "store.comment.create", c.Minutes)
}

// AnswerComment keeps the answer of who keeps the minutes to a comment that was read at a version.
func (sp *Space) AnswerComment(ctx context.Context, by Actor, id string, version int64, answer string) (governance.Comment, error) {
	var c governance.Comment
	err := sp.change(ctx, func(l *ledger) error {
		before, err := comments.current(ctx, l, id, version)
		c = before
		if c.Answer = answer; err != nil || c == before {
			return err
		}
		if err := comments.check(ctx, l, c); err != nil {
			return err
		}
		return comments.save(ctx, l, by, "update", &before, &c) // the journal does not tell what changed, so update would see no change
	})
	return c, fault.Wrap(err, "store.comment.answer", id)
}

var errata = aggregate[governance.Erratum]{
	subject: "erratum",
	table:   "minutes_erratum",
	columns: "minutes_id, day, body",
	ident:   func(e *governance.Erratum) (*string, *int64) { return &e.ID, &e.Version },
	fields:  func(e *governance.Erratum) []any { return []any{&e.Minutes, &e.Day, &e.Text} },
	label: func(ctx context.Context, l *ledger, e governance.Erratum) (string, error) {
		return meetingLabel(ctx, l, e.Minutes)
	},
	check: func(ctx context.Context, l *ledger, e governance.Erratum) error {
		m, err := minutes.get(ctx, l.tx, l.space, e.Minutes)
		if err != nil {
			return err
		}
		return e.Check(m)
	},
}

// Errata lists the corrections of the minutes of a meeting, oldest first.
func (sp *Space) Errata(ctx context.Context, meeting string) ([]governance.Erratum, error) {
	return errata.find(ctx, sp, "AND minutes_id = $2 ORDER BY day, id", meeting)
}

// AddErratum corrects approved minutes, dated today. An erratum never changes: another one corrects it.
func (sp *Space) AddErratum(ctx context.Context, by Actor, e governance.Erratum) (governance.Erratum, error) {
	err := sp.change(ctx, func(l *ledger) error {
		e.Day = l.today
		return errata.add(ctx, l, by, &e)
	})
	return e, fault.Wrap(err, "store.erratum.create", e.Minutes)
}

// commentLinkDays is how many days after the last day of the comments a link still shows the minutes to read.
const commentLinkDays = 30

// OpenComments opens minutes that were read at a version to the comments of those who were there, until a day. Each gets a
// personal link, which replaces the one that they have; letter words the message that carries it, which stands in the outbox.
func (sp *Space) OpenComments(ctx context.Context, by Actor, meeting string, version int64, terms governance.MinutesTerms,
	letter func(person, secret string) governance.Message) (governance.Minutes, error) {
	var m governance.Minutes
	err := sp.Together(ctx, func(sp *Space) (err error) {
		m, err = sp.UpdateMinutes(ctx, by, meeting, version, func(m *governance.Minutes) error {
			opened, err := m.To(governance.MinutesComments, terms)
			*m = opened
			return err
		})
		if err != nil {
			return err
		}
		seats, err := sp.Attendance(ctx, meeting)
		if err != nil {
			return err
		}
		if err := sp.revokeLinks(ctx, by, LinkComment, meeting); err != nil {
			return err
		}
		return sp.writeToEach(ctx, by, m, governance.WereThere(seats), letter)
	})
	return m, fault.Wrap(err, "store.minutes.open", meeting)
}

// revokeLinks ends the links of a kind about a subject that still serve.
func (sp *Space) revokeLinks(ctx context.Context, by Actor, kind LinkKind, subject string) error {
	links, err := sp.Links(ctx, kind, subject)
	if err != nil {
		return err
	}
	for _, x := range links {
		if x.Open(sp.store.now()) {
			if err := sp.RevokeLink(ctx, by, x.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

func (sp *Space) writeToEach(ctx context.Context, by Actor, m governance.Minutes, to []string, letter func(person, secret string) governance.Message) error {
	people, err := sp.PeopleByID(ctx, to...)
	if err != nil {
		return err
	}
	life := m.CommentsUntil.AddDays(commentLinkDays).Time().Sub(sp.store.now())
	for _, id := range to {
		p, known := people[id]
		if !known {
			continue
		}
		secret, link, err := sp.IssueLink(ctx, by, Link{Kind: LinkComment, Subject: m.ID, Person: id}, life)
		if err != nil {
			if fault.Is(err, fault.Invalid) {
				continue // their data were erased: nobody is left to write to
			}
			return err
		}
		x := letter(id, secret)
		x.Kind, x.Subject, x.Person, x.Email = governance.MessageMinutes, m.ID, id, p.Email
		x.Link = link.ID
		if _, err := sp.CreateMessage(ctx, by, x); err != nil {
			return err
		}
	}
	return nil
}
