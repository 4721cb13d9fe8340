package web

import (
	"context"
	"net/http"
	"time"

	"entente/internal/auth"
	"entente/internal/fault"
	"entente/internal/store"
	"entente/internal/web/view"
)

// More keys of the session.
const (
	keyStamp  = "stamp"   // of the password with which the session began
	keyByLink = "by-link" // when the session began with a personal link, in seconds
)

// linkTrust is how long after sign-in by a personal link a new password can be chosen without the present one: whoever has
// forgotten theirs comes that way, and a session left open must not do the same for somebody else.
const linkTrust = 30 * time.Minute

// cameByLink tells that the session began with a personal link a short while ago.
func (s *Server) cameByLink(v *visit) bool {
	at := s.sessions.GetInt64(v.Context(), keyByLink)
	return at != 0 && v.now.Sub(time.Unix(at, 0)) < linkTrust
}

// sessionString reads a value of the session; empty where it has none.
func (s *Server) sessionString(r *http.Request, key string) string {
	return s.sessions.GetString(r.Context(), key)
}

// whoAsks reads the account that the session belongs to. A session whose account was closed, or whose password was changed
// elsewhere since, ends here.
func (s *Server) whoAsks(ctx context.Context) (a store.Account, signedIn bool, err error) {
	id := s.sessions.GetString(ctx, keyAccount)
	if id == "" {
		return a, false, nil
	}
	a, err = s.store.Account(ctx, id)
	switch {
	case fault.Is(err, fault.NotFound):
	case err != nil:
		return a, false, err
	case !a.Disabled() && s.sessions.GetString(ctx, keyStamp) == stamp(a):
		return a, true, nil
	}
	return store.Account{}, false, fault.Wrap(s.sessions.Destroy(ctx), "web.session", "")
}

// stamp is what tells sessions of an older password from those of the present one. It says nothing of either.
func stamp(a store.Account) string { return auth.HashSecret(a.ID + a.PasswordHash) }

// enter opens a session for an account. Its token is new, so that nobody can have prepared it.
func (s *Server) enter(ctx context.Context, a store.Account, byLink bool) error {
	if err := s.sessions.RenewToken(ctx); err != nil {
		return fault.Wrap(err, "web.enter", "")
	}
	s.sessions.Put(ctx, keyAccount, a.ID)
	s.sessions.Put(ctx, keyStamp, stamp(a))
	s.sessions.Remove(ctx, keyLanguage)
	s.sessions.Remove(ctx, keyByLink)
	if byLink {
		s.sessions.Put(ctx, keyByLink, s.clock().Unix())
	}
	return nil
}

// takeNotice gives what the change before this page came to, and forgets it: a page says it once.
func (s *Server) takeNotice(ctx context.Context) *view.Notice {
	text := s.sessions.PopString(ctx, keyNotice)
	if text == "" {
		return nil
	}
	return &view.Notice{Tone: view.ToneGood, Text: text}
}
