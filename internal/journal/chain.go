package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io"
	"time"
)

// form is the first bytes that go into a hash. Another manner of hashing would have another form.
const form = "entente-journal-2\n"

// Head is the end of a chain: the number of the last entry and its hash. The zero value is that of an empty journal.
type Head struct {
	Seq  int64
	Hash string
}

// Seal makes e the entry that follows prev: it cuts its instant to the microsecond in UTC, then sets Seq, Digests, Prev and
// Hash. It takes from salt a random text for each part that it digests: 128 bits at least, as crypto/rand.Text gives. The
// head after it is returned.
func Seal(prev Head, e *Entry, salt func() string) Head {
	e.At = e.At.UTC().Truncate(time.Microsecond)
	e.Seq, e.Prev = prev.Seq+1, prev.Hash
	e.Digests = Digests{Label: digest(salt, []byte(e.Label), true), Before: digest(salt, e.Before, e.Before != nil), After: digest(salt, e.After, e.After != nil)}
	e.Hash = Sum(*e)
	return Head{Seq: e.Seq, Hash: e.Hash}
}

// digest is the zero value for a part that is not there.
func digest(salt func() string, content []byte, there bool) Digest {
	if !there {
		return Digest{}
	}
	s := salt()
	return Digest{Salt: s, Sum: digestSum(s, content)}
}

func digestSum(salt string, content []byte) string {
	h := sha256.New()
	field(h, []byte(salt))
	field(h, content)
	return hex.EncodeToString(h.Sum(nil))
}

// Sum is the hash of everything in the entry but its Hash and what may be withheld, of which it covers the digests:
// SHA-256 in hexadecimal over fields that are each preceded by their length, so that no two entries give the same bytes.
// docs/operations.md describes it for other programs.
func Sum(e Entry) string {
	h := sha256.New()
	e.hashed(h)
	return hex.EncodeToString(h.Sum(nil))
}

// Hashed are the bytes that the hash of the entry is made of, so that any program can make it again.
func (e Entry) Hashed() []byte {
	var b bytes.Buffer
	e.hashed(&b)
	return b.Bytes()
}

func (e Entry) hashed(w io.Writer) {
	_, _ = io.WriteString(w, form) // neither a hash nor a buffer fails
	number(w, e.Seq)
	number(w, e.At.UnixMicro())
	d := e.Digests
	for _, s := range []string{e.Space, e.Actor, e.Name, e.For, e.Action, e.Subject, e.Key, e.Article, d.Label.Sum, d.Before.Sum, d.After.Sum, e.Prev} {
		field(w, []byte(s))
	}
}

func number(w io.Writer, n int64) { _, _ = w.Write(binary.BigEndian.AppendUint64(nil, uint64(n))) }

func field(w io.Writer, b []byte) {
	number(w, int64(len(b)))
	_, _ = w.Write(b)
}
