package copies

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients/table"
)

// The registers, with the titles of their columns parted by |.
var (
	issuedName  = fault.Say("copies.register-issued", "发文登记簿", "Register of issues")
	issuedHead  = fault.Say("copies.register-issued-columns", "序号|期号|日期|标题|签发人|密级|印数|发送单位数|登记人|登记时间|备注", "no.|issue|date|title|signed by|classification|copies|units|entered by|entered|remarks")
	sharedName  = fault.Say("copies.register-shared", "分发登记簿", "Register of distribution")
	sharedHead  = fault.Say("copies.register-shared-columns", "序号|期号|列别|单位|应发份数|份号|已交份数|交接时间|方式|经手人|接收人|退回份数|备注", "no.|issue|list|unit|copies|numbers|handed over|when|how|by|to|returned|remarks")
	accountName = fault.Say("copies.register-account", "份数台账", "Ledger of copies")
	accountHead = fault.Say("copies.register-account-columns", "笔|期号|时间|事项|转出|转入|份数|份号|经手人|相关人|事由", "entry|issue|when|act|from|to|copies|numbers|by|other person|reason")
	tallyName   = fault.Say("copies.register-tally", "份数汇总", "Copies in sum")
	tallyFirst  = fault.Say("copies.register-tally-columns", "刊名|期号|期数", "series|issue|issues")
	total       = fault.Say("copies.total", "合计", "in all")
	voided      = fault.Say("copies.voided", "作废：%s", "void: %s")
)

// Look is how registers are written.
type Look struct {
	Lang fault.Lang
	Zone *time.Location // of times; UTC where it is nil
	// Unit names a unit; nil leaves its id.
	Unit func(uuid.UUID) string
}

func (l Look) table(name, head fault.Sentence, title string) table.Table {
	t := table.Table{Name: name.With().In(l.Lang), Title: title, Header: strings.Split(head.With().In(l.Lang), "|")}
	if title == "" {
		t.Title = t.Name
	}
	return t
}

func (l Look) time(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	zone := l.Zone
	if zone == nil {
		zone = time.UTC
	}
	return t.In(zone).Format("2006-01-02 15:04")
}

func (l Look) unit(id uuid.UUID) string {
	if l.Unit != nil {
		if name := l.Unit(id); name != "" {
			return name
		}
	}
	return id.String()
}

func (l Look) account(a Account) string {
	if a.Kind == Unit {
		return l.unit(a.Unit)
	}
	return a.Kind.Title().In(l.Lang)
}

// An Issued is a line of the register of issues (发文登记簿).
type Issued struct {
	Number string // 2021年第8期
	Date   string
	Title  string
	Signed string // who signed it off
	Level  string // of what circulates on paper only
	Copies int
	Units  int
	// Unknown leaves copies and units out: a back issue went out before the program
	// was there, and nought would be said of it wrongly.
	Unknown bool
	By      string
	At      time.Time
	Void    string // why the number stands for nothing
	Remark  string
}

// IssueRegister is the register of issues; title may be "".
func IssueRegister(title string, lines []Issued, look Look) table.Table {
	t := look.table(issuedName, issuedHead, title)
	for i, x := range lines {
		remark := x.Remark
		if x.Void != "" {
			remark = strings.TrimSpace(voided.With(x.Void).In(look.Lang) + " " + remark)
		}
		made, sent := any(x.Copies), any(x.Units)
		if x.Unknown {
			made, sent = "", ""
		}
		t.Add(i+1, x.Number, x.Date, x.Title, x.Signed, x.Level, made, sent, x.By, look.time(x.At), remark)
	}
	return t
}

// ShareRegister is the register of distribution (分发登记簿): a line for every
// unit and issue, and one more for each further hand-over. lists says in which
// list of the issue a unit stands; nil leaves that out.
func ShareRegister(title string, books []Book, lists func(Book, uuid.UUID) string, look Look) table.Table {
	t := look.table(sharedName, sharedHead, title)
	n, given, handed, returned := 0, 0, 0, 0
	for _, b := range books {
		for _, u := range ByUnit([]Book{b}) {
			list := ""
			if lists != nil {
				list = lists(b, u.Unit)
			}
			given, handed, returned = given+u.Given, handed+u.Handed, returned+u.Returned
			n++
			lines := ownHandovers(b.Handed, u.Unit)
			h := lines[0]
			t.Add(n, b.Name, list, look.unit(u.Unit), u.Given, u.Numbers.String(), h.Count, look.time(h.At), look.way(h.Way), h.By, h.To, u.Returned, h.Note)
			for _, h := range lines[1:] {
				t.Add("", b.Name, list, look.unit(u.Unit), "", h.Numbers.String(), h.Count, look.time(h.At), look.way(h.Way), h.By, h.To, "", h.Note)
			}
		}
	}
	t.Add(total.With().In(look.Lang), "", "", "", given, "", handed, "", "", "", "", returned, "")
	return t
}

// ownHandovers returns the hand-overs to a unit; an empty one where there are none.
func ownHandovers(all []Handover, unit uuid.UUID) []Handover {
	var own []Handover
	for _, h := range all {
		if h.Unit == unit {
			own = append(own, h)
		}
	}
	if own == nil {
		return []Handover{{}}
	}
	return own
}

func (l Look) way(w Way) string {
	if w == "" {
		return ""
	}
	return w.Title().In(l.Lang)
}

// AccountRegister is the ledger of copies (份数台账), entry by entry, and under
// each issue the copies made and where they are by now ([Ledger.Sentence]).
func AccountRegister(title string, books []Book, look Look) table.Table {
	t := look.table(accountName, accountHead, title)
	for _, b := range books {
		for _, e := range b.Entries {
			act := ""
			if e.Act != "" {
				act = e.Act.Title().In(look.Lang)
			}
			t.Add(e.Seq, b.Name, look.time(e.At), act, look.account(e.From), look.account(e.To), e.Count, e.Numbers.String(), e.By, e.Person, e.Reason)
		}
		if l := New(b.Entries); len(b.Entries) > 0 {
			t.Add(total.With().In(look.Lang), b.Name, "", "", "", "", l.Made(), "", "", "", l.Sentence(look.Lang))
		}
	}
	return t
}

// TallyRegister is where all copies are, a line for each tally ([Tallies],
// [ByYear]) and their sum: the print run equals the columns behind it.
func TallyRegister(title string, tallies []Tally, look Look) table.Table {
	t := look.table(tallyName, tallyFirst, title)
	for _, k := range Kinds {
		t.Header = append(t.Header, k.Title().In(look.Lang))
	}
	for _, x := range tallies {
		t.Add(tallyRow(x, x.Series, x.Name)...)
	}
	t.Add(tallyRow(Sum(tallies), total.With().In(look.Lang), "")...)
	return t
}

func tallyRow(t Tally, first, second string) []any {
	row := []any{first, second, t.Issues}
	for _, k := range Kinds {
		if k == Made {
			row = append(row, t.Made)
		} else {
			row = append(row, t.Held[k])
		}
	}
	return row
}
