package page

import (
	"strings"
	"testing"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"
)

func TestDraftsAreToldApart(t *testing.T) {
	long := strings.Repeat("国", gistLength+1)
	item := func(lead string, paragraphs ...string) bulletin.Document {
		return bulletin.Document{Sections: []bulletin.Section{{Items: []bulletin.Item{{Lead: lead, Paragraphs: paragraphs}}}}}
	}
	numbered := item("会议召开。")
	numbered.Number = bulletin.Number{Kind: bulletin.Ordinary, No: 10}
	titled := item("会议召开。")
	titled.Title = "关于创新的报告"
	for want, issue := range map[string]workflow.Issue{
		"会议召开。":                         {Document: item("会议召开。", "详情")},
		"详情":                            {Document: item("", " ", "详情")},
		"稿中写第10期：会议召开。":                 {Document: numbered},
		"关于创新的报告":                       {Document: titled},
		long[:len(long)-len("国")] + "…": {Document: item(long)},
	} {
		if got := gist(issue, fault.ZH); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for name, issue := range map[string]workflow.Issue{
		"it has a number": {Document: numbered, Number: workflow.Number{Kind: bulletin.Ordinary, Year: 2025, No: 1}},
		"it is withheld":  {Document: numbered, Recall: &workflow.Recalling{Secret: true}},
		"it is empty":     {},
	} {
		if got := gist(issue, fault.ZH); got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
}
