package remarks

import (
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/workflow"
)

// A Mail is one that came in, that nobody has dealt with, and that may be a
// remark. Its words are without what it quotes.
type Mail struct {
	ID      uuid.UUID
	At      time.Time
	Sender  string
	Subject string
	Words   string
	// Series and Issue are what it is about, by the letter that it answers or by
	// its subject; uuid.Nil where nobody can tell.
	Series uuid.UUID
	Issue  uuid.UUID
}

// Written is the remark that a mail seems to be, on an issue with a document.
func (m Mail) Written(d bulletin.Document, zone *time.Location) Writing {
	w := Read(m.Words, m.At.In(zone), d)
	w.Mail = m.ID
	return w
}

var issueInSubject = regexp.MustCompile(`第\s*([0-9]{1,4})\s*期`)

// About says which series a subject names, and which number of it: 0 is none.
// Of mastheads of which one holds the other, the longer one is meant.
func About(subject string, all []workflow.Series) (series uuid.UUID, no int) {
	bare := strings.Join(strings.Fields(subject), "")
	longest := ""
	for _, s := range all {
		if strings.Contains(bare, s.Masthead) && len(s.Masthead) > len(longest) {
			series, longest = s.ID, s.Masthead
		}
	}
	if m := issueInSubject.FindStringSubmatch(subject); m != nil && series != uuid.Nil {
		no = chineseNumber(m[1])
	}
	return series, no
}
