-- +goose Up
-- The index of the archive (package workflow/archive): an entry for every issue
-- with a number, its folded text, and the pairs of neighbouring characters in it.
-- All of it is made of the issues and can be made anew; backups leave it out.
CREATE TABLE archive_entry (
	id     INTEGER PRIMARY KEY,
	issue  TEXT NOT NULL UNIQUE REFERENCES issue (id),
	series TEXT NOT NULL,
	kind   TEXT NOT NULL,
	date   TEXT NOT NULL,
	format INTEGER NOT NULL,
	sum    TEXT NOT NULL
);
CREATE INDEX archive_entry_by_date ON archive_entry (date, id, series, kind);
CREATE TABLE archive_text (
	id     INTEGER PRIMARY KEY REFERENCES archive_entry (id),
	folded TEXT NOT NULL
);
CREATE TABLE archive_name (
	entry INTEGER NOT NULL REFERENCES archive_entry (id),
	sort  TEXT NOT NULL, -- unit, signer, remark
	unit  TEXT NOT NULL,
	name  TEXT NOT NULL,
	PRIMARY KEY (entry, sort, unit, name)
) WITHOUT ROWID;
CREATE INDEX archive_name_by_name ON archive_name (name, entry);
CREATE INDEX archive_name_by_unit ON archive_name (unit, entry);
CREATE VIRTUAL TABLE archive_gram USING fts5(grams, content='', detail=none, columnsize=0, tokenize='ascii');
-- What is taken out of the index is gone from the file (sqlite.org/fts5.html, 6.10).
INSERT INTO archive_gram (archive_gram, rank) VALUES ('secure-delete', 1);
