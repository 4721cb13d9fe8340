package web

import (
	"slices"
	"strconv"
	"strings"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/office"
	"entente/internal/web/view"
)

// letterLanguage is the language of what is written to people: the official text is French, and many have no account that would say another.
const letterLanguage = "fr"

// write finds the words of a letter about the call to a meeting.
func (s *Server) write(l office.Letter) (title, body string) {
	w := letterWriter{p: i18n.For(letterLanguage), l: l}
	w.head()
	w.facts()
	if l.Kind == governance.MessageCancellation {
		w.because(l.Assembly.Meeting.Reason)
	} else if len(l.Call.Seats) > 0 {
		w.agenda()
		w.documents()
		w.answer(s.config.URL(answerLinkPath + l.Secret))
	}
	w.signature()
	return w.p.T("letter.title."+string(l.Kind), "name", l.Manifest.Name, "day", l.Manifest.Day), strings.TrimRight(w.b.String(), "\n") + "\n"
}

// letterWriter gathers the lines of a letter.
type letterWriter struct {
	p *i18n.Printer
	l office.Letter
	b strings.Builder
}

func (w *letterWriter) line(s string) { w.b.WriteString(s + "\n") }

func (w *letterWriter) say(key string, pairs ...any) { w.line(w.p.T(key, pairs...)) }

func (w *letterWriter) gap() { w.line("") }

// head greets the person by name and seat, and says what the letter is for.
func (w *letterWriter) head() {
	w.say("letter.to", "person", w.l.Person.Name())
	for _, s := range w.l.Call.Seats {
		key := "letter.seat"
		if s.Substitute {
			key = "letter.substitute"
		}
		w.say(key, "seat", view.ChairName(w.l.Assembly.Version.Text, s.Chair), "person", w.l.Assembly.People[s.Holder].Name())
	}
	w.gap()
	w.say("letter.greeting")
	w.gap()
	w.say("letter.intro." + w.purpose())
	w.gap()
	if w.l.Kind == governance.MessageChange && len(w.l.Call.Seats) > 0 {
		w.changes()
	}
}

// purpose chooses the first sentence.
func (w *letterWriter) purpose() string {
	switch {
	case w.l.Kind == governance.MessageChange && len(w.l.Call.Seats) == 0:
		return "released"
	case w.l.Renewed:
		return "renewed"
	}
	return string(w.l.Kind)
}

func (w *letterWriter) changes() {
	for _, m := range w.l.Changes {
		w.line("- " + view.SayAbout(w.p, m, w.l.Assembly.People))
	}
	w.gap()
	if slices.ContainsFunc(w.l.Changes, moves) {
		w.say("letter.asked-again")
		w.gap()
	}
}

// moves tells a change of day or hour: answers are asked again.
func moves(m fault.Message) bool {
	return m.Key == "convocation.change.day" || strings.HasPrefix(m.Key, "convocation.change.time")
}

// facts are what, when and where.
func (w *letterWriter) facts() {
	m := w.l.Manifest
	w.line(m.Name)
	w.line(view.MeetingTitle(w.p, governance.Meeting{Day: m.Day, Time: m.Time}))
	if m.Minutes > 0 {
		w.say("letter.length", "count", m.Minutes)
	}
	if m.Place != "" {
		w.say("letter.place", "place", m.Place)
	}
	if m.Remote != "" && len(w.l.Call.Seats) > 0 {
		w.say("letter.remote", "address", m.Remote)
	}
	w.gap()
}

func (w *letterWriter) because(reason string) {
	if reason != "" {
		w.say("letter.reason", "reason", reason)
		w.gap()
	}
}

func (w *letterWriter) agenda() {
	w.say("letter.agenda")
	for _, i := range w.l.Manifest.Items {
		w.line(strconv.Itoa(i.Rank) + ". " + i.Title + " (" + w.p.T("convocation.item."+string(i.Kind)) + ")")
	}
	w.gap()
}

func (w *letterWriter) documents() {
	if len(w.l.Manifest.Documents) == 0 {
		return
	}
	w.say("letter.documents")
	for _, d := range w.l.Manifest.Documents {
		w.line("- " + d.Name)
	}
	w.gap()
}

// answer gives the personal link; a letter that is only shown before it is sent has none yet.
func (w *letterWriter) answer(link string) {
	w.say("letter.answer")
	if w.l.Secret == "" {
		link = w.p.T("letter.link-to-come")
	}
	w.line(link)
	w.say("letter.link-until", "day", w.l.Manifest.Day, "person", w.l.Person.Name())
	w.gap()
}

// signature says who writes, for whom, and under which article.
func (w *letterWriter) signature() {
	text := w.l.Assembly.Version.Text
	by := w.l.By.Name
	if party := text.Party(w.l.By.For); party != nil {
		by = w.p.T("letter.for", "person", by, "party", party.Short)
	}
	w.line(by)
	w.line(w.p.T("letter.article", "title", text.Identity.Title, "article", text.Cite(w.l.Assembly.Committee.Place)))
}
