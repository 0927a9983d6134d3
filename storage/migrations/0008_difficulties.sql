-- Difficulties (vướng mắc): what was raised, and all that became of it. The words are sealed.

-- +goose Up

CREATE TABLE difficulties (
    id        TEXT   NOT NULL PRIMARY KEY,
    unit      TEXT   NOT NULL, -- that raised it
    number    BIGINT NOT NULL, -- within the unit
    officer   TEXT   NOT NULL,
    holder    TEXT   NOT NULL, -- the unit that has to answer
    state     TEXT   NOT NULL, -- open, answered, closed
    list      TEXT   NOT NULL,
    line      BIGINT NOT NULL,
    photo     TEXT   NOT NULL,
    version   BIGINT NOT NULL,
    raised_at BIGINT NOT NULL,
    entries   BYTEA  NOT NULL
);
CREATE UNIQUE INDEX difficulties_unit ON difficulties (unit, number);
CREATE INDEX difficulties_photo ON difficulties (photo) WHERE photo <> '';

-- Which units have had a part in a difficulty: whoever raised it, and all who had to answer.
CREATE TABLE difficulty_parts (
    unit       TEXT NOT NULL,
    difficulty TEXT NOT NULL REFERENCES difficulties (id),
    PRIMARY KEY (unit, difficulty)
);
