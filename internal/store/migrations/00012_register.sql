-- +goose Up

-- The register of decisions is read by pages, newest first. What it is filtered by stands with each decision: the axis of its
-- objective, whether anything of it remains to be done, and by when.
ALTER TABLE decision ADD COLUMN audience TEXT NOT NULL DEFAULT 'coordinators';
ALTER TABLE decision ADD COLUMN root_axis TEXT NOT NULL DEFAULT '';
ALTER TABLE decision ADD COLUMN follow_state TEXT NOT NULL DEFAULT ''; -- '' nothing to do, 'to-do', 'done'
ALTER TABLE decision ADD COLUMN follow_due TEXT NOT NULL DEFAULT ''; -- first date of what remains to be done
ALTER TABLE decision ADD COLUMN sort BYTEA NOT NULL DEFAULT '';
CREATE INDEX decision_sort ON decision (space_id, sort, id, audience, committee);
CREATE INDEX decision_sort_committee ON decision (space_id, committee, sort, id);
CREATE INDEX decision_sort_root ON decision (space_id, root_axis, sort, id);
CREATE INDEX decision_sort_axis ON decision (space_id, axis, sort, id);
CREATE INDEX decision_sort_outcome ON decision (space_id, outcome, sort, id);
CREATE INDEX decision_sort_follow ON decision (space_id, follow_state, sort, id, follow_due);

-- The sort key of a decision never changes, so its positions repeat it: the decisions of one stance are read in order from one
-- index.
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

-- Each word of a decision, folded, in bytes so that both engines compare them alike: a search that few decisions answer reads
-- only those.
CREATE TABLE decision_word (
    space_id    TEXT NOT NULL,
    word        BYTEA NOT NULL,
    decision_id TEXT NOT NULL,
    PRIMARY KEY (space_id, word, decision_id),
    FOREIGN KEY (space_id, decision_id) REFERENCES decision (space_id, id)
);
CREATE INDEX decision_word_decision ON decision_word (space_id, decision_id);

-- Follow-ups are listed soonest first; those without a date come last.
ALTER TABLE follow_up ADD COLUMN sort BYTEA NOT NULL DEFAULT '';
CREATE INDEX follow_up_sort ON follow_up (space_id, sort, id);

-- Whoever sat at a meeting reads what it decided for its committee.
CREATE INDEX attendance_sitter ON attendance (space_id, sitter);

-- +goose Down
DROP INDEX attendance_sitter;
DROP INDEX follow_up_sort;
ALTER TABLE follow_up DROP COLUMN sort;
DROP TABLE decision_word;
DROP TABLE decision_position;
DROP INDEX decision_sort_follow;
DROP INDEX decision_sort_outcome;
DROP INDEX decision_sort_axis;
DROP INDEX decision_sort_root;
DROP INDEX decision_sort_committee;
DROP INDEX decision_sort;
ALTER TABLE decision DROP COLUMN sort;
ALTER TABLE decision DROP COLUMN follow_due;
ALTER TABLE decision DROP COLUMN follow_state;
ALTER TABLE decision DROP COLUMN root_axis;
ALTER TABLE decision DROP COLUMN audience;
