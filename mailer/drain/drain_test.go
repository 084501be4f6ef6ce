package drain_test

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"testing"

	"jianbao/mailer/drain"
)

func TestItTakesWhatComesTogether(t *testing.T) {
	took := make(chan string, 2)
	d, err := drain.Start("127.0.0.1:0", drain.Config{Took: func(to, id string) { took <- to + " " + id }})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	conn, err := net.Dial("tcp", d.Addr())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	r := bufio.NewReader(conn)
	say := func(words string, replies int) (last string) {
		t.Helper()
		if _, err := fmt.Fprint(conn, words); err != nil {
			t.Fatal(err)
		}
		for range replies {
			if last, err = r.ReadString('\n'); err != nil {
				t.Fatal(err)
			}
		}
		return last
	}
	envelope := "MAIL FROM:<a@x.example>\r\nRCPT TO:<b@y.example>\r\nDATA\r\n"
	say("EHLO me.example\r\n", 5)
	if got := say(envelope, 3); !strings.HasPrefix(got, "354") {
		t.Fatal(got)
	}
	text := "Subject: s\r\nMessage-Id: <1@x.example>\r\n\r\n" + strings.Repeat("..\r\n", 50_000) + ".\r\n"
	if got := say(text+envelope, 4); !strings.HasPrefix(got, "354") {
		t.Fatal(got)
	}
	if got := say(text+"QUIT\r\n", 2); !strings.HasPrefix(got, "221") {
		t.Fatal(got)
	}
	if a, b := <-took, <-took; d.Count() != 2 || a != "b@y.example 1@x.example" || b != a {
		t.Errorf("%d: %s, %s", d.Count(), a, b)
	}
}
