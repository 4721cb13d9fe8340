-- +goose Up

-- What is read in an order stands in that order under what it is sought by: an engine that has counted nothing would rather
-- walk through a whole register in order than seek a few rows and sort them.
DROP INDEX decision_proposal;
CREATE INDEX decision_proposal ON decision (space_id, proposal, year, number);
DROP INDEX follow_up_decision;
CREATE INDEX follow_up_decision ON follow_up (space_id, decision_id, sort, id);
DROP INDEX decision_word_decision;
CREATE INDEX decision_word_decision ON decision_word (space_id, decision_id, word);

-- +goose Down
DROP INDEX decision_word_decision;
CREATE INDEX decision_word_decision ON decision_word (space_id, decision_id);
DROP INDEX follow_up_decision;
CREATE INDEX follow_up_decision ON follow_up (space_id, decision_id);
DROP INDEX decision_proposal;
CREATE INDEX decision_proposal ON decision (space_id, proposal);
