-- +goose Up

-- What stands at the head of the documents of a space. The logo is small, and read with each document.
CREATE TABLE letterhead (
    space_id    TEXT NOT NULL REFERENCES space (id),
    id          TEXT NOT NULL,
    version     BIGINT NOT NULL,
    name        TEXT NOT NULL,
    lines       TEXT NOT NULL, -- under the name, one a line
    colour      TEXT NOT NULL, -- "#1f4e5f"; empty for the usual one
    logo        BYTEA,         -- PNG
    logo_digest TEXT NOT NULL, -- its SHA-256; empty where there is none
    PRIMARY KEY (space_id, id)
);
CREATE UNIQUE INDEX letterhead_space ON letterhead (space_id);

-- The archive of a meeting lists what was written about it, in order.
DROP INDEX message_about;
CREATE INDEX message_about ON message (space_id, about, at, id);

-- +goose Down
DROP INDEX message_about;
CREATE INDEX message_about ON message (space_id, about, at);
DROP TABLE letterhead;
