package mailer

import (
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"

	"pgregory.net/rapid"
)

func TestQueueIDs(t *testing.T) {
	cases := []struct{ said, enhanced, words, id string }{
		{"250 2.0.0 Ok: queued as 4B1F2C", "2.0.0", "Ok: queued as 4B1F2C", "4B1F2C"},
		{"250 OK id=1tQxyz-0004ab-2C", "", "OK id=1tQxyz-0004ab-2C", "1tQxyz-0004ab-2C"},
		{"250 2.0.0 4AN3aBcd012345 Message accepted for delivery", "2.0.0", "4AN3aBcd012345 Message accepted for delivery", "4AN3aBcd012345"},
		{"250 Mail OK queued as gzga-smtp-mta-g1-3,_____wD3", "", "Mail OK queued as gzga-smtp-mta-g1-3,_____wD3", "gzga-smtp-mta-g1-3,_____wD3"},
		{"250 2.6.0 <a@b> Queued mail for delivery", "2.6.0", "<a@b> Queued mail for delivery", ""},
		{"250 OK", "", "OK", ""},
		{"250", "", "", ""},
		{"250-2.0.0 Ok\r\n250 2.0.0 queued as 7", "2.0.0", "Ok queued as 7", "7"},
	}
	for _, c := range cases {
		r, err := (&wire{r: newReader(c.said + "\r\n")}).expect(2)
		if err != nil {
			t.Fatalf("%q: %v", c.said, err)
		}
		a := acceptedWith(r)
		if !a.Taken() || a.Enhanced != c.enhanced || a.Words != c.words || a.QueueID != c.id {
			t.Errorf("%q: %+v", c.said, a)
		}
	}
}

// What is found quickly is what the patterns would have found.
func TestQueueIDsAreTheSameEitherWay(t *testing.T) {
	some := rapid.SliceOfN(rapid.SampledFrom([]string{"Ok:", "queued", "as", "QUEUED AS", "queued as", "4B1F.", ",", "id=7", "<x>", "Message accepted", "  "}), 0, 8)
	rapid.Check(t, func(t *rapid.T) {
		words := tidy(strings.Join(some.Draw(t, "words"), " "))
		quick := queuedAs(words)
		if m := queueID.FindStringSubmatch(words); quick != "" && (m == nil || strings.TrimRight(m[1], ".,") != quick) {
			t.Fatalf("%q: %q, and the pattern says %q", words, quick, m)
		}
	})
}

func TestTidy(t *testing.T) {
	cases := map[string]string{
		"a\r\nb\x00\tc": "a b c",
		"\xd3\xca\xcf\xe4\xb2\xbb\xb4\xe6\xd4\xda": "邮箱不存在", // GBK
		"好": "好",
	}
	for words, want := range cases {
		if got := tidy(words); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
	if got := []rune(tidy(strings.Repeat("字", 900))); len(got) != 500 {
		t.Errorf("%d characters", len(got))
	}
}

func TestAnswerOf(t *testing.T) {
	_, refused := (&wire{r: newReader("550 5.1.1 no\r\n")}).expect(2)
	if a := answerOf(Rcpt, fmt.Errorf("x: %w", refused)); a.Stage != Rcpt || a.Code != 550 || a.Enhanced != "5.1.1" || a.Words != "no" {
		t.Errorf("%+v", a)
	}
	if a := answerOf(Dot, refused); a.Stage != Reply {
		t.Errorf("a refusal behind the dot is of stage %s", a.Stage)
	}
	if a := answerOf(Dot, io.EOF); a.Stage != Dot || a.Code != 0 {
		t.Errorf("%+v", a)
	}
	for err, want := range map[error]string{
		syscall.ECONNREFUSED: "对方没有开放这个端口", syscall.ECONNRESET: "对方断开了连接", io.EOF: "对方断开了连接",
		os.ErrDeadlineExceeded: "等待超时", &net.DNSError{IsNotFound: true}: "找不到这台主机",
	} {
		if got := answerOf(Mail, fmt.Errorf("x: %w", err)).Words; got != want {
			t.Errorf("%v: %q", err, got)
		}
	}
}
