package main

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/seeds"
	"jianbao/workflow"
)

// shelf is files by their hash.
type shelf map[string][]byte

func (s shelf) File(_ context.Context, sum string) ([]byte, error) {
	if data, ok := s[sum]; ok {
		return data, nil
	}
	return nil, fault.New(fault.NotFound, demoFailed.With())
}

// registered8 is issue 8 with two files, as the scheduler finds it.
func registered8() workflow.Issue {
	number := workflow.Number{Kind: bulletin.Ordinary, Year: 2021, No: 8}
	return workflow.Issue{
		ID: uuid.New(), Document: bulletin.Parse(seeds.Issue8).Document, Number: number, Date: bulletin.Date{Year: 2021, Month: time.July, Day: 15},
		Attachments: []workflow.Attachment{{Name: "乙.xlsx", Type: "application/x", SHA256: "b"}, {Name: "甲.pdf", Type: "application/pdf", SHA256: "a"}},
	}
}

func TestTheRendererMakesEveryPart(t *testing.T) {
	r, err := newRenderer(shelf{"a": []byte("first"), "b": []byte("second")}, "")
	if err != nil {
		t.Fatal(err)
	}
	parts, err := r.Render(t.Context(), workflow.Series{}, registered8())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range parts.Attachments {
		names = append(names, f.Name)
	}
	if len(names) != 3 || names[0] != "鄂尔多斯科技简报2021年第8期.pdf" || names[1] != "乙.xlsx" || string(parts.Attachments[2].Data) != "first" {
		t.Errorf("attached %v", names)
	}
	if !bytes.HasPrefix(parts.Attachments[0].Data, []byte("%PDF-")) || len(parts.Text) == 0 || len(parts.HTML) == 0 {
		t.Errorf("%d bytes of text, %d of HTML", len(parts.Text), len(parts.HTML))
	}
	again, err := r.Render(t.Context(), workflow.Series{}, registered8())
	if err != nil || !bytes.Equal(again.Attachments[0].Data, parts.Attachments[0].Data) {
		t.Errorf("the same issue prints differently: %v", err)
	}
}

func TestWhatTheRendererRefuses(t *testing.T) {
	r, err := newRenderer(shelf{}, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Render(t.Context(), workflow.Series{}, registered8()); !fault.Is(err, fault.NotFound) {
		t.Errorf("a file that is gone: %v", err)
	}
	if _, err := r.Render(t.Context(), workflow.Series{Layout: []byte(`{"no-such-key":1}`)}, registered8()); !fault.Is(err, fault.Invalid) {
		t.Errorf("a template that cannot be read: %v", err)
	}
	if _, err := newRenderer(shelf{}, t.TempDir()+"/none"); err == nil {
		t.Error("a directory that is not there was taken")
	}
}

func TestFileNames(t *testing.T) {
	for masthead, want := range map[string]string{
		"鄂尔多斯科技简报": "鄂尔多斯科技简报2021年增刊第2期.pdf", "情况/“通报”:\"\u202e": "情况“通报”2021年增刊第2期.pdf",
	} {
		sheet := sheetOf(workflow.Issue{Document: bulletin.Document{Masthead: masthead}, Number: workflow.Number{Kind: bulletin.Supplement, Year: 2021, No: 2}})
		if got := fileName(sheet); got != want {
			t.Errorf("%q", got)
		}
	}
}
