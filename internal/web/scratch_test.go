package web

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"os"
	"runtime/pprof"
	"strings"
	"testing"
	"time"

	"entente/internal/config"
	"entente/internal/demo"
	"entente/internal/store"
)

func TestScratch(t *testing.T) {
	st, err := store.Open(t.Context(), os.Getenv("PROF_DB"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	srv := New(Options{Store: st, Config: config.Config{Address: siteAddress}, Clock: time.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	links, _ := demo.SignInLinks(t.Context(), st)
	jar, _ := cookiejar.New(nil)
	c := &http.Client{Transport: direct{srv}, Jar: jar}
	for _, l := range links {
		if strings.HasPrefix(l.Who.Key, "demo.role.coordinator") {
			r, _ := http.NewRequest("POST", siteAddress+"/lien/connexion/"+l.Secret, nil)
			r.Header.Set("Sec-Fetch-Site", "same-origin")
			if _, err := c.Do(r); err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	sp, _ := st.SpaceBySlug(t.Context(), "etampois-sud-essonne")
	ms, _ := st.In(sp.ID).Meetings(t.Context(), store.MeetingFilter{Committee: "strategique"})
	planned, sitting := "", ""
	for _, m := range ms {
		if m.State == "open" {
			sitting = m.ID
		}
		if m.Place == "Étampes" && m.State == "planned" {
			planned = m.ID
		}
	}
	pages := map[string]string{"home": "", "convention": "/convention", "compliance": "/obligations", "agenda": "/reunions/" + planned, "convocation": "/reunions/" + planned + "/convocation",
		"sitting": "/reunions/" + sitting + "/seance", "state": "/reunions/" + sitting + "/seance/etat?depuis=0", "screen": "/reunions/" + sitting + "/seance?ecran=oui", "decisions": "/decisions",
		"search": "/decisions?texte=genet+noisetier", "rare": "/decisions?texte=4321", "proposal": "/propositions/2026-498"}
	for _, name := range strings.Split(os.Getenv("PROF"), ",") {
		get := func() {
			r, err := c.Get(siteAddress + "/espaces/etampois-sud-essonne" + pages[name])
			if err != nil || r.StatusCode != 200 {
				t.Fatal(name, err, r.StatusCode)
			}
		}
		for range 10 {
			get()
		}
		f, _ := os.Create("/tmp/bb/" + name + ".prof")
		pprof.StartCPUProfile(f)
		begin, n := time.Now(), 0
		best := time.Hour
		for ; time.Since(begin) < 3*time.Second; n++ {
			b := time.Now()
			get()
			best = min(best, time.Since(b))
		}
		pprof.StopCPUProfile()
		f.Close()
		t.Logf("%s %.2f ms mean, %.2f best", name, float64(time.Since(begin).Microseconds())/1000/float64(n), float64(best.Microseconds())/1000)
	}
}
