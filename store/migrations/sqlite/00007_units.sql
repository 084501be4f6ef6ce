-- +goose Up
ALTER TABLE unit ADD COLUMN level TEXT NOT NULL DEFAULT '';
ALTER TABLE unit ADD COLUMN parent TEXT NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'; -- the nil id: none
ALTER TABLE unit ADD COLUMN contact TEXT NOT NULL DEFAULT '{}';
ALTER TABLE unit ADD COLUMN deputy TEXT NOT NULL DEFAULT '{}';
ALTER TABLE unit ADD COLUMN ended INTEGER NOT NULL DEFAULT 0;
ALTER TABLE unit ADD COLUMN successors TEXT;
ALTER TABLE alias ADD COLUMN former BOOLEAN NOT NULL DEFAULT FALSE;

-- What became of units: renamed, merged, split.
CREATE TABLE unit_reform (
	id      TEXT PRIMARY KEY,
	seq     INTEGER NOT NULL UNIQUE,
	kind    TEXT NOT NULL,
	day     INTEGER NOT NULL,
	reason  TEXT NOT NULL,
	by      TEXT NOT NULL,
	entered INTEGER NOT NULL,
	before  TEXT NOT NULL,
	after   TEXT NOT NULL
);
-- +goose StatementBegin
CREATE TRIGGER unit_reform_no_update BEFORE UPDATE ON unit_reform
BEGIN
	SELECT RAISE(ABORT, 'unit_reform only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER unit_reform_no_delete BEFORE DELETE ON unit_reform
BEGIN
	SELECT RAISE(ABORT, 'unit_reform only grows');
END;
-- +goose StatementEnd
