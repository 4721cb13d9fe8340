-- +goose Up

-- Addresses at which an account's own calendar program reads meetings: of the committees of the account in every space where committee
-- is '', else of one committee. The hash is looked up before anybody is known.
CREATE TABLE calendar_feed (
    hash         TEXT PRIMARY KEY,
    account_id   TEXT NOT NULL REFERENCES account (id),
    space_id     TEXT NOT NULL, -- '' for every space
    committee    TEXT NOT NULL, -- '' for those of the account
    created_at   TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP,
    UNIQUE (account_id, space_id, committee)
);

-- Files that an account has asked for and that are made in the background; the job of the same identifier says how far each has come.
-- The content is kept for some days.
CREATE TABLE errand (
    space_id   TEXT NOT NULL REFERENCES space (id),
    id         TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    kind       TEXT NOT NULL,
    subject_id TEXT NOT NULL, -- '' for the space
    title      TEXT NOT NULL,
    asked_at   TIMESTAMP NOT NULL,
    name       TEXT NOT NULL, -- of the file; '' while there is none
    media      TEXT NOT NULL,
    size       BIGINT NOT NULL,
    content    BYTEA NOT NULL,
    PRIMARY KEY (space_id, id)
);
CREATE INDEX errand_account ON errand (account_id, id);

-- A message is handed over once: see decision 0030.
ALTER TABLE message DROP COLUMN doubts;

-- +goose Down
ALTER TABLE message ADD COLUMN doubts BIGINT NOT NULL DEFAULT 0;
DROP TABLE errand;
DROP TABLE calendar_feed;
