package view

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/office"
)

// SittingData is a sitting as it is run from.
type SittingData struct {
	Root     string // of the space
	Keeper   bool   // the visitor keeps meetings
	Sitting  office.Sitting
	Today    calendar.Date
	At       time.Time
	Shown    governance.Item // the item shown; the zero value where the agenda is empty
	Files    []governance.Attachment
	Forms    *ItemForms            // of the item shown; nil where nothing can be kept
	Earlier  []governance.Decision // of this meeting, by number
	Reopened *Form                 // reopens the meeting; nil where it is not closed
}

// ItemForms are what is kept of one item, form by form.
type ItemForms struct {
	Record    Form
	Positions Form
	Ballots   *Form // nil where the convention has no majority
	FollowUp  Form
}

// SittingTab is the last step of the address of the page.
const SittingTab = "seance"

// Href is the address of a page or an action of the sitting.
func (d SittingData) Href(step string) string {
	href := MeetingHref(d.Root, d.Sitting.Meeting.ID, SittingTab)
	if step != "" {
		href += "/" + step
	}
	return href
}

// itemHref shows one item.
func (d SittingData) itemHref(item string) string {
	return d.Href("") + "?point=" + url.QueryEscape(item)
}

// screenHref is the page for the projector.
func (d SittingData) screenHref() string { return d.Href("") + "?ecran=1" }

func (d SittingData) head(p *i18n.Printer) MeetingHeadData {
	h := MeetingHeadData{Root: d.Root, Assembly: d.Sitting.Assembly, Tab: SittingTab}
	if d.open() {
		h.Actions = []Link{{Label: p.T("sitting.screen"), Href: d.screenHref(), Icon: "open"}, {Label: p.T("closing.go"), Href: d.Href("clore"), Icon: "held"}}
	}
	return h
}

func (d SittingData) open() bool { return d.Sitting.Meeting.State == governance.Open }

// mayBegin tells whether the sitting can be opened today.
func (d SittingData) mayBegin() bool {
	m := d.Sitting.Meeting
	return d.Keeper && m.Begin(d.Today, d.At) == nil
}

// begin is the form that opens the sitting.
func (d SittingData) begin(p *i18n.Printer) Form {
	f := Form{ID: "begin", Action: d.Href("ouvrir"), Version: d.Sitting.Meeting.Version, Submit: p.T("sitting.begin")}
	f.FirstPara = p.T("sitting.begin-text")
	if !d.Sitting.Called {
		f.FirstPara = p.T("sitting.begin-not-called")
	}
	return f
}

// Say says a message of the rules, with institutions and people called by their names.
func (d SittingData) Say(p *i18n.Printer, m fault.Message) string {
	args := maps.Clone(m.Args)
	for name, v := range args {
		switch v := v.(type) {
		case string:
			switch name {
			case "party":
				args[name] = d.short(v)
			case "person":
				args[name] = d.Name(v)
			}
		case []string:
			if name == "parties" {
				shorts := make([]string, len(v))
				for i, id := range v {
					shorts[i] = d.short(id)
				}
				args[name] = shorts
			}
		}
	}
	return p.Say(fault.Message{Key: m.Key, Args: args})
}

// short is what a party is called.
func (d SittingData) short(party string) string {
	if i := d.rank(party); i >= 0 {
		return d.Sitting.Version.Text.Parties[i].Short
	}
	return party
}

func (d SittingData) rank(party string) int {
	for i, x := range d.Sitting.Version.Text.Parties {
		if x.ID == party {
			return i
		}
	}
	return -1
}

// Name is what a person is called.
func (d SittingData) Name(person string) string { return d.Sitting.People[person].Name() }

func (d SittingData) party(id string) Party { return Party{Short: d.short(id), Rank: d.rank(id)} }

// groups are the institutions of the sitting, with members of none at the end.
func (d SittingData) groups() []string {
	out := d.Sitting.Roll.Parties()
	for _, t := range d.Sitting.Roll.Seats {
		if t.Party == "" {
			return append(out, "")
		}
	}
	return out
}

// seats are those of an institution; the empty one is members of none.
func (d SittingData) seats(party string) []governance.Taken {
	var out []governance.Taken
	for _, t := range d.Sitting.Roll.Seats {
		if t.Party == party {
			out = append(out, t)
		}
	}
	return out
}

// tally counts an institution now; members of none are counted apart.
func (d SittingData) tally(party string) governance.Turnout {
	if party != "" {
		return d.Sitting.Now.Turnout(party)
	}
	var own governance.Roll
	for _, t := range d.Sitting.Now.Seats {
		if t.Party == "" {
			own.Seats = append(own.Seats, t)
		}
	}
	return own.Turnout("")
}

// counted says how many seats take part: "3 présents sur 4, dont 1 à distance, et 1 pouvoir".
func counted(p *i18n.Printer, t governance.Turnout) string {
	said := p.T("sitting.counted", "count", t.There(), "seats", t.Seats)
	var more []string
	if t.Remote > 0 {
		more = append(more, p.T("sitting.counted-remote", "count", t.Remote))
	}
	if t.Proxies > 0 {
		more = append(more, p.T("sitting.counted-proxies", "count", t.Proxies))
	}
	if len(more) == 0 {
		return said
	}
	return p.T("sitting.counted-more", "counted", said, "more", strings.Join(more, ", "))
}

// quorum says whether the committee may sit with who is there now; nil where the convention asks nothing.
func (d SittingData) quorum(p *i18n.Printer) *BadgeData {
	if d.Sitting.Committee.Quorum == nil {
		return nil
	}
	reached, have, need := governance.Quorum(d.Sitting.Committee, d.Sitting.Now)
	if reached {
		return &BadgeData{Tone: ToneGood, Icon: "kept", Word: p.T("sitting.quorum-reached", "have", have, "need", need)}
	}
	return &BadgeData{Tone: ToneBad, Icon: "broken", Word: p.T("sitting.quorum-missed", "have", have, "need", need)}
}

func (d SittingData) quorumCite(p *i18n.Printer) Citation {
	return citation(p, d.Sitting.Version.Text, d.Root, d.Sitting.Committee.Quorum.Place)
}

// record is what is kept of an item.
func (d SittingData) record(i governance.Item) governance.ItemRecord { return d.Sitting.Record(i.ID) }

// badge says where the sitting stands with an item.
func (d SittingData) badge(p *i18n.Printer, i governance.Item) *BadgeData {
	switch r := d.record(i); {
	case r.State == governance.Current && d.open():
		return &BadgeData{Tone: ToneWarning, Icon: "open", Word: p.T("sitting.state.current")}
	case r.Outcome != governance.NoOutcome:
		b := OutcomeBadge(p, d.Sitting.Reads(i, r.Outcome))
		return &b
	case r.State == governance.Treated:
		return &BadgeData{Tone: ToneNeutral, Icon: "kept", Word: p.T("sitting.state.treated")}
	}
	return nil
}

// OutcomeBadge says what became of something.
func OutcomeBadge(p *i18n.Printer, o governance.Outcome) BadgeData {
	b := BadgeData{Tone: ToneNeutral, Icon: "not-applicable", Word: p.T("sitting.outcome." + string(o))}
	switch o {
	case governance.Adopted, governance.AdoptedWithChanges:
		b.Tone, b.Icon = ToneGood, "kept"
	case governance.FavourableOpinion, governance.FavourableOpinionWithChanges:
		b.Tone, b.Icon = ToneInfo, "next"
	case governance.UnfavourableOpinion:
		b.Tone, b.Icon = ToneWarning, "previous"
	case governance.Rejected:
		b.Tone, b.Icon = ToneBad, "broken"
	case governance.Postponed:
		b.Tone, b.Icon = ToneWarning, "carried-over"
	case governance.Noted:
		b.Tone, b.Icon = ToneInfo, "info"
	}
	return b
}

// spent is how long an item has taken, in minutes, the minute begun not counted.
func (d SittingData) spent(i governance.Item) int { return d.record(i).Spent(d.At) / 60 }

// timing says how long an item has taken, and how long it was planned to take.
func (d SittingData) timing(p *i18n.Printer, i governance.Item) string {
	spent := d.spent(i)
	switch r := d.record(i); {
	case r.State == governance.Waiting && i.Minutes > 0:
		return p.T("sitting.time-planned", "count", i.Minutes)
	case r.State == governance.Waiting:
		return ""
	case i.Minutes > 0:
		return p.T("sitting.time-of", "count", spent, "planned", i.Minutes)
	}
	return p.T("sitting.time-spent", "count", spent)
}

// turnLabel is the verb of the button that goes on to the next item.
func (d SittingData) turnLabel(p *i18n.Printer) string {
	switch {
	case governance.CurrentItem(d.Sitting.Kept) == "":
		return p.T("sitting.start-items")
	case governance.NextItem(d.Sitting.Agenda, d.Sitting.Kept) == "":
		return p.T("sitting.end-items")
	}
	return p.T("sitting.next-item")
}

// mayTurn tells whether there is anything to go on to.
func (d SittingData) mayTurn() bool {
	return governance.CurrentItem(d.Sitting.Kept) != "" || governance.NextItem(d.Sitting.Agenda, d.Sitting.Kept) != ""
}

func (d SittingData) current() string { return governance.CurrentItem(d.Sitting.Kept) }

// followUps are those of the item shown.
func (d SittingData) followUps() []governance.FollowUp {
	return slices.DeleteFunc(slices.Clone(d.Sitting.FollowUps), func(u governance.FollowUp) bool { return u.Item != d.Shown.ID })
}

// prose is a text of several paragraphs as people wrote it.
func prose(text string) templ.Component {
	html, err := proseHTML(text)
	if err != nil {
		return Text(text)
	}
	return templ.Raw(html)
}

// SittingConflict is what was typed beside what somebody else kept meanwhile.
type SittingConflict struct {
	Title   string
	Message string // why it was refused; empty where the texts themselves say
	Both    *BothTexts
	Form    Form
}

// vote counts the vote on the item shown among who takes part now; nil where the convention has no majority.
func (d SittingData) vote() *governance.Vote {
	if d.Sitting.Committee.Majority == nil {
		return nil
	}
	v := governance.CountVotes(d.Sitting.Committee, d.ballots(), d.Sitting.Now)
	return &v
}

func (d SittingData) ballots() []governance.Ballot {
	return slices.DeleteFunc(slices.Clone(d.Sitting.Ballots), func(b governance.Ballot) bool { return b.Item != d.Shown.ID })
}

// voteBadge says whether the majority of the convention is reached.
func (d SittingData) voteBadge(p *i18n.Printer) BadgeData {
	have, need := governance.Majority(d.Sitting.Committee, d.ballots(), d.Sitting.Now)
	if d.vote().Carried {
		return BadgeData{Tone: ToneGood, Icon: "kept", Word: p.T("sitting.majority-reached", "have", have, "need", need)}
	}
	return BadgeData{Tone: ToneUnknown, Icon: "unknown", Word: p.T("sitting.majority-missed", "have", have, "need", need)}
}

// stance is what an institution thinks of the item shown, without its reservations.
func (d SittingData) stance(p *i18n.Printer, party string) string {
	for _, x := range d.Sitting.Positions {
		if x.Item == d.Shown.ID && x.Party == party {
			return StanceWord(p, x.Stance)
		}
	}
	return StanceWord(p, governance.NotGiven)
}

// StanceWord is a stance in words.
func StanceWord(p *i18n.Printer, s governance.Stance) string {
	if s == governance.NotGiven {
		return p.T("sitting.stance.not-given")
	}
	return p.T("sitting.stance." + string(s))
}

// screenHead is the head for those who follow the sitting without keeping it.
func (d SittingData) screenHead() MeetingHeadData {
	return MeetingHeadData{Root: d.Root, Assembly: d.Sitting.Assembly, Tab: SittingTab}
}
