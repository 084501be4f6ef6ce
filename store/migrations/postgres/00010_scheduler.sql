-- +goose Up
-- Ticks are of several recurrences of a series: its cadence, the issue that is
-- to be there, the issue that is to be out.
ALTER TABLE fire ADD COLUMN schedule TEXT NOT NULL DEFAULT 'open';
ALTER TABLE fire DROP CONSTRAINT fire_pkey;
ALTER TABLE fire ADD PRIMARY KEY (series, schedule, local);
ALTER TABLE fire DROP COLUMN skipped;

-- How the program keeps time for a series.
CREATE TABLE timetable (
	series  UUID PRIMARY KEY REFERENCES series (id),
	body    TEXT NOT NULL, -- JSON
	version BIGINT NOT NULL
);

-- Open issues, and when the scheduler looks at each. What changes an issue
-- writes its row in the same transaction; an issue that is through has none.
CREATE TABLE watch (
	issue  UUID PRIMARY KEY REFERENCES issue (id),
	series UUID NOT NULL,
	at     BIGINT NOT NULL, -- when it is to be looked at; 0: not until it changes
	seen   BIGINT NOT NULL, -- when it was looked at last
	told   BIGINT NOT NULL  -- how many of its events were told
);
CREATE INDEX watch_at ON watch (at) WHERE at > 0;
CREATE INDEX watch_series ON watch (series, seen);

-- The open issues, however many are archived.
CREATE INDEX issue_open ON issue (id) WHERE state IN ('draft', 'review', 'approved', 'registered', 'scheduled', 'dispatching');

-- How people are reached.
CREATE TABLE reach (
	person  UUID PRIMARY KEY REFERENCES person (id),
	address TEXT NOT NULL, -- '': by none
	lang    TEXT NOT NULL,
	at_once BOOLEAN NOT NULL,
	morning BIGINT NOT NULL, -- minutes after midnight
	muted   TEXT,            -- JSON
	version BIGINT NOT NULL
);

-- What people are told, each thing once.
CREATE TABLE notice (
	id       UUID PRIMARY KEY,
	person   UUID NOT NULL REFERENCES person (id),
	series   UUID NOT NULL,
	issue    UUID NOT NULL, -- the nil id: of the series alone
	kind     TEXT NOT NULL,
	key      TEXT NOT NULL,
	place    TEXT NOT NULL,   -- where the issue must still stand, or ''
	digest   TEXT NOT NULL,
	says     TEXT NOT NULL,   -- JSON
	at       BIGINT NOT NULL,
	send_at  BIGINT NOT NULL, -- 0: never by mail
	read     BIGINT NOT NULL, -- 0: not yet
	settled  BIGINT NOT NULL, -- 0: it matters still
	dispatch UUID NOT NULL,   -- the nil id: not mailed
	UNIQUE (person, series, issue, key)
);
CREATE INDEX notice_badge ON notice (person, at) WHERE read = 0 AND settled = 0;
CREATE INDEX notice_mail ON notice (send_at, person) WHERE send_at > 0 AND read = 0 AND settled = 0 AND dispatch = '00000000-0000-0000-0000-000000000000';
CREATE INDEX notice_issue ON notice (issue) WHERE settled = 0 AND place <> '';

-- One-time answers. Tokens are not here, their hashes are.
CREATE TABLE ticket (
	id       UUID PRIMARY KEY,
	hash     TEXT NOT NULL UNIQUE, -- SHA-256, hex
	person   UUID NOT NULL REFERENCES person (id),
	issue    UUID NOT NULL REFERENCES issue (id),
	digest   TEXT NOT NULL,
	place    TEXT NOT NULL,
	delivery UUID NOT NULL,
	made     BIGINT NOT NULL,
	expires  BIGINT NOT NULL,
	used     BIGINT NOT NULL -- 0: not yet
);
CREATE INDEX ticket_delivery ON ticket (delivery);

-- Which machine the database belongs to; the last row holds.
CREATE TABLE installation (
	seq BIGINT PRIMARY KEY,
	id  TEXT NOT NULL,
	at  BIGINT NOT NULL,
	by  TEXT NOT NULL
);
