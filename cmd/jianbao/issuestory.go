package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/recipients/copies"
	"jianbao/recipients/receipts"
	"jianbao/store"
	"jianbao/workflow"
	"jianbao/workflow/figures"
)

// A story is all that there is to know of an issue, as --json prints it. Its
// sentences are in the language of the command.
type story struct {
	ID          uuid.UUID              `json:"id"`
	Series      string                 `json:"series"`
	Kind        string                 `json:"kind"`
	Year        int                    `json:"year,omitempty"`
	Number      int                    `json:"number,omitempty"`
	Total       int                    `json:"total,omitempty"`
	Date        string                 `json:"date,omitempty"`
	State       string                 `json:"state"`
	Stands      string                 `json:"stands"` // the state in words
	Version     int                    `json:"version"`
	Digest      workflow.Digest        `json:"digest"`
	Opened      time.Time              `json:"opened"`
	Released    time.Time              `json:"released,omitzero"`
	Route       []storyStep            `json:"route"`
	Circulation []storyList            `json:"circulation"`
	Unresolved  []string               `json:"unresolved,omitempty"`
	Copies      string                 `json:"copies"`
	Ledger      string                 `json:"ledger,omitempty"`
	Letters     map[mailer.State]int   `json:"letters,omitempty"`
	Receipts    map[receipts.State]int `json:"receipts,omitempty"`
	Next        string                 `json:"next,omitempty"`
	With        string                 `json:"with,omitempty"`
	Deadline    time.Time              `json:"deadline,omitzero"`
	Overdue     bool                   `json:"overdue,omitempty"`
	zone        *time.Location
}

// A storyStep is a step of the route with what was decided there.
type storyStep struct {
	Step      string          `json:"step"`
	Here      bool            `json:"here,omitempty"`
	Decisions []storyDecision `json:"decisions,omitempty"`
}

// A storyDecision is one decision.
type storyDecision struct {
	At    time.Time `json:"at"`
	By    string    `json:"by"`
	For   string    `json:"for,omitempty"`
	Act   string    `json:"act"`
	Note  string    `json:"note,omitempty"`
	Paper bool      `json:"paper,omitempty"`
	Back  bool      `json:"taken_back,omitempty"`
}

// A storyList is one list of the circulation.
type storyList struct {
	Label string   `json:"label"`
	Units []string `json:"units"`
}

// storyOf gathers the story of an issue as it stands at now.
func storyOf(ctx context.Context, books *store.Store, id uuid.UUID, now time.Time, lang fault.Lang) (s story, err error) {
	is, err := books.Issue(ctx, id)
	if err != nil {
		return s, err
	}
	series, err := books.Series(ctx, is.Series)
	if err != nil {
		return s, err
	}
	s = story{
		ID: id, Series: series.Masthead, Kind: string(is.Kind), Year: is.Number.Year, Number: is.Number.No, Total: is.Total, Date: is.Date.String(),
		State: string(is.State), Stands: is.State.Title().In(lang), Version: is.Version, Digest: is.Digest(), Opened: is.Opened.In(series.Location()),
		Route: stepsOf(is, series.Location(), lang), Circulation: listsOf(is), Copies: is.Copies.Sentence(lang), zone: series.Location(),
	}
	if !is.Released.IsZero() {
		s.Released = is.Released.In(series.Location())
	}
	for _, reason := range is.Circulation.Unresolved() {
		s.Unresolved = append(s.Unresolved, reason.In(lang))
	}
	if err := s.sent(ctx, books, is, lang); err != nil {
		return s, err
	}
	return s, s.next(ctx, books, is, now, lang)
}

// stepsOf are the steps with the decisions of all rounds.
func stepsOf(is workflow.Issue, zone *time.Location, lang fault.Lang) []storyStep {
	all := make([]storyStep, len(is.Route))
	for n, step := range is.Route {
		all[n] = storyStep{Step: step.Kind.Title().In(lang), Here: n == is.Step && (is.State == workflow.Draft || is.State == workflow.Review)}
	}
	for _, d := range is.Decisions {
		if d.Step < len(all) {
			all[d.Step].Decisions = append(all[d.Step].Decisions, storyDecision{
				At: d.At.In(zone), By: d.Name, For: d.ForName, Act: d.Act.Title().In(lang), Note: d.Note, Paper: d.Paper != nil, Back: d.Back != "",
			})
		}
	}
	return all
}

func listsOf(is workflow.Issue) (all []storyList) {
	for _, place := range is.Circulation.All() {
		if len(all) == 0 || all[len(all)-1].Label != place.Label {
			all = append(all, storyList{Label: place.Label})
		}
		last := &all[len(all)-1]
		last.Units = append(last.Units, place.Name)
	}
	return all
}

// sent adds what became of letters, copies and receipts.
func (s *story) sent(ctx context.Context, books *store.Store, is workflow.Issue, lang fault.Lang) error {
	letters, err := books.LetterCounts(ctx, is.ID)
	if err != nil {
		return err
	}
	entries, err := books.CopyEntries(ctx, is.ID)
	if err != nil {
		return err
	}
	lines, err := books.ReceiptLines(ctx, is.ID)
	if err != nil {
		return err
	}
	s.Letters = letters
	if len(entries) > 0 {
		s.Ledger = copies.New(entries).Sentence(lang)
	}
	if len(lines) > 0 {
		s.Receipts = receipts.Count(lines)
	}
	return nil
}

var (
	storyRelease = fault.Say("cmd.show.release", "%s由调度发出", "to be released by the scheduler at %s")
	storyLetters = fault.Say("cmd.show.letters", "等信件都有结果", "its letters have to end")
	storyReceipt = fault.Say("cmd.show.receipts", "等各单位签收，然后归档", "its units acknowledge, then it is archived")
)

// next adds what is to be done, by whom and by when.
func (s *story) next(ctx context.Context, books *store.Store, is workflow.Issue, now time.Time, lang fault.Lang) error {
	switch is.State {
	case workflow.Approved:
		s.Next = workflow.Register.Title().In(lang)
	case workflow.Registered:
		s.Next = workflow.Schedule.Title().In(lang)
	case workflow.Scheduled:
		s.Next, s.Deadline = storyRelease.With(is.ReleaseAt.In(s.zone).Format(time.DateTime)).In(lang), is.ReleaseAt.In(s.zone)
	case workflow.Dispatching:
		s.Next = storyLetters.With().In(lang)
	case workflow.Dispatched:
		s.Next = storyReceipt.With().In(lang)
	case workflow.Draft, workflow.Review:
		sight, err := books.Underway(ctx, []uuid.UUID{is.Series})
		if err != nil {
			return err
		}
		for _, standing := range figures.Undecided(sight, now) {
			if standing.ID == is.ID {
				s.Next, s.With = standing.Step.Kind.Title().In(lang), standing.With(lang)
				s.Overdue = standing.Overdue
				if !standing.Deadline.IsZero() {
					s.Deadline = standing.Deadline.In(s.zone)
				}
			}
		}
	}
	return nil
}

// The heads of the lines.
var (
	storyState    = fault.Say("cmd.show.state", "状态", "state")
	storyDigest   = fault.Say("cmd.show.digest", "摘要", "digest")
	storyRoute    = fault.Say("cmd.show.route", "流程", "route")
	storyLists    = fault.Say("cmd.show.lists", "发送范围", "lists")
	storyCopies   = fault.Say("cmd.show.copies", "份数", "copies")
	storyAnswers  = fault.Say("cmd.show.answers", "签收", "receipts")
	storyMail     = fault.Say("cmd.show.mail", "信件", "letters")
	storyNext     = fault.Say("cmd.show.next", "下一步", "next")
	storyDue      = fault.Say("cmd.show.due", "%s（%s，应于%s前办结）", "%s (%s, due by %s)")
	storyLate     = fault.Say("cmd.show.late", "%s（%s，应于%s前办结，已逾期）", "%s (%s, was due by %s and is overdue)")
	storyFor      = fault.Say("cmd.show.for", "%s代%s", "%s in place of %s")
	storyOnPaper  = fault.Say("cmd.show.paper", "纸上签批", "signed on paper")
	storyTaken    = fault.Say("cmd.show.taken", "已收回", "taken back")
	storyNoNumber = fault.Say("cmd.show.unnumbered", "未编号", "without a number")
)

// print writes the story for people.
func (s story) print(c *console) {
	number := storyNoNumber.With().In(c.Lang)
	if s.Number > 0 {
		number = issueNumber.With(s.Year, s.Number).In(c.Lang)
	}
	fmt.Fprintf(c.Out, "《%s》%s  %s\n%s\n", s.Series, number, s.Date, s.ID)
	line := func(head fault.Sentence, text string) {
		if text != "" {
			fmt.Fprintf(c.Out, "%s  %s\n", pad(head.With().In(c.Lang), 8), text)
		}
	}
	line(storyState, s.Stands)
	line(storyDigest, string(s.Digest))
	for _, step := range s.Route {
		line(storyRoute, strings.TrimRight(step.words(c.Lang), " "))
	}
	for _, list := range s.Circulation {
		line(storyLists, fmt.Sprintf("%s（%d）%s", list.Label, len(list.Units), strings.Join(list.Units, "、")))
	}
	for _, reason := range s.Unresolved {
		line(storyLists, reason)
	}
	line(storyCopies, s.Copies)
	line(storyCopies, s.Ledger)
	line(storyMail, countsOf(s.Letters, func(k mailer.State) string { return string(k) }))
	line(storyAnswers, countsOf(s.Receipts, func(k receipts.State) string { return k.Title().In(c.Lang) }))
	line(storyNext, s.nextWords(c.Lang))
}

func (s story) nextWords(lang fault.Lang) string {
	due := s.Deadline.Format(time.DateTime)
	switch {
	case s.With == "" || s.Deadline.IsZero():
		return strings.TrimSpace(s.Next + " " + s.With)
	case s.Overdue:
		return storyLate.With(s.Next, s.With, due).In(lang)
	}
	return storyDue.With(s.Next, s.With, due).In(lang)
}

// words tell a step in one line; the one where the issue is has an arrow.
func (s storyStep) words(lang fault.Lang) string {
	mark := "  "
	if s.Here {
		mark = "→ "
	}
	var said []string
	for _, d := range s.Decisions {
		by := d.By
		if d.For != "" {
			by = storyFor.With(d.By, d.For).In(lang)
		}
		words := strings.Join(slices.DeleteFunc([]string{by, d.Act, d.At.Format(time.DateTime), d.Note}, func(w string) bool { return w == "" }), " ")
		if d.Paper {
			words += " " + storyOnPaper.With().In(lang)
		}
		if d.Back {
			words += " " + storyTaken.With().In(lang)
		}
		said = append(said, words)
	}
	return mark + pad(s.Step, 6) + " " + strings.Join(said, "；")
}

// countsOf tells how many there are of each sort.
func countsOf[K ~string](all map[K]int, title func(K) string) string {
	var words []string
	for key, n := range all {
		if n > 0 {
			words = append(words, fmt.Sprintf("%s %d", title(key), n))
		}
	}
	slices.Sort(words)
	return strings.Join(words, "，")
}
