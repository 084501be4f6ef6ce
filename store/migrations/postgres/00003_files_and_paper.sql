-- +goose Up
ALTER TABLE issue ADD COLUMN pictures TEXT;

CREATE TABLE original (
	issue    UUID NOT NULL REFERENCES issue (id),
	version  BIGINT NOT NULL,
	name     TEXT NOT NULL,
	encoding TEXT NOT NULL,
	data     BYTEA NOT NULL, -- the bytes as they were handed in
	by_id    UUID NOT NULL,
	by_name  TEXT NOT NULL,
	at       BIGINT NOT NULL,
	PRIMARY KEY (issue, version)
);
CREATE TRIGGER original_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON original FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
CREATE TRIGGER attachment_only_grows BEFORE UPDATE ON attachment FOR EACH STATEMENT EXECUTE FUNCTION only_grows();

-- What circulates on paper only has a line of the register and no issue.
ALTER TABLE register_line ADD COLUMN level TEXT NOT NULL DEFAULT ''; -- '' is none: an issue
ALTER TABLE register_line ADD COLUMN term TEXT NOT NULL DEFAULT '';
ALTER TABLE register_line ADD COLUMN copies BIGINT NOT NULL DEFAULT 0;
ALTER TABLE register_line ADD COLUMN holder TEXT NOT NULL DEFAULT '';

ALTER TABLE series ADD COLUMN layout TEXT NOT NULL DEFAULT ''; -- JSON; '' is the built-in one
ALTER TABLE series ADD COLUMN leaders TEXT;
