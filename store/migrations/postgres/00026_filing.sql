-- +goose Up
-- How long a series keeps its issues and by when they are filed; the last row
-- holds.
CREATE TABLE filing_rule (
	series  UUID NOT NULL REFERENCES series (id),
	seq     BIGINT NOT NULL,
	at      BIGINT NOT NULL,
	by_id   UUID NOT NULL,
	by_name TEXT NOT NULL,
	reason  TEXT NOT NULL,
	body    TEXT NOT NULL, -- JSON
	PRIMARY KEY (series, seq)
);

-- The filing lists: a line for each issue that is filed.
CREATE TABLE filing_item (
	issue  UUID PRIMARY KEY REFERENCES issue (id),
	series UUID NOT NULL REFERENCES series (id),
	year   BIGINT NOT NULL,
	class  TEXT NOT NULL,
	no     BIGINT NOT NULL,
	at     BIGINT NOT NULL,
	body   TEXT NOT NULL, -- JSON
	UNIQUE (series, year, class, no)
);

-- What keeps an item off destruction lists.
CREATE TABLE filing_hold (
	id     UUID PRIMARY KEY,
	issue  UUID NOT NULL REFERENCES filing_item (issue),
	at     BIGINT NOT NULL,
	lifted BIGINT NOT NULL, -- 0: not yet
	body   TEXT NOT NULL    -- JSON
);
CREATE INDEX filing_hold_issue ON filing_hold (issue);

-- The destruction lists, which stay for ever.
CREATE TABLE destruction (
	id      UUID PRIMARY KEY,
	series  UUID NOT NULL REFERENCES series (id),
	year    BIGINT NOT NULL,
	no      BIGINT NOT NULL,
	state   TEXT NOT NULL,
	version BIGINT NOT NULL,
	body    TEXT NOT NULL, -- JSON
	UNIQUE (series, year, no)
);

CREATE TRIGGER filing_rule_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON filing_rule FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
CREATE TRIGGER filing_item_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON filing_item FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
CREATE TRIGGER filing_hold_only_grows BEFORE DELETE OR TRUNCATE ON filing_hold FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
CREATE TRIGGER filing_hold_ended BEFORE UPDATE ON filing_hold FOR EACH ROW WHEN (OLD.lifted <> 0) EXECUTE FUNCTION only_grows();
CREATE TRIGGER destruction_only_grows BEFORE DELETE OR TRUNCATE ON destruction FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
CREATE TRIGGER destruction_ended BEFORE UPDATE ON destruction FOR EACH ROW WHEN (OLD.state NOT IN ('proposed', 'approved')) EXECUTE FUNCTION only_grows();

-- Texts and originals of an issue go when its history says that they were
-- destroyed, and never otherwise.
-- +goose StatementBegin
CREATE FUNCTION goes_with_its_issue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT 1 FROM event WHERE event.issue = OLD.issue AND event.act = 'destroy') THEN
		RETURN OLD;
	END IF;
	RAISE EXCEPTION '% only grows', TG_TABLE_NAME;
END;
$$;
-- +goose StatementEnd
DROP TRIGGER issue_text_only_grows ON issue_text;
CREATE TRIGGER issue_text_only_grows BEFORE UPDATE OR TRUNCATE ON issue_text FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
CREATE TRIGGER issue_text_goes BEFORE DELETE ON issue_text FOR EACH ROW EXECUTE FUNCTION goes_with_its_issue();
DROP TRIGGER original_only_grows ON original;
CREATE TRIGGER original_only_grows BEFORE UPDATE OR TRUNCATE ON original FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
CREATE TRIGGER original_goes BEFORE DELETE ON original FOR EACH ROW EXECUTE FUNCTION goes_with_its_issue();

-- The issues of a series by the year that they belong to, and those that nobody
-- has filed.
CREATE INDEX issue_dated ON issue (series, date) WHERE date <> '';
