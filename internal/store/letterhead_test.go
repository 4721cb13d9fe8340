package store_test

import (
	"bytes"
	"image"
	"image/png"
	"testing"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
)

// TestLetterhead: a space has none, sets one, changes it; its logo comes back as it was, and the journal keeps its digest alone.
func TestLetterhead(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), newSpace(t, s, "papier")
		if l := must(sp.Letterhead(ctx))(t); l.Version != 0 || l.Name != "" {
			t.Errorf("an unset letterhead is %+v", l)
		}
		var logo bytes.Buffer
		if err := png.Encode(&logo, image.NewGray(image.Rect(0, 0, 8, 4))); err != nil {
			t.Fatal(err)
		}
		set := must(sp.KeepLetterhead(ctx, me, governance.Letterhead{Name: "Convention", Lines: "4 place", Colour: "#1f4e5f"}.WithLogo(logo.Bytes())))(t)
		got := must(sp.Letterhead(ctx))(t)
		if !bytes.Equal(got.Logo, logo.Bytes()) || got.LogoDigest != set.LogoDigest || got.Version != 1 {
			t.Errorf("it is read back as %+v", got)
		}
		got.Name = "Autre"
		if got = must(sp.KeepLetterhead(ctx, me, got.WithLogo(nil)))(t); got.Version != 2 || got.Logo != nil {
			t.Errorf("changed, it is %+v", got)
		}
		if l := must(sp.Letterhead(ctx))(t); l.Logo != nil || l.Name != "Autre" {
			t.Errorf("without logo it is read back as %+v", l)
		}
		if _, err := sp.KeepLetterhead(ctx, me, set); !fault.Is(err, fault.Conflict) {
			t.Errorf("an old version is refused with %v", err)
		}
		if _, err := sp.KeepLetterhead(ctx, me, governance.Letterhead{Version: 2}); !fault.Is(err, fault.Invalid) {
			t.Errorf("a letterhead without name is refused with %v", err)
		}
		for _, e := range must(sp.JournalEntries(ctx, store.JournalFilter{Subject: "letterhead"}))(t) {
			if len(e.After) > 1000 || bytes.Contains(e.After, []byte("iVBOR")) || !bytes.Contains(e.After, []byte("logo_digest")) {
				t.Errorf("the journal keeps %s", e.After)
			}
		}
	})
}
