-- +goose Up
-- Every entry says what both of its accounts hold after it, as a bank's book does.
-- The database holds that against what the account held after its last entry
-- before, and so adds nothing up: 10,000 entries cost 10,000 looks at an index,
-- where each was the sum of all before it.
ALTER TABLE copy_entry ADD COLUMN from_holds BIGINT NOT NULL DEFAULT 0;
ALTER TABLE copy_entry ADD COLUMN to_holds BIGINT NOT NULL DEFAULT 0;
-- Of one expression, so that no other index can be taken for these: while a table
-- is empty, all look alike to the planner, and sessions keep its plans.
CREATE INDEX copy_entry_given ON copy_entry ((issue::text || ' ' || from_account), seq);
CREATE INDEX copy_entry_taken ON copy_entry ((issue::text || ' ' || to_account), seq);

ALTER TABLE copy_entry DISABLE TRIGGER copy_entry_only_grows;
WITH moved AS (
	SELECT id, issue, seq, from_account AS account, -count AS n FROM copy_entry
	UNION ALL
	SELECT id, issue, seq, to_account, count FROM copy_entry
), book AS (
	SELECT id, n, SUM(n) OVER (PARTITION BY issue, account ORDER BY seq) AS held FROM moved
), line AS (
	SELECT id, MAX(CASE WHEN n < 0 THEN held END) AS from_holds, MAX(CASE WHEN n > 0 THEN held END) AS to_holds FROM book GROUP BY id
)
UPDATE copy_entry SET from_holds = line.from_holds, to_holds = line.to_holds FROM line WHERE line.id = copy_entry.id;
ALTER TABLE copy_entry ENABLE TRIGGER copy_entry_only_grows;

-- What an account holds by the last entry that moved copies of it. The settings
-- leave one plan: that index backwards, to its first row.
-- +goose StatementBegin
CREATE FUNCTION copy_holds(of_issue UUID, account TEXT) RETURNS BIGINT LANGUAGE plpgsql
	SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
	key CONSTANT TEXT := of_issue::text || ' ' || account;
	given copy_entry;
	taken copy_entry;
BEGIN
	SELECT * INTO given FROM copy_entry WHERE issue::text || ' ' || from_account = key ORDER BY seq DESC LIMIT 1;
	SELECT * INTO taken FROM copy_entry WHERE issue::text || ' ' || to_account = key ORDER BY seq DESC LIMIT 1;
	RETURN CASE WHEN COALESCE(given.seq, 0) > COALESCE(taken.seq, 0) THEN given.from_holds ELSE COALESCE(taken.to_holds, 0) END;
END;
$$;
-- +goose StatementEnd

-- Two who post at once meet at UNIQUE (issue, seq): the second is refused, so that
-- neither overlooks what the other takes.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION copy_entry_covered() RETURNS trigger LANGUAGE plpgsql
	SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
BEGIN
	IF NEW.seq <> COALESCE((SELECT seq FROM copy_entry WHERE issue = NEW.issue ORDER BY seq DESC LIMIT 1), 0) + 1 THEN
		RAISE EXCEPTION 'copy_entry: % is not the next entry', NEW.seq USING ERRCODE = 'unique_violation';
	END IF;
	IF NEW.from_account <> 'made' AND NEW.from_holds < 0 THEN
		RAISE EXCEPTION 'copy_entry: % does not hold % copies', NEW.from_account, NEW.count USING ERRCODE = 'check_violation';
	END IF;
	IF NEW.from_holds <> copy_holds(NEW.issue, NEW.from_account) - NEW.count OR NEW.to_holds <> copy_holds(NEW.issue, NEW.to_account) + NEW.count THEN
		RAISE EXCEPTION 'copy_entry: an account does not hold what the entry % says', NEW.seq USING ERRCODE = 'check_violation';
	END IF;
	RETURN NEW;
END;
$$;
-- +goose StatementEnd
