package typeset

import (
	"fmt"
	"sort"

	"jianbao/bulletin"
)

// maxMail is the size in bytes that the HTML part should not pass: webmail
// clips what is longer, without a word to the reader.
const maxMail = 100 << 10

// mailPage returns the page that both parts of the mail show. Where the whole
// one would be too long and the issue goes along as a file, the last items are
// shown by their titles alone, and if these are still too many only counted.
func (s Sheet) mailPage(look Template) (Page, error) {
	p, err := s.Page(look)
	p.picturesIn(s.Attachment)
	if err != nil || s.Attachment == "" || fits(p) {
		return p, err
	}
	all := p.count()
	// The first count that does not fit, less one, fits.
	full := sort.Search(all+1, func(n int) bool { return !fits(p.upTo(n, all, s.Attachment)) }) - 1
	if full >= 0 {
		return p.upTo(full, all, s.Attachment), nil
	}
	titled := sort.Search(all+1, func(n int) bool { return !fits(p.upTo(0, n, s.Attachment)) }) - 1
	return p.upTo(0, max(0, titled), s.Attachment), nil
}

func fits(p Page) bool {
	b, err := htmlOf(p)
	return err == nil && len(b) <= maxMail
}

// count returns how many items and annexes there are.
func (p Page) count() int {
	n := len(p.Annexes)
	for _, s := range p.Sections {
		n += len(s.Items)
	}
	return n
}

// upTo returns the page with its first full items and annexes whole, those up
// to titled by their titles, and the others left out. It says so.
func (p Page) upTo(full, titled int, file string) Page {
	short := p
	short.Shortened = fmt.Sprintf("本期内容较长，邮件中只列出前%d条全文，其余只列题目，全文见附件《%s》。", full, file)
	if all := p.count(); titled < all {
		short.Shortened = fmt.Sprintf("本期内容较长，邮件中只列出前%d条题目，另有%d条没有列出，全文见附件《%s》。", titled, all-titled, file)
	}
	at := 0
	short.Sections, short.Annexes = nil, nil
	for _, s := range p.Sections {
		part := Part{Name: s.Name}
		for _, it := range s.Items {
			if at++; at > titled {
				break
			}
			if at > full {
				it = it.title()
			}
			part.Items = append(part.Items, it)
		}
		if len(part.Items) > 0 || len(s.Items) == 0 {
			short.Sections = append(short.Sections, part)
		}
	}
	for _, a := range p.Annexes {
		if at++; at > titled {
			break
		}
		if at > full {
			a.Blocks = nil
		}
		short.Annexes = append(short.Annexes, a)
	}
	return short
}

// title returns the item by its title, or by its first words where it has none.
func (p Piece) title() Piece {
	const words = 20
	if p.Heading != "" || p.Lead != "" {
		return Piece{Heading: p.Heading, Lead: p.Lead}
	}
	first, _ := p.Text()
	if r := []rune(first); len(r) > words {
		first = string(r[:words]) + "……"
	}
	return Piece{Blocks: []bulletin.BodyBlock{{Text: first}}}
}

// picturesIn says of every picture in which file it is, "" if in none: a mail
// shows none, because whatever it could show one with is blocked somewhere.
func (p Page) picturesIn(file string) {
	name := func(blocks []bulletin.BodyBlock) {
		for _, b := range blocks {
			if b.Picture != nil {
				b.Picture.Name = file
			}
		}
	}
	for _, s := range p.Sections {
		for _, it := range s.Items {
			name(it.Blocks)
		}
	}
	for _, a := range p.Annexes {
		name(a.Blocks)
	}
}
