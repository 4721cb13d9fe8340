-- +goose Up

-- School holidays belong to the installation: an administrator imports them as they are published.
CREATE TABLE school_holiday (
    id       TEXT PRIMARY KEY,
    zone     TEXT NOT NULL CHECK (zone IN ('A', 'B', 'C')),
    name     TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day   TEXT NOT NULL -- included
);
CREATE INDEX school_holiday_zone ON school_holiday (zone, from_day);

CREATE TABLE poll (
    space_id   TEXT NOT NULL REFERENCES space (id),
    id         TEXT NOT NULL,
    version    BIGINT NOT NULL,
    committee  TEXT NOT NULL,
    title      TEXT NOT NULL,
    note       TEXT NOT NULL,
    slots      TEXT NOT NULL, -- days and hours that are proposed
    closes_on  TEXT NOT NULL, -- last day of answers
    state      TEXT NOT NULL,
    meeting_id TEXT NOT NULL, -- that came of it, '' while none did; the meeting may be taken away later
    PRIMARY KEY (space_id, id)
);
CREATE INDEX poll_committee ON poll (space_id, committee, closes_on);

-- Who is asked, for which seat, as it stood when the poll was made.
CREATE TABLE poll_call (
    space_id  TEXT NOT NULL,
    poll_id   TEXT NOT NULL,
    seat      TEXT NOT NULL,
    person_id TEXT NOT NULL,
    role      TEXT NOT NULL,
    PRIMARY KEY (space_id, poll_id, seat, person_id),
    FOREIGN KEY (space_id, poll_id) REFERENCES poll (space_id, id),
    FOREIGN KEY (space_id, person_id) REFERENCES person (space_id, id)
);
CREATE INDEX poll_call_person ON poll_call (space_id, person_id);

CREATE TABLE poll_answer (
    space_id  TEXT NOT NULL,
    poll_id   TEXT NOT NULL,
    person_id TEXT NOT NULL,
    slot      TEXT NOT NULL,
    answer    TEXT NOT NULL,
    PRIMARY KEY (space_id, poll_id, person_id, slot),
    FOREIGN KEY (space_id, poll_id) REFERENCES poll (space_id, id),
    FOREIGN KEY (space_id, person_id) REFERENCES person (space_id, id)
);

-- +goose Down
DROP TABLE poll_answer;
DROP TABLE poll_call;
DROP TABLE poll;
DROP TABLE school_holiday;
