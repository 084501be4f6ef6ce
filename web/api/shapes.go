package api

import (
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/web/api/op"
	"jianbao/workflow"
	"jianbao/workflow/ready"
)

// IssueSummary is an issue in a list.
type IssueSummary struct {
	ID        uuid.UUID       `json:"id" format:"uuid"`
	Series    uuid.UUID       `json:"series" format:"uuid"`
	Masthead  string          `json:"masthead"`
	Kind      string          `json:"kind"`
	State     string          `json:"state" enum:"draft,review,approved,registered,scheduled,dispatching,dispatched,archived,withdrawn,corrected,recalled,destroyed"`
	Number    *op.IssueNumber `json:"number,omitempty"`
	Date      string          `json:"date,omitempty" format:"date"`
	Items     int             `json:"items" doc:"how many items it has"`
	Emergency bool            `json:"emergency" doc:"it went out in an emergency and waits for its approval"`
	Version   int             `json:"version"`
	Changed   time.Time       `json:"changed"`
}

func summaryOf(s workflow.Summary) IssueSummary {
	return IssueSummary{
		ID: s.ID, Series: s.Series, Masthead: s.Masthead, Kind: string(s.Kind), State: string(s.State), Number: op.NumberOf(s.Number),
		Date: s.Date.String(), Items: s.Items, Emergency: s.Emergency, Version: s.Version, Changed: s.Changed,
	}
}

// Issue is all of an issue but its books.
type Issue struct {
	op.IssueBrief
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
	Kind   string  `json:"kind" enum:"edit,review,countersign,sign-off,recheck,proof"`
	Title  op.Says `json:"title"`
	Passed bool    `json:"passed"`
	Hours  int     `json:"hours" doc:"the deadline in working hours, 0 is none"`
}

func issueOf(i workflow.Issue) Issue {
	out := Issue{
		IssueBrief: op.BriefOf(i), Total: i.Total, Round: i.Round, Text: i.Text, Masthead: i.Document.Masthead, PrintRun: i.Document.PrintRun,
		Sections: op.Each(i.Document.Sections, sectionOf), Problems: op.Each(i.Problems, problemShown), Attachments: op.Each(i.Attachments, fileOf), Pictures: op.Each(i.Pictures, fileOf),
		Authors: append([]uuid.UUID{}, i.Authors...), Emergency: i.Emergency.Open(), Opened: i.Opened, Changed: i.Changed,
	}
	for n, step := range i.Route {
		out.Route = append(out.Route, RouteStep{string(step.Kind), op.Said(step.Kind.Title()), i.Passed(n), step.Hours})
	}
	return out
}

func sectionOf(s bulletin.Section) IssueSection {
	return IssueSection{s.Name, op.Each(s.Items, func(it bulletin.Item) IssueItem {
		return IssueItem{it.Line, it.Lead, append([]string{}, it.Paragraphs...), it.Contributor}
	})}
}

// TextProblem is a doubt about a text, with the ways to settle it.
type TextProblem struct {
	Code     string       `json:"code"`
	Severity string       `json:"severity" enum:"block,ask,note"`
	Line     int          `json:"line" doc:"counted from 1; 0 is the whole text"`
	Says     op.Says      `json:"says"`
	Choices  []TextChoice `json:"choices" doc:"the proposed one first"`
}

// TextChoice is one way to settle a problem.
type TextChoice struct {
	Key   string  `json:"key"`
	Label op.Says `json:"label"`
	Reads string  `json:"reads" doc:"how the place reads afterwards"`
}

func problemShown(p bulletin.Problem) TextProblem {
	return TextProblem{p.Code, string(p.Severity), p.Line, op.Said(p.Reason), op.Each(p.Choices, func(c bulletin.Choice) TextChoice {
		return TextChoice{c.Key, op.Said(c.Label), c.Reads}
	})}
}

// Finding is a doubt of the ready check.
type Finding struct {
	Code     string  `json:"code"`
	Severity string  `json:"severity" enum:"block,ask,note"`
	Line     int     `json:"line"`
	Item     int     `json:"item" doc:"counted from 1 through all sections; 0 is none"`
	Says     op.Says `json:"says"`
}

func findingOf(f ready.Finding) Finding {
	return Finding{f.Code, string(f.Severity), f.Line, f.Item, op.Said(f.Reason)}
}

// FileInfo is a file of an issue. Its bytes are had by their hash.
type FileInfo struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Size   int    `json:"size" doc:"bytes"`
	SHA256 string `json:"sha256"`
}

func fileOf(a workflow.Attachment) FileInfo { return FileInfo{a.Name, a.Type, a.Size, a.SHA256} }
