package mailer

import (
	"errors"
	"strconv"
)

// errUnwanted is what a relay is guilty of that wants the text of a letter
// which it has refused: the connection is of no use, since a text cannot be
// ended without a dot.
var errUnwanted = errors.New("the relay wants the text of a letter that it refused")

// commands appends the envelope of a letter: MAIL, RCPT and DATA, and before
// them an RSET if a transaction is open (RFC 2920 3.1: DATA is the last of a
// group).
func (s *Session) commands(b []byte, p *Parcel) []byte {
	if s.unfinished {
		b = append(b, "RSET\r\n"...)
	}
	b = s.mail(b, p)
	b = s.recipient(b, p)
	return append(b, "DATA\r\n"...)
}

func (s *Session) mail(b []byte, p *Parcel) []byte {
	b = append(append(append(b, "MAIL FROM:<"...), p.From...), '>')
	if s.offers.size > 0 {
		b = strconv.AppendInt(append(b, " SIZE="...), int64(p.size()), 10)
	}
	if s.offers.dsn && p.ID != "" {
		b = append(append(b, " RET=HDRS ENVID="...), p.ID...)
	}
	return append(b, "\r\n"...)
}

func (s *Session) recipient(b []byte, p *Parcel) []byte {
	b = append(append(append(b, "RCPT TO:<"...), p.To...), '>')
	if s.offers.dsn && p.ID != "" {
		b = append(b, " NOTIFY=FAILURE,DELAY"...)
	}
	return append(b, "\r\n"...)
}

// envelope brings a letter to the point where its text is wanted, and returns
// the stage that this came to. A letter that was announced is only listened
// for.
func (s *Session) envelope(p *Parcel) (Stage, error) {
	s.sent++
	announced := s.announced
	s.announced = nil
	switch {
	case announced == p:
		return s.answers()
	case announced != nil:
		return Mail, errUnwanted
	case !s.offers.pipelining:
		return s.stepByStep(p)
	}
	s.command = s.commands(s.command[:0], p)
	if _, err := s.wire.write(s.command); err != nil {
		return Mail, err
	}
	return s.answers()
}

// answers reads the replies to an envelope, all of them, since what is left
// would be taken for those to the next one. The first refusal counts.
func (s *Session) answers() (stage Stage, err error) {
	if s.unfinished {
		if _, err := s.wire.expect(2); err != nil {
			return Mail, err
		}
		s.unfinished = false
	}
	stage = Body
	for _, at := range []Stage{Mail, Rcpt, Body} {
		r, lost := s.wire.read(false)
		if lost != nil {
			if err != nil { // refused already, and that is what counts
				s.closed = true
				return stage, err
			}
			return at, lost
		}
		wanted := 2
		if at == Body {
			wanted = 3
		}
		switch {
		case r.code/100 != wanted && err == nil:
			stage, err = at, &refusal{r}
		case at == Body && r.code/100 == wanted && err != nil:
			s.closed = true
		case at == Mail:
			s.unfinished = true
		}
	}
	return stage, err
}

// stepByStep says an envelope to a relay that takes one command at a time.
func (s *Session) stepByStep(p *Parcel) (Stage, error) {
	if s.unfinished {
		if _, err := s.wire.say(2, "RSET"); err != nil {
			return Mail, err
		}
		s.unfinished = false
	}
	for _, step := range []struct {
		stage   Stage
		command []byte
		class   int
	}{{Mail, s.mail(nil, p), 2}, {Rcpt, s.recipient(nil, p), 2}, {Body, []byte("DATA\r\n"), 3}} {
		if _, err := s.wire.write(step.command); err != nil {
			return step.stage, err
		}
		if _, err := s.wire.expect(step.class); err != nil {
			return step.stage, err
		}
		s.unfinished = true
	}
	return Body, nil
}
