// Package directory holds who is around the convention: organizations, people, and the functions that people hold.
//
// It keeps no data on the beneficiaries of any policy, and knows nothing of seats or powers. The invariant that it owns:
// what it accepts is clean: names are not blank, addresses look like addresses, a function ends after it began.
package directory

import (
	"net/mail"
	"net/url"
	"strings"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
)

// Kind is what sort of organization one is, for those who look for partners by category (préambule).
type Kind string

// The kinds of organization. The set is closed; their names stand in the catalogues under "organization.kind.".
const (
	Institution  Kind = "institution"  // may sign conventions: a party, or a peer of one
	Commune      Kind = "commune"      // a commune or a grouping of communes
	Association  Kind = "association"  //
	Professional Kind = "professional" // of the private or liberal sector: a practice, a nursery, a firm
	PublicBody   Kind = "public-body"  // a school, a hospital, a social centre
	StateService Kind = "state-service"
	Residents    Kind = "residents" // a group of inhabitants
	Other        Kind = "other"
)

// Kinds lists the kinds in the order of the screen.
func Kinds() []Kind {
	return []Kind{Institution, Commune, Association, Professional, PublicBody, StateService, Residents, Other}
}

// Organization is an institution, a service or a local partner. Party is the identifier of the party of the convention
// that it is, empty for everybody else.
type Organization struct {
	ID      string
	Version int64
	Kind    Kind
	Name    string
	Short   string
	Party   string
	SIREN   string
	Address string
	Email   string
	Phone   string
	Website string
}

// Person is somebody whom the convention needs to know: who sits, leads, represents or is called. Account is the
// identifier of the account that belongs to the person, empty where there is none.
type Person struct {
	ID      string
	Version int64
	Given   string
	Family  string
	Email   string
	Phone   string
	Account string
}

// Name is the given name, then the family name.
func (p Person) Name() string { return strings.TrimSpace(p.Given + " " + p.Family) }

// Function is a post that a person holds in an organization, from a day to a day.
type Function struct {
	ID           string
	Version      int64
	Person       string
	Organization string
	Title        string
	Period       calendar.Period
}

// Check tells what is wrong with the organization, field by field.
func (o Organization) Check() error {
	var f fault.Fields
	if strings.TrimSpace(o.Name) == "" {
		f.Add("name", "fault.field.required")
	}
	if !known(o.Kind) {
		f.Add("kind", "fault.field.choice")
	}
	if o.SIREN != "" && !convention.ValidSIREN(o.SIREN) {
		f.Add("siren", "fault.field.siren")
	}
	checkContact(&f, o.Email, o.Phone)
	if o.Website != "" && !ValidWebsite(o.Website) {
		f.Add("website", "fault.field.website")
	}
	return f.Err()
}

// Check tells what is wrong with the person, field by field. An address is not required: people without one are entered
// by a coordinator.
func (p Person) Check() error {
	var f fault.Fields
	if strings.TrimSpace(p.Family) == "" {
		f.Add("family", "fault.field.required")
	}
	checkContact(&f, p.Email, p.Phone)
	return f.Err()
}

// Check tells what is wrong with the function, field by field.
func (n Function) Check() error {
	var f fault.Fields
	if strings.TrimSpace(n.Title) == "" {
		f.Add("title", "fault.field.required")
	}
	if n.Organization == "" {
		f.Add("organization", "fault.field.required")
	}
	if n.Period.From.IsZero() {
		f.Add("from", "fault.field.required")
	}
	if !n.Period.To.IsZero() && n.Period.To.Before(n.Period.From) {
		f.Add("to", "fault.field.end-before-start")
	}
	return f.Err()
}

// ValidEmail tells whether s is one bare e-mail address.
func ValidEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && strings.Contains(s[strings.LastIndex(s, "@")+1:], ".")
}

func checkContact(f *fault.Fields, email, phone string) {
	if email != "" && !ValidEmail(email) {
		f.Add("email", "fault.field.email")
	}
	if strings.Trim(phone, "+0123456789 .()-") != "" {
		f.Add("phone", "fault.field.phone")
	}
}

// ValidWebsite tells whether s is the address of a page, with its scheme.
func ValidWebsite(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

func known(k Kind) bool {
	for _, x := range Kinds() {
		if x == k {
			return true
		}
	}
	return false
}
