package recipients

import (
	"time"

	"github.com/google/uuid"
)

// A Channel is the way a unit gets its issues.
type Channel string

// The channels.
const (
	ByMail  Channel = "mail"
	ByPaper Channel = "paper"
	ByBoth  Channel = "both"
)

// Mails reports whether the unit is sent mail.
func (c Channel) Mails() bool { return c == ByMail || c == ByBoth }

// Prints reports whether the unit is handed paper.
func (c Channel) Prints() bool { return c == ByPaper || c == ByBoth }

// A Unit is a 单位: an organ, office or enterprise that can be listed.
type Unit struct {
	ID      uuid.UUID
	Name    string // the full name; unique in the directory
	Aliases []Alias
	// Place is where its short names mean it: 市统计局 is one unit in 鄂尔多斯
	// and another in 包头.
	Place     string
	Addresses []string // mail addresses, in the order they are tried
	Phone     string
	Channel   Channel
	Copies    int // paper copies by default
	// CopiesAssumed says that nobody has confirmed Copies yet.
	CopiesAssumed bool
	Version       int
}

// An Alias is a short or former name (简称, 旧称) with its days of validity;
// the zero time is open.
type Alias struct {
	Name  string
	From  time.Time
	Until time.Time
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
}

// A Member is one body behind a collective entry: the words that name it there
// and the unit through which it is reached (as a rule its office).
type Member struct {
	Words string // 鄂尔多斯市委领导
	Unit  uuid.UUID
}

// A Directory is the units and collective entries of an office at one moment,
// with what its people settled by hand: names that a series means in its own
// way. It is read whole and never written by this room.
type Directory struct {
	Units       []Unit
	Collectives []Collective
	Settled     map[string]uuid.UUID // squeezed name → unit, for one series
}
