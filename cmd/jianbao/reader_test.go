package main

import (
	"encoding/json"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"jianbao/bulletin"
	"jianbao/mailer/sink"
)

// A mail is one letter as testdata/mails.py found it.
type mail struct {
	Subject       string
	From, To      [][2]string // display name, address
	Others        []string    // fields with more recipients
	IDs           []string    `json:"ids"`
	Dates         []time.Time
	Text, HTML    string
	Files         [][3]string // name, type, the first five bytes
	Defects       []string
	envelope, raw string
}

// read lets Python's email package read what a sink holds.
func read(t *testing.T, messages []sink.Message) []mail {
	t.Helper()
	finder := exec.Command("../../scripts/python") // installs it where it is missing
	finder.Stderr = os.Stderr
	python, err := finder.Output()
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"testdata/mails.py"}
	for n, m := range messages {
		path := filepath.Join(t.TempDir(), fmt.Sprintf("%02d.eml", n))
		if err := os.WriteFile(path, m.Raw, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	reader := exec.Command(strings.TrimSpace(string(python)), args...)
	reader.Stderr = os.Stderr
	out, err := reader.Output()
	if err != nil {
		t.Fatal(err)
	}
	var mails []mail
	if err := json.Unmarshal(out, &mails); err != nil || len(mails) != len(messages) {
		t.Fatalf("%d mails, %v", len(mails), err)
	}
	for n, m := range messages {
		mails[n].envelope, mails[n].raw = strings.Join(m.To, ","), string(m.Raw)
	}
	return mails
}

// said returns every paragraph of the real text as it was settled, and what
// stands around them, without blanks.
func said(t *testing.T) []string {
	t.Helper()
	d := bulletin.Parse(settledText(t)).Document
	all := []string{d.Masthead, d.Organs[0], "8589860", "乔栋"}
	for _, section := range d.Sections {
		all = append(all, section.Name)
	}
	for _, item := range d.Items() {
		all = append(append(all, item.Lead), item.Paragraphs...)
	}
	for _, list := range d.Lists {
		all = append(all, list.Text)
	}
	for n := range all {
		all[n] = squeezed(all[n])
	}
	return all
}

func squeezed(text string) string { return strings.Join(strings.Fields(text), "") }

// TestAnotherProgramReadsTheLetters sends the real issue to another server and
// has its letters read by another program.
func TestAnotherProgramReadsTheLetters(t *testing.T) {
	other, err := sink.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	before := time.Now().Add(-time.Second)
	r := demonstration(t, "--relay", other.Addr())
	if r.Received != nil || other.Count() != 15 {
		t.Fatalf("received %v, the other server holds %d", r.Received, other.Count())
	}
	names := map[string]string{}
	for _, l := range r.Letters {
		names[l.Address] = l.Name
	}
	ids, all := map[string]bool{}, said(t)
	if len(all) < 30 {
		t.Fatalf("the real text says only %d things", len(all))
	}
	for _, m := range read(t, other.Messages()) {
		if m.Subject != "【鄂尔多斯科技简报】2021年第8期" || len(m.Defects) > 0 {
			t.Errorf("subject %q, defects %v", m.Subject, m.Defects)
		}
		if !slices.Equal(m.Files, [][3]string{{"鄂尔多斯科技简报2021年第8期.pdf", "application/pdf", "%PDF-"}}) {
			t.Errorf("files %q", m.Files)
		}
		if !slices.Equal(m.From, [][2]string{{"鄂尔多斯科技简报", "kjjb@kjj.ordos.example"}}) {
			t.Errorf("from %v", m.From)
		}
		if len(m.To) != 1 || m.To[0][1] != m.envelope || m.To[0][0] != names[m.envelope] || len(m.Others) > 0 {
			t.Errorf("to %v and %v; the envelope says %s, %s", m.To, m.Others, m.envelope, names[m.envelope])
		}
		if delete(names, m.envelope); len(m.IDs) != 1 || ids[m.IDs[0]] {
			t.Errorf("Message-ID %v", m.IDs)
		} else {
			ids[m.IDs[0]] = true
		}
		if len(m.Dates) != 1 || m.Dates[0].Before(before) || m.Dates[0].After(time.Now()) {
			t.Errorf("Date %v", m.Dates)
		}
		intact(t, m, all)
	}
	if len(names) > 0 {
		t.Errorf("without a letter: %v", names)
	}
}

// tags are what HTML adds to the text.
var tags = regexp.MustCompile(`<[^>]*>`)

// intact holds both parts of a mail to the text, and its lines to what every
// relay lets pass.
func intact(t *testing.T, m mail, all []string) {
	t.Helper()
	for part, content := range map[string]string{"text": m.Text, "html": html.UnescapeString(tags.ReplaceAllString(m.HTML, ""))} {
		content = squeezed(content)
		for _, words := range all {
			if !strings.Contains(content, words) {
				t.Errorf("the %s part lacks %s", part, words)
			}
		}
		if strings.ContainsRune(content, '\uFFFD') {
			t.Errorf("the %s part has broken characters", part)
		}
	}
	for n, line := range strings.Split(m.raw, "\r\n") {
		if len(line) > 998 || strings.ContainsFunc(line, func(r rune) bool { return r > 126 }) {
			t.Errorf("line %d would not pass every relay: %.60q", n+1, line) // RFC 5322 2.1.1, RFC 5321 2.3.1
		}
	}
}
