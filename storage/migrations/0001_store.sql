-- One text for SQLite and PostgreSQL. Times are UTC microseconds, 0 means never; BYTEA columns are sealed unless they
-- are called after hashes, which are keyed. Nothing else in a row says who a person is.

-- +goose Up

CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- What was recorded once is never recorded again.
CREATE TABLE endings (
    op TEXT   NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL
);
CREATE INDEX endings_at ON endings (at);

CREATE TABLE chats (
    platform       TEXT   NOT NULL,
    id             TEXT   NOT NULL,
    screen         TEXT   NOT NULL DEFAULT '',
    language       TEXT   NOT NULL DEFAULT '',
    unreachable_at BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (platform, id)
);

CREATE TABLE inbox (
    op          TEXT   NOT NULL PRIMARY KEY,
    platform    TEXT   NOT NULL,
    chat        TEXT   NOT NULL,
    seq         BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    state       TEXT   NOT NULL, -- waiting, done, aside
    attempts    BIGINT NOT NULL,
    reference   TEXT   NOT NULL,
    body        BYTEA            -- erased when done
);
CREATE INDEX inbox_waiting ON inbox (platform, chat, seq) WHERE state = 'waiting';
CREATE INDEX inbox_received ON inbox (received_at);

CREATE TABLE outbox (
    id        TEXT   NOT NULL PRIMARY KEY,
    seq       BIGINT NOT NULL,
    platform  TEXT   NOT NULL,
    chat      TEXT   NOT NULL,
    slot      TEXT   NOT NULL,
    mode      TEXT   NOT NULL,
    notice    BIGINT NOT NULL,
    state     TEXT   NOT NULL, -- queued, sent, skipped, doubtful, refused, unreachable
    pending   BIGINT NOT NULL, -- 1 while it may still be sent
    due_at    BIGINT NOT NULL, -- not before
    fault     TEXT   NOT NULL,
    queued_at BIGINT NOT NULL,
    ended_at  BIGINT NOT NULL,
    body      BYTEA            -- erased when it ended
);
CREATE INDEX outbox_pending ON outbox (notice, seq) WHERE pending = 1;
CREATE INDEX outbox_chat ON outbox (platform, chat, notice, seq) WHERE pending = 1;
CREATE INDEX outbox_ended ON outbox (ended_at) WHERE pending = 0;

CREATE TABLE slots (
    platform TEXT NOT NULL,
    chat     TEXT NOT NULL,
    slot     TEXT NOT NULL,
    message  TEXT NOT NULL,
    PRIMARY KEY (platform, chat, slot)
);

-- Append-only: each line's hash covers the line before it.
CREATE TABLE audit (
    seq     BIGINT NOT NULL PRIMARY KEY,
    at      BIGINT NOT NULL,
    op      TEXT   NOT NULL,
    officer TEXT   NOT NULL,
    action  TEXT   NOT NULL,
    object  TEXT   NOT NULL,
    people  BIGINT NOT NULL,
    hash    BYTEA  NOT NULL
);
CREATE INDEX audit_object ON audit (object, seq);
CREATE TABLE audit_head (
    id   BIGINT NOT NULL PRIMARY KEY,
    seq  BIGINT NOT NULL,
    hash BYTEA
);
INSERT INTO audit_head (id, seq) VALUES (1, 0);

CREATE TABLE officers (
    id         TEXT   NOT NULL PRIMARY KEY,
    role       TEXT   NOT NULL,
    unit       TEXT   NOT NULL,
    unit_name  TEXT   NOT NULL,
    platform   TEXT   NOT NULL,
    sender     TEXT   NOT NULL,
    chat       TEXT   NOT NULL,
    bound_at   BIGINT NOT NULL,
    revoked_at BIGINT NOT NULL,
    person     BYTEA  NOT NULL
);
CREATE UNIQUE INDEX officers_sender ON officers (platform, sender) WHERE revoked_at = 0;
CREATE INDEX officers_unit ON officers (unit) WHERE revoked_at = 0;

CREATE TABLE invites (
    hash       BYTEA  NOT NULL PRIMARY KEY,
    role       TEXT   NOT NULL,
    unit       TEXT   NOT NULL,
    unit_name  TEXT   NOT NULL,
    made_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL,
    officer    TEXT   NOT NULL,
    person     BYTEA
);
CREATE TABLE invite_tries (
    op       TEXT   NOT NULL PRIMARY KEY,
    platform TEXT   NOT NULL,
    sender   TEXT   NOT NULL,
    at       BIGINT NOT NULL
);
CREATE INDEX invite_tries_sender ON invite_tries (platform, sender, at);
CREATE INDEX invite_tries_at ON invite_tries (at);

CREATE TABLE uploads (
    id          TEXT   NOT NULL PRIMARY KEY,
    platform    TEXT   NOT NULL,
    chat        TEXT   NOT NULL,
    officer     TEXT   NOT NULL,
    unit        TEXT   NOT NULL,
    file        TEXT   NOT NULL,
    size        BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    sent        BYTEA  NOT NULL
);

CREATE TABLE files (
    id      TEXT   NOT NULL PRIMARY KEY,
    whole   BIGINT NOT NULL,
    size    BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    summary BYTEA
);
CREATE TABLE file_parts (
    file TEXT   NOT NULL REFERENCES files (id),
    part BIGINT NOT NULL,
    body BYTEA  NOT NULL,
    PRIMARY KEY (file, part)
);

CREATE TABLE lists (
    number      BIGINT NOT NULL PRIMARY KEY,
    id          TEXT   NOT NULL UNIQUE,
    unit        TEXT   NOT NULL,
    officer     TEXT   NOT NULL,
    kind        TEXT   NOT NULL,
    file        TEXT   NOT NULL,
    state       TEXT   NOT NULL, -- staging, kept, replaced
    people      BIGINT NOT NULL,
    revision    BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    file_hash   BYTEA  NOT NULL,
    card        BYTEA  NOT NULL,
    info        BYTEA  NOT NULL
);
CREATE INDEX lists_unit ON lists (unit, received_at);

CREATE TABLE people (
    list    BIGINT NOT NULL REFERENCES lists (number),
    sheet   BIGINT NOT NULL,
    line    BIGINT NOT NULL,
    version BIGINT NOT NULL,
    hashes  BYTEA  NOT NULL, -- those that person_keys has of the person, one after the other, zeros for none
    cells   BYTEA  NOT NULL,
    decided BYTEA,
    PRIMARY KEY (list, sheet, line)
);

-- Keyed hashes of a person's number (about 1) and of name and birth date (about 2). A table of its own, so that a long
-- list's hashes can be put in sorted: as indexes of people each short transaction would write all of their pages.
CREATE TABLE person_keys (
    list  BIGINT NOT NULL REFERENCES lists (number),
    about BIGINT NOT NULL,
    hash  BYTEA  NOT NULL,
    sheet BIGINT NOT NULL,
    line  BIGINT NOT NULL,
    PRIMARY KEY (list, about, hash, sheet, line)
);

-- What a unit's officers said about the columns of a layout. Header texts are hashed into the signature; nothing personal.
CREATE TABLE layouts (
    unit      TEXT NOT NULL,
    signature TEXT NOT NULL,
    answers   TEXT NOT NULL,
    PRIMARY KEY (unit, signature)
);

CREATE TABLE counts (
    list     BIGINT NOT NULL REFERENCES lists (number),
    unit     TEXT   NOT NULL,
    code     TEXT   NOT NULL,
    severity TEXT   NOT NULL,
    heading  TEXT   NOT NULL,
    still    BIGINT NOT NULL,
    PRIMARY KEY (list, code, severity) -- one code may be an error at one row and a warning at another
);
CREATE INDEX counts_unit ON counts (unit);

-- One row a unit, kept by the same transactions, so that the progress of all communes is one short scan.
CREATE TABLE progress (
    unit       TEXT   NOT NULL PRIMARY KEY,
    lists      BIGINT NOT NULL,
    people     BIGINT NOT NULL,
    errors     BIGINT NOT NULL,
    warnings   BIGINT NOT NULL,
    notes      BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE TABLE corrections (
    id        TEXT   NOT NULL PRIMARY KEY,
    list      BIGINT NOT NULL REFERENCES lists (number),
    base      BIGINT NOT NULL,
    officer   TEXT   NOT NULL,
    people    BIGINT NOT NULL,
    made_at   BIGINT NOT NULL,
    undone_at BIGINT NOT NULL,
    label     BYTEA  NOT NULL,
    changes   BYTEA  NOT NULL
);
CREATE UNIQUE INDEX corrections_list ON corrections (list, base);

CREATE TABLE web_events (
    person TEXT   NOT NULL,
    seq    BIGINT NOT NULL,
    at     BIGINT NOT NULL,
    body   BYTEA  NOT NULL,
    PRIMARY KEY (person, seq)
);
CREATE INDEX web_events_at ON web_events (at);
CREATE TABLE web_sessions (
    token_hash BYTEA  NOT NULL PRIMARY KEY,
    person     TEXT   NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE sessions (
    platform   TEXT   NOT NULL,
    chat       TEXT   NOT NULL,
    expires_at BIGINT NOT NULL,
    body       BYTEA  NOT NULL,
    PRIMARY KEY (platform, chat)
);
