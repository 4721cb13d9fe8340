package journal

import (
	"encoding/json"
	"iter"
	"slices"
	"strings"

	"entente/internal/fault"
)

// Damage is what may have happened to a journal.
type Damage string

// The kinds of damage.
const (
	Altered   Damage = "altered"   // the content of the entry is not what was sealed
	Emptied   Damage = "emptied"   // a part of the entry was taken out, and no erasure accounts for it
	Removed   Damage = "removed"   // the entry is missing
	Reordered Damage = "reordered" // the entry stands in the place of another
	Replaced  Damage = "replaced"  // the entry was sealed anew: the next one, or the head, knows another hash
	Added     Damage = "added"     // the entry stands after the last that was sealed
)

// Break is the first place where a journal is not what was sealed.
type Break struct {
	Damage  Damage
	Seq     int64 // of the first entry concerned
	Entry   Entry // as found; the zero value where it is missing
	Message fault.Message
}

// Report is what a verification found.
type Report struct {
	Head    Head   // as kept beside the entries; note it elsewhere to detect a journal that was rewritten whole
	Checked int64  // entries that were found right, from the first
	Break   *Break // nil where the journal is whole
}

// Whole tells that nothing was altered, removed or reordered.
func (r Report) Whole() bool { return r.Break == nil }

// Verify reads the entries of one journal in the order of their numbers and compares them with the head. It keeps no more
// than one entry at a time, beside those that are withheld until it meets their erasure, and stops at the first damage. The
// error is that of reading; damage is in the report.
func Verify(entries iter.Seq2[Entry, error], head Head) (Report, error) {
	r, last, open := Report{Head: head}, Entry{}, accounts{}
	for e, err := range entries {
		if err != nil {
			return r, err
		}
		if r.Break = check(last, e, head); r.Break == nil {
			r.Break = open.check(e, head)
		}
		if r.Break != nil {
			return r, nil
		}
		last = e
		r.Checked++
	}
	r.Break = checkEnd(last, head)
	return r, nil
}

// check compares an entry with the one before it, which was found right.
func check(last, e Entry, head Head) *Break {
	want := last.Seq + 1
	switch {
	case e.Seq > head.Seq && want > head.Seq:
		return damaged(Added, e.Seq, e)
	case e.Seq > want:
		return damaged(Removed, want, Entry{Seq: want})
	case e.Seq < want:
		return damaged(Reordered, e.Seq, e)
	case Sum(e) != e.Hash:
		return displaced(e, head)
	case e.Prev != last.Hash && last.Seq == 0:
		return damaged(Replaced, e.Seq, e)
	case e.Prev != last.Hash:
		return damaged(Replaced, last.Seq, last)
	}
	return checkContent(e)
}

// checkContent compares what is there of the parts that may be withheld with their digests.
func checkContent(e Entry) *Break {
	d := e.Digests
	for _, part := range []struct {
		digest  Digest
		content []byte
		there   bool
	}{
		{d.Label, []byte(e.Label), !e.LabelWithheld()},
		{d.Before, e.Before, e.Before != nil},
		{d.After, e.After, e.After != nil},
	} {
		switch {
		case !part.there || part.digest.Sum == digestSum(part.digest.Salt, part.content):
		case len(part.content) == 0 && part.digest.Sum != "":
			return damaged(Emptied, e.Seq, e)
		default:
			return damaged(Altered, e.Seq, e)
		}
	}
	return nil
}

// accounts are the entries from which something is missing, by the number of the erasure that they name.
type accounts map[int64][]Entry

// check notes an entry from which something is missing, and settles those that name this one as their erasure.
func (a accounts) check(e Entry, head Head) *Break {
	missing := e.Withheld != 0 || e.LabelWithheld() || e.ContentWithheld()
	switch {
	case missing && (e.Withheld <= e.Seq || e.Withheld > head.Seq):
		return damaged(Emptied, e.Seq, e)
	case missing:
		a[e.Withheld] = append(a[e.Withheld], e)
	}
	said := withholding(e)
	for _, w := range a[e.Seq] {
		if !said.covers(w) {
			return damaged(Emptied, w.Seq, w)
		}
	}
	delete(a, e.Seq)
	return nil
}

// withholding reads what an erasure took out; the zero value where the entry tells of no erasure.
func withholding(e Entry) Withholding {
	var w Withholding
	if !strings.HasSuffix(e.Action, "."+EraseVerb) || json.Unmarshal(e.After, &w) != nil {
		return Withholding{}
	}
	return w
}

// covers tells whether the erasure accounts for all that is missing from an entry that names it.
func (w Withholding) covers(e Entry) bool {
	label, contents := slices.Contains(w.Labels, e.Seq), slices.Contains(w.Contents, e.Seq)
	return (label || contents) && (label || !e.LabelWithheld()) && (contents || !e.ContentWithheld())
}

// displaced tells an entry that is whole but carries the number of another from one whose content was altered.
func displaced(e Entry, head Head) *Break {
	moved := e
	for seq := int64(1); seq <= head.Seq; seq++ {
		if moved.Seq = seq; Sum(moved) == e.Hash {
			b := damaged(Reordered, e.Seq, e)
			b.Message = sayDamage(Reordered, e.Seq, e, seq)
			return b
		}
	}
	return damaged(Altered, e.Seq, e)
}

func checkEnd(last Entry, head Head) *Break {
	switch {
	case last.Seq < head.Seq:
		return damaged(Removed, last.Seq+1, Entry{Seq: last.Seq + 1})
	case last.Hash != head.Hash:
		return damaged(Replaced, last.Seq, last)
	}
	return nil
}

func damaged(d Damage, seq int64, e Entry) *Break {
	return &Break{Damage: d, Seq: seq, Entry: e, Message: sayDamage(d, seq, e, seq)}
}

// sayDamage says what happened to an entry that was sealed under the number was; one without label is said to have none.
func sayDamage(d Damage, seq int64, e Entry, was int64) fault.Message {
	var label any = e.Label
	if e.Label == "" {
		label = fault.Say("journal.unlabelled")
	}
	return fault.Say("journal.damage."+string(d), "seq", seq, "label", label, "was", was)
}
