-- +goose Up

-- Links that open a page to a person without an account, as often as they like until they expire or are revoked. The hash is
-- looked up before the space is known, so its index alone does not begin with the space.
CREATE TABLE personal_link (
    space_id     TEXT NOT NULL REFERENCES space (id),
    id           TEXT NOT NULL,
    version      BIGINT NOT NULL,
    hash         TEXT NOT NULL UNIQUE,
    kind         TEXT NOT NULL,
    subject_id   TEXT NOT NULL, -- of the thing that the link is about
    person_id    TEXT,
    seat         TEXT NOT NULL,
    created_at   TIMESTAMP NOT NULL,
    expires_at   TIMESTAMP NOT NULL,
    revoked_at   TIMESTAMP,
    last_used_at TIMESTAMP,
    PRIMARY KEY (space_id, id),
    FOREIGN KEY (space_id, person_id) REFERENCES person (space_id, id)
);
CREATE INDEX personal_link_subject ON personal_link (space_id, kind, subject_id);
CREATE INDEX personal_link_person ON personal_link (space_id, person_id);

-- +goose Down
DROP TABLE personal_link;
