-- +goose Up
-- What was changed in the settings of a series, by whom.
CREATE TABLE series_change (
	series  TEXT NOT NULL REFERENCES series (id),
	seq     INTEGER NOT NULL,
	at      INTEGER NOT NULL,
	by_id   TEXT NOT NULL, -- nil: by command
	by_name TEXT NOT NULL,
	what    TEXT NOT NULL, -- JSON: sentences
	PRIMARY KEY (series, seq)
);
-- +goose StatementBegin
CREATE TRIGGER series_change_no_update BEFORE UPDATE ON series_change
BEGIN
	SELECT RAISE(ABORT, 'series_change only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER series_change_no_delete BEFORE DELETE ON series_change
BEGIN
	SELECT RAISE(ABORT, 'series_change only grows');
END;
-- +goose StatementEnd
