package web

import (
	"net/http"
	"slices"
	"strings"

	"entente/internal/authority"
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/office"
	"entente/internal/store"
	"entente/internal/web/view"
)

// minutesDesk is the minutes of a meeting with what a page of theirs needs.
type minutesDesk struct {
	assembly office.Assembly
	custom   governance.Custom
	seats    []governance.Attendance
	kept     *governance.Minutes // nil while nobody began them
	comments []governance.Comment
	errata   []governance.Erratum
	held     []governance.Meeting // later meetings of the same committee that were held
}

// minutesDesk reads the minutes of the meeting in the address.
func (v *visit) minutesDesk() (minutesDesk, error) {
	a, err := v.assembly()
	if err != nil {
		return minutesDesk{}, err
	}
	return v.minutesOf(a)
}

// minutesOf reads the minutes of a meeting, in at most six queries.
func (v *visit) minutesOf(a office.Assembly) (d minutesDesk, err error) {
	ctx := v.Context()
	d.assembly = a
	if d.custom, err = v.space.Custom(ctx, a.Meeting.Committee); err != nil {
		return d, err
	}
	if d.seats, err = v.space.Attendance(ctx, a.Meeting.ID); err != nil {
		return d, err
	}
	m, err := v.space.Minutes(ctx, a.Meeting.ID)
	if fault.Is(err, fault.NotFound) {
		return d, nil
	}
	if err != nil {
		return d, err
	}
	d.kept = &m
	if d.comments, err = v.space.Comments(ctx, m.ID); err != nil {
		return d, err
	}
	if d.errata, err = v.space.Errata(ctx, m.ID); err != nil {
		return d, err
	}
	later, err := v.space.Meetings(ctx, store.MeetingFilter{From: a.Meeting.Day, Committee: a.Meeting.Committee})
	for _, x := range later {
		if x.State == governance.Held && x.ID != m.ID {
			d.held = append(d.held, x)
		}
	}
	return d, err
}

func (d minutesDesk) terms(today calendar.Date) governance.MinutesTerms {
	return governance.MinutesTerms{Today: today, Custom: d.custom}
}

// wasThere tells whether a person sat at the meeting.
func (d minutesDesk) wasThere(person string) bool {
	return person != "" && slices.Contains(governance.WereThere(d.seats), person)
}

// readsMinutes tells whether the visitor may read the minutes: who keeps them always, who was there once they are asked for
// comments, their audience once they are published.
func (v *visit) readsMinutes(d minutesDesk) bool {
	switch {
	case d.kept == nil:
		return false
	case v.offers(authority.RecordMeetings):
		return true
	case d.kept.State == governance.MinutesPublished:
		return v.reads(d.kept.Audience, &d.assembly) || d.wasThere(v.standing.Person)
	}
	return d.kept.State != governance.MinutesDraft && d.wasThere(v.standing.Person)
}

// minutes is the tab of a meeting on which its minutes are written, commented on, approved and read.
func (s *Server) minutes(w http.ResponseWriter, v *visit) error {
	d, err := v.minutesDesk()
	if err != nil {
		return err
	}
	return s.showMinutes(w, v, http.StatusOK, d, &refusedMinutes{})
}

// refusedMinutes is a form of the page that was refused: which, what was typed and why.
type refusedMinutes struct {
	form  string // ID of the form
	typed *form
	err   error
	shown bool // the page has the form
}

// on puts what was typed, and what is wrong, into the form that was refused.
func (r *refusedMinutes) on(f view.Form) *view.Form {
	if r.form != f.ID || r.err == nil {
		return &f
	}
	r.shown = true
	f.Fields = typed(f.Fields, r.typed)
	f.Faults, f.Message = explained(r.err)
	return &f
}

// left is what was refused by a form that the page does not have any more.
func (r *refusedMinutes) left() fault.Message {
	fields, message := explained(r.err)
	switch {
	case r.shown || r.err == nil:
		return fault.Message{}
	case message.IsZero() && len(fields) > 0:
		return fields[0].Message
	}
	return message
}

// showMinutes shows the page; who may not read the minutes is told how they stand and no more.
func (s *Server) showMinutes(w http.ResponseWriter, v *visit, status int, d minutesDesk, refused *refusedMinutes) error {
	data, err := v.minutesData(d, refused)
	if err != nil {
		return err
	}
	data.Refused = refused.left()
	page := v.page(view.MeetingTitle(v.p, d.assembly.Meeting), v.underMeeting(&d.assembly)...)
	page.Path = view.MeetingHref(v.path(), d.assembly.Meeting.ID, "compte-rendu")
	s.render(w, v, status, view.MinutesPage(page, data))
	return nil
}

func (v *visit) minutesHead(d minutesDesk) view.MeetingHeadData {
	return view.MeetingHeadData{Root: v.path(), Assembly: d.assembly, Tab: "compte-rendu"}
}

func (v *visit) minutesData(d minutesDesk, refused *refusedMinutes) (view.MinutesData, error) {
	m := d.assembly.Meeting
	out := view.MinutesData{Head: v.minutesHead(d), Space: v.place.Name, Minutes: d.kept, Keeps: v.offers(authority.RecordMeetings),
		Ended: m.State == governance.Held, Reads: v.readsMinutes(d), Errata: d.errata}
	if d.kept == nil {
		if out.Keeps && out.Ended {
			items, err := v.space.Items(v.Context(), m.ID)
			if err != nil {
				return out, err
			}
			out.Left = governance.Proceedings{Items: items}.Left()
			out.Compose = refused.on(view.Form{ID: "compose", Action: v.minutesPath(m.ID, "composer"), Submit: v.p.T("minutes.compose"), FirstPara: v.p.T("minutes.compose-text")})
		}
		return out, nil
	}
	files, err := v.filesOf(governance.OwnerMinutes, m.ID)
	if err != nil {
		return out, err
	}
	out.Files = files[m.ID]
	terms := d.terms(v.today)
	out.Stands = d.kept.Standing(terms)
	out.Silence, _ = d.kept.Silence(d.custom.SilenceDays)
	for i := range d.held {
		if d.held[i].ID == out.Stands.ApprovedBy {
			out.At = &d.held[i]
		}
	}
	if out.Keeps {
		out.Moves = v.minutesMoves(d, refused)
		if out.Stands.State.Settled() {
			out.Correct = refused.on(view.Form{ID: "erratum", Action: v.minutesPath(m.ID, "errata"), Submit: v.p.T("minutes.erratum-add"), Quiet: true,
				FirstPara: v.p.T("minutes.erratum-text"), Fields: []view.Field{must(v.ask("minutes", "text", view.TextAreaField, ""))}})
		}
	}
	if !out.Keeps && !d.wasThere(v.standing.Person) {
		return out, nil // comments are for them alone
	}
	return out, v.fillComments(&out, d, v.standing.Person, v.minutesPath(m.ID, "observations"), refused)
}

func (v *visit) minutesPath(meeting string, parts ...string) string {
	return v.path(append([]string{"reunions", meeting, "compte-rendu"}, parts...)...)
}

// fillComments reads who made the comments, and offers to answer them and, to a person who was there, to make one.
func (v *visit) fillComments(out *view.MinutesData, d minutesDesk, person, action string, refused *refusedMinutes) error {
	ids := make([]string, 0, len(d.comments))
	for _, c := range d.comments {
		ids = append(ids, c.Person)
	}
	people, err := v.space.PeopleByID(v.Context(), ids...)
	if err != nil {
		return err
	}
	for _, c := range d.comments {
		row := view.CommentRow{Comment: c, Name: people[c.Person].Name()}
		if out.Keeps {
			answer := v.ask("minutes", "answer", view.TextAreaField, c.Answer)
			answer.Rows = 3
			row.Answer = refused.on(view.Form{ID: "answer-" + c.ID, Action: action + "/" + c.ID, Version: c.Version, Submit: v.p.T("minutes.answer-keep"), Quiet: true,
				Fields: []view.Field{must(answer)}})
		}
		out.Comments = append(out.Comments, row)
	}
	if d.kept.Commentable(v.today) == nil && d.wasThere(person) {
		out.Comment = refused.on(view.Form{ID: "comment", Action: action, Submit: v.p.T("minutes.comment-add"),
			FirstPara: v.p.T("minutes.comment-text", "day", d.kept.CommentsUntil), Fields: []view.Field{must(v.ask("minutes", "text", view.TextAreaField, ""))}})
	}
	return nil
}

// minutesMoves are the passages that the page offers to who keeps the minutes, in their order.
func (v *visit) minutesMoves(d minutesDesk, refused *refusedMinutes) []view.MinutesMove {
	stands := d.kept.Standing(d.terms(v.today))
	var out []view.MinutesMove
	for _, state := range governance.MinutesStates() {
		switch {
		case state == governance.MinutesApproved && d.kept.State == governance.MinutesSubmitted:
			out = append(out, v.approvals(d, refused)...)
		case state == d.kept.State || !leads(stands.State, state):
		default:
			out = append(out, v.move(d, state, refused))
		}
	}
	return out
}

// leads tells whether the table of passages knows the way.
func leads(from, to governance.MinutesState) bool {
	return from != to && governance.Minutes{State: from}.Becomes(governance.Minutes{State: to}) == nil
}

// move is the form of a passage, or the reason why it cannot be made today. A fault of a field is for the form to show.
func (v *visit) move(d minutesDesk, state governance.MinutesState, refused *refusedMinutes) view.MinutesMove {
	terms := d.terms(v.today)
	f := view.Form{ID: "to-" + string(state), Action: v.minutesPath(d.kept.ID, "etat"), Version: d.kept.Version, Submit: v.p.T("minutes.to." + string(state)),
		FirstPara: v.p.T("minutes.to-text." + string(state)), Quiet: state == governance.MinutesDraft,
		Fields: []view.Field{{Kind: view.HiddenField, Name: "to", Value: string(state)}}}
	switch state {
	case governance.MinutesComments:
		terms.Until = v.today.AddDays(max(d.custom.CommentDays, 1))
		f.FirstPara = v.p.T("minutes.to-text.comments", "count", len(governance.WereThere(d.seats)))
		f.Fields = append(f.Fields, must(v.ask("minutes", "until", view.DateField, terms.Until.String())))
	case governance.MinutesPublished:
		audience := v.ask("minutes", "audience", view.RadioField, string(d.kept.Audience))
		for _, x := range []governance.Audience{governance.ForCommittee, governance.ForSpace} {
			audience.Options = append(audience.Options, view.Option{Value: string(x), Label: v.p.T("minutes.audience." + string(x))})
		}
		f.Fields = append(f.Fields, must(audience))
	}
	if _, err := d.kept.Standing(d.terms(v.today)).To(state, terms); err != nil && len(faultsOf(err)) == 0 {
		_, why := explained(err)
		return view.MinutesMove{Why: why}
	}
	return view.MinutesMove{Form: refused.on(f)}
}

func faultsOf(err error) fault.Fields {
	fields, _ := explained(err)
	return fields
}

// approvals are the two ways to an approval: silence, once its day has come, and a meeting that was held since.
func (v *visit) approvals(d minutesDesk, refused *refusedMinutes) []view.MinutesMove {
	var out []view.MinutesMove
	f := view.Form{Action: v.minutesPath(d.kept.ID, "etat"), Version: d.kept.Version, Fields: []view.Field{{Kind: view.HiddenField, Name: "to", Value: string(governance.MinutesApproved)}}}
	if stands := d.kept.Standing(d.terms(v.today)); stands.State == governance.MinutesApproved {
		f.ID, f.Submit, f.FirstPara = "silence", v.p.T("minutes.record-silence"), v.p.T("minutes.record-silence-text", "day", stands.Approved)
		return append(out, view.MinutesMove{Form: refused.on(f)})
	}
	if len(d.held) == 0 {
		return out
	}
	var options []view.Option
	for _, m := range d.held {
		options = append(options, view.Option{Value: m.ID, Label: view.MeetingTitle(v.p, m)})
	}
	f.ID, f.Submit, f.FirstPara = "approval", v.p.T("minutes.to.approved"), v.p.T("minutes.to-text.approved")
	f.Fields = append(f.Fields, must(v.choose("minutes", "at", "", "form.choose", options)))
	return append(out, view.MinutesMove{Form: refused.on(f)})
}

// proceedings is everything from which the minutes are composed.
func (v *visit) proceedings(d minutesDesk, p *i18n.Printer) (governance.Proceedings, error) {
	ctx, m := v.Context(), d.assembly.Meeting
	out := governance.Proceedings{Meeting: m, Chairs: d.assembly.Chairs, Seats: d.seats, Clock: p.Clock, Party: func(id string) string { return v.partyName(d, id) }}
	if q := d.assembly.Committee.Quorum; q != nil {
		out.Quorum = q.Place.Ref
	}
	var err error
	read := func(into func() error) {
		if err == nil {
			err = into()
		}
	}
	read(func() (e error) { out.Items, e = v.space.Items(ctx, m.ID); return e })
	read(func() error {
		records, e := v.space.ItemRecords(ctx, m.ID)
		out.Records = make(map[string]governance.ItemRecord, len(records))
		for _, r := range records {
			out.Records[r.ID] = r
		}
		return e
	})
	read(func() (e error) {
		out.Positions, e = v.space.Positions(ctx, m.ID)
		rank := func(p governance.Position) int { return partyRank(d.assembly.Version.Text, p.Party) }
		slices.SortStableFunc(out.Positions, func(a, b governance.Position) int { return rank(a) - rank(b) })
		return e
	})
	read(func() (e error) { out.Decisions, e = v.space.DecisionsOf(ctx, m.ID); return e })
	read(func() (e error) { out.FollowUps, e = v.space.FollowUpsOf(ctx, m.ID); return e })
	read(func() error {
		later, e := v.space.Meetings(ctx, store.MeetingFilter{From: m.Day, Committee: m.Committee})
		out.Next = governance.NextAfter(later, m.Day)
		return e
	})
	read(func() error {
		people, e := v.space.PeopleByID(ctx, named(out)...)
		out.Person = func(id string) string { return nameOf(people, id) }
		return e
	})
	return out, err
}

// partyName is how an institution is called in the text of the meeting's day.
func (v *visit) partyName(d minutesDesk, id string) string {
	if p := d.assembly.Version.Text.Party(id); p != nil {
		return p.Short
	}
	return id
}

// partyRank is the place of a party in the text, after all of them for one that it does not know.
func partyRank(text *convention.Convention, id string) int {
	for i, p := range text.Parties {
		if p.ID == id {
			return i
		}
	}
	return len(text.Parties)
}

func nameOf(people map[string]directory.Person, id string) string { return people[id].Name() }

// named are the people whom the minutes name.
func named(p governance.Proceedings) []string {
	var out []string
	add := func(id string) {
		if id != "" && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	for _, a := range p.Seats {
		add(a.Holder)
		add(a.Sitter)
	}
	for _, u := range p.FollowUps {
		add(u.Person)
	}
	return out
}

// minutesLanguage is that in which minutes are written: the convention's, whatever the language of who composes them.
const minutesLanguage = "fr"

// composed writes the minutes from what was recorded, with how many items they leave out.
func (v *visit) composed(d minutesDesk) (text string, left int, err error) {
	p := i18n.For(minutesLanguage)
	all, err := v.proceedings(d, p)
	if err != nil {
		return "", 0, err
	}
	return markdownOf(p, governance.ComposeMinutes(all)), all.Left(), nil
}

// markdownOf sets composed lines as Markdown.
func markdownOf(p *i18n.Printer, lines []governance.Line) string {
	var b strings.Builder
	for i, l := range lines {
		text := l.Text
		if !l.Say.IsZero() {
			text = p.Say(l.Say)
		}
		follows := i > 0 && l.Kind == governance.LineBullet && lines[i-1].Kind == governance.LineBullet
		if i > 0 && !follows {
			b.WriteByte('\n')
		}
		switch l.Kind {
		case governance.LineTitle:
			text = "## " + text
		case governance.LineStrong:
			text = "**" + text + "**"
		case governance.LineBullet:
			text = "- " + text
		case governance.LineQuote:
			text = "> " + strings.ReplaceAll(text, "\n", "\n> ")
		}
		b.WriteString(text + "\n")
	}
	return b.String()
}
