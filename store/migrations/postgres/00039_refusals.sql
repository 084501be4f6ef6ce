-- +goose Up
-- Who was not let in: a row is an hour of one sort of refusals, of one account or,
-- where it is nobody's, of one network. Rows only count up.
CREATE TABLE refusal (
	id      UUID PRIMARY KEY,
	hour    BIGINT NOT NULL, -- when it began
	why     TEXT NOT NULL,
	person  UUID NOT NULL,   -- whose account; of zeros: nobody's
	place   TEXT NOT NULL,   -- the network, where it is nobody's account; '' of all others together
	began   BIGINT NOT NULL,
	last    BIGINT NOT NULL,
	times   BIGINT NOT NULL,
	origin  TEXT NOT NULL,   -- the network of the last
	several BOOLEAN NOT NULL, -- there were others
	token   TEXT NOT NULL    -- the beginning of the last, '' where there was none
);
CREATE UNIQUE INDEX refusal_line ON refusal (hour, why, person, place);
CREATE INDEX refusal_began ON refusal (began, id);
-- +goose StatementBegin
CREATE FUNCTION refusal_only_counts() RETURNS trigger AS $$
BEGIN
	IF NEW.times <= OLD.times OR (NEW.id, NEW.hour, NEW.why, NEW.person, NEW.place, NEW.began) <> (OLD.id, OLD.hour, OLD.why, OLD.person, OLD.place, OLD.began) OR NEW.last < OLD.last THEN
		RAISE EXCEPTION 'refusal only counts up';
	END IF;
	RETURN NEW;
END
$$ LANGUAGE plpgsql;
-- +goose StatementEnd
CREATE TRIGGER refusal_only_counts BEFORE UPDATE ON refusal FOR EACH ROW EXECUTE FUNCTION refusal_only_counts();
CREATE TRIGGER refusal_no_delete BEFORE DELETE OR TRUNCATE ON refusal FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
