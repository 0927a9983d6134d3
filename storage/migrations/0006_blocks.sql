-- People who came together lie together: a block is a run of a list's people in the order of the file, sealed as one, as they
-- were when the list came. It never changes. Who is decided upon gets a row in people, which holds against the block; lists of
-- before have such a row for everybody, and no blocks.

-- +goose Up

CREATE TABLE people_blocks (
    list   BIGINT NOT NULL REFERENCES lists (number),
    sheet  BIGINT NOT NULL, -- of the first of them
    line   BIGINT NOT NULL,
    people BIGINT NOT NULL,
    places BYTEA  NOT NULL, -- where each of them stands in the file
    hashes BYTEA  NOT NULL, -- of each, as in people
    body   BYTEA  NOT NULL, -- cells and decisions of all, sealed
    PRIMARY KEY (list, sheet, line)
);

-- The keyed hashes of the people in blocks, with whose they are, in their order and many in a row, equal ones in the same. Who
-- has a row in people counts by person_keys instead.
CREATE TABLE key_blocks (
    list  BIGINT NOT NULL REFERENCES lists (number),
    about BIGINT NOT NULL,
    first BYTEA  NOT NULL, -- hash
    keys  BYTEA  NOT NULL,
    PRIMARY KEY (list, about, first)
);
