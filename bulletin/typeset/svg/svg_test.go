package svg_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"jianbao/bulletin/typeset/layout"
	"jianbao/bulletin/typeset/svg"
)

// square is a font whose glyphs are as wide as they are high.
type square struct{ name string }

func (s square) Name() string         { return s.name }
func (s square) Advance(rune) float64 { return 1 }

type heavy struct{ square }

func (heavy) Weight() int { return 900 }

func TestAPageIsDrawn(t *testing.T) {
	body := square{"Noto Serif SC"}
	page := layout.Page{
		Width: 595.28, Height: 841.89,
		Rules:    []layout.Rule{{X: 1, Y: 2, Width: 3, Height: 0.5, Colour: 0xB3261E}},
		Pictures: []layout.Picture{{X: 1, Y: 1, Width: 10, Height: 10, Name: "a.png"}, {Width: 5, Height: 5, Name: "没有.png"}},
		Runs: []layout.Run{
			{X: 10, Y: 20, Face: body, Size: 16, Spacing: -0.5, Text: "简报<&>"},
			{X: 10, Y: 40, Face: body, Size: 16, Text: "一"},
			{X: 10, Y: 60, Face: heavy{square{"Noto Sans SC"}}, Size: 20, Colour: 0xFF0000, Text: "栏目"},
		},
	}
	got := svg.Page(page, `第1页"`, func(name string) string { return map[string]string{"a.png": "/files/1?a&b"}[name] })
	for _, want := range []string{
		`viewBox="0 0 595.28 841.89"`, `aria-label="第1页&#34;"`, `fill="#b3261e"`, `href="/files/1?a&amp;b"`, `stroke="#999"`,
		`textLength="78"`, `简报&lt;&amp;&gt;`, `<text x="10" y="40">一</text>`, `font-weight="900" font-size="20" fill="#ff0000"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
	if n := strings.Count(got, "<g "); n != 2 {
		t.Errorf("%d groups of 3 runs, want 2", n)
	}
	for d := xml.NewDecoder(strings.NewReader(got)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("no XML: %v\n%s", err, got)
		}
	}
}
