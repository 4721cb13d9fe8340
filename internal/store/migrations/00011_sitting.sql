-- +goose Up

-- The axis that the sitting chose for a decision, and when it left an item: who was there at that hour is its electorate.
ALTER TABLE item_record ADD COLUMN axis TEXT NOT NULL DEFAULT '';
ALTER TABLE item_record ADD COLUMN ended_at TIMESTAMP;

-- +goose Down
ALTER TABLE item_record DROP COLUMN ended_at;
ALTER TABLE item_record DROP COLUMN axis;
