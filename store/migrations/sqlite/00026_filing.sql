-- +goose Up
-- How long a series keeps its issues and by when they are filed; the last row
-- holds.
CREATE TABLE filing_rule (
	series  TEXT NOT NULL REFERENCES series (id),
	seq     INTEGER NOT NULL,
	at      INTEGER NOT NULL,
	by_id   TEXT NOT NULL,
	by_name TEXT NOT NULL,
	reason  TEXT NOT NULL,
	body    TEXT NOT NULL, -- JSON
	PRIMARY KEY (series, seq)
);

-- The filing lists: a line for each issue that is filed.
CREATE TABLE filing_item (
	issue  TEXT PRIMARY KEY REFERENCES issue (id),
	series TEXT NOT NULL REFERENCES series (id),
	year   INTEGER NOT NULL,
	class  TEXT NOT NULL,
	no     INTEGER NOT NULL,
	at     INTEGER NOT NULL,
	body   TEXT NOT NULL, -- JSON
	UNIQUE (series, year, class, no)
);

-- What keeps an item off destruction lists.
CREATE TABLE filing_hold (
	id     TEXT PRIMARY KEY,
	issue  TEXT NOT NULL REFERENCES filing_item (issue),
	at     INTEGER NOT NULL,
	lifted INTEGER NOT NULL, -- 0: not yet
	body   TEXT NOT NULL     -- JSON
);
CREATE INDEX filing_hold_issue ON filing_hold (issue);

-- The destruction lists, which stay for ever.
CREATE TABLE destruction (
	id      TEXT PRIMARY KEY,
	series  TEXT NOT NULL REFERENCES series (id),
	year    INTEGER NOT NULL,
	no      INTEGER NOT NULL,
	state   TEXT NOT NULL,
	version INTEGER NOT NULL,
	body    TEXT NOT NULL, -- JSON
	UNIQUE (series, year, no)
);

-- +goose StatementBegin
CREATE TRIGGER filing_rule_no_update BEFORE UPDATE ON filing_rule
BEGIN
	SELECT RAISE(ABORT, 'filing_rule only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER filing_rule_no_delete BEFORE DELETE ON filing_rule
BEGIN
	SELECT RAISE(ABORT, 'filing_rule only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER filing_item_no_update BEFORE UPDATE ON filing_item
BEGIN
	SELECT RAISE(ABORT, 'filing_item only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER filing_item_no_delete BEFORE DELETE ON filing_item
BEGIN
	SELECT RAISE(ABORT, 'filing_item only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER filing_hold_ended BEFORE UPDATE ON filing_hold WHEN OLD.lifted <> 0
BEGIN
	SELECT RAISE(ABORT, 'filing_hold: it was lifted');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER filing_hold_no_delete BEFORE DELETE ON filing_hold
BEGIN
	SELECT RAISE(ABORT, 'filing_hold only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER destruction_ended BEFORE UPDATE ON destruction WHEN OLD.state NOT IN ('proposed', 'approved')
BEGIN
	SELECT RAISE(ABORT, 'destruction: it is over');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER destruction_no_delete BEFORE DELETE ON destruction
BEGIN
	SELECT RAISE(ABORT, 'destruction only grows');
END;
-- +goose StatementEnd

-- Texts and originals of an issue go when its history says that they were
-- destroyed, and never otherwise.
DROP TRIGGER issue_text_no_delete;
DROP TRIGGER original_no_delete;
-- +goose StatementBegin
CREATE TRIGGER issue_text_no_delete BEFORE DELETE ON issue_text
WHEN NOT EXISTS (SELECT 1 FROM event WHERE event.issue = OLD.issue AND event.act = 'destroy')
BEGIN
	SELECT RAISE(ABORT, 'issue_text only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER original_no_delete BEFORE DELETE ON original
WHEN NOT EXISTS (SELECT 1 FROM event WHERE event.issue = OLD.issue AND event.act = 'destroy')
BEGIN
	SELECT RAISE(ABORT, 'original only grows');
END;
-- +goose StatementEnd

-- The issues of a series by the year that they belong to, and those that nobody
-- has filed.
CREATE INDEX issue_dated ON issue (series, date) WHERE date <> '';
