package receipts

import (
	"bytes"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	domain "jianbao/recipients/receipts"
	"jianbao/recipients/table"
	"jianbao/sheets"
	"jianbao/web/page"
)

// A letterView is a letter as its unit got it.
type letterView struct {
	subject
	Sent
}

func (rm *room) look(r *http.Request) (v letterView, err error) {
	if v.subject, err = rm.find(r); err != nil {
		return v, err
	}
	id, err := uuid.Parse(r.PathValue("letter"))
	if err != nil {
		return v, page.NotHere()
	}
	v.Sent, err = rm.Letters.Look(r.Context(), v.Issue.ID, id)
	return v, err
}

func (rm *room) letter(w http.ResponseWriter, r *http.Request) {
	v, err := rm.look(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "letter", page.Page{Room: "issues", Data: v})
}

// letterPage is the page of a letter under a policy that lets nothing run or
// load: the browser shows it as a stranger's.
func (rm *room) letterPage(w http.ResponseWriter, r *http.Request) {
	v, err := rm.look(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox")
	_, _ = w.Write([]byte(v.HTML))
}

// eml sends the very mail to a clerk. That the clerk had it is written down
// before.
func (rm *room) eml(w http.ResponseWriter, r *http.Request) {
	s, err := rm.find(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	id, err := uuid.Parse(r.PathValue("letter"))
	if err != nil {
		rm.Fail(w, r, page.NotHere())
		return
	}
	if !s.Clerk {
		rm.Fail(w, r, fault.New(fault.Forbidden, clerksOnly.With()))
		return
	}
	raw, err := rm.Letters.Eml(r.Context(), page.Actor(r), s.Issue.ID, id)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "message/rfc822")
	h.Set("Content-Disposition", `attachment; filename="`+id.String()+`.eml"`)
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(raw)
}

// A statisticsView is who acknowledges in time.
type statisticsView struct {
	subject
	From, Until string
	Records     []domain.Record
}

func (rm *room) punctuality(r *http.Request) (v statisticsView, err error) {
	id, err := page.SeriesID(r)
	if err != nil {
		return v, err
	}
	if v.Series, err = rm.Reads.Series(r.Context(), id); err != nil {
		return v, err
	}
	v.Zone = v.Series.Location()
	now := rm.Now().In(v.Zone)
	from, until := time.Date(now.Year(), 1, 1, 0, 0, 0, 0, v.Zone), time.Date(now.Year(), 12, 31, 0, 0, 0, 0, v.Zone)
	for _, f := range []struct {
		name string
		day  *time.Time
	}{{"from", &from}, {"until", &until}} {
		typed := r.URL.Query().Get(f.name)
		if typed == "" {
			continue
		}
		if *f.day, err = time.ParseInLocation(time.DateOnly, typed, v.Zone); err != nil {
			return v, fault.New(fault.Invalid, page.BadTime.With(typed)).Because(err)
		}
	}
	v.From, v.Until = from.Format(time.DateOnly), until.Format(time.DateOnly)
	v.Records, err = rm.Receiving.Punctuality(r.Context(), id, from, until.AddDate(0, 0, 1))
	return v, err
}

func (rm *room) statistics(w http.ResponseWriter, r *http.Request) {
	v, err := rm.punctuality(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "statistics", page.Page{Room: "statistics", Data: v})
}

func (rm *room) statisticsSheet(w http.ResponseWriter, r *http.Request) {
	v, err := rm.punctuality(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	lang := page.Lang(r)
	t := table.Table{Name: statisticsName.With().In(lang), Title: statisticsTitle.With(v.Series.Masthead, v.From, v.Until).In(lang)}
	for _, key := range []string{"web.unit", "receipts.page.sent", "receipts.page.on-time", "receipts.page.late", "receipts.page.refused", "receipts.page.open", "receipts.page.missing", "receipts.page.short", "receipts.page.rate"} {
		t.Header = append(t.Header, fault.Reason{Key: key}.In(lang))
	}
	for _, one := range v.Records {
		t.Add(one.Name, one.Sent, one.OnTime, one.Late, one.Refused, one.Open, one.Missing, one.Short, rate(one))
	}
	rm.sheet(w, r, t)
}

// rate is the part acknowledged in time, or a dash where nothing is due.
func rate(r domain.Record) string {
	if r.Rate() < 0 {
		return "—"
	}
	return strconv.Itoa(r.Rate()) + "%"
}

// Rate returns that for a template.
func (v statisticsView) Rate(r domain.Record) string { return rate(r) }

// sheet sends a table as XLSX.
func (rm *room) sheet(w http.ResponseWriter, r *http.Request, t table.Table) {
	var out bytes.Buffer
	if err := sheets.WriteXLSX(&out, t); err != nil {
		rm.Fail(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	h.Set("Content-Disposition", `attachment; filename="receipts.xlsx"`)
	_, _ = w.Write(out.Bytes())
}
