-- +goose Up

-- Fiches actions. What is listed but never sought within an action stands as JSON in its row.
CREATE TABLE action (
    space_id      TEXT NOT NULL REFERENCES space (id),
    id            TEXT NOT NULL,
    version       BIGINT NOT NULL,
    reference     TEXT NOT NULL,
    number        BIGINT NOT NULL,
    objective     TEXT NOT NULL,
    title         TEXT NOT NULL,
    finding       TEXT NOT NULL,
    description   TEXT NOT NULL,
    aims          TEXT NOT NULL,
    audience      TEXT NOT NULL,
    communes      TEXT NOT NULL,
    partners      TEXT NOT NULL,
    participation TEXT NOT NULL,
    involvement   TEXT NOT NULL,
    from_day      TEXT NOT NULL,
    to_day        TEXT NOT NULL,
    rhythm        BIGINT NOT NULL,
    weight        BIGINT NOT NULL,
    communication TEXT NOT NULL,
    risks         TEXT NOT NULL,
    stakes        TEXT NOT NULL,
    orientations  TEXT NOT NULL,
    decisions     TEXT NOT NULL,
    ties          TEXT NOT NULL,
    origins       TEXT NOT NULL,
    state         TEXT NOT NULL,
    since         TEXT NOT NULL,
    reason        TEXT NOT NULL,
    resume        TEXT NOT NULL,
    proposal      TEXT NOT NULL,
    folded        TEXT NOT NULL,
    sort          BYTEA NOT NULL, -- by reference, numbers as numbers
    PRIMARY KEY (space_id, id),
    UNIQUE (space_id, reference)
);
CREATE INDEX action_sort ON action (space_id, sort, id);
CREATE INDEX action_objective ON action (space_id, objective, number);
CREATE INDEX action_state ON action (space_id, state, sort, id);
CREATE INDEX action_proposal ON action (space_id, proposal);

CREATE TABLE milestone (
    space_id  TEXT NOT NULL,
    id        TEXT NOT NULL,
    version   BIGINT NOT NULL,
    action_id TEXT NOT NULL,
    name      TEXT NOT NULL,
    due       TEXT NOT NULL,
    done_on   TEXT NOT NULL,
    weight    BIGINT NOT NULL,
    PRIMARY KEY (space_id, id),
    FOREIGN KEY (space_id, action_id) REFERENCES action (space_id, id)
);
CREATE INDEX milestone_action ON milestone (space_id, action_id, due, id);

CREATE TABLE means (
    space_id     TEXT NOT NULL REFERENCES space (id),
    id           TEXT NOT NULL,
    version      BIGINT NOT NULL,
    action_id    TEXT NOT NULL, -- '' for the running of the committees
    organization TEXT NOT NULL,
    funder       TEXT NOT NULL,
    year         BIGINT NOT NULL,
    kind         TEXT NOT NULL,
    label        TEXT NOT NULL,
    promised     BIGINT NOT NULL, -- cents, or hundredths of a post
    granted      BIGINT NOT NULL,
    spent        BIGINT NOT NULL,
    PRIMARY KEY (space_id, id)
);
CREATE INDEX means_action ON means (space_id, action_id, year, id);
CREATE INDEX means_year ON means (space_id, year, id);

CREATE TABLE action_note (
    space_id  TEXT NOT NULL,
    id        TEXT NOT NULL,
    version   BIGINT NOT NULL,
    action_id TEXT NOT NULL,
    day       TEXT NOT NULL,
    weather   TEXT NOT NULL,
    did       TEXT NOT NULL,
    blocks    TEXT NOT NULL,
    next      TEXT NOT NULL,
    person_id TEXT NOT NULL,
    party     TEXT NOT NULL,
    by_link   BOOLEAN NOT NULL,
    validated TEXT NOT NULL,
    unread    BOOLEAN NOT NULL,
    PRIMARY KEY (space_id, id),
    FOREIGN KEY (space_id, action_id) REFERENCES action (space_id, id)
);
CREATE INDEX action_note_action ON action_note (space_id, action_id, day, id);
CREATE INDEX action_note_day ON action_note (space_id, day, id);

CREATE TABLE indicator (
    space_id   TEXT NOT NULL,
    id         TEXT NOT NULL,
    version    BIGINT NOT NULL,
    action_id  TEXT NOT NULL,
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    unit       TEXT NOT NULL,
    decreasing BOOLEAN NOT NULL,
    baseline   TEXT NOT NULL, -- JSON: thousandths, or null
    targets    TEXT NOT NULL, -- JSON: thousandths by year
    rhythm     TEXT NOT NULL,
    source     TEXT NOT NULL,
    method     TEXT NOT NULL,
    cumulative BOOLEAN NOT NULL,
    breakdown  TEXT NOT NULL,
    parts      TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    FOREIGN KEY (space_id, action_id) REFERENCES action (space_id, id)
);
CREATE INDEX indicator_action ON indicator (space_id, action_id, id);

CREATE TABLE indicator_value (
    space_id     TEXT NOT NULL,
    id           TEXT NOT NULL,
    version      BIGINT NOT NULL,
    indicator_id TEXT NOT NULL,
    year         BIGINT NOT NULL,
    period       TEXT NOT NULL,
    part         TEXT NOT NULL,
    amount       BIGINT NOT NULL, -- thousandths
    state        TEXT NOT NULL,
    note         TEXT NOT NULL,
    person_id    TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    UNIQUE (space_id, indicator_id, period, part),
    FOREIGN KEY (space_id, indicator_id) REFERENCES indicator (space_id, id)
);
CREATE INDEX indicator_value_year ON indicator_value (space_id, year, indicator_id, period);

-- A year that is closed: its values no longer change.
CREATE TABLE period_lock (
    space_id TEXT NOT NULL REFERENCES space (id),
    year     BIGINT NOT NULL,
    locked_at TIMESTAMP NOT NULL,
    PRIMARY KEY (space_id, year)
);

-- Once an action has its sheet, its leads name it by identifier; name and objective follow the sheet.
ALTER TABLE lead ADD COLUMN action_id TEXT NOT NULL DEFAULT '';
CREATE INDEX lead_action ON lead (space_id, action_id, from_day, id);

-- +goose Down
DROP INDEX lead_action;
ALTER TABLE lead DROP COLUMN action_id;
DROP TABLE period_lock;
DROP TABLE indicator_value;
DROP TABLE indicator;
DROP TABLE action_note;
DROP TABLE means;
DROP TABLE milestone;
DROP TABLE action;
