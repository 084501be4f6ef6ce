package filing

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/retention"
)

// An Item is a filed issue (件): its line in the filing list of a year. It is
// written once.
type Item struct {
	Issue       uuid.UUID       `json:"issue"`
	Series      uuid.UUID       `json:"series"`
	Year        int             `json:"year"` // that the issue belongs to
	Class       retention.Class `json:"class"`
	No          int             `json:"no"`                  // 件号
	Reference   string          `json:"reference,omitempty"` // 档号
	Responsible string          `json:"responsible"`         // 责任者
	Document    string          `json:"document"`            // 文号
	Title       string          `json:"title"`               // 题名
	Date        bulletin.Date   `json:"date"`
	Pages       int             `json:"pages"`
	Note        string          `json:"note,omitempty"` // 备注
	// Kept is where the originals on paper lie, or "".
	Kept  string `json:"kept,omitempty"`
	Filed Hand   `json:"filed"`
}

// A Hand is who did something, when, and what they said. The zero Hand is
// nobody.
type Hand struct {
	By   uuid.UUID `json:"by"`
	Name string    `json:"name"`
	At   time.Time `json:"at"` // UTC, to the microsecond
	Note string    `json:"note,omitempty"`
}

// Done reports whether somebody did it.
func (h Hand) Done() bool { return h.Name != "" }

func handOf(actor workflow.Actor, at time.Time, note string) Hand {
	return Hand{By: actor.Person.ID, Name: actor.Name(), At: at.UTC().Truncate(time.Microsecond), Note: strings.TrimSpace(note)}
}

// A Standing is an item and what stands in the way of destroying it.
type Standing struct {
	Item  Item
	State workflow.State // of the issue
	Holds []Hold         // all there were
	// List is the name of the destruction list that it is on and that is open
	// still, or "".
	List string
}

// Held returns the hold that stands on a day, and whether there is one.
func (s Standing) Held(today calendar.Day) (Hold, bool) {
	at := slices.IndexFunc(s.Holds, func(h Hold) bool { return h.Stands(today) })
	if at < 0 {
		return Hold{}, false
	}
	return s.Holds[at], true
}

// Expired reports whether the period of the item is over and its content there.
func (s Standing) Expired(today calendar.Day) bool {
	return s.State != workflow.Destroyed && s.Item.Class.Expired(s.Item.Year, today)
}

// mostTitle is how many characters of an issue's first leads its title has.
const mostTitle = 60

// itemOf is the line of an issue that is being filed, but for its number.
func itemOf(c Case, class retention.Class) Item {
	i := c.Issue
	responsible := c.Series.Organ
	if len(i.Document.Organs) > 0 {
		responsible = strings.Join(i.Document.Organs, "、")
	}
	return Item{
		Issue: i.ID, Series: c.Series.ID, Year: i.Date.Year, Class: class, Responsible: responsible,
		Document: numbered(i), Title: titled(c.Series, i), Date: i.Date, Pages: c.Order.Pages,
		Note: strings.TrimSpace(c.Order.Note), Kept: strings.TrimSpace(c.Order.Kept),
		Filed: handOf(c.Actor, c.Now, c.Order.Note),
	}
}

// numbered is the document number of an issue, 2021年第8期.
func numbered(i workflow.Issue) string {
	n := bulletin.Number{Kind: i.Number.Kind, Year: i.Number.Year, No: i.Number.No}
	text := strings.ReplaceAll(n.String(), " ", "")
	if i.Edition > 1 {
		text += fmt.Sprintf("（第%d版）", i.Edition)
	}
	return text
}

// titled is what an issue is found by: masthead, number, and what its items
// begin with.
func titled(s workflow.Series, i workflow.Issue) string {
	var leads []string
	for _, item := range i.Document.Items() {
		if lead := strings.TrimRight(strings.TrimSpace(item.Lead), "。；！，."); lead != "" {
			leads = append(leads, lead)
		}
	}
	title := s.Masthead + " " + numbered(i)
	if len(leads) == 0 {
		return title
	}
	about := []rune(strings.Join(leads, "；"))
	if len(about) > mostTitle {
		about = append(about[:mostTitle], '…')
	}
	return title + "：" + string(about)
}

var (
	clerks = []accounts.Role{accounts.Clerk}
	heads  = []accounts.Role{accounts.Reviewer, accounts.Signatory}
	admins = []accounts.Role{accounts.Admin}
)

// holds reports whether the actor is a person with one of the roles in a series.
func holds(actor workflow.Actor, series uuid.UUID, roles ...accounts.Role) bool {
	return actor.Person.Active && slices.ContainsFunc(roles, func(r accounts.Role) bool { return actor.Person.Has(r, series) })
}
