package stories_test

import (
	"encoding/base64"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"

	"entente/internal/calendar"
	"entente/internal/config"
	"entente/internal/job/runner"
	mailway "entente/internal/mail"
	"entente/internal/mail/mailtest"
	"entente/internal/post"
)

// mailing is a hall whose letters leave by a real mail server.
type mailing struct {
	*hall
	server *mailtest.Server
	runner *runner.Runner
	read   int // letters read so far
	uid    string
	last   map[string]int // sequence of the event that each address has
}

// TestStoryCorrespondence lives the letters of a meeting of the operational committee of the real convention: a date is looked for, the meeting
// called, moved, cancelled, in the mailboxes and the calendars of those who sit there.
func TestStoryCorrespondence(t *testing.T) {
	people := append(ofEtampois[:len(ofEtampois):len(ofEtampois)], guest{given: "Paul", family: "Suppleant", party: "caf", seats: []string{"operationnel/caf/conseil-developpement"}, substitute: true})
	h := newHall(t, "2026-01-05 09:00", "2023-06-27", "etampois-sud-essonne-2023-2026", "etampois", "Étampois Sud-Essonne", people)
	o := &mailing{hall: h, server: (&mailtest.Server{Plain: true, Open: true}).Start(t), last: map[string]int{}}
	const sender = "Entente <entente@exemple.fr>"
	way, err := mailway.Open("smtp://"+o.server.Addr, sender)
	h.must(err)
	h.store.DeliverMail(2 * time.Minute)
	c := config.Config{Address: h.URL}
	o.runner = runner.New(runner.Options{Store: h.store, Clock: h.clock.Now, Log: slog.New(slog.DiscardHandler),
		Handlers: post.New(post.Options{Store: h.store, Mail: way, Sender: sender, URL: c.URL, Clock: h.clock.Now}).Handlers()})
	h.lives([]step{
		{"2026-01-12 10:00", "the committee is asked when it could meet", o.asks},
		{"2026-01-16 10:00", "who has not answered is reminded", o.reminds},
		{"2026-01-20 10:00", "a meeting is planned and called", o.calls},
		{"2026-01-21 10:00", "a member answers from the letter", o.answers},
		{"2026-01-22 10:00", "the meeting moves", o.moves},
		{"2026-01-23 10:00", "the meeting is cancelled", o.cancels},
	})
}

// letter is a letter as its reader's programs see it.
type letter struct {
	to, text string
	method   string
	event    *ics.VEvent
	zone     bool // the rules of the time of Paris come with it
}

// mailbox lets the mail leave, and gives the letters that came since it was last read, by address.
func (o *mailing) mailbox() map[string]letter {
	o.Helper()
	o.clock.Advance(3 * time.Minute)
	_, err := o.runner.DoDue(o.Context())
	o.must(err)
	out := map[string]letter{}
	all := o.server.Deliveries()
	for _, d := range all[o.read:] {
		if _, twice := out[d.To]; twice {
			o.Errorf("%s has two letters at once", d.To)
		}
		out[d.To] = o.reads(d)
	}
	o.read = len(all)
	return out
}

// reads takes a letter apart, with the second reader for its event.
func (o *mailing) reads(d mailtest.Delivery) letter {
	o.Helper()
	m, err := d.Message()
	o.must(err)
	to, err := mail.ParseAddressList(m.Header.Get("To"))
	o.must(err)
	if len(to) != 1 || to[0].Address != d.To {
		o.Errorf("the letter to %s shows %v", d.To, to)
	}
	l := letter{to: d.To}
	o.part(&l, m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body, false)
	return l
}

func (o *mailing) part(l *letter, header, encoding string, body io.Reader, alternative bool) {
	o.Helper()
	media, parameters, err := mime.ParseMediaType(header)
	o.must(err)
	if strings.HasPrefix(media, "multipart/") {
		for parts := multipart.NewReader(body, parameters["boundary"]); ; {
			p, err := parts.NextRawPart()
			if err == io.EOF {
				return
			}
			o.must(err)
			o.part(l, p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p, media == "multipart/alternative")
		}
	}
	switch strings.ToLower(encoding) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	content, err := io.ReadAll(body)
	o.must(err)
	switch {
	case media == "text/plain":
		l.text = strings.ReplaceAll(string(content), "\r\n", "\n")
	case media == "text/calendar" && alternative:
		o.event(l, parameters["method"], string(content))
	}
}

// event reads the one event of a letter.
func (o *mailing) event(l *letter, method, content string) {
	o.Helper()
	c, err := ics.ParseCalendar(strings.NewReader(content))
	o.must(err)
	if len(c.Events()) != 1 {
		o.Fatalf("the letter to %s has %d events", l.to, len(c.Events()))
	}
	l.method, l.event, l.zone = method, c.Events()[0], len(c.Timezones()) == 1
	if !strings.Contains(content, "\r\nMETHOD:"+method+"\r\n") {
		o.Errorf("the letter to %s says %s, its calendar does not", l.to, method)
	}
}

func (l letter) property(p ics.ComponentProperty) string {
	if x := l.event.GetProperty(p); x != nil {
		return x.Value
	}
	return ""
}

// holds checks that a letter has the one event of the meeting, for its reader alone, above any that they had before.
func (o *mailing) holds(l letter, method, begins string) {
	o.Helper()
	if l.event == nil {
		o.Fatalf("the letter to %s has no event:\n%s", l.to, l.text)
	}
	if o.uid == "" {
		o.uid = l.event.Id()
	}
	if l.event.Id() != o.uid {
		o.Errorf("the event of %s is %s, another than %s", l.to, l.event.Id(), o.uid)
	}
	if at := l.event.Attendees(); len(at) != 1 || at[0].Email() != l.to {
		o.Errorf("the event of %s asks %v", l.to, at)
	}
	if x := l.property(ics.ComponentPropertyOrganizer); x != "mailto:entente@exemple.fr" {
		o.Errorf("the event of %s is of %q", l.to, x)
	}
	start, err := l.event.GetStartAt()
	o.must(err)
	if got := start.In(calendar.Paris).Format("2006-01-02 15:04"); got != begins || l.method != method || !l.zone {
		o.Errorf("the event of %s: %s at %s (zone %v), want %s at %s", l.to, l.method, got, l.zone, method, begins)
	}
	n := 0
	for _, r := range l.property(ics.ComponentPropertySequence) {
		n = 10*n + int(r-'0')
	}
	if before, had := o.last[l.to]; had && n <= before {
		o.Errorf("the event of %s has sequence %d, after %d", l.to, n, before)
	}
	o.last[l.to] = n
}

// everySeat are the addresses of those who sit in the operational committee, and of the substitute.
func everySeat(people []guest) []string {
	var out []string
	for _, g := range people {
		if len(g.seats) > 0 && strings.HasPrefix(g.seats[0], "operationnel/") {
			out = append(out, g.email())
		}
	}
	return out
}

// reaches checks that each seat has its letter, and nobody else any.
func (o *mailing) reaches(box map[string]letter, method, begins string) {
	o.Helper()
	want := append(everySeat(ofEtampois), "paul.suppleant@exemple.fr")
	for _, to := range want {
		l, there := box[to]
		if !there {
			o.Errorf("%s has no letter", to)
			continue
		}
		o.holds(l, method, begins)
	}
	if len(box) != len(want) {
		o.Errorf("%d letters for %d people", len(box), len(want))
	}
}

// asks opens a poll of dates; one of those who sit there answers from the letter.
func (o *mailing) asks(h *hall) {
	b := h.opens("/sondages/ajouter?comite=operationnel")
	b.Fill("Objet", "Réunion de février")
	b.Fill("Dernier jour de réponse", "2026-01-30")
	b.Fill("Date 1", "2026-02-12")
	b.Fill("Date 2", "2026-02-19")
	b.Press("Ouvrir le sondage")
	b.Sees("Le sondage est ouvert", "8 messages partent par messagerie")
	b.Follow("Voir les messages")
	b.Sees("Sondage : Réunion de février", "En attente d’envoi")
	box := o.mailbox()
	if len(box) != 8 {
		h.Fatalf("%d people are asked", len(box))
	}
	guest := h.tab()
	guest.Open(personalLink.FindString(box["thomas.jacquet@exemple.fr"].text))
	guest.Choose("jeudi 12 février 2026", "Oui")
	guest.Press("Envoyer mes réponses")
	guest.Sees("Vos réponses sont enregistrées")
}

// reminds writes to the seven others; one answers by telephone before the reminder leaves, and gets none.
func (o *mailing) reminds(h *hall) {
	b := h.opens("/sondages")
	b.Follow("Réunion de février")
	b.Press("Rappeler aux 7 personnes qui n’ont pas répondu")
	b.Sees("Le rappel est écrit pour 7 personnes")
	b.Within("Julie Lambert").Follow("Saisir sa réponse")
	b.Choose("jeudi 12 février 2026", "Oui")
	b.Press("Enregistrer la réponse")
	box := o.mailbox()
	if _, reminded := box["julie.lambert@exemple.fr"]; reminded || len(box) != 6 {
		h.Errorf("%d reminders left, one of them to who has answered: %v", len(box), reminded)
	}
	h.says(box["karim.ollivier@exemple.fr"].text, "pas encore reçu votre réponse aux dates proposées", "/lien/sondage/")
	h.opens("/messages?etat=dropped").Sees("Julie Lambert", "Non envoyé")
}

func (o *mailing) calls(h *hall) {
	b := h.opens("/reunions/ajouter?comite=operationnel")
	b.Fill("Date", "2026-02-12")
	b.Fill("Heure", "09:30")
	b.Fill("Durée prévue, en minutes", "120")
	b.Fill("Lieu", "Hôtel communautaire, Étampes")
	b.Press("Ajouter la réunion")
	h.remember("meeting")
	b.Follow("Ajouter un point")
	b.Choose("Ce qui est demandé au comité", "Information")
	b.Fill("Intitulé", "Actualité des institutions")
	b.Press("Ajouter le point")
	b = h.page("meeting", "/convocation")
	b.Press("Envoyer la convocation")
	box := o.mailbox()
	o.reaches(box, "REQUEST", "2026-02-12 09:30")
	l := box["julie.lambert@exemple.fr"]
	h.says(l.text, "Actualité des institutions", "Hôtel communautaire, Étampes", "/lien/reponse/")
	if box["paul.suppleant@exemple.fr"].event.Attendees()[0].ICalParameters["ROLE"][0] != "OPT-PARTICIPANT" {
		h.Error("the substitute is asked as those who hold a seat are")
	}
	h.says(l.property(ics.ComponentPropertyDescription), "/lien/reponse/")
	h.opens("/messages?etat=sent").Sees("Envoyé", "Julie Lambert")
}

func (o *mailing) answers(h *hall) {
	all := o.server.Deliveries()
	for _, d := range all {
		if d.To != "thomas.jacquet@exemple.fr" {
			continue
		}
		l := o.reads(d)
		if l.event == nil {
			continue // the poll
		}
		b := h.tab()
		b.Open(personalLink.FindString(l.text))
		b.Choose("Réponse", "Je viendrai")
		b.Press("Enregistrer la réponse")
		b.Sees("Votre réponse est enregistrée")
	}
}

func (o *mailing) moves(h *hall) {
	b := h.page("meeting", "")
	b.Follow("Modifier la réunion")
	b.Fill("Date", "2026-02-19")
	b.Press("Enregistrer la réunion")
	h.page("meeting", "/convocation").Press("Renvoyer, en disant ce qui a changé")
	box := o.mailbox()
	o.reaches(box, "REQUEST", "2026-02-19 09:30")
	h.says(box["julie.lambert@exemple.fr"].text, "La convocation que vous avez reçue a changé")
}

func (o *mailing) cancels(h *hall) {
	b := h.page("meeting", "/convocation")
	b.Fill("Raison de l’annulation", "Salle indisponible")
	b.Press("Annuler la réunion et prévenir")
	box := o.mailbox()
	o.reaches(box, "CANCEL", "2026-02-19 09:30")
	if l := box["julie.lambert@exemple.fr"]; l.property(ics.ComponentPropertyStatus) != "CANCELLED" {
		h.Errorf("the event stands: %s", l.property(ics.ComponentPropertyStatus))
	}
}
