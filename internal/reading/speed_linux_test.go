package reading

import (
	"context"
	"strings"
	"syscall"
	"testing"
	"time"

	"entente/internal/testkit"
)

// processor is the time that this process has spent on the processors, in kernel and program.
func processor(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// sheets sets a text in pages, of lines as wide as a page.
func sheets(text string, pages int) []string {
	var lines []string
	for _, para := range strings.Split(text, "\n") {
		for len(para) > 100 {
			cut := strings.LastIndexByte(para[:100], ' ')
			lines, para = append(lines, para[:cut]), para[cut+1:]
		}
		lines = append(lines, para)
	}
	per := (len(lines) + pages - 1) / pages
	var out []string
	for from := 0; from < len(lines); from += per {
		out = append(out, strings.Join(lines[from:min(from+per, len(lines))], "\n"))
	}
	return out
}

// TestHundredPages holds that a PDF of a hundred pages is read, from its bytes to its facts, in two seconds of processor time.
// The PDF engine is started before, as a server that reads its second text has it started.
func TestHundredPages(t *testing.T) {
	if testing.CoverMode() != "" {
		t.Skip("counting lines takes the time that is measured")
	}
	text := string(long(t, 100))
	if _, err := Read(context.Background(), "a.pdf", testkit.PDF("", sheets(text, 100)[:2]...), Options{}); err != nil {
		t.Log(err) // two pages are no convention: the engine has started all the same
	}
	data := testkit.PDF("", sheets(text, 100)...)
	before := processor(t)
	r, err := Read(context.Background(), "long.pdf", data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	took := processor(t) - before
	t.Logf("%d pages, %d facts, %s", r.Text.Pages, len(r.Facts), took.Round(time.Millisecond))
	if r.Text.Pages < 100 || len(r.Of(KindCommittee, "")) == 0 || len(r.Of(KindParty, "")) == 0 {
		t.Errorf("%d pages, %d committees, %d parties", r.Text.Pages, len(r.Of(KindCommittee, "")), len(r.Of(KindParty, "")))
	}
	if limit := 2 * time.Second; took > limit {
		t.Errorf("it took %s of processor time, want %s at most", took, limit)
	}
}
