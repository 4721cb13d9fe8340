package governance

import (
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestRank(t *testing.T) {
	abcd := []string{"a", "b", "c", "d"}
	for name, x := range map[string]struct {
		wanted map[string]int
		want   []string
	}{
		"nothing":            {nil, abcd},
		"to the top":         {map[string]int{"c": 1}, []string{"c", "a", "b", "d"}},
		"to the end":         {map[string]int{"a": 4}, []string{"b", "c", "d", "a"}},
		"beyond the end":     {map[string]int{"a": 99}, []string{"b", "c", "d", "a"}},
		"below the first":    {map[string]int{"d": -3}, []string{"d", "a", "b", "c"}},
		"two at once":        {map[string]int{"d": 1, "a": 2}, []string{"d", "a", "b", "c"}},
		"two at one rank":    {map[string]int{"c": 1, "d": 1}, []string{"d", "c", "a", "b"}},
		"who is not in it":   {map[string]int{"z": 1}, abcd},
		"where it is anyway": {map[string]int{"b": 2}, abcd},
	} {
		if diff := cmp.Diff(x.want, Rank(abcd, x.wanted)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestMove(t *testing.T) {
	abc := []string{"a", "b", "c"}
	for _, x := range []struct {
		id     string
		places int
		want   []string
	}{{"b", -1, []string{"b", "a", "c"}}, {"b", 1, []string{"a", "c", "b"}}, {"a", -1, abc}, {"c", 1, abc}, {"z", 1, abc}} {
		if got := Move(abc, x.id, x.places); !slices.Equal(got, x.want) {
			t.Errorf("%s by %d: %v, want %v", x.id, x.places, got, x.want)
		}
	}
}

// Whatever is moved, every item is there once, one moved alone stands where it was wanted, and the others keep their order.
func TestRankKeepsEveryItem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := make([]string, rapid.IntRange(1, 30).Draw(t, "items"))
		for i := range ids {
			ids[i] = strconv.Itoa(i)
		}
		id := rapid.SampledFrom(ids).Draw(t, "moved")
		rank := rapid.IntRange(-2, 40).Draw(t, "rank")
		got := Rank(ids, map[string]int{id: rank})
		if !SameItems(ids, got) {
			t.Fatalf("%v became %v", ids, got)
		}
		if at := slices.Index(got, id) + 1; at != min(max(rank, 1), len(ids)) {
			t.Fatalf("%s wanted at %d stands at %d", id, rank, at)
		}
		rest := func(all []string) []string {
			return slices.DeleteFunc(slices.Clone(all), func(x string) bool { return x == id })
		}
		if !slices.Equal(rest(ids), rest(got)) {
			t.Fatalf("the others changed places: %v", got)
		}
	})
}

func TestSameItems(t *testing.T) {
	for _, x := range []struct {
		a, b []string
		want bool
	}{
		{nil, nil, true}, {[]string{"a", "b"}, []string{"b", "a"}, true}, {[]string{"a"}, []string{"a", "b"}, false},
		{[]string{"a", "a"}, []string{"a", "a"}, false}, {[]string{"a", "a"}, []string{"a", "b"}, false},
	} {
		if got := SameItems(x.a, x.b); got != x.want {
			t.Errorf("%v and %v: %v", x.a, x.b, got)
		}
	}
}

func TestSealTellsOrdersApart(t *testing.T) {
	if SealOf([]string{"a", "b"}) == SealOf([]string{"b", "a"}) || SealOf([]string{"ab"}) == SealOf([]string{"a", "b"}) || SealOf(nil) == SealOf([]string{"a"}) {
		t.Error("two orders have one seal")
	}
	if order := []string{"a", "b"}; SealOf(order) != SealOf(slices.Clone(order)) {
		t.Error("one order has two seals")
	}
}
