-- Where people stand, kept with what changes it. sums are numbers in the order of ledger.Tally, between blanks.

-- +goose Up

CREATE TABLE tallies (
    list BIGINT NOT NULL PRIMARY KEY REFERENCES lists (number),
    unit TEXT   NOT NULL,
    kind TEXT   NOT NULL,
    sums TEXT   NOT NULL,
    body BYTEA  NOT NULL -- by hamlet: names of places come from the cells
);
CREATE INDEX tallies_unit ON tallies (unit);

-- One row a unit and kind of list, so that all communes are one short scan.
CREATE TABLE unit_tallies (
    unit       TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    lists      BIGINT NOT NULL,
    sums       TEXT   NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (unit, kind)
);
