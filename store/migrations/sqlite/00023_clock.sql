-- +goose Up
-- What is out, by when it went out: releases by a clock that was ahead.
CREATE INDEX issue_out ON issue (released) WHERE state IN ('dispatching', 'dispatched');
