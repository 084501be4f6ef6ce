package api

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/web/api/op"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/remarks"
)

// Remarks is where leaders' remarks are acted on.
type Remarks interface {
	// Enter enters a remark on an issue, with its scan or nil.
	Enter(ctx context.Context, actor workflow.Actor, issue workflow.Issue, text remarks.Writing, scan *workflow.File) (remarks.Remark, error)

	// Act does everything else with a remark.
	Act(ctx context.Context, actor workflow.Actor, id uuid.UUID, order remarks.Order) (remarks.Remark, error)
}

// RemarkBooks is where they are read. It asks for no rights; the operations do.
type RemarkBooks interface {
	// Remark returns a remark with its history, or fault.NotFound.
	Remark(ctx context.Context, id uuid.UUID) (remarks.Remark, []remarks.Line, error)

	// Remarks returns the remarks of a series that were entered from one moment
	// until before another, in the order of their entry.
	Remarks(ctx context.Context, series uuid.UUID, from, until time.Time) ([]remarks.Remark, error)

	// Directory returns the units, with the names that a series has settled.
	Directory(ctx context.Context, series uuid.UUID) (recipients.Directory, error)
}

func (s *server) describeRemarks() {
	op.On(s.kit, op.Get("list-remarks", "/series/{series}/remarks", "remarks", "The ledger of leaders' remarks, by their entry"), s.listRemarks)
	op.On(s.kit, op.Get("read-remark", "/remarks/{remark}", "remarks", "One remark with its history, and what the caller can do with it"), s.readRemark)
	enter := op.Post("enter-remark", "/issues/{issue}/remarks", "remarks", "Enter what a leader wrote on an issue; somebody else checks it")
	enter.DefaultStatus = http.StatusCreated
	op.On(s.kit, enter, s.enterRemark)
	op.On(s.kit, op.Post("act-on-remark", "/remarks/{remark}/acts", "remarks", "Do what can be done with a remark; see its options"), s.actOnRemark)
}

// Remark is what a leader wrote on an issue (批示).
type Remark struct {
	ID     uuid.UUID `json:"id" format:"uuid"`
	Series uuid.UUID `json:"series" format:"uuid"`
	Issue  uuid.UUID `json:"issue" format:"uuid"`
	State  string    `json:"state" enum:"entered,checked,assigned,replied,closed,reported,void"`
	RemarkText
	Source   string      `json:"source" enum:"reply,scan,keyed"`
	Entered  time.Time   `json:"entered"`
	Slip     *RemarkSlip `json:"slip,omitempty" doc:"once it was given to units"`
	Overdue  bool        `json:"overdue"`
	Outcome  string      `json:"outcome,omitempty" doc:"once it is closed"`
	Version  int         `json:"version"`
	History  []RemarkLog `json:"history,omitempty" doc:"of one remark"`
	Possible []string    `json:"options,omitempty" doc:"the acts that the caller can do now; of one remark"`
}

// RemarkText is the remark itself.
type RemarkText struct {
	Leader string `json:"leader" maxLength:"100"`
	Role   string `json:"role,omitempty" maxLength:"100"`
	Text   string `json:"text" maxLength:"5000"`
	Date   string `json:"date,omitempty" doc:"2021-07-16; 0000-07-16 where the year is missing"`
	Item   int    `json:"item,omitempty" minimum:"0" doc:"the item that it is on, from 1; 0 is the whole issue"`
}

// RemarkSlip is what the units got (交办单).
type RemarkSlip struct {
	Year    int           `json:"year"`
	No      int           `json:"no"`
	Task    string        `json:"task"`
	Due     string        `json:"due" format:"date"`
	Words   string        `json:"due_words,omitempty" doc:"those of the remark that the deadline was found in"`
	Units   []RemarkUnit  `json:"units" doc:"the first leads"`
	Replies []RemarkReply `json:"replies"`
}

// RemarkUnit is a unit that is to act.
type RemarkUnit struct {
	ID   uuid.UUID `json:"id" format:"uuid"`
	Name string    `json:"name"`
}

// RemarkReply is what a unit answered.
type RemarkReply struct {
	Unit     uuid.UUID `json:"unit" format:"uuid"`
	Text     string    `json:"text"`
	At       time.Time `json:"at"`
	SentBack string    `json:"sent_back,omitempty" doc:"why it did not do"`
}

// RemarkLog is a line of a remark's history.
type RemarkLog struct {
	At   time.Time `json:"at"`
	By   string    `json:"by"`
	Act  string    `json:"act"`
	To   string    `json:"to"`
	Note string    `json:"note,omitempty"`
}

func (s *server) remarkOf(r remarks.Remark, zone *time.Location) Remark {
	out := Remark{ID: r.ID, Series: r.Series, Issue: r.Issue, State: string(r.State), Source: string(r.Source), Entered: r.Entered.At,
		Overdue: r.Overdue(calendar.DayOf(s.Now().In(zone))), Outcome: r.Closed.Note, Version: r.Version,
		RemarkText: RemarkText{Leader: r.Leader, Role: r.Role, Text: r.Text, Item: r.Item}}
	if r.Date.Day != 0 {
		out.Date = r.Date.String()
	}
	if slip := r.Slip; slip != nil {
		out.Slip = &RemarkSlip{
			Year: slip.Year, No: slip.No, Task: slip.Task, Due: slip.Due.String(), Words: slip.Words,
			Units: op.Each(slip.Units, func(u workflow.Named) RemarkUnit { return RemarkUnit{u.ID, u.Name} }),
			Replies: op.Each(slip.Replies, func(a remarks.Reply) RemarkReply {
				return RemarkReply{a.Unit, a.Text, a.Hand.At, a.Back.Note}
			}),
		}
	}
	return out
}

type remarksInput struct {
	op.OfSeries
	op.Paging
	Open bool `query:"open" doc:"only those of which something is to be done still"`
}

func (s *server) listRemarks(ctx context.Context, in *remarksInput) (*op.Listed[Remark], error) {
	series, err := s.kit.SeriesOf(ctx, in.Series)
	if err != nil {
		return nil, err
	}
	all, err := s.RemarkBooks.Remarks(ctx, series.ID, time.Time{}, time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(r remarks.Remark) bool { return in.Open && !r.Open() })
	return op.Cut(in.Paging, all, func(r remarks.Remark) string { return r.ID.String() }, func(r remarks.Remark) Remark { return s.remarkOf(r, series.Location()) })
}

// OfRemark is what every question about a remark says.
type OfRemark struct {
	Remark uuid.UUID `path:"remark" format:"uuid"`
}

type remarkBody struct {
	ETag string `header:"ETag" doc:"the version, for the next If-Match"`
	Body Remark
}

// findRemark returns a remark that the caller may see.
func (s *server) findRemark(ctx context.Context, id uuid.UUID) (r remarks.Remark, lines []remarks.Line, series workflow.Series, err error) {
	if r, lines, err = s.RemarkBooks.Remark(ctx, id); err != nil {
		return r, nil, series, err
	}
	series, err = s.kit.SeriesOf(ctx, r.Series)
	return r, lines, series, err
}

func (s *server) readRemark(ctx context.Context, in *OfRemark) (*remarkBody, error) {
	r, lines, series, err := s.findRemark(ctx, in.Remark)
	if err != nil {
		return nil, err
	}
	out := s.remarkOf(r, series.Location())
	out.History = op.Each(lines, func(l remarks.Line) RemarkLog { return RemarkLog{l.At, l.Name, string(l.Act), string(l.To), l.Note} })
	for _, o := range remarks.Options(remarks.Case{Remark: r, Series: series, Actor: op.CallerOf(ctx).Actor(), Now: s.Now()}) {
		if len(o.Bars) == 0 && mayDoWithRemark(op.CallerOf(ctx), o.Act) == nil {
			out.Possible = append(out.Possible, string(o.Act))
		}
	}
	return &remarkBody{op.Tag(r.Version), out}, nil
}

type enterRemarkInput struct {
	op.OfIssue
	op.Keyed
	Body struct {
		RemarkText
		Source string       `json:"source" enum:"scan,keyed"`
		Scan   *op.FileData `json:"scan,omitempty" doc:"the page that shows it; needed for scan"`
	}
}

func (s *server) enterRemark(ctx context.Context, in *enterRemarkInput) (*remarkBody, error) {
	issue, series, err := s.kit.Find(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	text, err := in.Body.writing(in.Body.Source)
	if err != nil {
		return nil, err
	}
	var scan *workflow.File
	if f := in.Body.Scan; f != nil {
		scan = &workflow.File{Name: f.Name, Type: f.Type, Data: f.Data}
	}
	r, err := s.Remarks.Enter(ctx, op.CallerOf(ctx).Actor(), issue, text, scan)
	return &remarkBody{op.Tag(r.Version), s.remarkOf(r, series.Location())}, err
}

func (t RemarkText) writing(source string) (remarks.Writing, error) {
	w := remarks.Writing{Leader: t.Leader, Role: t.Role, Text: t.Text, Item: t.Item, Source: remarks.Source(source)}
	if t.Date == "" {
		return w, nil
	}
	bare, yearless := strings.CutPrefix(t.Date, "0000-")
	if yearless {
		bare = "2000-" + bare // a leap year: February 29 may be meant
	}
	day, err := time.Parse(time.DateOnly, bare)
	if err != nil {
		return w, op.BadField("body.date", t.Date)
	}
	w.Date = bulletin.DateOf(day)
	if yearless {
		w.Date.Year = 0
	}
	return w, nil
}

type actOnRemarkInput struct {
	OfRemark
	op.Keyed
	op.Condition
	Body struct {
		Act   string      `json:"act" maxLength:"30" doc:"one of its options"`
		Note  string      `json:"note,omitempty" maxLength:"5000" doc:"assign: the task, where it is not the remark itself; otherwise the reply, the reason, the outcome"`
		Units []string    `json:"units,omitempty" maxItems:"50" doc:"assign: names of units, the leading one first"`
		Unit  *uuid.UUID  `json:"unit,omitempty" format:"uuid" doc:"reply, send-back: the unit"`
		Due   string      `json:"due,omitempty" format:"date" doc:"assign, where the remark does not name it; ask"`
		Issue *uuid.UUID  `json:"issue,omitempty" format:"uuid" doc:"show: the draft that shows it"`
		Text  *RemarkText `json:"remark,omitempty" doc:"mend: the remark as it should be"`
	}
}

func (s *server) actOnRemark(ctx context.Context, in *actOnRemarkInput) (*remarkBody, error) {
	version, err := in.Seen()
	if err != nil {
		return nil, err
	}
	if err := mayDoWithRemark(op.CallerOf(ctx), remarks.Act(in.Body.Act)); err != nil {
		return nil, err
	}
	_, _, series, err := s.findRemark(ctx, in.Remark)
	if err != nil {
		return nil, err
	}
	order, err := s.remarkOrder(ctx, in, series, version)
	if err != nil {
		return nil, err
	}
	r, err := s.Remarks.Act(ctx, op.CallerOf(ctx).Actor(), in.Remark, order)
	if fault.Is(err, fault.Conflict) {
		if now, _, broken := s.RemarkBooks.Remark(ctx, in.Remark); broken == nil {
			err = op.Overtaken(err, version, now.Version)
		}
	}
	return &remarkBody{op.Tag(r.Version), s.remarkOf(r, series.Location())}, err
}

func (s *server) remarkOrder(ctx context.Context, in *actOnRemarkInput, series workflow.Series, version int) (o remarks.Order, err error) {
	b := in.Body
	o = remarks.Order{Act: remarks.Act(b.Act), Version: version, Note: b.Note, Unit: op.ID(b.Unit), Issue: op.ID(b.Issue)}
	if b.Due != "" {
		day, ok := calendar.ParseDay(b.Due)
		if !ok {
			return o, op.BadField("body.due", b.Due)
		}
		o.Due = day
	}
	if b.Text != nil {
		text, err := b.Text.writing("")
		if err != nil {
			return o, err
		}
		o.Text = &text
	}
	if len(b.Units) > 0 {
		directory, err := s.RemarkBooks.Directory(ctx, series.ID)
		if err != nil {
			return o, err
		}
		o.Units, err = remarks.UnitsNamed(strings.Join(b.Units, "、"), directory, series.Place, s.Now())
		if err != nil {
			return o, err
		}
	}
	return o, nil
}

// mayDoWithRemark refuses to a service what is for people to decide: whether a
// remark is what the paper says, whether a reply will do, and more time.
func mayDoWithRemark(who op.Caller, act remarks.Act) error {
	people := []remarks.Act{remarks.Check, remarks.SendBack, remarks.GrantLonger, remarks.RefuseLonger}
	if slices.Contains(people, act) {
		return who.Decides(act.Title())
	}
	return nil
}
