-- +goose Up
-- A receipt that stands in the place of another names it; both stay.
ALTER TABLE receipt ADD COLUMN corrects TEXT NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';
-- What was decided about single units of an issue that is out.
ALTER TABLE issue ADD COLUMN rulings TEXT; -- JSON
-- Who took a mail out of the tray, and why it is no receipt.
ALTER TABLE incoming ADD COLUMN handled_by TEXT NOT NULL DEFAULT '';
ALTER TABLE incoming ADD COLUMN handled_why TEXT NOT NULL DEFAULT '';

-- Who of the office was shown the very letter of a unit, with its link.
CREATE TABLE receipt_sight (
	id      TEXT PRIMARY KEY,
	slip    TEXT NOT NULL,
	issue   TEXT NOT NULL REFERENCES issue (id),
	version TEXT NOT NULL,
	unit    TEXT NOT NULL,
	person  TEXT NOT NULL,
	by      TEXT NOT NULL,
	at      INTEGER NOT NULL
);
CREATE INDEX receipt_sight_issue ON receipt_sight (issue, version);
-- +goose StatementBegin
CREATE TRIGGER receipt_sight_no_update BEFORE UPDATE ON receipt_sight
BEGIN
	SELECT RAISE(ABORT, 'receipt_sight only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER receipt_sight_no_delete BEFORE DELETE ON receipt_sight
BEGIN
	SELECT RAISE(ABORT, 'receipt_sight only grows');
END;
-- +goose StatementEnd
