-- +goose Up
-- Who acknowledged what, however it came. A wrong one is voided by another.
CREATE TABLE receipt (
	id         UUID PRIMARY KEY,
	seq        BIGINT NOT NULL,
	issue      UUID NOT NULL REFERENCES issue (id),
	version    TEXT NOT NULL,     -- the digest of the text that was sent
	unit       UUID NOT NULL,
	name       TEXT NOT NULL,
	means      TEXT NOT NULL,
	verdict    TEXT NOT NULL,
	by         TEXT NOT NULL,
	at         BIGINT NOT NULL,
	copies     BIGINT NOT NULL CHECK (copies >= 0),
	expected   BIGINT NOT NULL,
	reason     TEXT NOT NULL,
	evidence   TEXT NOT NULL,
	entered    BIGINT NOT NULL,
	entered_by TEXT NOT NULL,     -- '': the unit itself
	slip       UUID NOT NULL,     -- the nil id: none
	delivery   UUID NOT NULL,     -- the nil id: none
	mail       UUID NOT NULL,     -- the nil id: none
	UNIQUE (issue, seq)
);
CREATE UNIQUE INDEX receipt_mail ON receipt (mail) WHERE mail <> '00000000-0000-0000-0000-000000000000';
CREATE TRIGGER receipt_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON receipt FOR EACH STATEMENT EXECUTE FUNCTION only_grows();

-- The right to acknowledge without an account. Tokens are not here, their hashes
-- are.
CREATE TABLE receipt_slip (
	id       UUID PRIMARY KEY,
	hash     TEXT NOT NULL UNIQUE, -- SHA-256, hex
	issue    UUID NOT NULL REFERENCES issue (id),
	dispatch UUID NOT NULL,
	version  TEXT NOT NULL,
	unit     UUID NOT NULL,
	name     TEXT NOT NULL,
	means    TEXT NOT NULL,
	copies   BIGINT NOT NULL,
	made     BIGINT NOT NULL,
	expires  BIGINT NOT NULL,
	used     BIGINT NOT NULL      -- 0: not yet
);
CREATE INDEX receipt_slip_unit ON receipt_slip (issue, unit);

-- Who was asked for a receipt, each rung of the ladder once.
CREATE TABLE chase (
	issue    UUID NOT NULL REFERENCES issue (id),
	unit     UUID NOT NULL,
	rung     BIGINT NOT NULL,
	at       BIGINT NOT NULL,
	whom     TEXT NOT NULL,
	dispatch UUID NOT NULL,        -- the nil id: by telephone
	PRIMARY KEY (issue, unit, rung)
);
CREATE INDEX chase_dispatch ON chase (dispatch);
CREATE INDEX issue_released ON issue (series, released);
