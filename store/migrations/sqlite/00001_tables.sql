-- +goose Up
CREATE TABLE series (
	id          TEXT PRIMARY KEY,
	masthead    TEXT NOT NULL UNIQUE,
	organ       TEXT NOT NULL,
	place       TEXT NOT NULL,
	mailbox     TEXT NOT NULL,
	zone        TEXT NOT NULL,
	route       TEXT,
	file_copies INTEGER NOT NULL,
	sections    TEXT,
	send_window TEXT,
	tolerance   INTEGER NOT NULL, -- nanoseconds
	template    INTEGER NOT NULL,
	cadence     TEXT NOT NULL,    -- cron spec; '' is none
	max_late    INTEGER NOT NULL, -- nanoseconds
	created     INTEGER NOT NULL,
	version     INTEGER NOT NULL
);

CREATE TABLE person (
	id       TEXT PRIMARY KEY,
	login    TEXT NOT NULL UNIQUE,
	name     TEXT NOT NULL,
	password TEXT NOT NULL,
	active   BOOLEAN NOT NULL,
	version  INTEGER NOT NULL
);

CREATE TABLE person_grant (
	person TEXT NOT NULL REFERENCES person (id),
	series TEXT NOT NULL, -- the nil id: all series
	role   TEXT NOT NULL,
	PRIMARY KEY (person, series, role)
);

CREATE TABLE session (
	token  TEXT PRIMARY KEY, -- SHA-256, hex
	data   BLOB NOT NULL,
	expiry INTEGER NOT NULL
);
CREATE INDEX session_expiry ON session (expiry);

CREATE TABLE unit (
	id             TEXT PRIMARY KEY,
	name           TEXT NOT NULL UNIQUE,
	place          TEXT NOT NULL,
	addresses      TEXT,
	phone          TEXT NOT NULL,
	channel        TEXT NOT NULL,
	copies         INTEGER NOT NULL,
	copies_assumed BOOLEAN NOT NULL,
	version        INTEGER NOT NULL
);

CREATE TABLE alias (
	unit        TEXT NOT NULL REFERENCES unit (id),
	seq         INTEGER NOT NULL,
	name        TEXT NOT NULL,
	valid_from  INTEGER NOT NULL,
	valid_until INTEGER NOT NULL,
	PRIMARY KEY (unit, seq)
);

CREATE TABLE collective (
	id    TEXT PRIMARY KEY,
	text  TEXT NOT NULL UNIQUE,
	place TEXT NOT NULL
);

CREATE TABLE member (
	collective TEXT NOT NULL REFERENCES collective (id),
	seq        INTEGER NOT NULL,
	words      TEXT NOT NULL,
	unit       TEXT NOT NULL REFERENCES unit (id),
	PRIMARY KEY (collective, seq)
);

CREATE TABLE settled_name (
	series TEXT NOT NULL REFERENCES series (id),
	name   TEXT NOT NULL,
	unit   TEXT NOT NULL REFERENCES unit (id),
	PRIMARY KEY (series, name)
);

CREATE TABLE issue (
	id          TEXT PRIMARY KEY,
	series      TEXT NOT NULL REFERENCES series (id),
	kind        TEXT NOT NULL,
	state       TEXT NOT NULL,
	number_kind TEXT NOT NULL,
	number_year INTEGER NOT NULL,
	number_no   INTEGER NOT NULL,
	date        TEXT NOT NULL, -- 2021-07-08, or ''
	release_at  INTEGER NOT NULL,
	released    INTEGER NOT NULL,
	opened      INTEGER NOT NULL,
	changed     INTEGER NOT NULL,
	version     INTEGER NOT NULL,
	step        INTEGER NOT NULL,
	round       INTEGER NOT NULL,
	template    INTEGER NOT NULL,
	items       INTEGER NOT NULL,
	events      INTEGER NOT NULL,
	head        TEXT NOT NULL,
	text        TEXT NOT NULL,
	route       TEXT,
	document    TEXT,
	problems    TEXT,
	circulation TEXT,
	copies      TEXT,
	attachments TEXT,
	authors     TEXT,
	decisions   TEXT
);
CREATE INDEX issue_due ON issue (state, release_at);
CREATE INDEX issue_newest ON issue (series, opened);

CREATE TABLE issue_text (
	issue   TEXT NOT NULL REFERENCES issue (id),
	version INTEGER NOT NULL,
	text    TEXT NOT NULL,
	by_id   TEXT NOT NULL,
	by_name TEXT NOT NULL,
	at      INTEGER NOT NULL,
	PRIMARY KEY (issue, version)
);

CREATE TABLE event (
	id    TEXT PRIMARY KEY,
	issue TEXT NOT NULL REFERENCES issue (id),
	seq   INTEGER NOT NULL,
	at    INTEGER NOT NULL,
	act   TEXT NOT NULL,
	line  TEXT NOT NULL, -- the whole event, as it was hashed
	hash  TEXT NOT NULL,
	UNIQUE (issue, seq)
);

CREATE TABLE register_line (
	id     TEXT PRIMARY KEY,
	series TEXT NOT NULL REFERENCES series (id),
	kind   TEXT NOT NULL,
	year   INTEGER NOT NULL,
	no     INTEGER NOT NULL,
	issue  TEXT NOT NULL, -- the nil id: a back issue
	title  TEXT NOT NULL,
	date   TEXT NOT NULL,
	at     INTEGER NOT NULL,
	by     TEXT NOT NULL,
	void   TEXT NOT NULL,
	UNIQUE (series, kind, year, no)
);
CREATE INDEX register_issue ON register_line (issue);

CREATE TABLE attachment (
	sha256 TEXT PRIMARY KEY,
	data   BLOB NOT NULL
);

CREATE TABLE dispatch (
	id          TEXT PRIMARY KEY,
	issue       TEXT NOT NULL,
	series      TEXT NOT NULL,
	at          INTEGER NOT NULL,
	digest      TEXT NOT NULL,
	urgent      BOOLEAN NOT NULL,
	from_name   TEXT NOT NULL,
	from_address TEXT NOT NULL,
	reply_to    TEXT NOT NULL,
	list_id     TEXT NOT NULL,
	subject     TEXT NOT NULL,
	text        BLOB NOT NULL,
	html        BLOB NOT NULL,
	attachments TEXT,
	sha256      TEXT NOT NULL
);
CREATE INDEX dispatch_issue ON dispatch (issue);

CREATE TABLE delivery (
	id          TEXT PRIMARY KEY,
	dispatch    TEXT NOT NULL REFERENCES dispatch (id),
	urgent      BOOLEAN NOT NULL, -- of the dispatch: the claim sorts by it
	unit        TEXT NOT NULL,
	name        TEXT NOT NULL,
	address     TEXT NOT NULL,
	alternates  TEXT,
	state       TEXT NOT NULL,
	tries       INTEGER NOT NULL,
	next_at     INTEGER NOT NULL,
	created     INTEGER NOT NULL,
	token       TEXT NOT NULL,
	lease_until INTEGER NOT NULL,
	code        INTEGER NOT NULL,
	words       TEXT NOT NULL,
	queue_id    TEXT NOT NULL,
	updated     INTEGER NOT NULL
);
CREATE INDEX delivery_due ON delivery (next_at) WHERE state IN ('queued', 'deferred');
CREATE INDEX delivery_held ON delivery (lease_until) WHERE state IN ('claimed', 'data');
CREATE INDEX delivery_dispatch ON delivery (dispatch, state);

CREATE TABLE attempt (
	id       TEXT PRIMARY KEY,
	delivery TEXT NOT NULL REFERENCES delivery (id),
	n        INTEGER NOT NULL,
	token    TEXT NOT NULL,
	state    TEXT NOT NULL,
	next_at  INTEGER NOT NULL,
	began    INTEGER NOT NULL,
	ended    INTEGER NOT NULL,
	stage    TEXT NOT NULL,
	relay    TEXT NOT NULL,
	code     INTEGER NOT NULL,
	enhanced TEXT NOT NULL,
	words    TEXT NOT NULL,
	queue_id TEXT NOT NULL,
	UNIQUE (delivery, n)
);

CREATE TABLE copy_entry (
	id           TEXT PRIMARY KEY,
	issue        TEXT NOT NULL REFERENCES issue (id),
	seq          INTEGER NOT NULL,
	at           INTEGER NOT NULL,
	by           TEXT NOT NULL,
	from_account TEXT NOT NULL,
	to_account   TEXT NOT NULL,
	count        INTEGER NOT NULL CHECK (count > 0),
	reason       TEXT NOT NULL,
	UNIQUE (issue, seq)
);

CREATE TABLE fire (
	series  TEXT NOT NULL REFERENCES series (id),
	local   TEXT NOT NULL, -- wall clock of the series, 2006-01-02T15:04
	at      INTEGER NOT NULL,
	skipped INTEGER NOT NULL,
	outcome TEXT NOT NULL,
	issue   TEXT NOT NULL,
	PRIMARY KEY (series, local)
);
