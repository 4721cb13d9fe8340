package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"entente/internal/fault"
)

// MinPassword and MaxPassword bound the length of a password, in characters. There is no rule on what it is made of:
// length is what protects.
const (
	MinPassword = 12
	MaxPassword = 256
)

// CheckPassword tells what is wrong with a new password, as a fault of the field "password".
func CheckPassword(password, email string) error {
	var f fault.Fields
	n := utf8.RuneCountInString(password)
	switch local, _, _ := strings.Cut(email, "@"); {
	case n < MinPassword:
		f.Add("password", "store.password.short", "min", MinPassword)
	case n > MaxPassword:
		f.Add("password", "store.password.long", "max", MaxPassword)
	case strings.EqualFold(password, email) || (len(local) >= MinPassword && strings.EqualFold(password, local)):
		f.Add("password", "store.password.email")
	case len(slices.Compact([]rune(password))) < 4:
		f.Add("password", "store.password.repeated")
	}
	return f.Err()
}

// NewSecret makes a secret of 256 bits that can stand in a link.
func NewSecret() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // it never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

// HashSecret is what is kept of a secret. It needs no salt and no slowness: the secret is random and long.
func HashSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// Limit lets Max attempts pass in any span of Window.
type Limit struct {
	Max    int
	Window time.Duration
}

// The limits of attempts to sign in: by account, so that no password is guessed; by address of origin, wider because an
// institution may share one.
var (
	AccountLimit = Limit{Max: 10, Window: 15 * time.Minute}
	AddressLimit = Limit{Max: 100, Window: 15 * time.Minute}
)

// Wait tells how long after now one more attempt may pass, given those of before; 0 lets it pass now.
func (l Limit) Wait(attempts []time.Time, now time.Time) time.Duration {
	var recent []time.Time
	for _, t := range attempts {
		if t.After(now.Add(-l.Window)) {
			recent = append(recent, t)
		}
	}
	if len(recent) < l.Max {
		return 0
	}
	slices.SortFunc(recent, time.Time.Compare)
	// When the oldest of the last Max leaves the window there is room for one.
	return recent[len(recent)-l.Max].Add(l.Window).Sub(now)
}
