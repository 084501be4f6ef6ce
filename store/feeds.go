package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/workflow/feeds"
)

var (
	_ feeds.Keeper = (*Store)(nil)
	_ feeds.Reads  = (*Store)(nil)
)

type feedRow struct {
	ID     uuid.UUID
	Person uuid.UUID
	Hash   string
	Made   moment
	Ended  moment
}

func (feedRow) TableName() string { return "feed" }

func (r feedRow) feed() feeds.Feed {
	return feeds.Feed{ID: r.ID, Person: r.Person, Hash: r.Hash, Made: r.Made.time(), Ended: r.Ended.time()}
}

// RenewFeed ends the feed of a person and writes another; see [feeds.Keeper].
func (s *Store) RenewFeed(ctx context.Context, person uuid.UUID, next feeds.Feed, now time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Model(&feedRow{}).Where("person = ? AND ended = 0", person).Update("ended", momentOf(now)).Error; err != nil {
			return fmt.Errorf("store: end the feed of %s: %w", person, err)
		}
		if next.ID == uuid.Nil {
			return nil
		}
		return add(tx, feedRow{ID: next.ID, Person: person, Hash: next.Hash, Made: momentOf(next.Made)})
	})
}

// FeedByHash returns a feed that holds, or fault.NotFound; see [feeds.Keeper].
func (s *Store) FeedByHash(ctx context.Context, hash string) (feeds.Feed, error) {
	return s.feedWhere(ctx, "hash = ? AND ended = 0", hash)
}

// FeedOf returns the feed of a person that holds, or fault.NotFound; see
// [feeds.Keeper].
func (s *Store) FeedOf(ctx context.Context, person uuid.UUID) (feeds.Feed, error) {
	return s.feedWhere(ctx, "person = ? AND ended = 0", person)
}

func (s *Store) feedWhere(ctx context.Context, where string, args ...any) (f feeds.Feed, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		row, err := first[feedRow](tx.Where(where, args...))
		f = row.feed()
		return err
	})
	return f, err
}
