-- +goose Up
-- What was done to the office's own tables of public holidays, by whom, why.
CREATE TABLE calendar_change (
	id      UUID PRIMARY KEY,
	year    BIGINT NOT NULL,
	at      BIGINT NOT NULL,
	by_id   UUID NOT NULL, -- nil: by command
	by_name TEXT NOT NULL,
	reason  TEXT NOT NULL,
	form    TEXT NOT NULL  -- the whole table; '': it was taken away
);
CREATE INDEX calendar_change_year ON calendar_change (year, at);
CREATE TRIGGER calendar_change_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON calendar_change FOR EACH STATEMENT EXECUTE FUNCTION only_grows();

-- Programs that are told what happens to the issues of a series. Their secrets
-- are not here: they are made from a key in a file.
CREATE TABLE hook_target (
	id         UUID PRIMARY KEY,
	series     UUID NOT NULL REFERENCES series (id),
	name       TEXT NOT NULL,
	url        TEXT NOT NULL,
	kinds      TEXT NOT NULL,    -- JSON
	paused     BOOLEAN NOT NULL,
	generation BIGINT NOT NULL, -- of its secret
	renewed    BIGINT NOT NULL,
	misses     BIGINT NOT NULL, -- in a row
	until      BIGINT NOT NULL, -- left alone until; 0: it is not
	made       BIGINT NOT NULL,
	ended      BIGINT NOT NULL, -- 0: it is told still
	version    BIGINT NOT NULL
);
CREATE INDEX hook_target_series ON hook_target (series) WHERE ended = 0;

-- What they are told, written with what it tells of.
CREATE TABLE hook_message (
	id          UUID PRIMARY KEY,  -- webhook-id
	target      UUID NOT NULL REFERENCES hook_target (id),
	kind        TEXT NOT NULL,
	at          BIGINT NOT NULL,
	fact        TEXT NOT NULL,     -- JSON: ids, number, state
	state       TEXT NOT NULL,     -- waiting, sending, delivered, failed
	next_at     BIGINT NOT NULL,
	token       UUID NOT NULL,
	lease_until BIGINT NOT NULL,
	tries       BIGINT NOT NULL,
	status      BIGINT NOT NULL,  -- of the last answer; 0: none
	why         TEXT NOT NULL,     -- JSON
	ended       BIGINT NOT NULL   -- 0: not yet
);
CREATE INDEX hook_message_due ON hook_message (target, next_at) WHERE state = 'waiting';
CREATE INDEX hook_message_leased ON hook_message (lease_until) WHERE state = 'sending';
CREATE INDEX hook_message_target ON hook_message (target, at);
CREATE INDEX hook_message_ended ON hook_message (ended) WHERE ended > 0;

-- What was done to a target, by whom.
CREATE TABLE hook_change (
	id      UUID PRIMARY KEY,
	target  UUID NOT NULL REFERENCES hook_target (id),
	at      BIGINT NOT NULL,
	by_id   UUID NOT NULL, -- nil: by the program
	by_name TEXT NOT NULL,
	what    TEXT NOT NULL  -- JSON
);
CREATE INDEX hook_change_target ON hook_change (target, at);
CREATE TRIGGER hook_change_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON hook_change FOR EACH STATEMENT EXECUTE FUNCTION only_grows();

-- Addresses under which a person's deadlines can be subscribed to. The secret
-- part is not here, its hash is.
CREATE TABLE feed (
	id     UUID PRIMARY KEY,
	person UUID NOT NULL REFERENCES person (id),
	hash   TEXT NOT NULL UNIQUE, -- SHA-256, hex
	made   BIGINT NOT NULL,
	ended  BIGINT NOT NULL      -- 0: it holds
);
CREATE UNIQUE INDEX feed_person ON feed (person) WHERE ended = 0;

-- Hours in which a person gets no mail, minutes after midnight.
ALTER TABLE reach ADD COLUMN quiet_from BIGINT NOT NULL DEFAULT 0;
ALTER TABLE reach ADD COLUMN quiet_to BIGINT NOT NULL DEFAULT 0;
