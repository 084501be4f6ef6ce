-- +goose Up
-- What everybody did is read by day, the newest first.
CREATE INDEX event_at ON event (at);

-- When the histories were verified, and what was found.
CREATE TABLE chain_check (
	id       UUID PRIMARY KEY,
	at       BIGINT NOT NULL,
	issues   BIGINT NOT NULL,
	events   BIGINT NOT NULL,
	roots    BIGINT NOT NULL,
	findings TEXT NOT NULL -- JSON
);
CREATE INDEX chain_check_at ON chain_check (at);
CREATE TRIGGER chain_check_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON chain_check FOR EACH STATEMENT EXECUTE FUNCTION only_grows();

-- Who asked that the administrators be separated no longer; the last row holds,
-- until the separation turns or the request is a day old.
CREATE TABLE separation_ask (
	seq     BIGINT PRIMARY KEY,
	at      BIGINT NOT NULL,
	by_id   UUID NOT NULL,
	by_name TEXT NOT NULL,
	reason  TEXT NOT NULL
);
CREATE TRIGGER separation_ask_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON separation_ask FOR EACH STATEMENT EXECUTE FUNCTION only_grows();

-- How often something was tried of late, counted by all processes together
-- (package throttle).
CREATE TABLE try_count (
	key  TEXT PRIMARY KEY, -- SHA-256 of what is tried, hex
	free BIGINT NOT NULL   -- when all tries are free again
);
CREATE INDEX try_count_free ON try_count (free);
