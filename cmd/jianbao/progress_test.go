package main

import (
	"bytes"
	"strings"
	"testing"

	"jianbao/fault"
)

// A bar says what is under way and how far it is, and leaves nothing behind.
func TestABarIsDrawnAndRemoved(t *testing.T) {
	var out bytes.Buffer
	shows := barOn(&out, "备份")
	shows(0, 200)
	shows(100, 200)
	shows(200, 200)
	if text := out.String(); !strings.Contains(text, "备份") || !strings.Contains(text, "/200") {
		t.Errorf("%q", text)
	}
	if text := out.String(); !strings.HasSuffix(strings.TrimRight(text, "\r"), "\x1b[2K") && !strings.HasSuffix(text, "\r") {
		t.Errorf("something is left: %q", text)
	}
	var none bytes.Buffer
	barOn(&none, "空")(0, 0) // nothing to do is done at once
	spinnerOn(&none, "导入")()
}

// Nothing is drawn where nobody looks.
func TestNoBarInALog(t *testing.T) {
	c := &console{Err: &bytes.Buffer{}, Lang: fault.ZH}
	if c.progress(backingUp.With()) != nil {
		t.Error("a bar in a pipe")
	}
	c.busy(importing.With())()
	if c.Err.(*bytes.Buffer).Len() > 0 {
		t.Error("a spinner in a pipe")
	}
}
