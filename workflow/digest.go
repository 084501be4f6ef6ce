package workflow

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/google/uuid"

	"jianbao/bulletin"
)

// A Digest names what was decided upon: SHA-256, in hex, over the body, the
// circulation, the copies, the attachments and the version of the template.
// Number and date are not in it, since registration adds them after the
// decision; nor are mail addresses, since moving a mailbox changes nobody's
// standing on the list.
type Digest string

// digested is what a Digest is made over. Its JSON is canonical: struct fields
// in order, no maps.
type digested struct {
	Body        bulletin.Document
	Lists       []digestedList
	PrintRun    int
	File        int
	Spare       int
	Attachments []Attachment
	Pictures    []Attachment `json:",omitempty"`
	Template    int
	Edition     int `json:",omitempty"`
}

type digestedList struct {
	Label   string
	Entries []digestedEntry
}

type digestedEntry struct {
	Printed string
	Units   []digestedUnit
}

type digestedUnit struct {
	Unit   uuid.UUID
	Words  string
	Copies int
}

// Digest returns the digest of the issue as it stands.
func (i Issue) Digest() Digest {
	if i.digest != "" {
		return i.digest
	}
	d := digested{
		Body:        bodyOnly(i.Document),
		PrintRun:    i.Copies.PrintRun,
		File:        i.Copies.File,
		Spare:       i.Copies.Spare,
		Attachments: i.Attachments,
		Pictures:    i.Pictures,
		Template:    i.Template,
		Edition:     i.Edition,
	}
	for _, l := range i.Circulation.Lists {
		list := digestedList{Label: l.Label}
		for _, e := range l.Entries {
			entry := digestedEntry{Printed: e.Printed}
			for _, r := range e.Recipients {
				entry.Units = append(entry.Units, digestedUnit{r.Unit, r.Words, r.Copies})
			}
			list.Entries = append(list.Entries, entry)
		}
		d.Lists = append(d.Lists, list)
	}
	raw, err := json.Marshal(d)
	if err != nil {
		panic("workflow: a digest cannot be made: " + err.Error()) // plain data always marshals
	}
	sum := sha256.Sum256(raw)
	return Digest(hex.EncodeToString(sum[:]))
}

// bodyOnly returns the document without number, date and the lines of the text
// that its parts came from.
func bodyOnly(d bulletin.Document) bulletin.Document {
	d.Number = bulletin.Number{Kind: d.Number.Kind}
	d.Date = bulletin.Date{}
	d.PrintDate = bulletin.Date{}
	sections := make([]bulletin.Section, len(d.Sections))
	for i, s := range d.Sections {
		items := make([]bulletin.Item, len(s.Items))
		for j, item := range s.Items {
			item.Line = 0
			items[j] = item
		}
		sections[i] = bulletin.Section{Name: s.Name, Items: items}
	}
	d.Sections = sections
	lists := make([]bulletin.List, len(d.Lists))
	for i, l := range d.Lists {
		l.Line = 0
		lists[i] = l
	}
	d.Lists = lists
	return d
}
