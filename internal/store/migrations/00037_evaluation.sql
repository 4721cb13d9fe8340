-- +goose Up

-- The questions that a space asks in its evaluations; without any, those of the house are asked.
CREATE TABLE evaluation_question (
    space_id  TEXT NOT NULL REFERENCES space (id),
    id        TEXT NOT NULL,
    version   BIGINT NOT NULL,
    rank      BIGINT NOT NULL,
    criterion TEXT NOT NULL,
    kind      TEXT NOT NULL,
    about     TEXT NOT NULL,
    body      TEXT NOT NULL,
    options   TEXT NOT NULL, -- JSON
    asked     TEXT NOT NULL, -- JSON: groups; none is everybody
    PRIMARY KEY (space_id, id)
);

CREATE TABLE campaign (
    space_id  TEXT NOT NULL REFERENCES space (id),
    id        TEXT NOT NULL,
    version   BIGINT NOT NULL,
    kind      TEXT NOT NULL,
    title     TEXT NOT NULL,
    from_day  TEXT NOT NULL,
    to_day    TEXT NOT NULL,
    axes      TEXT NOT NULL,
    actions   TEXT NOT NULL,
    asked     TEXT NOT NULL,
    opens     TEXT NOT NULL,
    closes    TEXT NOT NULL,
    due       TEXT NOT NULL,
    threshold BIGINT NOT NULL,
    state     TEXT NOT NULL,
    opened    TEXT NOT NULL,
    ended     TEXT NOT NULL,
    questions TEXT NOT NULL, -- JSON, as they were when it opened
    covered   TEXT NOT NULL, -- JSON, likewise
    figures   TEXT NOT NULL, -- JSON, from its closing on
    voices    TEXT NOT NULL,
    PRIMARY KEY (space_id, id)
);
CREATE INDEX campaign_span ON campaign (space_id, to_day, id);

-- What one respondent is asked and has answered. Who answers by the public link has no person.
CREATE TABLE evaluation_sheet (
    space_id    TEXT NOT NULL,
    id          TEXT NOT NULL,
    version     BIGINT NOT NULL,
    campaign_id TEXT NOT NULL,
    grp         TEXT NOT NULL,
    person_id   TEXT NOT NULL,
    party       TEXT NOT NULL,
    actions     TEXT NOT NULL,
    answers     TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    FOREIGN KEY (space_id, campaign_id) REFERENCES campaign (space_id, id)
);
CREATE INDEX evaluation_sheet_campaign ON evaluation_sheet (space_id, campaign_id, person_id, id);

CREATE TABLE evaluation_report (
    space_id TEXT NOT NULL,
    id       TEXT NOT NULL, -- of its campaign
    version  BIGINT NOT NULL,
    sections TEXT NOT NULL,
    proposal TEXT NOT NULL,
    PRIMARY KEY (space_id, id),
    FOREIGN KEY (space_id, id) REFERENCES campaign (space_id, id)
);

-- +goose Down
DROP TABLE evaluation_report;
DROP TABLE evaluation_sheet;
DROP TABLE campaign;
DROP TABLE evaluation_question;
