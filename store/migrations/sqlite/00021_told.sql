-- +goose Up
-- What was done to the office's own tables of public holidays, by whom, why.
CREATE TABLE calendar_change (
	id      TEXT PRIMARY KEY,
	year    INTEGER NOT NULL,
	at      INTEGER NOT NULL,
	by_id   TEXT NOT NULL, -- nil: by command
	by_name TEXT NOT NULL,
	reason  TEXT NOT NULL,
	form    TEXT NOT NULL  -- the whole table; '': it was taken away
);
CREATE INDEX calendar_change_year ON calendar_change (year, at);
-- +goose StatementBegin
CREATE TRIGGER calendar_change_no_update BEFORE UPDATE ON calendar_change
BEGIN
	SELECT RAISE(ABORT, 'calendar_change only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER calendar_change_no_delete BEFORE DELETE ON calendar_change
BEGIN
	SELECT RAISE(ABORT, 'calendar_change only grows');
END;
-- +goose StatementEnd

-- Programs that are told what happens to the issues of a series. Their secrets
-- are not here: they are made from a key in a file.
CREATE TABLE hook_target (
	id         TEXT PRIMARY KEY,
	series     TEXT NOT NULL REFERENCES series (id),
	name       TEXT NOT NULL,
	url        TEXT NOT NULL,
	kinds      TEXT NOT NULL,    -- JSON
	paused     BOOLEAN NOT NULL,
	generation INTEGER NOT NULL, -- of its secret
	renewed    INTEGER NOT NULL,
	misses     INTEGER NOT NULL, -- in a row
	until      INTEGER NOT NULL, -- left alone until; 0: it is not
	made       INTEGER NOT NULL,
	ended      INTEGER NOT NULL, -- 0: it is told still
	version    INTEGER NOT NULL
);
CREATE INDEX hook_target_series ON hook_target (series) WHERE ended = 0;

-- What they are told, written with what it tells of.
CREATE TABLE hook_message (
	id          TEXT PRIMARY KEY,  -- webhook-id
	target      TEXT NOT NULL REFERENCES hook_target (id),
	kind        TEXT NOT NULL,
	at          INTEGER NOT NULL,
	fact        TEXT NOT NULL,     -- JSON: ids, number, state
	state       TEXT NOT NULL,     -- waiting, sending, delivered, failed
	next_at     INTEGER NOT NULL,
	token       TEXT NOT NULL,
	lease_until INTEGER NOT NULL,
	tries       INTEGER NOT NULL,
	status      INTEGER NOT NULL,  -- of the last answer; 0: none
	why         TEXT NOT NULL,     -- JSON
	ended       INTEGER NOT NULL   -- 0: not yet
);
CREATE INDEX hook_message_due ON hook_message (target, next_at) WHERE state = 'waiting';
CREATE INDEX hook_message_leased ON hook_message (lease_until) WHERE state = 'sending';
CREATE INDEX hook_message_target ON hook_message (target, at);
CREATE INDEX hook_message_ended ON hook_message (ended) WHERE ended > 0;

-- What was done to a target, by whom.
CREATE TABLE hook_change (
	id      TEXT PRIMARY KEY,
	target  TEXT NOT NULL REFERENCES hook_target (id),
	at      INTEGER NOT NULL,
	by_id   TEXT NOT NULL, -- nil: by the program
	by_name TEXT NOT NULL,
	what    TEXT NOT NULL  -- JSON
);
CREATE INDEX hook_change_target ON hook_change (target, at);
-- +goose StatementBegin
CREATE TRIGGER hook_change_no_update BEFORE UPDATE ON hook_change
BEGIN
	SELECT RAISE(ABORT, 'hook_change only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER hook_change_no_delete BEFORE DELETE ON hook_change
BEGIN
	SELECT RAISE(ABORT, 'hook_change only grows');
END;
-- +goose StatementEnd

-- Addresses under which a person's deadlines can be subscribed to. The secret
-- part is not here, its hash is.
CREATE TABLE feed (
	id     TEXT PRIMARY KEY,
	person TEXT NOT NULL REFERENCES person (id),
	hash   TEXT NOT NULL UNIQUE, -- SHA-256, hex
	made   INTEGER NOT NULL,
	ended  INTEGER NOT NULL      -- 0: it holds
);
CREATE UNIQUE INDEX feed_person ON feed (person) WHERE ended = 0;

-- Hours in which a person gets no mail, minutes after midnight.
ALTER TABLE reach ADD COLUMN quiet_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reach ADD COLUMN quiet_to INTEGER NOT NULL DEFAULT 0;
