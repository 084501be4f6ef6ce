-- +goose Up
-- The index of the archive (package workflow/archive): an entry for every issue
-- with a number, its folded text, and the pairs of neighbouring characters in it.
-- All of it is made of the issues and can be made anew; backups leave it out.
CREATE TABLE archive_entry (
	id     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	issue  UUID NOT NULL UNIQUE REFERENCES issue (id),
	series UUID NOT NULL,
	kind   TEXT NOT NULL,
	date   TEXT NOT NULL,
	format INTEGER NOT NULL,
	sum    TEXT NOT NULL
);
CREATE INDEX archive_entry_by_date ON archive_entry (date, id, series, kind);
CREATE TABLE archive_text (
	id     BIGINT PRIMARY KEY REFERENCES archive_entry (id),
	folded TEXT NOT NULL,
	grams  TSVECTOR NOT NULL
);
CREATE INDEX archive_text_by_gram ON archive_text USING GIN (grams) WITH (fastupdate = off);
CREATE TABLE archive_name (
	entry BIGINT NOT NULL REFERENCES archive_entry (id),
	sort  TEXT NOT NULL, -- unit, signer, remark
	unit  TEXT NOT NULL,
	name  TEXT NOT NULL,
	PRIMARY KEY (entry, sort, unit, name)
);
CREATE INDEX archive_name_by_name ON archive_name (name, entry);
CREATE INDEX archive_name_by_unit ON archive_name (unit, entry);
