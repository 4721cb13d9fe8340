package config_test

import (
	"testing"

	. "entente/internal/config"
)

func TestAddressesAndCookies(t *testing.T) {
	for _, x := range []struct {
		config          Config
		url             string
		secure, cookies bool
	}{
		{Config{Listen: "localhost:8080"}, "http://localhost:8080/connexion", false, true},
		{Config{Listen: "127.0.0.1:80"}, "http://127.0.0.1:80/connexion", false, true},
		{Config{Listen: "[::1]:80"}, "http://[::1]:80/connexion", false, true},
		{Config{Listen: "0.0.0.0:8080"}, "http://0.0.0.0:8080/connexion", false, false},
		{Config{Listen: "0.0.0.0:8080", Address: "https://entente.example.fr/"}, "https://entente.example.fr/connexion", true, true},
		{Config{Listen: "0.0.0.0:8080", Address: "http://entente.example.fr"}, "http://entente.example.fr/connexion", false, false},
		{Config{Address: "://"}, ":///connexion", false, false},
	} {
		if got := x.config.URL("/connexion"); got != x.url && x.config.Address != "://" {
			t.Errorf("%+v: %s, want %s", x.config, got, x.url)
		}
		if x.config.Secure() != x.secure || x.config.SecureCookies() != x.cookies {
			t.Errorf("%+v: over TLS %v, secure cookies %v", x.config, x.config.Secure(), x.config.SecureCookies())
		}
	}
}

func TestSender(t *testing.T) {
	for _, x := range []struct {
		config Config
		want   string
	}{
		{Config{Listen: "localhost:8080"}, "Entente <entente@localhost>"},
		{Config{Listen: "0.0.0.0:80", Address: "https://entente.example.fr/"}, "Entente <entente@entente.example.fr>"},
		{Config{Address: "https://entente.example.fr", MailFrom: "PST <pst@example.fr>"}, "PST <pst@example.fr>"},
	} {
		if got := x.config.Sender(); got != x.want {
			t.Errorf("%+v: %s, want %s", x.config, got, x.want)
		}
	}
}
