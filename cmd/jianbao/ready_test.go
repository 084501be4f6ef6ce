package main

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"jianbao/fault"
)

func TestReadinessSaysWhatIsMissing(t *testing.T) {
	o, err := open(t.Context(), filepath.Join(t.TempDir(), "jianbao.db"), slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	ask := func(status int, words ...string) {
		t.Helper()
		w := httptest.NewRecorder()
		o.readiness(w, httptest.NewRequest("GET", "/readyz", nil))
		for _, word := range words {
			if w.Code != status || !strings.Contains(w.Body.String(), word) {
				t.Errorf("%d: no %q in %s", w.Code, word, w.Body)
			}
		}
	}
	ask(200, "ok\n", "database: ok", "tables: ok", "installation: ok")
	o.belongs = func(context.Context) error { return fault.New(fault.Blocked, badUsage.With("x", "jianbao")) }
	ask(503, "not ready", "database: ok", "installation: the command line")
	if err := o.close(); err != nil {
		t.Fatal(err)
	}
	ask(503, "database: ")
}
