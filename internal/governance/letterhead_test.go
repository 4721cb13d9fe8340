package governance

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/internal/fault"
)

func logoPNG(t *testing.T, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestLetterheadCheck(t *testing.T) {
	good := Letterhead{Name: "Convention d’exemple", Lines: "4 place du Vieux-Lavoir\n\n91000 Ambreville\n", Colour: "#1f4e5f"}.WithLogo(logoPNG(t, 60, 30))
	whole := logoPNG(t, 60, 30)
	for name, x := range map[string]struct {
		change func(*Letterhead)
		wrong  string // field, empty for none
	}{
		"as it should be":     {func(*Letterhead) {}, ""},
		"no colour, no logo":  {func(l *Letterhead) { *l = l.WithLogo(nil); l.Colour = "" }, ""},
		"no name":             {func(l *Letterhead) { l.Name = " " }, "name"},
		"a long name":         {func(l *Letterhead) { l.Name = strings.Repeat("é", 121) }, "name"},
		"a name just as long": {func(l *Letterhead) { l.Name = strings.Repeat("é", 120) }, ""},
		"many lines":          {func(l *Letterhead) { l.Lines = strings.Repeat("a\n", 9) }, "lines"},
		"a long line":         {func(l *Letterhead) { l.Lines = strings.Repeat("a", 121) }, "lines"},
		"a word for a colour": {func(l *Letterhead) { l.Colour = "bleu" }, "colour"},
		"a short colour":      {func(l *Letterhead) { l.Colour = "#fff" }, "colour"},
		"a pale colour":       {func(l *Letterhead) { l.Colour = "#ffd800" }, "colour"},
		"half a picture":      {func(l *Letterhead) { *l = l.WithLogo(whole[:len(whole)-20]) }, "file"},
		"no picture":          {func(l *Letterhead) { *l = l.WithLogo([]byte("<svg/>")) }, "file"},
		"a wide picture":      {func(l *Letterhead) { *l = l.WithLogo(logoPNG(t, maxLogoSide+1, 2)) }, "file"},
		"a heavy picture":     {func(l *Letterhead) { *l = l.WithLogo(append(whole, make([]byte, MaxLogo)...)) }, "file"},
	} {
		t.Run(name, func(t *testing.T) {
			l := good
			x.change(&l)
			got := ""
			var e *fault.Error
			if errors.As(l.Check(), &e) && len(e.Fields) > 0 {
				got = e.Fields[0].Name
			}
			if got != x.wrong {
				t.Errorf("the fault is at %q, not %q", got, x.wrong)
			}
		})
	}
}

func TestLetterheadUnder(t *testing.T) {
	if diff := cmp.Diff([]string{"a", "b c"}, Letterhead{Lines: " a\r\n\n  b c \n"}.Under()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
