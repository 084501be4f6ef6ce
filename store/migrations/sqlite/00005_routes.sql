-- +goose Up
ALTER TABLE series ADD COLUMN two_person TEXT; -- JSON; the exception for offices of two
ALTER TABLE series ADD COLUMN total TEXT;      -- JSON; how the total number runs

ALTER TABLE person ADD COLUMN heads TEXT; -- JSON; the units whose head the person is

ALTER TABLE issue ADD COLUMN reached INTEGER NOT NULL DEFAULT 0; -- when it came to the step it is at
ALTER TABLE issue ADD COLUMN total INTEGER NOT NULL DEFAULT 0;   -- 0: none
ALTER TABLE issue ADD COLUMN assigned TEXT;
ALTER TABLE issue ADD COLUMN amendments TEXT;
ALTER TABLE issue ADD COLUMN emergency TEXT;

ALTER TABLE register_line ADD COLUMN total INTEGER NOT NULL DEFAULT 0;
ALTER TABLE register_line ADD COLUMN back BOOLEAN NOT NULL DEFAULT FALSE; -- given elsewhere, entered later
ALTER TABLE register_line ADD COLUMN void_by TEXT NOT NULL DEFAULT '';
ALTER TABLE register_line ADD COLUMN void_at INTEGER NOT NULL DEFAULT 0;

CREATE TABLE delegation (
	id         TEXT PRIMARY KEY,
	person     TEXT NOT NULL REFERENCES person (id),
	deputy     TEXT NOT NULL, -- the nil id: nobody, an absence alone
	series     TEXT NOT NULL, -- the nil id: all series
	begins     INTEGER NOT NULL,
	ends       INTEGER NOT NULL,  -- no longer then
	absent     BOOLEAN NOT NULL,
	reason     TEXT NOT NULL,
	by_id      TEXT NOT NULL,
	by_name    TEXT NOT NULL,
	at         INTEGER NOT NULL
);
CREATE INDEX delegation_of ON delegation (person, ends);

-- What people say of a place in the text. It counts in no digest.
CREATE TABLE text_comment (
	id           TEXT PRIMARY KEY,
	issue        TEXT NOT NULL REFERENCES issue (id),
	version      INTEGER NOT NULL, -- of the issue, as it was read
	line         INTEGER NOT NULL,
	quote        TEXT NOT NULL,
	words        TEXT NOT NULL,
	by_id        TEXT NOT NULL,
	by_name      TEXT NOT NULL,
	at           INTEGER NOT NULL,
	settled      INTEGER NOT NULL, -- 0: open
	settled_by   TEXT NOT NULL,
	settled_name TEXT NOT NULL
);
CREATE INDEX text_comment_issue ON text_comment (issue, at);
