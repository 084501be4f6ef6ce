package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/api"

	"jianbao/bulletin/typeset"
	"jianbao/bulletin/typeset/layout"
)

func numbersTo(n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("%06d", i+1)
	}
	return all
}

// pagesRead are the pages as programs read them.
func pagesRead(t *testing.T, data []byte) []string {
	t.Helper()
	pages := strings.Split(run(t, data, "pdftotext", "-layout", "FILE", "-"), "\f")
	return pages[:len(pages)-1]
}

// Every copy is whole and bears its own number.
func TestARunOfNumberedCopies(t *testing.T) {
	sheet, look, press := seed(t), typeset.Builtin()[0], NewPress(set(t))
	one, _, err := press.Make(sheet, look, nil, layout.Options{CopyNumber: "000001"})
	if err != nil {
		t.Fatal(err)
	}
	const copies = 20
	many, _, err := press.Run(sheet, look, nil, layout.Options{}, numbersTo(copies))
	if err != nil {
		t.Fatal(err)
	}
	whole, texts := pagesRead(t, one), pagesRead(t, many)
	if len(texts) != copies*len(whole) {
		t.Fatalf("%d pages, want %d×%d", len(texts), copies, len(whole))
	}
	for n := range copies {
		number := fmt.Sprintf("%06d", n+1)
		copied := slices.Clone(texts[n*len(whole) : (n+1)*len(whole)])
		copied[0] = strings.Replace(copied[0], number, "000001", 1)
		if !slices.Equal(copied, whole) {
			t.Fatalf("copy %s reads\n%s", number, strings.Join(copied, "\n"))
		}
	}
	if out := run(t, many, "qpdf", "--check", "FILE"); strings.Contains(out, "WARNING") {
		t.Error(out)
	}
	if err := api.Validate(bytes.NewReader(many), strictly()); err != nil {
		t.Error(err)
	}
	again, _, err := press.Run(sheet, look, nil, layout.Options{}, numbersTo(copies))
	if err != nil || !bytes.Equal(many, again) {
		t.Errorf("made again, it has other bytes: %v", err)
	}
}

// Five hundred copies are hardly larger than one, and take hardly longer.
func TestALargeRunStaysSmall(t *testing.T) {
	sheet, look, press := seed(t), typeset.Builtin()[0], NewPress(set(t))
	one, _, err := press.Make(sheet, look, nil, layout.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const copies, pages = 500, 6
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	many, _, err := press.Run(sheet, look, nil, layout.Options{}, numbersTo(copies))
	if err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if more := len(many) - len(one); more > copies*pages*250 {
		t.Errorf("%d bytes more for %d pages", more, copies*pages)
	}
	if allocated := after.TotalAlloc - before.TotalAlloc; allocated > 100<<20 {
		t.Errorf("%d MB were allocated", allocated>>20)
	}
	t.Logf("%d copies: %d KB (one: %d KB), %v", copies, len(many)>>10, len(one)>>10, time.Since(began))
}

func TestATemplateWithoutACornerPrintsNoRun(t *testing.T) {
	look := typeset.Builtin()[0]
	look.Corners.CopyNumber = "none"
	if _, _, err := NewPress(set(t)).Run(seed(t), look, nil, layout.Options{}, numbersTo(2)); !errors.Is(err, ErrNoCorner) {
		t.Error(err)
	}
}

func TestCopiesOfOddPagesBeginOnANewSheet(t *testing.T) {
	look := typeset.Builtin()[0]
	look.Paper.Mirrored = true
	press := NewPress(set(t))
	var sheet typeset.Sheet
	var one []byte
	pages := 0
	for n := len(seed(t).Document.Sections); n > 0 && pages%2 == 0; n-- {
		sheet = seed(t)
		sheet.Document.Sections = sheet.Document.Sections[:n]
		var err error
		if one, _, err = press.Make(sheet, look, nil, layout.Options{}); err != nil {
			t.Fatal(err)
		}
		pages = len(pagesRead(t, one))
	}
	if pages%2 == 0 {
		t.Fatal("no copy has an empty page")
	}
	many, _, err := press.Run(sheet, look, nil, layout.Options{}, numbersTo(3))
	if err != nil {
		t.Fatal(err)
	}
	if out := run(t, many, "qpdf", "--check", "FILE"); strings.Contains(out, "WARNING") {
		t.Error(out)
	}
	if err := api.Validate(bytes.NewReader(many), strictly()); err != nil {
		t.Error(err)
	}
	if got, want := len(pagesRead(t, many)), 3*(pages+pages%2); got != want {
		t.Errorf("%d pages, want %d", got, want)
	}
}
