-- +goose Up

-- The register of decisions is read by pages, newest first, and by what each institution thought. The sort key of a decision
-- never changes, so its positions repeat it: the decisions of one stance are then read in order from one index.
ALTER TABLE decision ADD COLUMN audience TEXT NOT NULL DEFAULT 'coordinators';
ALTER TABLE decision ADD COLUMN sort BYTEA NOT NULL DEFAULT '';
CREATE INDEX decision_sort ON decision (space_id, sort, id);

CREATE TABLE decision_position (
    space_id    TEXT NOT NULL,
    decision_id TEXT NOT NULL,
    party       TEXT NOT NULL,
    stance      TEXT NOT NULL,
    sort        BYTEA NOT NULL,
    PRIMARY KEY (space_id, decision_id, party),
    FOREIGN KEY (space_id, decision_id) REFERENCES decision (space_id, id)
);
CREATE INDEX decision_position_stance ON decision_position (space_id, party, stance, sort, decision_id);

-- Follow-ups are listed soonest first; those without a date come last.
ALTER TABLE follow_up ADD COLUMN sort BYTEA NOT NULL DEFAULT '';
CREATE INDEX follow_up_sort ON follow_up (space_id, sort, id);

-- +goose Down
DROP INDEX follow_up_sort;
ALTER TABLE follow_up DROP COLUMN sort;
DROP TABLE decision_position;
DROP INDEX decision_sort;
ALTER TABLE decision DROP COLUMN sort;
ALTER TABLE decision DROP COLUMN audience;
