-- A search counts what it found by reading the folded names alone. PostgreSQL needs no such index, and limits the length of
-- what one may hold.

-- +goose Up
CREATE INDEX organization_folded ON organization (space_id, folded);
CREATE INDEX person_folded ON person (space_id, folded);

-- +goose Down
DROP INDEX person_folded;
DROP INDEX organization_folded;
