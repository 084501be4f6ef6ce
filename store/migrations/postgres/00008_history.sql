-- +goose Up
-- The daily roots of all histories, as they were signed (package history).
CREATE TABLE history_root (
	seq  BIGINT PRIMARY KEY,
	at   BIGINT NOT NULL,
	line TEXT NOT NULL
);
CREATE TRIGGER history_root_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON history_root FOR EACH STATEMENT EXECUTE FUNCTION only_grows();

-- The office's own tables of working days, in the place of the built-in ones of
-- the same years (package calendar).
CREATE TABLE calendar_year (
	year    BIGINT PRIMARY KEY,
	source  TEXT NOT NULL,
	version BIGINT NOT NULL
);

CREATE TABLE calendar_day (
	year BIGINT NOT NULL REFERENCES calendar_year (year) ON DELETE CASCADE,
	day  TEXT NOT NULL,    -- 2026-10-01
	off  BOOLEAN NOT NULL, -- false: worked to make up for another
	name TEXT NOT NULL,
	PRIMARY KEY (year, day)
);
