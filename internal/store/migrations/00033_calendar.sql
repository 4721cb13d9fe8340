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

-- A message is handed over once: see decision 0030.
ALTER TABLE message DROP COLUMN doubts;

-- +goose Down
ALTER TABLE message ADD COLUMN doubts BIGINT NOT NULL DEFAULT 0;
DROP TABLE calendar_feed;
