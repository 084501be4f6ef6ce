-- +goose Up
ALTER TABLE issue ADD COLUMN pictures TEXT;

CREATE TABLE original (
	issue    TEXT NOT NULL REFERENCES issue (id),
	version  INTEGER NOT NULL,
	name     TEXT NOT NULL,
	encoding TEXT NOT NULL,
	data     BLOB NOT NULL, -- the bytes as they were handed in
	by_id    TEXT NOT NULL,
	by_name  TEXT NOT NULL,
	at       INTEGER NOT NULL,
	PRIMARY KEY (issue, version)
);
-- +goose StatementBegin
CREATE TRIGGER original_no_update BEFORE UPDATE ON original
BEGIN
	SELECT RAISE(ABORT, 'original only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER original_no_delete BEFORE DELETE ON original
BEGIN
	SELECT RAISE(ABORT, 'original only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER attachment_no_update BEFORE UPDATE ON attachment
BEGIN
	SELECT RAISE(ABORT, 'attachment only grows');
END;
-- +goose StatementEnd

-- What circulates on paper only has a line of the register and no issue.
ALTER TABLE register_line ADD COLUMN level TEXT NOT NULL DEFAULT ''; -- '' is none: an issue
ALTER TABLE register_line ADD COLUMN term TEXT NOT NULL DEFAULT '';
ALTER TABLE register_line ADD COLUMN copies INTEGER NOT NULL DEFAULT 0;
ALTER TABLE register_line ADD COLUMN holder TEXT NOT NULL DEFAULT '';

ALTER TABLE series ADD COLUMN layout TEXT NOT NULL DEFAULT ''; -- JSON; '' is the built-in one
ALTER TABLE series ADD COLUMN leaders TEXT;
