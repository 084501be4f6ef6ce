-- +goose Up
-- What is old enough to be deleted, the oldest first.
CREATE INDEX notice_done ON notice (at) WHERE read <> 0 OR settled <> 0;
CREATE INDEX fire_at ON fire (at);
CREATE INDEX ticket_expires ON ticket (expires);
-- Letters that wait for a person, without those that went.
CREATE INDEX delivery_doubt ON delivery (state) WHERE state IN ('held', 'uncertain');
