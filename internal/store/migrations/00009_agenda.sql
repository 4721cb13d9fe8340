-- +goose Up

-- What an item was suggested by, so that it is not suggested again: "follow-up/ID"; '' where somebody thought of it.
ALTER TABLE agenda_item ADD COLUMN source TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE agenda_item DROP COLUMN source;
