package stories_test

import (
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/internal/calendar"
	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
)

// hall is a space whose seats are filled, where a story of committees is lived. How people and seats come there is told by
// the story of the convention; here they are entered through the store.
type hall struct {
	*testing.T
	*site
	root  string // address of the space
	slug  string
	sp    *store.Space
	desk  *testkit.Tab // of the coordinator who keeps the meetings
	pages map[string]string
}

// guest is a person of the story: the seats that they hold, and whether they have an account.
type guest struct {
	given, family, party string
	seats                []string
	substitute           bool
	account              bool
}

func (g guest) email() string {
	return strings.ToLower(strings.NewReplacer(" ", ".", "é", "e", "É", "e", "ë", "e").Replace(g.given+"."+g.family)) + "@exemple.fr"
}

// step is a moment of a story: when it is lived, and what happens.
type step struct {
	at   string // "2026-02-12 09:30", in Paris
	name string
	live func(*hall)
}

// lives the steps one after the other; the first that fails ends the story.
func (h *hall) lives(steps []step) {
	h.Helper()
	for _, x := range steps {
		h.at(x.at)
		h.Logf("%s: %s", x.at, x.name)
		x.live(h)
	}
}

// newHall makes the space with everybody of the story in their seats, and signs the coordinator in, who comes first.
func newHall(t *testing.T, now, since, file, slug, name string, people []guest) *hall {
	t.Helper()
	h := &hall{T: t, site: newSite(t, instant(now)), slug: slug, root: "/espaces/" + slug, pages: map[string]string{}}
	info, err := h.store.CreateSpace(t.Context(), store.Actor{}, slug, name, []byte(convention(t, file)), calendar.Must(since))
	h.must(err)
	h.sp = h.store.In(info.ID)
	for i, g := range people {
		h.seat(g, since, i == 0)
	}
	h.desk = h.tab()
	h.at(now)
	return h
}

// must stops the story where it cannot be prepared.
func (h *hall) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func (h *hall) seat(g guest, since string, keeper bool) {
	h.Helper()
	ctx, by := h.Context(), store.Actor{Name: "Essai"}
	p := directory.Person{Given: g.given, Family: g.family, Email: g.email()}
	if g.account || keeper {
		a, err := h.store.CreateAccount(ctx, store.Actor{}, store.Account{Email: p.Email, Name: p.Name(), Locale: "fr"})
		h.must(err)
		p.Account = a.ID
		if keeper {
			h.must(h.sp.SetGrant(ctx, store.Actor{}, store.Grant{Account: a.ID, Role: store.Coordinator, Party: g.party}))
		}
	}
	made, err := h.sp.CreatePerson(ctx, by, p)
	h.must(err)
	role := governance.Holder
	if g.substitute {
		role = governance.Substitute
	}
	for _, seat := range g.seats {
		_, err := h.sp.CreateMandate(ctx, by, governance.Mandate{Seat: seat, Person: made.ID, Role: role, Period: calendar.Period{From: calendar.Must(since)}})
		h.must(err)
	}
}

// tab is another machine, whose browser runs no script.
func (h *hall) tab() *testkit.Tab {
	h.Helper()
	b := testkit.NewTab(h.T, h.URL)
	b.WithoutScript()
	return b
}

// instant reads "2026-02-12 09:30", in Paris.
func instant(at string) time.Time {
	out, err := time.ParseInLocation("2006-01-02 15:04", at, calendar.Paris)
	if err != nil {
		panic(err)
	}
	return out
}

// at moves the clock, and signs the coordinator in again: a day of work is over.
func (h *hall) at(at string) {
	h.Helper()
	h.clock.Set(instant(at))
	h.signIn(h.desk, coordinatorOf(h.slug))
}

func (h *hall) signIn(b *testkit.Tab, email string) {
	h.Helper()
	account, err := h.store.AccountByEmail(h.Context(), email)
	h.must(err)
	secret, err := h.store.IssueToken(h.Context(), store.Token{Kind: store.SignIn, Account: account.ID, Email: email}, time.Hour)
	h.must(err)
	b.Open("/lien/connexion/" + secret)
	b.Press("Entrer")
}

// opens goes to a page of the space, at the coordinator's desk.
func (h *hall) opens(path string) *testkit.Tab {
	h.Helper()
	h.desk.Open(h.root + path)
	return h.desk
}

// remember keeps where the desk is under a name, without what its address asks.
func (h *hall) remember(name string) {
	at, err := url.Parse(h.desk.Address())
	h.must(err)
	h.pages[name] = strings.TrimPrefix(at.Path, h.root)
}

// page goes to a page that was remembered, or to one under it.
func (h *hall) page(name, under string) *testkit.Tab {
	h.Helper()
	if h.pages[name] == "" {
		h.Fatalf("nobody remembers %s", name)
	}
	return h.opens(h.pages[name] + under)
}

// picture takes the page as it is seen at a desk and on a phone.
func (h *hall) picture(b *testkit.Tab, name string) {
	h.Helper()
	for _, l := range looks[:2] {
		b.Size(l.width, 900)
		b.Dark(l.dark)
		b.Picture("story-" + h.slug + "-" + name + "-" + l.name())
	}
	b.Size(looks[0].width, 900)
	b.Dark(false)
}

var personalLink = regexp.MustCompile(`/lien/\S+`)

// letter reads the newest message of a nature to a person, in the outbox.
func (h *hall) letter(kind, person string) string {
	h.Helper()
	b := h.opens("/messages?nature=" + kind)
	b.Follow(person)
	b.Sees(person)
	var body string
	b.Ask(`return document.querySelector('#message-body').value`, &body)
	return body
}

// link is the personal link in the newest message of a nature to a person.
func (h *hall) link(kind, person string) string {
	h.Helper()
	found := personalLink.FindString(h.letter(kind, person))
	if found == "" {
		h.Fatalf("the message to %s has no personal link", person)
	}
	return found
}

var command = sync.OnceValues(func() (string, error) {
	out := filepath.Join(commandDir, "entente")
	said, err := exec.Command("go", "build", "-o", out, "../cmd/entente").CombinedOutput()
	if err != nil {
		return string(said), err
	}
	return out, nil
})

// compliance is what the command says of the space on the day where the clock stands.
func (h *hall) compliance() string {
	h.Helper()
	entente, err := command()
	if err != nil {
		h.Fatalf("%v: %s", err, entente)
	}
	day := calendar.On(h.clock.Now(), calendar.Paris)
	run := exec.CommandContext(h.Context(), entente, "compliance", h.slug, "--on", day.String(), "--database", h.file)
	run.Env = append(run.Environ(), "LANG=fr_FR.UTF-8")
	said, err := run.CombinedOutput()
	if err != nil {
		h.Fatalf("entente compliance: %v: %s", err, said)
	}
	return strings.Join(strings.Fields(string(said)), " ")
}

// says stops the story unless a text has each of the words.
func (h *hall) says(text string, words ...string) {
	h.Helper()
	text = strings.Join(strings.Fields(text), " ")
	for _, w := range words {
		if !strings.Contains(text, strings.Join(strings.Fields(w), " ")) {
			h.Fatalf("%q is not said in:\n%s", w, text)
		}
	}
}
