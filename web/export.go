package web

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"

	"jianbao/fault"
	"jianbao/workflow"

	"jianbao/web/page"
)

// lettersCSV sends the board as a table for a spreadsheet, as it is filtered.
func (s *server) lettersCSV(w http.ResponseWriter, r *http.Request) {
	view, err := s.dispatchOf(r)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	letters, err := s.Letters.Deliveries(r.Context(), view.Issue.ID)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	lang := page.Lang(r)
	rows := [][]string{heads(lang, "web.list", "web.unit", "web.address", "web.state", "web.tries", "web.answer", "web.relay-words", "web.updated")}
	for _, row := range view.Filter.sift(board(view.Issue.Circulation, letters)) {
		line := []string{row.Label, row.Name, "", page.ChannelWords[row.Channel].With().In(lang), "", "", "", ""}
		if d := row.Last; d != nil {
			line = []string{row.Label, row.Name, d.Address, page.LetterWords[d.State].With().In(lang), strconv.Itoa(d.Tries),
				page.Plainly(*d).In(lang), strings.TrimSpace(strconv.Itoa(d.Code) + " " + d.Words), page.Clock(d.Updated, view.Zone)}
		}
		rows = append(rows, line)
	}
	name := view.Series.Masthead + " " + page.NumberOf(view.Issue.Number).In(lang) + " " + fault.Reason{Key: "web.dispatch"}.In(lang) + ".csv"
	page.Send(w, workflow.File{Name: name, Type: "text/csv; charset=utf-8", Data: table(rows)}, "attachment")
}

func heads(lang fault.Lang, keys ...string) (row []string) {
	for _, key := range keys {
		row = append(row, fault.Reason{Key: key}.In(lang))
	}
	return row
}

// table writes rows as CSV (RFC 4180) that a spreadsheet opens by a double
// click: with a byte order mark, since it would take UTF-8 for GBK, and with a
// quote before what it would run as a formula.
func table(rows [][]string) []byte {
	out := bytes.NewBufferString("\uFEFF")
	w := csv.NewWriter(out)
	for _, row := range rows {
		for n, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				row[n] = "'" + cell
			}
		}
		_ = w.Write(row) // a buffer takes everything
	}
	w.Flush()
	return out.Bytes()
}
