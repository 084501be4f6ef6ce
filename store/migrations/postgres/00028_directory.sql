-- +goose Up
ALTER TABLE collective ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE member ADD COLUMN valid_from BIGINT NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN valid_until BIGINT NOT NULL DEFAULT 0;

-- What was done to a unit or a collective entry by hand.
CREATE TABLE unit_note (
	id      UUID PRIMARY KEY,
	subject UUID NOT NULL, -- of the unit or the entry, which may be gone
	name    TEXT NOT NULL,
	at      BIGINT NOT NULL,
	by      TEXT NOT NULL,
	what    TEXT NOT NULL -- JSON: sentences
);
CREATE INDEX unit_note_subject ON unit_note (subject, at);
CREATE TRIGGER unit_note_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON unit_note FOR EACH STATEMENT EXECUTE FUNCTION only_grows();

-- The lists that a series sends every issue to.
CREATE TABLE standing_list (
	series  UUID PRIMARY KEY REFERENCES series (id),
	lists   TEXT NOT NULL, -- JSON: label and words
	copies  TEXT NOT NULL, -- JSON: by unit
	version BIGINT NOT NULL
);
