package governance

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// IDs are the identifiers of items, in their order.
func IDs(items []Item) []string {
	out := make([]string, len(items))
	for i, x := range items {
		out[i] = x.ID
	}
	return out
}

// SealOf is a short word for an order of identifiers: two orders have the same only where they are the same. A page carries
// it, so that who changes the order of an agenda that somebody else has changed meanwhile is told.
func SealOf(ids []string) string {
	sum := sha256.Sum256([]byte(strings.Join(ids, "\n")))
	return hex.EncodeToString(sum[:12])
}

// SameItems tells whether two lists hold the same identifiers, each once, in whatever order.
func SameItems(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(a, b) && len(slices.Compact(a)) == len(b)
}

// Move is the order with one identifier some places further: -1 is one place up. It stops at the ends.
func Move(ids []string, id string, places int) []string {
	at := slices.Index(ids, id)
	if at < 0 {
		return slices.Clone(ids)
	}
	return Rank(ids, map[string]int{id: at + 1 + places})
}

// Rank is the order with some identifiers at the ranks wanted for them, from 1; the others keep theirs among themselves. A
// rank beyond the ends is that of the end.
func Rank(ids []string, wanted map[string]int) []string {
	var moved, out []string
	for _, id := range ids {
		if _, moves := wanted[id]; moves {
			moved = append(moved, id)
		} else {
			out = append(out, id)
		}
	}
	slices.SortStableFunc(moved, func(a, b string) int { return wanted[a] - wanted[b] })
	for _, id := range moved {
		out = slices.Insert(out, min(max(wanted[id]-1, 0), len(out)), id)
	}
	return out
}
