-- +goose Up
-- What a unit can be handed is what it was given, as recipients/copies counts it:
-- not what it made itself (copy), nor what a correction took back, nor what left
-- its account before anybody had taken it. Of entries that leave one after the
-- other, the last sum gone beyond what was taken by then is what never was in
-- the unit's hands.
DROP TRIGGER copy_handover_covered;
-- +goose StatementBegin
CREATE TRIGGER copy_handover_covered BEFORE INSERT ON copy_handover
BEGIN
	SELECT RAISE(ABORT, 'copy_handover: not the next')
	WHERE NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM copy_handover WHERE issue = NEW.issue);
	SELECT RAISE(ABORT, 'copy_handover: the unit was not given so many copies')
	WHERE NEW.count + (SELECT COALESCE(SUM(count), 0) FROM copy_handover WHERE issue = NEW.issue AND unit = NEW.unit)
		> (SELECT COALESCE(SUM(CASE
				WHEN to_account = 'unit:' || NEW.unit AND from_account = 'made' AND act = 'copy' THEN 0
				WHEN to_account = 'unit:' || NEW.unit THEN count
				WHEN to_account <> 'made' AND act = 'correct' THEN -count
				ELSE 0 END), 0)
			FROM copy_entry WHERE issue = NEW.issue AND 'unit:' || NEW.unit IN (from_account, to_account))
		- (SELECT COALESCE(MAX(gone), 0) FROM (
			SELECT (SELECT SUM(b.count) FROM copy_entry b
					WHERE b.issue = e.issue AND b.from_account = e.from_account AND b.act <> 'correct' AND b.seq <= e.seq)
				- (SELECT COALESCE(SUM(h.count), 0) FROM copy_handover h
					WHERE h.issue = e.issue AND h.unit = NEW.unit AND h.at <= e.at) AS gone
			FROM copy_entry e
			WHERE e.issue = NEW.issue AND e.from_account = 'unit:' || NEW.unit AND e.act <> 'correct') AS left_untaken WHERE gone > 0);
END;
-- +goose StatementEnd
