-- +goose Up
-- Who was not let in: a row is an hour of one sort of refusals, of one account or,
-- where it is nobody's, of one network. Rows only count up.
CREATE TABLE refusal (
	id      TEXT PRIMARY KEY,
	hour    INTEGER NOT NULL, -- when it began
	why     TEXT NOT NULL,
	person  TEXT NOT NULL,    -- whose account; of zeros: nobody's
	place   TEXT NOT NULL,    -- the network, where it is nobody's account; '' of all others together
	began   INTEGER NOT NULL,
	last    INTEGER NOT NULL,
	times   INTEGER NOT NULL,
	origin  TEXT NOT NULL,    -- the network of the last
	several BOOLEAN NOT NULL, -- there were others
	token   TEXT NOT NULL     -- the beginning of the last, '' where there was none
);
CREATE UNIQUE INDEX refusal_line ON refusal (hour, why, person, place);
CREATE INDEX refusal_began ON refusal (began, id);
-- +goose StatementBegin
CREATE TRIGGER refusal_only_counts BEFORE UPDATE ON refusal
WHEN NEW.times <= OLD.times OR NEW.id <> OLD.id OR NEW.hour <> OLD.hour OR NEW.why <> OLD.why OR NEW.person <> OLD.person OR NEW.place <> OLD.place OR NEW.began <> OLD.began OR NEW.last < OLD.last
BEGIN
	SELECT RAISE(ABORT, 'refusal only counts up');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER refusal_no_delete BEFORE DELETE ON refusal
BEGIN
	SELECT RAISE(ABORT, 'refusal only counts up');
END;
-- +goose StatementEnd
