// Package journal holds the append-only record of every change: who, for which institution, when, under which article,
// what stood before and what stands after.
//
// It computes and verifies the chain of hashes; the store keeps the entries. The invariant that it owns: an entry's hash
// covers all of its content and the hash of the one before, so that altering, removing or reordering any of them shows.
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
	Key     string          // identifier of the thing
	Label   string          // how people call the thing: "Annuaire : Crèche des Lilas"
	Article string          // reference of the clause under which it was done; empty where none
	Before  json.RawMessage // nil for a creation
	After   json.RawMessage // nil for a removal
	Prev    string          // hash of the entry before, empty for the first
	Hash    string
}
