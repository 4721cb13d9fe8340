package store

import (
	"context"
	"encoding/json"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/sqldb"
)

// attachmentSetting is the key of what the installation admits as a document.
const attachmentSetting = "attachment"

// AttachmentLimits reads what the installation admits as a document, and at which version; where nobody has set it, the
// default at version 0.
func (s *Store) AttachmentLimits(ctx context.Context) (governance.AttachmentLimits, int64, error) {
	return attachmentLimits(ctx, s.db)
}

func attachmentLimits(ctx context.Context, q sqldb.Queryer) (governance.AttachmentLimits, int64, error) {
	var value json.RawMessage
	var version int64
	err := sqldb.Classify(q.QueryRow(ctx, `SELECT value, version FROM installation_setting WHERE key = $1`, attachmentSetting).Scan(rawJSON{&value}, &version))
	if fault.Is(err, fault.NotFound) {
		return governance.DefaultAttachmentLimits(), 0, nil
	}
	var l governance.AttachmentLimits
	if err == nil {
		err = json.Unmarshal(value, &l)
	}
	return l, version, fault.Wrap(err, "store.setting", attachmentSetting)
}

// SetAttachmentLimits sets what the installation admits as a document; version is the one that was read. Documents that are
// kept already stay. The journal of the installation tells of it.
func (s *Store) SetAttachmentLimits(ctx context.Context, by Actor, version int64, l governance.AttachmentLimits) error {
	err := s.change(ctx, installation, func(led *ledger) error {
		before, now, err := attachmentLimits(ctx, led.tx)
		if err != nil {
			return err
		}
		if now != version {
			return &fault.Error{Kind: fault.Conflict, Message: fault.Say("store.setting.conflict"), Err: &ConflictError[governance.AttachmentLimits]{before}}
		}
		if err := l.Check(); err != nil {
			return err
		}
		value, err := json.Marshal(l)
		if err != nil {
			return err
		}
		_, err = led.tx.Exec(ctx, `INSERT INTO installation_setting (key, value, version) VALUES ($1, $2, $3)
			ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = excluded.version`, attachmentSetting, string(value), version+1)
		if err != nil {
			return err
		}
		return led.record(ctx, by, event{subject: "setting", verb: "update", key: attachmentSetting, label: attachmentSetting, before: before, after: l})
	})
	return fault.Wrap(err, "store.setting.update", attachmentSetting)
}
