package units

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"

	"jianbao/web/page"
)

// A form is what was typed, and what of it cannot be understood.
type form struct {
	*http.Request
	wrong []fault.Reason
}

func (f *form) text(name string) string {
	return strings.TrimSpace(strings.ReplaceAll(f.PostForm.Get(name), "\r\n", "\n"))
}

// lines are the lines of a field that say something.
func (f *form) lines(name string) (all []string) {
	for line := range strings.Lines(f.text(name)) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// names are the names in a field, each on a line or parted by ；.
func (f *form) names(name string) (all []string) {
	for _, part := range strings.FieldsFunc(f.text(name), func(r rune) bool { return strings.ContainsRune("；;\n", r) }) {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}

func (f *form) number(name string) int {
	n, err := strconv.Atoi(f.text(name))
	if err != nil {
		f.wrong = append(f.wrong, page.BadNumber.With(f.text(name)))
	}
	return n
}

// day reads a day as it begins in the office; the zero time for an empty one.
func (f *form) day(text string) time.Time {
	if text = strings.TrimSpace(text); text == "" {
		return time.Time{}
	}
	day, err := time.ParseInLocation(time.DateOnly, text, page.Zone())
	if err != nil {
		f.wrong = append(f.wrong, badDay.With(text))
	}
	return day.UTC()
}

// err is why the form cannot be taken, or nil.
func (f *form) err() error {
	if len(f.wrong) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, page.BadForm.With(), f.wrong...)
}

// unit takes into a unit what was typed. The name is typed for a new one alone:
// who is renamed keeps the past, and that is another act.
func (f *form) unit(u *recipients.Unit, isNew bool, dir recipients.Directory) {
	if isNew {
		u.Name = f.text("name")
	} else {
		u.Version = f.number("version")
	}
	u.Place, u.Phone, u.Postcode, u.Street = f.text("place"), f.text("phone"), f.text("postcode"), f.text("street")
	u.Channel, u.Level = recipients.Channel(f.text("channel")), recipients.Level(f.text("level"))
	u.Addresses = f.lines("addresses")
	u.Contact = recipients.Contact{Name: f.text("contact"), Phone: f.text("contact-phone"), Addresses: f.lines("contact-addresses")}
	u.Deputy = recipients.Contact{Name: f.text("deputy"), Phone: f.text("deputy-phone"), Addresses: f.lines("deputy-addresses")}
	u.Copies, u.CopiesAssumed = f.number("copies"), f.text("assumed") != ""
	u.Aliases = f.aliases(u.Aliases)
	u.Parent = uuid.Nil
	if above := f.text("above"); above != "" {
		parent, known := named(dir, above)
		if !known {
			f.wrong = append(f.wrong, noSuchUnit.With(above))
		}
		u.Parent = parent.ID
	}
}

// aliases reads the lines of names. A day that the form shows and nobody
// touched keeps its moment; a line without a name is dropped.
func (f *form) aliases(before []recipients.Alias) (all []recipients.Alias) {
	names, kinds, from, until := f.PostForm["alias"], f.PostForm["alias-kind"], f.PostForm["alias-from"], f.PostForm["alias-until"]
	if len(kinds) != len(names) || len(from) != len(names) || len(until) != len(names) {
		f.wrong = append(f.wrong, page.BadForm.With())
		return before
	}
	for n, name := range names {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		a := recipients.Alias{Name: name, Former: kinds[n] == "former"}
		was := recipients.Alias{}
		if at := slices.IndexFunc(before, func(b recipients.Alias) bool {
			return b.Name == name && Day(b.From) == from[n] && Day(b.Until) == until[n]
		}); at >= 0 {
			was = before[at]
		}
		if a.From = was.From; was.Name == "" {
			a.From = f.day(from[n])
		}
		if a.Until = was.Until; was.Name == "" {
			a.Until = f.day(until[n])
		}
		all = append(all, a)
	}
	return all
}

// Day is how a form shows a day of the office; "" for the zero time.
func Day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(page.Zone()).Format(time.DateOnly)
}
