-- +goose Up
-- What the indexes know of a letter's state: how a letter goes on within a phase is
-- none of their business.
ALTER TABLE delivery ADD COLUMN phase TEXT GENERATED ALWAYS AS (CASE
	WHEN state IN ('queued', 'deferred') THEN 'waiting'
	WHEN state IN ('claimed', 'data') THEN 'going'
	WHEN state IN ('held', 'uncertain') THEN 'doubt'
	WHEN state IN ('failed', 'bounced') THEN 'refused'
	ELSE 'done' END) VIRTUAL;

DROP INDEX delivery_turn;
DROP INDEX delivery_held;
DROP INDEX delivery_doubt;
CREATE INDEX delivery_turn ON delivery (dispatch, next_at, id) WHERE phase = 'waiting';
CREATE INDEX delivery_held ON delivery (lease_until) WHERE phase = 'going';
CREATE INDEX delivery_doubt ON delivery (created) WHERE phase = 'doubt';
CREATE INDEX delivery_refused ON delivery (created) WHERE phase = 'refused';
