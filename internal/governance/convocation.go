package governance

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"entente/internal/calendar"
	"entente/internal/convention"
)

// Convocation is one sending of the call to a meeting: what was sent, to whom, when. It is never changed; what changed since
// is sent as the next one.
type Convocation struct {
	ID       string
	Version  int64
	Meeting  string
	Number   int // from 1 within the meeting
	Sent     time.Time
	Manifest Manifest
	Digest   string // hexadecimal SHA-256 of the manifest as it is kept
}

// Manifest is everything that a convocation said, frozen.
type Manifest struct {
	Committee  string              `json:"committee"`
	Name       string              `json:"name"` // of the committee
	Day        calendar.Date       `json:"day"`
	Time       string              `json:"time"`
	Minutes    int                 `json:"minutes"`
	Place      string              `json:"place"`
	Remote     string              `json:"remote"`
	Items      []ManifestItem      `json:"items"`
	Documents  []ManifestDocument  `json:"documents"`
	Recipients []ManifestRecipient `json:"recipients"`
	Changes    []string            `json:"changes"` // what differs from the one before, in words of the catalogues' keys; empty for the first
	Late       int                 `json:"late"`    // days by which it goes out later than the convention's notice; 0 where in time
}

// ManifestItem is an item of the agenda as it was sent.
type ManifestItem struct {
	ID        string   `json:"id"`
	Rank      int      `json:"rank"`
	Kind      ItemKind `json:"kind"`
	Title     string   `json:"title"`
	Presenter string   `json:"presenter"`
	Minutes   int      `json:"minutes"`
}

// ManifestDocument is a document as it was sent.
type ManifestDocument struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	Digest string `json:"digest"` // hexadecimal SHA-256
}

// ManifestRecipient is somebody who was called, and for which seat.
type ManifestRecipient struct {
	Person     string `json:"person"`
	Seat       string `json:"seat"`
	Party      string `json:"party"`
	Substitute bool   `json:"substitute"`
	ByMail     bool   `json:"by_mail"` // false: they had no address, so somebody had to tell them. The address itself is not kept here: an erasure must leave the digest true
}

// Convening is everything that the call to a meeting is made of.
type Convening struct {
	Meeting   Meeting
	Name      string // of the committee, with that of its technical committee
	Text      *convention.Convention
	Committee *convention.Committee
	Custom    Custom
	By        string // party on whose behalf it is sent; empty where none
	Today     calendar.Date
	Chairs    []Chair
	ByMail    func(person string) bool // whether somebody has an address
	Items     []Item
	Documents []ManifestDocument // that those who are called may read
	Earlier   *Manifest          // what was sent last; nil where nothing was
}

// Compose freezes the call to a meeting. What is for the coordinators alone is left out of it; the lists are never nil, so
// that the same call has the same text.
func Compose(c Convening) Manifest {
	m := Manifest{Committee: c.Meeting.Committee, Name: c.Name, Day: c.Meeting.Day, Time: c.Meeting.Time, Minutes: c.Meeting.Minutes,
		Place: c.Meeting.Place, Remote: c.Meeting.Remote, Items: []ManifestItem{}, Documents: append([]ManifestDocument{}, c.Documents...),
		Recipients: []ManifestRecipient{}, Changes: []string{}}
	for _, i := range c.Items {
		if i.Audience != ForCoordinators {
			m.Items = append(m.Items, ManifestItem{ID: i.ID, Rank: len(m.Items) + 1, Kind: i.Kind, Title: i.Title, Presenter: i.Presenter, Minutes: i.Minutes})
		}
	}
	for _, call := range Called(c.Chairs) {
		for _, s := range call.Seats {
			m.Recipients = append(m.Recipients, ManifestRecipient{Person: call.Person, Seat: s.Seat, Party: s.Party, Substitute: s.Substitute, ByMail: c.ByMail(call.Person)})
		}
	}
	m.Late = c.late(m)
	if c.Earlier != nil {
		for _, d := range Differences(*c.Earlier, m) {
			m.Changes = append(m.Changes, d.Key)
		}
	}
	return m
}

// late is by how many days the call misses the notice of the convention. A call that only mends an earlier one for the same
// day is as late as that one was.
func (c Convening) late(m Manifest) int {
	switch {
	case c.Committee.Notice == 0 || m.Day.IsZero():
		return 0
	case !calledAnew(c.Earlier, m):
		return c.Earlier.Late
	}
	return max(0, c.Today.DaysSince(m.Day.AddDays(-c.Committee.Notice)))
}

// calledAnew tells a call for a day that was not called for before.
func calledAnew(earlier *Manifest, m Manifest) bool { return earlier == nil || earlier.Day != m.Day }

// Canonical is the manifest as it is kept and as its digest is made of.
func (m Manifest) Canonical() []byte {
	b, err := json.Marshal(m)
	if err != nil {
		panic(err) // a struct of texts, numbers and dates
	}
	return b
}

// SHA256 is the hexadecimal digest of the manifest.
func (m Manifest) SHA256() string {
	sum := sha256.Sum256(m.Canonical())
	return hex.EncodeToString(sum[:])
}
