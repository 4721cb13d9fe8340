package demo

import (
	"fmt"

	"github.com/goccy/go-yaml"

	"entente/internal/calendar"
)

// script is a space of the demonstration, as its file tells it: how it stood on the day on which it was opened, then what
// happened, day by day.
type script struct {
	Slug          string         `yaml:"slug"`
	Name          string         `yaml:"name"`
	Convention    string         `yaml:"convention"` // name of a shipped file
	Effective     calendar.Date  `yaml:"effective"`
	Opened        calendar.Date  `yaml:"opened"` // day on which the space was opened and what was known then was entered
	Parties       map[string]org `yaml:"parties"`
	Organizations []org          `yaml:"organizations"`
	People        []person       `yaml:"people"`
	Meetings      []meeting      `yaml:"meetings"` // known when the space was opened
	Signatures    []signature    `yaml:"signatures"`
	Delegations   []delegation   `yaml:"delegations"`
	Evidence      []record       `yaml:"evidence"`
	Chronicle     []event        `yaml:"chronicle"` // after that day
}

type org struct {
	ID      string `yaml:"id"` // within the file, for people to refer to
	Kind    string `yaml:"kind"`
	Name    string `yaml:"name"`
	Short   string `yaml:"short"`
	Address string `yaml:"address"`
	Email   string `yaml:"email"`
	Phone   string `yaml:"phone"`
	Website string `yaml:"website"`
}

type person struct {
	ID       string        `yaml:"id"`
	Given    string        `yaml:"given"`
	Family   string        `yaml:"family"`
	Email    string        `yaml:"email"`
	Party    string        `yaml:"party"`        // or Organization
	In       string        `yaml:"organization"` // identifier of an org of the file
	Function string        `yaml:"function"`
	From     calendar.Date `yaml:"from"`
	To       calendar.Date `yaml:"to"`
	Account  string        `yaml:"account"` // "administrator", "coordinator", "reader", "member"; empty for none
	Seats    []seat        `yaml:"seats"`
}

type seat struct {
	Key         string        `yaml:"key"`
	Substitute  bool          `yaml:"substitute"`
	From        calendar.Date `yaml:"from"`
	To          calendar.Date `yaml:"to"`
	CarriedOver calendar.Date `yaml:"carried-over"`
	ActDate     calendar.Date `yaml:"act-date"`
	Act         string        `yaml:"act"`
}

type signature struct {
	Party    string        `yaml:"party"`
	Date     calendar.Date `yaml:"date"`
	Place    string        `yaml:"place"`
	Document string        `yaml:"document"`
}

type delegation struct {
	Party    string        `yaml:"party"`
	Person   string        `yaml:"person"`
	Function string        `yaml:"function"`
	Date     calendar.Date `yaml:"date"`
	Document string        `yaml:"document"`
	From     calendar.Date `yaml:"from"`
}

type record struct {
	Obligation string        `yaml:"obligation"`
	Kind       string        `yaml:"kind"`
	Party      string        `yaml:"party"`
	Day        calendar.Date `yaml:"day"`
	Title      string        `yaml:"title"`
	Note       string        `yaml:"note"`
}

// event is something that happened on a day. One of its parts is set: what happened.
type event struct {
	On calendar.Date `yaml:"on"`
	At string        `yaml:"at"` // "14:10", local time; in the morning where nothing is said
	By string        `yaml:"by"` // party whose coordinator does it; the first one's where nothing is said

	Custom   *custom      `yaml:"custom"`
	Leads    []lead       `yaml:"leads"`
	Panel    *panel       `yaml:"panel"`
	Meeting  *meeting     `yaml:"meeting"` // planned
	Agenda   *agenda      `yaml:"agenda"`
	Proposal *proposal    `yaml:"proposal"`
	Pass     *pass        `yaml:"pass"`
	Convoke  string       `yaml:"convoke"` // meeting
	Answers  *answers     `yaml:"answers"`
	Sitting  *sitting     `yaml:"sitting"`
	Minutes  *minutes     `yaml:"minutes"`
	Comment  *comment     `yaml:"comment"`
	Done     *done        `yaml:"done"`
	Poll     *poll        `yaml:"poll"`
	Reply    *pollReplies `yaml:"poll-replies"`
	Paper    *paper       `yaml:"paper"`
	Evidence *record      `yaml:"evidence"`

	Then func() error `yaml:"-"` // of the plan of actions
}

type custom struct {
	Committee   string `yaml:"committee"`
	Convocation int    `yaml:"convocation-days"`
	Documents   int    `yaml:"document-days"`
	Comments    int    `yaml:"comment-days"`
	Silence     int    `yaml:"silence-days"`
	Answer      int    `yaml:"answer-days"`
	Time        string `yaml:"time"`
	Minutes     int    `yaml:"minutes"`
	Place       string `yaml:"place"`
}

type lead struct {
	Person    string        `yaml:"person"`
	Action    string        `yaml:"action"`
	Objective string        `yaml:"objective"`
	CoLead    bool          `yaml:"co-lead"`
	From      calendar.Date `yaml:"from"`
	To        calendar.Date `yaml:"to"`
}

type panel struct {
	ID        string        `yaml:"id"`
	Committee string        `yaml:"committee"`
	Name      string        `yaml:"name"`
	Scope     []string      `yaml:"scope"`
	Actions   []string      `yaml:"actions"`
	From      calendar.Date `yaml:"from"`
	SetUpBy   string        `yaml:"set-up-by"`
	Meeting   string        `yaml:"meeting"`
}

type meeting struct {
	ID        string        `yaml:"id"` // within the file
	Committee string        `yaml:"committee"`
	Panel     string        `yaml:"panel"`
	Day       calendar.Date `yaml:"day"`
	Time      string        `yaml:"time"`
	Minutes   int           `yaml:"minutes"`
	State     string        `yaml:"state"` // planned where nothing is said
	Place     string        `yaml:"place"`
	Remote    string        `yaml:"remote"`
	Document  string        `yaml:"document"`
	Reason    string        `yaml:"reason"`
	Agenda    []item        `yaml:"agenda"`
}

// agenda adds items to the agenda of a meeting.
type agenda struct {
	Meeting string `yaml:"meeting"`
	Items   []item `yaml:"items"`
}

type item struct {
	ID        string `yaml:"id"`
	Kind      string `yaml:"kind"`
	Title     string `yaml:"title"`
	Text      string `yaml:"text"`
	Presenter string `yaml:"presenter"`
	Minutes   int    `yaml:"minutes"`
	Audience  string `yaml:"audience"` // everybody who reads the space where nothing is said
	Proposal  string `yaml:"proposal"`
	Approves  string `yaml:"approves"` // meeting
}

type proposal struct {
	ID        string `yaml:"id"`
	Subject   string `yaml:"subject"`
	Title     string `yaml:"title"`
	Text      string `yaml:"text"`
	Objective string `yaml:"objective"`
	Author    string `yaml:"author"`
	Committee string `yaml:"committee"`
	Partner   string `yaml:"partner"`
	Draft     bool   `yaml:"draft"` // kept by its author; any other is submitted on the same day
}

type pass struct {
	Proposal string `yaml:"proposal"`
	Event    string `yaml:"event"`
	Words    string `yaml:"words"`
}

type answers struct {
	Meeting string   `yaml:"meeting"`
	List    []answer `yaml:"list"`
}

type answer struct {
	Seat       string `yaml:"seat"`
	Answer     string `yaml:"answer"`
	Substitute string `yaml:"substitute"`
	Named      string `yaml:"named"`
	ProxyTo    string `yaml:"proxy-to"`
	Note       string `yaml:"note"`
	Told       bool   `yaml:"told"` // to a coordinator, who entered it
}

// sitting is a meeting from its opening to its closing. Who said that they would come is there unless it is said otherwise.
type sitting struct {
	Meeting string     `yaml:"meeting"`
	Begins  string     `yaml:"begins"` // "09:35"
	Seats   []presence `yaml:"seats"`
	Items   []treated  `yaml:"items"`
}

type presence struct {
	Seat     string `yaml:"seat"`
	Presence string `yaml:"presence"`
	Sitter   string `yaml:"sitter"`
	Name     string `yaml:"name"`
	ProxyTo  string `yaml:"proxy-to"`
	Arrived  string `yaml:"arrived"`
	Left     string `yaml:"left"`
}

type treated struct {
	Item      string            `yaml:"item"`    // of the agenda, or the proposal that an item carries on
	Minutes   int               `yaml:"minutes"` // that it took
	Notes     string            `yaml:"notes"`
	Outcome   string            `yaml:"outcome"`
	Text      string            `yaml:"text"`
	Reasons   string            `yaml:"reasons"`
	Axis      string            `yaml:"axis"`
	Positions map[string]stance `yaml:"positions"` // by party
	Votes     map[string]string `yaml:"votes"`     // by seat
	FollowUps []followUp        `yaml:"follow-ups"`
}

// stance is what a party thinks: a word, or a word with its text.
type stance struct {
	Stance string `yaml:"stance"`
	Text   string `yaml:"text"`
}

type followUp struct {
	ID     string        `yaml:"id"`
	Text   string        `yaml:"text"`
	Person string        `yaml:"person"`
	Due    calendar.Date `yaml:"due"`
}

type minutes struct {
	Meeting  string        `yaml:"meeting"`
	Body     string        `yaml:"body"` // begins them
	To       string        `yaml:"to"`   // passes them on
	Until    calendar.Date `yaml:"until"`
	Audience string        `yaml:"audience"`
}

type comment struct {
	Meeting string `yaml:"meeting"`
	Person  string `yaml:"person"`
	Text    string `yaml:"text"`
}

type done struct {
	FollowUp string `yaml:"follow-up"`
	Word     string `yaml:"word"`
}

type poll struct {
	ID        string        `yaml:"id"`
	Committee string        `yaml:"committee"`
	Title     string        `yaml:"title"`
	Note      string        `yaml:"note"`
	Slots     []string      `yaml:"slots"` // "2027-01-12 14:00"
	Closes    calendar.Date `yaml:"closes"`
}

type pollReplies struct {
	Poll string              `yaml:"poll"`
	List map[string][]string `yaml:"list"` // by person, in the order of the dates; empty for no answer
}

// paper is a document of one page, which is made from its lines.
type paper struct {
	Owner    string   `yaml:"owner"` // "meeting", "agenda-item", "proposal", "minutes"
	Of       string   `yaml:"of"`
	Name     string   `yaml:"name"`
	File     string   `yaml:"file"`
	Audience string   `yaml:"audience"`
	Lines    []string `yaml:"lines"`
}

func read(name string) (script, error) {
	var s script
	text, err := spaces.ReadFile(name)
	if err != nil {
		return s, err
	}
	if err := yaml.UnmarshalWithOptions(text, &s, yaml.Strict()); err != nil {
		return s, fmt.Errorf("demo: %s: %w", name, err)
	}
	return s, nil
}

// partyName is what the file calls a party.
func (s script) partyName(id string) string {
	if o, ok := s.Parties[id]; ok {
		return o.Short
	}
	return id
}
