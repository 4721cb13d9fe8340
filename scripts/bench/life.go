package main

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"time"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/governance"
	"entente/internal/office"
	"entente/internal/store"
	"entente/internal/testkit"
)

// How much life the measured space holds.
const (
	agendaItems     = 30
	decisionsKept   = 10_000
	proposalsKept   = 500
	followUpsKept   = 1_000
	seatsOfEach     = 10 // of each party in the committee that is made larger: forty for four parties
	crowdSeatOfEach = 50
)

// committee is the one that is made larger.
const committee = "strategique"

// life is what the pages of committees are asked for by.
type life struct {
	planned  string // meeting to come, called, with its agenda
	sitting  string // meeting of today that is open
	proposal governance.Proposal
	party    string // whose stance the register is filtered by
	axis     string
	deep     string // cursor of a deep page of the register
	chairs   []governance.Chair
	links    []string // secrets of the personal links of the planned meeting, one a chair
}

// enlarged is the shipped convention with so many seats of each party in the committee.
func enlarged(seats int) ([]byte, error) {
	source, err := conventions.Read("etampois-sud-essonne-2023-2026")
	if err != nil {
		return nil, err
	}
	const two = "nombre: 2\n"
	if !bytes.Contains(source, []byte(two)) {
		return nil, fmt.Errorf("the shipped convention has no committee of two seats a party any more")
	}
	return bytes.ReplaceAll(source, []byte(two), fmt.Appendf(nil, "nombre: %d\n", seats)), nil
}

// enlarge lets the larger committee apply from the first day of the year, and gives every seat a holder.
func enlarge(ctx context.Context, st *store.Store, space string, seats int, x *life) (*convention.Version, error) {
	source, err := enlarged(seats)
	if err != nil {
		return nil, err
	}
	from := calendar.Of(st.Today().Year(), time.January, 1)
	v, err := st.In(space).AddVersion(ctx, store.Actor{Name: "Bench"}, source, from)
	if err != nil {
		return nil, err
	}
	x.chairs, err = testkit.FillSeats(ctx, st, space, v.Text.Committee(committee), from)
	return v, err
}

// live fills a space with the life of its committees.
func live(ctx context.Context, st *store.Store, space string) (x life, err error) {
	v, err := enlarge(ctx, st, space, seatsOfEach, &x)
	if err != nil {
		return x, err
	}
	parties, axes := make([]string, 0, len(v.Text.Parties)), make([]string, 0, len(v.Text.Axes))
	for _, p := range v.Text.Parties {
		parties = append(parties, p.ID)
	}
	for _, a := range v.Text.Axes {
		axes = append(axes, a.ID)
	}
	x.party, x.axis = parties[0], axes[0]
	if err := testkit.FillDecisions(ctx, st, space, committee, parties, axes, decisionsKept, st.Today().AddDays(-1)); err != nil {
		return x, err
	}
	if err := testkit.FillCalendar(ctx, st, space, v.Text, st.Today()); err != nil {
		return x, err
	}
	if x.proposal, err = testkit.FillProposals(ctx, st, space, x.chairs[0].Holder, proposalsKept); err != nil {
		return x, err
	}
	if err := x.meet(ctx, st, space); err != nil {
		return x, err
	}
	people := make([]string, len(x.chairs))
	for i, c := range x.chairs {
		people[i] = c.Holder
	}
	held, err := st.In(space).Meetings(ctx, store.MeetingFilter{Committee: committee, To: st.Today().AddDays(-1)})
	if err != nil {
		return x, err
	}
	meetings := make([]string, len(held))
	for i, m := range held {
		meetings[i] = m.ID
	}
	if err := testkit.FillFollowUps(ctx, st, space, meetings, people, followUpsKept, st.Today()); err != nil {
		return x, err
	}
	x.deep, err = deepPage(ctx, st.In(space))
	return x, err
}

// meet makes the two meetings: one to come, to which everybody is called, and one of today that sits.
func (x *life) meet(ctx context.Context, st *store.Store, space string) (err error) {
	sp, by, today := st.In(space), store.Actor{Name: "Bench"}, st.Today()
	if x.sitting, err = meeting(ctx, sp, today); err != nil {
		return err
	}
	m, err := sp.Meeting(ctx, x.sitting)
	if err == nil {
		err = office.BeginSitting(ctx, sp, by, m.ID, m.Version, time.Now())
	}
	if err != nil {
		return err
	}
	if x.planned, err = meeting(ctx, sp, today.AddDays(21)); err != nil {
		return err
	}
	return x.call(ctx, sp, by)
}

// meeting makes a meeting with its agenda.
func meeting(ctx context.Context, sp *store.Space, day calendar.Date) (string, error) {
	m, err := sp.CreateMeeting(ctx, store.Actor{Name: "Bench"}, governance.Meeting{Committee: committee, Day: day, Time: "14:00", Place: "Étampes", State: governance.Planned})
	if err != nil {
		return "", err
	}
	return m.ID, testkit.FillAgenda(ctx, sp, m.ID, agendaItems)
}

// call sends the convocation of the planned meeting, and keeps the secrets of the links in the order of the chairs.
func (x *life) call(ctx context.Context, sp *store.Space, by store.Actor) error {
	h, err := sp.History(ctx)
	if err != nil {
		return err
	}
	secrets := map[string]string{}
	write := func(l office.Letter) (string, string) {
		secrets[l.Person.ID] = l.Secret
		return "Convocation", "Bonjour"
	}
	call, err := office.CallOf(ctx, sp, h, x.planned, by.For, calendar.On(time.Now(), calendar.Paris))
	if err != nil {
		return err
	}
	c := office.Convoking{History: h, Meeting: x.planned, By: by, Now: time.Now(), Write: write}
	if _, err := office.Convoke(ctx, sp, c, call.Manifest.SHA256()); err != nil {
		return err
	}
	for _, chair := range x.chairs {
		x.links = append(x.links, secrets[chair.Holder])
	}
	return nil
}

// deepPage is the cursor after four fifths of the register.
func deepPage(ctx context.Context, sp *store.Space) (string, error) {
	f := store.DecisionFilter{Viewer: store.Viewer{All: true}, Paging: store.Paging{Limit: store.MaxPageSize}}
	for seen := 0; seen < decisionsKept*4/5; seen += store.MaxPageSize {
		page, err := sp.Decisions(ctx, f)
		if err != nil {
			return "", err
		}
		f.After = page.Next
	}
	return f.After, nil
}

// pages are the pages of the life of committees.
func (x *life) pages() []target {
	decisions := func(q ...string) string {
		v := url.Values{}
		for i := 0; i < len(q); i += 2 {
			v.Set(q[i], q[i+1])
		}
		return "/decisions?" + v.Encode()
	}
	return []target{
		{"meeting, agenda", "/reunions/" + x.planned},
		{"meeting, convocation", "/reunions/" + x.planned + "/convocation"},
		{"meeting, sitting", "/reunions/" + x.sitting + "/seance"},
		{"sitting, on screen", "/reunions/" + x.sitting + "/seance?ecran=oui"},
		{"sitting, state", "/reunions/" + x.sitting + "/seance/etat?depuis=0"},
		{"meetings", "/reunions"},
		{"calendar", "/calendrier"},
		{"decisions", "/decisions"},
		{"decisions, search", decisions("texte", "genet noisetier")},
		{"decisions, rare", decisions("texte", "4321")},
		{"decisions, axis", decisions("axe", x.axis)},
		{"decisions, stance", decisions("position", x.party+":"+string(governance.Unfavourable))},
		{"decisions, deep", decisions("apres", x.deep)},
		{"proposals", "/propositions"},
		{"proposals, all", "/propositions?etat=toutes"},
		{"proposal", "/propositions/" + x.proposal.Reference()},
		{"follow-ups", "/suites?vue=toutes"},
		{"follow-ups, late", "/suites?vue=retard"},
	}
}
