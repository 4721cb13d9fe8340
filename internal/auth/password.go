// Package auth holds what proves who somebody is: passwords, secrets of links, sessions of browsers, limits of attempts.
//
// It keeps nothing: the store does. The invariants that it owns: a password is kept only as a salted hash that is slow to
// compute; an unknown account takes as long to refuse as a wrong password; no secret is kept in clear.
package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"

	"entente/internal/fault"
)

// Params say how slow a hash is. The zero value of a field is never used: take Default.
type Params struct {
	Memory  uint32 // kibibytes
	Passes  uint32
	Threads uint8
}

// Default is what OWASP advises for argon2id: 19 MiB, two passes, one thread.
var Default = Params{Memory: 19 * 1024, Passes: 2, Threads: 1}

// limits of what a stored hash may ask for: a row that somebody tampered with must not exhaust the machine.
const (
	maxMemory = 256 * 1024 // kibibytes
	maxPasses = 16
	saltSize  = 16
	keySize   = 32
)

// Hasher hashes and verifies passwords, a bounded number at once: each takes Params.Memory.
type Hasher struct {
	params Params
	slots  chan struct{}
	dummy  string
}

// NewHasher makes a hasher that computes at most parallel hashes at once.
func NewHasher(p Params, parallel int) *Hasher {
	h := &Hasher{params: p, slots: make(chan struct{}, max(1, parallel))}
	h.dummy = h.phc(random(saltSize), random(keySize)) // the hash of no password: to verify one against it costs the same
	return h
}

// Hash gives the hash of a password in PHC form, ready to be kept. It waits for a free slot, as long as ctx lets it.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	return h.hash(password), nil
}

func (h *Hasher) hash(password string) string {
	salt := random(saltSize)
	return h.phc(salt, argon2.IDKey([]byte(password), salt, h.params.Passes, h.params.Memory, h.params.Threads, keySize))
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // it never fails
	return b
}

// phc writes a hash in the form in which it is kept.
func (h *Hasher) phc(salt, key []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.params.Memory, h.params.Passes, h.params.Threads,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
}

// Verify tells whether the password is the one that was hashed, and whether it should be hashed anew because the
// parameters have changed since. With an empty hash, for an account that is unknown or has no password, it does the same
// work and says no.
func (h *Hasher) Verify(ctx context.Context, hash, password string) (ok, rehash bool, err error) {
	if err := h.enter(ctx); err != nil {
		return false, false, err
	}
	defer h.leave()
	known := hash != ""
	if !known {
		hash = h.dummy
	}
	p, salt, key, err := parse(hash)
	if err != nil {
		return false, false, err
	}
	got := argon2.IDKey([]byte(password), salt, p.Passes, p.Memory, p.Threads, uint32(len(key)))
	ok = subtle.ConstantTimeCompare(got, key) == 1 && known
	return ok, ok && p != h.params, nil
}

func (h *Hasher) enter(ctx context.Context) error {
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fault.Of(fault.Unavailable, ctx.Err(), "auth.hash", "")
	}
}

func (h *Hasher) leave() { <-h.slots }

var errHash = errors.New("auth: not a hash of ours")

// parse reads the PHC form.
func parse(hash string) (p Params, salt, key []byte, err error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return p, nil, nil, errHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.Memory, &p.Passes, &p.Threads); err != nil {
		return p, nil, nil, errHash
	}
	salt, saltErr := base64.RawStdEncoding.DecodeString(parts[4])
	key, keyErr := base64.RawStdEncoding.DecodeString(parts[5])
	if saltErr != nil || keyErr != nil || len(salt) < 8 || len(key) < 16 || len(key) > 64 || !p.sane() {
		return p, nil, nil, errHash
	}
	return p, salt, key, nil
}

func (p Params) sane() bool {
	return p.Memory >= 8 && p.Memory <= maxMemory && p.Passes >= 1 && p.Passes <= maxPasses && p.Threads >= 1
}
