package mailer

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/mail"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// twoEnds returns a connection to ourselves and what comes out of it.
func twoEnds(t *testing.T) (*timedConn, <-chan []byte) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	out, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	in, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	came := make(chan []byte, 1)
	go func() {
		all, _ := io.ReadAll(in)
		_ = in.Close()
		came <- all
	}()
	return newTimedConn(out, time.Minute), came
}

func TestLongTextsComeWhole(t *testing.T) {
	c := Content{
		Dispatch: uuid.New(), From: mail.Address{Address: "jianbao@kjj.example"}, Subject: "第8期", Text: []byte("正文"),
		Attachments: []Attachment{{Name: "a.pdf", Type: "application/pdf", Data: bytes.Repeat([]byte("0123456789"), 60_000)}},
		Personal:    func(d Delivery) (string, string) { return "给" + d.Name, "" },
	}
	letter, err := (&shelf{parts: oneContent{content: c}, keeps: true}).letter(t.Context(), c.Dispatch)
	if err != nil {
		t.Fatal(err)
	}
	conn, came := twoEnds(t)
	w := newWire(conn, conn)
	var want []byte
	for _, name := range []string{"甲", "乙"} {
		p := parcel(t, letter, Delivery{ID: uuid.New(), Name: name, Address: "a@b.example"})
		want = append(append(want, p.Header...), p.Body.Bytes()...)
		if err := w.text(p.Header, p.Body); err != nil {
			t.Fatal(err)
		}
	}
	_ = conn.Close()
	if got := <-came; !bytes.Equal(got, want) {
		t.Errorf("%d bytes came of %d", len(got), len(want))
	}
}

// TestPagesKeepTheirPlaces sends the runs of one text by two connections in
// turn: neither moves the other's place.
func TestPagesKeepTheirPlaces(t *testing.T) {
	data := []byte(strings.Repeat("一二三四五六七八九十", 20_000))
	kept := keep(data)
	one, first := twoEnds(t)
	two, second := twoEnds(t)
	for at := 0; at < len(data); at += 100_000 {
		p := Piece{Data: data[at:min(at+100_000, len(data))], kept: kept, at: int64(at)}
		for _, c := range []*timedConn{one, two} {
			sent, err := 0, error(nil)
			if kept != nil {
				sent, err = c.sendPages(p)
			}
			if err == nil {
				_, err = c.writeAll([][]byte{p.Data[sent:]})
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	_, _ = one.Conn.Close(), two.Conn.Close()
	if !bytes.Equal(<-first, data) || !bytes.Equal(<-second, data) {
		t.Error("something else came out")
	}
}

// TestAStalledReaderOfPagesIsGivenUp: the deadline holds where the kernel sends.
func TestAStalledReaderOfPagesIsGivenUp(t *testing.T) {
	data := make([]byte, 64<<20)
	kept := keep(data)
	if kept == nil {
		return // only Linux has them
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	out, err := net.Dial("tcp", l.Addr().String()) // nobody reads
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	c := newTimedConn(out, 50*time.Millisecond)
	if sent, err := c.sendPages(Piece{Data: data, kept: kept}); err == nil || sent == len(data) {
		t.Errorf("%d bytes went to nobody: %v", sent, err)
	}
}

type oneContent struct{ content Content }

func (c oneContent) Content(context.Context, uuid.UUID) (Content, error) { return c.content, nil }

// TestADotAtomNeedsNoParser holds the short way of CheckAddress against net/mail.
func TestADotAtomNeedsNoParser(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		address := rapid.StringMatching(`[a-z0-9.!#$%&'*+/=?^_{|}~-]{0,8}@[a-z0-9.-]{0,8}`).Draw(t, "address")
		local, domain, _ := strings.Cut(address, "@")
		if !dotAtom(local) || !dotAtom(domain) {
			return
		}
		if parsed, err := mail.ParseAddress(address); err != nil || parsed.Address != address {
			t.Fatalf("%q passes: %v", address, err)
		}
	})
}

func TestEnhancedCodes(t *testing.T) {
	for text, want := range map[string]string{
		"2.0.0 Ok": "2.0.0|Ok", "2.1.5": "2.1.5|", "2.10.100   x": "2.10.100|x", "2.0.0Ok": "|2.0.0Ok", "2.0 Ok": "|2.0 Ok",
		"5.1.1 no": "|5.1.1 no", "2.1234.1 x": "|2.1234.1 x", "": "|", "2": "|2", "2.": "|2.", "2.1.": "|2.1.", "Ok": "|Ok", "3.1.1 x": "|3.1.1 x",
	} {
		code, rest := enhancedOf(250, []byte(text))
		if got := code + "|" + string(rest); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
