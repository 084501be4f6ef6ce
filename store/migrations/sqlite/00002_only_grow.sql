-- +goose Up
-- +goose StatementBegin
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
BEGIN
	SELECT RAISE(ABORT, 'event only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
BEGIN
	SELECT RAISE(ABORT, 'event only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER attempt_no_update BEFORE UPDATE ON attempt
BEGIN
	SELECT RAISE(ABORT, 'attempt only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER attempt_no_delete BEFORE DELETE ON attempt
BEGIN
	SELECT RAISE(ABORT, 'attempt only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER copy_entry_no_update BEFORE UPDATE ON copy_entry
BEGIN
	SELECT RAISE(ABORT, 'copy_entry only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER copy_entry_no_delete BEFORE DELETE ON copy_entry
BEGIN
	SELECT RAISE(ABORT, 'copy_entry only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER issue_text_no_update BEFORE UPDATE ON issue_text
BEGIN
	SELECT RAISE(ABORT, 'issue_text only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER issue_text_no_delete BEFORE DELETE ON issue_text
BEGIN
	SELECT RAISE(ABORT, 'issue_text only grows');
END;
-- +goose StatementEnd
