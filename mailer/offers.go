package mailer

import "slices"

// Offers is what a relay said of itself in answer to EHLO (RFC 5321 4.1.1.1), on
// the connection as it is used: behind STARTTLS where that is wanted.
type Offers struct {
	Size       int      `json:"size"` // bytes of the largest letter (RFC 1870); 0 is no limit
	Pipelining bool     `json:"pipelining"`
	DSN        bool     `json:"dsn"`
	Auth       []string `json:"auth,omitempty"` // mechanisms, upper case (RFC 4954)
}

// Offers returns what the relay offers.
func (s *Session) Offers() Offers {
	return Offers{Size: s.offers.size, Pipelining: s.offers.pipelining, DSN: s.offers.dsn, Auth: slices.Clone(s.offers.auth)}
}
