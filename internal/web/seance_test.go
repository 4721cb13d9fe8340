package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"entente/internal/governance"
	"entente/internal/testkit"
)

// cable is the way to a server, which can be cut.
type cable struct {
	next http.Handler
	cut  atomic.Bool
}

// ServeHTTP answers, or breaks the connection off.
func (c *cable) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if c.cut.Load() {
		panic(http.ErrAbortHandler)
	}
	c.next.ServeHTTP(w, r)
}

// browsed serves an open sitting to real browsers, each signed in, with script.
func (r *room) browsed(tabs int) (*cable, []*testkit.Tab) {
	r.t.Helper()
	line := &cable{next: r.server}
	server := httptest.NewServer(line)
	r.t.Cleanup(server.Close)
	r.opened(r.as(administrator))
	var out []*testkit.Tab
	for range tabs {
		tab := testkit.NewTab(r.t, server.URL)
		r.signIn(tab)
		out = append(out, tab)
	}
	return line, out
}

// until waits for something, and fails after ten seconds.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("in vain: %s", what)
}

func (r *room) notes(item int) string {
	kept, err := r.sp.ItemRecords(r.t.Context(), r.meeting.ID)
	r.must(err)
	for _, k := range kept {
		if k.ID == r.items[item].ID {
			return k.Notes
		}
	}
	return ""
}

func value(tab *testkit.Tab, selector string) string {
	var s string
	tab.Ask(`return document.querySelector('`+selector+`')?.value ?? ''`, &s)
	return s
}

func saved(tab *testkit.Tab) string {
	var s string
	tab.Ask(`return document.querySelector('[data-saved]').textContent`, &s)
	return plainSpaces(s)
}

// TestSeanceSavesAsOneTypes: what is typed is saved without a press, and the page says when.
func TestSeanceSavesAsOneTypes(t *testing.T) {
	r := newRoom(t, true, "strategique")
	_, tabs := r.browsed(1)
	tab := tabs[0]
	tab.Open(r.at("") + "?point=" + r.items[1].ID)
	tab.Fill("Notes", "On a débattu du guichet.")
	until(t, "the notes are saved", func() bool { return r.notes(1) == "On a débattu du guichet." })
	until(t, "the page says so", func() bool { return saved(tab) == "Enregistré à 14 h" })
	tab.Ask(`const b = document.querySelector('input[name="stance-caf"][value="unfavourable"]'); b.click()`, nil)
	until(t, "the position is saved", func() bool {
		list, err := r.sp.Positions(t.Context(), r.meeting.ID)
		return err == nil && len(list) == 1 && list[0].Stance == governance.Unfavourable
	})
}

// TestSeanceLosesNothing: with the connection cut, the page says so and keeps the text on the device; it is saved once the
// connection is back, even where the page was loaded anew in between.
func TestSeanceLosesNothing(t *testing.T) {
	r := newRoom(t, true, "strategique")
	line, tabs := r.browsed(1)
	tab := tabs[0]
	address := r.at("") + "?point=" + r.items[1].ID
	tab.Open(address)
	line.cut.Store(true)
	tab.Fill("Notes", "Tapé sans connexion.")
	until(t, "the page says that it is not saved", func() bool {
		return saved(tab) == "Non enregistré : la connexion est coupée ; votre texte est gardé sur cet appareil"
	})
	tab.Ask(`document.querySelector('.tap[value="excused"]').click()`, nil)
	tab.Ask(`for (const f of document.forms) f.removeAttribute('data-changed')`, nil) // the browser would ask before it leaves
	line.cut.Store(false)
	tab.Open(address)
	until(t, "the text is saved", func() bool { return r.notes(1) == "Tapé sans connexion." })
	until(t, "the press too", func() bool {
		list, err := r.sp.Attendance(t.Context(), r.meeting.ID)
		return err == nil && len(list) > 0 && list[0].Presence == governance.Excused
	})
}

// TestSeanceOfTwo: two secretaries see each other's changes; what both have changed is shown twice, and nothing is lost.
func TestSeanceOfTwo(t *testing.T) {
	r := newRoom(t, true, "strategique")
	_, tabs := r.browsed(2)
	a, b := tabs[0], tabs[1]
	for _, tab := range tabs {
		tab.Open(r.at("") + "?point=" + r.items[1].ID)
	}
	a.Fill("Notes", "De la première")
	until(t, "the second sees the first's notes", func() bool { return value(b, "[name=notes]") == "De la première" })
	b.Fill("Texte de la décision", "Décidé par la seconde")
	until(t, "the first sees the second's text", func() bool { return value(a, "[name=text]") == "Décidé par la seconde" })
	a.Ask(`document.querySelector('.tap[value="absent"]').click()`, nil)
	until(t, "the second sees who is absent", func() bool {
		var n int
		b.Ask(`return document.querySelectorAll('.tap[value="absent"][aria-pressed="true"]').length`, &n)
		return n == 1
	})
	a.Fill("Notes", "Version de la première")
	b.Fill("Notes", "Version de la seconde")
	var clash *testkit.Tab
	until(t, "both versions are shown", func() bool {
		for _, tab := range tabs {
			var n int
			if tab.Ask(`return document.querySelectorAll('.sitting-both').length`, &n); n > 0 {
				clash = tab
			}
		}
		return clash != nil
	})
	other := "Version de la première"
	if clash == a {
		other = "Version de la seconde"
	}
	clash.Sees(other, "Garder la mienne", "Prendre cette version")
	mine := value(clash, "[name=notes]")
	clash.Ask(`document.querySelector('.sitting-both button').click()`, nil)
	until(t, "the version that was kept is saved", func() bool { return r.notes(1) == mine })
}

// TestSeanceLooks takes pictures where they are asked for, and lets axe look at the pages.
func TestSeanceLooks(t *testing.T) {
	r := newRoom(t, false, "suivi")
	_, tabs := r.browsed(1)
	tab := tabs[0]
	c := r.as(administrator)
	c.post(r.at("suivant"), "from", "", "item", r.items[1].ID).wants(http.StatusSeeOther)
	page := r.show(c, 1)
	c.submit(page, r.at("point"), "notes", "Le comité a débattu.", "outcome", "adopted").wants(http.StatusSeeOther)
	c.submit(page, r.at("positions"), "stance-communaute", "reservations", "text-communaute", "Sous réserve du budget.").wants(http.StatusSeeOther)
	c.submit(page, r.at("suites"), "text", "Signer le bail", "due", "2026-12-31").wants(http.StatusSeeOther)
	c.submit(page, r.at("votes"), "choice-"+r.seats[0], "for", "choice-"+r.seats[1], "against").wants(http.StatusSeeOther)
	for name, address := range map[string]string{"seance": r.at(""), "ecran": r.at("") + "?ecran=1", "clore": r.at("clore"), "siege": r.at("presence") + "?siege=" + r.seats[0]} {
		for _, look := range []struct {
			width int
			dark  bool
		}{{1280, false}, {1280, true}, {360, false}} {
			tab.Size(look.width, 900)
			tab.Dark(look.dark)
			tab.Open(address)
			tab.Ask(`document.querySelector('.roll details')?.setAttribute('open', '')`, nil)
			var wide bool
			if tab.Ask(`return document.documentElement.scrollWidth > window.innerWidth`, &wide); wide {
				t.Errorf("%s at %d: wider than the screen", name, look.width)
			}
			for _, fault := range tab.Axe() {
				t.Errorf("%s at %d, dark %v: %s", name, look.width, look.dark, fault)
			}
			tab.Picture(fmt.Sprintf("%s-%d-dark-%v", name, look.width, look.dark))
		}
	}
}
