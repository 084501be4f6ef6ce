package mailbox

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"go.uber.org/goleak"

	"jianbao/mailer"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestEveryMailOnce over several batches, a restart and news by IDLE, with nothing
// changed in the mailbox.
func TestEveryMailOnce(t *testing.T) {
	h, b := hosted(t, nil), newBooks()
	var want []string
	for n := range 2*few + 5 {
		want = append(want, fmt.Sprintf("%03d", n))
	}
	h.delivered(now, want...)
	stop := running(t, polling(t, h.addr, b))
	if got := subjects(b.receivedAll(t, len(want))); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	stop()
	p := polling(t, h.addr, b)
	running(t, p)
	b.wait(t, func(Position, []mailer.Incoming) bool { return p.Read.Load() > 0 })
	h.delivered(now, "news")
	all := b.wait(t, func(at Position, _ []mailer.Incoming) bool { return int(at.UID) == len(want)+1 })
	if last := all[len(all)-1]; last.Subject != "news" || last.Words != "说几句" || b.again > 0 || p.Received.Load() != 1 {
		t.Errorf("%+v, %d again", last, b.again)
	}
	if h.unseen() != uint32(len(all)) {
		t.Errorf("%d are unseen", h.unseen())
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.settled == 0 {
		t.Error("nobody looks for bounces that were faster than the books")
	}
}

// TestALeaseThatIsLostEndsTheReading: whoever finds the mailbox held by another
// process closes his connection, and says so.
func TestALeaseThatIsLostEndsTheReading(t *testing.T) {
	h, b := hosted(t, nil), newBooks()
	p := polling(t, h.addr, b)
	p.Every, p.Lease = time.Hour, 40*time.Millisecond // it listens, and renews all the while
	failed := make(chan struct{}, 10)
	p.Rest = func(int) time.Duration { failed <- struct{}{}; return time.Hour }
	running(t, p)
	b.receivedAll(t, 0)
	b.stolen()
	select {
	case <-failed:
	case <-time.After(20 * time.Second):
		t.Fatal("it goes on reading")
	}
	h.delivered(now, "for the other")
	if _, all, _ := b.state(); len(all) > 0 {
		t.Errorf("%v", subjects(all))
	}
}

// TestTheServerIsToldWhoWeAre before a folder is opened: NetEase opens none to
// programs that do not say it (RFC 2971).
func TestTheServerIsToldWhoWeAre(t *testing.T) {
	answers := honest()
	answers["CAPABILITY"] = "* CAPABILITY IMAP4rev1 ID\r\nTAG OK done\r\n"
	s := scripted(t, greeting, answers)
	a := polling(t, s.addr, newBooks()).Account
	a.Version = "v1"
	if _, err := a.Look(t.Context(), After{}); err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	told := slices.IndexFunc(s.said, func(c string) bool { return strings.HasPrefix(c, `ID ("name" "jianbao" "version" "v1"`) })
	opened := slices.IndexFunc(s.said, func(c string) bool { return strings.HasPrefix(c, "EXAMINE") })
	if told < 0 || opened < told {
		t.Errorf("it heard %q", s.said)
	}
}

// TestHowFarBackIsRead: some weeks at the first contact, and some weeks before the
// last reading once the server has renumbered its mails; nothing twice.
func TestHowFarBackIsRead(t *testing.T) {
	h, b := hosted(t, nil), newBooks()
	h.delivered(now.AddDate(0, -6, 0), "old")
	h.delivered(now.AddDate(0, 0, -5), "recent")
	stop := running(t, polling(t, h.addr, b))
	if got := subjects(b.receivedAll(t, 1)); !slices.Equal(got, []string{"recent"}) {
		t.Errorf("%v", got)
	}
	stop()
	before, _, _ := b.state()
	if err := h.user.Delete("INBOX"); err != nil {
		t.Fatal(err)
	}
	h.create("INBOX")
	h.delivered(now.AddDate(0, -6, 0), "old")
	h.delivered(now.AddDate(0, 0, -5), "recent", "another")
	running(t, polling(t, h.addr, b))
	all := b.wait(t, func(at Position, all []mailer.Incoming) bool {
		return len(all) == 2 && at.Validity != before.Validity && at.UID == 3
	})
	if got := subjects(all); !slices.Equal(got, []string{"another", "recent"}) || b.again != 1 {
		t.Errorf("%v, %d again", got, b.again)
	}
}

// TestWhatIsDoneAfterwards to mails that stand whole in the books, and to no
// others: neither to those that only lie there, nor to one that somebody else
// marked as deleted.
func TestWhatIsDoneAfterwards(t *testing.T) {
	uidplus := imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapUIDPlus: {}}
	for _, c := range []struct {
		after           string
		caps            imap.CapSet
		inbox, unseen   uint32
		elsewhere, left uint32
	}{
		{"keep", nil, 4, 4, 0, 0},
		{"seen", nil, 4, 1, 0, 0},
		{"move:已读", nil, 1, 1, 3, 0},
		{"move:已读", uidplus, 1, 1, 3, 0},
		{"delete", nil, 1, 1, 0, 0},
		{"delete", imap.CapSet{imap.CapIMAP4rev1: {}}, 4, 4, 0, 3},
	} {
		t.Run(c.after, func(t *testing.T) {
			h, b := hosted(t, c.caps), newBooks()
			h.delivered(now, "a", "b", "labelled", "c")
			h.create("存")
			p := polling(t, h.addr, b)
			after, err := ParseAfter(c.after)
			if err != nil || after.String() != c.after {
				t.Fatal(after, err)
			}
			p.After = after
			stop := running(t, p)
			b.wait(t, func(at Position, _ []mailer.Incoming) bool { return at.UID == 4 })
			stop()
			if h.holds("INBOX") != c.inbox || h.unseen() != c.unseen || p.Left.Load() != int64(c.left) {
				t.Errorf("%d in the mailbox, %d unseen, %d left", h.holds("INBOX"), h.unseen(), p.Left.Load())
			}
			if c.elsewhere > 0 && h.holds("已读") != c.elsewhere {
				t.Errorf("%d moved", h.holds("已读"))
			}
		})
	}
}

func TestOneOfTwoReads(t *testing.T) {
	h, b := hosted(t, nil), newBooks()
	one, two := polling(t, h.addr, b), polling(t, h.addr, b)
	stopOne := running(t, one)
	b.receivedAll(t, 0)
	running(t, two)
	h.delivered(now, "a")
	b.receivedAll(t, 1)
	stopOne() // gives the mailbox back
	h.delivered(now, "b")
	b.wait(t, func(at Position, _ []mailer.Incoming) bool { return at.UID == 2 })
	if one.Received.Load() != 1 || two.Received.Load() != 1 || b.again > 0 {
		t.Errorf("%d and %d, %d again", one.Received.Load(), two.Received.Load(), b.again)
	}
}

// TestALargeMail is noted by its beginning, and a notice in it is understood.
func TestALargeMail(t *testing.T) {
	h, b := hosted(t, nil), newBooks()
	filling := strings.Repeat(strings.Repeat("x", 76)+"\r\n", mailer.MaxIncoming/78+1)
	h.put(now, rawMail("large", "已收到\r\n"+filling))
	h.put(now, "From: MAILER-DAEMON@relay.example\r\nSubject: Undelivered\r\nContent-Type: multipart/report; boundary=B\r\n\r\n"+
		"--B\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.2.2\r\nDiagnostic-Code: smtp; 552 full\r\n\r\n--B\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\n"+filling+"--B--\r\n")
	h.delivered(now, "next")
	p := polling(t, h.addr, b)
	p.After = After{Way: Delete}
	stop := running(t, p)
	all := b.wait(t, func(at Position, _ []mailer.Incoming) bool { return at.UID == 3 })
	stop()
	if large := all[0]; !large.Partly || large.Class != mailer.OtherMail || len(large.Raw) > 200 || !strings.Contains(large.Words, "已收到") {
		t.Errorf("%s, %d bytes, %.60q", large.Class, len(large.Raw), large.Words)
	}
	if notice := all[1]; notice.Class != mailer.BounceMail || notice.Code != 552 || !notice.Partly {
		t.Errorf("%s %d", notice.Class, notice.Code)
	}
	if all[2].Subject != "next" || h.holds("INBOX") != 2 {
		t.Errorf("%q, %d stay", all[2].Subject, h.holds("INBOX"))
	}
}

func TestNumbersBehindTheLast(t *testing.T) {
	for name, c := range map[string]struct {
		set  imap.UIDSet
		last imap.UID
		want int
	}{
		"none":                         {nil, 5, 0},
		"a range up to * names it":     {imap.UIDSet{{Start: 5, Stop: 5}}, 5, 0},
		"some":                         {imap.UIDSet{{Start: 3, Stop: 7}, {Start: 9, Stop: 9}}, 5, 3},
		"all there can be":             {imap.UIDSet{{Start: 1, Stop: 4294967295}}, 0, mostNew},
		"the very last":                {imap.UIDSet{{Start: 1, Stop: 4294967295}}, 4294967294, 1},
		"behind the very last is none": {imap.UIDSet{{Start: 1, Stop: 4294967295}}, 4294967295, 0},
	} {
		if got := numbers(c.set, c.last); len(got) != c.want {
			t.Errorf("%s: %d", name, len(got))
		}
	}
}

func TestParseAfter(t *testing.T) {
	for _, bad := range []string{"remove", "move", "move:", "Delete", "delete all"} {
		if after, err := ParseAfter(bad); err == nil {
			t.Errorf("%q is %v", bad, after)
		}
	}
}

func TestRestsGrow(t *testing.T) {
	for failures, most := range map[int]time.Duration{1: 5 * time.Second, 2: 10 * time.Second, 5: 80 * time.Second, 8: 10 * time.Minute, 1000: 10 * time.Minute} {
		if got := Rest(failures); got > most || got < most*3/4 {
			t.Errorf("%d: %s", failures, got)
		}
	}
}
