package mailer

import "strings"

// A Personal returns what one letter of a dispatch says beside what all say: a
// few lines for the end of its text, and the same as HTML for the end of its
// page, such as the link by which its unit acknowledges it. It must return the
// same for a delivery each time, so that a letter that is sent again is that
// letter; "" is nothing.
type Personal func(Delivery) (text, html string)

// A gap is where a personal part goes in a body. What all letters share is
// encoded up to there as far as whole lines go; the gap has the rest of it
// before the personal part, and what comes behind.
type gap struct {
	at           int // in the body
	before, then string
	html         bool
}

// text returns the body of a delivery's letter: its own parts in the gaps of
// what all letters share, which is neither copied nor encoded again.
func (l *Letter) text(d Delivery) Text {
	if len(l.gaps) == 0 {
		return Text{l.piece(0, len(l.body))}
	}
	text, html := l.content.Personal(d)
	all, at := make(Text, 0, 2*len(l.gaps)+1), 0
	for _, g := range l.gaps {
		own := text
		if g.html {
			own = html
		}
		raw := make([]byte, 0, len(g.before)+len(own)+len(g.then)+16) // and its line ends
		raw = append(canonical(append(raw, g.before...), strings.TrimRight(own, "\r\n")), g.then...)
		all = append(all, l.piece(at, g.at), Piece{Data: encode(raw)})
		at = g.at
	}
	return append(all, l.piece(at, len(l.body)))
}

// piece is a run of what all letters share.
func (l *Letter) piece(from, until int) Piece {
	return Piece{Data: l.body[from:until], kept: l.kept, at: int64(from)}
}
