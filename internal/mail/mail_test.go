package mail_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	stdmail "net/mail"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	. "entente/internal/mail"
	"entente/internal/mail/mailtest"
)

var letter = Letter{ID: "0192-abc", To: "zoe@exemple.fr", ToName: "Zoé Œuvrard", FromName: "PST de l’Étampois", ReplyTo: "camille@exemple.fr",
	Subject: "Convocation : comité de pilotage du 8 décembre", Text: "Bonjour,\n\nRéunion <ouverte> à 14 h.\nLieu : mairie.\n\nRépondez ici :\nhttps://entente.exemple.fr/lien/reponse/abc?x=1&y=2.\n",
	Lang: "fr", Footer: "Vous recevez ce message parce que vous siégez.", At: time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)}

// free lets any letter leave.
func free() error { return nil }

const from = "Entente <entente@exemple.fr>"

// post opens the way to a server, with its password unless user is empty.
func post(t *testing.T, s *mailtest.Server, scheme, user, password string) *SMTP {
	t.Helper()
	u := url.URL{Scheme: scheme, Host: s.Addr, RawQuery: "timeout=2s"}
	if user != "" {
		u.User = url.UserPassword(user, password)
	}
	p, err := Open(u.String(), from)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.(*SMTP).Trust(s.Client); err != nil {
		t.Fatal(err)
	}
	return p.(*SMTP)
}

func TestWaysToAServer(t *testing.T) {
	for name, x := range map[string]struct {
		server *mailtest.Server
		scheme string
		user   string
		tls    bool
	}{
		"STARTTLS":                 {&mailtest.Server{}, "smtp", mailtest.User, true},
		"TLS":                      {&mailtest.Server{TLS: true}, "smtps", mailtest.User, true},
		"this machine without TLS": {&mailtest.Server{Plain: true, Open: true}, "smtp", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			s := x.server.Start(t)
			handed := 0
			if err := post(t, s, x.scheme, x.user, mailtest.Password).Send(t.Context(), letter, func() error { handed++; return nil }); err != nil {
				t.Fatal(err)
			}
			got := s.Deliveries()
			if len(got) != 1 || got[0].TLS != x.tls || got[0].To != letter.To || got[0].From != "entente@exemple.fr" || handed != 1 {
				t.Fatalf("%+v, handed %d times", got, handed)
			}
		})
	}
}

// TestWhatALetterCarries reads a letter back with the parser of the standard library.
func TestWhatALetterCarries(t *testing.T) {
	s := (&mailtest.Server{}).Start(t)
	l := letter
	l.Unsubscribe = "https://entente.exemple.fr/lien/desabonnement/abc"
	l.Calendar = &Calendar{Method: "REQUEST", Data: []byte("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n")}
	l.Attachments = []Attachment{{Name: "ordre du jour.pdf", Type: "application/pdf", Content: []byte("%PDF-1.7")}}
	if err := post(t, s, "smtp", mailtest.User, mailtest.Password).Send(t.Context(), l, free); err != nil {
		t.Fatal(err)
	}
	m, err := s.Deliveries()[0].Message()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"Message-Id": "<0192-abc@exemple.fr>", "List-Unsubscribe": "<" + l.Unsubscribe + ">",
		"List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Auto-Submitted": "auto-generated", "Content-Language": "fr", "Reply-To": "<camille@exemple.fr>", "Cc": "", "Bcc": ""} {
		if got := m.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{"From": "PST de l’Étampois", "To": "Zoé Œuvrard"} {
		if a, err := m.Header.AddressList(name); err != nil || len(a) != 1 || a[0].Name != want {
			t.Errorf("%s: %v, %v", name, a, err)
		}
	}
	if got, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil || got != l.Subject {
		t.Errorf("subject: %q, %v", got, err)
	}
	parts := partsOf(t, m.Header.Get("Content-Type"), m.Body)
	checkText(t, parts)
	if got := parts["text/calendar; method=REQUEST"]; !strings.Contains(got, "BEGIN:VCALENDAR") {
		t.Errorf("no calendar among the alternatives: %v", keys(parts))
	}
	if parts["ordre du jour.pdf"] == "" || parts["reunion.ics"] == "" {
		t.Errorf("what is attached is missing: %v", keys(parts))
	}
}

func checkText(t *testing.T, parts map[string]string) {
	t.Helper()
	text, page := strings.ReplaceAll(parts["text/plain"], "\r\n", "\n"), parts["text/html"]
	if text != letter.Text+"\n-- \n"+letter.Footer+"\n" {
		t.Errorf("text: %q", text)
	}
	for _, want := range []string{`lang="fr"`, "Réunion &lt;ouverte&gt; à 14 h.<br>", `href="https://entente.exemple.fr/lien/reponse/abc?x=1&amp;y=2"`, "y=2</a>.", letter.Footer} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s:\n%s", want, page)
		}
	}
	for _, loads := range []string{"<img", "src=", "<link", "url(", "<script"} {
		if strings.Contains(page, loads) {
			t.Errorf("the page holds %s", loads)
		}
	}
}

// partsOf reads all parts, those inside others too, by type with its method, or by file name.
func partsOf(t *testing.T, contentType string, body io.Reader) map[string]string {
	t.Helper()
	out := map[string]string{}
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(media, "multipart/") {
		t.Fatalf("%s is no set of parts", contentType)
	}
	for r := multipart.NewReader(body, params["boundary"]); ; {
		p, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		media, params, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(media, "multipart/") {
			for name, x := range partsOf(t, p.Header.Get("Content-Type"), p) {
				out[name] = x
			}
			continue
		}
		var content io.Reader = p
		if p.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
			content = quotedprintable.NewReader(p)
		}
		b, err := io.ReadAll(content)
		if err != nil {
			t.Fatal(err)
		}
		if params["method"] != "" {
			media += "; method=" + params["method"]
		}
		if name := p.FileName(); name != "" {
			media = name
		}
		out[media] = string(b)
	}
}

func keys(m map[string]string) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	return out
}

func smtpError(code int, said string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 1, 1}, Message: said}
}

// TestRefusalsAndFailures tells what is refused for good from what may pass.
func TestRefusalsAndFailures(t *testing.T) {
	replies := map[string]error{"nobody@exemple.fr": smtpError(550, "User unknown"), "grey@exemple.fr": smtpError(451, "Try again later"),
		"full@exemple.fr": smtpError(552, "Mailbox full"), "ok@exemple.fr": nil}
	s := &mailtest.Server{Reply: func(to string) error { return replies[to] }}
	p := post(t, s.Start(t), "smtp", mailtest.User, mailtest.Password)
	for to, want := range map[string]Cause{"nobody@exemple.fr": CauseAddress, "grey@exemple.fr": "", "full@exemple.fr": CauseSize, "not an address": CauseAddress} {
		l := letter
		l.To = to
		err := p.Send(t.Context(), l, free)
		var r *Refusal
		switch {
		case err == nil:
			t.Errorf("%s was taken", to)
		case errors.As(err, &r) != (want != "") || r != nil && r.Cause != want:
			t.Errorf("%s: %v, want %q", to, err, want)
		case to == "nobody@exemple.fr" && r.Reply != "550 5.1.1 User unknown" && !strings.Contains(r.Reply, "User unknown"):
			t.Errorf("the server said %q", r.Reply)
		}
	}
	replies["grey@exemple.fr"] = nil
	l := letter
	l.To = "grey@exemple.fr"
	if err := p.Send(t.Context(), l, free); err != nil {
		t.Errorf("the second time: %v", err)
	}
	if n := len(s.Deliveries()); n != 1 {
		t.Errorf("%d letters arrived", n)
	}
}

// TestWhatIsTheInstallationsFaultMayPass: a wrong password, a certificate that is not trusted, a server that is away, and one that is too slow.
func TestWhatIsTheInstallationsFaultMayPass(t *testing.T) {
	s := (&mailtest.Server{}).Start(t)
	away := &mailtest.Server{Addr: "127.0.0.1:1", Client: s.Client}
	slow := (&mailtest.Server{Delay: 3 * time.Second}).Start(t)
	stranger := (&mailtest.Server{}).Start(t)
	stranger.Client = s.Client
	for name, p := range map[string]Post{"wrong password": post(t, s, "smtp", mailtest.User, "wrong"), "not trusted": post(t, stranger, "smtp", mailtest.User, mailtest.Password),
		"away": post(t, away, "smtp", mailtest.User, mailtest.Password), "slow": post(t, slow, "smtp", mailtest.User, mailtest.Password)} {
		var r *Refusal
		if err := p.Send(t.Context(), letter, free); err == nil || errors.As(err, &r) || errors.Is(err, ErrDoubt) != (name == "slow") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestALetterThatIsHeldBackDoesNotArrive(t *testing.T) {
	s := (&mailtest.Server{}).Start(t)
	back := errors.New("held back")
	if err := post(t, s, "smtp", mailtest.User, mailtest.Password).Send(t.Context(), letter, func() error { return back }); err == nil {
		t.Error("it went")
	}
	if n := len(s.Deliveries()); n != 0 {
		t.Errorf("%d letters arrived", n)
	}
}

func TestTooLarge(t *testing.T) {
	p, err := Open("folder://"+t.TempDir(), from)
	if err != nil {
		t.Fatal(err)
	}
	l := letter
	l.Attachments = []Attachment{{Name: "large", Type: "application/pdf", Content: bytes.Repeat([]byte("x"), MaxSize)}}
	var r *Refusal
	if err := p.Send(t.Context(), l, free); !errors.As(err, &r) || r.Cause != CauseSize {
		t.Errorf("%v", err)
	}
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	s := (&mailtest.Server{Delay: time.Second}).Start(t)
	ctx, stop := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer stop()
	if err := post(t, s, "smtp", mailtest.User, mailtest.Password).Send(ctx, letter, free); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

func TestFolderKeepsALetterOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mail")
	p, err := Open("folder://"+dir, from)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := p.Send(t.Context(), letter, free); err != nil {
			t.Fatal(err)
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 || files[0].Name() != "0192-abc.eml" {
		t.Fatalf("%v, %v", files, err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "0192-abc.eml"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := stdmail.ReadMessage(bytes.NewReader(b)); err != nil {
		t.Error(err)
	}
}

func TestAddressesOfThePost(t *testing.T) {
	for _, x := range [][2]string{{"ftp://host", from}, {"smtp://host:x", from}, {"folder://", from}, {"smtp://host", "no address"}, {"smtp://host?timeout=x", from}} {
		if _, err := Open(x[0], x[1]); err == nil {
			t.Errorf("%v is taken", x)
		}
	}
	if _, err := Open("smtp://user:pa%ss@host", from); err == nil || strings.Contains(err.Error(), "pa%ss") {
		t.Errorf("the password is told: %v", err)
	}
}
