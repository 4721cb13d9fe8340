package store_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
)

// paper is a document for a new meeting.
func paper(t testing.TB, sp *store.Space) governance.Attachment {
	t.Helper()
	m := must(sp.CreateMeeting(t.Context(), me, governance.Meeting{Committee: "pilotage", Day: today, State: governance.Planned}))(t)
	return paperFor(m.ID)
}

func paperFor(meeting string) governance.Attachment {
	return governance.Attachment{Owner: governance.OwnerMeeting, OwnerID: meeting, Name: "Ordre du jour", FileName: "odj.txt", Type: "text/plain",
		Audience: governance.ForSpace}
}

func attachPaper(sp *store.Space, ctx context.Context, by store.Actor, a governance.Attachment) (governance.Attachment, error) {
	return sp.Attach(ctx, by, a, strings.NewReader("Un ordre du jour."))
}

// noise is a content of a size, the same for the same seed.
func noise(seed byte, size int) []byte {
	out := make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{seed}).Read(out)
	return out
}

// sum is the SHA-256 of a content, in hexadecimal.
func sum(content []byte) string {
	x := sha256.Sum256(content)
	return hex.EncodeToString(x[:])
}

func readFile(t testing.TB, sp *store.Space, digest string) []byte {
	t.Helper()
	return must(io.ReadAll(must(sp.OpenFile(t.Context(), digest))(t)))(t)
}

// TestContents: a content comes back as it was, from any place, at the sizes where chunks and batches end.
func TestContents(t *testing.T) {
	const chunk = 256 << 10
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		sp := newSpace(t, s, "contents")
		a := paper(t, sp)
		for i, size := range []int{1, chunk - 1, chunk, chunk + 1, 8 * chunk, 8*chunk + 1, 17*chunk + 5} {
			content := noise(byte(i), size)
			made := must(sp.Attach(t.Context(), me, a, bytes.NewReader(content)))(t)
			if made.Size != int64(size) || made.Rank != int64(i+1) || !made.AddedAt.Equal(testkit.Noon) {
				t.Errorf("%+v", made)
			}
			if !bytes.Equal(readFile(t, sp, made.Digest), content) {
				t.Errorf("%d bytes do not come back", size)
			}
			f := must(sp.OpenFile(t.Context(), made.Digest))(t)
			from := size / 2
			must(f.Seek(int64(from), io.SeekStart))(t)
			if rest := must(io.ReadAll(f))(t); !bytes.Equal(rest, content[from:]) {
				t.Errorf("%d bytes from %d do not come back", size, from)
			}
			if end := must(f.Seek(-1, io.SeekEnd))(t); end != int64(size-1) {
				t.Errorf("one before the end is %d", end)
			}
		}
	})
}

func TestAttachRefuses(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		sp, other := newSpace(t, s, "refuses"), newSpace(t, s, "refuses-other")
		a := paper(t, sp)
		foreign := paper(t, other)
		for name, c := range map[string]struct {
			change  func(*governance.Attachment)
			content string
			kind    fault.Kind
		}{
			"nothing in it":            {func(*governance.Attachment) {}, "", fault.Invalid},
			"a hostile name":           {func(a *governance.Attachment) { a.FileName = "../../x.txt" }, "x", fault.Invalid},
			"a meeting of another":     {func(a *governance.Attachment) { a.OwnerID = foreign.OwnerID }, "x", fault.NotFound},
			"no such meeting":          {func(a *governance.Attachment) { a.OwnerID = "none" }, "x", fault.NotFound},
			"a kind that has no table": {func(a *governance.Attachment) { a.Owner = "space" }, "x", fault.Invalid},
		} {
			x := a
			c.change(&x)
			if _, err := sp.Attach(t.Context(), me, x, strings.NewReader(c.content)); !fault.Is(err, c.kind) {
				t.Errorf("%s: %v", name, err)
			}
		}
		checkFiles(t, s, nil)
	})
}

func TestMeetingWithDocumentsStays(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		sp := newSpace(t, s, "stays")
		a := must(attachPaper(sp, t.Context(), me, paper(t, sp)))(t)
		if err := sp.RemoveMeeting(t.Context(), me, a.OwnerID, 1); !fault.Is(err, fault.Invalid) {
			t.Fatalf("%v, want a refusal", err)
		}
		if err := sp.RemoveAttachment(t.Context(), me, a.ID, a.Version); err != nil {
			t.Fatal(err)
		}
		if err := sp.RemoveMeeting(t.Context(), me, a.OwnerID, 1); err != nil {
			t.Error(err)
		}
	})
}

func TestAttachmentsMove(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		sp := newSpace(t, s, "move")
		a := paper(t, sp)
		var ids []string
		for _, name := range []string{"a", "b", "c"} {
			a.Name = name
			ids = append(ids, must(attachPaper(sp, t.Context(), me, a))(t).ID)
		}
		order := func(want string) {
			t.Helper()
			got := ""
			for _, x := range must(sp.Attachments(t.Context(), a.Owner, a.OwnerID))(t) {
				got += x.Name
			}
			if got != want {
				t.Errorf("the order is %s, not %s", got, want)
			}
		}
		for _, step := range []struct {
			id   int
			up   bool
			want string
		}{{0, true, "abc"}, {0, false, "bac"}, {0, false, "bca"}, {0, false, "bca"}, {2, true, "cba"}} {
			if err := sp.MoveAttachment(t.Context(), me, ids[step.id], step.up); err != nil {
				t.Fatal(err)
			}
			order(step.want)
		}
		whole(t, sp)
	})
}

func TestAttachmentKeepsItsContentThroughAChange(t *testing.T) {
	s := testkit.Store(t)
	sp := newSpace(t, s, "fixed")
	a := must(attachPaper(sp, t.Context(), me, paper(t, sp)))(t)
	got := must(sp.UpdateAttachment(t.Context(), me, a.ID, a.Version, func(x *governance.Attachment) error {
		x.Name, x.Digest, x.Size, x.OwnerID, x.Rank = "Autre", "0", 3, "elsewhere", 9
		return nil
	}))(t)
	a.Name, a.Version = "Autre", 2
	if got != a {
		t.Errorf("%+v", got)
	}
}

// checkFiles fails the test unless the files kept, of all spaces, are exactly those, each with all its chunks and no other.
func checkFiles(t interface {
	Helper()
	Fatalf(string, ...any)
}, s *store.Store, want []string) {
	t.Helper()
	ctx := context.Background()
	files, err := store.Texts(ctx, s, `SELECT digest FROM file WHERE complete = $1 ORDER BY digest`, true)
	if err != nil {
		t.Fatalf("%v", err)
	}
	chunked, err := store.Texts(ctx, s, `SELECT DISTINCT digest FROM file_chunk ORDER BY digest`)
	if err != nil {
		t.Fatalf("%v", err)
	}
	slices.Sort(want)
	if want = slices.Compact(want); !slices.Equal(files, want) || !slices.Equal(chunked, want) {
		t.Fatalf("kept %v, chunks of %v, want %v", files, chunked, want)
	}
}

// TestContentsAreExactlyThoseReferredTo: whatever is attached and removed, in whatever order, no content stays without an
// attachment and no attachment without its content.
func TestContentsAreExactlyThoseReferredTo(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), newSpace(t, s, "exact")
		a := paper(t, sp)
		rapid.Check(t, func(r *rapid.T) {
			for _, x := range must(sp.Attachments(ctx, a.Owner, a.OwnerID))(t) { // of a run that failed
				if err := sp.RemoveAttachment(ctx, me, x.ID, x.Version); err != nil {
					r.Fatal(err)
				}
			}
			var kept []governance.Attachment
			for range rapid.IntRange(1, 8).Draw(r, "steps") {
				if len(kept) > 0 && rapid.Bool().Draw(r, "remove") {
					i := rapid.IntRange(0, len(kept)-1).Draw(r, "which")
					if err := sp.RemoveAttachment(ctx, me, kept[i].ID, kept[i].Version); err != nil {
						r.Fatal(err)
					}
					kept = slices.Delete(kept, i, i+1)
				} else {
					seed := rapid.ByteRange(0, 2).Draw(r, "content")
					made, err := sp.Attach(ctx, me, a, bytes.NewReader(noise(seed, 1+int(seed)*300000)))
					if err != nil {
						r.Fatal(err)
					}
					kept = append(kept, made)
				}
				var want []string
				for _, x := range kept {
					want = append(want, x.Digest)
				}
				checkFiles(r, s, want)
			}
			for _, x := range kept {
				if _, err := io.Copy(io.Discard, must(sp.OpenFile(ctx, x.Digest))(t)); err != nil {
					r.Fatal(err)
				}
				if err := sp.RemoveAttachment(ctx, me, x.ID, x.Version); err != nil {
					r.Fatal(err)
				}
			}
			checkFiles(r, s, nil)
		})
	})
}

// TestSameContentAtOnce: many attach and remove one content at the same time; in the end it is whole, and kept once.
func TestSameContentAtOnce(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		sp := newSpace(t, s, "at-once")
		a := paper(t, sp)
		content := noise(1, 5<<20)
		var wg sync.WaitGroup
		last := make([]governance.Attachment, 4)
		for i := range last {
			wg.Go(func() {
				for round := range 3 {
					made, err := sp.Attach(t.Context(), me, a, bytes.NewReader(content))
					if err != nil {
						t.Error(err)
						return
					}
					if last[i] = made; round == 2 {
						return
					}
					if err := sp.RemoveAttachment(t.Context(), me, made.ID, made.Version); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		checkFiles(t, s, []string{last[0].Digest})
		if !bytes.Equal(readFile(t, sp, last[0].Digest), content) {
			t.Error("the content is not whole")
		}
		whole(t, sp)
	})
}

// torn is a content that cannot be read to its end the second time: what a program that is killed leaves behind.
type torn struct {
	*bytes.Reader
	rewinds, left int
}

func (x *torn) Seek(offset int64, whence int) (int64, error) {
	x.rewinds++
	return x.Reader.Seek(offset, whence)
}

func (x *torn) Read(p []byte) (int, error) {
	if x.rewinds < 2 {
		return x.Reader.Read(p)
	}
	if x.left <= 0 {
		return 0, errors.New("the program was killed")
	}
	n, err := x.Reader.Read(p[:min(len(p), x.left)])
	x.left -= n
	return n, err
}

// TestAbandonedUploadIsSwept: what arrived in part is nobody's, can be completed later, and is thrown away after a day.
func TestAbandonedUploadIsSwept(t *testing.T) {
	clock := testkit.NewClock(testkit.Noon)
	testkit.EnginesAt(t, clock, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		sp := newSpace(t, s, "swept")
		a := paper(t, sp)
		content := noise(3, 9<<20)
		tear := func() {
			t.Helper()
			if _, err := sp.Attach(ctx, me, a, &torn{Reader: bytes.NewReader(content), left: 5 << 20}); err == nil {
				t.Fatal("a content that was cut off is attached")
			}
		}
		parts := func() int { return len(must(store.Texts(ctx, s, `SELECT digest FROM file_chunk`))(t)) }
		tear()
		if parts() == 0 {
			t.Fatal("the test tears nothing")
		}
		if list := must(sp.Attachments(ctx, a.Owner, a.OwnerID))(t); len(list) != 0 {
			t.Errorf("%v", list)
		}
		clock.Advance(23 * time.Hour)
		if err := s.Sweep(ctx); err != nil || parts() == 0 {
			t.Errorf("what may still be arriving is gone (%v)", err)
		}
		made := must(sp.Attach(ctx, me, a, bytes.NewReader(content)))(t)
		clock.Advance(48 * time.Hour)
		if err := s.Sweep(ctx); err != nil || !bytes.Equal(readFile(t, sp, made.Digest), content) {
			t.Errorf("what was completed later is not whole (%v)", err)
		}
		if err := sp.RemoveAttachment(ctx, me, made.ID, made.Version); err != nil {
			t.Fatal(err)
		}
		tear()
		clock.Advance(25 * time.Hour)
		if err := s.Sweep(ctx); err != nil || parts() != 0 {
			t.Errorf("%d chunks of an abandoned content are left (%v)", parts(), err)
		}
		checkFiles(t, s, nil)
	})
}

// TestDamageIsFound: a content that was altered, in a chunk or with its sum too, is not given out whole.
func TestDamageIsFound(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		sp := newSpace(t, s, "damage")
		content := noise(4, 700<<10)
		a := must(sp.Attach(t.Context(), me, paper(t, sp), bytes.NewReader(content)))(t)
		forged := noise(5, 256<<10)
		tamper := func(text string, args ...any) func() {
			return func() { must(store.Exec(t.Context(), s, text, append([]any{a.Digest}, args...)...))(t) }
		}
		for _, damage := range []struct {
			name string
			do   func()
		}{
			{"a chunk", tamper(`UPDATE file_chunk SET data = $2 WHERE digest = $1 AND seq = 1`, forged)},
			{"a chunk and its sum", tamper(`UPDATE file_chunk SET data = $2, sum = $3 WHERE digest = $1 AND seq = 1`, forged, sum(forged))},
			{"a chunk that was removed", tamper(`DELETE FROM file_chunk WHERE digest = $1 AND seq = 1`)},
		} {
			damage.do()
			f := must(sp.OpenFile(t.Context(), a.Digest))(t)
			n, err := io.Copy(io.Discard, f)
			if err == nil || f.Err() == nil || n >= int64(len(content)) {
				t.Errorf("%s: %d bytes, %v", damage.name, n, err)
			}
		}
	})
}

// endless is a content of a size that is made while it is read.
type endless struct{ at, size int64 }

func (e *endless) Seek(offset int64, whence int) (int64, error) {
	if e.at = offset; whence == io.SeekEnd {
		e.at += e.size
	}
	return e.at, nil
}

func (e *endless) Read(p []byte) (int, error) {
	if e.at >= e.size {
		return 0, io.EOF
	}
	n := int(min(int64(len(p)), e.size-e.at))
	for i := range n {
		p[i] = byte((e.at + int64(i)) * 31 >> 7)
	}
	e.at += int64(n)
	return n, nil
}

// TestFortyMegabytesNeedNoMemory: neither the way in nor the way out holds the content.
func TestFortyMegabytesNeedNoMemory(t *testing.T) {
	const size, bound = 40 << 20, 16 << 20
	sp := newSpace(t, testkit.Store(t), "large")
	a := paper(t, sp)
	var err error
	if peak := testkit.HeapPeak(func() { a, err = sp.Attach(t.Context(), me, a, &endless{size: size}) }); peak > bound || err != nil {
		t.Errorf("to attach takes %d MiB of heap (%v)", peak>>20, err)
	}
	var n int64
	read := func() { n, err = io.Copy(io.Discard, must(sp.OpenFile(t.Context(), a.Digest))(t)) }
	if peak := testkit.HeapPeak(read); peak > bound || err != nil || n != size {
		t.Errorf("to read %d bytes takes %d MiB of heap (%v)", n, peak>>20, err)
	}
}

// TestBackupCarriesDocuments: contents, attachments and settings come back from a backup.
func TestBackupCarriesDocuments(t *testing.T) {
	dir := t.TempDir()
	s := testkit.Store(t)
	sp := newSpace(t, s, "backup")
	content := noise(6, 600<<10)
	a := must(sp.Attach(t.Context(), me, paper(t, sp), bytes.NewReader(content)))(t)
	limits := governance.AttachmentLimits{MaxSize: 7 << 20, Types: []string{"pdf"}}
	if err := s.SetAttachmentLimits(t.Context(), me, 0, limits); err != nil {
		t.Fatal(err)
	}
	backup, target := filepath.Join(dir, "b.db"), filepath.Join(dir, "entente.db")
	if err := s.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	if err := store.Restore(t.Context(), backup, target, false); err != nil {
		t.Fatal(err)
	}
	back := must(store.Open(t.Context(), target, time.Now))(t)
	defer back.Close() //nolint:errcheck // it only read
	there := back.In(sp.ID())
	if got := must(there.Attachment(t.Context(), a.ID))(t); got != a {
		t.Errorf("%+v, want %+v", got, a)
	}
	if !bytes.Equal(readFile(t, there, a.Digest), content) {
		t.Error("the content is not what it was")
	}
	if got, version, err := back.AttachmentLimits(t.Context()); err != nil || version != 1 || got.MaxSize != limits.MaxSize || !slices.Equal(got.Types, limits.Types) {
		t.Errorf("limits %+v at version %d, %v", got, version, err)
	}
}

func TestAttachmentLimits(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		if got, version, err := s.AttachmentLimits(ctx); err != nil || version != 0 || got.MaxSize != 40<<20 {
			t.Fatalf("without a setting: %+v, %d, %v", got, version, err)
		}
		few := governance.AttachmentLimits{MaxSize: 2 << 20, Types: []string{"pdf", "zip"}}
		if err := s.SetAttachmentLimits(ctx, me, 0, few); err != nil {
			t.Fatal(err)
		}
		if err := s.SetAttachmentLimits(ctx, me, 0, few); !fault.Is(err, fault.Conflict) {
			t.Errorf("set over what somebody else set: %v", err)
		}
		if err := s.SetAttachmentLimits(ctx, me, 1, governance.AttachmentLimits{}); !fault.Is(err, fault.Invalid) {
			t.Errorf("nothing at all: %v", err)
		}
		list := must(s.In("").JournalEntries(ctx, store.JournalFilter{Subject: "setting"}))(t)
		if len(list) != 1 {
			t.Fatalf("%d entries", len(list))
		}
		checkSentences(t, list[0])
		whole(t, s.In(""))
	})
}
