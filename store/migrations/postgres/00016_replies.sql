-- +goose Up
-- What became of a mail that answers a letter which asked for a decision. It is
-- begun before anything is decided, so that no mail decides twice.
CREATE TABLE mail_reply (
	mail   UUID PRIMARY KEY REFERENCES incoming (id),
	begun  BIGINT NOT NULL,
	ended  BIGINT NOT NULL,  -- 0: not yet
	person UUID NOT NULL,  -- the nil id: nobody was asked by that letter
	issue  UUID NOT NULL,
	act    TEXT NOT NULL,    -- '': nothing was decided
	why    TEXT NOT NULL     -- JSON: a reason, where nothing was
);

-- Who looked at which version of an issue, and when first.
CREATE TABLE seen (
	issue   UUID NOT NULL REFERENCES issue (id),
	person  UUID NOT NULL,
	version BIGINT NOT NULL,
	at      BIGINT NOT NULL,
	PRIMARY KEY (issue, person, version)
);
