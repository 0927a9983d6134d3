-- +goose Up

-- How many of a list's revisions came from what other units' lists hold: of those its people are as they were.
ALTER TABLE lists ADD COLUMN links INTEGER NOT NULL DEFAULT 0;

-- From here on blocks of people are compressed before they are sealed, and files say how large their parts are. The number keeps programs
-- out that would take such a block for a broken one.
