-- +goose Up

-- Work in the background. A job of no space has space_id ''. The key makes a job one: a second with the same is not kept.
-- Jobs of all spaces stand in one line, so their indexes begin with the state and not with the space.
CREATE TABLE job (
    space_id     TEXT NOT NULL,
    id           TEXT NOT NULL,
    kind         TEXT NOT NULL,
    key          TEXT NOT NULL,
    payload      TEXT NOT NULL, -- JSON; emptied once the job is over
    state        TEXT NOT NULL,
    run_at       TIMESTAMP NOT NULL,
    attempts     BIGINT NOT NULL,
    last_error   TEXT NOT NULL,
    failed_at    TIMESTAMP,
    locked_by    TEXT NOT NULL,
    locked_until TIMESTAMP,
    progress     BIGINT NOT NULL,
    total        BIGINT NOT NULL,
    word         TEXT NOT NULL, -- key of a sentence; '' for none
    cancelled    BOOLEAN NOT NULL, -- somebody asked to stop it
    created_at   TIMESTAMP NOT NULL,
    done_at      TIMESTAMP,
    PRIMARY KEY (space_id, id),
    UNIQUE (space_id, kind, key)
);
CREATE INDEX job_due ON job (state, run_at, id);
CREATE INDEX job_lease ON job (state, locked_until);
CREATE INDEX job_over ON job (state, done_at);
CREATE INDEX job_kind ON job (kind, word, done_at);

ALTER TABLE message ADD COLUMN state TEXT NOT NULL DEFAULT 'none';
ALTER TABLE message ADD COLUMN link_id TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN author TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN sent_at TIMESTAMP;
ALTER TABLE message ADD COLUMN error TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN reply TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN attempts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN doubts BIGINT NOT NULL DEFAULT 0; -- how often it was handed over without an answer on record
ALTER TABLE message ADD COLUMN handed_at TIMESTAMP;              -- handed over to the mail server, whose answer is not on record yet
CREATE INDEX message_person_state ON message (space_id, person_id, state);
CREATE INDEX message_state ON message (space_id, state, person_id);

-- How often somebody wants news: of an account, and of people who have none.
ALTER TABLE account ADD COLUMN news TEXT NOT NULL DEFAULT 'each';
CREATE TABLE news_choice (
    space_id  TEXT NOT NULL,
    person_id TEXT NOT NULL,
    choice    TEXT NOT NULL,
    PRIMARY KEY (space_id, person_id),
    FOREIGN KEY (space_id, person_id) REFERENCES person (space_id, id)
);

-- +goose Down
DROP TABLE news_choice;
ALTER TABLE account DROP COLUMN news;
DROP INDEX message_state;
DROP INDEX message_person_state;
ALTER TABLE message DROP COLUMN handed_at;
ALTER TABLE message DROP COLUMN doubts;
ALTER TABLE message DROP COLUMN attempts;
ALTER TABLE message DROP COLUMN reply;
ALTER TABLE message DROP COLUMN error;
ALTER TABLE message DROP COLUMN sent_at;
ALTER TABLE message DROP COLUMN author;
ALTER TABLE message DROP COLUMN link_id;
ALTER TABLE message DROP COLUMN state;
DROP TABLE job;
