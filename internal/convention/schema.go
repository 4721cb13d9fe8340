package convention

import (
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"entente/internal/calendar"
)

var dateType = reflect.TypeFor[calendar.Date]()

// field is a field of a fact that stands in the file: its key, and whether it may be absent.
type field struct {
	name     string
	key      string
	optional bool
	index    int
}

var fieldCache sync.Map // of reflect.Type to []field

// fieldsOf gives the fields of a struct that have a key, in order.
func fieldsOf(t reflect.Type) []field {
	if known, ok := fieldCache.Load(t); ok {
		return known.([]field)
	}
	var out []field
	for i := range t.NumField() {
		tag, ok := t.Field(i).Tag.Lookup("cle")
		if !ok {
			continue
		}
		key, option, _ := strings.Cut(tag, ",")
		out = append(out, field{name: t.Field(i).Name, key: key, optional: option == "omis", index: i})
	}
	fieldCache.Store(t, out)
	return out
}

// keyName is the key of an entry as it was written.
func keyName(e *ast.MappingValueNode) string {
	if s, ok := scalar(e.Key); ok {
		return s
	}
	return e.Key.String()
}

// scalar gives the text of a scalar as it was written, without quotes: 01 stays 01.
func scalar(n ast.Node) (string, bool) {
	switch s := n.(type) {
	case *ast.StringNode:
		return s.Value, true
	case *ast.LiteralNode:
		return s.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true
	}
	return "", false
}

// start is the token that a node begins with; the library gives that of the first colon for a mapping.
func start(n ast.Node) *token.Token {
	switch m := n.(type) {
	case *ast.MappingNode:
		if !m.IsFlowStyle && len(m.Values) > 0 {
			return m.Values[0].Key.GetToken()
		}
	case *ast.MappingValueNode:
		return m.Key.GetToken()
	}
	return n.GetToken()
}

// nearest gives what is allowed and differs from what was given by an accent, a plural or a slip of a few letters.
func nearest(given string, allowed []string) string {
	given = slug(given)
	best, least := "", 1+max(1, len(given)/3)
	for _, a := range allowed {
		if d := distance(given, a); d < least {
			best, least = a, d
		}
	}
	return best
}

// distance counts the letters to add, remove or change between a and b; beyond 40 letters nothing is near.
func distance(a, b string) int {
	if len(a) > 40 || len(b) > 40 {
		return 40
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := corner
			if a[i] != b[j] {
				cost++
			}
			corner = row[j+1]
			row[j+1] = min(cost, row[j]+1, corner+1)
		}
	}
	return row[len(b)]
}

// rule is what the value of a field must be, beyond its type.
type rule struct {
	oneOf []string // a closed set
	refs  []string // keys of the lists whose identifiers it names
	form  string   // a form of forms.go
}

// rules of the fields, by type and name. Fields without a rule hold free text.
var rules = map[string]rule{
	"Identity.ID": {form: "id"}, "Predecessor.ID": {form: "id"}, "PredecessorAxis.ID": {form: "id"}, "Party.ID": {form: "id"},
	"Statement.ID": {form: "id"}, "Commitment.ID": {form: "id"}, "Committee.ID": {form: "id"}, "Mission.ID": {form: "id"},
	"SeatRule.ID": {form: "id"}, "Axis.ID": {form: "id"}, "Objective.ID": {form: "id"}, "Evaluation.ID": {form: "id"},

	"Territory.SIREN": {form: "siren"}, "Territory.Department": {form: "department"}, "Territory.SchoolZone": {oneOf: []string{"A", "B", "C"}},
	"Party.SIREN": {form: "siren"}, "Predecessor.From": {form: "moment"}, "Predecessor.To": {form: "moment"},
	"Duration.From": {form: "start"}, "Threshold.Share": {form: "fraction"},

	"PredecessorAxis.Outcome": {oneOf: Outcomes}, "Commitment.Evidence": {oneOf: texts(EvidenceKinds())},
	"Committee.Level": {oneOf: texts(Levels())}, "Committee.Substitution": {oneOf: texts(Substitutions())},
	"SeatRule.Derived": {oneOf: []string{DerivedFromLeads}}, "Mission.Powers": {oneOf: texts(Powers())},
	"Cadence.Over": {oneOf: texts(Windows())}, "Threshold.Of": {oneOf: ThresholdBases},
	"Evaluation.Object": {oneOf: EvaluationObjects}, "AmendmentRule.Agreement": {oneOf: Agreements},

	"PredecessorAxis.Becomes": {refs: []string{"axes"}}, "Commitment.Parties": {refs: []string{"parties"}},
	"Committee.ConvenedBy": {refs: []string{"parties", "comites"}}, "SeatRule.Party": {refs: []string{"parties"}},
	"Mission.Over": {refs: []string{"comites"}}, "Evaluation.By": {refs: []string{"comites"}}, "SignatureLine.Party": {refs: []string{"parties"}},
}

// EvidenceKinds lists the kinds of evidence.
func EvidenceKinds() []EvidenceKind {
	return []EvidenceKind{EvidenceMeans, EvidenceAttendance, EvidenceCommunication, EvidenceEvaluation, EvidenceDiagnosis, EvidencePlan,
		EvidenceDecision, EvidenceDocument}
}

// Levels lists the levels, from the highest.
func Levels() []Level { return []Level{Strategic, Operational, Technical, Single} }

// Substitutions lists the rules of substitution that a file may name.
func Substitutions() []Substitution {
	return []Substitution{SubstitutionFree, SubstitutionNamed, SubstitutionDelegation}
}

// Windows lists the spans over which a cadence may be counted.
func Windows() []Window { return []Window{CivilYear, Rolling12} }

func texts[S ~string](set []S) []string {
	out := make([]string, len(set))
	for i, s := range set {
		out[i] = string(s)
	}
	return out
}

// visit calls see for every field with a key under v, outer before inner, with the path of the field and the type that
// it belongs to.
func visit(v reflect.Value, path string, see func(path string, owner reflect.Type, f field, v reflect.Value)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			visit(v.Elem(), path, see)
		}
	case reflect.Slice:
		for i := range v.Len() {
			visit(v.Index(i), indexed(path, i), see)
		}
	case reflect.Struct:
		for _, f := range fieldsOf(v.Type()) {
			inner := f.key
			if path != "" {
				inner = path + "." + f.key
			}
			see(inner, v.Type(), f, v.Field(f.index))
			visit(v.Field(f.index), inner, see)
		}
	}
}

// indexed is the path of the i-th element of the list at path.
func indexed(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }
