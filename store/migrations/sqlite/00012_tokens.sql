-- +goose Up
-- Tokens by which programs speak for people; of the token itself the hash.
CREATE TABLE token (
	id      TEXT PRIMARY KEY,
	person  TEXT NOT NULL REFERENCES person (id),
	kind    TEXT NOT NULL,
	name    TEXT NOT NULL,
	prefix  TEXT NOT NULL,
	hash    TEXT NOT NULL UNIQUE, -- SHA-256, hex
	series  TEXT,                 -- JSON; null: all that the person sees
	acts    BOOLEAN NOT NULL,
	made    INTEGER NOT NULL,
	by      TEXT NOT NULL,
	expires INTEGER NOT NULL,
	revoked INTEGER NOT NULL,      -- 0: it is not
	used    INTEGER NOT NULL       -- 0: never
);
CREATE INDEX token_person ON token (person);

-- What was answered to a request with an Idempotency-Key, to be answered again.
CREATE TABLE answer (
	token   TEXT NOT NULL REFERENCES token (id),
	key     TEXT NOT NULL,    -- SHA-256, hex
	request TEXT NOT NULL,    -- HMAC of the request under the token, hex
	begun   INTEGER NOT NULL,
	answer  BLOB, -- null: still at work, or broken off
	PRIMARY KEY (token, key)
);
CREATE INDEX answer_begun ON answer (begun);
