package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jianbao/bulletin"
	"jianbao/bulletin/typeset"
	"jianbao/bulletin/typeset/layout"
)

// ErrNoCorner says that a template prints no copy numbers, so that a run of
// numbered copies cannot be made with it.
var ErrNoCorner = errors.New("the template has no corner for the copy number")

// Two numbers that share no digit: where pages set with them differ, the number
// stands.
const oneNumber, otherNumber = "000000", "111111"

// Run is a run of numbered copies (份号) in one file: the pages of the sheet once
// for each number, in order, each number in its corner of the first page. Numbers
// have six digits (GB/T 9704-2012 7.2.1). The pages of all copies share their
// contents, fonts and pictures in the file: a copy adds a few hundred bytes for
// each page. Where the template is for paper printed on both sides, a copy of an
// odd number of pages ends with an empty one, so that the next begins on a new
// sheet.
//
// It fails with [ErrNoCorner] where the template prints no numbers, and as
// [Press.Make] does.
func (p *Press) Run(sheet typeset.Sheet, look typeset.Template, pictures map[string][]byte, opt layout.Options, numbers []string) ([]byte, []bulletin.Problem, error) {
	plates, sizes := platesOf(pictures)
	opt.CopyNumber = oneNumber
	doc, problems, err := layout.Lay(sheet, look, shelf{p.set}, sizes, opt)
	if err != nil {
		return nil, nil, err
	}
	opt.CopyNumber = otherNumber
	other, _, err := layout.Lay(sheet, look, shelf{p.set}, sizes, opt)
	if err != nil {
		return nil, nil, err
	}
	marks, err := takeNumber(&doc, other)
	if err != nil {
		return nil, nil, err
	}
	pages := len(doc.Pages)
	if look.Paper.Mirrored && pages%2 == 1 {
		doc.Pages = append(doc.Pages, layout.Page{Width: doc.Pages[0].Width, Height: doc.Pages[0].Height})
		pages++
	}
	for _, number := range numbers {
		doc.Pages = append(doc.Pages, layout.Page{Width: doc.Pages[0].Width, Height: doc.Pages[0].Height, Runs: numbered(marks, number)})
	}
	data, err := p.writeWith(doc, plates, func(objects [][]byte) ([][]byte, error) { return collate(objects, pages) })
	if err != nil {
		return nil, nil, fmt.Errorf("writing %d copies of %s: %w", len(numbers), doc.Title, err)
	}
	return data, problems, nil
}

// takeNumber takes the runs of the copy number off the first page and returns
// them.
func takeNumber(doc *layout.Document, other layout.Document) ([]layout.Run, error) {
	if len(doc.Pages) == 0 || len(doc.Pages[0].Runs) != len(other.Pages[0].Runs) {
		return nil, ErrNoCorner
	}
	page := &doc.Pages[0]
	var marks, rest []layout.Run
	for i, r := range page.Runs {
		if r.Text != other.Pages[0].Runs[i].Text {
			marks = append(marks, r)
		} else {
			rest = append(rest, r)
		}
	}
	text := ""
	for _, m := range marks {
		text += m.Text
	}
	if strings.Count(text, "0") < len(oneNumber) {
		return nil, ErrNoCorner
	}
	page.Runs = rest
	return marks, nil
}

// numbered are the runs of one number, in the places of oneNumber.
func numbered(marks []layout.Run, number string) []layout.Run {
	all, digits := slices.Clone(marks), []rune(number)
	for i, m := range all {
		text := []rune(m.Text)
		for k, r := range text {
			if r == '0' && len(digits) > 0 {
				text[k], digits = digits[0], digits[1:]
			}
		}
		all[i].Text = string(text)
	}
	return all
}

var (
	pageForm     = regexp.MustCompile(`/Type /Page\b`)
	contentsForm = regexp.MustCompile(`/Contents +(\d+ 0 R)`)
	// noContents is what gopdf writes of a page with nothing on it. Such a page has
	// no entry at all (ISO 32000-1, 7.7.3.3), and readers stop at half of one.
	noContents = regexp.MustCompile(`/Contents *\n`)
)

// collate makes of the pages of one copy, which come first, and of one page with
// nothing but a number for each copy, the pages of all copies: the first of each
// shows its own contents and the number's.
func collate(objects [][]byte, pages int) ([][]byte, error) {
	tree, of := -1, []int{}
	for i, o := range objects {
		switch {
		case bytes.Contains(o, []byte("/Type /Pages")):
			tree = i
		case pageForm.Match(o):
			of = append(of, i)
		}
	}
	if tree < 0 || len(of) <= pages {
		return nil, errShape
	}
	var kids bytes.Buffer
	for copied, number := range of[pages:] {
		for n, page := range of[:pages] {
			shown := noContents.ReplaceAll(objects[page], nil)
			if n == 0 {
				one, two := contentsForm.FindSubmatch(objects[page]), contentsForm.FindSubmatch(objects[number])
				if one == nil || two == nil {
					return nil, errShape
				}
				both := fmt.Sprintf("/Contents [%s %s]", one[1], two[1])
				shown = contentsForm.ReplaceAll(objects[page], []byte(both))
			}
			// The page object of the number becomes the first page; others are added.
			at := number
			if n > 0 && copied == 0 {
				at = page
			} else if n > 0 {
				at = len(objects)
				objects = append(objects, nil)
			}
			objects[at] = slices.Clone(shown)
			fmt.Fprintf(&kids, "%d 0 R ", at+1)
		}
	}
	objects[tree] = pagesOf(objects[tree], kids.String(), pages*(len(of)-pages))
	return objects, nil
}

var (
	kidsForm  = regexp.MustCompile(`(?s)/Kids *\[[^\]]*\]`)
	countForm = regexp.MustCompile(`/Count \d+`)
)

func pagesOf(tree []byte, kids string, count int) []byte {
	tree = kidsForm.ReplaceAll(tree, []byte("/Kids [ "+kids+"]"))
	return countForm.ReplaceAll(tree, []byte("/Count "+strconv.Itoa(count)))
}
