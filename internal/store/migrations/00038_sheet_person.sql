-- +goose Up

-- The sheets of one person are sought for the file of their own data.
CREATE INDEX evaluation_sheet_person ON evaluation_sheet (space_id, person_id, id);

-- +goose Down
DROP INDEX evaluation_sheet_person;
