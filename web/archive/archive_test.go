package archive

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/bulletin/typeset/forms"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/table"
	"jianbao/web/archive/bind"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
	"jianbao/workflow/archive"
	"jianbao/workflow/dossier"
)

var (
	mine, theirs = uuid.MustParse("00000000-0000-4000-8000-000000000001"), uuid.MustParse("00000000-0000-4000-8000-000000000002")
	now          = time.Date(2021, 7, 8, 1, 2, 3, 0, time.UTC)
)

// An office has two series, and an issue of each.
type office struct {
	asked  archive.Asked
	found  archive.Found
	behind int
	issues []workflow.Issue
	empty  bool // nothing has a number
	front  forms.VolumeFront
	parts  []bind.Part
}

func (o *office) SearchArchive(_ context.Context, asked archive.Asked) (archive.Found, error) {
	o.asked = asked
	return o.found, nil
}
func (o *office) ArchiveBehind(context.Context) (int, error) { return o.behind, nil }
func (o *office) SeriesAll(context.Context) ([]workflow.Series, error) {
	return []workflow.Series{{ID: mine, Masthead: "科技简报"}, {ID: theirs, Masthead: "别人的简报"}}, nil
}
func (o *office) Units(context.Context) ([]recipients.Unit, error) {
	return []recipients.Unit{{ID: mine, Name: "市统计局", Aliases: []recipients.Alias{{Name: "统计局"}}}, {ID: theirs, Name: "市委办公室"}}, nil
}
func (o *office) Issue(_ context.Context, id uuid.UUID) (workflow.Issue, error) {
	for _, i := range o.issues {
		if i.ID == id {
			return i, nil
		}
	}
	return workflow.Issue{}, fault.New(fault.NotFound, badQuery.With())
}
func (o *office) Series(_ context.Context, id uuid.UUID) (workflow.Series, error) {
	return workflow.Series{ID: id, Masthead: "科技简报", Organ: "科技局"}, nil
}
func (o *office) Register(context.Context, uuid.UUID) ([]workflow.RegisterLine, error) {
	line := func(no int, void string) workflow.RegisterLine {
		return workflow.RegisterLine{Number: workflow.Number{Kind: bulletin.Ordinary, Year: 2021, No: no}, Void: void}
	}
	if o.empty {
		return nil, nil
	}
	return []workflow.RegisterLine{line(1, "误编"), line(3, ""), line(4, "")}, nil
}
func (o *office) Summaries(_ context.Context, series []uuid.UUID, _ int) (all []workflow.Summary, _ error) {
	for _, i := range o.issues {
		if slices.Contains(series, i.Series) {
			all = append(all, workflow.Summary{ID: i.ID, Series: i.Series, State: i.State, Number: i.Number, Date: i.Date})
		}
	}
	return all, nil
}
func (o *office) Bind(front forms.VolumeFront, parts []bind.Part) ([]byte, error) {
	o.front, o.parts = front, parts
	return []byte("%PDF volume"), nil
}
func (o *office) Dossier(ctx context.Context, id uuid.UUID) (dossier.Contents, error) {
	i, err := o.Issue(ctx, id)
	return dossier.Contents{Issue: i, Series: workflow.Series{Masthead: "科技简报"}}, err
}
func (o *office) File(context.Context, string) ([]byte, error) { return nil, errors.New("gone") }
func (o *office) Press(context.Context, workflow.Series, workflow.Issue, string, bool) (workflow.File, error) {
	return workflow.File{Data: []byte("%PDF")}, nil
}
func (o *office) Paper(table.Table, string) ([]byte, error) { return []byte("%PDF"), nil }
func (o *office) Sheet(table.Table) ([]byte, error)         { return []byte("PK"), nil }

func visit(t *testing.T) (*office, *pagetest.Visitor) {
	t.Helper()
	issue := func(series uuid.UUID) workflow.Issue {
		return workflow.Issue{
			ID: uuid.New(), Series: series, State: workflow.Archived, Number: workflow.Number{Kind: bulletin.Ordinary, Year: 2021, No: 3}, Date: bulletin.Date{Year: 2021, Month: 7, Day: 8},
			Document: bulletin.Document{Sections: []bulletin.Section{{Items: []bulletin.Item{{Lead: "宿迁。", Paragraphs: []string{"国资委<b>研究人才。"}}}}}},
		}
	}
	o := &office{issues: []workflow.Issue{issue(mine), issue(theirs)}}
	who := accounts.Person{ID: uuid.New(), Name: "甲", Active: true, Grants: []accounts.Grant{{Role: accounts.Editor, Series: mine}}}
	return o, pagetest.Visit(t, Room(Config{Index: o, Reads: o, Files: &dossier.Desk{Books: o, Printer: o}, Binder: o}), who, now)
}

func TestSearching(t *testing.T) {
	o, v := visit(t)
	o.found = archive.Found{Hits: []archive.Hit{{Issue: o.issues[0]}, {Issue: o.issues[1]}}, Total: 21, Next: 20}
	a := v.Get("/archive?q=国资委+人才&unit=统计局&leader=乔栋&from=2021-01-01&until=2021-12-31&kind=ordinary&series=" + mine.String())
	want := archive.Asked{
		Series: []uuid.UUID{mine}, Query: archive.Query{Words: []string{"国资委", "人才"}}, Kind: bulletin.Kind("ordinary"), UnitName: "统计局", Units: []uuid.UUID{mine}, Leader: "乔栋",
		From: bulletin.Date{Year: 2021, Month: 1, Day: 1}, Until: bulletin.Date{Year: 2021, Month: 12, Day: 31}, Limit: perPage,
	}
	if got := o.asked; !slices.Equal(got.Series, want.Series) || !slices.Equal(got.Units, want.Units) || got.Query.Words[1] != "人才" || got.Kind != want.Kind ||
		got.UnitName != want.UnitName || got.Leader != want.Leader || got.From != want.From || got.Until != want.Until || got.Limit != want.Limit {
		t.Errorf("asked %+v", got)
	}
	for _, words := range []string{"约21期", "<mark>国资委</mark>&lt;b&gt;研究<mark>人才</mark>", "2021年第3期", "skip=20", `value="乔栋"`, "/issues/" + o.issues[0].ID.String() + "/whole.zip"} {
		if a.Status != 200 || !strings.Contains(a.Body, words) {
			t.Errorf("%d, without %s", a.Status, words)
		}
	}
	if strings.Contains(a.Body, o.issues[1].ID.String()) || strings.Contains(a.Body, "别人的简报") {
		t.Error("another's series is shown")
	}
}

func TestOnlyTheSeriesThatOneSeesAreAsked(t *testing.T) {
	o, v := visit(t)
	v.Get("/archive?q=国资&series=" + theirs.String())
	if len(o.asked.Series) != 0 {
		t.Errorf("asked of %v", o.asked.Series)
	}
	v.Get("/archive?q=国资")
	if !slices.Equal(o.asked.Series, []uuid.UUID{mine}) {
		t.Errorf("asked of %v", o.asked.Series)
	}
	v.Person.Grants = nil
	if a := v.Get("/archive"); a.Status != 404 {
		t.Errorf("without a role: %d", a.Status)
	}
}

func TestWhatCannotBeAskedIsSaidWithAllReasons(t *testing.T) {
	_, v := visit(t)
	a := v.Get("/archive?from=昨天&until=2021-13-01&q=" + strings.Repeat("国", 101))
	for _, words := range []string{"昨天", "2021-13-01", "检索词最多", `value="昨天"`} {
		if a.Status != 422 && a.Status != 400 || !strings.Contains(a.Body, words) {
			t.Errorf("%d, without %s", a.Status, words)
		}
	}
	if a := v.Get("/archive?from=2021-02-01&until=2021-01-01"); !strings.Contains(a.Body, "起始日期") {
		t.Error("days that are the wrong way round")
	}
}

func TestEmptyAndBehind(t *testing.T) {
	o, v := visit(t)
	if a := v.Get("/archive"); !strings.Contains(a.Body, "补录往期") {
		t.Error("an empty archive says nothing to do")
	}
	o.behind = 7
	if a := v.Get("/archive?q=国资&lang=en"); !strings.Contains(a.Body, "Nothing was found") || !strings.Contains(a.Body, "7 issues are still being indexed") {
		t.Error("nothing found")
	}
}

func TestTheWholeFileIsSent(t *testing.T) {
	o, v := visit(t)
	a := v.Get("/issues/" + o.issues[0].ID.String() + "/whole.zip")
	if a.Status != 200 || !strings.HasPrefix(a.Body, "PK") || !strings.Contains(a.Header.Get("Content-Disposition"), "filename*=UTF-8''%E7%A7%91") {
		t.Error(a.Status, a.Header)
	}
	for _, address := range []string{"/issues/" + o.issues[1].ID.String() + "/whole.zip", "/issues/x/whole.zip", "/issues/" + uuid.NewString() + "/whole.zip"} {
		if a := v.Get(address); a.Status != 404 {
			t.Errorf("%s: %d", address, a.Status)
		}
	}
	o.issues[0].State = workflow.Draft
	if a := v.Get("/issues/" + o.issues[0].ID.String() + "/whole.zip"); a.Status != 422 {
		t.Errorf("of a draft: %d", a.Status)
	}
}

func TestAFileThatBreaksOffIsBrokenOff(t *testing.T) {
	o, v := visit(t)
	o.issues[0].Attachments = []workflow.Attachment{{Name: "甲.pdf", SHA256: "x"}}
	defer func() {
		if recover() == nil {
			t.Error("the browser is told that the file is whole")
		}
	}()
	v.Get("/issues/" + o.issues[0].ID.String() + "/whole.zip")
}

func TestTheVolumeOfAYear(t *testing.T) {
	o, v := visit(t)
	waiting, secret := o.issues[0], o.issues[0]
	waiting.ID, waiting.State, waiting.Number.No = uuid.New(), workflow.Registered, 4
	secret.ID, secret.Number.No, secret.Recall = uuid.New(), 5, &workflow.Recalling{Secret: true}
	o.issues = append(o.issues, waiting, secret)
	a := v.Get("/series/" + mine.String() + "/volume?year=2021")
	for _, words := range []string{"2021年第2期", "缺号", "误编", "尚未发出", "volume.pdf?year=2021"} {
		if a.Status != 200 || !strings.Contains(a.Body, words) {
			t.Errorf("%d, without %s", a.Status, words)
		}
	}
	a = v.Get("/series/" + mine.String() + "/volume.pdf?year=2021")
	if a.Status != 200 || a.Body != "%PDF volume" || len(o.parts) != 1 || o.parts[0].Title != "宿迁" || len(o.front.Gaps) != 3 || o.front.Note != "共1期" {
		t.Errorf("%d: %+v %+v", a.Status, o.parts, o.front)
	}
	for address, want := range map[string]int{
		"/series/" + theirs.String() + "/volume": 404, "/series/" + theirs.String() + "/volume.pdf": 404, "/series/x/volume": 404,
		"/series/" + mine.String() + "/volume.pdf?year=2019": 422,
	} {
		if a := v.Get(address); a.Status != want {
			t.Errorf("%s: %d", address, a.Status)
		}
	}
	o.empty, o.issues = true, nil
	if a := v.Get("/series/" + mine.String() + "/volume"); !strings.Contains(a.Body, "补录往期") {
		t.Error("an empty year says nothing to do")
	}
}
