package recipients

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A Channel is the way a unit gets its issues.
type Channel string

// The channels.
const (
	ByMail  Channel = "mail"
	ByPaper Channel = "paper"
	ByBoth  Channel = "both"
)

// Channels are all channels.
var Channels = []Channel{ByMail, ByPaper, ByBoth}

var channelTitles = map[Channel]fault.Sentence{
	ByMail:  fault.Say("recipients.by-mail", "邮件", "mail"),
	ByPaper: fault.Say("recipients.by-paper", "纸质", "paper"),
	ByBoth:  fault.Say("recipients.by-both", "邮件和纸质", "mail and paper"),
}

// Title returns what people call the channel, in both languages.
func (c Channel) Title() fault.Reason { return channelTitles[c].With() }

// Mails reports whether the unit is sent mail.
func (c Channel) Mails() bool { return c == ByMail || c == ByBoth }

// Prints reports whether the unit is handed paper.
func (c Channel) Prints() bool { return c == ByPaper || c == ByBoth }

// A Level is the layer of government (层级) that a unit belongs to; "" is not
// known or none, as with an enterprise.
type Level string

// The levels.
const (
	Central  Level = "central"  // 中央
	Province Level = "province" // 省、自治区、直辖市
	City     Level = "city"     // 市、盟、州
	County   Level = "county"   // 县、区、旗
	Township Level = "township" // 乡、镇、苏木、街道
)

// Levels are all levels, the highest first.
var Levels = []Level{Central, Province, City, County, Township}

var levelTitles = map[Level]fault.Sentence{
	Central:  fault.Say("recipients.level-central", "中央", "central"),
	Province: fault.Say("recipients.level-province", "省级", "province"),
	City:     fault.Say("recipients.level-city", "市级", "city"),
	County:   fault.Say("recipients.level-county", "县级", "county"),
	Township: fault.Say("recipients.level-township", "乡级", "township"),
}

// Title returns what people call the level, in both languages.
func (l Level) Title() fault.Reason { return levelTitles[l].With() }

// A Unit is a 单位: an organ, office or enterprise that can be listed.
type Unit struct {
	ID      uuid.UUID
	Name    string // the full name; unique in the directory
	Aliases []Alias
	// Place is where its short names mean it: 市统计局 is one unit in 鄂尔多斯
	// and another in 包头.
	Place  string
	Level  Level
	Parent uuid.UUID // the unit above it; uuid.Nil is none
	// Addresses are the unit's own mailboxes, in the order in which they are
	// tried; those of its people come after them ([Unit.Mailboxes]).
	Addresses []string
	Phone     string
	// Postcode and Street are what letters on paper are addressed to: 邮编, six
	// digits, and 地址 (GB/T 1416).
	Postcode string
	Street   string
	Contact  Contact // 联系人: who is asked first
	Deputy   Contact // 副联系人: who is asked when the first does not answer
	Channel  Channel
	Copies   int // paper copies by default
	// CopiesAssumed says that nobody has confirmed Copies yet.
	CopiesAssumed bool
	// Ended is the day from which the unit is no more, merged or split, and
	// Successors are those that took its place; the zero time for one that
	// stands. Its names keep their meaning on the days before.
	Ended      time.Time
	Successors []uuid.UUID
	Version    int
}

// A Contact is a person of a unit who is written to and called. The zero
// Contact is nobody.
type Contact struct {
	Name      string   `json:"name,omitempty"`
	Phone     string   `json:"phone,omitempty"`
	Addresses []string `json:"addresses,omitempty"` // in the order in which they are tried
}

// IsZero reports whether the contact is nobody.
func (c Contact) IsZero() bool { return c.Name == "" && c.Phone == "" && len(c.Addresses) == 0 }

// Mailboxes returns every address of the unit in the order in which they are
// tried, each once: its own, then those of its contact and of the deputy.
func (u Unit) Mailboxes() []string {
	var all []string
	for _, list := range [][]string{u.Addresses, u.Contact.Addresses, u.Deputy.Addresses} {
		for _, a := range list {
			if !slices.ContainsFunc(all, func(b string) bool { return strings.EqualFold(a, b) }) {
				all = append(all, a)
			}
		}
	}
	return all
}

// Stands reports whether the unit had not ended at t.
func (u Unit) Stands(t time.Time) bool { return u.Ended.IsZero() || t.Before(u.Ended) }

// An Alias is a short or former name (简称, 旧称) with its days of validity;
// the zero time is open.
type Alias struct {
	Name  string
	From  time.Time
	Until time.Time // the first day on which it is no longer valid
	// Former says that this was the full name (旧称): as such it is meant in
	// every place.
	Former bool
}

// Holds reports whether the alias was in use at t.
func (a Alias) Holds(t time.Time) bool {
	return (a.From.IsZero() || !t.Before(a.From)) && (a.Until.IsZero() || t.Before(a.Until))
}

// A Collective is an entry that stands for several units, printed as it is
// written: 鄂尔多斯市委、市人大常委会、市政府、市政协领导.
type Collective struct {
	ID      uuid.UUID
	Text    string // squeezed, as printed, without the full stop
	Place   string
	Members []Member
	Version int
}

// At returns the members on a day.
func (c Collective) At(t time.Time) (all []Member) {
	for _, m := range c.Members {
		if m.Holds(t) {
			all = append(all, m)
		}
	}
	return all
}

// A Member is one body behind a collective entry: the words that name it there
// and the unit through which it is reached. For leaders that is the office that
// hands their copies on (办公室转呈): nothing is sent in the organ's name to a
// leader in person (Regulation art. 15(5)).
type Member struct {
	Words string // 鄂尔多斯市委领导
	Unit  uuid.UUID
	From  time.Time
	Until time.Time // the first day on which it is no longer of the roster
}

// Holds reports whether the body was of the roster at t. The zero time is open.
func (m Member) Holds(t time.Time) bool { return Alias{From: m.From, Until: m.Until}.Holds(t) }

// A Directory is the units and collective entries of an office at one moment,
// with what its people settled by hand, names that a series means in its own
// way, and how its units came to be what they are. It is read whole; acts on it
// return a [Change] and leave it as it is.
type Directory struct {
	Units       []Unit
	Collectives []Collective
	Settled     map[string]uuid.UUID // squeezed name → unit, for one series
	Copies      map[uuid.UUID]int    // of units that one series gives another number than their own
	Reforms     []Reform             // in the order in which they were entered
}
