package mailer

import "bytes"

// A Text is the body of a letter as it goes over the wire: pieces, one behind
// the other. What all letters of a dispatch have in common is the same memory in
// each of them.
type Text []Piece

// A Piece is a run of bytes of which no line begins with a dot.
type Piece struct {
	Data []byte // must not be changed
	// kept is what the kernel holds of the body that Data is part of, and at
	// where in that Data begins; nil is nothing.
	kept *pages
	at   int64
}

// Size returns how many bytes a text has.
func (t Text) Size() (n int) {
	for _, p := range t {
		n += len(p.Data)
	}
	return n
}

// Bytes returns a text in one run, a copy.
func (t Text) Bytes() []byte {
	runs := make([][]byte, len(t))
	for i, p := range t {
		runs[i] = p.Data
	}
	return bytes.Join(runs, nil)
}

// longPiece is how long a piece must be for the kernel to be asked to send what
// it holds: copying less costs no more than asking.
const longPiece = 32 << 10

// text sends the header and the body of a letter. Beneath TLS every byte is
// encrypted for one connection, so that there is nothing to share.
func (w *wire) text(header []byte, body Text) error {
	timed, clear := w.conn.(*timedConn)
	parts := append(make([][]byte, 0, len(body)+1), header)
	for _, p := range body {
		if !clear || p.kept == nil || len(p.Data) < longPiece {
			parts = append(parts, p.Data)
			continue
		}
		if _, err := w.write(parts...); err != nil {
			return err
		}
		sent, err := timed.sendPages(p)
		if err != nil {
			return err
		}
		parts = append(parts[:0], p.Data[sent:])
	}
	_, err := w.write(parts...)
	return err
}
