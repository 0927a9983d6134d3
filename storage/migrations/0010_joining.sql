-- +goose Up

ALTER TABLE invites ADD COLUMN made_by TEXT NOT NULL DEFAULT '';     -- officer; '' the operator, whose word needs no confirmation
ALTER TABLE invites ADD COLUMN replaces TEXT NOT NULL DEFAULT '';    -- officer who gets a new account
ALTER TABLE invites ADD COLUMN phone_hash BYTEA;                     -- of the number that the account has to share

ALTER TABLE officers ADD COLUMN invited_by TEXT NOT NULL DEFAULT '';

-- Accounts that used an invitation and have no right yet.
CREATE TABLE joining (
    id         TEXT   NOT NULL PRIMARY KEY, -- of the officer to be
    role       TEXT   NOT NULL,
    unit       TEXT   NOT NULL,
    unit_name  TEXT   NOT NULL,
    made_by    TEXT   NOT NULL,
    replaces   TEXT   NOT NULL,
    platform   TEXT   NOT NULL,
    sender     TEXT   NOT NULL,
    chat       TEXT   NOT NULL,
    joined_at  BIGINT NOT NULL,
    phone_hash BYTEA,             -- until the account has shared that number
    person     BYTEA  NOT NULL,
    UNIQUE (platform, sender)
);
