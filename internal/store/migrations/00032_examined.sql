-- +goose Up
ALTER TABLE proposal ADD COLUMN examined BOOLEAN NOT NULL DEFAULT FALSE; -- by the committee in whose name it is made
UPDATE proposal SET examined = TRUE WHERE committee <> ''; -- those on their way keep it

-- +goose Down
ALTER TABLE proposal DROP COLUMN examined;
