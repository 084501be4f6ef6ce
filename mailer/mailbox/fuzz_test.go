package mailbox

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/google/uuid"

	"jianbao/mailer"
)

// FuzzServer lets a server answer each line with anything, parted by NUL: whatever
// it says, the poller comes to an end and receives nothing without a hash.
func FuzzServer(f *testing.F) {
	folder := "* 1 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 2] x\r\n"
	found := "\x00T4 OK x\r\n\x00* SEARCH 1\r\nT5 OK x\r\n\x00* 1 FETCH (UID 1 RFC822.SIZE 9 INTERNALDATE \" 1-Jul-2026 00:00:00 +0000\")\r\nT6 OK x\r\n"
	begin := "* OK [CAPABILITY IMAP4rev1] x\r\n\x00T1 OK [CAPABILITY IMAP4rev1] x\r\n\x00" + folder + "T2 OK x\r\n"
	f.Add([]byte(begin + found + "\x00* 1 FETCH (UID 1 BODY[] {3}\r\na\r\n)\r\nT7 OK x\r\n"))
	f.Add([]byte(begin + "\x00T3 OK x\r\n\x00* SEARCH 1:*\r\nT4 OK x\r\n"))
	f.Add([]byte(begin + found + "\x00* 1 FETCH (BODY[] NIL UID 1)\r\nT7 NO x\r\n"))
	f.Add([]byte("* OK x\r\n\x00* CAPABILITY IMAP4rev1\r\nT1 OK\r\n\x00T2 OK\r\n\x00* CAPABILITY X\r\nT3 OK\r\n"))
	f.Add([]byte("* BYE\r\n"))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = listener.Close() })
	f.Fuzz(func(t *testing.T, said []byte) {
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			defer conn.Close()
			lines := bufio.NewReader(conn)
			for part := range bytes.SplitSeq(said, []byte{0}) {
				if _, err := conn.Write(part); err != nil {
					return
				}
				if _, err := lines.ReadSlice('\n'); err != nil {
					return
				}
			}
		}()
		b := newBooks()
		p := &Poller{
			Account: Account{Addr: listener.Addr().String(), Security: mailer.Plain, Username: "a", Password: "b", Timeout: 50 * time.Millisecond},
			Books:   b, Every: time.Millisecond, Now: func() time.Time { return now }, NewID: uuid.New, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
			misses: map[imap.UID]int{}, large: map[imap.UID]bool{},
		}
		ctx, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		if err := p.turn(ctx); err == nil {
			t.Error("a server that hung up is still read")
		}
		<-ended
		for _, in := range b.received {
			if in.SHA256 == "" {
				t.Errorf("%+v", in)
			}
		}
	})
}
