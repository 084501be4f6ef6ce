-- +goose Up
-- A receipt that stands in the place of another names it; both stay.
ALTER TABLE receipt ADD COLUMN corrects UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';
-- What was decided about single units of an issue that is out.
ALTER TABLE issue ADD COLUMN rulings TEXT; -- JSON
-- Who took a mail out of the tray, and why it is no receipt.
ALTER TABLE incoming ADD COLUMN handled_by TEXT NOT NULL DEFAULT '';
ALTER TABLE incoming ADD COLUMN handled_why TEXT NOT NULL DEFAULT '';

-- Who of the office was shown the very letter of a unit, with its link.
CREATE TABLE receipt_sight (
	id      UUID PRIMARY KEY,
	slip    UUID NOT NULL,
	issue   UUID NOT NULL REFERENCES issue (id),
	version TEXT NOT NULL,
	unit    UUID NOT NULL,
	person  UUID NOT NULL,
	by      TEXT NOT NULL,
	at      BIGINT NOT NULL
);
CREATE INDEX receipt_sight_issue ON receipt_sight (issue, version);
CREATE TRIGGER receipt_sight_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON receipt_sight FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
