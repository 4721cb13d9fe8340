package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"entente/internal/auth"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/job"
	"entente/internal/post"
	"entente/internal/store"
	"entente/internal/web/view"
)

// How long the personal links are good for.
const (
	signInLinkLife = 30 * time.Minute
	invitationLife = 14 * 24 * time.Hour
)

// linkLimit bounds how many sign-in links an address may be sent: nobody's mail is to be filled by somebody else.
var linkLimit = auth.Limit{Max: 5, Window: 15 * time.Minute}

// Personal links begin thus; what follows is a secret that no log may hold.
const (
	signInLinkPath     = "/lien/connexion/"
	invitationLinkPath = "/lien/invitation/"
	installLinkPath    = "/lien/installation/"
)

// secretPath tells whether a path ends with the secret of a personal link.
func secretPath(path string) bool { return strings.HasPrefix(path, "/lien/") }

// linkAsked is the mark, in the address of the sign-in page, of a link that was asked for.
const linkAsked = "demande"

// signInForm asks who comes; whoever is signed in already is led on.
func (s *Server) signInForm(w http.ResponseWriter, v *visit) error {
	q := v.URL.Query()
	to := localPath(q.Get("retour"), "")
	if v.account != nil {
		return s.redirect(w, v, orSpaces(to), fault.Message{})
	}
	s.showSignIn(w, v, http.StatusOK, view.SignInData{Return: to, LinkSent: q.Get("lien") == linkAsked})
	return nil
}

// showSignIn shows the page of sign-in, which a change of language comes back to whichever of its forms was sent.
func (s *Server) showSignIn(w http.ResponseWriter, v *visit, status int, d view.SignInData) {
	p := v.page(v.p.T("account.sign-in.title"))
	p.Path, d.Mails = signInAddress(d.Return), s.store.Delivers()
	s.render(w, v, status, view.SignInPage(p, d))
}

// signInAddress is the page of sign-in that leads on to an address, where there is one.
func signInAddress(to string) string {
	if to == "" {
		return view.SignInPath
	}
	return view.SignInPath + "?" + url.Values{"retour": {to}}.Encode()
}

func orSpaces(to string) string {
	if to == "" {
		return view.SpacesPath
	}
	return to
}

// signIn opens a session with address and password. What it answers to a wrong password, to an address that nobody has and
// to a closed account is the same, and takes the same time.
func (s *Server) signIn(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	d := view.SignInData{Email: f.required("email"), Return: localPath(f.values.Get("retour"), "")}
	password := f.secret("password")
	if err = f.err(); err == nil {
		err = s.limited(v, "account:"+folded(d.Email), auth.AccountLimit)
	}
	var account store.Account
	if err == nil {
		account, err = s.authenticate(v, d.Email, password)
	}
	if refusable(err) {
		d.Faults, d.Message = explained(err)
		s.refuseSignIn(w, v, d, err)
		return nil
	}
	if err != nil {
		return err
	}
	return s.begin(w, v, account, d.Return, false)
}

// refusable tells an error that is said on the form itself from one that takes a page of its own.
func refusable(err error) bool { return fault.Is(err, fault.Invalid) || fault.Is(err, fault.TooMany) }

func (s *Server) refuseSignIn(w http.ResponseWriter, v *visit, d view.SignInData, err error) {
	retryAfter(w, err)
	s.showSignIn(w, v, statuses[fault.KindOf(err)], d)
}

// begin opens the session and leads to where it begins.
func (s *Server) begin(w http.ResponseWriter, v *visit, account store.Account, to string, byLink bool) error {
	if err := s.enter(v.Context(), account, byLink); err != nil {
		return err
	}
	to, err := s.landing(v, account, to)
	if err != nil {
		return err
	}
	return s.redirect(w, v, to, fault.Message{})
}

// secret is a password as it was typed, blanks and all.
func (f *form) secret(name string) string {
	p := f.values.Get(name)
	switch {
	case p == "":
		f.faults.Add(name, "fault.field.required")
	case utf8.RuneCountInString(p) > auth.MaxPassword:
		f.faults.Add(name, "fault.field.too-long", "max", auth.MaxPassword)
	}
	return p
}

// folded is an address as attempts are counted by.
func folded(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// limited counts an attempt for its subject and for the address that it comes from.
func (s *Server) limited(v *visit, subject string, limit auth.Limit) error {
	if err := s.store.Attempt(v.Context(), "address:"+s.origin(v.Request), auth.AddressLimit); err != nil {
		return err
	}
	return s.store.Attempt(v.Context(), subject, limit)
}

// retryAfter tells programs when to try again, as the page tells people.
func retryAfter(w http.ResponseWriter, err error) {
	var e *fault.Error
	if !errors.As(err, &e) || e.Kind != fault.TooMany {
		return
	}
	if minutes, ok := e.Message.Args["count"].(int); ok {
		w.Header().Set("Retry-After", strconv.Itoa(minutes*60))
	}
}

// authenticate gives the account of an address whose password this is.
func (s *Server) authenticate(v *visit, email, password string) (store.Account, error) {
	ctx := v.Context()
	account, err := s.store.AccountByEmail(ctx, email)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return account, err
	}
	known := err == nil && !account.Disabled()
	hash := ""
	if known {
		hash = account.PasswordHash
	}
	ok, rehash, err := s.hasher.Verify(ctx, hash, password)
	switch {
	case err != nil:
		return account, err
	case !ok || !known:
		return account, fault.New(fault.Invalid, "signin.refused")
	}
	if err := s.store.ClearAttempts(ctx, "account:"+folded(email)); err != nil {
		return account, err
	}
	if rehash {
		return s.rehash(v, account, password)
	}
	return account, nil
}

// rehash keeps the password anew, as slow to guess as today's hashes are.
func (s *Server) rehash(v *visit, account store.Account, password string) (store.Account, error) {
	hash, err := s.hasher.Hash(v.Context(), password)
	if err == nil {
		err = s.store.SetPassword(v.Context(), store.Actor{}, account.ID, hash)
	}
	account.PasswordHash = hash
	return account, err
}

// landing is where somebody arrives after sign-in: where they were going, else in the one space they have, else at the list.
func (s *Server) landing(v *visit, account store.Account, to string) (string, error) {
	if to != "" {
		return to, nil
	}
	mine, err := s.store.SpacesOf(v.Context(), account, store.Paging{Limit: 2})
	if err != nil || len(mine.Items) != 1 {
		return view.SpacesPath, err
	}
	return spacePath(mine.Items[0].Slug), nil
}

// signOut ends the session.
func (s *Server) signOut(w http.ResponseWriter, v *visit) error {
	if err := s.sessions.Destroy(v.Context()); err != nil {
		return fault.Wrap(err, "web.signOut", "")
	}
	return s.redirect(w, v, view.SignInPath, fault.Message{})
}

// linkTarget is what a sign-in link remembers: where whoever asked for it was going.
type linkTarget struct {
	Return string `json:"return,omitempty"`
}

// askSignInLink gives a personal link to whoever has the address. What it answers, and the work that it does, are the same
// for an address that nobody has: a link is made for it too, which nobody is given and which signs nobody in.
func (s *Server) askSignInLink(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	d := view.SignInData{LinkEmail: f.required("email"), Return: localPath(f.values.Get("retour"), "")}
	if len(f.faults) == 0 && !directory.ValidEmail(d.LinkEmail) {
		f.faults.Add("email", "fault.field.email")
	}
	if err = f.err(); err == nil {
		err = s.limited(v, "link:"+folded(d.LinkEmail), linkLimit)
	}
	if err == nil {
		err = s.giveSignInLink(v, d.LinkEmail, linkTarget{d.Return})
	}
	if refusable(err) {
		d.LinkFaults, d.LinkMessage = explained(err)
		s.refuseSignIn(w, v, d, err)
		return nil
	}
	if err != nil {
		return err
	}
	q := url.Values{"lien": {linkAsked}}
	if d.Return != "" {
		q.Set("retour", d.Return)
	}
	return s.redirect(w, v, view.SignInPath+"?"+q.Encode(), fault.Message{})
}

// giveSignInLink makes a link for an address and sends it where the address has an account that is open.
func (s *Server) giveSignInLink(v *visit, email string, target linkTarget) error {
	account, err := s.store.AccountByEmail(v.Context(), email)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	open := err == nil && !account.Disabled()
	if !open {
		account = store.Account{}
	}
	_, err = s.newSignInLink(v, "sign-in", account, target, signInLinkLife)
	return err
}

// newSignInLink makes a link that signs an account in once, and sends it by mail, or announces it where nothing leaves by mail. One
// for nobody is made too, and goes nowhere.
func (s *Server) newSignInLink(v *visit, purpose string, account store.Account, target linkTarget, life time.Duration) (string, error) {
	payload, err := json.Marshal(target)
	if err != nil {
		return "", err
	}
	token := store.Token{Kind: store.SignIn, Account: account.ID, Email: account.Email, Payload: payload}
	if s.store.Delivers() {
		secret, err := s.store.IssueTokenWith(v.Context(), token, life, func(secret string) (job.Spec, error) {
			l := post.Link{Purpose: purpose, Email: account.Email, Name: account.Name, Lang: account.Locale, Until: v.now.Add(life)}
			if account.ID != "" {
				l.Link = s.config.URL(signInLinkPath + secret)
			}
			return l.Spec("")
		})
		return s.config.URL(signInLinkPath + secret), err
	}
	secret, err := s.store.IssueToken(v.Context(), token, life)
	if err == nil && account.ID != "" {
		s.announce(purpose, account.Email, s.config.URL(signInLinkPath+secret))
	}
	return s.config.URL(signInLinkPath + secret), err
}

// signInLinkForm opens a personal link. It only shows a button: programs that look through mail open links too, and must
// not use them up.
func (s *Server) signInLinkForm(w http.ResponseWriter, v *visit) error {
	secret := v.PathValue("secret")
	token, err := s.store.PeekToken(v.Context(), store.SignIn, secret)
	if err != nil {
		return s.unusable(w, v, err)
	}
	account, err := s.openAccount(v, token)
	if err != nil {
		return s.unusable(w, v, err)
	}
	p := v.page(v.p.T("account.sign-in.title"))
	return s.show(w, v, view.LinkPage(p, view.LinkData{Action: signInLinkPath + secret, Name: account.Name}))
}

// openAccount is the account that a token belongs to. A token of nobody, or of a closed account, is as good as none.
func (s *Server) openAccount(v *visit, token store.Token) (store.Account, error) {
	account, err := s.store.Account(v.Context(), token.Account)
	if err == nil && account.Disabled() {
		err = fault.New(fault.NotFound, "store.token.unusable")
	}
	return account, err
}

// signInByLink uses a personal link up and opens a session.
func (s *Server) signInByLink(w http.ResponseWriter, v *visit) error {
	token, err := s.store.TakeToken(v.Context(), store.SignIn, v.PathValue("secret"))
	if err != nil {
		return s.unusable(w, v, err)
	}
	account, err := s.openAccount(v, token)
	if err != nil {
		return s.unusable(w, v, err)
	}
	var target linkTarget
	if err := json.Unmarshal(token.Payload, &target); err != nil {
		return fault.Of(fault.Internal, err, "web.signInByLink", "")
	}
	return s.begin(w, v, account, localPath(target.Return, ""), true)
}

// unusable answers a link that was used, has expired or never was, and says what to do; any other failure stays what it is.
func (s *Server) unusable(w http.ResponseWriter, v *visit, err error) error {
	if !fault.Is(err, fault.NotFound) {
		return err
	}
	d := view.ErrorData{Status: http.StatusNotFound, Message: fault.Say("signin.link-gone"),
		Actions: []view.Link{{Label: v.p.T("signin.go"), Href: view.SignInPath}}}
	s.render(w, v, d.Status, view.ErrorPage(v.page(v.p.T("signin.link-gone-title")), d))
	return nil
}
