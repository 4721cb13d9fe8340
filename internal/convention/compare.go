package convention

import (
	"reflect"
	"slices"
	"strings"

	"entente/internal/calendar"
	"entente/internal/fault"
)

// ChangeKind tells what happened to a fact or a clause between two versions.
type ChangeKind string

// The kinds of change.
const (
	Added   ChangeKind = "added"
	Removed ChangeKind = "removed"
	Changed ChangeKind = "changed"
)

// Change is one difference between two versions, in the convention's own terms: a sentence that cites its article, never
// lines of text.
type Change struct {
	Kind    ChangeKind    `json:"kind"`
	Place   Place         `json:"place"` // in the new version; in the old one for what was removed
	Message fault.Message `json:"message"`
}

// Compare tells everything in which two versions differ: first the facts, in the order of docs/file-format.md, then the
// prose, clause by clause. Two versions that say the same give nothing, whatever their layout.
func Compare(before, after *Convention) []Change {
	d := &differ{before: before, after: after}
	d.fields(reflect.ValueOf(before.Facts), reflect.ValueOf(after.Facts), thing{})
	d.clauses()
	return d.changes
}

type differ struct {
	before, after *Convention
	changes       []Change
}

// thing is what a sentence is about: its stem in the catalogues, how it is called, what it belongs to, and where it stands.
type thing struct {
	stem  string
	name  any
	owner any
	place Place
}

// say notes a change of a thing. Every sentence may use its name, its owner, the value before and after, and the clause.
func (d *differ) say(kind ChangeKind, t thing, key string, before, after any) {
	text := d.after
	if kind == Removed {
		text = d.before
	}
	d.changes = append(d.changes, Change{Kind: kind, Place: t.place, Message: fault.Say("convention.change."+key,
		"item", t.name, "owner", t.owner, "old", before, "new", after, "cite", text.Cite(t.place))})
}

// fields compares two structs of one type, field by field.
func (d *differ) fields(a, b reflect.Value, t thing) {
	for _, f := range fieldsOf(a.Type()) {
		x, y := a.Field(f.index), b.Field(f.index)
		if whole := wholes[t.stem+"."+f.name]; whole != nil {
			whole(d, x, y, t, f)
			continue
		}
		switch {
		case x.Kind() == reflect.Pointer:
			d.single(x, y, t)
		case x.Kind() == reflect.Slice && x.Type().Elem().Kind() == reflect.Struct:
			d.list(x, y, t, f)
		case x.Kind() == reflect.Slice:
			d.texts(x, y, t, f)
		case !x.Equal(y):
			key := t.stem + "." + strings.ToLower(f.name)
			d.say(Changed, t, key, d.before.show(a.Type(), f, x), d.after.show(b.Type(), f, y))
		}
	}
}

// wholes are the values that have sentences of their own: "at least 3 times a year instead of 4", "is extended to".
var wholes = map[string]func(d *differ, x, y reflect.Value, t thing, f field){
	"committee.Cadence":  (*differ).cadence,
	"committee.Quorum":   (*differ).threshold,
	"committee.Majority": (*differ).threshold,
	"duration.To":        (*differ).term,
}

// term tells a later last day from an earlier one.
func (d *differ) term(x, y reflect.Value, t thing, f field) {
	a, b := x.Interface().(calendar.Date), y.Interface().(calendar.Date)
	switch {
	case a == b:
	case a.IsZero() || b.IsZero():
		d.say(Changed, t, "duration.to", d.before.show(reflect.TypeFor[Duration](), f, x), d.after.show(reflect.TypeFor[Duration](), f, y))
	case b.After(a):
		d.say(Changed, t, "duration.extended", a, b)
	default:
		d.say(Changed, t, "duration.shortened", a, b)
	}
}

func (d *differ) cadence(x, y reflect.Value, t thing, _ field) {
	a, b := x.Interface().(*Cadence), y.Interface().(*Cadence)
	if samePointed(a, b, func(k Cadence) Cadence { k.Place = Place{}; return k }) {
		return
	}
	from, to := a.Say(), b.Say()
	if key := from.Key; key == to.Key && from.Args["count"] != nil && from.Args["count"] != to.Args["count"] {
		d.say(Changed, t, "committee.cadence.count", from.Args["count"], to)
		return
	}
	d.say(Changed, t, "committee.cadence", from, to)
}

func (d *differ) threshold(x, y reflect.Value, t thing, f field) {
	a, b := x.Interface().(*Threshold), y.Interface().(*Threshold)
	if !samePointed(a, b, func(k Threshold) Threshold { k.Place = Place{}; return k }) {
		d.say(Changed, t, "committee."+strings.ToLower(f.name), a.Say(), b.Say())
	}
}

// samePointed compares what two pointers point at, without their places.
func samePointed[T comparable](a, b *T, bare func(T) T) bool {
	if a == nil || b == nil {
		return a == b
	}
	return bare(*a) == bare(*b)
}

// single compares facts that stand once.
func (d *differ) single(x, y reflect.Value, owner thing) {
	switch {
	case x.IsNil() && y.IsNil():
	case x.IsNil():
		t := d.after.thing(y.Elem(), "", owner)
		d.say(Added, t, t.stem+".added", nothing, t.name)
	case y.IsNil():
		t := d.before.thing(x.Elem(), "", owner)
		d.say(Removed, t, t.stem+".removed", t.name, nothing)
	default:
		t := d.after.thing(y.Elem(), "", owner)
		d.moved(x.Elem(), t, owner)
		d.fields(x.Elem(), y.Elem(), t)
	}
}

// moved tells that a fact now stands under another article. Only for facts of the convention itself: what belongs to
// them moves with them.
func (d *differ) moved(before reflect.Value, t, owner thing) {
	from := before.FieldByName("Place").Interface().(Place)
	if owner.stem == "" && from.Ref != t.place.Ref {
		d.say(Changed, t, "moved", d.before.Cite(from), d.after.Cite(t.place))
	}
}

// list compares things by their identity: gone, new, changed inside, or in another order.
func (d *differ) list(x, y reflect.Value, owner thing, f field) {
	old, now := keyed(x), keyed(y)
	for _, e := range old.order {
		if _, stays := now.at[e]; !stays {
			t := d.before.thing(x.Index(old.at[e]), f.name, owner)
			d.say(Removed, t, t.stem+".removed", t.name, nothing)
		}
	}
	for _, e := range now.order {
		t := d.after.thing(y.Index(now.at[e]), f.name, owner)
		i, was := old.at[e]
		if !was {
			d.say(Added, t, t.stem+".added", nothing, t.name)
			continue
		}
		d.moved(x.Index(i), t, owner)
		d.fields(x.Index(i), y.Index(now.at[e]), t)
	}
	if !slices.Equal(old.shared(now), now.shared(old)) {
		t := d.after.thing(y.Index(0), f.name, owner)
		d.say(Changed, t, "order", nothing, fault.Say("convention.list."+strings.ToLower(f.name)))
	}
}

// keys are the identities of the elements of a list, in order, and where each stands.
type keys struct {
	order []string
	at    map[string]int
}

// shared gives the identities that the other list has too, in the order of this one.
func (k keys) shared(other keys) []string {
	var out []string
	for _, e := range k.order {
		if _, ok := other.at[e]; ok {
			out = append(out, e)
		}
	}
	return out
}

func keyed(list reflect.Value) keys {
	k := keys{at: map[string]int{}}
	for i := range list.Len() {
		key := identity(list.Index(i).Interface())
		for k.has(key) {
			key += "+"
		}
		k.at[key] = i
		k.order = append(k.order, key)
	}
	return k
}

func (k keys) has(key string) bool { _, ok := k.at[key]; return ok }

// identity is what stays when a thing changes. A rule of seats keeps its number of seats or the name of its function
// apart: whatever else changes makes other seats.
func identity(v any) string {
	switch x := v.(type) {
	case SeatRule:
		return strings.Join([]string{x.Party, x.ID, x.Among, x.Derived}, "/")
	case SignatureLine:
		return x.Party
	}
	return reflect.ValueOf(v).FieldByName("ID").String()
}

// texts compares lists of texts as sets: what they say does not hang on their order.
func (d *differ) texts(x, y reflect.Value, t thing, f field) {
	key := t.stem + "." + strings.ToLower(f.name)
	old, now := stringsOf(x), stringsOf(y)
	removed, added := without(old, now), without(now, old)
	for _, s := range removed {
		d.say(Changed, t, key+".removed", d.before.showText(f, s), nothing)
	}
	for _, s := range added {
		d.say(Changed, t, key+".added", nothing, d.after.showText(f, s))
	}
}

func stringsOf(list reflect.Value) []string {
	out := make([]string, list.Len())
	for i := range out {
		out[i] = list.Index(i).String()
	}
	return out
}

// without gives the texts of a that b has not, each as often as it is missing.
func without(a, b []string) []string {
	left := map[string]int{}
	for _, s := range b {
		left[s]++
	}
	var out []string
	for _, s := range a {
		if left[s]--; left[s] < 0 {
			out = append(out, s)
		}
	}
	return out
}

// nothing stands for a value that the text does not give.
var nothing = fault.Say("convention.word.nothing")

// thing describes a fact for sentences. Statements are called by the list that they stand in: a stake is no purpose.
func (c *Convention) thing(v reflect.Value, list string, owner thing) thing {
	stem := strings.ToLower(v.Type().Name())
	if v.Type() == reflect.TypeFor[Statement]() {
		stem = strings.ToLower(list)
	}
	return thing{stem: stem, name: c.name(v.Interface()), owner: owner.name, place: v.FieldByName("Place").Interface().(Place)}
}

// name is how people call a fact.
func (c *Convention) name(v any) any {
	switch x := v.(type) {
	case Identity:
		return x.Title
	case Territory:
		return x.Name
	case Predecessor:
		return x.Title
	case PredecessorAxis:
		if x.Name == "" {
			return x.ID
		}
		return x.Name
	case Party:
		return x.Short
	case Statement:
		return x.Text
	case Commitment:
		return x.Text
	case Committee:
		return x.Name
	case SeatRule:
		return c.SayRule(x)
	case Mission:
		return x.Text
	case Axis:
		return x.Name
	case Objective:
		return x.Name
	case Evaluation:
		return x.Say()
	case Duration:
		return x.Say()
	case AmendmentRule:
		return x.SayAgreement()
	case SignatureLine:
		return c.short(x.Party)
	}
	return nothing
}

// show gives a value as it stands in a sentence.
func (c *Convention) show(owner reflect.Type, f field, v reflect.Value) any {
	if v.IsZero() && (f.optional || v.Kind() == reflect.String) {
		return nothing
	}
	switch x := v.Interface().(type) {
	case calendar.Date, int:
		return x
	case interface{ Say() fault.Message }:
		return x.Say()
	}
	return c.showByRule(rules[owner.Name()+"."+f.name], f.name, v.String())
}

// showText is show for one text of a list.
func (c *Convention) showText(f field, s string) any {
	switch f.name {
	case "Powers":
		return Power(s).Say()
	case "Parties", "Becomes", "ConvenedBy", "Over":
		return c.called(s)
	}
	return s
}

// showByRule names what a text refers to, says a word of a closed set, and gives free text as it is.
func (c *Convention) showByRule(r rule, name, s string) any {
	switch {
	case r.refs != nil:
		return c.called(s)
	case name == "Outcome":
		return fault.Say("convention.outcome." + s)
	case name == "Object":
		return fault.Say("convention.object." + s)
	case name == "Agreement":
		return fault.Say("convention.agreement." + s)
	}
	return s
}

// called gives the name of the party, committee or axis with the identifier, or the identifier itself.
func (c *Convention) called(id string) string {
	if p := c.Party(id); p != nil {
		return p.Short
	}
	if k := c.Committee(id); k != nil {
		return k.Name
	}
	for _, a := range c.Axes {
		if a.ID == id {
			return a.Name
		}
	}
	return id
}
