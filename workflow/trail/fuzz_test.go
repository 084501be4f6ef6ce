package trail

import "testing"

// FuzzParseSpot: a place in an address is one that we wrote, or a refusal.
func FuzzParseSpot(f *testing.F) {
	for _, text := range []string{"", "1795473228143974.account.01a20a8b-416f-7edf-81a9-f58f9a815e72", "-1.issue.a", "1.issue.", "1..", "9223372036854775807.door.0", "01.issue.a"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ParseSpot(text)
		if err != nil {
			return
		}
		again, err := ParseSpot(s.String())
		if err != nil || again.compare(s) != 0 {
			t.Fatalf("%q is %v, and again %v, %v", text, s, again, err)
		}
	})
}
