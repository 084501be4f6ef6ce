-- +goose Up
CREATE TABLE series (
	id          UUID PRIMARY KEY,
	masthead    TEXT NOT NULL UNIQUE,
	organ       TEXT NOT NULL,
	place       TEXT NOT NULL,
	mailbox     TEXT NOT NULL,
	zone        TEXT NOT NULL,
	route       TEXT,
	file_copies BIGINT NOT NULL,
	sections    TEXT,
	send_window TEXT,
	tolerance   BIGINT NOT NULL, -- nanoseconds
	template    BIGINT NOT NULL,
	cadence     TEXT NOT NULL,    -- cron spec; '' is none
	max_late    BIGINT NOT NULL, -- nanoseconds
	created     BIGINT NOT NULL,
	version     BIGINT NOT NULL
);

CREATE TABLE person (
	id       UUID PRIMARY KEY,
	login    TEXT NOT NULL UNIQUE,
	name     TEXT NOT NULL,
	password TEXT NOT NULL,
	active   BOOLEAN NOT NULL,
	version  BIGINT NOT NULL
);

CREATE TABLE person_grant (
	person UUID NOT NULL REFERENCES person (id),
	series UUID NOT NULL, -- the nil id: all series
	role   TEXT NOT NULL,
	PRIMARY KEY (person, series, role)
);

CREATE TABLE session (
	token  TEXT PRIMARY KEY, -- SHA-256, hex
	data   BYTEA NOT NULL,
	expiry BIGINT NOT NULL
);
CREATE INDEX session_expiry ON session (expiry);

CREATE TABLE unit (
	id             UUID PRIMARY KEY,
	name           TEXT NOT NULL UNIQUE,
	place          TEXT NOT NULL,
	addresses      TEXT,
	phone          TEXT NOT NULL,
	channel        TEXT NOT NULL,
	copies         BIGINT NOT NULL,
	copies_assumed BOOLEAN NOT NULL,
	version        BIGINT NOT NULL
);

CREATE TABLE alias (
	unit        UUID NOT NULL REFERENCES unit (id),
	seq         BIGINT NOT NULL,
	name        TEXT NOT NULL,
	valid_from  BIGINT NOT NULL,
	valid_until BIGINT NOT NULL,
	PRIMARY KEY (unit, seq)
);

CREATE TABLE collective (
	id    UUID PRIMARY KEY,
	text  TEXT NOT NULL UNIQUE,
	place TEXT NOT NULL
);

CREATE TABLE member (
	collective UUID NOT NULL REFERENCES collective (id),
	seq        BIGINT NOT NULL,
	words      TEXT NOT NULL,
	unit       UUID NOT NULL REFERENCES unit (id),
	PRIMARY KEY (collective, seq)
);

CREATE TABLE settled_name (
	series UUID NOT NULL REFERENCES series (id),
	name   TEXT NOT NULL,
	unit   UUID NOT NULL REFERENCES unit (id),
	PRIMARY KEY (series, name)
);

CREATE TABLE issue (
	id          UUID PRIMARY KEY,
	series      UUID NOT NULL REFERENCES series (id),
	kind        TEXT NOT NULL,
	state       TEXT NOT NULL,
	number_kind TEXT NOT NULL,
	number_year BIGINT NOT NULL,
	number_no   BIGINT NOT NULL,
	date        TEXT NOT NULL, -- 2021-07-08, or ''
	release_at  BIGINT NOT NULL,
	released    BIGINT NOT NULL,
	opened      BIGINT NOT NULL,
	changed     BIGINT NOT NULL,
	version     BIGINT NOT NULL,
	step        BIGINT NOT NULL,
	round       BIGINT NOT NULL,
	template    BIGINT NOT NULL,
	items       BIGINT NOT NULL,
	events      BIGINT NOT NULL,
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
	issue   UUID NOT NULL REFERENCES issue (id),
	version BIGINT NOT NULL,
	text    TEXT NOT NULL,
	by_id   UUID NOT NULL,
	by_name TEXT NOT NULL,
	at      BIGINT NOT NULL,
	PRIMARY KEY (issue, version)
);

CREATE TABLE event (
	id    UUID PRIMARY KEY,
	issue UUID NOT NULL REFERENCES issue (id),
	seq   BIGINT NOT NULL,
	at    BIGINT NOT NULL,
	act   TEXT NOT NULL,
	line  TEXT NOT NULL, -- the whole event, as it was hashed
	hash  TEXT NOT NULL,
	UNIQUE (issue, seq)
);

CREATE TABLE register_line (
	id     UUID PRIMARY KEY,
	series UUID NOT NULL REFERENCES series (id),
	kind   TEXT NOT NULL,
	year   BIGINT NOT NULL,
	no     BIGINT NOT NULL,
	issue  UUID NOT NULL, -- the nil id: a back issue
	title  TEXT NOT NULL,
	date   TEXT NOT NULL,
	at     BIGINT NOT NULL,
	by     TEXT NOT NULL,
	void   TEXT NOT NULL,
	UNIQUE (series, kind, year, no)
);
CREATE INDEX register_issue ON register_line (issue);

CREATE TABLE attachment (
	sha256 TEXT PRIMARY KEY,
	data   BYTEA NOT NULL
);

CREATE TABLE dispatch (
	id          UUID PRIMARY KEY,
	issue       UUID NOT NULL,
	series      UUID NOT NULL,
	at          BIGINT NOT NULL,
	digest      TEXT NOT NULL,
	urgent      BOOLEAN NOT NULL,
	from_name   TEXT NOT NULL,
	from_address TEXT NOT NULL,
	reply_to    TEXT NOT NULL,
	list_id     TEXT NOT NULL,
	subject     TEXT NOT NULL,
	text        BYTEA NOT NULL,
	html        BYTEA NOT NULL,
	attachments TEXT,
	sha256      TEXT NOT NULL
);
CREATE INDEX dispatch_issue ON dispatch (issue);

CREATE TABLE delivery (
	id          UUID PRIMARY KEY,
	dispatch    UUID NOT NULL REFERENCES dispatch (id),
	urgent      BOOLEAN NOT NULL, -- of the dispatch: the claim sorts by it
	unit        UUID NOT NULL,
	name        TEXT NOT NULL,
	address     TEXT NOT NULL,
	alternates  TEXT,
	state       TEXT NOT NULL,
	tries       BIGINT NOT NULL,
	next_at     BIGINT NOT NULL,
	created     BIGINT NOT NULL,
	token       UUID NOT NULL,
	lease_until BIGINT NOT NULL,
	code        BIGINT NOT NULL,
	words       TEXT NOT NULL,
	queue_id    TEXT NOT NULL,
	updated     BIGINT NOT NULL
);
CREATE INDEX delivery_due ON delivery (next_at) WHERE state IN ('queued', 'deferred');
CREATE INDEX delivery_held ON delivery (lease_until) WHERE state IN ('claimed', 'data');
CREATE INDEX delivery_dispatch ON delivery (dispatch, state);

CREATE TABLE attempt (
	id       UUID PRIMARY KEY,
	delivery UUID NOT NULL REFERENCES delivery (id),
	n        BIGINT NOT NULL,
	token    UUID NOT NULL,
	state    TEXT NOT NULL,
	next_at  BIGINT NOT NULL,
	began    BIGINT NOT NULL,
	ended    BIGINT NOT NULL,
	stage    TEXT NOT NULL,
	relay    TEXT NOT NULL,
	code     BIGINT NOT NULL,
	enhanced TEXT NOT NULL,
	words    TEXT NOT NULL,
	queue_id TEXT NOT NULL,
	UNIQUE (delivery, n)
);

CREATE TABLE copy_entry (
	id           UUID PRIMARY KEY,
	issue        UUID NOT NULL REFERENCES issue (id),
	seq          BIGINT NOT NULL,
	at           BIGINT NOT NULL,
	by           TEXT NOT NULL,
	from_account TEXT NOT NULL,
	to_account   TEXT NOT NULL,
	count        BIGINT NOT NULL CHECK (count > 0),
	reason       TEXT NOT NULL,
	UNIQUE (issue, seq)
);

CREATE TABLE fire (
	series  UUID NOT NULL REFERENCES series (id),
	local   TEXT NOT NULL, -- wall clock of the series, 2006-01-02T15:04
	at      BIGINT NOT NULL,
	skipped BIGINT NOT NULL,
	outcome TEXT NOT NULL,
	issue   UUID NOT NULL,
	PRIMARY KEY (series, local)
);
