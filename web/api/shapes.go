package api

import (
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/ready"
)

// Says is a sentence to people, in both languages.
type Says struct {
	Key string `json:"key" doc:"stays the same whatever the words"`
	ZH  string `json:"zh"`
	EN  string `json:"en"`
}

func says(r fault.Reason) Says { return Says{r.Key, r.In(fault.ZH), r.In(fault.EN)} }

// IssueNumber is the number of an issue in the register of its series.
type IssueNumber struct {
	Kind string `json:"kind"`
	Year int    `json:"year"`
	No   int    `json:"no"`
}

func numberOf(n workflow.Number) *IssueNumber {
	if n.IsZero() {
		return nil
	}
	return &IssueNumber{string(n.Kind), n.Year, n.No}
}

// IssueBrief is where an issue stands.
type IssueBrief struct {
	ID        uuid.UUID    `json:"id" format:"uuid"`
	Series    uuid.UUID    `json:"series" format:"uuid"`
	Kind      string       `json:"kind" doc:"正刊, 增刊, 专刊 or 特刊"`
	State     string       `json:"state" enum:"draft,review,approved,registered,scheduled,dispatching,dispatched,archived,withdrawn,corrected,recalled,destroyed"`
	Number    *IssueNumber `json:"number,omitempty" doc:"absent before registration"`
	Date      string       `json:"date,omitempty" format:"date"`
	Version   int          `json:"version"`
	Step      int          `json:"step" doc:"the step of the route it is at, counted from 0"`
	Digest    string       `json:"digest" doc:"what decisions are bound to: SHA-256 in hex"`
	ReleaseAt time.Time    `json:"release_at,omitzero"`
	Released  time.Time    `json:"released,omitzero"`
	Blocking  int          `json:"blocking" doc:"how many problems must be settled before it can be submitted"`
}

func briefOf(i workflow.Issue) IssueBrief {
	b := IssueBrief{
		ID: i.ID, Series: i.Series, Kind: string(i.Kind), State: string(i.State), Number: numberOf(i.Number), Date: i.Date.String(),
		Version: i.Version, Step: i.Step, Digest: string(i.Digest()), ReleaseAt: i.ReleaseAt, Released: i.Released,
	}
	for _, p := range i.Problems {
		if p.Severity == bulletin.Block {
			b.Blocking++
		}
	}
	return b
}

// IssueSummary is an issue in a list.
type IssueSummary struct {
	ID        uuid.UUID    `json:"id" format:"uuid"`
	Series    uuid.UUID    `json:"series" format:"uuid"`
	Masthead  string       `json:"masthead"`
	Kind      string       `json:"kind"`
	State     string       `json:"state" enum:"draft,review,approved,registered,scheduled,dispatching,dispatched,archived,withdrawn,corrected,recalled,destroyed"`
	Number    *IssueNumber `json:"number,omitempty"`
	Date      string       `json:"date,omitempty" format:"date"`
	Items     int          `json:"items" doc:"how many items it has"`
	Emergency bool         `json:"emergency" doc:"it went out in an emergency and waits for its approval"`
	Version   int          `json:"version"`
	Changed   time.Time    `json:"changed"`
}

func summaryOf(s workflow.Summary) IssueSummary {
	return IssueSummary{
		ID: s.ID, Series: s.Series, Masthead: s.Masthead, Kind: string(s.Kind), State: string(s.State), Number: numberOf(s.Number),
		Date: s.Date.String(), Items: s.Items, Emergency: s.Emergency, Version: s.Version, Changed: s.Changed,
	}
}

// Issue is all of an issue but its books.
type Issue struct {
	IssueBrief
	Total       int            `json:"total,omitempty" doc:"总第N期"`
	Round       int            `json:"round" doc:"counts the ways through the route; a return begins a new one"`
	Route       []RouteStep    `json:"route"`
	Text        string         `json:"text" doc:"what the editor edits"`
	Masthead    string         `json:"masthead"`
	Sections    []IssueSection `json:"sections" doc:"what was read from the text"`
	PrintRun    int            `json:"print_run" doc:"共印N份, 0 if the text has none"`
	Problems    []TextProblem  `json:"problems"`
	Attachments []FileInfo     `json:"attachments" doc:"in the order in which they go out"`
	Pictures    []FileInfo     `json:"pictures"`
	Authors     []uuid.UUID    `json:"authors" doc:"whoever's hand is in the text"`
	Emergency   bool           `json:"emergency"`
	Opened      time.Time      `json:"opened"`
	Changed     time.Time      `json:"changed"`
}

// IssueSection is a section with its items.
type IssueSection struct {
	Name  string      `json:"name"`
	Items []IssueItem `json:"items"`
}

// IssueItem is one item.
type IssueItem struct {
	Line        int      `json:"line" doc:"where it begins in the text, counted from 1"`
	Lead        string   `json:"lead,omitempty"`
	Paragraphs  []string `json:"paragraphs"`
	Contributor string   `json:"contributor,omitempty"`
}

// RouteStep is one station of the way to the approval.
type RouteStep struct {
	Kind   string `json:"kind" enum:"edit,review,countersign,sign-off,recheck,proof"`
	Title  Says   `json:"title"`
	Passed bool   `json:"passed"`
	Hours  int    `json:"hours" doc:"the deadline in working hours, 0 is none"`
}

func issueOf(i workflow.Issue) Issue {
	out := Issue{
		IssueBrief: briefOf(i), Total: i.Total, Round: i.Round, Text: i.Text, Masthead: i.Document.Masthead, PrintRun: i.Document.PrintRun,
		Sections: each(i.Document.Sections, sectionOf), Problems: each(i.Problems, problemShown), Attachments: each(i.Attachments, fileOf), Pictures: each(i.Pictures, fileOf),
		Authors: append([]uuid.UUID{}, i.Authors...), Emergency: i.Emergency.Open(), Opened: i.Opened, Changed: i.Changed,
	}
	for n, step := range i.Route {
		out.Route = append(out.Route, RouteStep{string(step.Kind), says(step.Kind.Title()), i.Passed(n), step.Hours})
	}
	return out
}

func sectionOf(s bulletin.Section) IssueSection {
	return IssueSection{s.Name, each(s.Items, func(it bulletin.Item) IssueItem {
		return IssueItem{it.Line, it.Lead, append([]string{}, it.Paragraphs...), it.Contributor}
	})}
}

// TextProblem is a doubt about a text, with the ways to settle it.
type TextProblem struct {
	Code     string       `json:"code"`
	Severity string       `json:"severity" enum:"block,ask,note"`
	Line     int          `json:"line" doc:"counted from 1; 0 is the whole text"`
	Says     Says         `json:"says"`
	Choices  []TextChoice `json:"choices" doc:"the proposed one first"`
}

// TextChoice is one way to settle a problem.
type TextChoice struct {
	Key   string `json:"key"`
	Label Says   `json:"label"`
	Reads string `json:"reads" doc:"how the place reads afterwards"`
}

func problemShown(p bulletin.Problem) TextProblem {
	return TextProblem{p.Code, string(p.Severity), p.Line, says(p.Reason), each(p.Choices, func(c bulletin.Choice) TextChoice {
		return TextChoice{c.Key, says(c.Label), c.Reads}
	})}
}

// Finding is a doubt of the ready check.
type Finding struct {
	Code     string `json:"code"`
	Severity string `json:"severity" enum:"block,ask,note"`
	Line     int    `json:"line"`
	Item     int    `json:"item" doc:"counted from 1 through all sections; 0 is none"`
	Says     Says   `json:"says"`
}

func findingOf(f ready.Finding) Finding {
	return Finding{f.Code, string(f.Severity), f.Line, f.Item, says(f.Reason)}
}

// FileInfo is a file of an issue. Its bytes are had by their hash.
type FileInfo struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Size   int    `json:"size" doc:"bytes"`
	SHA256 string `json:"sha256"`
}

func fileOf(a workflow.Attachment) FileInfo { return FileInfo{a.Name, a.Type, a.Size, a.SHA256} }
