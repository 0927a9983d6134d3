-- What is sent to people who did not just write: reminders that fired, buttons under them, what people turned off.

-- +goose Up

-- Of a notice: what sort of push it is.
ALTER TABLE outbox ADD COLUMN topic TEXT NOT NULL DEFAULT '';

-- 1 when those above were told that the chat cannot be reached.
ALTER TABLE chats ADD COLUMN unreachable_told BIGINT NOT NULL DEFAULT 0;
CREATE INDEX chats_unreachable ON chats (unreachable_at) WHERE unreachable_at > 0;

-- Who alone is told; empty: everybody who holds the role.
ALTER TABLE reminders ADD COLUMN officer TEXT NOT NULL DEFAULT '';

-- Whom a message was for, and how many got it: where nobody holds the role, nobody did.
ALTER TABLE reminder_slots ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE reminder_slots ADD COLUMN stage TEXT NOT NULL DEFAULT '';
ALTER TABLE reminder_slots ADD COLUMN to_role TEXT NOT NULL DEFAULT '';
ALTER TABLE reminder_slots ADD COLUMN to_unit TEXT NOT NULL DEFAULT '';
ALTER TABLE reminder_slots ADD COLUMN receivers BIGINT NOT NULL DEFAULT 0;
CREATE INDEX reminder_slots_campaign ON reminder_slots (campaign, used_at);
CREATE INDEX reminder_slots_nobody ON reminder_slots (used_at) WHERE receivers = 0;

-- What the buttons under a notice are about. A button carries the id alone.
CREATE TABLE notice_keys (
    id         TEXT   NOT NULL PRIMARY KEY,
    platform   TEXT   NOT NULL,
    chat       TEXT   NOT NULL, -- empty: every chat whose officer may
    about      TEXT   NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX notice_keys_expires ON notice_keys (expires_at);

-- Topics of pushes that an officer does not want.
CREATE TABLE mutes (
    officer TEXT NOT NULL,
    topic   TEXT NOT NULL,
    PRIMARY KEY (officer, topic)
);

-- Days on which the deployment departs from the law.
CREATE TABLE rest_days (
    day  TEXT   NOT NULL PRIMARY KEY, -- ISO
    rest BIGINT NOT NULL              -- 1: a day of rest, 0: a working day
);

-- Nudges and announcements, each sent to several units.
CREATE TABLE pushes (
    id        TEXT   NOT NULL PRIMARY KEY,
    topic     TEXT   NOT NULL,
    officer   TEXT   NOT NULL,
    unit      TEXT   NOT NULL,
    units     TEXT   NOT NULL, -- codes, a blank between
    receivers BIGINT NOT NULL, -- counted when it was confirmed
    made_at   BIGINT NOT NULL,
    body      BYTEA  NOT NULL
);
