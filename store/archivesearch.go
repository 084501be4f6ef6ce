package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/workflow/archive"
)

// SearchArchive answers a question to the archive; see [archive.Index].
//
// Which entries may match is known from the index alone, the newest first; the
// texts are looked at only until a page is full. So a word that is in every issue
// costs no more than one that is in few.
func (s *Store) SearchArchive(ctx context.Context, asked archive.Asked) (found archive.Found, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found = archive.Found{Exact: asked.Query.Exact()}
		var ids []int64
		if len(asked.Series) == 0 {
			return nil
		}
		if err := s.byIndex(tx); err != nil {
			return err
		}
		if err := candidates(tx, asked).Pluck("e.id", &ids).Error; err != nil {
			return err
		}
		found.Total = len(ids)
		from := min(max(asked.Skip, 0), len(ids))
		hits, looked, err := sieve(tx, ids[from:], asked)
		if err != nil {
			return err
		}
		if from+looked < len(ids) {
			found.Next = from + looked
		} else if from == 0 && !found.Exact { // every one was looked at
			found.Total, found.Exact = len(hits), true
		}
		found.Hits, err = archiveHits(tx, hits)
		return err
	})
	if err != nil {
		return found, fmt.Errorf("store: search the archive: %w", err)
	}
	return found, nil
}

// byIndex has PostgreSQL read the index of pairs for this question. Texts lie apart
// from their rows, so that reading all rows looks cheap to its planner, which
// counts pages and not what it takes to unpack ten thousand texts.
func (s *Store) byIndex(tx *gorm.DB) error {
	if !s.postgres {
		return nil
	}
	return tx.Exec("SET LOCAL enable_seqscan = off").Error
}

// candidates are the entries that match but for words of more than two
// characters, of which the pairs are there. What is asked is read from the index
// of pairs first, and the order by date from one that holds all else.
func candidates(tx *gorm.DB, asked archive.Asked) *gorm.DB {
	query := tx.Table("archive_entry AS e").Where("e.series IN ?", asked.Series).Order("e.date DESC, e.id DESC")
	if asked.Kind != "" {
		query = query.Where("e.kind = ?", string(asked.Kind))
	}
	if !asked.From.IsZero() {
		query = query.Where("e.date >= ?", asked.From.String())
	}
	if !asked.Until.IsZero() {
		query = query.Where("e.date <= ?", asked.Until.String())
	}
	if asked.UnitName != "" || len(asked.Units) > 0 {
		units := convert(asked.Units, uuid.UUID.String)
		query = query.Where("e.id IN (SELECT entry FROM archive_name WHERE sort = ? AND (name = ? OR unit IN ?))", unitName, asked.UnitName, append(units, "-"))
	}
	if asked.Leader != "" {
		query = query.Where("e.id IN (SELECT entry FROM archive_name WHERE name = ? AND sort IN ?)", asked.Leader, []string{signerName, remarkName})
	}
	if len(asked.Query.Words) == 0 {
		return query
	}
	if tx.Name() == "postgres" {
		return query.Where("e.id IN (SELECT id FROM archive_text WHERE grams @@ ?::tsquery)", terms(asked.Query, "'", " & ", ":*"))
	}
	return query.Where("e.id IN (SELECT rowid FROM archive_gram WHERE archive_gram MATCH ?)", terms(asked.Query, `"`, " AND ", "*"))
}

// terms writes what a question asks of the index in the language of a database.
// Words have letters and digits alone, so that nothing in them needs quoting.
func terms(q archive.Query, quote, and, prefix string) string {
	pairs, beginnings := q.Terms()
	var all []string
	for _, pair := range pairs {
		all = append(all, quote+pair+quote)
	}
	for _, b := range beginnings {
		all = append(all, quote+b+quote+prefix)
	}
	return strings.Join(all, and)
}

// sieved is how many texts are looked at in one go.
const sieved = 50

// sieve returns the first entries that have every word, up to the limit, and how
// many were looked at.
func sieve(tx *gorm.DB, ids []int64, asked archive.Asked) (hits []int64, looked int, err error) {
	if asked.Query.Exact() {
		hits = ids[:min(len(ids), asked.Limit)]
		return hits, len(hits), nil
	}
	for looked < len(ids) && len(hits) < asked.Limit {
		some := ids[looked:min(looked+sieved, len(ids))]
		var found []struct {
			ID     int64
			Folded string
		}
		if err := tx.Raw("SELECT id, folded FROM archive_text WHERE id IN ?", some).Scan(&found).Error; err != nil {
			return nil, 0, err
		}
		has := map[int64]bool{}
		for _, text := range found {
			has[text.ID] = asked.Query.In(text.Folded)
		}
		for _, id := range some {
			if len(hits) == asked.Limit {
				break
			}
			looked++
			if has[id] {
				hits = append(hits, id)
			}
		}
	}
	return hits, looked, nil
}

// archiveHits reads the issues of entries, in their order.
func archiveHits(tx *gorm.DB, ids []int64) ([]archive.Hit, error) {
	found, err := rows[struct {
		Row   issueRow `gorm:"embedded"`
		Entry int64
	}](tx.Table("issue AS i").Joins("JOIN archive_entry AS e ON e.issue = i.id").Where("e.id IN ?", ids).
		Select("i.id, i.series, i.kind, i.state, i.number_kind, i.number_year, i.number_no, i.total, i.edition, i.date, i.document, e.id AS entry"))
	if err != nil {
		return nil, err
	}
	byEntry := map[int64]archive.Hit{}
	for _, f := range found {
		issue, err := f.Row.issue()
		if err != nil {
			return nil, err
		}
		byEntry[f.Entry] = archive.Hit{Issue: issue}
	}
	return convert(ids, func(id int64) archive.Hit { return byEntry[id] }), nil
}
