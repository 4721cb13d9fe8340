// Package convention holds the signed text as a program: its clauses, the facts that stand under them, what they allow
// and what they require.
//
// It reads and writes the literate file (docs/file-format.md), checks it, and compares two versions in the convention's
// own terms. It keeps nothing, reads no clock and knows no screen: what it has to say, it says in messages of the
// catalogues. The invariant that it owns: a Convention that Parse returned without error is whole: every identifier is
// unique, every reference has its object, every date exists, every fact knows the clause it was read from.
package convention

import "entente/internal/calendar"

// Convention is one signed text with everything that its blocks make executable. It is never changed once signed; an
// amendment makes another version.
type Convention struct {
	Clauses []Clause // the text, heading by heading, in order
	Facts            // every block of every clause, merged in order
}

// Clause is a heading of the text with what stands under it, up to the next heading.
type Clause struct {
	Level   int    // depth of the heading, 1 to 6
	Heading string // as written, without the leading #
	Ref     string // number of the article it belongs to ("4-2"), or the slug of its heading where none has a number
	Anchor  string // unique in the text; the address of the clause on a page
	Parts   []Part
	Line    int // of the heading, 1 for the first of the file
}

// Part is a run of prose or one executable block; exactly one of the two is set.
type Part struct {
	Text  string // Markdown, without leading or trailing blank lines
	Facts *Facts
	Line  int
}

// Place says where a fact was read: the clause that it comes from, and its line in the file.
type Place struct {
	Ref    string // as in Clause.Ref
	Anchor string // as in Clause.Anchor
	Line   int
}

// Facts are what blocks say. The tag is the key in the file; a list may be spread over any number of blocks.
type Facts struct {
	Identity    *Identity       `cle:"convention"`
	Territory   *Territory      `cle:"territoire"`
	Lineage     []Predecessor   `cle:"filiation"`
	Parties     []Party         `cle:"parties"`
	Purposes    []Statement     `cle:"objet"`     // what the convention is for (art. 1)
	Stakes      []Statement     `cle:"enjeux"`    // art. 2
	Governance  []Statement     `cle:"objectifs"` // governance objectives, art. 3
	Commitments []Commitment    `cle:"engagements"`
	Committees  []Committee     `cle:"comites"`
	Axes        []Axis          `cle:"axes"`
	Evaluations []Evaluation    `cle:"evaluations"`
	Duration    *Duration       `cle:"duree"`
	Amendment   *AmendmentRule  `cle:"avenants"`
	Signatures  []SignatureLine `cle:"signatures"`
}

// Identity names the convention.
type Identity struct {
	ID    string `cle:"id"`
	Title string `cle:"titre"`
	Kind  string `cle:"nature,omis"` // what sort of convention: "projet social de territoire"
	Short string `cle:"sigle,omis"`  // how people call it: "PST"
	Place Place
}

// Territory is where the convention applies.
type Territory struct {
	Name       string `cle:"nom"`
	SIREN      string `cle:"siren,omis"`         // nine digits, of the intercommunality or the commune; its key is checked
	Department string `cle:"departement,omis"`   // INSEE code
	SchoolZone string `cle:"zone-scolaire,omis"` // A, B or C
	Place      Place
}

// Predecessor is an earlier agreement that this one follows.
type Predecessor struct {
	ID      string            `cle:"id"`
	Title   string            `cle:"titre"`
	From    Moment            `cle:"debut"`
	To      Moment            `cle:"fin,omis"`
	Parties []string          `cle:"entre,omis"` // names, or identifiers of parties of this convention
	Axes    []PredecessorAxis `cle:"axes,omis"`
	Place   Place
}

// PredecessorAxis is an axis of an earlier convention, and what became of it. Name is empty where the text gives none.
type PredecessorAxis struct {
	ID      string   `cle:"id"`
	Name    string   `cle:"nom,omis"`
	Outcome string   `cle:"devenir,omis"` // one of Outcomes; empty where nobody has said yet
	Becomes []string `cle:"devient,omis"` // axes of this convention
	Place   Place
}

// Outcomes are what may become of an axis of an earlier convention.
var Outcomes = []string{"poursuivi", "fusionne", "abandonne"}

// Moment is a date known to the day, the month or the year ("2018-10-19", "2018-10", "2018").
type Moment string

// Party is an institution that signs.
type Party struct {
	ID        string `cle:"id"`
	Name      string `cle:"nom"`         // legal name
	Short     string `cle:"court"`       // "ci-après dénommée"
	Kind      string `cle:"nature,omis"` // free: "communauté d'agglomération"
	SIREN     string `cle:"siren,omis"`
	Seat      string `cle:"siege,omis"`       // address
	Signatory string `cle:"signataire"`       // function of who represents it; never a person's name
	Delegate  string `cle:"delegataire,omis"` // function that may sign or act once a delegation is on file
	Place     Place
}

// Statement is a numbered sentence that actions and findings can serve: a purpose, a stake, a governance objective.
type Statement struct {
	ID    string   `cle:"id"`
	Text  string   `cle:"texte"`
	Items []string `cle:"points,omis"` // its bullets
	Place Place
}

// Commitment is what parties promise, and the kind of evidence that would show it.
type Commitment struct {
	ID       string       `cle:"id"`
	Text     string       `cle:"texte"`
	Parties  []string     `cle:"parties,omis"` // empty: every party
	Evidence EvidenceKind `cle:"preuve"`
	Place    Place
}

// EvidenceKind is the sort of record that shows a clause to be kept.
type EvidenceKind string

// The kinds of evidence. The set is closed: docs/file-format.md describes each.
const (
	EvidenceMeans         EvidenceKind = "moyens"        // staff time, rooms, budget declared
	EvidenceAttendance    EvidenceKind = "presence"      // attendance at committees
	EvidenceCommunication EvidenceKind = "communication" // joint communication planned or done
	EvidenceEvaluation    EvidenceKind = "evaluation"    // an evaluation report
	EvidenceDiagnosis     EvidenceKind = "diagnostic"    // a diagnosis brought up to date
	EvidencePlan          EvidenceKind = "plan"          // a plan of actions brought up to date
	EvidenceDecision      EvidenceKind = "decision"      // a decision on record
	EvidenceDocument      EvidenceKind = "document"      // any other document on file
)

// Committee is a body that the convention sets up (art. 4-2).
type Committee struct {
	ID           string       `cle:"id"`
	Name         string       `cle:"nom"`
	Level        Level        `cle:"niveau"`
	Seats        []SeatRule   `cle:"sieges"`
	Substitution Substitution `cle:"representation,omis"`
	Missions     []Mission    `cle:"missions,omis"`
	Cadence      *Cadence     `cle:"cadence,omis"`
	ConvenedBy   []string     `cle:"convoque-par,omis"` // parties or committees that may call it
	Quorum       *Threshold   `cle:"quorum,omis"`
	Majority     *Threshold   `cle:"majorite,omis"`
	Notice       int          `cle:"preavis-jours,omis"` // days; 0 where the text fixes none
	Place        Place
}

// Level is the rank of a committee in the governance.
type Level string

// The levels. A convention with a single committee uses Single.
const (
	Strategic   Level = "strategique"
	Operational Level = "operationnel"
	Technical   Level = "technique"
	Single      Level = "unique"
)

// SeatRule gives seats to a party by count or by named function, or derives them. Exactly one of Count, Function and
// Derived is set.
type SeatRule struct {
	Party    string `cle:"partie,omis"`
	Count    int    `cle:"nombre,omis"`
	Among    string `cle:"parmi,omis"`    // from whom counted seats are filled: "direction"
	Function string `cle:"fonction,omis"` // the function that holds the seat
	ID       string `cle:"id,omis"`       // of a seat by function; part of its key
	Derived  string `cle:"derive,omis"`   // DerivedFromLeads
	Place    Place
}

// DerivedFromLeads makes a committee of the leads and co-leads of the actions; nobody is appointed to it.
const DerivedFromLeads = "pilotes-des-actions"

// Substitution says who may sit in the place of a member.
type Substitution string

// The rules of substitution. The zero value is SubstitutionNone.
const (
	SubstitutionNone       Substitution = ""           // the member alone
	SubstitutionFree       Substitution = "libre"      // "ou leurs représentants": anyone mandated, meeting by meeting
	SubstitutionNamed      Substitution = "suppleants" // a substitute named in advance, seat by seat
	SubstitutionDelegation Substitution = "delegation" // "ayant reçu délégation": a dated act on file
)

// Mission is something that a committee is charged with, and the powers that it takes from it.
type Mission struct {
	ID     string   `cle:"id"`
	Text   string   `cle:"texte"`
	Powers []Power  `cle:"attributions"`
	Over   []string `cle:"comites,omis"` // committees that the power bears on, for OrganizeCommittees
	Place  Place
}

// Cadence is how often a committee meets. AsNeeded alone, or Min, Max or both over Over.
type Cadence struct {
	Min      int    `cle:"minimum,omis"`
	Max      int    `cle:"maximum,omis"` // 0: no maximum
	Over     Window `cle:"sur,omis"`
	AsNeeded bool   `cle:"autant-que-de-besoin,omis"`
	Place    Place
}

// Window is the span over which a cadence is counted.
type Window string

// The windows. The zero value reads as CivilYear.
const (
	CivilYear Window = "annee-civile"
	Rolling12 Window = "12-mois-glissants"
)

// Threshold is a share of seats, of parties, or of those present: a quorum or a majority.
type Threshold struct {
	Share  string `cle:"part"`         // a fraction: "1/2", "2/3"
	Of     string `cle:"des"`          // one of ThresholdBases
	Strict bool   `cle:"plus-de,omis"` // more than the share, not equal to it
	Place  Place
}

// ThresholdBases are what a threshold may be a share of.
var ThresholdBases = []string{"sieges", "parties", "presents"}

// Axis is a line of development with its objectives (art. 5).
type Axis struct {
	ID         string      `cle:"id"`
	Number     int         `cle:"numero"`
	Name       string      `cle:"nom"`
	Objectives []Objective `cle:"objectifs,omis"`
	Place      Place
}

// Objective is what actions of an axis aim at. Its number is its rank in the axis: 1.2 is the second of axis 1.
type Objective struct {
	ID    string `cle:"id"`
	Name  string `cle:"nom"`
	Place Place
}

// Evaluation is a duty to evaluate something at an interval.
type Evaluation struct {
	ID          string `cle:"id"`
	Object      string `cle:"objet"`         // one of EvaluationObjects
	EveryMonths int    `cle:"tous-les-mois"` // interval in months: 12 is every year
	Text        string `cle:"texte,omis"`
	By          string `cle:"par,omis"` // committee that carries it
	Place       Place
}

// EvaluationObjects are what an evaluation may bear on.
var EvaluationObjects = []string{"axes", "actions", "convention"}

// Duration is when the convention applies.
type Duration struct {
	From   Start         `cle:"debut"`
	To     calendar.Date `cle:"fin,omis"`  // last day; or Months
	Months int           `cle:"mois,omis"` // length from the start, where the text gives no last day
	Tacit  int           `cle:"reconduction-tacite-mois,omis"`
	Place  Place
}

// Start is a date, or "signature": the day of the last signature.
type Start string

// FromSignature starts a convention on the day of its last signature.
const FromSignature Start = "signature"

// AmendmentRule is how the text may change.
type AmendmentRule struct {
	Agreement string `cle:"accord"` // one of Agreements
	Text      string `cle:"texte,omis"`
	Place     Place
}

// Agreements are whose agreement an amendment needs.
var Agreements = []string{"toutes-les-parties", "majorite-des-parties"}

// SignatureLine is a place at the foot of the text where a party signs, by function.
type SignatureLine struct {
	Party    string `cle:"partie"`
	Function string `cle:"fonction"`
	Place    Place
}
