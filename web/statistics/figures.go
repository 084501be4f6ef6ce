package statistics

import (
	"strconv"
	"time"

	"jianbao/fault"
	"jianbao/recipients/receipts"
	"jianbao/recipients/table"
	"jianbao/web/page"
	"jianbao/workflow/figures"
)

// most is how many lines of a list the page shows; the spreadsheet has all.
const most = 50

// heads are the header of a table.
func heads(lang fault.Lang, all ...fault.Sentence) (row []string) {
	for _, head := range all {
		row = append(row, head.With().In(lang))
	}
	return row
}

func newFigure(lang fault.Lang, id string, title, says fault.Sentence, columns ...fault.Sentence) figure {
	return figure{ID: id, Says: says.With().In(lang), Table: table.Table{Name: title.With().In(lang), Title: title.With().In(lang), Header: heads(lang, columns...)}}
}

// loads is what lies now, by step.
func loads(lang fault.Lang, standing []figures.Standing) figure {
	f := newFigure(lang, "loads", nowTitle, nowSays, stepHead, undecidedHead, overdueHead, returnedHead, oldestHead, latestHead)
	for _, l := range figures.Loads(standing) {
		if l.Undecided > 0 {
			f.row(float64(l.Undecided), strconv.Itoa(l.Undecided), l.Step.Title().In(lang), l.Undecided, l.Overdue, l.Back, hours(l.Oldest), hours(l.Latest))
		}
	}
	return f
}

// waiting is every issue that lies undecided.
func waiting(lang fault.Lang, standing []figures.Standing) figure {
	f := newFigure(lang, "waiting", waitingTitle, waitingTitle, seriesHead, stepHead, withHead, sinceHead, ageHead, deadlineHead, lateHead)
	for _, s := range standing {
		due, late := "", any("")
		if !s.Deadline.IsZero() {
			due = page.Clock(s.Deadline, page.Zone())
		}
		if s.Overdue {
			late = hours(s.Late)
		}
		f.Table.Add(s.Masthead, s.Step.Kind.Title().In(lang), s.With(lang), page.Clock(s.Reached, page.Zone()), hours(s.Age), due, late)
	}
	return f
}

// months are the issues of a year.
func months(lang fault.Lang, counts [12]int) figure {
	f := newFigure(lang, "months", monthsTitle, monthsSays, monthHead, issuesHead)
	for n, count := range counts {
		f.row(float64(count), strconv.Itoa(count), monthName.With(n+1).In(lang), count)
	}
	return f
}

// paces are how long things took at each step, and with each person.
func paces(lang fault.Lang, passages []figures.Passage, lasted func(figures.Passage) time.Duration) (steps, people, returns figure) {
	steps = newFigure(lang, "steps", stepsTitle, stepsSays, stepHead, passagesHead, meanHead, medianHead, longestHead, returnedHead)
	people = newFigure(lang, "people", peopleTitle, peopleSays, personHead, passagesHead, meanHead, medianHead, longestHead, returnedHead)
	returns = newFigure(lang, "returns", returnsTitle, returnsSays, stepHead, returnedHead, passagesHead)
	bySteps, byPeople := figures.Paces(passages, lasted)
	for _, p := range bySteps {
		label := p.Step.Title().In(lang)
		steps.paced(p.Mean, label, p.Count, hours(p.Mean), hours(p.Median), hours(p.Longest), p.Returned)
		returns.row(float64(p.Returned), strconv.Itoa(p.Returned), label, p.Returned, p.Count)
	}
	for _, p := range byPeople {
		people.paced(p.Mean, p.Name, p.Count, hours(p.Mean), hours(p.Median), hours(p.Longest), p.Returned)
	}
	return steps, people, returns
}

// reasons are the returns one by one.
func reasons(lang fault.Lang, passages []figures.Passage) figure {
	f := newFigure(lang, "reasons", reasonsTitle, reasonsTitle, dayHead, stepHead, personHead, reasonHead)
	for _, p := range figures.ReturnsOf(passages) {
		f.Table.Add(p.Left.In(page.Zone()).Format(time.DateOnly), p.Step.Title().In(lang), p.Name, p.Note)
	}
	return f
}

// punctual is how each unit acknowledged.
func punctual(lang fault.Lang, records []receipts.Record) figure {
	f := newFigure(lang, "receipts", receiptsTitle, receiptsSays, unitHead, sentHead, onTimeHead, lateReceiptHead, missingHead, refusedHead, openHead, rateHead)
	f.Full = 100
	for _, r := range records {
		rate, shown := r.Rate(), "—"
		if rate >= 0 {
			shown = strconv.Itoa(rate) + "%"
		}
		f.row(float64(max(rate, 0)), shown, r.Name, r.Sent, r.OnTime, r.Late, r.Missing, r.Refused, r.Open, shown)
	}
	return f
}
