package archive

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/bulletin/typeset/forms"
	"jianbao/fault"
	"jianbao/web/archive/bind"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/archive"
)

// mostIssues is how many issues of a series are looked through: a weekly of two
// centuries.
const mostIssues = 10_000

// A volumeView is what is bound of a year, and what is not there.
type volumeView struct {
	Series workflow.Series
	Year   int
	Years  []int // that the register has, the latest first
	Bound  []workflow.Summary
	// Waiting are issues with a number of the year that are not out yet.
	Waiting []workflow.Summary
	Numbers []workflow.YearOfNumbers // of the year, by kind
}

// KindName is the name of a kind.
func (volumeView) KindName(k bulletin.Kind) fault.Reason { return page.KindOf(k) }

// Gaps counts the numbers that are missing.
func (v volumeView) Gaps() (n int) {
	for _, y := range v.Numbers {
		n += len(y.Gaps)
	}
	return n
}

// Voids counts those that are void.
func (v volumeView) Voids() (n int) {
	for _, y := range v.Numbers {
		n += len(y.Void)
	}
	return n
}

// volumeOf reads the year of a series that a request asks for.
func (rm *room) volumeOf(r *http.Request) (v volumeView, err error) {
	id, err := page.SeriesID(r)
	if err != nil {
		return v, err
	}
	if v.Series, err = rm.Reads.Series(r.Context(), id); err != nil {
		return v, err
	}
	register, err := rm.Reads.Register(r.Context(), id)
	if err != nil {
		return v, err
	}
	report := workflow.GapReport(register)
	for _, y := range report {
		if !slices.Contains(v.Years, y.Year) {
			v.Years = append(v.Years, y.Year)
		}
	}
	if v.Year, err = strconv.Atoi(r.URL.Query().Get("year")); err != nil {
		v.Year = rm.Now().In(v.Series.Location()).Year()
		if len(v.Years) > 0 {
			v.Year = v.Years[0]
		}
	}
	v.Numbers = slices.DeleteFunc(report, func(y workflow.YearOfNumbers) bool { return y.Year != v.Year })
	all, err := rm.Reads.Summaries(r.Context(), []uuid.UUID{id}, mostIssues)
	v.sort(all)
	return v, err
}

// sort sets the issues of the year in the order of their kinds and numbers.
func (v *volumeView) sort(all []workflow.Summary) {
	slices.SortStableFunc(all, func(a, b workflow.Summary) int {
		return cmp.Or(slices.Index(view{}.Kinds(), a.Number.Kind)-slices.Index(view{}.Kinds(), b.Number.Kind), a.Number.No-b.Number.No, strings.Compare(a.ID.String(), b.ID.String()))
	})
	for _, s := range all {
		switch {
		case s.Number.Year != v.Year || !slices.Contains(archive.KeptStates(), s.State):
		case s.State == workflow.Registered || s.State == workflow.Scheduled:
			v.Waiting = append(v.Waiting, s)
		default:
			v.Bound = append(v.Bound, s)
		}
	}
}

func (rm *room) volume(w http.ResponseWriter, r *http.Request) {
	v, err := rm.volumeOf(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "volume", page.Page{Room: "archive", Data: v})
}

// bound sends the volume.
func (rm *room) bound(w http.ResponseWriter, r *http.Request) {
	v, err := rm.volumeOf(r)
	if err == nil && len(v.Bound) == 0 {
		err = fault.New(fault.Blocked, nothingToBind.With(v.Year))
	}
	var parts []bind.Part
	for _, s := range v.Bound {
		if err != nil {
			break
		}
		var part bind.Part
		if part, err = rm.part(r, s); err == nil && part.PDF != nil {
			parts = append(parts, part)
		}
	}
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	data, err := rm.Binder.Bind(v.front(len(parts)), parts)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	page.Send(w, workflow.File{Name: v.Series.Masthead + volumeTitle.With(v.Year).In(fault.ZH) + ".pdf", Type: "application/pdf", Data: data}, "attachment")
}

// part is an issue as it is bound. One that was recalled as classified has none,
// and neither has one that was destroyed a moment ago.
func (rm *room) part(r *http.Request, s workflow.Summary) (p bind.Part, err error) {
	file, err := rm.Files.Open(r.Context(), s.ID)
	if fault.Is(err, fault.Blocked) {
		return p, nil
	}
	if err != nil {
		return p, err
	}
	_, issue := file.Of()
	p.VolumeEntry = forms.VolumeEntry{Number: page.NumberOf(s.Number).In(fault.ZH), Date: s.Date.String(), Title: subjectOf(issue)}
	if s.State == workflow.Recalled || s.State == workflow.Corrected {
		p.Title = "〔" + s.State.Title().In(fault.ZH) + "〕" + p.Title
	}
	p.PDF, err = file.Paper(r.Context())
	return p, err
}

// subjectOf says what an issue is about: its title, or what its first items are
// called.
func subjectOf(i workflow.Issue) string {
	if i.Document.Title != "" {
		return i.Document.Title
	}
	var leads []string
	for _, item := range i.Document.Items() {
		lead := strings.TrimRight(item.Lead, "。 ")
		if lead == "" && len(item.Paragraphs) > 0 {
			lead = item.Paragraphs[0]
		}
		if runes := []rune(lead); len(runes) > 30 {
			lead = string(runes[:30]) + "…"
		}
		if leads = append(leads, lead); len(leads) == 2 {
			break
		}
	}
	return strings.Join(leads, "；")
}

// front is the cover of the volume with what it says of the numbers. It is an
// official record and in Chinese, whoever makes it.
func (v volumeView) front(parts int) forms.VolumeFront {
	zh := func(r fault.Reason) string { return r.In(fault.ZH) }
	f := forms.VolumeFront{
		Masthead: v.Series.Masthead, Organ: v.Series.Organ, Title: zh(volumeTitle.With(v.Year)), Note: zh(volumeNote.With(parts)), GapsOf: zh(volumeGaps.With()), NoGaps: zh(volumeWhole.With()),
		Headers: forms.VolumeHeaders{Contents: zh(volumeContents.With()), Number: zh(columnNumber.With()), Date: zh(columnDate.With()), Title: zh(columnTitle.With()), Page: zh(columnPage.With()), State: zh(columnState.With()), Reason: zh(columnWhy.With())},
	}
	for _, y := range v.Numbers {
		for _, n := range y.Gaps {
			f.Gaps = append(f.Gaps, [3]string{zh(page.NumberOf(n)), zh(isMissing.With()), zh(missingWhy.With())})
		}
		for _, l := range y.Void {
			f.Gaps = append(f.Gaps, [3]string{zh(page.NumberOf(l.Number)), zh(isVoid.With()), l.Void})
		}
	}
	for _, s := range v.Waiting {
		f.Gaps = append(f.Gaps, [3]string{zh(page.NumberOf(s.Number)), zh(s.State.Title()), zh(waitingWhy.With())})
	}
	return f
}
