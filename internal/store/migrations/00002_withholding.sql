-- +goose Up

-- Personal data can be taken out of the journal: the hash of an entry covers digests of its label and of what stood before
-- and after. Digests stay; contents and salts go when the data of a person are erased.
ALTER TABLE journal_entry ADD COLUMN label_salt TEXT NOT NULL DEFAULT '';
ALTER TABLE journal_entry ADD COLUMN label_sum TEXT NOT NULL DEFAULT '';
ALTER TABLE journal_entry ADD COLUMN before_salt TEXT NOT NULL DEFAULT '';
ALTER TABLE journal_entry ADD COLUMN before_sum TEXT NOT NULL DEFAULT ''; -- '' where nothing stood before
ALTER TABLE journal_entry ADD COLUMN after_salt TEXT NOT NULL DEFAULT '';
ALTER TABLE journal_entry ADD COLUMN after_sum TEXT NOT NULL DEFAULT ''; -- '' where nothing stood after
ALTER TABLE journal_entry ADD COLUMN withheld_by BIGINT NOT NULL DEFAULT 0; -- number of the entry of the erasure; 0 for none

ALTER TABLE person ADD COLUMN erased_by BIGINT NOT NULL DEFAULT 0; -- number of the entry of the erasure; 0 while data are kept
DROP INDEX person_sort;
CREATE INDEX person_sort ON person (space_id, erased_by, sort, id); -- lists show those whose data are kept

-- +goose Down
DROP INDEX person_sort;
ALTER TABLE person DROP COLUMN erased_by;
CREATE INDEX person_sort ON person (space_id, sort, id);
ALTER TABLE journal_entry DROP COLUMN withheld_by;
ALTER TABLE journal_entry DROP COLUMN after_sum;
ALTER TABLE journal_entry DROP COLUMN after_salt;
ALTER TABLE journal_entry DROP COLUMN before_sum;
ALTER TABLE journal_entry DROP COLUMN before_salt;
ALTER TABLE journal_entry DROP COLUMN label_sum;
ALTER TABLE journal_entry DROP COLUMN label_salt;
