-- +goose Up
ALTER TABLE copy_entry ADD COLUMN act TEXT NOT NULL DEFAULT '';
ALTER TABLE copy_entry ADD COLUMN person TEXT NOT NULL DEFAULT '';
ALTER TABLE copy_entry ADD COLUMN numbers TEXT NOT NULL DEFAULT ''; -- 000001-000004,000013
ALTER TABLE copy_entry ADD CONSTRAINT copy_entry_moves CHECK (from_account <> to_account);
ALTER TABLE copy_entry ADD CONSTRAINT copy_entry_said CHECK (to_account <> 'unexplained' OR trim(reason) <> '');
ALTER TABLE copy_entry ADD CONSTRAINT copy_entry_accounts CHECK (
	from_account ~ '^(made|stock|file|spoiled|returned|destroyed|unexplained|unit:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$' AND
	to_account ~ '^(made|stock|file|spoiled|returned|destroyed|unexplained|unit:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$');

-- What every account holds. Each entry takes from one account what it gives to
-- another, so the accounts of an issue sum to zero, made being below it.
CREATE VIEW copy_balance AS
	SELECT issue, account, SUM(n) AS held
	FROM (
		SELECT issue, to_account AS account, count AS n FROM copy_entry
		UNION ALL
		SELECT issue, from_account, -count FROM copy_entry
	) AS moved
	GROUP BY issue, account;

-- No account gives what it does not hold, and entries follow each other without
-- a gap. Two who post at once meet at UNIQUE (issue, seq): the second is refused,
-- so that neither overlooks what the other takes.
-- +goose StatementBegin
CREATE FUNCTION copy_entry_covered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM copy_entry WHERE issue = NEW.issue) THEN
		RAISE EXCEPTION 'copy_entry: % is not the next entry', NEW.seq USING ERRCODE = 'unique_violation';
	END IF;
	IF NEW.from_account <> 'made' AND NEW.count > COALESCE((SELECT held FROM copy_balance WHERE issue = NEW.issue AND account = NEW.from_account), 0) THEN
		RAISE EXCEPTION 'copy_entry: % does not hold % copies', NEW.from_account, NEW.count USING ERRCODE = 'check_violation';
	END IF;
	RETURN NEW;
END;
$$;
-- +goose StatementEnd
CREATE TRIGGER copy_entry_covered BEFORE INSERT ON copy_entry FOR EACH ROW EXECUTE FUNCTION copy_entry_covered();

CREATE TABLE copy_handover (
	id      UUID PRIMARY KEY,
	issue   UUID NOT NULL REFERENCES issue (id),
	seq     BIGINT NOT NULL,
	at      BIGINT NOT NULL,
	by      TEXT NOT NULL,
	unit    UUID NOT NULL,
	count   BIGINT NOT NULL CHECK (count > 0),
	way     TEXT NOT NULL,
	person  TEXT NOT NULL CHECK (trim(person) <> ''),
	numbers TEXT NOT NULL,
	note    TEXT NOT NULL,
	UNIQUE (issue, seq)
);
CREATE TRIGGER copy_handover_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON copy_handover FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
-- +goose StatementBegin
CREATE FUNCTION copy_handover_covered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM copy_handover WHERE issue = NEW.issue) THEN
		RAISE EXCEPTION 'copy_handover: % is not the next', NEW.seq USING ERRCODE = 'unique_violation';
	END IF;
	IF NEW.count + (SELECT COALESCE(SUM(count), 0) FROM copy_handover WHERE issue = NEW.issue AND unit = NEW.unit)
		> (SELECT COALESCE(SUM(count), 0) FROM copy_entry WHERE issue = NEW.issue AND to_account = 'unit:' || NEW.unit) THEN
		RAISE EXCEPTION 'copy_handover: % was not given so many copies', NEW.unit USING ERRCODE = 'check_violation';
	END IF;
	RETURN NEW;
END;
$$;
-- +goose StatementEnd
CREATE TRIGGER copy_handover_covered BEFORE INSERT ON copy_handover FOR EACH ROW EXECUTE FUNCTION copy_handover_covered();
