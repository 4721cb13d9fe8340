package authority

import (
	"slices"

	"entente/internal/fault"
)

// scope is how a task bears on a party.
type scope int

const (
	whole   scope = iota // on the space or the installation: the party is passed over
	perhaps              // on a party, or on the whole where none is given
	one                  // on one party, always: with none given, no coordinator may
)

// tasks is the closed table of who may do what to keep a space. Parties are peers: a coordinator acts for its own party
// and for what all share, never for another party. docs/decisions/0002-authority.md gives the reasons.
var tasks = map[Task]struct {
	scope scope
	roles []Role
}{
	ReadSpace:         {whole, []Role{Administrator, Coordinator, Member, Reader}},
	ReadJournal:       {whole, []Role{Administrator, Coordinator, Member, Reader}},
	ManageDirectory:   {whole, []Role{Administrator, Coordinator}},
	ManagePlan:        {whole, []Role{Administrator, Coordinator}},
	ManageMandates:    {one, []Role{Administrator, Coordinator}},
	ManageDelegations: {one, []Role{Administrator, Coordinator}},
	RecordMeetings:    {whole, []Role{Administrator, Coordinator}},
	AttachDocuments:   {whole, []Role{Administrator, Coordinator, Member}},
	SetLetterhead:     {whole, []Role{Administrator, Coordinator}},
	Propose:           {whole, []Role{Administrator, Coordinator, Member}},
	FileEvidence:      {perhaps, []Role{Administrator, Coordinator}},
	RecordSignature:   {one, []Role{Administrator, Coordinator}},
	InviteReader:      {whole, []Role{Administrator, Coordinator}},
	NameCoordinator:   {one, []Role{Administrator, Coordinator}},
	LoadConvention:    {whole, []Role{Administrator}},
	CreateSpace:       {whole, []Role{Administrator}},
	ManageAccounts:    {whole, []Role{Administrator}},
}

// Can tells whether a standing allows a task for a party, given by its identifier, or for the whole where party is empty.
// A refusal says which roles could.
func Can(s Standing, task Task, party string) Answer {
	t, known := tasks[task]
	if !known {
		return Answer{Reason: TaskUndefined, Message: fault.Say("authority.task-undefined")}
	}
	if t.scope == whole {
		party = ""
	}
	for _, role := range t.roles {
		if s.plays(role, t.scope, party) {
			return Answer{Allowed: true, Reason: AsRole, Role: role, Party: party,
				Message: fault.Say("authority.can.yes", "task", sayTask(task), "role", fault.Say("authority.role."+string(role)))}
		}
	}
	a := Answer{Reason: RoleMissing, Roles: slices.Clone(t.roles), Party: party}
	key := "authority.can.no"
	if t.scope != whole && len(s.Coordinates) > 0 {
		a.Reason, key = OtherParty, "authority.can.other-party"
	}
	a.Message = fault.Say(key, "task", sayTask(task), "roles", sayRoles(t.roles, t.scope, party))
	return a
}

// plays tells whether the standing holds the role for a task of that scope over the party.
func (s Standing) plays(role Role, sc scope, party string) bool {
	switch role {
	case Administrator:
		return s.Administrator
	case Coordinator:
		return s.Coordinator(party) && (sc != one || party != "")
	case Member:
		return s.Member
	case Reader:
		return s.Reader
	}
	return false
}

func sayTask(t Task) fault.Message { return fault.Say("authority.task." + string(t)) }

// sayRoles names roles as those who could; a coordinator is said to be one of the party where the task bears on one.
func sayRoles(roles []Role, sc scope, party string) []fault.Message {
	out := make([]fault.Message, 0, len(roles))
	for _, r := range roles {
		key := string(r)
		if r == Coordinator && sc != whole && (sc == one || party != "") {
			key = "coordinator-of-party"
		}
		out = append(out, fault.Say("authority.role."+key))
	}
	return out
}
