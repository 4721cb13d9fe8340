-- +goose Up

-- The life of committees: what a meeting was called for, who answered, who came, what was said and decided.
ALTER TABLE meeting ADD COLUMN panel TEXT NOT NULL DEFAULT '';
ALTER TABLE meeting ADD COLUMN minutes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE meeting ADD COLUMN remote TEXT NOT NULL DEFAULT '';
ALTER TABLE meeting ADD COLUMN opened_at TIMESTAMP;
ALTER TABLE meeting ADD COLUMN closed_at TIMESTAMP;
ALTER TABLE meeting ADD COLUMN reason TEXT NOT NULL DEFAULT '';

CREATE TABLE agenda_item (
    space_id   TEXT NOT NULL,
    id         TEXT NOT NULL,
    version    BIGINT NOT NULL,
    meeting_id TEXT NOT NULL,
    item_rank  BIGINT NOT NULL,
    kind       TEXT NOT NULL,
    title      TEXT NOT NULL,
    body       TEXT NOT NULL,
    presenter  TEXT NOT NULL,
    minutes    BIGINT NOT NULL,
    audience   TEXT NOT NULL,
    proposal   TEXT NOT NULL, -- '' for none, here and below
    approves   TEXT NOT NULL,
    carried    TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    FOREIGN KEY (space_id, meeting_id) REFERENCES meeting (space_id, id)
);
CREATE INDEX agenda_item_meeting ON agenda_item (space_id, meeting_id, item_rank, id);
CREATE INDEX agenda_item_proposal ON agenda_item (space_id, proposal);

-- One row an item, of the same identifier, once a sitting has touched it.
CREATE TABLE item_record (
    space_id   TEXT NOT NULL,
    id         TEXT NOT NULL,
    version    BIGINT NOT NULL,
    meeting_id TEXT NOT NULL,
    state      TEXT NOT NULL,
    started_at TIMESTAMP,
    seconds    BIGINT NOT NULL,
    notes      TEXT NOT NULL,
    outcome    TEXT NOT NULL,
    decided    TEXT NOT NULL,
    reasons    TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    FOREIGN KEY (space_id, id) REFERENCES agenda_item (space_id, id)
);
CREATE INDEX item_record_meeting ON item_record (space_id, meeting_id);

CREATE TABLE position (
    space_id TEXT NOT NULL,
    id       TEXT NOT NULL,
    version  BIGINT NOT NULL,
    item_id  TEXT NOT NULL,
    party    TEXT NOT NULL,
    stance   TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    UNIQUE (space_id, item_id, party),
    FOREIGN KEY (space_id, item_id) REFERENCES agenda_item (space_id, id)
);

CREATE TABLE ballot (
    space_id TEXT NOT NULL,
    id       TEXT NOT NULL,
    version  BIGINT NOT NULL,
    item_id  TEXT NOT NULL,
    seat     TEXT NOT NULL,
    holder   TEXT NOT NULL,
    caster   TEXT NOT NULL,
    choice   TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    UNIQUE (space_id, item_id, seat),
    FOREIGN KEY (space_id, item_id) REFERENCES agenda_item (space_id, id)
);

CREATE TABLE attendance (
    space_id    TEXT NOT NULL,
    id          TEXT NOT NULL,
    version     BIGINT NOT NULL,
    meeting_id  TEXT NOT NULL,
    seat        TEXT NOT NULL,
    party       TEXT NOT NULL,
    holder      TEXT NOT NULL,
    answer      TEXT NOT NULL,
    substitute  TEXT NOT NULL,
    named       TEXT NOT NULL,
    proxy_to    TEXT NOT NULL,
    note        TEXT NOT NULL,
    answered_at TIMESTAMP,
    channel     TEXT NOT NULL,
    read_at     TIMESTAMP,
    presence    TEXT NOT NULL,
    sitter      TEXT NOT NULL,
    sitter_name TEXT NOT NULL,
    arrived     TEXT NOT NULL,
    left_at     TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    UNIQUE (space_id, meeting_id, seat),
    FOREIGN KEY (space_id, meeting_id) REFERENCES meeting (space_id, id)
);
CREATE INDEX attendance_holder ON attendance (space_id, holder);

CREATE TABLE decision (
    space_id   TEXT NOT NULL REFERENCES space (id),
    id         TEXT NOT NULL,
    version    BIGINT NOT NULL,
    year       BIGINT NOT NULL,
    number     BIGINT NOT NULL,
    meeting_id TEXT NOT NULL,
    item_id    TEXT NOT NULL,
    committee  TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    title      TEXT NOT NULL,
    body       TEXT NOT NULL,
    outcome    TEXT NOT NULL,
    reasons    TEXT NOT NULL,
    axis       TEXT NOT NULL,
    proposal   TEXT NOT NULL,
    power      TEXT NOT NULL,
    article    TEXT NOT NULL,
    positions  TEXT NOT NULL, -- JSON
    vote       TEXT NOT NULL, -- JSON; null for none
    folded     TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    UNIQUE (space_id, year, number),
    FOREIGN KEY (space_id, meeting_id) REFERENCES meeting (space_id, id)
);
CREATE INDEX decision_day ON decision (space_id, decided_on, number, id);
CREATE INDEX decision_committee ON decision (space_id, committee, decided_on);
CREATE INDEX decision_meeting ON decision (space_id, meeting_id);
CREATE INDEX decision_proposal ON decision (space_id, proposal);

CREATE TABLE follow_up (
    space_id    TEXT NOT NULL,
    id          TEXT NOT NULL,
    version     BIGINT NOT NULL,
    meeting_id  TEXT NOT NULL,
    item_id     TEXT NOT NULL,
    decision_id TEXT NOT NULL,
    body        TEXT NOT NULL,
    person_id   TEXT NOT NULL,
    due         TEXT NOT NULL,
    state       TEXT NOT NULL,
    done_on     TEXT NOT NULL,
    word        TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    FOREIGN KEY (space_id, meeting_id) REFERENCES meeting (space_id, id)
);
CREATE INDEX follow_up_state ON follow_up (space_id, state, due, id);
CREATE INDEX follow_up_person ON follow_up (space_id, person_id, state, due);
CREATE INDEX follow_up_meeting ON follow_up (space_id, meeting_id);
CREATE INDEX follow_up_decision ON follow_up (space_id, decision_id);

CREATE TABLE meeting_minutes (
    space_id       TEXT NOT NULL,
    id             TEXT NOT NULL, -- of the meeting
    version        BIGINT NOT NULL,
    state          TEXT NOT NULL,
    body           TEXT NOT NULL,
    audience       TEXT NOT NULL,
    comments_until TEXT NOT NULL,
    submitted_on   TEXT NOT NULL,
    approved_on    TEXT NOT NULL,
    approved_by    TEXT NOT NULL,
    published_on   TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    FOREIGN KEY (space_id, id) REFERENCES meeting (space_id, id)
);
CREATE INDEX meeting_minutes_state ON meeting_minutes (space_id, state);

CREATE TABLE minutes_comment (
    space_id   TEXT NOT NULL,
    id         TEXT NOT NULL,
    version    BIGINT NOT NULL,
    minutes_id TEXT NOT NULL,
    person_id  TEXT NOT NULL,
    body       TEXT NOT NULL,
    at         TIMESTAMP NOT NULL,
    answer     TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    FOREIGN KEY (space_id, minutes_id) REFERENCES meeting_minutes (space_id, id)
);
CREATE INDEX minutes_comment_minutes ON minutes_comment (space_id, minutes_id, at, id);

CREATE TABLE minutes_erratum (
    space_id   TEXT NOT NULL,
    id         TEXT NOT NULL,
    version    BIGINT NOT NULL,
    minutes_id TEXT NOT NULL,
    day        TEXT NOT NULL,
    body       TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    FOREIGN KEY (space_id, minutes_id) REFERENCES meeting_minutes (space_id, id)
);
CREATE INDEX minutes_erratum_minutes ON minutes_erratum (space_id, minutes_id, day, id);

CREATE TABLE committee_custom (
    space_id         TEXT NOT NULL REFERENCES space (id),
    id               TEXT NOT NULL,
    version          BIGINT NOT NULL,
    committee        TEXT NOT NULL,
    convocation_days BIGINT NOT NULL,
    document_days    BIGINT NOT NULL,
    comment_days     BIGINT NOT NULL,
    silence_days     BIGINT NOT NULL,
    answer_days      BIGINT NOT NULL,
    start_time       TEXT NOT NULL,
    minutes          BIGINT NOT NULL,
    place            TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    UNIQUE (space_id, committee)
);

CREATE TABLE convocation (
    space_id   TEXT NOT NULL,
    id         TEXT NOT NULL,
    version    BIGINT NOT NULL,
    meeting_id TEXT NOT NULL,
    number     BIGINT NOT NULL,
    sent_at    TIMESTAMP NOT NULL,
    manifest   TEXT NOT NULL, -- JSON, as its digest was made of
    digest     TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    UNIQUE (space_id, meeting_id, number),
    FOREIGN KEY (space_id, meeting_id) REFERENCES meeting (space_id, id)
);

CREATE TABLE message (
    space_id  TEXT NOT NULL REFERENCES space (id),
    id        TEXT NOT NULL,
    version   BIGINT NOT NULL,
    kind      TEXT NOT NULL,
    about     TEXT NOT NULL,
    person_id TEXT NOT NULL,
    email     TEXT NOT NULL,
    title     TEXT NOT NULL,
    body      TEXT NOT NULL,
    at        TIMESTAMP NOT NULL,
    PRIMARY KEY (space_id, id)
);
CREATE INDEX message_at ON message (space_id, at, id);
CREATE INDEX message_about ON message (space_id, about, at);
CREATE INDEX message_person ON message (space_id, person_id);

CREATE TABLE lead (
    space_id  TEXT NOT NULL,
    id        TEXT NOT NULL,
    version   BIGINT NOT NULL,
    person_id TEXT NOT NULL,
    action    TEXT NOT NULL,
    objective TEXT NOT NULL,
    co_lead   BOOLEAN NOT NULL,
    from_day  TEXT NOT NULL,
    to_day    TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    FOREIGN KEY (space_id, person_id) REFERENCES person (space_id, id)
);
CREATE INDEX lead_person ON lead (space_id, person_id, from_day);

CREATE TABLE panel (
    space_id   TEXT NOT NULL REFERENCES space (id),
    id         TEXT NOT NULL,
    version    BIGINT NOT NULL,
    committee  TEXT NOT NULL,
    name       TEXT NOT NULL,
    scope      TEXT NOT NULL, -- JSON
    actions    TEXT NOT NULL, -- JSON
    from_day   TEXT NOT NULL,
    to_day     TEXT NOT NULL,
    set_up_by  TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    PRIMARY KEY (space_id, id)
);

CREATE TABLE proposal (
    space_id   TEXT NOT NULL REFERENCES space (id),
    id         TEXT NOT NULL,
    version    BIGINT NOT NULL,
    year       BIGINT NOT NULL,
    number     BIGINT NOT NULL,
    subject    TEXT NOT NULL,
    title      TEXT NOT NULL,
    body       TEXT NOT NULL,
    objective  TEXT NOT NULL,
    author     TEXT NOT NULL,
    committee  TEXT NOT NULL,
    partner    TEXT NOT NULL,
    state      TEXT NOT NULL,
    turn       TEXT NOT NULL,
    since      TEXT NOT NULL,
    stage      BIGINT NOT NULL,
    postponed  BIGINT NOT NULL,
    answer     TEXT NOT NULL,
    settled_on TEXT NOT NULL,
    folded     TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    UNIQUE (space_id, year, number)
);
CREATE INDEX proposal_state ON proposal (space_id, state, turn, since, id);
CREATE INDEX proposal_author ON proposal (space_id, author);

CREATE TABLE proposal_step (
    space_id    TEXT NOT NULL,
    id          TEXT NOT NULL,
    proposal_id TEXT NOT NULL,
    seq         BIGINT NOT NULL,
    at          TIMESTAMP NOT NULL,
    made_by     TEXT NOT NULL,
    from_state  TEXT NOT NULL,
    to_state    TEXT NOT NULL,
    committee   TEXT NOT NULL,
    meeting_id  TEXT NOT NULL,
    decision_id TEXT NOT NULL,
    power       TEXT NOT NULL,
    article     TEXT NOT NULL,
    outcome     TEXT NOT NULL,
    reasons     TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    UNIQUE (space_id, proposal_id, seq),
    FOREIGN KEY (space_id, proposal_id) REFERENCES proposal (space_id, id)
);

-- +goose Down
DROP TABLE proposal_step;
DROP TABLE proposal;
DROP TABLE panel;
DROP TABLE lead;
DROP TABLE message;
DROP TABLE convocation;
DROP TABLE committee_custom;
DROP TABLE minutes_erratum;
DROP TABLE minutes_comment;
DROP TABLE meeting_minutes;
DROP TABLE follow_up;
DROP TABLE decision;
DROP TABLE attendance;
DROP TABLE ballot;
DROP TABLE position;
DROP TABLE item_record;
DROP TABLE agenda_item;
ALTER TABLE meeting DROP COLUMN reason;
ALTER TABLE meeting DROP COLUMN closed_at;
ALTER TABLE meeting DROP COLUMN opened_at;
ALTER TABLE meeting DROP COLUMN remote;
ALTER TABLE meeting DROP COLUMN minutes;
ALTER TABLE meeting DROP COLUMN panel;
