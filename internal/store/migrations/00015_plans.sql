-- +goose Up

-- What is read in an order stands in that order under what it is sought by: an engine that has counted nothing would rather
-- walk through a whole register in order than seek a few rows and sort them.
DROP INDEX decision_proposal;
CREATE INDEX decision_proposal ON decision (space_id, proposal, year, number);
DROP INDEX decision_meeting;
CREATE INDEX decision_meeting ON decision (space_id, meeting_id, year, number);
DROP INDEX follow_up_decision;
CREATE INDEX follow_up_decision ON follow_up (space_id, decision_id, sort, id);
DROP INDEX item_record_meeting;
CREATE INDEX item_record_meeting ON item_record (space_id, meeting_id, id);
DROP INDEX agenda_item_proposal;
CREATE INDEX agenda_item_proposal ON agenda_item (space_id, proposal, id);
CREATE INDEX agenda_item_carried ON agenda_item (space_id, carried, id);

-- +goose Down
DROP INDEX agenda_item_carried;
DROP INDEX agenda_item_proposal;
CREATE INDEX agenda_item_proposal ON agenda_item (space_id, proposal);
DROP INDEX item_record_meeting;
CREATE INDEX item_record_meeting ON item_record (space_id, meeting_id);
DROP INDEX follow_up_decision;
CREATE INDEX follow_up_decision ON follow_up (space_id, decision_id);
DROP INDEX decision_meeting;
CREATE INDEX decision_meeting ON decision (space_id, meeting_id);
DROP INDEX decision_proposal;
CREATE INDEX decision_proposal ON decision (space_id, proposal);
