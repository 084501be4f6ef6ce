package store

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type sessionRow struct {
	Token  string `gorm:"primaryKey"` // SHA-256 of the token, hex
	Data   []byte
	Expiry moment
}

func (sessionRow) TableName() string { return "session" }

// Sessions keeps sign-in sessions for github.com/alexedwards/scs (it has the
// methods of scs.CtxStore). A token is a key to somebody's account, so only
// its hash is stored.
type Sessions struct {
	store *Store
	now   func() time.Time
}

// Sessions returns the session store.
func (s *Store) Sessions() Sessions { return Sessions{store: s, now: time.Now} }

// FindCtx returns the data of a session that has not expired.
func (s Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = s.store.read(ctx, func(tx *gorm.DB) error {
		all, err := rows[sessionRow](tx.Where("token = ? AND expiry > ?", hashOf([]byte(token)), momentOf(s.now())))
		if found = len(all) == 1; found {
			data = all[0].Data
		}
		return err
	})
	return data, found, err
}

// CommitCtx writes a session, over the one that is there, and forgets those
// that have expired.
func (s Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	row := sessionRow{Token: hashOf([]byte(token)), Data: append([]byte{}, data...), Expiry: momentOf(expiry)}
	return s.store.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Where("expiry <= ?", momentOf(s.now())).Delete(&sessionRow{}).Error; err != nil {
			return fmt.Errorf("store: expired sessions: %w", err)
		}
		if err := tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error; err != nil {
			return fmt.Errorf("store: session: %w", err)
		}
		return nil
	})
}

// DeleteCtx ends a session; one that is not there is no error.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	return s.store.write(ctx, func(tx *gorm.DB) error {
		return tx.Where("token = ?", hashOf([]byte(token))).Delete(&sessionRow{}).Error
	})
}

// Find is FindCtx without a context.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (s Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx without a context.
func (s Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
