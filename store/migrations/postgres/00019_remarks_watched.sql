-- +goose Up
-- Remarks are looked at when something is to be told of them, and notices say
-- which they are about.
ALTER TABLE remark ADD COLUMN look BIGINT NOT NULL DEFAULT 1; -- 0: never again
CREATE INDEX remark_look ON remark (look) WHERE look > 0;
DROP INDEX remark_due;
ALTER TABLE notice ADD COLUMN remark UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'; -- the nil id: of none
CREATE INDEX notice_remark ON notice (remark) WHERE settled = 0 AND place <> '' AND remark <> '00000000-0000-0000-0000-000000000000';
