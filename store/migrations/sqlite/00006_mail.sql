-- +goose Up
-- A claim takes some of each dispatch, and looks at no more than it takes.
CREATE INDEX delivery_turn ON delivery (dispatch, next_at, id) WHERE state IN ('queued', 'deferred');
DROP INDEX delivery_due;
-- One that knows states as well would tempt planners to read all of a dispatch.
CREATE INDEX delivery_of ON delivery (dispatch);
DROP INDEX delivery_dispatch;
ALTER TABLE dispatch ADD COLUMN paused BOOLEAN NOT NULL DEFAULT FALSE;

-- How fast letters go, for all engines together.
CREATE TABLE pace (
	key TEXT PRIMARY KEY,     -- 'relay mail.example:25', 'domain 163.com'
	at  INTEGER NOT NULL      -- when the next letter may go
);

-- Mail that came in, kept raw, each once.
CREATE TABLE incoming (
	id       TEXT PRIMARY KEY,
	sha256   TEXT NOT NULL UNIQUE, -- of the raw bytes
	at       INTEGER NOT NULL,
	class    TEXT NOT NULL,
	delivery TEXT NOT NULL,   -- the nil id: matched by none
	sender   TEXT NOT NULL,
	subject  TEXT NOT NULL,
	words    TEXT NOT NULL,   -- without what it quotes
	code     INTEGER NOT NULL, -- of a bounce: SMTP's, or 0
	enhanced TEXT NOT NULL,   -- of a bounce: RFC 3463, or ''
	raw      BLOB NOT NULL,
	handled  INTEGER NOT NULL  -- 0: by nobody yet
);
CREATE INDEX incoming_open ON incoming (at) WHERE handled = 0;
CREATE INDEX incoming_delivery ON incoming (delivery);
