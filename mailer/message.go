package mailer

// Message returns the letter of one delivery as its reader gets it: header
// block, blank line and body (RFC 5322 2.1), which is what an .eml file holds.
// What lies between a relay and its reader may add fields of its own above. It
// fails as Header does.
func (l *Letter) Message(d Delivery) ([]byte, error) {
	header, err := l.Header(d)
	if err != nil {
		return nil, err
	}
	return append(append(header, l.text(d).Bytes()...), '\r', '\n'), nil
}
