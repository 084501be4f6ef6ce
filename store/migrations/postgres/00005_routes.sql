-- +goose Up
ALTER TABLE series ADD COLUMN two_person TEXT; -- JSON; the exception for offices of two
ALTER TABLE series ADD COLUMN total TEXT;      -- JSON; how the total number runs

ALTER TABLE person ADD COLUMN heads TEXT; -- JSON; the units whose head the person is

ALTER TABLE issue ADD COLUMN reached BIGINT NOT NULL DEFAULT 0; -- when it came to the step it is at
ALTER TABLE issue ADD COLUMN total BIGINT NOT NULL DEFAULT 0;   -- 0: none
ALTER TABLE issue ADD COLUMN assigned TEXT;
ALTER TABLE issue ADD COLUMN amendments TEXT;
ALTER TABLE issue ADD COLUMN emergency TEXT;

ALTER TABLE register_line ADD COLUMN total BIGINT NOT NULL DEFAULT 0;
ALTER TABLE register_line ADD COLUMN back BOOLEAN NOT NULL DEFAULT FALSE; -- given elsewhere, entered later
ALTER TABLE register_line ADD COLUMN void_by TEXT NOT NULL DEFAULT '';
ALTER TABLE register_line ADD COLUMN void_at BIGINT NOT NULL DEFAULT 0;

CREATE TABLE delegation (
	id         UUID PRIMARY KEY,
	person     UUID NOT NULL REFERENCES person (id),
	deputy     UUID NOT NULL, -- the nil id: nobody, an absence alone
	series     UUID NOT NULL, -- the nil id: all series
	begins     BIGINT NOT NULL,
	ends       BIGINT NOT NULL,  -- no longer then
	absent     BOOLEAN NOT NULL,
	reason     TEXT NOT NULL,
	by_id      UUID NOT NULL,
	by_name    TEXT NOT NULL,
	at         BIGINT NOT NULL
);
CREATE INDEX delegation_of ON delegation (person, ends);

-- What people say of a place in the text. It counts in no digest.
CREATE TABLE text_comment (
	id           UUID PRIMARY KEY,
	issue        UUID NOT NULL REFERENCES issue (id),
	version      BIGINT NOT NULL, -- of the issue, as it was read
	line         BIGINT NOT NULL,
	quote        TEXT NOT NULL,
	words        TEXT NOT NULL,
	by_id        UUID NOT NULL,
	by_name      TEXT NOT NULL,
	at           BIGINT NOT NULL,
	settled      BIGINT NOT NULL, -- 0: open
	settled_by   UUID NOT NULL,
	settled_name TEXT NOT NULL
);
CREATE INDEX text_comment_issue ON text_comment (issue, at);
