-- +goose Up
ALTER TABLE proposal ADD COLUMN decided TEXT NOT NULL DEFAULT '';
ALTER TABLE proposal ADD COLUMN sort BYTEA NOT NULL DEFAULT ''; -- newest number first
CREATE INDEX proposal_sort ON proposal (space_id, sort, id);
ALTER TABLE proposal_step ADD COLUMN event TEXT NOT NULL DEFAULT '';
ALTER TABLE proposal_step ADD COLUMN day TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE proposal_step DROP COLUMN day;
ALTER TABLE proposal_step DROP COLUMN event;
DROP INDEX proposal_sort;
ALTER TABLE proposal DROP COLUMN sort;
ALTER TABLE proposal DROP COLUMN decided;
