package store

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/recipients"
	"jianbao/workflow"
	"jianbao/workflow/unitdoor"
)

// doorOf is the door of units of an office that sent an issue, the unit, and the
// token of the slip of its letter.
func doorOf(t *testing.T, a *filingOffice) (d *unitdoor.Desk, unit uuid.UUID, slip string) {
	t.Helper()
	receiving := workflow.Receiving{Desk: a.desk, Keep: a.s, Key: ticketKey, Site: "https://jianbao.example"}
	letters := must1(a.s.Deliveries(t.Context(), a.issue.ID))(t)
	must(t, receiving.Offer(t.Context(), letters[0].Dispatch))
	d = &unitdoor.Desk{Books: a.s, Files: a.s, Key: ticketKey, Now: func() time.Time { return a.now }, NewID: newID}
	return d, letters[0].Unit, tokenIn(receiving.Link(letters[0].Dispatch, letters[0].Unit))
}

func TestAUnitSeesWhatItReceived(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		a, ctx := newArchive(t, s), t.Context()
		d, unit, slip := doorOf(t, a)
		token := must1(d.Enter(ctx, slip))(t)
		if again := must1(d.Enter(ctx, slip))(t); again != token {
			t.Error("the same slip leads to another page")
		}
		p := must1(d.Open(ctx, token))(t)
		if p.Unit != "市委办公室" || p.Link.Unit != unit || len(p.Received) != 1 {
			t.Fatalf("%+v", p)
		}
		got := p.Received[0]
		if got.Issue != a.issue.ID || got.Number != a.issue.Number || got.Masthead != a.series.Masthead || !got.ByMail || got.Signed || !got.Readable() {
			t.Errorf("%+v", got)
		}
		_, letter, err := d.Read(ctx, token, got.Dispatch)
		must(t, err)
		at := slices.IndexFunc(letter.Files, func(f workflow.Attachment) bool { return f.Name == "本期.pdf" })
		if !strings.Contains(letter.Text, secret) || at < 0 {
			t.Fatalf("%+v", letter)
		}
		file, err := d.File(ctx, token, got.Dispatch, letter.Files[at].SHA256)
		if err != nil || string(file.Data) != "%PDF-"+secret {
			t.Error(err, file)
		}
		if _, err := d.File(ctx, token, got.Dispatch, hashOf([]byte("%PDF-批"+secret))); !fault.Is(err, fault.NotFound) {
			t.Errorf("a file that the unit did not get: %v", err)
		}
		if _, _, err := d.Read(ctx, token, newID()); !fault.Is(err, fault.NotFound) {
			t.Errorf("a dispatch that it did not get: %v", err)
		}
	})
}

func TestAUnitSeesNothingOfOthers(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		a, ctx := newArchive(t, s), t.Context()
		d, _, _ := doorOf(t, a)
		other := recipients.Unit{ID: newID(), Name: "别的局", Addresses: []string{"c@b.example"}, Channel: recipients.ByMail, Version: 1}
		must(t, s.AddUnit(ctx, other))
		link := unitdoor.Link{ID: newID(), Unit: other.ID, Hash: workflow.TicketHash("t"), Made: a.now, Expires: a.now.Add(time.Hour)}
		must1(s.KeepUnitLink(ctx, other.ID, func([]unitdoor.Link) (unitdoor.Link, error) { return link, nil }))(t)
		p := must1(d.Open(ctx, "t"))(t)
		if len(p.Received) != 0 {
			t.Errorf("%+v", p.Received)
		}
		sent, err := first[dispatchRow](s.db.Where("issue = ?", a.issue.ID))
		must(t, err)
		if _, _, err := d.Read(ctx, "t", sent.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("it reads what another got: %v", err)
		}
	})
}

func TestWhatIsNotReadAnyMore(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		a, ctx := newArchive(t, s), t.Context()
		d, _, slip := doorOf(t, a)
		token := must1(d.Enter(ctx, slip))(t)
		dispatch := must1(d.Open(ctx, token))(t).Received[0].Dispatch
		reads := func(why, sql string, want bool) {
			t.Helper()
			must(t, s.db.Exec(sql, a.issue.ID).Error)
			if _, _, err := d.Read(ctx, token, dispatch); fault.Is(err, fault.NotFound) == want {
				t.Errorf("%s: %v", why, err)
			}
		}
		reads("recalled", "UPDATE issue SET state = 'recalled' WHERE id = ?", false)
		reads("destroyed", "UPDATE issue SET state = 'destroyed' WHERE id = ?", false)
		reads("corrected", "UPDATE issue SET state = 'corrected' WHERE id = ?", true)
		reads("classified", `UPDATE issue SET recall = '{"secret":true}' WHERE id = ?`, false)
		must(t, s.db.Exec("UPDATE issue SET recall = NULL WHERE id = ?", a.issue.ID).Error)
		must(t, s.db.Exec("UPDATE delivery SET state = ?", string(mailer.Bounced)).Error)
		if got := must1(d.Open(ctx, token))(t).Received; len(got) != 0 {
			t.Errorf("a letter that came back: %+v", got)
		}
	})
}

func TestLinksOfUnitsEnd(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		a, ctx := newArchive(t, s), t.Context()
		d, unit, slip := doorOf(t, a)
		token := must1(d.Enter(ctx, slip))(t)
		if _, err := d.Revoke(ctx, a.editor, unit); !fault.Is(err, fault.Forbidden) {
			t.Errorf("an editor ends links: %v", err)
		}
		a.now = a.now.Add(time.Hour)
		if n := must1(d.Revoke(ctx, a.clerk, unit))(t); n != 1 {
			t.Errorf("%d links were ended", n)
		}
		if _, err := d.Open(ctx, token); !fault.Is(err, fault.NotFound) {
			t.Errorf("an ended link opens: %v", err)
		}
		if _, err := d.Enter(ctx, slip); !fault.Is(err, fault.NotFound) {
			t.Errorf("an earlier slip leads in again: %v", err)
		}
		if links := must1(d.Links(ctx, unit))(t); len(links) != 1 || links[0].RevokedBy != "shoufa" {
			t.Errorf("%+v", links)
		}
		must(t, s.db.Exec("UPDATE receipt_slip SET made = ?", momentOf(a.now.Add(time.Minute))).Error)
		a.now = a.now.Add(time.Hour)
		token = must1(d.Enter(ctx, slip))(t)
		a.now = a.now.Add(unitdoor.Span)
		if _, err := d.Open(ctx, token); !fault.Is(err, fault.NotFound) || !strings.Contains(err.Error(), "20") {
			t.Errorf("a link that is over opens: %v", err)
		}
		if _, err := d.Enter(ctx, slip); !fault.Is(err, fault.NotFound) {
			t.Errorf("a slip that is over leads in: %v", err)
		}
		for _, bad := range []string{"", "x", slip} {
			if _, err := d.Open(ctx, bad); !fault.Is(err, fault.NotFound) {
				t.Errorf("%q opens: %v", bad, err)
			}
		}
	})
}
