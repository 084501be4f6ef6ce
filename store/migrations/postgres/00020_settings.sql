-- +goose Up
-- What was changed in the settings of a series, by whom.
CREATE TABLE series_change (
	series  UUID NOT NULL REFERENCES series (id),
	seq     BIGINT NOT NULL,
	at      BIGINT NOT NULL,
	by_id   UUID NOT NULL, -- nil: by command
	by_name TEXT NOT NULL,
	what    TEXT NOT NULL, -- JSON: sentences
	PRIMARY KEY (series, seq)
);
CREATE TRIGGER series_change_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON series_change FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
