package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// documents is where the pictures of the documents are written; empty writes
// none. make shots writes them into docs.
var documents = flag.String("documents", "", "write the pictures of the handbook and of the README below this directory")

// A cutting is a picture in a document: of a page at some width, what lies
// around the elements of a selector, no taller than so many pixels.
type cutting struct {
	file     string // below docs
	width    int64
	selector string
	tall     float64
}

// cuttings are the pictures of the documents, by the place that they show.
var cuttings = map[string][]cutting{
	"dispatch": {
		{"pictures/dispatch-board.png", desktop, "body", 760},
		{"handbook/pictures/dispatch.png", 1000, "main", 560},
	},
	"edit": {
		{"pictures/editor.png", 1440, "body", 900},
		{"handbook/pictures/edit.png", 1200, "main", 620},
	},
	"start-steps": {{"handbook/pictures/start.png", 800, "main", 520}},
	"desk":        {{"handbook/pictures/desk.png", 860, "main", 420}},
	"new":         {{"handbook/pictures/new.png", 800, "form.card", 660}},
	"draft":       {{"handbook/pictures/problems.png", 800, "#problems", 430}},
	"review":      {{"handbook/pictures/acts.png", 800, "#acts", 480}},
	"answer":      {{"handbook/pictures/answer.png", telephone, "main", 640}},
	"issue-lists": {{"handbook/pictures/lists.png", 860, "main", 600}},
	"equation":    {{"handbook/pictures/copies.png", 860, "#plan", 480}},
	"receipts":    {{"handbook/pictures/receipts.png", 900, "main", 520}},
	"after":       {{"handbook/pictures/after.png", 800, "main", 600}},
	"remark":      {{"handbook/pictures/remark.png", 1080, "main", 520}},
	"units":       {{"handbook/pictures/units.png", 960, "main", 420}},
	"register":    {{"handbook/pictures/register.png", 860, "main", 420}},
	"filing-year": {{"handbook/pictures/filing.png", 860, "main", 460}},
	"settings":    {{"handbook/pictures/route.png", 1000, "#route", 560}},
	"receipt":     {{"handbook/pictures/receipt.png", telephone, "form.door", 640}},
	"own":         {{"handbook/pictures/own.png", telephone, "main", 520}},
	"archive":     {{"handbook/pictures/archive.png", 860, "ol.hits", 430}},
	"board":       {{"handbook/pictures/board.png", 1000, "main", 520}},
	"codes":       {{"handbook/pictures/codes.png", 800, "main", 560}},
	"people":      {{"handbook/pictures/people.png", 860, "main", 480}},
}

// document cuts the pictures out of the page, and writes them if they are
// wanted. What is cut out must be there.
func (l looker) document(name string) {
	l.t.Helper()
	for _, c := range cuttings[name] {
		var at *page.Viewport
		var raw json.RawMessage
		l.do(chromedp.EmulateViewport(c.width, 900), chromedp.Evaluate(fmt.Sprintf(around, c.selector, c.tall), &raw))
		if err := json.Unmarshal(raw, &at); err != nil || at == nil {
			l.t.Errorf("%s: there is no %s to make %s of: %v", name, c.selector, c.file, err)
			continue
		}
		if *documents == "" {
			continue
		}
		var shot []byte
		l.do(chromedp.ActionFunc(func(ctx context.Context) (err error) {
			shot, err = page.CaptureScreenshot().WithClip(at).WithCaptureBeyondViewport(true).Do(ctx)
			return err
		}))
		small, err := fewColours(shot)
		if err == nil {
			err = os.WriteFile(filepath.Join(*documents, c.file), small, 0o644)
		}
		if err != nil {
			l.t.Fatal(err)
		}
	}
}

// around is what lies around all elements of a selector, with a margin but for
// the whole page. What is too tall ends below a line that is in it as a whole.
const around = `(() => { const all = [...document.querySelectorAll(%q)], boxes = all.map(e => e.getBoundingClientRect()).filter(r => r.width > 0);
	if (!boxes.length) return null;
	const pad = all[0].matches("main, body") ? 0 : 8, y = scrollY;
	const left = Math.max(0, Math.min(...boxes.map(r => r.left)) - pad), right = Math.min(innerWidth, Math.max(...boxes.map(r => r.right)) + pad);
	const top = Math.max(0, Math.min(...boxes.map(r => r.top)) + y - pad), bottom = Math.max(...boxes.map(r => r.bottom)) + y + pad, low = top + %v;
	const lines = all.flatMap(e => [...e.querySelectorAll("tr, li, p, h1, h2, h3, label, button, a, input, select, summary, dt, dd, time")])
		.map(e => e.getBoundingClientRect()).filter(r => r.height > 0 && r.height < 70);
	const ends = lines.map(r => r.bottom + y + 1).filter(at => at <= low && !lines.some(r => r.top + y < at - 1 && r.bottom + y > at));
	return {x: left, y: top, width: right - left, height: (bottom <= low ? bottom : Math.max(...ends, low - 80)) - top, scale: 1} })()`

// fewColours makes a picture small: of colours that the eye takes for one, the
// one that is there most often is enough.
func fewColours(shot []byte) ([]byte, error) {
	full, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		return nil, err
	}
	often := map[color.RGBA]int{}
	b := full.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			often[color.RGBAModel.Convert(full.At(x, y)).(color.RGBA)]++
		}
	}
	palette := color.Palette{}
	for _, c := range slices.SortedFunc(maps.Keys(often), func(a, b color.RGBA) int { return often[b] - often[a] }) {
		if len(palette) < 256 && !slices.ContainsFunc(palette, func(p color.Color) bool { return near(p.(color.RGBA), c) }) {
			palette = append(palette, c)
		}
	}
	few := image.NewPaletted(b, palette)
	draw.Draw(few, b, full, b.Min, draw.Src)
	var out bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, few)
	return out.Bytes(), err
}

func near(a, b color.RGBA) bool {
	r, g, blue := int(a.R)-int(b.R), int(a.G)-int(b.G), int(a.B)-int(b.B)
	return r*r+g*g+blue*blue < 200
}
