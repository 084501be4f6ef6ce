package main

import (
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"jianbao/mailer/sink"
	"jianbao/recipients/receipts"
)

var receiptLink = regexp.MustCompile(`/receipt/[A-Za-z0-9_-]{43}`)

// TestAUnitAcknowledgesByTheLinkInItsLetter over real mail and real pages: every
// letter has its own link, looking at it acknowledges nothing, the button does.
func TestAUnitAcknowledgesByTheLinkInItsLetter(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "jianbao.db")
	box, err := sink.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	o, issue := largeOffice(t.Context(), t, db)
	if err := o.close(); err != nil {
		t.Fatal(err)
	}
	p := start(t, "serve", "--db", db, "--listen", "127.0.0.1:0", "--relay", box.Addr(), "--relay-tls", "none", "--site", "https://jianbao.example/",
		"--installation", filepath.Join(t.TempDir(), "installation"))
	site := strings.TrimSpace(p.says(t, "简报已启动："))
	o = finished(t, db, issue)
	defer o.close()
	links := map[string]bool{}
	for _, m := range box.Messages() {
		link := receiptLink.FindString(m.Text())
		if link == "" || !strings.Contains(m.HTML(), link) {
			t.Errorf("the letter to %v has the link %q in its text, and not in its page", m.To, link)
		}
		links[link] = true
	}
	lines, err := o.store.ReceiptLines(t.Context(), issue)
	if err != nil || len(links) != len(lines) {
		t.Fatalf("%d links for %d units, %v", len(links), len(lines), err)
	}
	var link string
	for link = range links { // as a scanner of mail does
		if status, said := fetched(t, site+link); status != http.StatusOK || !strings.Contains(said, "确认签收") {
			t.Fatalf("%d %s", status, said)
		}
	}
	if lines, err = o.store.ReceiptLines(t.Context(), issue); err != nil {
		t.Fatal(err)
	}
	if n := receipts.Count(lines)[receipts.Accepted]; n != len(lines) {
		t.Errorf("%d units are accepted after the links were followed", n)
	}
	for range 2 {
		answer, err := http.PostForm(site+link, url.Values{"verdict": {"received"}, "by": {"张三"}, "copies": {"1"}})
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Errorf("signed: %d", answer.StatusCode)
		}
	}
	if lines, err = o.store.ReceiptLines(t.Context(), issue); err != nil || receipts.Count(lines)[receipts.Acknowledged] != 1 {
		t.Errorf("%v %v", receipts.Count(lines), err)
	}
	p.stop(t)
}
