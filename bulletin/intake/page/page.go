// Package page reads HTML as it comes from the clipboard of WPS and Word, from
// web mail and from saved pages.
//
//	var w flow.Writer
//	properties, err := page.Read(html, &w)
//
// It goes over the tags once, without building a tree, so that memory stays
// within a small multiple of the input whatever the nesting; more than 256 open
// elements are refused. Text is what a browser shows: white space collapses,
// style, script and comments (with Office's conditional ones) are no text,
// hidden elements and tracked deletions are left out with a note. The numbers
// that Word puts into "mso-list" spans are text and stay; those of <ol> and <ul>
// are written out.
package page

import (
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"jianbao/bulletin/intake/flow"
	"jianbao/fault"
)

// The limits of a page: open elements, tags in all, and bytes of one tag (a
// picture may stand in its address).
const (
	maxDepth = 256
	maxTags  = 1_000_000
	maxTag   = 2 << 20
)

var (
	tooDeep = fault.Say("intake.page-too-deep", "网页的嵌套超过 %d 层，不能读取：请只复制正文，或粘贴为纯文本", "the page is nested more than %d levels deep: copy only its text, or paste it as plain text")
	tooMany = fault.Say("intake.page-too-many", "网页的标签超过 %d 个，不能读取：请只复制一期简报的正文", "the page has more than %d tags: copy the text of one bulletin only")
	damaged = fault.Say("intake.page-damaged", "网页内容不完整或有过大的标签，不能读取：请只复制正文，或粘贴为纯文本", "the page is damaged or holds a tag that is too large: copy only its text, or paste it as plain text")
	hidden  = fault.Say("intake.hidden", "有隐藏文字，已略去：“%s”", "hidden text was left out: “%s”")
	deleted = fault.Say("intake.deleted", "有标记为删除的文字，已略去：“%s”", "text marked as deleted was left out: “%s”")
)

// Read writes what a page shows, and returns what it says about itself: title,
// keywords, description. The error is a fault.Invalid.
func Read(source string, w *flow.Writer) (properties []string, err error) {
	r := &reader{w: w, z: html.NewTokenizer(strings.NewReader(source))}
	r.z.SetMaxBuf(maxTag)
	for tags := 0; ; {
		switch kind := r.z.Next(); kind {
		case html.ErrorToken:
			if r.z.Err() != io.EOF {
				return nil, fault.New(fault.Invalid, damaged.With()).Because(r.z.Err())
			}
			r.closeAll()
			return r.properties, nil
		case html.TextToken:
			r.text(string(r.z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			r.start()
		case html.EndTagToken:
			name, _ := r.z.TagName()
			r.end(atom.Lookup(name))
		}
		if tags++; tags > maxTags {
			return nil, fault.New(fault.Invalid, tooMany.With(maxTags))
		}
		if len(r.open) > maxDepth {
			return nil, fault.New(fault.Invalid, tooDeep.With(maxDepth))
		}
		if err := w.Full(); err != nil {
			return nil, err
		}
	}
}

// An element is one that is open.
type element struct {
	tag    atom.Atom
	bold   bool
	pre    bool
	mute   muteness
	number int    // of the next item, in a list
	style  string // of the items of a list
}

// A muteness says why the text of an element does not show.
type muteness int

const (
	shown    muteness = iota
	unseen            // display: none and its kin
	struck            // a tracked deletion
	noText            // style, script
	titleTag          // its text is a property
)

// A reader goes over the tags of one page.
type reader struct {
	w          *flow.Writer
	z          *html.Tokenizer
	properties []string
	open       []element
	tables     []*table
	paragraph  paragraph
	silent     strings.Builder // the text of a muted element
}

// void are the elements that have no end tag.
var void = map[atom.Atom]bool{
	atom.Area: true, atom.Base: true, atom.Br: true, atom.Col: true, atom.Embed: true, atom.Hr: true, atom.Img: true,
	atom.Input: true, atom.Link: true, atom.Meta: true, atom.Param: true, atom.Source: true, atom.Track: true, atom.Wbr: true,
}

// block are the elements that begin and end a line.
var block = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Center: true,
	atom.Dd: true, atom.Details: true, atom.Div: true, atom.Dl: true, atom.Dt: true, atom.Fieldset: true, atom.Figcaption: true,
	atom.Figure: true, atom.Footer: true, atom.Form: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true,
	atom.H5: true, atom.H6: true, atom.Header: true, atom.Hr: true, atom.Html: true, atom.Li: true, atom.Main: true,
	atom.Nav: true, atom.Ol: true, atom.P: true, atom.Pre: true, atom.Section: true, atom.Summary: true, atom.Table: true,
	atom.Tbody: true, atom.Td: true, atom.Tfoot: true, atom.Th: true, atom.Thead: true, atom.Tr: true, atom.Ul: true,
	atom.Caption: true,
}

// closes are the open elements that the start of an element ends, where their
// end tag was left out (HTML 13.1.2.4).
var closes = map[atom.Atom][]atom.Atom{
	atom.Li: {atom.Li, atom.P}, atom.Dt: {atom.Dt, atom.Dd, atom.P}, atom.Dd: {atom.Dt, atom.Dd, atom.P},
	atom.Td: {atom.Td, atom.Th, atom.P}, atom.Th: {atom.Td, atom.Th, atom.P}, atom.Tr: {atom.Tr, atom.Td, atom.Th, atom.P},
	atom.Tbody: {atom.Tbody, atom.Thead, atom.Tr, atom.Td, atom.Th, atom.P}, atom.Tfoot: {atom.Tbody, atom.Thead, atom.Tr, atom.Td, atom.Th, atom.P},
}

// fences are the elements that a missing end tag does not reach beyond.
var fences = map[atom.Atom]bool{atom.Table: true, atom.Ol: true, atom.Ul: true, atom.Dl: true}

func (r *reader) start() {
	name, more := r.z.TagName()
	tag := atom.Lookup(name)
	a := attributes(r.z, more)
	if block[tag] {
		r.endParagraph()
		r.closeOpen(tag)
	}
	switch tag {
	case atom.Br:
		r.paragraph.lineBreak()
	case atom.Img:
		r.picture(a)
	case atom.Meta:
		r.meta(a)
	}
	if void[tag] {
		return
	}
	e := r.top()
	e.tag = tag
	e.format(a)
	r.open = append(r.open, e)
	r.begin(tag, a)
}

// begin does what the start of a list or table asks for.
func (r *reader) begin(tag atom.Atom, a attrs) {
	switch tag {
	case atom.Ol, atom.Ul:
		r.open[len(r.open)-1].list(a)
	case atom.Li:
		r.item(a)
	case atom.Table, atom.Tr, atom.Td, atom.Th, atom.Thead:
		r.tablePart(tag, a)
	}
}

// closeOpen ends the elements that the start of a block implies the end of.
func (r *reader) closeOpen(tag atom.Atom) {
	ended := closes[tag]
	if ended == nil {
		ended = []atom.Atom{atom.P}
	}
	for i := len(r.open) - 1; i >= 0 && !fences[r.open[i].tag]; i-- {
		for _, t := range ended {
			if r.open[i].tag == t {
				r.closeTo(i)
				break
			}
		}
	}
}

// end ends an element, with all that is open inside; an end tag that nothing
// opened is nothing.
func (r *reader) end(tag atom.Atom) {
	if block[tag] {
		r.endParagraph()
	}
	for i := len(r.open) - 1; i >= 0; i-- {
		if r.open[i].tag == tag {
			r.closeTo(i)
			return
		}
		if fences[r.open[i].tag] && !block[tag] {
			return
		}
	}
}

func (r *reader) closeAll() {
	r.endParagraph()
	r.closeTo(0)
}

// closeTo ends the open elements down to the one at i.
func (r *reader) closeTo(i int) {
	for len(r.open) > i {
		e := r.top()
		r.open = r.open[:len(r.open)-1]
		switch e.tag {
		case atom.Table, atom.Td, atom.Th:
			r.endParagraph()
			r.endTablePart(e.tag)
		}
		if e.mute != r.top().mute {
			r.unmute(e.mute)
		}
	}
}

func (r *reader) top() element {
	if len(r.open) == 0 {
		return element{}
	}
	return r.open[len(r.open)-1]
}
