package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/sqldb"
)

// Viewer is who reads a list that holds things for several audiences.
type Viewer struct {
	All        bool     // keeps the space: reads everything
	Person     string   // reads what is for the committee of a meeting that they were called to; empty for nobody of the directory
	Committees []string // in which they sit
}

// FollowUpChoice chooses decisions by what is to be done about them.
type FollowUpChoice string

// The choices. The zero value chooses all.
const (
	AnyFollowUp  FollowUpChoice = ""
	NoFollowUp   FollowUpChoice = "none" // nothing was asked for
	OpenFollowUp FollowUpChoice = "to-do"
	LateFollowUp FollowUpChoice = "late"
	DoneFollowUp FollowUpChoice = "done" // all of it
)

// FollowUpChoices lists the choices in the order of the screen.
func FollowUpChoices() []FollowUpChoice {
	return []FollowUpChoice{OpenFollowUp, LateFollowUp, DoneFollowUp, NoFollowUp}
}

// DecisionFilter chooses decisions; zero fields choose all, but for Viewer, whose zero value reads what is for the whole space.
type DecisionFilter struct {
	Viewer    Viewer
	Text      string // beginnings of words of reference, title and text
	Committee string
	Axis      string // axis, its objectives included
	Objective string // objective or axis that the decision itself names
	Party     string // institution whose position was Stance
	Stance    governance.Stance
	Outcome   governance.Outcome
	FollowUp  FollowUpChoice
	Today     calendar.Date // by which LateFollowUp is judged
	Year      int
	Number    int // with Year, one decision
	Paging
}

// registerCount is how far the decisions of a list are counted: counting ten thousand takes longer than reading a page.
const registerCount = 200

// Decisions lists the register, newest first. A text that is a reference ("2026-12") finds that decision.
func (sp *Space) Decisions(ctx context.Context, f DecisionFilter) (Page[governance.Decision], error) {
	if year, number, ok := governance.ParseReference(f.Text); ok {
		f.Year, f.Number, f.Text = year, number, ""
	}
	c := conditions{upTo: registerCount}
	if f.Party != "" {
		// The decisions of one stance, in the order of their own index: their key stands there too.
		c.from = `(SELECT p.space_id, p.sort, p.decision_id AS id, d.version, ` + prefixed("d.", decisions.columns) + `, d.root_axis, d.follow_state,
			d.follow_due, d.folded, p.party AS of_party, p.stance AS of_stance
			FROM decision_position p CROSS JOIN decision d WHERE d.space_id = p.space_id AND d.id = p.decision_id) AS register`
		c.add("of_party = ?", f.Party)
		c.add("of_stance = ?", string(f.Stance))
	}
	f.conditions(&c)
	if err := sp.narrow(ctx, &c, f.Text); err != nil {
		return Page[governance.Decision]{}, err
	}
	return decisions.page(ctx, sp, &c, f.Paging)
}

// prefixed puts a prefix before each name of a list.
func prefixed(prefix, names string) string {
	return prefix + strings.ReplaceAll(names, ", ", ", "+prefix)
}

func (f DecisionFilter) conditions(c *conditions) {
	if f.Year != 0 {
		c.add("sort >= ?", newestFirst(f.Year+1, 0))
		c.add("sort < ?", newestFirst(f.Year, 0))
	}
	if f.Number != 0 {
		c.add("number = ?", f.Number)
	}
	c.addIf("committee = ?", f.Committee)
	c.addIf("root_axis = ?", f.Axis)
	c.addIf("axis = ?", f.Objective)
	c.addIf("outcome = ?", string(f.Outcome))
	switch f.FollowUp {
	case NoFollowUp:
		c.add("follow_state = ''")
	case OpenFollowUp:
		c.add("follow_state = 'to-do'")
	case LateFollowUp:
		c.add("follow_state = 'to-do' AND follow_due <> '' AND follow_due < ?", f.Today.String())
	case DoneFollowUp:
		c.add("follow_state = 'done'")
	}
	c.addWords(f.Text)
	f.Viewer.conditions(c)
}

// narrow leaves the decisions that answer a search, where its words find few: a word that few have, else all of them together.
// Words that many have together are found soon by reading the register in order.
func (sp *Space) narrow(ctx context.Context, c *conditions, search string) error {
	words := wordsOf(search)
	for _, w := range words {
		if found, err := sp.withWords(ctx, w); err != nil || len(found) <= rareIn {
			c.few(found)
			return err
		}
	}
	if len(words) < 2 {
		return nil
	}
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) }) // a long word is in fewer decisions
	found, err := sp.withWords(ctx, words[:min(len(words), maxTogether)]...)
	if err == nil && len(found) <= rareIn {
		c.few(found)
	}
	return err
}

// maxTogether bounds the words of a search that are sought together.
const maxTogether = 8

// withWords lists the decisions that have a word that begins with each of some, one more than rareIn at most.
func (sp *Space) withWords(ctx context.Context, words ...string) ([]string, error) {
	text, args := `SELECT w.decision_id FROM decision_word w WHERE w.space_id = $1`, []any{sp.id}
	begins := func(table, word string) string {
		args = append(args, []byte(word), []byte(word+"\xff"))
		return fmt.Sprintf(" AND %s.word >= $%d AND %s.word < $%d", table, len(args)-1, table, len(args))
	}
	text += begins("w", words[0])
	for _, word := range words[1:] {
		text += ` AND w.decision_id IN (SELECT o.decision_id FROM decision_word o WHERE o.space_id = $1` + begins("o", word) + `)`
	}
	rows, err := sp.q().Query(ctx, text+fmt.Sprintf(" LIMIT %d", rareIn+1), args...)
	if err != nil {
		return nil, fault.Wrap(err, "store.decision.words", sp.id)
	}
	found, err := collect(rows, func(x *string) []any { return []any{x} })
	return found, fault.Wrap(err, "store.decision.words", sp.id)
}

// rareIn is how many decisions answer a search that is narrow.
const rareIn = 256

// few asks for some decisions, to be sought first and then put in order: else the register would be walked in order for them.
func (c *conditions) few(ids []string) {
	c.addIn("id", ids)
	c.sought = true
}

// addIn asks for one of several values.
func (c *conditions) addIn(column string, values []string) {
	if len(values) == 0 {
		c.add("1 = 0")
		return
	}
	marks, args := sqldb.In(1, values)
	c.add(column+" IN ("+strings.Repeat(", ?", strings.Count(marks, "$"))[2:]+")", args...)
}

// conditions leave what the viewer may read.
func (v Viewer) conditions(c *conditions) {
	if text, args := v.reads("audience", "committee", "meeting_id"); text != "" {
		c.add(text, args...)
	}
}

// reads is the condition that leaves what the viewer may read, by the columns that tell the audience of a row, its committee and
// its meeting; empty for who reads everything.
func (v Viewer) reads(audience, committee, meeting string) (string, []any) {
	if v.All {
		return "", nil
	}
	own, args := "1 = 0", []any{string(governance.ForSpace), string(governance.ForCommittee)}
	if len(v.Committees) > 0 {
		own = committee + " IN (?" + strings.Repeat(", ?", len(v.Committees)-1) + ")"
		for _, k := range v.Committees {
			args = append(args, k)
		}
	}
	if v.Person != "" {
		own += " OR " + meeting + ` IN (SELECT meeting_id FROM attendance WHERE space_id = $1 AND holder = ?
			UNION SELECT meeting_id FROM attendance WHERE space_id = $1 AND sitter = ?)`
		args = append(args, v.Person, v.Person)
	}
	return "(" + audience + " = ? OR " + audience + " = ? AND (" + own + "))", args
}

// indexDecision keeps what the register finds a decision by beside its own columns: the axis of its objective, and what each
// institution thought.
func (sp *Space) indexDecision(ctx context.Context, l *ledger, d governance.Decision) error {
	root, err := sp.rootAxis(ctx, l, d)
	if err != nil {
		return err
	}
	if _, err := l.tx.Exec(ctx, `UPDATE decision SET root_axis = $3 WHERE space_id = $1 AND id = $2`, l.space, d.ID, root); err != nil {
		return err
	}
	if _, err := l.tx.Exec(ctx, `DELETE FROM decision_position WHERE space_id = $1 AND decision_id = $2`, l.space, d.ID); err != nil {
		return err
	}
	for _, p := range d.Positions {
		_, err := l.tx.Exec(ctx, `INSERT INTO decision_position (space_id, decision_id, party, stance, sort) VALUES ($1, $2, $3, $4, $5)`,
			l.space, d.ID, p.Party, string(p.Stance), newestFirst(d.Year, d.Number))
		if err != nil {
			return err
		}
	}
	return l.indexWords(ctx, d)
}

// shortestWord is how many letters a word has that the register is searched by through its index.
const shortestWord = 3

// wordsOf are the words by which a text is indexed, each once.
func wordsOf(texts ...string) []string {
	words := slices.DeleteFunc(strings.Fields(fold(texts...)), func(w string) bool { return len(w) < shortestWord || len(w) > maxSortKey })
	slices.Sort(words)
	return slices.Compact(words)
}

func (l *ledger) indexWords(ctx context.Context, d governance.Decision) error {
	if _, err := l.tx.Exec(ctx, `DELETE FROM decision_word WHERE space_id = $1 AND decision_id = $2`, l.space, d.ID); err != nil {
		return err
	}
	for some := range slices.Chunk(wordsOf(d.Title, d.Text), 32) {
		marks, args := make([]string, len(some)), []any{l.space, d.ID}
		for i, w := range some {
			marks[i] = fmt.Sprintf("($1, $2, $%d)", i+3)
			args = append(args, []byte(w))
		}
		if _, err := l.tx.Exec(ctx, `INSERT INTO decision_word (space_id, decision_id, word) VALUES `+strings.Join(marks, ", "), args...); err != nil {
			return err
		}
	}
	return nil
}

// rootAxis is the axis that a decision serves, by itself or by an objective, in the text of its day.
func (sp *Space) rootAxis(ctx context.Context, l *ledger, d governance.Decision) (string, error) {
	if d.Axis == "" {
		return "", nil
	}
	h, err := (&Space{store: sp.store, id: sp.id, open: l}).History(ctx)
	if err != nil {
		return "", err
	}
	for i := len(h) - 1; i >= 0; i-- {
		for _, x := range h[i].Text.Axes {
			for _, o := range x.Objectives {
				if o.ID == d.Axis {
					return x.ID, nil
				}
			}
		}
	}
	return d.Axis, nil
}
