-- +goose Up

-- What an answer was given for, so that a meeting that moves asks again without losing what was said.
ALTER TABLE attendance ADD COLUMN declined TEXT NOT NULL DEFAULT '[]'; -- JSON: substitutes who cannot sit
ALTER TABLE attendance ADD COLUMN former_answer TEXT NOT NULL DEFAULT '';
ALTER TABLE attendance ADD COLUMN for_day TEXT NOT NULL DEFAULT '';
ALTER TABLE attendance ADD COLUMN for_time TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE attendance DROP COLUMN for_time;
ALTER TABLE attendance DROP COLUMN for_day;
ALTER TABLE attendance DROP COLUMN former_answer;
ALTER TABLE attendance DROP COLUMN declined;
