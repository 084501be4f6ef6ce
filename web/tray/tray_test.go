package tray

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
)

const hostile = `<script>alert("信")</script>`

var (
	noon   = time.Date(2026, 7, 16, 4, 0, 0, 0, time.UTC)
	ours   = workflow.Series{ID: uuid.New(), Masthead: "科技简报"}
	theirs = workflow.Series{ID: uuid.New(), Masthead: "别人的简报"}
)

// person holds a role in one series.
func person(role accounts.Role, series uuid.UUID) accounts.Person {
	return accounts.Person{ID: uuid.New(), Name: "甲", Active: true, Grants: []accounts.Grant{{Role: role, Series: series}}}
}

// A tray in memory.
type books struct {
	mails []mailer.TrayMail
	raw   map[uuid.UUID][]byte
	out   map[uuid.UUID]workflow.Dismissal
}

func (b *books) TrayMails(_ context.Context, limit int) (all []mailer.TrayMail, err error) {
	for _, m := range b.mails {
		if _, gone := b.out[m.ID]; !gone && len(all) < limit {
			all = append(all, m)
		}
	}
	return all, nil
}

func (b *books) TrayMail(_ context.Context, id uuid.UUID) (mailer.TrayMail, []byte, error) {
	for _, m := range b.mails {
		if _, gone := b.out[m.ID]; m.ID == id && !gone {
			return m, b.raw[id], nil
		}
	}
	return mailer.TrayMail{}, nil, fault.New(fault.NotFound, sayWhy.With(0))
}

func (b *books) DismissMail(_ context.Context, id uuid.UUID, d workflow.Dismissal) error {
	if _, gone := b.out[id]; gone {
		return fault.New(fault.Conflict, sayWhy.With(0))
	}
	b.out[id] = d
	return nil
}

func (b *books) SeriesAll(context.Context) ([]workflow.Series, error) {
	return []workflow.Series{ours, theirs}, nil
}

// has puts a mail into the tray.
func (b *books) has(class mailer.Class, series uuid.UUID, subject, raw string) string {
	m := mailer.TrayMail{ID: uuid.New(), At: noon, Class: class, Series: series, Sender: "a@unit.example", Subject: subject, Words: "见附件" + hostile, Bytes: int64(len(raw))}
	b.mails = append(b.mails, m)
	b.raw[m.ID] = []byte(raw)
	return "/tray/" + m.ID.String()
}

func newBooks() *books {
	return &books{raw: map[uuid.UUID][]byte{}, out: map[uuid.UUID]workflow.Dismissal{}}
}

func is(t *testing.T, a pagetest.Answer, status int, words ...string) {
	t.Helper()
	if a.Status != status {
		t.Fatalf("%d, want %d: %s", a.Status, status, a.Body)
	}
	for _, w := range words {
		if !strings.Contains(a.Body, w) {
			t.Errorf("%q is not in %s", w, a.Body)
		}
	}
	if strings.Contains(a.Body, hostile) {
		t.Error("what a stranger wrote is a script")
	}
}

const contribution = "From: a@unit.example\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nwords\r\n" +
	"--b\r\nContent-Type: text/html; name=\"page.html\"\r\n\r\n<script>1</script>\r\n--b--\r\n"

func TestAContributionIsReadAndTakenOut(t *testing.T) {
	b := newBooks()
	here := b.has(mailer.Contribution, ours.ID, "供稿"+hostile, contribution)
	v := pagetest.Visit(t, Room(Config{b}), person(accounts.Editor, ours.ID), noon)
	is(t, v.Get("/tray"), 200, here, "供稿", "a@unit.example", "科技简报")
	is(t, v.Get("/tray?lang=en"), 200, "Mail that came in")
	is(t, v.Get(here), 200, "page.html", here+"/files/0", here+"/eml", "/issues/new")
	if file := v.Get(here + "/files/0"); file.Status != 200 || file.Header.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(file.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%d %v", file.Status, file.Header)
	}
	is(t, v.Get(here+"/files/1"), http.StatusNotFound)
	is(t, v.Get(here+"/files/x"), http.StatusNotFound)
	if eml := v.Get(here + "/eml"); eml.Status != 200 || eml.Body != contribution {
		t.Errorf("%d %q", eml.Status, eml.Body)
	}
	is(t, v.Post(here, "why", "  "), http.StatusUnprocessableEntity, "请写明怎样处理的")
	is(t, v.Post(here, "why", strings.Repeat("长", longestWhy+1)), http.StatusUnprocessableEntity, "长长")
	is(t, v.Post(here, "why", "第9期采用"), http.StatusSeeOther)
	if d := b.out[b.mails[0].ID]; d.Why != "第9期采用" || d.By != "甲" || !d.At.Equal(noon) {
		t.Errorf("%+v", d)
	}
	is(t, v.Get(here), http.StatusNotFound)
	is(t, v.Get("/tray"), 200, "没有待处理的来信")
}

// TestWhoseMailItIs: of a series its own people's, of none every clerk's; editors
// have contributions alone. Others are told that there is no such page.
func TestWhoseMailItIs(t *testing.T) {
	b := newBooks()
	mine := b.has(mailer.OtherMail, ours.ID, "甲", "x")
	other := b.has(mailer.OtherMail, theirs.ID, "乙", "x")
	nobodys := b.has(mailer.BounceMail, uuid.Nil, "丙", "x")
	stray := b.has(mailer.Contribution, uuid.Nil, "丁", "x")
	for name, c := range map[string]struct {
		who   accounts.Person
		reads []string
	}{
		"a clerk":               {person(accounts.Clerk, ours.ID), []string{mine, nobodys, stray}},
		"a clerk of another":    {person(accounts.Clerk, theirs.ID), []string{other, nobodys, stray}},
		"an editor":             {person(accounts.Editor, ours.ID), []string{stray}},
		"a reviewer":            {person(accounts.Reviewer, ours.ID), nil},
		"somebody with no role": {accounts.Person{ID: uuid.New(), Active: true}, nil},
	} {
		v := pagetest.Visit(t, Room(Config{b}), c.who, noon)
		list := v.Get("/tray")
		if want := map[bool]int{true: 200, false: 404}[c.reads != nil]; list.Status != want {
			t.Errorf("%s: the tray answers %d", name, list.Status)
		}
		for _, address := range []string{mine, other, nobodys, stray} {
			want := http.StatusNotFound
			for _, r := range c.reads {
				if r == address {
					want = 200
				}
			}
			for _, more := range []string{"", "/eml"} {
				if a := v.Get(address + more); a.Status != want {
					t.Errorf("%s: %s%s answers %d", name, address, more, a.Status)
				}
			}
			if want != 200 {
				is(t, v.Post(address, "why", "x"), http.StatusNotFound)
			}
			if strings.Contains(list.Body, address) != (want == 200) {
				t.Errorf("%s: %s in the list", name, address)
			}
		}
	}
	if len(b.out) > 0 {
		t.Errorf("%v", b.out)
	}
}

// TestWhatMachinesWroteIsTakenOutTogether: those that were shown, and no others.
func TestWhatMachinesWroteIsTakenOutTogether(t *testing.T) {
	b := newBooks()
	b.has(mailer.AutoReply, ours.ID, "自动回复1", "x")
	b.has(mailer.AutoReply, ours.ID, "自动回复2", "x")
	b.has(mailer.AutoReply, theirs.ID, "自动回复3", "x")
	b.has(mailer.OtherMail, ours.ID, "人写的", "x")
	v := pagetest.Visit(t, Room(Config{b}), person(accounts.Clerk, ours.ID), noon)
	if a := v.Get("/tray"); strings.Contains(a.Body, "把这些一起移出") {
		t.Error("people's mail may be taken out together")
	}
	is(t, v.Get("/tray?class=auto-reply"), 200, "把这些一起移出", "自动回复1", "自动答复 2")
	shown := []string{"class", "auto-reply", "mail", b.mails[0].ID.String(), "mail", b.mails[2].ID.String(), "mail", b.mails[3].ID.String(), "why"}
	is(t, v.Post("/tray", append(shown, "")...), http.StatusUnprocessableEntity, "请写明怎样处理的")
	is(t, v.Post("/tray", append(shown, "都是自动回复")...), http.StatusSeeOther)
	if _, one := b.out[b.mails[0].ID]; !one || len(b.out) != 1 {
		t.Errorf("%v", b.out)
	}
	is(t, v.Post("/tray", "class", "other", "mail", b.mails[3].ID.String(), "why", "x"), http.StatusNotFound)
}

func TestWhatIsNotKeptIsSaid(t *testing.T) {
	b := newBooks()
	none, head := b.has(mailer.OtherMail, uuid.Nil, "", ""), b.has(mailer.OtherMail, uuid.Nil, "大", "From: a")
	b.mails[1].Partly = true
	v := pagetest.Visit(t, Room(Config{b}), person(accounts.Clerk, ours.ID), noon)
	is(t, v.Get(none), 200, "内容没有保存", "（没有标题）")
	is(t, v.Get(none+"/eml"), http.StatusNotFound)
	is(t, v.Get(head), 200, "原信仍在邮箱里")
	is(t, v.Get("/tray/x"), http.StatusNotFound)
}

func TestChores(t *testing.T) {
	b := newBooks()
	b.has(mailer.Contribution, ours.ID, "", "x")
	b.has(mailer.OtherMail, ours.ID, "", "x")
	b.has(mailer.RemarkMail, ours.ID, "", "x") // asked for by its own room
	for name, c := range map[string]struct {
		who  accounts.Person
		want int
	}{"a clerk": {person(accounts.Clerk, ours.ID), 2}, "an editor": {person(accounts.Editor, ours.ID), 1}, "a reviewer": {person(accounts.Reviewer, ours.ID), 0}} {
		if all, err := Chores(Config{b})(t.Context(), c.who); err != nil || len(all) != c.want {
			t.Errorf("%s: %v, %v", name, all, err)
		}
	}
}
