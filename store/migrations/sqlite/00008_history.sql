-- +goose Up
-- The daily roots of all histories, as they were signed (package history).
CREATE TABLE history_root (
	seq  INTEGER PRIMARY KEY,
	at   INTEGER NOT NULL,
	line TEXT NOT NULL
);
-- +goose StatementBegin
CREATE TRIGGER history_root_no_update BEFORE UPDATE ON history_root
BEGIN
	SELECT RAISE(ABORT, 'history_root only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER history_root_no_delete BEFORE DELETE ON history_root
BEGIN
	SELECT RAISE(ABORT, 'history_root only grows');
END;
-- +goose StatementEnd

-- The office's own tables of working days, in the place of the built-in ones of
-- the same years (package calendar).
CREATE TABLE calendar_year (
	year    INTEGER PRIMARY KEY,
	source  TEXT NOT NULL,
	version INTEGER NOT NULL
);

CREATE TABLE calendar_day (
	year INTEGER NOT NULL REFERENCES calendar_year (year) ON DELETE CASCADE,
	day  TEXT NOT NULL,    -- 2026-10-01
	off  BOOLEAN NOT NULL, -- false: worked to make up for another
	name TEXT NOT NULL,
	PRIMARY KEY (year, day)
);
