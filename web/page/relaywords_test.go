package page

import (
	"testing"

	"jianbao/mailer"
)

func TestARelaysAnswerIsSaidPlainly(t *testing.T) {
	for want, letter := range map[string]mailer.Delivery{
		relayTook.Key:             {State: mailer.Accepted, Code: 250},
		relayNone.Key:             {State: mailer.Queued},
		"mailer.trouble.unknown":  {State: mailer.Failed, Code: 550, Words: "5.1.1 User unknown"},
		"mailer.trouble.doubtful": {State: mailer.Uncertain, Tries: 1, Code: 250},
	} {
		if got := Plainly(letter); got.Key != want {
			t.Errorf("%+v: %s, want %s", letter, got.Key, want)
		}
	}
}
