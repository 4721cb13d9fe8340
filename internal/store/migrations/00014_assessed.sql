-- +goose Up

-- What the clauses are judged by is found without reading whole registers.
CREATE INDEX decision_power ON decision (space_id, committee, power, decided_on, number);
CREATE INDEX proposal_subject ON proposal (space_id, subject, state, settled_on);
CREATE INDEX meeting_closed ON meeting (space_id, held_on, closed_at);

-- +goose Down
DROP INDEX meeting_closed;
DROP INDEX proposal_subject;
DROP INDEX decision_power;
