-- +goose Up
-- What administrators did to people and rights, what happened at the door, and
-- what auditors looked at.
CREATE TABLE office_line (
	id      UUID PRIMARY KEY,
	at      BIGINT NOT NULL,
	by_id   UUID NOT NULL, -- nil: by command, or by the program
	by_name TEXT NOT NULL,
	origin  TEXT NOT NULL, -- the address asked from; '': none
	sphere  TEXT NOT NULL, -- system, security, audit, door
	subject UUID NOT NULL, -- whom or what it was done to
	name    TEXT NOT NULL,
	what    TEXT NOT NULL  -- JSON: sentences
);
CREATE INDEX office_line_at ON office_line (at, id);
CREATE TRIGGER office_line_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON office_line FOR EACH STATEMENT EXECUTE FUNCTION only_grows();

-- Whether the three administrators must be three people; the last row holds.
CREATE TABLE separation (
	seq     BIGINT PRIMARY KEY,
	"on"    BOOLEAN NOT NULL,
	at      BIGINT NOT NULL,
	by_name TEXT NOT NULL
);
CREATE TRIGGER separation_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON separation FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
