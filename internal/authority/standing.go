package authority

import "slices"

// Standing is what an account is in a space on a day, beside the mandates of its person. It is read by the store at each
// request and never kept.
type Standing struct {
	Administrator bool     // of the installation
	Coordinates   []string // identifiers of the parties that the account coordinates in the space
	Reader        bool     // was given the space to read
	Member        bool     // its person holds a mandate in force on the day, or leads an action
	Person        string   // identifier of the person in the space; empty where none is tied to the account
}

// Coordinator tells whether the account coordinates the party; with no party, whether it coordinates any.
func (s Standing) Coordinator(party string) bool {
	if party == "" {
		return len(s.Coordinates) > 0
	}
	return slices.Contains(s.Coordinates, party)
}

// Stranger tells whether the account has no role at all in the space: for it the space does not exist.
func (s Standing) Stranger() bool {
	return !s.Administrator && len(s.Coordinates) == 0 && !s.Reader && !s.Member
}

// Role is an administrative role. The set is closed; the roles are no powers: no role lets anybody decide what the
// convention gives to a committee.
type Role string

// The roles, from the widest.
const (
	Administrator Role = "administrator" // keeps the installation: accounts, spaces, the text that was signed
	Coordinator   Role = "coordinator"   // keeps the space for one party; coordinators of all parties are peers
	Member        Role = "member"        // sits in a committee on the day
	Reader        Role = "reader"        // reads the space and changes nothing
)

// Roles lists the roles in the order of the documentation.
func Roles() []Role { return []Role{Administrator, Coordinator, Member, Reader} }

// Task is something that the keeping of a space asks for and that no clause of the convention gives to a committee.
type Task string

// The tasks. The set is closed; docs/decisions/0002-authority.md says who may do each, and why.
const (
	ReadSpace         Task = "read-space"
	ReadJournal       Task = "read-journal"
	ManageDirectory   Task = "manage-directory"   // organizations, people, functions
	ManageMandates    Task = "manage-mandates"    // of a party's seats
	ManageDelegations Task = "manage-delegations" // of a party
	RecordMeetings    Task = "record-meetings"
	ManagePlan        Task = "manage-plan"      // actions, their milestones, means and indicators; leads keep their own besides
	AttachDocuments   Task = "attach-documents" // to anything; what they are attached to may ask more
	SetLetterhead     Task = "set-letterhead"   // of the documents that the space produces
	Propose           Task = "propose"          // put something to the committees
	FileEvidence      Task = "file-evidence"    // of a party, or of the whole where it bears on none
	RecordSignature   Task = "record-signature" // of a party
	InviteReader      Task = "invite-reader"
	NameCoordinator   Task = "name-coordinator" // of a party
	LoadConvention    Task = "load-convention"  // put a version of the text in force
	CreateSpace       Task = "create-space"
	ManageAccounts    Task = "manage-accounts"
)

// Tasks lists the tasks in the order of the documentation.
func Tasks() []Task {
	return []Task{ReadSpace, ReadJournal, ManageDirectory, ManagePlan, ManageMandates, ManageDelegations, RecordMeetings, AttachDocuments, SetLetterhead, Propose,
		FileEvidence, RecordSignature, InviteReader, NameCoordinator, LoadConvention, CreateSpace, ManageAccounts}
}
