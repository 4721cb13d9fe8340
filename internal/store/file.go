package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"time"

	"entente/internal/fault"
	"entente/internal/sqldb"
)

// The content of documents. chunkSize is what one row holds; batchSize is what one transaction writes: on SQLite others
// wait for it no longer than that takes.
const (
	chunkSize = 256 << 10
	batchSize = 8 * chunkSize
)

// abandoned is how long a file that is not complete is left alone after something of it was written.
const abandoned = 24 * time.Hour

// errFileGone says that a content was removed while it was being written.
var errFileGone = errors.New("the content was removed meanwhile")

// digestOf reads a content once: its SHA-256 and its size.
func digestOf(content io.ReadSeeker) (digest string, size int64, err error) {
	if _, err = content.Seek(0, io.SeekStart); err != nil {
		return "", 0, err
	}
	h := sha256.New()
	size, err = io.Copy(h, content)
	return hex.EncodeToString(h.Sum(nil)), size, err
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// chunks is how many rows a size takes.
func chunks(size int64) int64 { return (size + chunkSize - 1) / chunkSize }

// brief runs fn in a short transaction of its own; in that of Together where there is one.
func (sp *Space) brief(ctx context.Context, fn func(*sqldb.Tx) error) error {
	if sp.open != nil {
		return fn(sp.open.tx)
	}
	return sp.store.db.Write(ctx, fn)
}

// writeFile brings a content into the space, unless it is there. Several may write the same content at once: each fills in
// what is missing.
func (sp *Space) writeFile(ctx context.Context, digest string, size int64, content io.ReadSeeker) error {
	complete := false
	err := sp.brief(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO file (space_id, digest, size, complete, touched_at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (space_id, digest) DO NOTHING`, sp.id, digest, size, false, sp.store.now())
		if err != nil {
			return err
		}
		complete, err = sp.touchFile(ctx, tx, digest)
		return err
	})
	if err != nil || complete {
		return err
	}
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return err
	}
	batch := make([]byte, min(size, batchSize))
	for seq := int64(0); seq < chunks(size); seq += batchSize / chunkSize {
		n, err := io.ReadFull(content, batch)
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return fmt.Errorf("reading the content of %s: %w", digest, err)
		}
		if complete, err := sp.writeBatch(ctx, digest, seq, batch[:n]); err != nil || complete {
			return err
		}
	}
	return nil
}

// touchFile locks the row of a file, notes that it is being written, and tells whether it is complete.
func (sp *Space) touchFile(ctx context.Context, tx *sqldb.Tx, digest string) (complete bool, err error) {
	n, err := tx.Exec(ctx, `UPDATE file SET touched_at = $3 WHERE space_id = $1 AND digest = $2`, sp.id, digest, sp.store.now())
	if err != nil {
		return false, err
	}
	if n == 0 {
		return false, errFileGone
	}
	err = tx.QueryRow(ctx, `SELECT complete FROM file WHERE space_id = $1 AND digest = $2`, sp.id, digest).Scan(&complete)
	return complete, sqldb.Classify(err)
}

// writeBatch writes the chunks of a part of a content, the first of which has a number.
func (sp *Space) writeBatch(ctx context.Context, digest string, seq int64, data []byte) (complete bool, err error) {
	err = sp.brief(ctx, func(tx *sqldb.Tx) error {
		var err error
		if complete, err = sp.touchFile(ctx, tx, digest); err != nil || complete {
			return err
		}
		for i := 0; i < len(data); i += chunkSize {
			chunk := data[i:min(i+chunkSize, len(data))]
			_, err := tx.Exec(ctx, `INSERT INTO file_chunk (space_id, digest, seq, sum, data) VALUES ($1, $2, $3, $4, $5)
				ON CONFLICT (space_id, digest, seq) DO NOTHING`, sp.id, digest, seq+int64(i/chunkSize), sumOf(chunk), chunk)
			if err != nil {
				return err
			}
		}
		return nil
	})
	return complete, err
}

// completeFile marks a content whose chunks are all there; errFileGone where they are not.
func completeFile(ctx context.Context, tx *sqldb.Tx, space, digest string, size int64) error {
	n, err := tx.Exec(ctx, `UPDATE file SET complete = $4 WHERE space_id = $1 AND digest = $2 AND size = $3 AND
		(complete OR (SELECT count(*) FROM file_chunk WHERE space_id = $1 AND digest = $2) = $5)`, space, digest, size, true, chunks(size))
	if err == nil && n == 0 {
		err = errFileGone
	}
	return err
}

// dropUnused deletes a content to which nothing refers any more.
func dropUnused(ctx context.Context, tx *sqldb.Tx, space, digest string) error {
	var n int
	if err := tx.QueryRow(ctx, `SELECT count(*) FROM attachment WHERE space_id = $1 AND file_digest = $2`, space, digest).Scan(&n); err != nil || n > 0 {
		return sqldb.Classify(err)
	}
	return dropFile(ctx, tx, space, digest)
}

func dropFile(ctx context.Context, tx *sqldb.Tx, space, digest string) error {
	if _, err := tx.Exec(ctx, `DELETE FROM file_chunk WHERE space_id = $1 AND digest = $2`, space, digest); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM file WHERE space_id = $1 AND digest = $2`, space, digest)
	return err
}

// fileKey names a file of any space.
type fileKey struct{ space, digest string }

// sweepFiles deletes what arrived only in part and was abandoned: each in a transaction of its own.
func (s *Store) sweepFiles(ctx context.Context) error {
	before := s.now().Add(-abandoned)
	rows, err := s.db.Query(ctx, `SELECT space_id, digest FROM file WHERE complete = $1 AND touched_at < $2`, false, before)
	if err != nil {
		return err
	}
	list, err := collect(rows, func(k *fileKey) []any { return []any{&k.space, &k.digest} })
	for _, k := range list {
		err = s.db.Write(ctx, func(tx *sqldb.Tx) error {
			// Locks the row: an upload that has come back to life meanwhile has touched it.
			n, err := tx.Exec(ctx, `UPDATE file SET touched_at = touched_at WHERE space_id = $1 AND digest = $2 AND complete = $3 AND touched_at < $4`,
				k.space, k.digest, false, before)
			if err != nil || n == 0 {
				return err
			}
			return dropFile(ctx, tx, k.space, k.digest)
		})
		if err != nil {
			return err
		}
	}
	return err
}

// File reads the content of a document piece by piece. It is an io.ReadSeeker, for one reader at a time. Each chunk is
// compared with its digest before anything of it is given out, and whoever reads all of it from the beginning never gets
// the last chunk of a content that is not what its digest says.
type File struct {
	ctx    context.Context //nolint:containedctx // io.Reader leaves no other way to end with the request
	space  *Space
	digest string
	size   int64
	at     int64
	seq    int64 // of chunk; -1 before the first
	chunk  []byte
	whole  hash.Hash
	hashed int64 // chunks that whole has seen, from the first
	err    error
}

// OpenFile opens the content with a digest, for as long as ctx lasts. What is not complete is not there.
func (sp *Space) OpenFile(ctx context.Context, digest string) (*File, error) {
	f := &File{ctx: ctx, space: sp, digest: digest, seq: -1, whole: sha256.New()}
	err := sp.q().QueryRow(ctx, `SELECT size FROM file WHERE space_id = $1 AND digest = $2 AND complete = $3`, sp.id, digest, true).Scan(&f.size)
	return f, fault.Wrap(sqldb.Classify(err), "store.file", digest)
}

// Size is the size in bytes.
func (f *File) Size() int64 { return f.size }

// Err is why reading failed, nil while it has not: for those that read through a function that keeps the reason to itself.
func (f *File) Err() error { return f.err }

// Seek implements io.Seeker.
func (f *File) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += f.at
	case io.SeekEnd:
		offset += f.size
	}
	if offset < 0 {
		return f.at, errors.New("store: a place before the beginning of a file")
	}
	f.at = offset
	return offset, nil
}

// Read implements io.Reader.
func (f *File) Read(p []byte) (int, error) {
	if f.err != nil {
		return 0, f.err
	}
	if f.at >= f.size {
		return 0, io.EOF
	}
	if seq := f.at / chunkSize; seq != f.seq {
		if f.err = f.load(seq); f.err != nil {
			return 0, f.err
		}
	}
	n := copy(p, f.chunk[f.at-f.seq*chunkSize:])
	f.at += int64(n)
	return n, nil
}

// load reads a chunk and proves it.
func (f *File) load(seq int64) error {
	f.seq = -1
	sum, err := f.fetch(seq)
	if err != nil {
		return fault.Wrap(err, "store.file.read", f.digest)
	}
	if int64(len(f.chunk)) != min(chunkSize, f.size-seq*chunkSize) || sumOf(f.chunk) != sum {
		return f.damaged(seq)
	}
	if seq == 0 {
		f.whole.Reset()
		f.hashed = 0
	}
	if seq == f.hashed {
		f.whole.Write(f.chunk)
		f.hashed++
		if f.hashed == chunks(f.size) && hex.EncodeToString(f.whole.Sum(nil)) != f.digest {
			return f.damaged(seq)
		}
	}
	f.seq = seq
	return nil
}

// fetch reads a chunk into the place of the one before: a large document leaves little to collect.
func (f *File) fetch(seq int64) (sum string, err error) {
	rows, err := f.space.q().Query(f.ctx, `SELECT sum, data FROM file_chunk WHERE space_id = $1 AND digest = $2 AND seq = $3`, f.space.id, f.digest, seq)
	if err != nil {
		return "", err
	}
	defer rows.Close() //nolint:errcheck // the error of rows.Err covers it
	var data sql.RawBytes
	if rows.Next() {
		err = rows.Scan(&sum, &data)
		f.chunk = append(f.chunk[:0], data...)
		return sum, err
	}
	if err := rows.Err(); err != nil {
		return "", sqldb.Classify(err)
	}
	return "", notFound("store.file.read", f.digest)
}

func (f *File) damaged(seq int64) error {
	return fault.Of(fault.Internal, fmt.Errorf("chunk %d is not what was written: the content is damaged", seq), "store.file.read", f.digest)
}
