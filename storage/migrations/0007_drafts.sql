-- What an unfinished form has been told so far, one a chat, sealed: a lost session loses none of it.

-- +goose Up

CREATE TABLE drafts (
    platform   TEXT   NOT NULL,
    chat       TEXT   NOT NULL,
    changed_at BIGINT NOT NULL,
    body       BYTEA  NOT NULL,
    PRIMARY KEY (platform, chat)
);
