package journal

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"iter"
	"time"

	"entente/internal/fault"
)

// form is the first bytes that go into a hash. Another manner of hashing would have another form.
const form = "entente-journal-1\n"

// Head is the end of a chain: the number of the last entry and its hash. The zero value is that of an empty journal.
type Head struct {
	Seq  int64
	Hash string
}

// Seal makes e the entry that follows prev: it cuts its instant to the microsecond in UTC, then sets Seq, Prev and Hash.
// The head after it is returned.
func Seal(prev Head, e *Entry) Head {
	e.At = e.At.UTC().Truncate(time.Microsecond)
	e.Seq, e.Prev = prev.Seq+1, prev.Hash
	e.Hash = Sum(*e)
	return Head{Seq: e.Seq, Hash: e.Hash}
}

// Sum is the hash of everything in the entry but its Hash: SHA-256 in hexadecimal over fields that are each preceded by
// their length, so that no two entries give the same bytes. docs/operations.md describes it for other programs.
func Sum(e Entry) string {
	h := sha256.New()
	h.Write([]byte(form))
	number(h, e.Seq)
	number(h, e.At.UnixMicro())
	for _, s := range []string{e.Space, e.Actor, e.Name, e.For, e.Action, e.Subject, e.Key, e.Label, e.Article} {
		field(h, []byte(s))
	}
	optional(h, e.Before)
	optional(h, e.After)
	field(h, []byte(e.Prev))
	return hex.EncodeToString(h.Sum(nil))
}

func number(h hash.Hash, n int64) { h.Write(binary.BigEndian.AppendUint64(nil, uint64(n))) }

func field(h hash.Hash, b []byte) {
	number(h, int64(len(b)))
	h.Write(b)
}

// optional tells nothing (nil) from something empty.
func optional(h hash.Hash, b []byte) {
	if b == nil {
		number(h, -1)
		return
	}
	field(h, b)
}

// Damage is what may have happened to a journal.
type Damage string

// The kinds of damage.
const (
	Altered   Damage = "altered"   // the content of the entry is not what was sealed
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
// than one entry at a time and stops at the first damage. The error is that of reading; damage is in the report.
func Verify(entries iter.Seq2[Entry, error], head Head) (Report, error) {
	r, last := Report{Head: head}, Entry{}
	for e, err := range entries {
		if err != nil {
			return r, err
		}
		if r.Break = check(last, e, head); r.Break != nil {
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
	return nil
}

// displaced tells an entry that is whole but carries the number of another from one whose content was altered.
func displaced(e Entry, head Head) *Break {
	moved := e
	for seq := int64(1); seq <= head.Seq; seq++ {
		if moved.Seq = seq; Sum(moved) == e.Hash {
			b := damaged(Reordered, e.Seq, e)
			b.Message = fault.Say("journal.damage.reordered", "seq", e.Seq, "label", e.Label, "was", seq)
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
	return &Break{Damage: d, Seq: seq, Entry: e,
		Message: fault.Say("journal.damage."+string(d), "seq", seq, "label", e.Label, "was", seq)}
}
