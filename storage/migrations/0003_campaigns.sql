-- Campaigns in all their revisions, the reminders that they plan, and what was recorded of their steps.

-- +goose Up

CREATE TABLE campaigns (
    id       TEXT   NOT NULL,
    revision BIGINT NOT NULL,
    newest   BIGINT NOT NULL, -- 1 of one revision
    unit     TEXT   NOT NULL, -- that issued it
    officer  TEXT   NOT NULL, -- empty: made on the command line
    made_at  BIGINT NOT NULL,
    body     BYTEA  NOT NULL,
    PRIMARY KEY (id, revision)
);
CREATE UNIQUE INDEX campaigns_newest ON campaigns (id) WHERE newest = 1;

-- The units of the newest revision, to find what concerns one.
CREATE TABLE campaign_units (
    campaign TEXT NOT NULL,
    unit     TEXT NOT NULL,
    PRIMARY KEY (campaign, unit)
);
CREATE INDEX campaign_units_unit ON campaign_units (unit);

-- What an officer recorded of a unit's list. Rows of one press are taken back together, and stay.
CREATE TABLE campaign_facts (
    id            TEXT   NOT NULL PRIMARY KEY,
    press         TEXT   NOT NULL,
    campaign      TEXT   NOT NULL,
    event         TEXT   NOT NULL,
    kind          TEXT   NOT NULL, -- of list; empty: all
    unit          TEXT   NOT NULL,
    to_role       TEXT   NOT NULL,
    to_level      TEXT   NOT NULL,
    on_day        TEXT   NOT NULL, -- ISO
    people        BIGINT NOT NULL,
    numbered      BIGINT NOT NULL,
    unverified    TEXT   NOT NULL, -- JSON: count by reason
    officer       TEXT   NOT NULL,
    made_at       BIGINT NOT NULL,
    taken_back_at BIGINT NOT NULL,
    taken_back_by TEXT   NOT NULL,
    note          BYTEA  NOT NULL
);
CREATE INDEX campaign_facts_unit ON campaign_facts (campaign, unit);
CREATE INDEX campaign_facts_press ON campaign_facts (press);

-- Planned reminders. An empty outcome: not settled yet.
CREATE TABLE reminders (
    id         TEXT   NOT NULL PRIMARY KEY,
    campaign   TEXT   NOT NULL,
    revision   BIGINT NOT NULL,
    kind       TEXT   NOT NULL,
    step       TEXT   NOT NULL, -- empty: a digest
    unit       TEXT   NOT NULL,
    to_role    TEXT   NOT NULL,
    to_level   TEXT   NOT NULL,
    to_unit    TEXT   NOT NULL,
    stage      TEXT   NOT NULL,
    day        TEXT   NOT NULL, -- ISO
    minute     BIGINT NOT NULL, -- of the day
    again      BIGINT NOT NULL,
    outcome    TEXT   NOT NULL,
    slot       TEXT   NOT NULL, -- of the message that it went into
    settled_at BIGINT NOT NULL
);
CREATE INDEX reminders_due ON reminders (campaign, day, minute) WHERE outcome = '';
CREATE INDEX reminders_slot ON reminders (slot) WHERE slot <> '';

-- One message each: what stands here is not sent again.
CREATE TABLE reminder_slots (
    slot     TEXT   NOT NULL PRIMARY KEY,
    campaign TEXT   NOT NULL,
    used_at  BIGINT NOT NULL
);

-- When a list lost its last open error; 0: it has some.
ALTER TABLE lists ADD COLUMN clean_at BIGINT NOT NULL DEFAULT 0;
UPDATE lists SET clean_at = received_at WHERE state = 'kept'
    AND NOT EXISTS (SELECT 1 FROM counts WHERE counts.list = lists.number AND counts.severity = 'error' AND counts.still > 0);
