// Package journal holds the append-only record of every change: who, for which institution, when, under which article,
// what stood before and what stands after.
//
// It computes and verifies the chain of hashes; the store keeps the entries. The invariant that it owns: an entry's hash
// covers digests of all of its content and the hash of the one before, so that altering, removing or reordering any of
// them shows. Of its label and of what stood before and after it covers the digest alone: these may be withheld when the
// personal data of somebody are erased, and then an entry of that erasure must account for it.
package journal

import (
	"encoding/json"
	"time"
)

// Entry is one change.
type Entry struct {
	Space   string
	Seq     int64 // from 1, without gaps, in each space
	At      time.Time
	Actor   string          // account that made the change; empty for the program itself
	Name    string          // of the actor at that time, kept because people leave
	For     string          // party on whose behalf; empty where none
	Action  string          // "mandate.create"; its sentence stands in the catalogues under "journal.action."
	Subject string          // kind of thing: "mandate"
	Key     string          // identifier of the thing; never personal data, since it cannot be withheld
	Label   string          // how people call the thing: "Annuaire : Crèche des Lilas"; empty once withheld
	Article string          // reference of the clause under which it was done; empty where none
	Before  json.RawMessage // nil for a creation, and once withheld
	After   json.RawMessage // nil for a removal, and once withheld
	Digests Digests
	Prev    string // hash of the entry before, empty for the first
	Hash    string

	// Withheld is the number of the entry of the erasure that took the label, or the label and the contents, out of this
	// one; 0 where everything is there. The hash does not cover it: the entry that it names must account for it.
	Withheld int64
}

// Digests are what stays of the parts of an entry that may be withheld.
type Digests struct{ Label, Before, After Digest }

// Digest stands for a part of an entry in its hash.
type Digest struct {
	Salt string // random text, without which nobody can try names until one gives Sum; empty once the part is withheld
	Sum  string // SHA-256 of salt and content, in hexadecimal; empty where the entry never had that part
}

// EraseVerb ends the action of an entry that tells of an erasure: "person.erase".
const EraseVerb = "erase"

// Withholding is what stands after an erasure, in its entry: the numbers of the entries from which it took something out.
type Withholding struct {
	Labels   []int64 `json:"withheld_labels"`   // their label
	Contents []int64 `json:"withheld_contents"` // what stood before and after
}

// LabelWithheld tells that the label was taken out.
func (e Entry) LabelWithheld() bool {
	return e.Label == "" && e.Digests.Label.Salt == "" && e.Digests.Label.Sum != ""
}

// ContentWithheld tells that what stood before or after was taken out.
func (e Entry) ContentWithheld() bool {
	return e.Before == nil && e.Digests.Before.Sum != "" || e.After == nil && e.Digests.After.Sum != ""
}
