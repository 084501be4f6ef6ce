package sink_test

import (
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"jianbao/mailer/sink"
)

const letter = "From: a@x.example\r\nTo: b@y.example\r\nSubject: =?UTF-8?B?566A5oql?=\r\nMessage-ID: <1@x.example>\r\n" +
	"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" +
	"--b\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n566A5oql\r\n" +
	"--b\r\nContent-Type: text/html; charset=UTF-8\r\n\r\n<p>.</p>\r\n" +
	"--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\n%PDF\r\n--b--\r\n"

func TestItKeepsWhatItIsSent(t *testing.T) {
	s, err := sink.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	client, err := smtp.Dial(s.Addr())
	if err != nil {
		t.Fatal(err)
	}
	if err := client.SendMail("a@x.example", []string{"b@y.example"}, strings.NewReader(letter)); err != nil {
		t.Fatal(err)
	}
	if err := client.Quit(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("closed twice: %v", err)
	}
	if s.Count() != 1 {
		t.Fatalf("%d kept", s.Count())
	}
	m := s.Messages()[0]
	if m.From != "a@x.example" || len(m.To) != 1 || m.To[0] != "b@y.example" || string(m.Raw) != letter || m.At.IsZero() {
		t.Errorf("%+v", m)
	}
	if m.Subject() != "简报" || m.MessageID() != "1@x.example" || m.Text() != "简报" || m.HTML() != "<p>.</p>" || m.Header("To") != "b@y.example" {
		t.Errorf("%q %q %q %q", m.Subject(), m.MessageID(), m.Text(), m.HTML())
	}
	if files := m.Attachments(); string(files["a.pdf"]) != "%PDF" {
		t.Errorf("files %q", files)
	}
	if s.Forget(); s.Count() != 0 || len(s.Messages()) != 0 {
		t.Error("what was forgotten is still there")
	}
}

func TestAPortThatIsTaken(t *testing.T) {
	s, err := sink.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := sink.Start(s.Addr()); err == nil || !strings.Contains(err.Error(), "sink") {
		t.Errorf("%v", err)
	}
}

func TestJunkHasNoSubject(t *testing.T) {
	m := sink.Message{Raw: []byte("\x00\xff junk")}
	if m.Subject() != "" || m.Text() != "" || m.MessageID() != "" || len(m.Attachments()) != 0 {
		t.Error("junk was read")
	}
}
