package store

import (
	"context"
	"io"
	"time"

	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/workflow"
)

var (
	nothingToBackUp = fault.Say("store.backup-nothing", "数据库%s里没有数据可备份", "the database %s has nothing to back up")
	underWay        = fault.Say("store.under-way", "有%d封信正在发送；请先停止程序，等几分钟再试", "%d letters are being sent; stop the program, and try again in a few minutes")
)

// BackupOf is [Store.Backup] of a database that is left as it is: its tables
// are not brought up to date, so that one can be made before a newer program
// does so. It fails with fault.NotFound where there is no database, and as
// [Open] does.
func BackupOf(ctx context.Context, address string, w io.Writer, made time.Time, program string, progress Progress) (Backup, error) {
	s, err := asItIs(ctx, address)
	if err != nil {
		return Backup{}, err
	}
	defer s.Close()
	return s.Backup(ctx, w, made, program, progress)
}

// asItIs opens a database that has tables, none of them too new.
func asItIs(ctx context.Context, address string) (*Store, error) {
	tables, err := TablesOf(ctx, address) // makes no file
	if err != nil {
		return nil, err
	}
	_, shown, err := dialectorOf(address)
	switch {
	case err != nil:
		return nil, err
	case tables.Version == 0:
		return nil, fault.New(fault.NotFound, nothingToBackUp.With(shown))
	case tables.Version > tables.Newest:
		return nil, fault.New(fault.Unavailable, tooNew.With(shown, tables.Version, tables.Newest))
	}
	return connect(ctx, address)
}

// MovedID is the identity of a database whose data were moved elsewhere, as
// [workflow.Installation] has it: that of no machine, so that nothing more is
// sent from it.
const MovedID = "moved"

// Leave makes the database nobody's, so that it sends no more, and returns
// whose it was. It fails with fault.Blocked, and changes nothing, while letters
// are being sent.
func (s *Store) Leave(ctx context.Context, by string, now time.Time) (workflow.Installation, error) {
	var n int64
	err := s.read(ctx, func(tx *gorm.DB) error {
		return tx.Model(&deliveryRow{}).Where("phase = 'going' AND lease_until > ?", momentOf(now)).Count(&n).Error
	})
	if err == nil && n > 0 {
		err = fault.New(fault.Blocked, underWay.With(n))
	}
	if err != nil {
		return workflow.Installation{}, err
	}
	return s.Adopt(ctx, MovedID, by, now)
}

// Owner returns whose the database is, as [Store.Installation] does, but gives
// it to nobody: it fails with fault.NotFound where it is nobody's yet.
func (s *Store) Owner(ctx context.Context) (workflow.Installation, error) { return s.installation(ctx) }
