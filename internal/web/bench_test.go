package web

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"entente/internal/config"
	"entente/internal/demo"
	"entente/internal/store"
	"entente/internal/testkit"
)

// BenchmarkPages serves the pages of the demonstration without a network; make bench measures them over one.
func BenchmarkPages(b *testing.B) {
	clock := testkit.NewClock(time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC))
	st := testkit.StoreAt(b, clock)
	if err := demo.Fill(b.Context(), st, demo.Words{Call: Letters(config.Config{}), Comments: CommentLetters(config.Config{})}); err != nil {
		b.Fatal(err)
	}
	space, err := st.SpaceBySlug(b.Context(), "etampois-sud-essonne")
	if err != nil {
		b.Fatal(err)
	}
	if err := testkit.Fill(b.Context(), st, space.ID, 500, 2000); err != nil {
		b.Fatal(err)
	}
	s := New(Options{Store: st, Config: config.Config{Address: "http://localhost"}, Clock: clock.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	account, err := st.AccountByEmail(b.Context(), "anne.ferrand@caese.example")
	if err != nil {
		b.Fatal(err)
	}
	secret, err := st.IssueToken(b.Context(), store.Token{Kind: store.SignIn, Account: account.ID, Email: account.Email}, time.Hour)
	if err != nil {
		b.Fatal(err)
	}
	enter := httptest.NewRequest(http.MethodPost, "/lien/connexion/"+secret, strings.NewReader(url.Values{}.Encode()))
	enter.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, enter)
	cookies := w.Result().Cookies()
	for _, page := range []string{"", "/convention", "/comites", "/comites/operationnel", "/obligations", "/annuaire", "/journal"} {
		b.Run("page"+page, func(b *testing.B) {
			for b.Loop() {
				r := httptest.NewRequest(http.MethodGet, "/espaces/etampois-sud-essonne"+page, nil)
				for _, c := range cookies {
					r.AddCookie(c)
				}
				w := httptest.NewRecorder()
				s.ServeHTTP(w, r)
				if w.Code != http.StatusOK {
					b.Fatal(w.Code)
				}
			}
		})
	}
}
