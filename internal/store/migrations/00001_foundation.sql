-- +goose Up

-- Words of both engines only. Dates are TEXT 'YYYY-MM-DD', '' for none; instants are TIMESTAMP in UTC. A table of a space
-- has space_id first in its key and in every index, and refers to rows of its own space only.

CREATE TABLE space (
    id         TEXT PRIMARY KEY,
    slug       TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    sort       BYTEA NOT NULL,
    created_at TIMESTAMP NOT NULL,
    version    BIGINT NOT NULL
);
CREATE INDEX space_sort ON space (sort, id);

CREATE TABLE account (
    id            TEXT PRIMARY KEY,
    email         TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    locale        TEXT NOT NULL,
    administrator BOOLEAN NOT NULL,
    disabled_at   TIMESTAMP,
    sort          BYTEA NOT NULL,
    created_at    TIMESTAMP NOT NULL,
    version       BIGINT NOT NULL
);
CREATE INDEX account_sort ON account (sort, id);

CREATE TABLE space_grant (
    space_id   TEXT NOT NULL REFERENCES space (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    role       TEXT NOT NULL CHECK (role IN ('reader', 'coordinator')),
    party      TEXT NOT NULL, -- '' for a reader
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (space_id, account_id, role, party)
);
CREATE INDEX space_grant_account ON space_grant (account_id, space_id);

CREATE TABLE token (
    hash       TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,
    account_id TEXT REFERENCES account (id),
    space_id   TEXT REFERENCES space (id),
    email      TEXT NOT NULL,
    payload    TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at    TIMESTAMP
);
CREATE INDEX token_expires ON token (expires_at);
CREATE INDEX token_space ON token (space_id, kind, created_at);

CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,
    data       BYTEA NOT NULL,
    expiry     TIMESTAMP NOT NULL
);
CREATE INDEX session_expiry ON session (expiry);

CREATE TABLE attempt (
    subject TEXT NOT NULL,
    id      TEXT NOT NULL,
    at      TIMESTAMP NOT NULL,
    PRIMARY KEY (subject, at, id)
);
CREATE INDEX attempt_at ON attempt (at);

CREATE TABLE convention_version (
    space_id  TEXT NOT NULL REFERENCES space (id),
    id        TEXT NOT NULL,
    number    BIGINT NOT NULL,
    effective TEXT NOT NULL,
    loaded_at TIMESTAMP NOT NULL,
    loaded_by TEXT NOT NULL,
    source    BYTEA NOT NULL,
    PRIMARY KEY (space_id, id),
    UNIQUE (space_id, number)
);

CREATE TABLE organization (
    space_id TEXT NOT NULL REFERENCES space (id),
    id       TEXT NOT NULL,
    version  BIGINT NOT NULL,
    kind     TEXT NOT NULL,
    name     TEXT NOT NULL,
    short    TEXT NOT NULL,
    party    TEXT NOT NULL,
    siren    TEXT NOT NULL,
    address  TEXT NOT NULL,
    email    TEXT NOT NULL,
    phone    TEXT NOT NULL,
    website  TEXT NOT NULL,
    folded   TEXT NOT NULL, -- words without accents or capitals, each after a space
    sort     BYTEA NOT NULL,
    PRIMARY KEY (space_id, id)
);
CREATE INDEX organization_sort ON organization (space_id, sort, id);
CREATE INDEX organization_kind ON organization (space_id, kind, sort, id);
CREATE UNIQUE INDEX organization_party ON organization (space_id, party) WHERE party <> '';

CREATE TABLE person (
    space_id   TEXT NOT NULL REFERENCES space (id),
    id         TEXT NOT NULL,
    version    BIGINT NOT NULL,
    given      TEXT NOT NULL,
    family     TEXT NOT NULL,
    email      TEXT NOT NULL,
    phone      TEXT NOT NULL,
    account_id TEXT REFERENCES account (id),
    folded     TEXT NOT NULL,
    sort       BYTEA NOT NULL,
    PRIMARY KEY (space_id, id),
    UNIQUE (space_id, account_id)
);
CREATE INDEX person_sort ON person (space_id, sort, id);
CREATE INDEX person_email ON person (space_id, lower(email));
CREATE INDEX person_account ON person (account_id);

CREATE TABLE person_function (
    space_id        TEXT NOT NULL,
    id              TEXT NOT NULL,
    version         BIGINT NOT NULL,
    person_id       TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    title           TEXT NOT NULL,
    from_day        TEXT NOT NULL,
    to_day          TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    FOREIGN KEY (space_id, person_id) REFERENCES person (space_id, id),
    FOREIGN KEY (space_id, organization_id) REFERENCES organization (space_id, id)
);
CREATE INDEX person_function_person ON person_function (space_id, person_id, from_day);
CREATE INDEX person_function_organization ON person_function (space_id, organization_id, person_id);

CREATE TABLE mandate (
    space_id     TEXT NOT NULL,
    id           TEXT NOT NULL,
    version      BIGINT NOT NULL,
    seat         TEXT NOT NULL,
    person_id    TEXT NOT NULL,
    role         TEXT NOT NULL,
    from_day     TEXT NOT NULL,
    to_day       TEXT NOT NULL,
    carried_over TEXT NOT NULL,
    act_date     TEXT NOT NULL,
    act_document TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    FOREIGN KEY (space_id, person_id) REFERENCES person (space_id, id)
);
CREATE INDEX mandate_seat ON mandate (space_id, seat, from_day);
CREATE INDEX mandate_person ON mandate (space_id, person_id, from_day);

CREATE TABLE delegation (
    space_id   TEXT NOT NULL,
    id         TEXT NOT NULL,
    version    BIGINT NOT NULL,
    party      TEXT NOT NULL,
    person_id  TEXT NOT NULL,
    function   TEXT NOT NULL,
    act_date   TEXT NOT NULL,
    document   TEXT NOT NULL,
    from_day   TEXT NOT NULL,
    to_day     TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    FOREIGN KEY (space_id, person_id) REFERENCES person (space_id, id)
);
CREATE INDEX delegation_party ON delegation (space_id, party, from_day);
CREATE INDEX delegation_person ON delegation (space_id, person_id);

CREATE TABLE meeting (
    space_id   TEXT NOT NULL REFERENCES space (id),
    id         TEXT NOT NULL,
    version    BIGINT NOT NULL,
    committee  TEXT NOT NULL,
    held_on    TEXT NOT NULL,
    start_time TEXT NOT NULL,
    state      TEXT NOT NULL,
    place      TEXT NOT NULL,
    document   TEXT NOT NULL,
    PRIMARY KEY (space_id, id)
);
CREATE INDEX meeting_day ON meeting (space_id, held_on, id);
CREATE INDEX meeting_committee ON meeting (space_id, committee, held_on);

CREATE TABLE signature (
    space_id   TEXT NOT NULL,
    id         TEXT NOT NULL,
    version    BIGINT NOT NULL,
    version_id TEXT NOT NULL, -- the version of the convention that was signed
    party      TEXT NOT NULL,
    signed_on  TEXT NOT NULL,
    place      TEXT NOT NULL,
    function   TEXT NOT NULL,
    document   TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    UNIQUE (space_id, version_id, party),
    FOREIGN KEY (space_id, version_id) REFERENCES convention_version (space_id, id)
);

CREATE TABLE evidence (
    space_id   TEXT NOT NULL REFERENCES space (id),
    id         TEXT NOT NULL,
    version    BIGINT NOT NULL,
    obligation TEXT NOT NULL,
    kind       TEXT NOT NULL,
    party      TEXT NOT NULL,
    filed_for  TEXT NOT NULL, -- the day that the record is about
    title      TEXT NOT NULL,
    address    TEXT NOT NULL,
    note       TEXT NOT NULL,
    PRIMARY KEY (space_id, id)
);
CREATE INDEX evidence_day ON evidence (space_id, filed_for, id);
CREATE INDEX evidence_obligation ON evidence (space_id, obligation, filed_for);

-- The journal belongs to a space, or to the installation where space_id is '': hence no reference to space.
CREATE TABLE journal_head (
    space_id TEXT PRIMARY KEY,
    seq      BIGINT NOT NULL,
    hash     TEXT NOT NULL,
    at       TIMESTAMP
);
INSERT INTO journal_head (space_id, seq, hash) VALUES ('', 0, '');

CREATE TABLE journal_entry (
    space_id    TEXT NOT NULL,
    seq         BIGINT NOT NULL,
    at          TIMESTAMP NOT NULL,
    actor       TEXT NOT NULL,
    actor_name  TEXT NOT NULL,
    on_behalf   TEXT NOT NULL,
    action      TEXT NOT NULL,
    subject     TEXT NOT NULL,
    subject_key TEXT NOT NULL,
    label       TEXT NOT NULL,
    article     TEXT NOT NULL,
    before_json TEXT,
    after_json  TEXT,
    prev        TEXT NOT NULL,
    hash        TEXT NOT NULL,
    PRIMARY KEY (space_id, seq)
);
CREATE INDEX journal_entry_at ON journal_entry (space_id, at, seq);
CREATE INDEX journal_entry_actor ON journal_entry (space_id, actor, seq);
CREATE INDEX journal_entry_party ON journal_entry (space_id, on_behalf, seq);
CREATE INDEX journal_entry_subject ON journal_entry (space_id, subject, seq);
CREATE INDEX journal_entry_key ON journal_entry (space_id, subject_key, seq);
CREATE INDEX journal_entry_action ON journal_entry (space_id, action, seq);

-- +goose Down
DROP TABLE journal_entry;
DROP TABLE journal_head;
DROP TABLE evidence;
DROP TABLE signature;
DROP TABLE meeting;
DROP TABLE delegation;
DROP TABLE mandate;
DROP TABLE person_function;
DROP TABLE person;
DROP TABLE organization;
DROP TABLE convention_version;
DROP TABLE attempt;
DROP TABLE session;
DROP TABLE token;
DROP TABLE space_grant;
DROP TABLE account;
DROP TABLE space;
