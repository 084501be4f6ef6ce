package mailer

import "testing"

// A line end is CRLF whatever it was, and there are as many as before.
func TestLineEnds(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "一": "一", "\n": "\r\n", "\r": "\r\n", "\r\n": "\r\n", "\n\r": "\r\n\r\n", "\r\r\n": "\r\n\r\n", "a\nb\rc\r\nd": "a\r\nb\r\nc\r\nd", "a\n\n": "a\r\n\r\n",
	} {
		if got := string(canonical([]byte("> "), text)); got != "> "+want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}
