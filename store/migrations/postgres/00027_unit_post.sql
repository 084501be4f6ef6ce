-- +goose Up
-- Where letters on paper to a unit are addressed (GB/T 1416).
ALTER TABLE unit ADD COLUMN postcode TEXT NOT NULL DEFAULT '';
ALTER TABLE unit ADD COLUMN street TEXT NOT NULL DEFAULT '';
