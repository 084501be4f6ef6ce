-- +goose Up
-- What leaders wrote on issues, and what became of it.
CREATE TABLE remark (
	id        UUID PRIMARY KEY,
	series    UUID NOT NULL REFERENCES series (id),
	issue     UUID NOT NULL REFERENCES issue (id),
	state     TEXT NOT NULL,
	slip_year BIGINT NOT NULL,
	slip_no   BIGINT NOT NULL, -- 0: not given to units yet
	due       TEXT NOT NULL,   -- 2006-01-02, or ''
	entered   BIGINT NOT NULL,
	version   BIGINT NOT NULL,
	body      TEXT NOT NULL    -- JSON
);
CREATE UNIQUE INDEX remark_slip ON remark (series, slip_year, slip_no) WHERE slip_no > 0;
CREATE INDEX remark_entered ON remark (series, entered);
CREATE INDEX remark_issue ON remark (issue);
CREATE INDEX remark_due ON remark (due) WHERE state = 'assigned';

CREATE TABLE remark_line (
	id     UUID PRIMARY KEY,
	remark UUID NOT NULL REFERENCES remark (id),
	seq    BIGINT NOT NULL,
	at     BIGINT NOT NULL,
	act    TEXT NOT NULL,
	line   TEXT NOT NULL, -- the whole line, as it was hashed
	hash   TEXT NOT NULL,
	UNIQUE (remark, seq)
);
CREATE TRIGGER remark_line_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON remark_line FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
