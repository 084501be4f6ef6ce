-- +goose Up
-- Every entry says what both of its accounts hold after it, as a bank's book does.
-- The database holds that against what the account held after its last entry
-- before, and so adds nothing up: 10,000 entries cost 10,000 looks at an index,
-- where each was the sum of all before it.
ALTER TABLE copy_entry ADD COLUMN from_holds INTEGER NOT NULL DEFAULT 0;
ALTER TABLE copy_entry ADD COLUMN to_holds INTEGER NOT NULL DEFAULT 0;
CREATE INDEX copy_entry_given ON copy_entry (issue, from_account, seq);
CREATE INDEX copy_entry_taken ON copy_entry (issue, to_account, seq);

DROP TRIGGER copy_entry_no_update;
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
-- +goose StatementBegin
CREATE TRIGGER copy_entry_no_update BEFORE UPDATE ON copy_entry
BEGIN
	SELECT RAISE(ABORT, 'copy_entry only grows');
END;
-- +goose StatementEnd

DROP TRIGGER copy_entry_covered;
-- +goose StatementBegin
CREATE TRIGGER copy_entry_covered BEFORE INSERT ON copy_entry
BEGIN
	SELECT RAISE(ABORT, 'copy_entry: not the next entry')
	WHERE NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM copy_entry WHERE issue = NEW.issue);
	SELECT RAISE(ABORT, 'copy_entry: there is no such account')
	WHERE EXISTS (
		SELECT 1 FROM (SELECT NEW.from_account AS account UNION ALL SELECT NEW.to_account)
		WHERE account NOT IN ('made', 'stock', 'file', 'spoiled', 'returned', 'destroyed', 'unexplained')
			AND account NOT GLOB 'unit:' || replace('????????-????-????-????-????????????', '?', '[0-9a-f]')
	);
	SELECT RAISE(ABORT, 'copy_entry: from an account to itself') WHERE NEW.from_account = NEW.to_account;
	SELECT RAISE(ABORT, 'copy_entry: unexplained without a reason') WHERE NEW.to_account = 'unexplained' AND trim(NEW.reason) = '';
	SELECT RAISE(ABORT, 'copy_entry: the account does not hold so many copies') WHERE NEW.from_account <> 'made' AND NEW.from_holds < 0;
	SELECT RAISE(ABORT, 'copy_entry: an account does not hold what the entry says')
	WHERE EXISTS (
		SELECT 1 FROM (
			SELECT NEW.from_account AS account, NEW.from_holds + NEW.count AS held
			UNION ALL
			SELECT NEW.to_account, NEW.to_holds - NEW.count) AS side
		WHERE held <> COALESCE((
			SELECT CASE side.account WHEN e.from_account THEN e.from_holds ELSE e.to_holds END
			FROM copy_entry e WHERE e.issue = NEW.issue AND e.seq = max(
				COALESCE((SELECT MAX(seq) FROM copy_entry WHERE issue = NEW.issue AND from_account = side.account), 0),
				COALESCE((SELECT MAX(seq) FROM copy_entry WHERE issue = NEW.issue AND to_account = side.account), 0))), 0)
	);
END;
-- +goose StatementEnd
