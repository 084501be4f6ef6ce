-- +goose Up
-- Links by which somebody sets a password, once.
CREATE TABLE pass (
	id      TEXT PRIMARY KEY,
	person  TEXT NOT NULL REFERENCES person (id),
	kind    TEXT NOT NULL,
	hash    TEXT NOT NULL UNIQUE, -- SHA-256 of the token, hex
	made    INTEGER NOT NULL,
	by_id   TEXT NOT NULL, -- nil: the person, at the door
	expires INTEGER NOT NULL,
	used    INTEGER NOT NULL -- 0: not yet
);
CREATE INDEX pass_open ON pass (person) WHERE used = 0;

-- Second factors: one-time codes and recovery codes.
CREATE TABLE factor (
	person    TEXT PRIMARY KEY REFERENCES person (id),
	sealed    TEXT NOT NULL, -- the secret, sealed with a key of the key file
	made      INTEGER NOT NULL,
	confirmed INTEGER NOT NULL, -- 0: begun
	step      INTEGER NOT NULL, -- of the last code that was taken
	codes     TEXT -- JSON: hashes of the recovery codes, and when each was used
);

-- Who at the provider of single sign-on is whom.
CREATE TABLE identity (
	id      TEXT PRIMARY KEY,
	person  TEXT NOT NULL REFERENCES person (id),
	subject TEXT NOT NULL, -- '' until the first sign-in by mail
	mail    TEXT NOT NULL,
	made    INTEGER NOT NULL,
	by      TEXT NOT NULL
);
CREATE UNIQUE INDEX identity_subject ON identity (subject) WHERE subject <> '';
CREATE UNIQUE INDEX identity_mail ON identity (mail) WHERE mail <> '';
CREATE INDEX identity_person ON identity (person);

-- Where people are signed in, or were.
CREATE TABLE visit (
	id       TEXT PRIMARY KEY,
	person   TEXT NOT NULL REFERENCES person (id),
	way      TEXT NOT NULL,
	device   TEXT NOT NULL,
	network  TEXT NOT NULL,
	began    INTEGER NOT NULL,
	seen     INTEGER NOT NULL,
	expires  INTEGER NOT NULL,
	ended    INTEGER NOT NULL, -- 0: by nobody
	ended_by TEXT NOT NULL
);
CREATE INDEX visit_open ON visit (person, began) WHERE ended = 0;

-- What the office sets for everybody: one row, or none.
CREATE TABLE house (
	place   INTEGER PRIMARY KEY, -- 1
	name    TEXT NOT NULL,
	sender  TEXT NOT NULL,
	strict  TEXT, -- JSON: roles that need a second factor
	version INTEGER NOT NULL
);

-- Relays that were set on the pages: 1 is the first, 2 the second.
CREATE TABLE relay (
	place    INTEGER PRIMARY KEY,
	kind     TEXT NOT NULL, -- smtp, or trial: the program's own, which delivers nothing
	addr     TEXT NOT NULL,
	security TEXT NOT NULL,
	login    TEXT NOT NULL,
	sealed   TEXT NOT NULL, -- the password, sealed with a key of the key file
	hello    TEXT NOT NULL,
	version  INTEGER NOT NULL
);
