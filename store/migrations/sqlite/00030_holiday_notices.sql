-- +goose Up
-- The notices of a missing table of holidays that still matter: a few among all.
CREATE INDEX notice_holidays ON notice (key) WHERE kind = 'holidays' AND settled = 0;
