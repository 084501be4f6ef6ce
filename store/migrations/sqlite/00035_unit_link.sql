-- +goose Up
-- The links by which units see what they received (package workflow/unitdoor).
CREATE TABLE unit_link (
	id         TEXT PRIMARY KEY,
	unit       TEXT NOT NULL REFERENCES unit (id),
	hash       TEXT NOT NULL UNIQUE,
	made       INTEGER NOT NULL,
	expires    INTEGER NOT NULL,
	revoked    INTEGER NOT NULL DEFAULT 0,
	revoked_by TEXT NOT NULL DEFAULT ''
);
CREATE INDEX unit_link_by_unit ON unit_link (unit, made);
CREATE INDEX delivery_by_unit ON delivery (unit, dispatch);
CREATE INDEX receipt_slip_by_unit ON receipt_slip (unit);
