-- +goose Up
-- What leaders wrote on issues, and what became of it.
CREATE TABLE remark (
	id        TEXT PRIMARY KEY,
	series    TEXT NOT NULL REFERENCES series (id),
	issue     TEXT NOT NULL REFERENCES issue (id),
	state     TEXT NOT NULL,
	slip_year INTEGER NOT NULL,
	slip_no   INTEGER NOT NULL, -- 0: not given to units yet
	due       TEXT NOT NULL,   -- 2006-01-02, or ''
	entered   INTEGER NOT NULL,
	version   INTEGER NOT NULL,
	body      TEXT NOT NULL    -- JSON
);
CREATE UNIQUE INDEX remark_slip ON remark (series, slip_year, slip_no) WHERE slip_no > 0;
CREATE INDEX remark_entered ON remark (series, entered);
CREATE INDEX remark_issue ON remark (issue);
CREATE INDEX remark_due ON remark (due) WHERE state = 'assigned';

CREATE TABLE remark_line (
	id     TEXT PRIMARY KEY,
	remark TEXT NOT NULL REFERENCES remark (id),
	seq    INTEGER NOT NULL,
	at     INTEGER NOT NULL,
	act    TEXT NOT NULL,
	line   TEXT NOT NULL, -- the whole line, as it was hashed
	hash   TEXT NOT NULL,
	UNIQUE (remark, seq)
);
-- +goose StatementBegin
CREATE TRIGGER remark_line_no_update BEFORE UPDATE ON remark_line
BEGIN
	SELECT RAISE(ABORT, 'remark_line only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER remark_line_no_delete BEFORE DELETE ON remark_line
BEGIN
	SELECT RAISE(ABORT, 'remark_line only grows');
END;
-- +goose StatementEnd
