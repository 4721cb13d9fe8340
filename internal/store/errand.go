package store

import (
	"context"
	"time"

	"entente/internal/fault"
	"entente/internal/job"
	"entente/internal/sqldb"
)

// JobErrand is the kind of the jobs that make a file in the background; see job.Errand.
const JobErrand = "errand"

// keepErrands is how long a file is kept for whoever asked for it.
const keepErrands = 7 * 24 * time.Hour

// MostErrands is how many an account sees, the newest first.
const MostErrands = 50

// AskErrand asks for a file, and gives the identifier of its errand.
func (sp *Space) AskErrand(ctx context.Context, e job.Errand) (id string, err error) {
	err = sp.Together(ctx, func(sp *Space) error {
		if id, err = sp.Enqueue(ctx, job.Spec{Kind: JobErrand}); err != nil {
			return err
		}
		_, err = sp.open.tx.Exec(ctx, `INSERT INTO errand (space_id, id, account_id, kind, subject_id, title, asked_at, name, media, size, content)
			VALUES ($1, $2, $3, $4, $5, $6, $7, '', '', 0, $8)`, sp.id, id, e.Account, e.Kind, e.Subject, e.Title, sp.store.now(), []byte{})
		return err
	})
	return id, fault.Wrap(err, "store.errand.ask", e.Kind)
}

const errandSelect = `SELECT e.space_id, e.id, e.account_id, e.kind, e.subject_id, e.title, e.asked_at, e.name, e.media, e.size, s.slug, s.name,
	COALESCE(j.state, 'done'), COALESCE(j.progress, 0), COALESCE(j.total, 0), COALESCE(j.word, ''), COALESCE(j.cancelled, FALSE), COALESCE(j.last_error, '')
	FROM errand e JOIN space s ON s.id = e.space_id LEFT JOIN job j ON j.space_id = e.space_id AND j.id = e.id `

func errandTargets(e *job.Errand) []any {
	return []any{&e.Space, &e.ID, &e.Account, &e.Kind, &e.Subject, &e.Title, &e.Asked, &e.Name, &e.Media, &e.Size, &e.Slug, &e.Place,
		&e.Job.State, &e.Job.Progress.Count, &e.Job.Progress.Total, &e.Job.Progress.Word, &e.Job.Stop, &e.Job.Error}
}

// Errands lists what an account has asked for, newest first.
func (s *Store) Errands(ctx context.Context, account string) ([]job.Errand, error) {
	rows, err := s.db.Query(ctx, errandSelect+`WHERE e.account_id = $1 ORDER BY e.id DESC LIMIT $2`, account, MostErrands)
	if err != nil {
		return nil, fault.Wrap(err, "store.errands", account)
	}
	list, err := collect(rows, errandTargets)
	return list, fault.Wrap(err, "store.errands", account)
}

// Errand reads what an account has asked for; that of another is NotFound.
func (s *Store) Errand(ctx context.Context, account, id string) (job.Errand, error) {
	var e job.Errand
	err := s.db.QueryRow(ctx, errandSelect+`WHERE e.account_id = $1 AND e.id = $2`, account, id).Scan(errandTargets(&e)...)
	return e, fault.Wrap(sqldb.Classify(err), "store.errand", id)
}

// ErrandOf reads what a job makes.
func (sp *Space) ErrandOf(ctx context.Context, id string) (job.Errand, error) {
	var e job.Errand
	err := sp.q().QueryRow(ctx, errandSelect+`WHERE e.space_id = $1 AND e.id = $2`, sp.id, id).Scan(errandTargets(&e)...)
	return e, fault.Wrap(sqldb.Classify(err), "store.errand", id)
}

// KeepErrand keeps the file that was made. Where whoever asked has taken the errand back, it is thrown away.
func (sp *Space) KeepErrand(ctx context.Context, id, name, media string, content []byte) error {
	err := sp.store.db.Write(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE errand SET name = $3, media = $4, size = $5, content = $6 WHERE space_id = $1 AND id = $2`,
			sp.id, id, name, media, int64(len(content)), content)
		return err
	})
	return fault.Wrap(err, "store.errand.keep", id)
}

// ErrandContent reads the file.
func (s *Store) ErrandContent(ctx context.Context, e job.Errand) ([]byte, error) {
	var content []byte
	err := s.db.QueryRow(ctx, `SELECT content FROM errand WHERE space_id = $1 AND id = $2`, e.Space, e.ID).Scan(&content)
	return content, fault.Wrap(sqldb.Classify(err), "store.errand.content", e.ID)
}

// RemoveErrand takes an errand away with its file, and stops its job.
func (s *Store) RemoveErrand(ctx context.Context, e job.Errand) error {
	if err := s.In(e.Space).StopJob(ctx, e.ID); err != nil {
		return err
	}
	err := s.db.Write(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM errand WHERE space_id = $1 AND id = $2`, e.Space, e.ID)
		return err
	})
	return fault.Wrap(err, "store.errand.remove", e.ID)
}

// sweepErrands throws away files that nobody has fetched for days.
func sweepErrands(ctx context.Context, tx *sqldb.Tx, now time.Time) error {
	_, err := tx.Exec(ctx, `DELETE FROM errand WHERE asked_at < $1`, now.Add(-keepErrands))
	return err
}
