package auth

import (
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
)

// SessionLifetime is how long after sign-in a session ends: a working day. There is no shorter limit for a reader who
// rests, because to move it would write to the database at every page.
const SessionLifetime = 12 * time.Hour

// NewSessions makes the manager of browser sessions over a table of them. With secure, which is for every installation
// behind HTTPS, the cookie is bound to the host (__Host-) and never sent in clear.
func NewSessions(store scs.CtxStore, secure bool) *scs.SessionManager {
	m := scs.New()
	m.Store = store
	m.HashTokenInStore = true
	m.Lifetime = SessionLifetime
	m.Cookie.Name = "entente"
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteLaxMode // a link in a mail must find the reader signed in
	m.Cookie.Path = "/"
	if secure {
		m.Cookie.Name, m.Cookie.Secure = "__Host-entente", true
	}
	return m
}
