-- +goose Up
-- How long things lie at a step is asked for a span of time.
CREATE INDEX event_decided ON event (at) WHERE act IN ('submit', 'approve', 'return', 'object', 'record');
