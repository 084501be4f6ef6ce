package mailer

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"
)

// TestWhatAMailBrings: every file by its name, however that is written, those of
// mails in it as well, and every text.
func TestWhatAMailBrings(t *testing.T) {
	forwarded := crlf("Subject: =?utf-8?B?"+base64.StdEncoding.EncodeToString([]byte("转发的"))+"?=", "Content-Type: multipart/mixed; boundary=C", "",
		"--C", "", "里面的话", "--C", "Content-Disposition: attachment; filename*=UTF-8''%E5%86%85.txt", "", "inner", "--C--")
	raw := crlf("From: a@unit.example", "Subject: x", "Content-Type: multipart/mixed; boundary=B", "",
		"--B", "Content-Type: multipart/alternative; boundary=A", "", "--A", "", "见附件", "--A", "Content-Type: text/html", "", "<p>网页的话</p>", "--A--",
		"--B", "Content-Type: application/octet-stream; name=\"=?gbk?B?"+base64.StdEncoding.EncodeToString([]byte(gbk("稿.docx")))+"?=\"", "Content-Transfer-Encoding: base64", "", "aGVsbG8=",
		"--B", "Content-Disposition: attachment; filename="+gbk("裸.pdf"), "", "%PDF",
		"--B", "Content-Type: text/plain; name=list.csv", "", "1,2",
		"--B", "Content-Type: message/rfc822", "", forwarded, "--B--")
	in, err := ReadIncoming([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	var names, bodies []string
	for _, f := range in.Files {
		names, bodies = append(names, f.Name), append(bodies, strings.TrimSpace(string(f.Data)))
	}
	if !slices.Equal(names, []string{"稿.docx", "裸.pdf", "list.csv", "内.txt"}) || !slices.Equal(bodies, []string{"hello", "%PDF", "1,2", "inner"}) {
		t.Errorf("%q %q", names, bodies)
	}
	if said := strings.Join(in.Texts, "|"); in.Words != "见附件" || !strings.Contains(said, "网页的话") || !strings.Contains(said, "转发的") || !strings.Contains(said, "里面的话") {
		t.Errorf("%q %q", in.Words, in.Texts)
	}
	if in.Partly || len(in.Raw) != len(raw) {
		t.Errorf("partly %v, %d bytes", in.Partly, len(in.Raw))
	}
}

// TestWhatIsNotLookedAtIsNotKept: of a mail with more text, parts or nesting than
// is read, and of one that was fetched in part, the head alone.
func TestWhatIsNotLookedAtIsNotKept(t *testing.T) {
	head := "From: a@unit.example\r\nSubject: s"
	parts := strings.Repeat("--x\r\n\r\na\r\n", mostParts+1)
	nested := ""
	for range deepest + 2 {
		nested += "Content-Type: message/rfc822\r\n\r\n"
	}
	for name, raw := range map[string]string{
		"text":  head + "\r\n\r\n" + strings.Repeat("字", mostText/3+1),
		"parts": head + "\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" + parts,
		"mails": head + "\r\n" + nested + "收到",
	} {
		in, err := ReadIncoming([]byte(raw))
		if err != nil || !in.Partly || !strings.HasPrefix(string(in.Raw), head) || len(in.Raw) > len(head)+100 {
			t.Errorf("%s: partly %v, %d bytes kept, %v", name, in.Partly, len(in.Raw), err)
		}
	}
	in := ReadBeginning([]byte(head+"\r\n\r\n已收到"), 40<<20)
	if in.Class != OtherMail || !in.Partly || string(in.Raw) != head || !strings.Contains(in.Words, "已收到") || !strings.Contains(in.Words, "40") {
		t.Errorf("%+v", in)
	}
	bounce := ReadBeginning([]byte(arrivals[0].raw), 40<<20)
	if bounce.Class != BounceMail || bounce.Words != arrivals[0].words || len(bounce.Deliveries) == 0 {
		t.Errorf("%+v", bounce)
	}
	if again := ReadBeginning([]byte(head+"\r\n\r\n已收到"), 41<<20); again.SHA256 == in.SHA256 {
		t.Error("two mails that begin alike are one")
	}
}

func TestAHeadWithLinesThatAreNoFields(t *testing.T) {
	raw := crlf("From unit@unit.example Thu Jul  8", "From: a@unit.example", "broken line", "\tgoes on", "Subject: 供", "\t稿", "Content-Type: multipart/mixed; boundary=x", "",
		"--x", "Content-Disposition: attachment; filename=a.txt", "", "hello", "--x--")
	in, err := ReadIncoming([]byte(raw))
	if err != nil || in.Partly || in.Sender != "a@unit.example" || len(in.Files) != 1 || string(in.Raw) != raw {
		t.Errorf("%+v, %v", in, err)
	}
	if in, err := ReadIncoming([]byte("no head\r\nat all")); err != nil || !in.Partly {
		t.Errorf("%+v, %v", in, err)
	}
}

func TestTokensOfQuotedLinks(t *testing.T) {
	token := strings.Repeat("Ab_-", 10) + "xyz"
	in, err := ReadIncoming([]byte(crlf("From: a@unit.example", "Subject: x", "", "收到", "> 签收：https://jianbao.example/receipt/"+token, "> /receipt/"+token+"z")))
	if err != nil || !slices.Equal(in.Tokens, []string{token}) {
		t.Errorf("%q, %v", in.Tokens, err)
	}
}
