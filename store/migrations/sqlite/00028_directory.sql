-- +goose Up
ALTER TABLE collective ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE member ADD COLUMN valid_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN valid_until INTEGER NOT NULL DEFAULT 0;

-- What was done to a unit or a collective entry by hand.
CREATE TABLE unit_note (
	id      TEXT PRIMARY KEY,
	subject TEXT NOT NULL, -- of the unit or the entry, which may be gone
	name    TEXT NOT NULL,
	at      INTEGER NOT NULL,
	by      TEXT NOT NULL,
	what    TEXT NOT NULL -- JSON: sentences
);
CREATE INDEX unit_note_subject ON unit_note (subject, at);
-- +goose StatementBegin
CREATE TRIGGER unit_note_no_update BEFORE UPDATE ON unit_note
BEGIN
	SELECT RAISE(ABORT, 'unit_note only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER unit_note_no_delete BEFORE DELETE ON unit_note
BEGIN
	SELECT RAISE(ABORT, 'unit_note only grows');
END;
-- +goose StatementEnd

-- The lists that a series sends every issue to.
CREATE TABLE standing_list (
	series  TEXT PRIMARY KEY REFERENCES series (id),
	lists   TEXT NOT NULL, -- JSON: label and words
	copies  TEXT NOT NULL, -- JSON: by unit
	version INTEGER NOT NULL
);
