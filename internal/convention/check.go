package convention

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"entente/internal/fault"
)

// Check says what is wrong with a convention that was built in Go, and what a lawyer would ask about it. Parse does the
// same for a file, with the place of each fault.
func Check(c *Convention) Faults {
	r := &reading{spots: map[string]spot{}}
	r.check(c)
	return r.faults.sort()
}

// What numbers a convention may hold. Above, somebody slipped: nothing is refused that a real text would say.
const (
	maxCount = 10_000 // any number
	maxSeats = 200    // of one party in one committee
)

// checker looks at the facts of one convention.
type checker struct {
	*reading
	c   *Convention
	ids map[string]map[string]bool // identifiers by the key of their list
}

func (r *reading) check(c *Convention) {
	k := &checker{reading: r, c: c, ids: map[string]map[string]bool{}}
	k.identifiers()
	k.presence()
	visit(reflect.ValueOf(c.Facts), "", k.field)
	for i := range c.Committees {
		k.committee(&c.Committees[i], indexed("comites", i))
	}
	for i := range c.Lineage {
		k.predecessor(&c.Lineage[i], indexed("filiation", i))
	}
	k.numbers()
	k.duration(c.Duration)
	k.evaluations()
	if !r.partly {
		k.lawyer()
	}
}

// where gives the place of a path, or of the nearest thing around it that has one.
func (r *reading) where(path string) spot {
	for path != "" {
		if at, ok := r.spots[path]; ok {
			return at
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	return r.top
}

// wrong reports an error at a path: fault and remedy have the same key and the same arguments.
func (k *checker) wrong(path, key string, pairs ...any) {
	if at := k.where(path); !k.unread[at] {
		k.fault(at, Error, fault.Say("convention.fault."+key, pairs...), fault.Say("convention.remedy."+key, pairs...))
	}
}

// presence refuses a convention without what every page stands on.
func (k *checker) presence() {
	if k.partly {
		return
	}
	all := reflect.ValueOf(k.c.Facts)
	for _, f := range fieldsOf(all.Type()) {
		switch f.key {
		case "convention", "territoire", "parties", "comites", "duree":
			if _, given := k.spots[f.key]; !given && all.Field(f.index).IsZero() {
				k.fault(k.top, Error, fault.Say("convention.fault.missing-block", "key", f.key), fault.Say("convention.remedy.missing-block", "key", f.key))
			}
		}
	}
}

// identifiers gathers what each list defines and reports what is defined twice. Objectives share one set over all axes,
// because actions name them without their axis; missions and earlier axes are named under what holds them.
func (k *checker) identifiers() {
	all := reflect.ValueOf(k.c.Facts)
	for _, f := range fieldsOf(all.Type()) {
		if v := all.Field(f.index); v.Kind() == reflect.Slice && f.key != "signatures" {
			k.unique(f.key, v)
		}
	}
	for i, m := range k.c.Committees {
		k.unique(indexed("comites", i)+".missions", reflect.ValueOf(m.Missions))
		if m.ID != "" && k.ids["parties"][m.ID] {
			k.wrong(indexed("comites", i)+".id", "id-of-party", "id", m.ID)
		}
	}
	for i, p := range k.c.Lineage {
		k.unique(indexed("filiation", i)+".axes", reflect.ValueOf(p.Axes))
	}
	objectives := map[string]bool{}
	for i, a := range k.c.Axes {
		k.distinct(objectives, indexed("axes", i)+".objectifs", reflect.ValueOf(a.Objectives))
	}
}

// unique gathers the identifiers of a list and reports those that it gives twice.
func (k *checker) unique(path string, list reflect.Value) {
	k.ids[path] = map[string]bool{}
	k.distinct(k.ids[path], path, list)
}

// distinct adds the identifiers of a list to a set and reports those that the set has already.
func (k *checker) distinct(set map[string]bool, path string, list reflect.Value) {
	for i := range list.Len() {
		id := list.Index(i).FieldByName("ID").String()
		if id != "" && set[id] {
			k.wrong(indexed(path, i)+".id", "id-twice", "id", id)
		}
		set[id] = id != ""
	}
}

// field checks one value against the rule of its field, and what holds for every value of its type.
func (k *checker) field(path string, owner reflect.Type, f field, v reflect.Value) {
	r := rules[owner.Name()+"."+f.name]
	switch {
	case v.Kind() == reflect.Int:
		k.number(path, int(v.Int()))
	case v.Kind() == reflect.String:
		k.text(path, f, r, v.String())
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.String:
		for i := range v.Len() {
			k.text(indexed(path, i), field{key: f.key}, r, v.Index(i).String())
		}
	}
}

func (k *checker) number(path string, n int) {
	if n < 0 || n > maxCount {
		k.wrong(path, "number", "number", n, "most", maxCount)
	}
}

// text checks a text: an absent optional one is right, an empty one never is.
func (k *checker) text(path string, f field, r rule, s string) {
	_, given := k.spots[path]
	switch {
	case strings.TrimSpace(s) == "":
		if given || (len(k.spots) == 0 && !f.optional) {
			k.wrong(path, "empty", "key", f.key)
		}
	case r.oneOf != nil:
		k.member(path, s, r.oneOf)
	case r.refs != nil:
		k.reference(path, s, r.refs)
	case r.form != "" && !forms[r.form](s):
		k.wrong(path, "form."+r.form, "text", s, "slug", cut(slug(s)))
	}
}

// cut keeps an identifier within its length.
func cut(s string) string { return strings.TrimRight(s[:min(len(s), maxID)], "-") }

func (k *checker) member(path, s string, set []string) {
	for _, x := range set {
		if x == s {
			return
		}
	}
	k.fault(k.where(path), Error, fault.Say("convention.fault.not-allowed", "text", s), suggest("convention.remedy.not-allowed", s, set))
}

// reference checks that s names something of the lists. Where a block could not be read its things are unknown, and
// nothing is said.
func (k *checker) reference(path, s string, lists []string) {
	if k.partly {
		return
	}
	var known []string
	for _, list := range lists {
		if k.ids[list][s] {
			return
		}
		known = slices.AppendSeq(known, maps.Keys(k.ids[list]))
	}
	known = slices.DeleteFunc(known, func(id string) bool { return id == "" })
	slices.Sort(known)
	message := fault.Say("convention.fault.dangling."+lists[0], "id", s)
	if len(known) == 0 {
		k.fault(k.where(path), Error, message, fault.Say("convention.remedy.dangling.none"))
		return
	}
	k.fault(k.where(path), Error, message, suggest("convention.remedy.dangling", s, known))
}

func (k *checker) committee(m *Committee, path string) {
	if len(m.Seats) == 0 {
		k.wrong(path+".sieges", "no-seats", "committee", m.Name)
	}
	whole := true
	for i := range m.Seats {
		whole = k.seatRule(&m.Seats[i], indexed(path+".sieges", i)) && whole
	}
	if whole {
		k.seatKeys(m, path)
	}
	for i := range m.Missions {
		k.mission(m, &m.Missions[i], indexed(path+".missions", i))
	}
	k.cadence(m.Cadence, path+".cadence")
}

// seatRule checks the shape of a rule, and tells whether its seats may be counted.
func (k *checker) seatRule(r *SeatRule, path string) bool {
	shapes := 0
	for _, given := range []bool{r.Count != 0, r.Function != "", r.Derived != ""} {
		if given {
			shapes++
		}
	}
	switch {
	case shapes != 1:
		k.wrong(path, "seat.shape")
	case r.Derived == "" && r.Party == "":
		k.wrong(path, "seat.party")
	case r.Derived != "" && (r.Party != "" || r.ID != "" || r.Among != ""):
		k.wrong(path, "seat.derived")
	case r.Function != "" && r.ID == "":
		k.wrong(path, "seat.id", "slug", cut(slug(r.Function)))
	case r.Function == "" && r.ID != "":
		k.wrong(path+".id", "seat.id-without-function")
	case r.Function != "" && r.Among != "":
		k.wrong(path+".parmi", "seat.among")
	case r.Count < 0 || r.Count > maxSeats:
		k.wrong(path+".nombre", "seat.count", "most", maxSeats)
	default:
		return true
	}
	return false
}

func (k *checker) seatKeys(m *Committee, path string) {
	taken := map[string]bool{}
	for i := range m.Seats {
		one := Committee{ID: m.ID, Seats: m.Seats[i : i+1]}
		for _, s := range one.Places() {
			if taken[s.Key] {
				k.wrong(indexed(path+".sieges", i), "seat.twice", "party", k.c.short(s.Party), "key", s.Key)
				break
			}
			taken[s.Key] = true
		}
	}
}

func (k *checker) mission(m *Committee, x *Mission, path string) {
	organizes := false
	for i, p := range x.Powers {
		organizes = organizes || p == OrganizeCommittees
		for _, q := range x.Powers[:i] {
			if p == q {
				k.wrong(indexed(path+".attributions", i), "power-twice", "power", string(p))
			}
		}
	}
	switch {
	case organizes && len(x.Over) == 0:
		k.wrong(path, "over.missing", "committee", m.Name)
	case !organizes && len(x.Over) > 0:
		k.wrong(path+".comites", "over.alone")
	}
}

// cadence refuses rhythms that nobody can keep or that say nothing.
func (k *checker) cadence(c *Cadence, path string) {
	switch {
	case c == nil:
	case c.AsNeeded && (c.Min != 0 || c.Max != 0 || c.Over != ""):
		k.wrong(path, "cadence.as-needed")
	case !c.AsNeeded && c.Min == 0 && c.Max == 0 && !k.misread(path, "minimum", "maximum", "autant-que-de-besoin"):
		k.wrong(path, "cadence.nothing")
	case c.Max != 0 && c.Min > c.Max:
		k.wrong(path, "cadence.order", "min", c.Min, "max", c.Max)
	}
}

// misread tells whether one of the keys under a path was given and could not be read.
func (k *checker) misread(path string, keys ...string) bool {
	return slices.ContainsFunc(keys, func(key string) bool { return k.unread[k.where(path+"."+key)] })
}

// predecessor checks that an earlier agreement does not end before it begins.
func (k *checker) predecessor(p *Predecessor, path string) {
	from, bad := p.From.Period()
	to, worse := p.To.Period()
	if bad == nil && worse == nil && p.To != "" && to.To.Before(from.From) {
		k.wrong(path+".fin", "order", "from", p.From.Say(), "to", p.To.Say())
	}
}

// numbers checks those of the axes: from 1, each once.
func (k *checker) numbers() {
	taken := map[int]bool{}
	for i, a := range k.c.Axes {
		path := indexed("axes", i) + ".numero"
		switch {
		case a.Number == 0:
			k.wrong(path, "axis.zero")
		case taken[a.Number]:
			k.wrong(path, "axis.twice", "number", a.Number)
		}
		taken[a.Number] = true
	}
}

func (k *checker) duration(d *Duration) {
	if d == nil {
		return
	}
	from, dated := d.From.Date()
	switch {
	case d.To.IsZero() && d.Months == 0 && !k.misread("duree", "fin", "mois"):
		k.wrong("duree", "duration.open")
	case !d.To.IsZero() && d.Months != 0:
		k.wrong("duree.mois", "duration.both")
	case dated && !d.To.IsZero() && d.To.Before(from):
		k.wrong("duree.fin", "order", "from", fault.Say("convention.moment.day", "date", from), "to", fault.Say("convention.moment.day", "date", d.To))
	}
}

func (k *checker) evaluations() {
	for i, e := range k.c.Evaluations {
		if e.EveryMonths == 0 {
			k.wrong(indexed("evaluations", i)+".tous-les-mois", "evaluation.interval")
		}
	}
}
