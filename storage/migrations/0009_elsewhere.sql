-- Who stands on the lists of two units, found by keyed hashes alone, once from either side; and lists whose counts have to
-- be made anew because of what happened to another list. people.hashes has a third hash from now on: name, birth date and mother.

-- +goose Up

CREATE TABLE elsewhere (
    list        BIGINT NOT NULL REFERENCES lists (number),
    sheet       BIGINT NOT NULL,
    line        BIGINT NOT NULL,
    other       BIGINT NOT NULL REFERENCES lists (number),
    other_sheet BIGINT NOT NULL,
    other_line  BIGINT NOT NULL,
    PRIMARY KEY (list, sheet, line, other, other_sheet, other_line)
);
CREATE INDEX elsewhere_other ON elsewhere (other);

ALTER TABLE lists ADD COLUMN stale BIGINT NOT NULL DEFAULT 0;
CREATE INDEX lists_stale ON lists (number) WHERE stale = 1;
