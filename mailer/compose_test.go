package mailer

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/textproto"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-message"
	gomail "github.com/emersion/go-message/mail"
	"github.com/google/uuid"

	"jianbao/fault"
)

const (
	pdfName = "鄂尔多斯科技简报2021年第8期（𬭚）.pdf"
	subject = "【鄂尔多斯科技简报】2021年第8期：宿迁开启人才争夺新模式，全市科技工作会议召开，深化产学研合作"
)

func bulletin() Content {
	return Content{
		Dispatch: uuid.MustParse("0197a000-0000-7000-8000-000000000001"),
		From:     mail.Address{Name: "鄂尔多斯科技简报", Address: "jianbao@kjj.example"},
		ReplyTo:  "huizhi@kjj.example",
		ListID:   "kejijianbao.kjj.example",
		Subject:  subject,
		Text:     []byte(".首行有点\n" + strings.Repeat("宿迁开启人才争夺新模式。", 40) + "\n..\n.\n末行"),
		HTML:     []byte("<p>宿迁开启人才争夺新模式。</p>\n.\n<p>𠅤</p>"),
		Attachments: []Attachment{
			{Name: pdfName, Type: "application/pdf", Data: bytes.Repeat([]byte("%PDF-1.7\r\n.\r\n"), 3000)},
			{Name: "list 1.csv", Type: "text/csv", Data: []byte("a,b\r\n")},
		},
	}
}

// toUnit has a name as long as one encoded word takes, 15 characters. Python up
// to 3.11 shows the blank between two of them in a display name; the rest of the
// world, and its own decode_header, do not.
func toUnit() Delivery {
	return Delivery{
		ID: uuid.MustParse("0197a000-0000-7000-8000-0000000000aa"), Name: "鄂尔多斯空港物流园区管理委员会",
		Address: "rdbgs@rd.example", Created: time.Date(2021, 7, 15, 1, 2, 3, 0, time.UTC),
	}
}

// wire returns a letter as a relay would keep it: composed, sent and unstuffed.
func onWire(t testing.TB, c Content, d Delivery) []byte {
	t.Helper()
	l, err := Compose(c)
	if err != nil {
		t.Fatal(err)
	}
	header, err := l.Header(d)
	if err != nil {
		t.Fatal(err)
	}
	sent := string(header) + string(l.Body()) + "\r\n.\r\n"
	raw, err := io.ReadAll(textproto.NewReader(newReader(sent)).DotReader())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(sent, "\r\n.\r\n") || strings.Contains(string(header)+string(l.Body()), "\r\n.\r\n") {
		t.Error("the text holds an end of its own")
	}
	return bytes.ReplaceAll(raw, []byte("\n"), []byte("\r\n"))
}

func text(c Content) string { return strings.ReplaceAll(string(c.Text), "\n", "\r\n") }

func TestReadBackByGo(t *testing.T) {
	c, d := bulletin(), toUnit()
	raw := onWire(t, c, d)
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); got != subject {
		t.Errorf("subject %q", got)
	}
	to, err := m.Header.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Name != d.Name || to[0].Address != d.Address {
		t.Errorf("to %v, %v", to, err)
	}
	if date, err := m.Header.Date(); err != nil || !date.Equal(d.Created) || !strings.HasSuffix(m.Header.Get("Date"), "+0800") {
		t.Errorf("date %s, %v", m.Header.Get("Date"), err)
	}
	if got := m.Header.Get("Message-ID"); got != "<0197a000-0000-7000-8000-0000000000aa@kjj.example>" {
		t.Errorf("message-id %s", got)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	mr := multipart.NewReader(m.Body, params["boundary"])
	for i := 0; ; i++ {
		p, err := mr.NextPart()
		if errors.Is(err, io.EOF) {
			if i != 3 {
				t.Errorf("%d parts, want 3", i)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if i == 1 && p.FileName() != pdfName {
			t.Errorf("file name %q", p.FileName())
		}
	}
}

func TestReadBackByGoMessage(t *testing.T) {
	c := bulletin()
	r, err := gomail.CreateReader(bytes.NewReader(onWire(t, c, toUnit())))
	if err != nil {
		t.Fatal(err)
	}
	var bodies []string
	files := map[string][]byte{}
	for {
		p, err := r.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil && !message.IsUnknownCharset(err) {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(p.Body)
		if err != nil {
			t.Fatal(err)
		}
		if h, ok := p.Header.(*gomail.AttachmentHeader); ok {
			name, _ := h.Filename()
			files[name] = raw
			continue
		}
		bodies = append(bodies, string(raw))
	}
	if len(bodies) != 2 || bodies[0] != text(c) || bodies[1] != strings.ReplaceAll(string(c.HTML), "\n", "\r\n") {
		t.Errorf("bodies %q", bodies)
	}
	for _, a := range c.Attachments {
		if !bytes.Equal(files[a.Name], a.Data) {
			t.Errorf("%q: %d bytes, want %d", a.Name, len(files[a.Name]), len(a.Data))
		}
	}
}

const pythonReader = `
import sys, json, hashlib
from email import message_from_bytes, policy
m = message_from_bytes(sys.stdin.buffer.read(), policy=policy.default)
dual = ("content-type", "content-disposition")  # file names in two forms, on purpose
def defects(p): return [str(d) for d in p.defects] + [str(d) for k, v in p.items() if k.lower() not in dual for d in v.defects]
print(json.dumps({
  "fields": list(m.keys()), "subject": m["subject"], "id": m["message-id"], "reply": str(m["reply-to"]),
  "to": [[a.display_name, a.addr_spec] for a in m["to"].addresses],
  "from": [[a.display_name, a.addr_spec] for a in m["from"].addresses],
  "text": m.get_body(("plain",)).get_content(), "html": m.get_body(("html",)).get_content(),
  "files": [[a.get_filename(), hashlib.sha256(a.get_payload(decode=True)).hexdigest()] for a in m.iter_attachments()],
  "defects": [d for p in m.walk() for d in defects(p)],
}))`

func TestReadBackByPython(t *testing.T) {
	c, d := bulletin(), toUnit()
	cmd := exec.Command("python3", "-c", pythonReader)
	cmd.Stdin = bytes.NewReader(onWire(t, c, d))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("this test reads a letter with Python's email package and needs python3: %v\n%s", err, out)
	}
	var got struct {
		Fields             []string
		Subject, ID, Reply string
		To, From           [][2]string
		Text, HTML         string
		Files              [][2]string
		Defects            []string
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	want := []string{"Date", "From", "Reply-To", "To", "Message-ID", "Subject", "List-Id", "Auto-Submitted", "MIME-Version", "Content-Type"}
	if strings.Join(got.Fields, " ") != strings.Join(want, " ") {
		t.Errorf("fields %v, want %v", got.Fields, want)
	}
	if got.Subject != subject || got.Reply != c.ReplyTo || got.To[0] != [2]string{d.Name, d.Address} || got.From[0] != [2]string{c.From.Name, c.From.Address} {
		t.Errorf("header: %+v", got)
	}
	if lines(got.Text) != string(c.Text) || lines(got.HTML) != string(c.HTML) {
		t.Errorf("bodies %q and %q", got.Text, got.HTML)
	}
	for i, a := range c.Attachments {
		if i >= len(got.Files) || got.Files[i] != [2]string{a.Name, sum(a.Data)} {
			t.Errorf("file %d: %v, want %s", i, got.Files, a.Name)
		}
	}
	if len(got.Defects) > 0 {
		t.Errorf("defects: %v", got.Defects)
	}
}

func TestEveryLineIsShortAndSevenBit(t *testing.T) {
	for _, line := range strings.Split(string(onWire(t, bulletin(), toUnit())), "\r\n") {
		if len(line) > 998 || strings.ContainsFunc(line, func(r rune) bool { return r > '~' || r == '\r' || r == '\n' }) {
			t.Errorf("%q", line)
		}
	}
}

func TestTheLetterStaysTheSame(t *testing.T) {
	l, err := Compose(bulletin())
	if err != nil {
		t.Fatal(err)
	}
	first, _ := l.Header(toUnit())
	again := toUnit()
	again.Tries = 4
	second, _ := l.Header(again)
	if !bytes.Equal(first, second) {
		t.Errorf("a later try sends\n%s\nnot\n%s", second, first)
	}
}

func TestALetterComposedAnewIsTheSame(t *testing.T) {
	first := onWire(t, bulletin(), toUnit())
	if again := onWire(t, bulletin(), toUnit()); !bytes.Equal(first, again) {
		t.Error("composed anew, the letter has other bytes")
	}
	other := bulletin()
	other.Dispatch = uuid.MustParse("0197a000-0000-7000-8000-000000000002")
	if bytes.Equal(first, onWire(t, other, toUnit())) {
		t.Error("two dispatches have the same boundaries")
	}
}

func TestOneLetterManyConnections(t *testing.T) {
	c := bulletin()
	var wg sync.WaitGroup
	for range 8 { // jordan-wright/email dies of a shared attachment
		wg.Go(func() {
			if _, err := Compose(c); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestEverythingWrongIsSaidAtOnce(t *testing.T) {
	_, err := Compose(Content{
		From: mail.Address{Name: "a\nb", Address: "x> SIZE=1"}, ReplyTo: "a@b\r\nBcc: c@d", ListID: "a b", Subject: "x\r\nBcc: y@z",
		Attachments: []Attachment{{Name: "../a\"b\r\n", Type: "x\r\ny"}},
	})
	f := fault.As(err)
	if f == nil || f.Code != fault.Invalid || len(f.Reasons) != 8 {
		t.Errorf("%v", err)
	}
	l, err := Compose(bulletin())
	if err != nil {
		t.Fatal(err)
	}
	_, err = l.Header(Delivery{Name: "a\r\nBcc: b@c", Address: "a@b>"})
	if f := fault.As(err); f == nil || len(f.Reasons) != 2 {
		t.Errorf("%v", err)
	}
}

func TestSmallLetters(t *testing.T) {
	for _, c := range []Content{
		{Text: []byte(".")}, {HTML: []byte("<p>.</p>")}, {Text: []byte("a\r\n.b\r\n\r\n")}, {Text: []byte("\n\n")},
	} {
		c.From.Address, c.Subject = "a@b.example", "s"
		e, err := message.Read(bytes.NewReader(onWire(t, c, toUnit())))
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(e.Body)
		want := strings.ReplaceAll(strings.ReplaceAll(string(c.Text)+string(c.HTML), "\r\n", "\n"), "\n", "\r\n")
		if err != nil || strings.TrimRight(string(raw), "\r\n") != strings.TrimRight(want, "\r\n") {
			t.Errorf("%q came back as %q, %v", want, raw, err)
		}
	}
}

func BenchmarkCompose(b *testing.B) {
	c := bulletin()
	c.Attachments[0].Data = make([]byte, 300_000)
	for b.Loop() {
		if _, err := Compose(c); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHeader(b *testing.B) {
	l, err := Compose(bulletin())
	if err != nil {
		b.Fatal(err)
	}
	d := toUnit()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := l.Header(d); err != nil {
			b.Fatal(err)
		}
	}
}
