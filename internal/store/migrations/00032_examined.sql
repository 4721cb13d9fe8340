-- +goose Up
ALTER TABLE proposal ADD COLUMN examined BOOLEAN NOT NULL DEFAULT FALSE; -- by the committee in whose name it is made
UPDATE proposal SET examined = TRUE WHERE committee <> ''; -- those on their way keep it
ALTER TABLE committee_custom ADD COLUMN skip_august BOOLEAN NOT NULL DEFAULT TRUE;

-- +goose Down
ALTER TABLE committee_custom DROP COLUMN skip_august;
ALTER TABLE proposal DROP COLUMN examined;
