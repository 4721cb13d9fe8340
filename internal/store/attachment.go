package store

import (
	"context"
	"errors"
	"io"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/sqldb"
)

// MaxAttachments is how many documents one thing may have.
const MaxAttachments = 100

var attachments = aggregate[governance.Attachment]{
	subject: "attachment",
	table:   "attachment",
	columns: "owner_kind, owner_id, name, file_name, file_type, file_size, file_digest, rank, added_at, audience",
	ident:   func(a *governance.Attachment) (*string, *int64) { return &a.ID, &a.Version },
	fields: func(a *governance.Attachment) []any {
		return []any{&a.Owner, &a.OwnerID, &a.Name, &a.FileName, &a.Type, &a.Size, &a.Digest, &a.Rank, &a.AddedAt, &a.Audience}
	},
	label: func(_ context.Context, _ *ledger, a governance.Attachment) (string, error) { return a.Name, nil },
	check: func(ctx context.Context, l *ledger, a governance.Attachment) error {
		if err := a.Check(); err != nil {
			return err
		}
		return ownerExists(ctx, l.tx, l.space, a.Owner, a.OwnerID)
	},
}

// ownerTables names the table of each kind of thing that documents may be attached to. A kind that has a table here also
// lists hasAttachments among what refers to it.
var ownerTables = map[governance.OwnerKind]string{
	governance.OwnerMeeting:    "meeting",
	governance.OwnerAgendaItem: "agenda_item",
	governance.OwnerProposal:   "proposal",
	governance.OwnerMinutes:    "meeting_minutes",
	governance.OwnerEvidence:   "evidence",
}

// hasAttachments keeps a thing from being removed while documents are attached to it.
var hasAttachments = reference{"attachment", "owner_id", "store.attachment.attached"}

// ownerExists refuses what hangs on nothing; a thing that is not there, or of a kind without table, is NotFound.
func ownerExists(ctx context.Context, q sqldb.Queryer, space string, kind governance.OwnerKind, id string) error {
	table, ok := ownerTables[kind]
	if !ok {
		return notFound("store.attachment.owner", string(kind))
	}
	var n int
	if err := q.QueryRow(ctx, "SELECT count(*) FROM "+table+" WHERE space_id = $1 AND id = $2", space, id).Scan(&n); err != nil {
		return sqldb.Classify(err)
	}
	if n == 0 {
		return notFound("store.attachment.owner", id)
	}
	return nil
}

// Attach attaches a document to the thing that a names, after those that it has. Size, digest, place and day are found
// here, whatever a says of them. The content is read twice from its beginning, never wholly in memory, and written in
// several short transactions; the attachment, its entry in the journal and the completeness of the content stand or fall
// together in the last. A content that the space has already is not kept again.
func (sp *Space) Attach(ctx context.Context, by Actor, a governance.Attachment, content io.ReadSeeker) (governance.Attachment, error) {
	made, err := sp.attach(ctx, by, a, content)
	return made, fault.Wrap(err, "store.attach", a.FileName)
}

// attachTries is how often the content is written in short transactions where others remove it between its writing and the
// last transaction; after that it is written in the last.
const attachTries = 2

func (sp *Space) attach(ctx context.Context, by Actor, a governance.Attachment, content io.ReadSeeker) (governance.Attachment, error) {
	var err error
	if a.Digest, a.Size, err = digestOf(content); err != nil {
		return a, err
	}
	if err = a.Check(); err == nil {
		err = ownerExists(ctx, sp.q(), sp.id, a.Owner, a.OwnerID)
	}
	if err != nil {
		return a, err
	}
	try := func(sp *Space) error {
		if err := sp.writeFile(ctx, a.Digest, a.Size, content); err != nil {
			return err
		}
		return sp.change(ctx, func(l *ledger) error { return fasten(ctx, l, by, &a) })
	}
	for range attachTries {
		if err = try(sp); !errors.Is(err, errFileGone) {
			return a, err
		}
	}
	return a, sp.Together(ctx, try)
}

// fasten is the last transaction: the content is complete, and the attachment is there.
func fasten(ctx context.Context, l *ledger, by Actor, a *governance.Attachment) error {
	if err := completeFile(ctx, l.tx, l.space, a.Digest, a.Size); err != nil {
		return err
	}
	var n int
	err := l.tx.QueryRow(ctx, `SELECT count(*), COALESCE(MAX(rank), 0) + 1 FROM attachment WHERE space_id = $1 AND owner_kind = $2 AND owner_id = $3`,
		l.space, string(a.Owner), a.OwnerID).Scan(&n, &a.Rank)
	if err != nil {
		return sqldb.Classify(err)
	}
	if n >= MaxAttachments {
		var f fault.Fields
		f.Add("file", "store.attachment.too-many", "count", MaxAttachments)
		return f.Err()
	}
	a.AddedAt = l.at
	return attachments.add(ctx, l, by, a)
}

// Attachment reads one attachment.
func (sp *Space) Attachment(ctx context.Context, id string) (governance.Attachment, error) {
	return attachments.get(ctx, sp.q(), sp.id, id)
}

// Attachments lists what is attached to a thing, in order.
func (sp *Space) Attachments(ctx context.Context, kind governance.OwnerKind, id string) ([]governance.Attachment, error) {
	return attachments.find(ctx, sp, "AND owner_kind = $2 AND owner_id = $3 ORDER BY rank, id", string(kind), id)
}

// AttachmentsByOwner lists what is attached to several things of a kind, in order, by the identifier of the thing.
func (sp *Space) AttachmentsByOwner(ctx context.Context, kind governance.OwnerKind, ids ...string) (map[string][]governance.Attachment, error) {
	out := map[string][]governance.Attachment{}
	if len(ids) == 0 {
		return out, nil
	}
	marks, args := sqldb.In(3, ids)
	list, err := attachments.find(ctx, sp, "AND owner_kind = $2 AND owner_id IN ("+marks+") ORDER BY rank, id", append([]any{string(kind)}, args...)...)
	for _, a := range list {
		out[a.OwnerID] = append(out[a.OwnerID], a)
	}
	return out, err
}

// counted is how many attachments a thing has.
type counted struct {
	id string
	n  int
}

// AttachmentCounts tells how many documents each thing of a kind has, by identifier: those for whoever reads it, and,
// where working says so, the working papers too. Things without any are left out.
func (sp *Space) AttachmentCounts(ctx context.Context, kind governance.OwnerKind, working bool) (map[string]int, error) {
	text := `SELECT owner_id, count(*) FROM attachment WHERE space_id = $1 AND owner_kind = $2`
	args := []any{sp.id, string(kind)}
	if !working {
		text, args = text+` AND audience = $3`, append(args, string(governance.ForSpace))
	}
	rows, err := sp.q().Query(ctx, text+` GROUP BY owner_id`, args...)
	if err != nil {
		return nil, fault.Wrap(err, "store.attachment.counts", string(kind))
	}
	list, err := collect(rows, func(c *counted) []any { return []any{&c.id, &c.n} })
	out := make(map[string]int, len(list))
	for _, c := range list {
		out[c.id] = c.n
	}
	return out, fault.Wrap(err, "store.attachment.counts", string(kind))
}

// UpdateAttachment changes the title, the file name or the audience of an attachment that was read at a version; what fn
// does to the rest is passed over.
func (sp *Space) UpdateAttachment(ctx context.Context, by Actor, id string, version int64, fn func(*governance.Attachment) error) (governance.Attachment, error) {
	return attachments.update(ctx, sp, by, id, version, func(a *governance.Attachment) error {
		stays := *a
		err := fn(a)
		stays.Name, stays.FileName, stays.Audience = a.Name, a.FileName, a.Audience
		*a = stays
		return err
	})
}

// MoveAttachment puts an attachment one place before or after where it stands among those of its owner. At the end of the
// list nothing changes.
func (sp *Space) MoveAttachment(ctx context.Context, by Actor, id string, up bool) error {
	err := sp.Together(ctx, func(sp *Space) error {
		a, err := sp.Attachment(ctx, id)
		if err != nil {
			return err
		}
		list, err := sp.Attachments(ctx, a.Owner, a.OwnerID)
		if err != nil {
			return err
		}
		b, found := neighbour(list, id, up)
		if !found {
			return nil
		}
		for _, x := range []struct {
			of   governance.Attachment
			rank int64
		}{{a, b.Rank}, {b, a.Rank}} {
			set := func(y *governance.Attachment) error { y.Rank = x.rank; return nil }
			if _, err := attachments.update(ctx, sp, by, x.of.ID, x.of.Version, set); err != nil {
				return err
			}
		}
		return nil
	})
	return fault.Wrap(err, "store.attachment.move", id)
}

// neighbour is what stands before or after an attachment in a list.
func neighbour(list []governance.Attachment, id string, up bool) (governance.Attachment, bool) {
	step := 1
	if up {
		step = -1
	}
	for i := range list {
		if j := i + step; list[i].ID == id && j >= 0 && j < len(list) {
			return list[j], true
		}
	}
	return governance.Attachment{}, false
}

// RemoveAttachment takes away an attachment that was read at a version, and with the last one of a content the content
// itself. The journal keeps what it was called, and its digest.
func (sp *Space) RemoveAttachment(ctx context.Context, by Actor, id string, version int64) error {
	err := sp.Together(ctx, func(sp *Space) error {
		a, err := sp.Attachment(ctx, id)
		if err != nil {
			return err
		}
		if err := attachments.remove(ctx, sp, by, id, version); err != nil {
			return err
		}
		return dropUnused(ctx, sp.open.tx, sp.id, a.Digest)
	})
	return fault.Wrap(err, "store.attachment.remove", id)
}
