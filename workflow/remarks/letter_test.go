package remarks

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/recipients"
)

// A unit that has not answered is written to at every rung, at its contact's
// address, in working hours; who answered, and who has no address, is not.
func TestUnitsAreRemindedByMail(t *testing.T) {
	r := standing(Assigned) // due on Friday, July 30; the second unit has answered
	r.Slip.Extensions = nil
	units := []recipients.Unit{
		{ID: lead.ID, Addresses: []string{"office@fgw.example"}, Contact: recipients.Contact{Name: "周敏", Addresses: []string{"zhou@fgw.example"}}},
		{ID: second.ID, Addresses: []string{"a@b.example"}},
	}
	mailing := series
	mailing.Mailbox, mailing.Organ = "jianbao@kjj.example", "市科技局"
	look := func(at time.Time, units ...recipients.Unit) Telling {
		return Tell(Sight{Remark: r, Series: mailing, Staff: office(), Units: units}, at, uuid.New)
	}
	for _, c := range []struct {
		at   time.Time
		want string // "" is no letter
	}{
		{at(7, 27, 17, 0), ""},
		{at(7, 28, 9, 0), "应于2021-07-30前反馈，还剩2个工作日"},
		{at(7, 30, 9, 0), "今日（2021-07-30）到期"},
		{at(7, 31, 10, 0), ""}, // a Saturday
		{at(8, 2, 9, 0), "已逾期1个工作日"},
		{at(8, 2, 23, 0), ""},
	} {
		letters := look(c.at, units...).Letters
		if len(letters) == 0 && c.want == "" {
			continue
		}
		if len(letters) != 1 || c.want == "" || !strings.Contains(letters[0].Text, c.want) {
			t.Errorf("%v: %+v, want %q", c.at, letters, c.want)
			continue
		}
		l := letters[0]
		if l.To.Unit != lead.ID || strings.Join(l.To.Addresses, " ") != "zhou@fgw.example" || strings.Contains(l.Text+l.Subject, r.Text) || strings.Contains(l.Text, second.Name) {
			t.Errorf("%+v", l)
		}
		if again := look(c.at.Add(time.Minute), units...).Letters; again[0].ID != l.ID {
			t.Error("the same rung twice is two letters")
		}
	}
	if one, other := look(at(7, 28, 9, 0), units...).Letters[0].ID, look(at(7, 30, 9, 0), units...).Letters[0].ID; one == other {
		t.Error("two rungs are one letter")
	}
	units[0].Contact.Addresses = nil
	if l := look(at(7, 28, 9, 0), units...).Letters; l[0].To.Addresses[0] != "office@fgw.example" {
		t.Errorf("nobody is its contact: %+v", l)
	}
	if l := look(at(7, 28, 9, 0)).Letters; len(l) != 0 {
		t.Errorf("it has no address: %+v", l)
	}
	if next := look(at(8, 2, 7, 0), units...).Next; !next.Equal(at(8, 2, 8, 30)) {
		t.Errorf("before the office opens, the next look is at %v", next)
	}
	if mailing.Mailbox = ""; len(look(at(7, 28, 9, 0), units...).Letters) != 0 {
		t.Error("a series without a mailbox writes")
	}
}
