package web

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/workflow"

	"jianbao/web/page"
)

// A watcher is somebody who looks at a board, and what they were told of it. The
// issue is as it was when they began: whom it went to does not change any more.
type watcher struct {
	*server
	issue  workflow.Issue
	series workflow.Series
	filter filter
	lang   fault.Lang
	last   *progress
	units  []uuid.UUID          // of the rows that are shown, in their order
	rows   map[uuid.UUID]string // as they were sent
}

// tell sends what is another than last time. more is false when no letter is
// under way any longer.
func (h *watcher) tell(ctx context.Context, out io.Writer) (more bool, err error) {
	var now progress
	if now.counts, err = h.Letters.LetterCounts(ctx, h.issue.ID); err == nil {
		now.paused, err = h.Letters.Paused(ctx, h.issue.ID)
	}
	if err != nil || h.last != nil && h.last.same(now) {
		return err == nil, err
	}
	view, err := h.boardOf(ctx, h.issue, h.series, h.filter)
	if err != nil {
		return false, err
	}
	changed, same, err := h.changed(view)
	switch first := h.last == nil; {
	case err != nil:
	case !view.Live:
		err = h.event(out, "last", "board", view) // there is nothing more to come
	case first || !same:
		err = h.event(out, "board", "board", view)
	default:
		if err = h.event(out, "head", "board-head", view); err == nil && changed != "" {
			err = send(out, "rows", changed)
		}
	}
	h.last = &now
	return view.Live, err
}

// changed returns the rows that are others than those that were sent. same is
// false where there are others than before.
func (h *watcher) changed(view *dispatchView) (changed string, same bool, err error) {
	var all strings.Builder
	rows := make(map[uuid.UUID]string, len(view.Rows))
	same = len(view.Rows) == len(h.units)
	units := make([]uuid.UUID, len(view.Rows))
	for n, row := range view.Rows {
		var html bytes.Buffer
		if err := h.pages.Part(&html, h.lang, "dispatch", "board-one", page.Page{Data: row}); err != nil {
			return "", false, err
		}
		units[n], rows[row.Unit] = row.Unit, html.String()
		same = same && h.units[n] == row.Unit
		if h.rows[row.Unit] != rows[row.Unit] {
			all.WriteString(rows[row.Unit])
		}
	}
	h.units, h.rows = units, rows
	return all.String(), same, nil
}

func (h *watcher) event(out io.Writer, name, part string, view *dispatchView) error {
	var html bytes.Buffer
	if err := h.pages.Part(&html, h.lang, "dispatch", part, page.Page{Data: view}); err != nil {
		return err
	}
	return send(out, name, html.String())
}

// send writes one event.
func send(out io.Writer, name, data string) error {
	_, err := fmt.Fprintf(out, "event: %s\ndata: %s\n\n", name, strings.ReplaceAll(data, "\n", "\ndata: "))
	return err
}
