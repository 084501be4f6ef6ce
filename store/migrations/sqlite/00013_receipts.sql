-- +goose Up
-- Who acknowledged what, however it came. A wrong one is voided by another.
CREATE TABLE receipt (
	id         TEXT PRIMARY KEY,
	seq        INTEGER NOT NULL,
	issue      TEXT NOT NULL REFERENCES issue (id),
	version    TEXT NOT NULL,     -- the digest of the text that was sent
	unit       TEXT NOT NULL,
	name       TEXT NOT NULL,
	means      TEXT NOT NULL,
	verdict    TEXT NOT NULL,
	by         TEXT NOT NULL,
	at         INTEGER NOT NULL,
	copies     INTEGER NOT NULL CHECK (copies >= 0),
	expected   INTEGER NOT NULL,
	reason     TEXT NOT NULL,
	evidence   TEXT NOT NULL,
	entered    INTEGER NOT NULL,
	entered_by TEXT NOT NULL,     -- '': the unit itself
	slip       TEXT NOT NULL,     -- the nil id: none
	delivery   TEXT NOT NULL,     -- the nil id: none
	mail       TEXT NOT NULL,     -- the nil id: none
	UNIQUE (issue, seq)
);
CREATE UNIQUE INDEX receipt_mail ON receipt (mail) WHERE mail <> '00000000-0000-0000-0000-000000000000';
-- +goose StatementBegin
CREATE TRIGGER receipt_no_update BEFORE UPDATE ON receipt
BEGIN
	SELECT RAISE(ABORT, 'receipt only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER receipt_no_delete BEFORE DELETE ON receipt
BEGIN
	SELECT RAISE(ABORT, 'receipt only grows');
END;
-- +goose StatementEnd

-- The right to acknowledge without an account. Tokens are not here, their hashes
-- are.
CREATE TABLE receipt_slip (
	id       TEXT PRIMARY KEY,
	hash     TEXT NOT NULL UNIQUE, -- SHA-256, hex
	issue    TEXT NOT NULL REFERENCES issue (id),
	dispatch TEXT NOT NULL,
	version  TEXT NOT NULL,
	unit     TEXT NOT NULL,
	name     TEXT NOT NULL,
	means    TEXT NOT NULL,
	copies   INTEGER NOT NULL,
	made     INTEGER NOT NULL,
	expires  INTEGER NOT NULL,
	used     INTEGER NOT NULL      -- 0: not yet
);
CREATE INDEX receipt_slip_unit ON receipt_slip (issue, unit);

-- Who was asked for a receipt, each rung of the ladder once.
CREATE TABLE chase (
	issue    TEXT NOT NULL REFERENCES issue (id),
	unit     TEXT NOT NULL,
	rung     INTEGER NOT NULL,
	at       INTEGER NOT NULL,
	whom     TEXT NOT NULL,
	dispatch TEXT NOT NULL,        -- the nil id: by telephone
	PRIMARY KEY (issue, unit, rung)
);
CREATE INDEX chase_dispatch ON chase (dispatch);
CREATE INDEX issue_released ON issue (series, released);
