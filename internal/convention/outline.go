package convention

import (
	"reflect"

	"entente/internal/calendar"
	"entente/internal/fault"
)

// Line is a line of an outline: how far it is indented, from 0, and what it says.
type Line struct {
	Depth   int
	Message fault.Message
}

// Outline tells in short lines what the convention establishes: parties, committees with their seats, rhythm and powers,
// axes, evaluations, term. The convention must be whole, as Parse gives it.
func (c *Convention) Outline() []Line {
	o := &outline{c: c}
	o.line(0, "title", "title", c.Identity.Title, "territory", c.Territory.Name)
	o.line(0, "term", "term", c.Duration.Say())
	if c.Amendment != nil {
		o.line(0, "amendment", "agreement", c.Amendment.SayAgreement())
	}
	o.lineage()
	o.section("parties", len(c.Parties))
	for _, p := range c.Parties {
		o.line(1, "party", "short", p.Short, "name", p.Name, "signatory", p.Signatory)
	}
	o.statements("purposes", c.Purposes)
	o.statements("stakes", c.Stakes)
	o.statements("governance", c.Governance)
	o.section("commitments", len(c.Commitments))
	for _, x := range c.Commitments {
		o.line(1, "commitment", "text", x.Text, "evidence", x.Evidence.Say())
	}
	o.section("committees", len(c.Committees))
	for i := range c.Committees {
		o.committee(&c.Committees[i])
	}
	o.axes()
	o.section("evaluations", len(c.Evaluations))
	for _, e := range c.Evaluations {
		o.cited(1, e.Say(), e.Place)
	}
	o.section("signatures", len(c.Signatures))
	for _, s := range c.Signatures {
		o.line(1, "signature", "party", c.short(s.Party), "function", s.Function)
	}
	return o.lines
}

type outline struct {
	c     *Convention
	lines []Line
}

func (o *outline) line(depth int, key string, pairs ...any) {
	o.lines = append(o.lines, Line{depth, fault.Say("convention.report."+key, pairs...)})
}

func (o *outline) cited(depth int, text any, p Place) {
	o.line(depth, "cited", "text", text, "cite", o.c.Cite(p))
}

// section begins a part of the outline that has lines.
func (o *outline) section(name string, lines int) {
	if lines > 0 {
		o.line(0, "heading."+name)
	}
}

func (o *outline) statements(name string, list []Statement) {
	o.section(name, len(list))
	for _, s := range list {
		o.cited(1, s.Text, s.Place)
		for _, item := range s.Items {
			o.lines = append(o.lines, Line{2, fault.Say("convention.report.item", "text", item)})
		}
	}
}

func (o *outline) lineage() {
	o.section("lineage", len(o.c.Lineage))
	for _, p := range o.c.Lineage {
		if p.To == "" {
			o.line(1, "predecessor", "title", p.Title, "from", p.From.Say())
			continue
		}
		o.line(1, "predecessor.period", "title", p.Title, "from", p.From.Say(), "to", p.To.Say())
	}
}

func (o *outline) committee(k *Committee) {
	o.line(1, "committee", "name", k.Name, "level", k.Level.Say(), "cadence", k.Cadence.Say(), "cite", o.c.Cite(k.Place))
	for _, r := range k.Seats {
		o.lines = append(o.lines, Line{2, o.c.SayRule(r)})
	}
	if k.Substitution != SubstitutionNone {
		o.line(2, "substitution", "rule", k.Substitution.Say())
	}
	if k.Quorum != nil {
		o.line(2, "quorum", "threshold", k.Quorum.Say())
	}
	if k.Majority != nil {
		o.line(2, "majority", "threshold", k.Majority.Say())
	}
	if k.Notice > 0 {
		o.line(2, "notice", "count", k.Notice)
	}
	for _, m := range k.Missions {
		o.mission(m)
	}
}

func (o *outline) mission(m Mission) {
	if len(m.Powers) == 0 {
		o.cited(2, m.Text, m.Place)
		return
	}
	powers := make([]fault.Message, len(m.Powers))
	for i, p := range m.Powers {
		powers[i] = p.Say()
	}
	o.line(2, "mission", "text", m.Text, "powers", powers)
}

func (o *outline) axes() {
	o.section("axes", len(o.c.Axes))
	for _, a := range o.c.Axes {
		o.line(1, "axis", "number", a.Number, "name", a.Name, "cite", o.c.Cite(a.Place))
		for i, x := range a.Objectives {
			o.line(2, "objective", "axis", a.Number, "rank", i+1, "name", x.Name)
		}
	}
}

// Data gives what the convention says for other programs: the keys of the file, and with each fact the article that it
// was read from under "article". It holds maps, lists, texts, numbers and truths alone.
func (c *Convention) Data() map[string]any {
	return data(reflect.ValueOf(c.Facts)).(map[string]any)
}

func data(v reflect.Value) any {
	if v.Type() == dateType {
		return v.Interface().(calendar.Date).String()
	}
	switch v.Kind() {
	case reflect.Pointer:
		return data(v.Elem())
	case reflect.Slice:
		out := make([]any, v.Len())
		for i := range out {
			out[i] = data(v.Index(i))
		}
		return out
	case reflect.Struct:
		out := map[string]any{}
		for _, f := range fieldsOf(v.Type()) {
			if x := v.Field(f.index); !x.IsZero() {
				out[f.key] = data(x)
			}
		}
		if p := v.FieldByName("Place"); p.IsValid() {
			out["article"] = p.FieldByName("Ref").String()
		}
		return out
	case reflect.Int:
		return v.Int()
	case reflect.Bool:
		return v.Bool()
	}
	return v.String()
}
