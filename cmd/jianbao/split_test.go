package main

import (
	"path/filepath"
	"strings"
	"testing"

	"jianbao/mailer"
	"jianbao/mailer/sink"
)

// TestThreeProcessesDoTheJobTogether splits the program: pages, scheduler and
// mail engine have nothing in common but a PostgreSQL.
func TestThreeProcessesDoTheJobTogether(t *testing.T) {
	db := emptyPostgres(t)
	box, err := sink.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	code, out, errs := ran(t, "plant", "--db", db)
	if code != 0 {
		t.Fatal(errs)
	}
	_, password, _ := strings.Cut(strings.TrimSpace(out), "密码 ")

	machine := filepath.Join(t.TempDir(), "installation") // they share a database
	only := func(part string, more ...string) *process {
		return start(t, append([]string{"serve", "--db", db, "--only", part, "--installation", machine}, more...)...)
	}
	pages := only("web", "--listen", "127.0.0.1:0")
	scheduler := only("scheduler")
	engine := only("mailer", "--relay", box.Addr(), "--relay-tls", "none")

	p := gathered(t, strings.TrimSpace(pages.says(t, "简报已启动：")), password)
	issue := p.approved(settledText(t))
	p.clerk.does(issue, "register", "keep-date", "yes")
	p.clerk.does(issue, "schedule")
	id := issueOf(t, issue)
	o := finished(t, db, id)
	defer o.close()
	if board := p.clerk.get(issue + "/dispatch").text; strings.Count(board, "@") < 15 {
		t.Errorf("the board: %s", board)
	}
	for _, part := range []*process{engine, scheduler, pages} {
		part.stop(t)
	}
	if got := o.unitsIn(t, id, mailer.Accepted); len(got) != 15 || box.Count() != 15 {
		t.Errorf("%d letters accepted, %d received", len(got), box.Count())
	}
}

// TestPagesAloneNeedNoRelay: a machine that sends nothing is not asked for the
// password of the one that does, though they share a configuration.
func TestPagesAloneNeedNoRelay(t *testing.T) {
	p := start(t, "serve", "--dir", t.TempDir(), "--only", "web", "--listen", "127.0.0.1:0",
		"--relay", "mail.example:587", "--relay-user", "clerk", "--relay-password-file", "not-here")
	p.says(t, "简报已启动：")
	p.stop(t)
}
