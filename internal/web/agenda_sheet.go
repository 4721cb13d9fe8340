package web

import (
	"strconv"

	"entente/internal/authority"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/web/view"
)

// itemSheet keeps the items of the agenda of a meeting, which the address names: ?reunion=ID.
var itemSheet = &sheet[governance.Item]{
	noun: "agenda-item", path: "points", task: authority.RecordMeetings,
	ident: func(i *governance.Item) (*string, *int64) { return &i.ID, &i.Version },
	article: func(v *visit, i governance.Item) string {
		m, err := v.space.Meeting(v.Context(), i.Meeting)
		if err != nil {
			return ""
		}
		return v.committeeRef(m.Committee)
	},
	blank: func(v *visit) (governance.Item, error) {
		return governance.Item{Meeting: v.URL.Query().Get("reunion"), Kind: governance.ForDiscussion, Audience: governance.ForSpace}, nil
	},
	fields: (*visit).itemFields,
	read:   readItem,
	back: func(v *visit, i governance.Item) string {
		return view.MeetingHref(v.path(), i.Meeting, "") + "#" + view.ItemAnchor(i.ID)
	},
	crumbs: (*visit).itemCrumbs,
	load:   (*store.Space).Item, create: (*store.Space).CreateItem,
	update: (*store.Space).UpdateItem, remove: (*store.Space).RemoveItem,
}

// committeeRef is the clause that sets up a committee, in the version whose rules apply today; empty where it does not.
func (v *visit) committeeRef(committee string) string {
	if text, err := v.text(); err == nil {
		if k := text.Text.Committee(committee); k != nil {
			return k.Place.Ref
		}
	}
	return ""
}

// readItem reads an item. The meeting of one that is there already stays, and a reference that its kind has no use for goes.
func readItem(_ *visit, f *form, i *governance.Item) {
	if i.ID == "" {
		i.Meeting = f.required("meeting")
		i.Rank = f.number("rank")
	}
	i.Kind, i.Title, i.Text = governance.ItemKind(f.text("kind")), f.text("title"), f.prose("text")
	i.Presenter, i.Minutes, i.Audience = f.text("presenter"), f.number("minutes"), governance.Audience(f.text("audience"))
	i.Proposal, i.Approves = "", ""
	if i.Kind.Settles() {
		i.Proposal = f.text("proposal")
	}
	if i.Kind == governance.ForMinutes {
		i.Proposal, i.Approves = "", f.text("approves")
	}
}

// number is a whole number; blank is 0, and what is none is a fault.
func (f *form) number(name string) int {
	s := f.text(name)
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		f.faults.Add(name, "fault.field.number")
	}
	return n
}

// numeral shows a number in a field, nothing for none.
func numeral(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// itemFields refuses the form of an item whose meeting is closed; where no meeting is named, it is chosen.
func (v *visit) itemFields(i governance.Item) ([]view.Field, error) {
	const n = "agenda-item"
	var backlog governance.Backlog
	meeting := view.Field{Kind: view.HiddenField, Name: "meeting", Value: i.Meeting}
	if i.Meeting == "" {
		options, err := v.pendingMeetings()
		if err != nil {
			return nil, err
		}
		meeting = must(v.choose(n, "meeting", "", "form.choose", options))
	} else {
		m, err := v.space.Meeting(v.Context(), i.Meeting)
		if err == nil && m.Frozen() {
			err = fault.New(fault.Invalid, "store.meeting.frozen")
		}
		if err == nil {
			backlog, err = v.space.Backlog(v.Context(), m, v.today)
		}
		if err != nil {
			return nil, err
		}
	}
	proposals, approves, err := v.itemReferences(i, backlog)
	if err != nil {
		return nil, err
	}
	rank := view.Field{Kind: view.HiddenField, Name: "rank"}
	if v.PathValue("id") == "" {
		rank = v.ask(n, "rank", view.NumberField, numeral(i.Rank))
	}
	minutes := v.ask(n, "minutes", view.NumberField, numeral(i.Minutes))
	return []view.Field{
		meeting,
		must(v.itemChoice("kind", string(i.Kind), itemKindOptions(v))),
		must(v.ask(n, "title", view.TextField, i.Title)),
		v.ask(n, "text", view.TextAreaField, i.Text),
		v.ask(n, "presenter", view.TextField, i.Presenter),
		minutes,
		must(v.itemChoice("audience", string(i.Audience), audienceOptions(v))),
		v.choose(n, "proposal", i.Proposal, "agenda-item.no-proposal", proposals),
		v.choose(n, "approves", i.Approves, "agenda-item.no-minutes", approves),
		rank,
	}, nil
}

func (v *visit) itemChoice(name, value string, options []view.Option) view.Field {
	f := v.ask("agenda-item", name, view.RadioField, value)
	f.Options = options
	return f
}

func itemKindOptions(v *visit) []view.Option {
	var out []view.Option
	for _, k := range governance.ItemKinds() {
		out = append(out, view.Option{Value: string(k), Label: v.p.T("agenda-item.kind." + string(k))})
	}
	return out
}

func audienceOptions(v *visit) []view.Option {
	var out []view.Option
	for _, a := range governance.Audiences() {
		out = append(out, view.Option{Value: string(a), Label: v.p.T("agenda-item.audience." + string(a))})
	}
	return out
}

// pendingMeetings are the meetings whose agenda may still change, from today on.
func (v *visit) pendingMeetings() ([]view.Option, error) {
	text, err := v.text()
	if err != nil {
		return nil, err
	}
	list, err := v.space.Meetings(v.Context(), store.MeetingFilter{From: v.today})
	var out []view.Option
	for _, m := range list {
		if k := text.Text.Committee(m.Committee); k != nil && m.Pending() {
			out = append(out, view.Option{Value: m.ID, Label: view.MeetingTitle(v.p, m), Group: k.Name})
		}
	}
	return out, err
}

// itemReferences are the proposals that wait for the committee and the minutes that it has to approve, with what the item
// refers to already.
func (v *visit) itemReferences(i governance.Item, b governance.Backlog) (proposals, approves []view.Option, err error) {
	for _, x := range b.Proposals {
		proposals = append(proposals, view.Option{Value: x.ID, Label: x.Title})
	}
	days := make(map[string]governance.Meeting, len(b.Meetings))
	for _, m := range b.Meetings {
		days[m.ID] = m
	}
	for _, x := range b.Minutes {
		approves = append(approves, view.Option{Value: x.ID, Label: view.MeetingTitle(v.p, days[x.ID])})
	}
	if i.Proposal != "" && !hasOption(proposals, i.Proposal) {
		known, err := v.space.ProposalsByID(v.Context(), i.Proposal)
		if err != nil {
			return nil, nil, err
		}
		if x, ok := known[i.Proposal]; ok {
			proposals = append(proposals, view.Option{Value: x.ID, Label: x.Title})
		}
	}
	if m, ok := days[i.Approves]; ok && !hasOption(approves, i.Approves) {
		approves = append(approves, view.Option{Value: m.ID, Label: view.MeetingTitle(v.p, m)})
	}
	return proposals, approves, nil
}

func hasOption(options []view.Option, value string) bool {
	for _, o := range options {
		if o.Value == value {
			return true
		}
	}
	return false
}

func (v *visit) itemCrumbs(i governance.Item) []view.Crumb {
	out := []view.Crumb{{Label: v.p.T("nav.meetings"), Href: v.path("reunions")}}
	if m, err := v.space.Meeting(v.Context(), i.Meeting); err == nil {
		out = append(out, view.Crumb{Label: v.p.Day(m.Day), Href: view.MeetingHref(v.path(), m.ID, "")})
	}
	return out
}
