package store

import (
	"fmt"

	"gorm.io/gorm"
)

// heldToItsMoment is the trigger that holds a hand-over against the ledger of its
// moment: what was returned or corrected later was still there then. A backup
// brings the ledger of the end first, against which hand-overs of before cannot
// be held.
const heldToItsMoment = "copy_handover_covered"

// lifted does something while hand-overs are not held against the ledger, and
// lets them be held again. Both are in the transaction: nobody else writes
// without the trigger. A database from before the trigger has none to lift.
func lifted(tx *gorm.DB, do func() error) error {
	lift, set, err := lifting(tx)
	switch {
	case err != nil:
		return fmt.Errorf("store: look for a trigger: %w", err)
	case lift == "":
		return do()
	}
	if err := tx.Exec(lift).Error; err != nil {
		return fmt.Errorf("store: lift a trigger: %w", err)
	}
	if err := do(); err != nil {
		return err
	}
	if err := tx.Exec(set).Error; err != nil {
		return fmt.Errorf("store: set a trigger again: %w", err)
	}
	return nil
}

// lifting returns what takes the trigger away and what brings it back, nothing
// where there is none.
func lifting(tx *gorm.DB) (lift, set string, err error) {
	query := "SELECT COALESCE(MAX(sql), '') FROM sqlite_master WHERE type = 'trigger' AND name = ?"
	if tx.Name() == "postgres" {
		query = "SELECT COALESCE(MAX(tgname), '') FROM pg_trigger WHERE tgrelid = to_regclass('copy_handover') AND tgname = ?"
	}
	if err := tx.Raw(query, heldToItsMoment).Scan(&set).Error; err != nil || set == "" {
		return "", "", err
	}
	if tx.Name() == "postgres" {
		return "ALTER TABLE copy_handover DISABLE TRIGGER " + heldToItsMoment, "ALTER TABLE copy_handover ENABLE TRIGGER " + heldToItsMoment, nil
	}
	return "DROP TRIGGER " + heldToItsMoment, set, nil
}
