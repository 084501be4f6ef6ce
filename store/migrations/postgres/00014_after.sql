-- +goose Up
-- What becomes of an issue that is out: its correction, its recall. Edition
-- counts the corrections of a number; 0 is the first edition.
ALTER TABLE issue ADD COLUMN corrects UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';
ALTER TABLE issue ADD COLUMN corrected_by UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';
ALTER TABLE issue ADD COLUMN edition BIGINT NOT NULL DEFAULT 0;
ALTER TABLE issue ADD COLUMN recall TEXT; -- JSON

-- Why a dispatch was made: release, resend, recall; '' where it is of no issue.
ALTER TABLE dispatch ADD COLUMN purpose TEXT NOT NULL DEFAULT 'release';
