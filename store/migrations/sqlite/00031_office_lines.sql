-- +goose Up
-- What administrators did to people and rights, what happened at the door, and
-- what auditors looked at.
CREATE TABLE office_line (
	id      TEXT PRIMARY KEY,
	at      INTEGER NOT NULL,
	by_id   TEXT NOT NULL, -- nil: by command, or by the program
	by_name TEXT NOT NULL,
	origin  TEXT NOT NULL, -- the address asked from; '': none
	sphere  TEXT NOT NULL, -- system, security, audit, door
	subject TEXT NOT NULL, -- whom or what it was done to
	name    TEXT NOT NULL,
	what    TEXT NOT NULL  -- JSON: sentences
);
CREATE INDEX office_line_at ON office_line (at, id);
-- +goose StatementBegin
CREATE TRIGGER office_line_no_update BEFORE UPDATE ON office_line
BEGIN
	SELECT RAISE(ABORT, 'office_line only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER office_line_no_delete BEFORE DELETE ON office_line
BEGIN
	SELECT RAISE(ABORT, 'office_line only grows');
END;
-- +goose StatementEnd

-- Whether the three administrators must be three people; the last row holds.
CREATE TABLE separation (
	seq     INTEGER PRIMARY KEY,
	"on"    BOOLEAN NOT NULL,
	at      INTEGER NOT NULL,
	by_name TEXT NOT NULL
);
-- +goose StatementBegin
CREATE TRIGGER separation_no_update BEFORE UPDATE ON separation
BEGIN
	SELECT RAISE(ABORT, 'separation only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER separation_no_delete BEFORE DELETE ON separation
BEGIN
	SELECT RAISE(ABORT, 'separation only grows');
END;
-- +goose StatementEnd
