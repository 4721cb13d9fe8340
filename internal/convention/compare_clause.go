package convention

import "strings"

// clauses compares the prose, clause by clause. A clause is the same in both versions where its anchor is, or, failing
// that, where it says the same words at the same level under another heading.
func (d *differ) clauses() {
	pairs := d.pair()
	taken := map[*Clause]bool{}
	for _, old := range pairs {
		taken[old] = old != nil
	}
	for i := range d.before.Clauses {
		if old := &d.before.Clauses[i]; !taken[old] {
			d.say(Removed, clauseThing(old), "clause.removed", old.Heading, nothing)
		}
	}
	for i := range d.after.Clauses {
		now, old := &d.after.Clauses[i], pairs[i]
		if old == nil {
			d.say(Added, clauseThing(now), "clause.added", nothing, now.Heading)
			continue
		}
		d.clause(old, now)
	}
}

// clause compares two states of one clause.
func (d *differ) clause(old, now *Clause) {
	t := clauseThing(now)
	if old.Heading != now.Heading {
		d.say(Changed, t, "clause.heading", old.Heading, now.Heading)
	}
	if old.Level != now.Level {
		d.say(Changed, t, "clause.level", old.Level, now.Level)
	}
	if old.prose() != now.prose() {
		d.say(Changed, t, "clause.text", nothing, nothing)
	}
}

func clauseThing(k *Clause) thing {
	return thing{name: k.Heading, owner: k.Heading, place: Place{Ref: k.Ref, Anchor: k.Anchor, Line: k.Line}}
}

// pair gives for each clause of the new version its state in the old one, nil where it is new.
func (d *differ) pair() []*Clause {
	pairs := make([]*Clause, len(d.after.Clauses))
	taken := map[*Clause]bool{}
	match := func(same func(old, now *Clause) bool) {
		for i := range d.after.Clauses {
			for j := range d.before.Clauses {
				old := &d.before.Clauses[j]
				if pairs[i] == nil && !taken[old] && same(old, &d.after.Clauses[i]) {
					pairs[i], taken[old] = old, true
				}
			}
		}
	}
	match(func(old, now *Clause) bool { return old.Anchor == now.Anchor })
	match(func(old, now *Clause) bool {
		return old.Level == now.Level && old.prose() != "" && old.prose() == now.prose()
	})
	return pairs
}

// prose is what the clause says in words, without its blocks and however its lines are broken.
func (k *Clause) prose() string {
	var words []string
	for _, p := range k.Parts {
		words = append(words, strings.Fields(p.Text)...)
	}
	return strings.Join(words, " ")
}
