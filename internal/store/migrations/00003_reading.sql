-- +goose Up

-- A signed text that somebody is reading to make a space of it. It belongs to one account and to no space yet.
CREATE TABLE reading (
    id         TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    name       TEXT NOT NULL,
    digest     TEXT NOT NULL,
    size       BIGINT NOT NULL,
    data       BYTEA NOT NULL,
    names      BOOLEAN NOT NULL,
    facts      BIGINT NOT NULL,
    decided    BIGINT NOT NULL,
    decisions  TEXT NOT NULL, -- JSON
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    version    BIGINT NOT NULL
);
CREATE INDEX reading_account ON reading (account_id, updated_at, id);

-- +goose Down
DROP TABLE reading;
