package web

import (
	"bytes"
	"net/http"
	"strings"

	"entente/internal/authority"
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/document"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/web/view"
)

// table is a list of the space that can be had as a file for spreadsheets: as its page chooses it, in the language of the reader.
type table struct {
	task authority.Task // that it asks
	rows func(v *visit) (document.Sheet, error)
}

// tables is the one table of tables, by the step of their address. What holds addresses of people is for who keeps the directory.
var tables = map[string]table{
	"reunions":     {authority.ReadSpace, (*visit).meetingSheetRows},
	"decisions":    {authority.ReadSpace, (*visit).decisionRows},
	"propositions": {authority.ReadSpace, (*visit).proposalRows},
	"suites":       {authority.ReadSpace, (*visit).followUpSheetRows},
	"actions":      {authority.ReadSpace, (*visit).actionRows},
	"mandats":      {authority.ReadSpace, (*visit).mandateRows},
	"organismes":   {authority.ManageDirectory, (*visit).organizationRows},
	"personnes":    {authority.ManageDirectory, (*visit).personRows},
}

// tableFormats are the formats of tables, which are also the ending of the file, with their media types.
var tableFormats = map[string]string{"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}

// maxRows bounds the rows of one file: more would be a backup.
const maxRows = 20000

// table gives a table as a file.
func (s *Server) table(w http.ResponseWriter, v *visit) error {
	t, known := tables[v.PathValue("table")]
	media, written := tableFormats[v.PathValue("format")]
	if !known || !written {
		return fault.New(fault.NotFound, "fault.not-found")
	}
	if err := canForSome(v.standing, t.task).Err(); err != nil {
		return err
	}
	sheet, err := t.rows(v)
	if err != nil {
		return err
	}
	sheet.Name = v.p.T("paper.table." + v.PathValue("table"))
	var b bytes.Buffer
	if v.PathValue("format") == "csv" {
		err = document.WriteCSV(&b, sheet)
	} else {
		err = document.WriteXLSX(&b, &document.Workbook{Title: sheet.Name + " – " + v.place.Name, Lang: v.p.Lang(), Author: v.account.Name, Sheets: []document.Sheet{sheet}})
	}
	if err != nil {
		return fault.Wrap(err, "web.table", v.PathValue("table"))
	}
	sendFile(w, sent{name: paperFile(v.today.String(), v.place.Name+" – "+sheet.Name) + "." + v.PathValue("format"), media: media, content: b.Bytes()})
	return nil
}

// everything reads a list page by page, up to maxRows.
func everything[T any](p *store.Paging, read func() (store.Page[T], error)) ([]T, error) {
	var out []T
	*p = store.Paging{Limit: store.MaxPageSize}
	for {
		page, err := read()
		if err != nil {
			return nil, err
		}
		out = append(out, page.Items...)
		if page.Next == "" || len(out) >= maxRows {
			return out[:min(len(out), maxRows)], nil
		}
		p.After = page.Next
	}
}

// titled makes the columns of a sheet out of keys of the catalogues; those of days say so.
func (v *visit) titled(keys ...string) []document.SheetColumn {
	out := make([]document.SheetColumn, len(keys))
	for i, k := range keys {
		key, kind, _ := strings.Cut(k, "=")
		out[i] = document.SheetColumn{Title: v.p.T(key), Kind: document.Kind(kind)}
	}
	return out
}

// row is a row of texts, days and whole figures.
func row(values ...any) []document.Cell {
	out := make([]document.Cell, len(values))
	for i, x := range values {
		switch x := x.(type) {
		case string:
			out[i] = document.CellText(x)
		case calendar.Date:
			out[i] = document.CellDate(x)
		case int:
			out[i] = document.CellInteger(int64(x))
		}
	}
	return out
}

// figure is a number, or nothing for none.
func figure(n int) any {
	if n == 0 {
		return ""
	}
	return n
}

func committeeName(c *convention.Convention, id string) string {
	if k := c.Committee(id); k != nil {
		return k.Name
	}
	return id
}

func (v *visit) meetingSheetRows() (document.Sheet, error) {
	out := document.Sheet{Columns: v.titled("meeting.field.day=date", "meeting.field.time", "meeting.field.committee", "meeting.field.state", "meeting.field.place",
		"meeting.field.minutes=integer", "meeting.field.reason")}
	text, err := v.text()
	if err != nil {
		return out, err
	}
	span := calendar.CivilYear(v.yearAsked("annee"))
	list, err := v.space.Meetings(v.Context(), store.MeetingFilter{From: span.From, To: span.To, Committee: v.URL.Query().Get("comite")})
	for _, m := range list {
		out.Rows = append(out.Rows, row(m.Day, m.Time, committeeName(text.Text, m.Committee), v.p.T("meeting.state."+string(m.State)), m.Place, figure(m.Minutes), m.Reason))
	}
	return out, err
}

func (v *visit) decisionRows() (document.Sheet, error) {
	out := document.Sheet{Columns: v.titled("decision.field.reference", "decision.field.day=date", "decision.field.committee", "decision.field.title", "decision.field.text",
		"decision.field.outcome", "decision.field.reasons", "decision.field.axis", "decision.field.article")}
	text, err := v.text()
	if err != nil {
		return out, err
	}
	c := text.Text
	for _, party := range c.Parties {
		out.Columns = append(out.Columns, document.SheetColumn{Title: party.Short})
	}
	out.Columns = append(out.Columns, v.titled("decision.vote.for=integer", "decision.vote.against=integer", "decision.vote.blank=integer")...)
	_, filter, err := v.decisionQuery(c)
	if err != nil {
		return out, err
	}
	list, _, err := v.allDecisions(filter, maxRows)
	for _, d := range list {
		out.Rows = append(out.Rows, v.decisionRow(c, d))
	}
	return out, err
}

func (v *visit) decisionRow(c *convention.Convention, d governance.Decision) []document.Cell {
	out := row(d.Reference(), d.Day, committeeName(c, d.Committee), d.Title, d.Text, view.OutcomeWord(v.p, d.Outcome), d.Reasons, c.AimName(d.Axis), d.Article)
	for _, party := range c.Parties {
		out = append(out, document.CellText(view.PositionWords(v.p, d, party.ID)))
	}
	if d.Vote != nil {
		out = append(out, row(d.Vote.For, d.Vote.Against, d.Vote.Blank)...)
	}
	return out
}

func (v *visit) proposalRows() (document.Sheet, error) {
	out := document.Sheet{Columns: v.titled("decision.field.reference", "proposal.field.title", "proposal.field.subject", "proposal.state", "proposal.turn-of", "proposal.since=date",
		"proposal.field.objective", "paper.table.settled=date")}
	text, err := v.text()
	if err != nil {
		return out, err
	}
	_, filter := v.proposalQuery()
	list, err := everything(&filter.Paging, func() (store.Page[governance.Proposal], error) { return v.space.Proposals(v.Context(), filter) })
	for _, x := range list {
		out.Rows = append(out.Rows, row(view.ProposalNumber(v.p, x), x.Title, v.p.Say(x.Subject.Say()), v.p.T("proposal.badge."+string(x.State)), committeeName(text.Text, x.Turn), x.Since,
			text.Text.AimName(x.Objective), x.Settled))
	}
	return out, err
}

func (v *visit) followUpSheetRows() (document.Sheet, error) {
	out := document.Sheet{Columns: v.titled("paper.follow.what", "paper.follow.who", "paper.follow.due=date", "paper.follow.state", "paper.follow.done=date", "follow-up.field.word",
		"paper.follow.decision", "decision.field.meeting=date", "decision.field.committee")}
	text, err := v.text()
	if err != nil {
		return out, err
	}
	_, filter, err := v.followUpQuery(text.Text)
	if err != nil {
		return out, err
	}
	list, err := everything(&filter.Paging, func() (store.Page[governance.FollowUp], error) { return v.space.FollowUps(v.Context(), filter) })
	if err != nil {
		return out, err
	}
	rows, err := v.followUpRows(list)
	for _, r := range rows {
		u := r.FollowUp
		out.Rows = append(out.Rows, row(u.Text, r.Name, u.Due, v.p.T("follow-up.state."+string(u.State)), u.DoneOn, u.Word, r.Decision, r.Meeting.Day, committeeName(text.Text, r.Meeting.Committee)))
	}
	return out, err
}

func (v *visit) mandateRows() (document.Sheet, error) {
	out := document.Sheet{Columns: v.titled("meeting.field.committee", "paper.party", "mandate.field.seat", "mandate.field.person", "mandate.field.role", "mandate.field.from=date", "mandate.field.to=date",
		"mandate.field.carried-over=date", "mandate.field.act-document")}
	h, err := v.history()
	if err != nil {
		return out, err
	}
	list, err := v.space.Mandates(v.Context(), store.MandateFilter{Committee: v.URL.Query().Get("comite")})
	if err != nil {
		return out, err
	}
	people, err := v.peopleOf(list)
	for _, m := range list {
		committee, party, seat := "", "", m.Seat
		for i := len(h) - 1; i >= 0; i-- { // the newest text that knows the seat
			if s, ok := h[i].Text.Seat(m.Seat); ok {
				committee, party, seat = committeeName(h[i].Text, s.Committee), h[i].Text.Party(s.Party).Short, v.p.Say(s.Say())
				break
			}
		}
		out.Rows = append(out.Rows, row(committee, party, seat, people[m.Person].Name(), v.p.T("mandate.role."+string(m.Role)), m.Period.From, m.Period.To, m.CarriedOver, m.ActDocument))
	}
	return out, err
}

func (v *visit) organizationRows() (document.Sheet, error) {
	out := document.Sheet{Columns: v.titled("organization.field.name", "organization.field.short", "organization.field.kind", "organization.field.siren", "organization.field.address",
		"organization.field.email", "organization.field.phone", "organization.field.website")}
	q := v.directoryQuery()
	filter := store.OrganizationFilter{Kind: q.Kind, Text: q.Text}
	list, err := everything(&filter.Paging, func() (store.Page[directory.Organization], error) { return v.space.Organizations(v.Context(), filter) })
	for _, o := range list {
		out.Rows = append(out.Rows, row(o.Name, o.Short, v.p.T("organization.kind."+string(o.Kind)), o.SIREN, o.Address, o.Email, o.Phone, o.Website))
	}
	return out, err
}

func (v *visit) personRows() (document.Sheet, error) {
	out := document.Sheet{Columns: v.titled("person.field.family", "person.field.given", "person.field.email", "person.field.phone", "paper.table.posts")}
	filter := store.PersonFilter{Text: v.directoryQuery().Text}
	list, err := everything(&filter.Paging, func() (store.Page[directory.Person], error) { return v.space.People(v.Context(), filter) })
	if err != nil {
		return out, err
	}
	ids := make([]string, len(list))
	for i, x := range list {
		ids[i] = x.ID
	}
	posts, err := v.posts(ids...)
	for _, x := range list {
		var held []string
		for _, n := range posts[x.ID] {
			if n.Current {
				held = append(held, n.Function.Title+", "+n.Organization.Name)
			}
		}
		out.Rows = append(out.Rows, row(x.Family, x.Given, x.Email, x.Phone, strings.Join(held, " ; ")))
	}
	return out, err
}
