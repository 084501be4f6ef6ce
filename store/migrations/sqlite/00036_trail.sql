-- +goose Up
-- What everybody did is read by day, the newest first.
CREATE INDEX event_at ON event (at);

-- When the histories were verified, and what was found.
CREATE TABLE chain_check (
	id       TEXT PRIMARY KEY,
	at       INTEGER NOT NULL,
	issues   INTEGER NOT NULL,
	events   INTEGER NOT NULL,
	roots    INTEGER NOT NULL,
	findings TEXT NOT NULL -- JSON
);
CREATE INDEX chain_check_at ON chain_check (at);
-- +goose StatementBegin
CREATE TRIGGER chain_check_no_update BEFORE UPDATE ON chain_check
BEGIN
	SELECT RAISE(ABORT, 'chain_check only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER chain_check_no_delete BEFORE DELETE ON chain_check
BEGIN
	SELECT RAISE(ABORT, 'chain_check only grows');
END;
-- +goose StatementEnd

-- Who asked that the administrators be separated no longer; the last row holds,
-- until the separation turns or the request is a day old.
CREATE TABLE separation_ask (
	seq     INTEGER PRIMARY KEY,
	at      INTEGER NOT NULL,
	by_id   TEXT NOT NULL,
	by_name TEXT NOT NULL,
	reason  TEXT NOT NULL
);
-- +goose StatementBegin
CREATE TRIGGER separation_ask_no_update BEFORE UPDATE ON separation_ask
BEGIN
	SELECT RAISE(ABORT, 'separation_ask only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER separation_ask_no_delete BEFORE DELETE ON separation_ask
BEGIN
	SELECT RAISE(ABORT, 'separation_ask only grows');
END;
-- +goose StatementEnd

-- How often something was tried of late, counted by all processes together
-- (package throttle).
CREATE TABLE try_count (
	key  TEXT PRIMARY KEY, -- SHA-256 of what is tried, hex
	free INTEGER NOT NULL  -- when all tries are free again
);
CREATE INDEX try_count_free ON try_count (free);
