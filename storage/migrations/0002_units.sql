-- +goose Up

-- Units of administration that were added to the built-in ones, or that replace one of them. Nothing here is personal.
CREATE TABLE units (
    code         TEXT   NOT NULL PRIMARY KEY,
    name         TEXT   NOT NULL,
    kind         TEXT   NOT NULL,
    level        TEXT   NOT NULL,
    parent       TEXT   NOT NULL,
    valid_from   TEXT   NOT NULL, -- day, '' for ever since
    valid_to     TEXT   NOT NULL, -- day, '' for until now
    predecessors TEXT   NOT NULL, -- codes, a blank between
    revision     BIGINT NOT NULL  -- of the change that wrote it
);
CREATE INDEX units_revision ON units (revision);

-- Counts the changes: who holds a tree of that number need not read units.
CREATE TABLE units_head (
    id       BIGINT NOT NULL PRIMARY KEY,
    revision BIGINT NOT NULL
);
INSERT INTO units_head (id, revision) VALUES (1, 0);
