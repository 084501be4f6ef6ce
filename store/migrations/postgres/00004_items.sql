-- +goose Up
CREATE TABLE item (
	issue    UUID NOT NULL REFERENCES issue (id),
	seq      BIGINT NOT NULL,
	masthead TEXT NOT NULL,
	kind     TEXT NOT NULL,
	year     BIGINT NOT NULL,
	no       BIGINT NOT NULL,
	section  TEXT NOT NULL,
	text     TEXT NOT NULL,
	PRIMARY KEY (issue, seq)
);

-- The keys under which an item is found again (package likeness).
CREATE TABLE item_print (
	scheme BIGINT NOT NULL,
	key    BIGINT NOT NULL,
	issue  UUID NOT NULL,
	seq    BIGINT NOT NULL,
	PRIMARY KEY (scheme, key, issue, seq),
	FOREIGN KEY (issue, seq) REFERENCES item (issue, seq)
);
