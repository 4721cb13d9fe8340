-- +goose Up

-- A document is kept once in a space, under the SHA-256 of its content, in chunks of 256 KiB. A file that is not complete is
-- still arriving, or was abandoned on the way.
CREATE TABLE file (
    space_id   TEXT NOT NULL REFERENCES space (id),
    digest     TEXT NOT NULL,
    size       BIGINT NOT NULL,
    complete   BOOLEAN NOT NULL,
    touched_at TIMESTAMP NOT NULL, -- when something of it was last written
    PRIMARY KEY (space_id, digest)
);

CREATE TABLE file_chunk (
    space_id TEXT NOT NULL,
    digest   TEXT NOT NULL,
    seq      BIGINT NOT NULL, -- from 0
    sum      TEXT NOT NULL,   -- SHA-256 of the chunk
    data     BYTEA NOT NULL,
    PRIMARY KEY (space_id, digest, seq),
    FOREIGN KEY (space_id, digest) REFERENCES file (space_id, digest)
);

CREATE TABLE attachment (
    space_id    TEXT NOT NULL,
    id          TEXT NOT NULL,
    version     BIGINT NOT NULL,
    owner_kind  TEXT NOT NULL, -- meeting, evidence…
    owner_id    TEXT NOT NULL,
    name        TEXT NOT NULL,
    file_name   TEXT NOT NULL,
    file_type   TEXT NOT NULL,
    file_size   BIGINT NOT NULL,
    file_digest TEXT NOT NULL,
    rank        BIGINT NOT NULL,
    added_at    TIMESTAMP NOT NULL,
    audience    TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    FOREIGN KEY (space_id, file_digest) REFERENCES file (space_id, digest)
);
CREATE INDEX attachment_owner ON attachment (space_id, owner_kind, owner_id, rank);
CREATE INDEX attachment_owner_id ON attachment (space_id, owner_id);
CREATE INDEX attachment_digest ON attachment (space_id, file_digest);

-- What an administrator has set for the whole installation.
CREATE TABLE installation_setting (
    key     TEXT PRIMARY KEY,
    value   TEXT NOT NULL, -- JSON
    version BIGINT NOT NULL
);

-- +goose Down
DROP TABLE installation_setting;
DROP TABLE attachment;
DROP TABLE file_chunk;
DROP TABLE file;
