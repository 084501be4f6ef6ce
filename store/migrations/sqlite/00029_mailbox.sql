-- +goose Up
-- How far each mailbox was read by IMAP, and which process reads it.
CREATE TABLE mailbox (
	name        TEXT PRIMARY KEY, -- account@host:port/folder
	validity    INTEGER NOT NULL, -- the server's UIDVALIDITY; 0: never read
	uid         INTEGER NOT NULL, -- the last mail that was handled
	read        INTEGER NOT NULL, -- when it was last read to its end
	holder      TEXT NOT NULL,
	lease_until INTEGER NOT NULL
);
-- Of a mail that was not looked at whole, only the head is kept.
ALTER TABLE incoming ADD COLUMN partly BOOLEAN NOT NULL DEFAULT FALSE;
