-- +goose Up
CREATE TABLE item (
	issue    TEXT NOT NULL REFERENCES issue (id),
	seq      INTEGER NOT NULL,
	masthead TEXT NOT NULL,
	kind     TEXT NOT NULL,
	year     INTEGER NOT NULL,
	no       INTEGER NOT NULL,
	section  TEXT NOT NULL,
	text     TEXT NOT NULL,
	PRIMARY KEY (issue, seq)
);

-- The keys under which an item is found again (package likeness).
CREATE TABLE item_print (
	scheme INTEGER NOT NULL,
	key    INTEGER NOT NULL,
	issue  TEXT NOT NULL,
	seq    INTEGER NOT NULL,
	PRIMARY KEY (scheme, key, issue, seq),
	FOREIGN KEY (issue, seq) REFERENCES item (issue, seq)
) WITHOUT ROWID;
