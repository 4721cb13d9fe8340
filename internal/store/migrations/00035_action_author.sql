-- +goose Up

-- Who has an idea keeps it until others lead it.
ALTER TABLE action ADD COLUMN author TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE action DROP COLUMN author;
