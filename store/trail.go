package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/fault"
	"jianbao/workflow/trail"
)

var _ trail.Books = (*Store)(nil)

// A trailRow is a line of any of the records, as far as that has it.
type trailRow struct {
	Key    string
	At     moment
	ByID   uuid.UUID
	ByName string
	Origin string
	Part   string // sphere or way
	Object uuid.UUID
	Name   string
	Body   string // JSON, or somebody's words
	// How often somebody was not let in.
	Times   int
	Several bool
	// What an issue is called by.
	Masthead   string
	NumberKind string
	NumberYear int
	NumberNo   int
	Opened     moment
}

// A trailBook says how one of the records is read: t is its table.
type trailBook struct {
	from    string
	key, at string // "": t.id and t.at
	columns string
	person  string // the column of who did it; "": see by
	object  string // the column of the id of what it was done to; "": it has none
	name    string // the column of its name
	read    func(trailRow, *trail.Deed) error
}

var trailBooks = map[trail.Book]trailBook{
	trail.Issues: {
		from:    "event t JOIN issue i ON i.id = t.issue JOIN series s ON s.id = i.series",
		columns: "t.issue AS object, t.line AS body, s.masthead, i.number_kind, i.number_year, i.number_no, i.opened",
		object:  "t.issue", name: "s.masthead", read: readEvent,
	},
	trail.Accounts: {
		from:    "office_line t",
		columns: "t.by_id, t.by_name, t.origin, t.sphere AS part, t.subject AS object, t.name, t.what AS body",
		person:  "t.by_id", object: "t.subject", name: "t.name", read: readLine,
	},
	trail.Door: {
		from: "visit t JOIN person p ON p.id = t.person", at: "t.began",
		columns: "t.person AS by_id, p.name AS by_name, t.network AS origin, t.way AS part, t.device AS body",
		person:  "t.person", object: "t.person", name: "t.device", read: readVisit,
	},
	trail.Refusals: {
		from: "refusal t LEFT JOIN person p ON p.id = t.person", at: "t.began",
		columns: "COALESCE(p.name, '') AS name, t.person AS object, CASE WHEN t.place = '' AND p.id IS NULL THEN '' ELSE t.origin END AS origin, t.why AS part, t.token AS body, t.times, t.several",
		person:  "t.person", object: "t.person", name: "p.name", read: readRefusal,
	},
	trail.Series: {
		from: "series_change t JOIN series s ON s.id = t.series", key: "t.series || '-' || t.seq",
		columns: "t.by_id, t.by_name, t.series AS object, s.masthead AS name, t.what AS body",
		person:  "t.by_id", object: "t.series", name: "s.masthead", read: readFacts(changedSettings),
	},
	trail.Filing: {
		from: "filing_rule t JOIN series s ON s.id = t.series", key: "t.series || '-' || t.seq",
		columns: "t.by_id, t.by_name, t.series AS object, s.masthead AS name, t.reason AS body",
		person:  "t.by_id", object: "t.series", name: "s.masthead", read: readNote(changedFiling),
	},
	trail.Units: {
		from:    "unit_note t",
		columns: `t."by" AS by_name, t.subject AS object, t.name, t.what AS body`,
		object:  "t.subject", name: "t.name", read: readFacts(changedUnit),
	},
	trail.Holidays: {
		from:    "calendar_change t",
		columns: "t.by_id, t.by_name, CAST(t.year AS TEXT) AS name, t.reason AS body",
		person:  "t.by_id", name: "CAST(t.year AS TEXT)", read: readNote(changedHolidays),
	},
	trail.Hooks: {
		from:    "hook_change t JOIN hook_target h ON h.id = t.target",
		columns: "t.by_id, t.by_name, t.target AS object, h.name, t.what AS body",
		person:  "t.by_id", object: "t.target", name: "h.name", read: readHook,
	},
	trail.Absences: {
		from:    "delegation t JOIN person p ON p.id = t.person",
		columns: "t.by_id, t.by_name, t.person AS object, p.name, t.reason AS body",
		person:  "t.by_id", object: "t.person", name: "p.name", read: readNote(enteredAbsence),
	},
}

var (
	changedSettings = fault.Say("store.trail.settings", "改刊物设置", "changed the settings")
	changedFiling   = fault.Say("store.trail.filing", "改保管期限规则", "changed the rule of filing")
	changedUnit     = fault.Say("store.trail.unit", "改单位名录", "changed the directory")
	changedHolidays = fault.Say("store.trail.holidays", "改节假日表", "changed the holidays")
	changedHook     = fault.Say("store.trail.hook", "改推送", "changed a hook")
	enteredAbsence  = fault.Say("store.trail.absence", "登记离岗或代办", "entered an absence or a deputy")
	cameIn          = fault.Say("store.trail.in", "登录", "signed in")
	cameInByOther   = fault.Say("store.trail.in-by-provider", "以统一登录进入", "signed in by single sign-on")
)

// Trail returns the lines of one record that a question finds, the newest first,
// at most its Limit.
func (s *Store) Trail(ctx context.Context, q trail.Question) (found []trail.Deed, err error) {
	book, known := trailBooks[q.Book]
	if !known {
		return nil, fmt.Errorf("store: trail: no book %q", q.Book)
	}
	book.key, book.at = cmp.Or(book.key, "CAST(t.id AS TEXT)"), cmp.Or(book.at, "t.at")
	if s.postgres {
		book.key = "(" + book.key + `) COLLATE "C"`
	}
	err = s.read(ctx, func(tx *gorm.DB) error {
		var all []trailRow
		query := book.asked(tx, q).Select(book.key + " AS key, " + book.at + " AS at, " + book.columns).
			Order(book.at + " DESC, " + book.key + " DESC").Limit(q.Limit)
		if err := query.Scan(&all).Error; err != nil {
			return err
		}
		found = make([]trail.Deed, len(all))
		for n, row := range all {
			found[n] = row.deed(q.Book)
			if err := book.read(row, &found[n]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("store: trail of %s: %w", q.Book, err)
	}
	return found, nil
}

// asked are the lines that a question finds.
func (b trailBook) asked(tx *gorm.DB, q trail.Question) *gorm.DB {
	query := tx.Table(b.from)
	if !q.From.IsZero() {
		query = query.Where(b.at+" >= ?", momentOf(q.From))
	}
	if !q.Until.IsZero() {
		query = query.Where(b.at+" < ?", momentOf(q.Until))
	}
	if !q.After.IsZero() {
		query = b.behind(query, q)
	}
	switch {
	case q.Act != "":
		query = query.Where("t.act = ?", string(q.Act))
	case q.Sphere != "":
		query = query.Where("t.sphere = ?", string(q.Sphere))
	}
	if q.Person.ID != uuid.Nil {
		query = b.by(query, q.Person)
	}
	if q.Object != "" {
		query = b.about(query, q.Object)
	}
	return query
}

// behind are the lines behind a place of the whole list: of the same moment those
// of books whose name comes before, and of the same book those whose key does.
func (b trailBook) behind(query *gorm.DB, q trail.Question) *gorm.DB {
	at := momentOf(q.After.At)
	switch c := strings.Compare(string(q.Book), string(q.After.Book)); {
	case c < 0:
		return query.Where(b.at+" <= ?", at)
	case c > 0:
		return query.Where(b.at+" < ?", at)
	}
	return query.Where(b.at+" <= ? AND ("+b.at+" < ? OR "+b.key+" < ?)", at, at, q.After.Key)
}

// by are the lines of one person. A history keeps who it was within its hashed
// line, and the directory the name alone.
func (b trailBook) by(query *gorm.DB, p accounts.Person) *gorm.DB {
	switch {
	case b.person != "":
		return query.Where(b.person+" = ?", p.ID)
	case strings.HasPrefix(b.from, "event "):
		return query.Where("t.line LIKE ?", `%"by":"`+p.ID.String()+`"%`)
	}
	return query.Where(`t."by" = ?`, p.Name)
}

// about are the lines about one thing, by its id, its number or a part of its
// name.
func (b trailBook) about(query *gorm.DB, text string) *gorm.DB {
	if id, err := uuid.Parse(text); err == nil {
		if b.object == "" {
			return query.Where("1 = 0")
		}
		return query.Where(b.object+" = ?", id)
	}
	part := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(text) + "%"
	where, values := b.name+` LIKE ? ESCAPE '\'`, []any{part}
	if strings.HasPrefix(b.from, "event ") {
		where += " OR CAST(i.number_no AS TEXT) = ?"
		values = append(values, strings.Trim(text, "第期增专 "))
	}
	return query.Where("("+where+")", values...)
}

func (r trailRow) deed(book trail.Book) trail.Deed {
	return trail.Deed{
		Spot: trail.Spot{At: r.At.time(), Book: book, Key: r.Key},
		By:   r.ByID, Name: r.ByName, From: r.Origin, Object: r.Object, What: r.Name,
	}
}

func readEvent(r trailRow, d *trail.Deed) error {
	e, err := eventRow{Line: r.Body}.event()
	d.By, d.Name, d.Act, d.Facts, d.Note = e.By, e.Name, e.Act.Title(), e.Facts, e.Note
	d.What = linkRow{Masthead: r.Masthead, NumberKind: r.NumberKind, NumberYear: r.NumberYear, NumberNo: r.NumberNo, Opened: r.Opened}.link().Name
	return err
}

func readLine(r trailRow, d *trail.Deed) error {
	d.Act = trail.TitleOf(accounts.Sphere(r.Part))
	return readReasons(r.Body, d)
}

func readVisit(r trailRow, d *trail.Deed) error {
	d.Act, d.Note = cameIn.With(), r.Body
	if r.Part == string(entry.ByProvider) {
		d.Act = cameInByOther.With()
	}
	return nil
}

func readHook(r trailRow, d *trail.Deed) error {
	d.Act = changedHook.With()
	return readReasons("["+r.Body+"]", d)
}

// readFacts reads lines whose body are sentences.
func readFacts(act fault.Sentence) func(trailRow, *trail.Deed) error {
	return func(r trailRow, d *trail.Deed) error {
		d.Act = act.With()
		return readReasons(r.Body, d)
	}
}

// readNote reads lines whose body is somebody's words.
func readNote(act fault.Sentence) func(trailRow, *trail.Deed) error {
	return func(r trailRow, d *trail.Deed) error {
		d.Act, d.Note = act.With(), r.Body
		return nil
	}
}

func readReasons(body string, d *trail.Deed) error {
	if err := json.Unmarshal([]byte(body), &d.Facts); err != nil {
		return fmt.Errorf("store: line %s: %w", d.Key, err)
	}
	d.Facts = convert(d.Facts, revived)
	return nil
}
