-- +goose Up
-- What became of a mail that answers a letter which asked for a decision. It is
-- begun before anything is decided, so that no mail decides twice.
CREATE TABLE mail_reply (
	mail   TEXT PRIMARY KEY REFERENCES incoming (id),
	begun  INTEGER NOT NULL,
	ended  INTEGER NOT NULL,  -- 0: not yet
	person TEXT NOT NULL,  -- the nil id: nobody was asked by that letter
	issue  TEXT NOT NULL,
	act    TEXT NOT NULL,    -- '': nothing was decided
	why    TEXT NOT NULL     -- JSON: a reason, where nothing was
);

-- Who looked at which version of an issue, and when first.
CREATE TABLE seen (
	issue   TEXT NOT NULL REFERENCES issue (id),
	person  TEXT NOT NULL,
	version INTEGER NOT NULL,
	at      INTEGER NOT NULL,
	PRIMARY KEY (issue, person, version)
);
