-- +goose Up

-- Blocks of people are compressed before they are sealed, and files say how large their parts are. No table changes; the number keeps
-- programs out that would take such a block for a broken one.
SELECT 1;
