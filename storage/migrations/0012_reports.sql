-- Reports (báo cáo) as they were made: numbers and names of places, and who signs, sealed.

-- +goose Up

CREATE TABLE reports (
    id       TEXT   NOT NULL PRIMARY KEY,
    unit     TEXT   NOT NULL,
    year     BIGINT NOT NULL,
    number   BIGINT NOT NULL, -- within unit and year
    sort     TEXT   NOT NULL,
    kind     TEXT   NOT NULL, -- of list; empty: all
    campaign TEXT   NOT NULL,
    officer  TEXT   NOT NULL,
    cut_off  BIGINT NOT NULL,
    before   TEXT   NOT NULL, -- the report that it is held against
    body     BYTEA  NOT NULL
);
CREATE UNIQUE INDEX reports_number ON reports (unit, year, number);
