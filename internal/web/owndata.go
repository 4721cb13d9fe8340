package web

import (
	"net/http"
	"time"

	"entente/internal/directory"
	"entente/internal/evaluation"
	"entente/internal/governance"
	"entente/internal/store"
)

// ownData is everything that is kept about the account that asks, as it travels in a file.
type ownData struct {
	Made    time.Time   `json:"made"`
	Account ownAccount  `json:"account"`
	Spaces  []ownSpace  `json:"spaces"`
	Texts   []ownText   `json:"texts"`
	Changes []ownChange `json:"changes"` // to the installation; those to a space stand with it
}

type ownAccount struct {
	Email         string    `json:"email"`
	Name          string    `json:"name"`
	Locale        string    `json:"locale"`
	Administrator bool      `json:"administrator"`
	HasPassword   bool      `json:"has_password"`
	News          string    `json:"news"`
	Created       time.Time `json:"created"`
}

// ownText is a signed text that the account keeps to read; the text itself is on its page.
type ownText struct {
	Name    string    `json:"name"`
	Bytes   int64     `json:"bytes"`
	Created time.Time `json:"created"`
	Changed time.Time `json:"changed"`
}

// ownSpace is what is kept about the account in one space.
type ownSpace struct {
	Slug        string                  `json:"slug"`
	Name        string                  `json:"name"`
	Reader      bool                    `json:"reader"`
	Coordinates []string                `json:"coordinates"`
	Person      *directory.Person       `json:"person,omitempty"`
	Functions   []directory.Function    `json:"functions"`
	Mandates    []governance.Mandate    `json:"mandates"`
	Delegations []governance.Delegation `json:"delegations"`
	Attendance  []ownAttendance         `json:"attendance"`
	FollowUps   []governance.FollowUp   `json:"follow_ups"`
	Proposals   []governance.Proposal   `json:"proposals"`
	Comments    []governance.Comment    `json:"comments"`
	Leads       []governance.Lead       `json:"leads"`
	Messages    []governance.Message    `json:"messages"`
	Sheets      []evaluation.Sheet      `json:"evaluation_sheets"`
	Changes     []ownChange             `json:"changes"`
}

// ownAttendance is a seat that the person held or took at a meeting, without what others than they were named for.
type ownAttendance struct {
	Meeting  string    `json:"meeting"`
	Seat     string    `json:"seat"`
	Holder   bool      `json:"holder"` // called for the seat
	Sat      bool      `json:"sat"`    // took it
	Answer   string    `json:"answer"`
	Note     string    `json:"note,omitempty"`
	Answered time.Time `json:"answered"`
	Channel  string    `json:"channel"`
	Read     time.Time `json:"read"`
	Presence string    `json:"presence"`
	Arrived  string    `json:"arrived,omitempty"`
	Left     string    `json:"left,omitempty"`
}

// ownChange is a change that the account has made.
type ownChange struct {
	Number  int64     `json:"number"`
	At      time.Time `json:"at"`
	Action  string    `json:"action"`
	Thing   string    `json:"thing"`
	For     string    `json:"for,omitempty"`
	Article string    `json:"article,omitempty"`
}

// ownData gives a file with what is kept about whoever asks: the account without its password, the roles, the person in
// each space with functions, mandates and delegations, and the changes made.
func (s *Server) ownData(w http.ResponseWriter, v *visit) error {
	d, err := s.gatherOwnData(v)
	if err != nil {
		return err
	}
	return sendData(w, d, "entente-"+v.today.String())
}

func (s *Server) gatherOwnData(v *visit) (ownData, error) {
	a := v.account
	d := ownData{Made: v.now.UTC(), Spaces: []ownSpace{}, Texts: []ownText{}, Account: ownAccount{Email: a.Email, Name: a.Name, Locale: a.Locale,
		Administrator: a.Administrator, HasPassword: a.PasswordHash != "", News: string(a.News), Created: a.CreatedAt}}
	readings, err := s.store.ReadingsOf(v.Context(), a.ID)
	if err != nil {
		return d, err
	}
	for _, r := range readings {
		d.Texts = append(d.Texts, ownText{Name: r.Name, Bytes: r.Size, Created: r.CreatedAt, Changed: r.UpdatedAt})
	}
	if d.Changes, err = ownChanges(v, s.store.Installation()); err != nil {
		return d, err
	}
	for paging := (store.Paging{Limit: store.MaxPageSize}); ; {
		page, err := s.store.SpacesOf(v.Context(), *a, paging)
		if err != nil {
			return d, err
		}
		for _, place := range page.Items {
			one, err := s.ownSpace(v, place)
			if err != nil {
				return d, err
			}
			d.Spaces = append(d.Spaces, one)
		}
		if paging.After = page.Next; paging.After == "" {
			return d, nil
		}
	}
}

// ownSpace reads one space. It is for a file that is rarely asked for: a page would not query space by space.
func (s *Server) ownSpace(v *visit, place store.SpaceRoles) (ownSpace, error) {
	sp := s.store.In(place.ID)
	out := ownSpace{Slug: place.Slug, Name: place.Name, Reader: place.Reader, Coordinates: place.Coordinates}
	var err error
	if out.Changes, err = ownChanges(v, sp); err != nil || place.Person == "" {
		return out, err
	}
	person, err := sp.Person(v.Context(), place.Person)
	if err != nil {
		return out, err
	}
	out.Person = &person
	if out.Functions, err = sp.FunctionsOf(v.Context(), place.Person); err != nil {
		return out, err
	}
	if out.Mandates, err = sp.Mandates(v.Context(), store.MandateFilter{Person: place.Person}); err != nil {
		return out, err
	}
	if err := out.life(v, sp, place.Person); err != nil {
		return out, err
	}
	delegations, err := sp.Delegations(v.Context())
	for _, x := range delegations {
		if x.Person == place.Person {
			out.Delegations = append(out.Delegations, x)
		}
	}
	return out, err
}

// life fills in what the committees keep of the person: what they answered, where they sat, what they have to do and were written.
// A note is the holder's own.
func (out *ownSpace) life(v *visit, sp *store.Space, person string) error {
	l, err := sp.OwnLife(v.Context(), person)
	if err != nil {
		return err
	}
	out.FollowUps, out.Proposals, out.Comments, out.Leads, out.Messages, out.Sheets = l.FollowUps, l.Proposals, l.Comments, l.Leads, l.Messages, l.Sheets
	for _, a := range l.Attendance {
		x := ownAttendance{Meeting: a.Meeting, Seat: a.Seat, Holder: a.Holder == person, Sat: a.Sitter == person, Answer: string(a.Answer), Answered: a.Answered,
			Channel: string(a.Channel), Read: a.Read, Presence: string(a.Presence), Arrived: a.Arrived, Left: a.Left}
		if x.Holder {
			x.Note = a.Note
		}
		out.Attendance = append(out.Attendance, x)
	}
	return nil
}

// ownChanges lists what the visitor has changed in one journal, newest first.
func ownChanges(v *visit, sp *store.Space) ([]ownChange, error) {
	out := []ownChange{}
	for filter := (store.JournalFilter{Actor: v.account.ID, Limit: store.MaxPageSize}); ; {
		entries, err := sp.JournalEntries(v.Context(), filter)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			out = append(out, ownChange{Number: e.Seq, At: e.At, Action: e.Action, Thing: e.Label, For: e.For, Article: e.Article})
			filter.Before = e.Seq
		}
		if len(entries) < filter.Limit {
			return out, nil
		}
	}
}
