package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/accounts"
	"jianbao/fault"
)

type tokenRow struct {
	ID      uuid.UUID
	Person  uuid.UUID
	Kind    string
	Name    string
	Prefix  string
	Hash    string
	Series  []uuid.UUID `gorm:"serializer:json"`
	Acts    bool
	Made    moment
	By      string
	Expires moment
	Revoked moment
	Used    moment
}

func (tokenRow) TableName() string { return "token" }

func rowOfToken(t accounts.Token) tokenRow {
	return tokenRow{
		ID: t.ID, Person: t.Person, Kind: string(t.Kind), Name: t.Name, Prefix: t.Prefix, Hash: t.Hash, Series: t.Series, Acts: t.Acts,
		Made: momentOf(t.Made), By: t.By, Expires: momentOf(t.Expires), Revoked: momentOf(t.Revoked), Used: momentOf(t.Used),
	}
}

func (r tokenRow) token() accounts.Token {
	return accounts.Token{
		ID: r.ID, Person: r.Person, Kind: accounts.TokenKind(r.Kind), Name: r.Name, Prefix: r.Prefix, Hash: r.Hash, Series: r.Series, Acts: r.Acts,
		Made: r.Made.time(), By: r.By, Expires: r.Expires.time(), Revoked: r.Revoked.time(), Used: r.Used.time(),
	}
}

// AddToken writes a new token. It fails with fault.Invalid and all reasons if
// it cannot be kept.
func (s *Store) AddToken(ctx context.Context, t accounts.Token) error {
	if err := t.Validate(); err != nil {
		return err
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := add(tx, rowOfToken(t)); err != nil {
			return err
		}
		return recordToken(ctx, tx, t.ID, accounts.TokenMade)
	})
}

// TokenByHash returns the token that is kept under a hash, whether it still
// opens something or not, or fault.NotFound.
func (s *Store) TokenByHash(ctx context.Context, hash string) (t accounts.Token, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		row, err := first[tokenRow](tx.Where("hash = ?", hash))
		t = row.token()
		return err
	})
	return t, err
}

// Tokens returns every token, the oldest first.
func (s *Store) Tokens(ctx context.Context) (all []accounts.Token, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[tokenRow](tx.Order("made, id"))
		all = convert(found, tokenRow.token)
		return err
	})
	return all, err
}

// tokenUse is how exactly it is known when a token was used last: a program that
// asks every second is no reason to write every second.
const tokenUse = time.Minute

// TokenUsed notes that a token was of use.
func (s *Store) TokenUsed(ctx context.Context, t accounts.Token, at time.Time) error {
	if at.Sub(t.Used) < tokenUse {
		return nil
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		err := tx.Model(&tokenRow{}).Where("id = ? AND used < ?", t.ID, momentOf(at)).Update("used", momentOf(at)).Error
		if err != nil {
			return fmt.Errorf("store: token %s: %w", t.ID, err)
		}
		return nil
	})
}

// RevokeToken ends a token. It fails with fault.Conflict if there is no such
// token or somebody ended it before.
func (s *Store) RevokeToken(ctx context.Context, id uuid.UUID, at time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		done := tx.Model(&tokenRow{}).Where("id = ? AND revoked = 0", id).Update("revoked", momentOf(at))
		if done.Error != nil {
			return fmt.Errorf("store: token %s: %w", id, done.Error)
		}
		if done.RowsAffected != 1 {
			return fault.New(fault.Conflict, changedSince.With())
		}
		return recordToken(ctx, tx, id, accounts.TokenEnded)
	})
}
