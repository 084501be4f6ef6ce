-- +goose Up
ALTER TABLE copy_entry ADD COLUMN act TEXT NOT NULL DEFAULT '';
ALTER TABLE copy_entry ADD COLUMN person TEXT NOT NULL DEFAULT '';
ALTER TABLE copy_entry ADD COLUMN numbers TEXT NOT NULL DEFAULT ''; -- 000001-000004,000013

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
-- a gap. There is one writer at a time.
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
	SELECT RAISE(ABORT, 'copy_entry: the account does not hold so many copies')
	WHERE NEW.from_account <> 'made' AND NEW.count >
		COALESCE((SELECT held FROM copy_balance WHERE issue = NEW.issue AND account = NEW.from_account), 0);
END;
-- +goose StatementEnd

CREATE TABLE copy_handover (
	id      TEXT PRIMARY KEY,
	issue   TEXT NOT NULL REFERENCES issue (id),
	seq     INTEGER NOT NULL,
	at      INTEGER NOT NULL,
	by      TEXT NOT NULL,
	unit    TEXT NOT NULL,
	count   INTEGER NOT NULL CHECK (count > 0),
	way     TEXT NOT NULL,
	person  TEXT NOT NULL CHECK (trim(person) <> ''),
	numbers TEXT NOT NULL,
	note    TEXT NOT NULL,
	UNIQUE (issue, seq)
);
-- +goose StatementBegin
CREATE TRIGGER copy_handover_no_update BEFORE UPDATE ON copy_handover
BEGIN
	SELECT RAISE(ABORT, 'copy_handover only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER copy_handover_no_delete BEFORE DELETE ON copy_handover
BEGIN
	SELECT RAISE(ABORT, 'copy_handover only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER copy_handover_covered BEFORE INSERT ON copy_handover
BEGIN
	SELECT RAISE(ABORT, 'copy_handover: not the next')
	WHERE NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM copy_handover WHERE issue = NEW.issue);
	SELECT RAISE(ABORT, 'copy_handover: the unit was not given so many copies')
	WHERE NEW.count + (SELECT COALESCE(SUM(count), 0) FROM copy_handover WHERE issue = NEW.issue AND unit = NEW.unit)
		> (SELECT COALESCE(SUM(count), 0) FROM copy_entry WHERE issue = NEW.issue AND to_account = 'unit:' || NEW.unit);
END;
-- +goose StatementEnd
