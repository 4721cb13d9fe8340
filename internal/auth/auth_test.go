package auth

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente/internal/fault"
)

// quick are parameters that no installation uses.
var quick = Params{Memory: 64, Passes: 1, Threads: 1}

func TestHasher(t *testing.T) {
	ctx, h := t.Context(), NewHasher(quick, 2)
	hash, err := h.Hash(ctx, "correct horse")
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Fatalf("hash %q, %v", hash, err)
	}
	if again, _ := h.Hash(ctx, "correct horse"); again == hash {
		t.Error("two hashes of one password are alike: there is no salt")
	}
	tests := []struct {
		name, hash, password string
		hasher               *Hasher
		ok, rehash           bool
	}{
		{"right", hash, "correct horse", h, true, false},
		{"wrong", hash, "correct horsf", h, false, false},
		{"empty", hash, "", h, false, false},
		{"unknown account", "", "correct horse", h, false, false},
		{"parameters changed", hash, "correct horse", NewHasher(Params{Memory: 128, Passes: 1, Threads: 1}, 1), true, true},
		{"parameters changed, wrong", hash, "x", NewHasher(Params{Memory: 128, Passes: 1, Threads: 1}, 1), false, false},
	}
	for _, test := range tests {
		ok, rehash, err := test.hasher.Verify(ctx, test.hash, test.password)
		if ok != test.ok || rehash != test.rehash || err != nil {
			t.Errorf("%s: %v, %v, %v", test.name, ok, rehash, err)
		}
	}
}

// TestHasherRefuses proves that a row which somebody tampered with opens nothing and exhausts nothing.
func TestHasherRefuses(t *testing.T) {
	h := NewHasher(quick, 1)
	good := h.hash("x")
	for _, bad := range []string{"x", "$argon2id$", strings.Replace(good, "m=64", "m=99999999", 1), strings.Replace(good, "t=1", "t=99", 1),
		strings.Replace(good, "p=1", "p=0", 1), strings.Replace(good, "m=64", "m=0", 1), strings.Replace(good, "argon2id", "argon2i", 1), good[:len(good)-30], good + "$x"} {
		if ok, _, err := h.Verify(t.Context(), bad, "x"); ok || err == nil {
			t.Errorf("%q: %v, %v", bad, ok, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(NewHasher(quick, 1).dummy)
	f.Add("$argon2id$v=19$m=64,t=1,p=1$$")
	f.Fuzz(func(t *testing.T, s string) {
		if p, _, key, err := parse(s); err == nil && (!p.sane() || len(key) < 16) {
			t.Errorf("%q was accepted", s)
		}
	})
}

// TestUnknownAccount proves that an unknown account costs as much work as a wrong password, not how long it takes here.
func TestUnknownAccount(t *testing.T) {
	h := NewHasher(quick, 1)
	p, salt, key, err := parse(h.dummy)
	if err != nil || p != h.params || len(salt) != saltSize || len(key) != keySize {
		t.Errorf("the stand-in hash has other parameters: %+v, %v", p, err)
	}
}

func TestHasherBounded(t *testing.T) {
	h := NewHasher(quick, 1)
	h.slots <- struct{}{}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := h.Hash(ctx, "x"); !errors.Is(err, context.DeadlineExceeded) || !fault.Is(err, fault.Unavailable) {
		t.Errorf("with no slot free: %v", err)
	}
	if _, _, err := h.Verify(ctx, "", "x"); !fault.Is(err, fault.Unavailable) {
		t.Errorf("with no slot free: %v", err)
	}
}

func TestCheckPassword(t *testing.T) {
	for _, test := range []struct{ password, key string }{
		{"", "store.password.short"}, {"onze signes", "store.password.short"}, {"douze signes", ""},
		{"éééàààùùùîîî", ""}, {"ADA.EXEMPLE@exemple.fr", "store.password.email"}, {"ada.exemple.longue", ""},
		{strings.Repeat("a", 20), "store.password.repeated"}, {strings.Repeat("ab", 129), "store.password.long"},
	} {
		err := CheckPassword(test.password, "ada.exemple@exemple.fr")
		var e *fault.Error
		key := ""
		if errors.As(err, &e) {
			m, _ := fault.Fields(e.Fields).On("password")
			key = m.Key
		}
		if key != test.key {
			t.Errorf("%q: %q, want %q", test.password, key, test.key)
		}
	}
}

func TestSecret(t *testing.T) {
	a, b := NewSecret(), NewSecret()
	if a == b || len(a) != 43 || HashSecret(a) == HashSecret(b) || strings.Contains(HashSecret(a), a) {
		t.Errorf("secrets %q and %q", a, b)
	}
}

func TestWait(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	limit := Limit{Max: 2, Window: 10 * time.Minute}
	ago := func(minutes ...int) []time.Time {
		var out []time.Time
		for _, m := range minutes {
			out = append(out, now.Add(-time.Duration(m)*time.Minute))
		}
		return out
	}
	for _, test := range []struct {
		attempts []time.Time
		want     time.Duration
	}{
		{nil, 0}, {ago(1), 0}, {ago(1, 2), 8 * time.Minute}, {ago(2, 1), 8 * time.Minute}, {ago(1, 9), time.Minute}, {ago(1, 10), 0}, {ago(1, 2, 3), 8 * time.Minute}, {ago(11, 12, 13), 0},
	} {
		if got := limit.Wait(test.attempts, now); got != test.want {
			t.Errorf("after %v: wait %v, want %v", test.attempts, got, test.want)
		}
	}
}

// TestWaitIsEnough proves that whoever waits as told passes, and not before.
func TestWaitIsEnough(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		limit := Limit{Max: rapid.IntRange(1, 5).Draw(t, "max"), Window: time.Duration(rapid.IntRange(1, 600).Draw(t, "window")) * time.Second}
		var attempts []time.Time
		for _, s := range rapid.SliceOfN(rapid.IntRange(0, 900), 0, 12).Draw(t, "ago") {
			attempts = append(attempts, now.Add(-time.Duration(s)*time.Second))
		}
		wait := limit.Wait(attempts, now)
		if wait < 0 || wait > limit.Window || limit.Wait(attempts, now.Add(wait)) != 0 {
			t.Errorf("wait %v", wait)
		}
		if wait > 0 && limit.Wait(attempts, now.Add(wait-1)) == 0 {
			t.Errorf("less than %v would have been enough", wait)
		}
	})
}

func TestNewSessions(t *testing.T) {
	m := NewSessions(nil, true)
	if m.Cookie.Name != "__Host-entente" || !m.Cookie.Secure || !m.Cookie.HttpOnly || m.Cookie.Path != "/" || m.Cookie.Domain != "" || !m.HashTokenInStore || m.Cookie.SameSite != http.SameSiteLaxMode {
		t.Errorf("cookie %+v", m.Cookie)
	}
	if m := NewSessions(nil, false); m.Cookie.Secure || strings.HasPrefix(m.Cookie.Name, "__Host-") {
		t.Errorf("without HTTPS: %+v", m.Cookie)
	}
}
