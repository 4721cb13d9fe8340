package journal

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// withhold takes the label of entry i, and its contents where asked, out of a list, in favour of the erasure numbered by.
func withhold(list []Entry, i int, contents bool, by int64) {
	e := &list[i]
	e.Label, e.Digests.Label.Salt, e.Withheld = "", "", by
	if contents {
		e.Before, e.After, e.Digests.Before.Salt, e.Digests.After.Salt = nil, nil, "", ""
	}
}

// erasure is the entry that tells of what was withheld.
func erasure(t interface{ Fatal(...any) }, w Withholding) Entry {
	after, err := json.Marshal(w)
	if err != nil {
		t.Fatal(err)
	}
	return Entry{Space: "s", Action: "person." + EraseVerb, Subject: "person", Key: "k", Label: "-", After: after}
}

// erased is a journal of six entries, of which the second lost its label and the third its label and contents to the sixth.
func erased(t *testing.T) ([]Entry, Head) {
	list, head := chain(5)
	e := erasure(t, Withholding{Labels: []int64{2, 3}, Contents: []int64{3}})
	head = Seal(head, &e, salts())
	list = append(list, e)
	withhold(list, 1, false, 6)
	withhold(list, 2, true, 6)
	return list, head
}

func TestWithheld(t *testing.T) {
	list, head := erased(t)
	if r := verify(t, list, head); !r.Whole() || r.Checked != 6 {
		t.Fatalf("what an erasure accounts for is damage: %+v", r.Break)
	}
	if !list[1].LabelWithheld() || list[1].ContentWithheld() || !list[2].ContentWithheld() || list[3].LabelWithheld() {
		t.Error("what is withheld is not told from what is there")
	}
}

// TestUnaccounted: what is missing and no erasure accounts for is named, and so is whatever else happens to such an entry.
func TestUnaccounted(t *testing.T) {
	tests := []struct {
		name   string
		damage func(list []Entry)
		want   Damage
		seq    int64
	}{
		{"names no erasure", func(l []Entry) { l[1].Withheld = 0 }, Emptied, 2},
		{"names itself", func(l []Entry) { l[1].Withheld = 2 }, Emptied, 2},
		{"names an entry before it", func(l []Entry) { l[1].Withheld = 1 }, Emptied, 2},
		{"names an entry that is no erasure", func(l []Entry) { l[1].Withheld = 4 }, Emptied, 2},
		{"names an entry beyond the last", func(l []Entry) { l[1].Withheld = 7 }, Emptied, 2},
		{"more was taken out than the erasure says", func(l []Entry) { withhold(l, 1, true, 6) }, Emptied, 2},
		{"another than the erasure says", func(l []Entry) { withhold(l, 3, false, 6) }, Emptied, 4},
		{"its digest was altered", func(l []Entry) { l[2].Digests.After.Sum = strings.Repeat("0", 64) }, Altered, 3},
		{"its author was altered", func(l []Entry) { l[2].Actor = "x" }, Altered, 3},
		{"another content was put in its place", func(l []Entry) { l[2].After = json.RawMessage(`{"n":2}`) }, Altered, 3},
		{"another label was put in its place", func(l []Entry) { l[1].Label = "x" }, Altered, 2},
		{"the erasure was altered", func(l []Entry) { l[5].After = json.RawMessage(`{"withheld_labels":[2,3,4]}`) }, Altered, 6},
		{"the erasure was emptied", func(l []Entry) { withhold(l, 5, true, 7) }, Emptied, 6},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			list, head := erased(t)
			test.damage(list)
			r := verify(t, list, head)
			if r.Whole() || r.Break.Damage != test.want || r.Break.Seq != test.seq {
				t.Errorf("found %+v, want entry %d %s", r.Break, test.seq, test.want)
			}
		})
	}
}

// TestOnlyAnErasureWithholds: an entry of another kind that carries the same words accounts for nothing.
func TestOnlyAnErasureWithholds(t *testing.T) {
	list, head := chain(2)
	e := erasure(t, Withholding{Labels: []int64{1}})
	e.Action = "person.update"
	head = Seal(head, &e, salts())
	list = append(list, e)
	withhold(list, 0, false, 3)
	if r := verify(t, list, head); r.Whole() || r.Break.Damage != Emptied || r.Break.Seq != 1 {
		t.Errorf("found %+v", r.Break)
	}
}

// TestAnyWithholding proves that whatever is withheld verifies exactly where an erasure says so.
func TestAnyWithholding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const n = 6
		list, head := chain(n)
		var said Withholding
		whole := true
		taken := make([]bool, n)
		contents := make([]bool, n)
		for i := range n {
			taken[i], contents[i] = rapid.Bool().Draw(t, "taken"), rapid.Bool().Draw(t, "contents")
			admitted := rapid.IntRange(0, 4).Draw(t, "admitted") > 0
			if !taken[i] {
				continue
			}
			if admitted {
				said.Labels = append(said.Labels, int64(i+1))
			}
			if admitted && contents[i] {
				said.Contents = append(said.Contents, int64(i+1))
			}
			whole = whole && admitted
		}
		e := erasure(t, said)
		head = Seal(head, &e, salts())
		list = append(list, e)
		for i := range n {
			if taken[i] {
				withhold(list, i, contents[i], n+1)
			}
		}
		if r := verify(t, list, head); r.Whole() != whole {
			t.Errorf("whole %v, want %v: %+v", r.Whole(), whole, r.Break)
		}
	})
}

// TestDamageWithoutLabel: an entry whose label was withheld is named all the same.
func TestDamageWithoutLabel(t *testing.T) {
	list, head := erased(t)
	list[1].Withheld = 0
	if r := verify(t, list, head); r.Break.Message.Args["label"] == "" {
		t.Errorf("the message is %+v", r.Break.Message)
	}
}
