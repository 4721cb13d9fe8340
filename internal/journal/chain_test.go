package journal

import (
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// salts gives texts that are not random, so that the hashes of tests are always the same.
func salts() func() string {
	n := 0
	return func() string {
		n++
		return "salt-" + strconv.Itoa(n)
	}
}

// chain makes a journal of n entries.
func chain(n int) ([]Entry, Head) {
	var head Head
	salt := salts()
	list := make([]Entry, n)
	for i := range list {
		list[i] = Entry{Space: "s", At: time.Date(2026, 11, 23, 12, 0, i, 1999, time.UTC), Actor: "a", Action: "person.create",
			Subject: "person", Key: "k", Label: "L", After: json.RawMessage(`{"n":1}`)}
		head = Seal(head, &list[i], salt)
	}
	return list, head
}

func stream(list []Entry) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for _, e := range list {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func verify(t interface{ Fatal(...any) }, list []Entry, head Head) Report {
	r, err := Verify(stream(list), head)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSeal(t *testing.T) {
	list, head := chain(3)
	if head.Seq != 3 || list[0].Prev != "" || list[1].Prev != list[0].Hash || head.Hash != list[2].Hash {
		t.Errorf("chain %+v ends with %+v", list, head)
	}
	if list[0].At.Nanosecond() != 1000 {
		t.Errorf("the instant %v is not cut to the microsecond", list[0].At)
	}
	if r := verify(t, list, head); !r.Whole() || r.Checked != 3 {
		t.Errorf("report %+v", r)
	}
	if r := verify(t, nil, Head{}); !r.Whole() {
		t.Errorf("an empty journal: %+v", r.Break)
	}
}

// TestSum holds the hash of one entry as it has always been: journals that exist depend on it.
func TestSum(t *testing.T) {
	list, _ := chain(1)
	const want = "b15c1610587b92fbc348098cf68785b7ee43836ab3fb1b2d9cec6fa66fd071e1"
	if got := Sum(list[0]); got != want {
		t.Errorf("the hash of an entry has become %s: every journal that exists would seem altered", got)
	}
}

func TestVerify(t *testing.T) {
	tests := []struct {
		name   string
		damage func(list []Entry, head Head) ([]Entry, Head)
		want   Damage
		seq    int64
	}{
		{"altered", func(l []Entry, h Head) ([]Entry, Head) { l[2].Label = "x"; return l, h }, Altered, 3},
		{"nothing made empty", func(l []Entry, h Head) ([]Entry, Head) { l[2].Before = json.RawMessage{}; return l, h }, Altered, 3},
		{"label emptied", func(l []Entry, h Head) ([]Entry, Head) { l[2].Label = ""; return l, h }, Emptied, 3},
		{"content emptied", func(l []Entry, h Head) ([]Entry, Head) { l[2].After = nil; return l, h }, Emptied, 3},
		{"content emptied with its salt", func(l []Entry, h Head) ([]Entry, Head) { l[2].After, l[2].Digests.After.Salt = nil, ""; return l, h }, Emptied, 3},
		{"digest altered", func(l []Entry, h Head) ([]Entry, Head) { l[2].Digests.After.Sum = "x"; return l, h }, Altered, 3},
		{"salt altered", func(l []Entry, h Head) ([]Entry, Head) { l[2].Digests.Label.Salt = "x"; return l, h }, Altered, 3},
		{"said to be withheld", func(l []Entry, h Head) ([]Entry, Head) { l[2].Withheld = 4; return l, h }, Emptied, 3},
		{"bytes moved to the next field", func(l []Entry, h Head) ([]Entry, Head) { l[2].Key, l[2].Label = "kL", ""; return l, h }, Altered, 3},
		{"altered and sealed anew", func(l []Entry, h Head) ([]Entry, Head) { return forge(l, 2), h }, Replaced, 3},
		{"last sealed anew", func(l []Entry, h Head) ([]Entry, Head) { return forge(l, 4), h }, Replaced, 5},
		{"first sealed anew upon nothing", func(l []Entry, h Head) ([]Entry, Head) { l[0].Prev = "x"; l[0].Hash = Sum(l[0]); return l, h }, Replaced, 1},
		{"removed", func(l []Entry, h Head) ([]Entry, Head) { return slices.Delete(l, 1, 2), h }, Removed, 2},
		{"last removed", func(l []Entry, h Head) ([]Entry, Head) { return l[:4], h }, Removed, 5},
		{"all removed", func(l []Entry, h Head) ([]Entry, Head) { return nil, h }, Removed, 1},
		{"doubled", func(l []Entry, h Head) ([]Entry, Head) { return slices.Insert(l, 2, l[1]), h }, Reordered, 2},
		{"swapped with their numbers", func(l []Entry, h Head) ([]Entry, Head) { l[1], l[2] = l[2], l[1]; return l, h }, Removed, 2},
		{"swapped", func(l []Entry, h Head) ([]Entry, Head) {
			l[1], l[2] = l[2], l[1]
			l[1].Seq, l[2].Seq = 2, 3
			return l, h
		}, Reordered, 2},
		{"added", func(l []Entry, h Head) ([]Entry, Head) { e := l[0]; Seal(h, &e, salts()); return append(l, e), h }, Added, 6},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := verify(t, first(test.damage(chain(5))), second(test.damage(chain(5))))
			if r.Whole() || r.Break.Damage != test.want || r.Break.Seq != test.seq || r.Break.Message.Key != "journal.damage."+string(test.want) {
				t.Errorf("found %+v, want entry %d %s", r.Break, test.seq, test.want)
			}
		})
	}
}

// forge changes an entry and seals it anew, as somebody would who knows how.
func forge(l []Entry, i int) []Entry {
	e := &l[i]
	e.Label = "x"
	e.Digests.Label.Sum = digestSum(e.Digests.Label.Salt, []byte(e.Label))
	e.Hash = Sum(*e)
	return l
}

func first(l []Entry, _ Head) []Entry { return l }
func second(_ []Entry, h Head) Head   { return h }

// TestAnyDamage proves that no change to any field of any entry goes unseen.
func TestAnyDamage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list, head := chain(rapid.IntRange(1, 8).Draw(t, "length"))
		e := &list[rapid.IntRange(0, len(list)-1).Draw(t, "entry")]
		fields := []*string{&e.Space, &e.Actor, &e.Name, &e.For, &e.Action, &e.Subject, &e.Key, &e.Label, &e.Article, &e.Prev, &e.Hash}
		f := fields[rapid.IntRange(0, len(fields)-1).Draw(t, "field")]
		was := *f
		*f = rapid.String().Draw(t, "text")
		if r := verify(t, list, head); r.Whole() != (*f == was) {
			t.Errorf("%q made %q: whole %v", was, *f, r.Whole())
		}
	})
}

func TestVerifyReadError(t *testing.T) {
	broken := errors.New("disk")
	_, err := Verify(func(yield func(Entry, error) bool) { yield(Entry{}, broken) }, Head{})
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}
