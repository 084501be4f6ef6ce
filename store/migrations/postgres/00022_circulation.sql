-- +goose Up
-- What changed in the circulation after the sign-off, who permitted mail outside,
-- and who asked for further readers; and the domains inside which internal issues
-- are mailed.
ALTER TABLE issue ADD COLUMN late TEXT; -- JSON
ALTER TABLE issue ADD COLUMN permission TEXT; -- JSON
ALTER TABLE issue ADD COLUMN widenings TEXT; -- JSON
ALTER TABLE series ADD COLUMN domains TEXT; -- JSON
