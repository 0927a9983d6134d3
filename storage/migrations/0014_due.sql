-- +goose Up

-- When the next reply is due is asked at every look at the outbox, also while many notices wait.
CREATE INDEX outbox_due ON outbox (due_at) WHERE pending = 1;
