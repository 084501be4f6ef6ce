package workflow

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
)

// A Rewrite is what becomes of an issue that was signed off: its text, and the
// files that go out with it. It is one change, which somebody else classes as a
// whole.
type Rewrite struct {
	Text string
	// Drop names files that no longer go out.
	Drop []string
	// Add are files that go out from now on. One that bears the name of a file
	// that is dropped takes its place, the others stand behind.
	Add []File
}

// Amend changes an issue that was signed off; somebody else then classes the
// change. It fails with fault.Refused if the text or the name of a file is
// classified, and otherwise as [Decide] and [Desk.Save] do.
func (d *Desk) Amend(ctx context.Context, actor Actor, id uuid.UUID, version int, r Rewrite) (Issue, error) {
	names := Source{Text: r.Text, Properties: convert(r.Add, func(f File) string { return f.Name })}
	if err := names.classified(); err != nil {
		return Issue{}, err
	}
	issue, series, err := d.load(ctx, id)
	if err != nil {
		return Issue{}, err
	}
	draft := issue.draft()
	if r.Text != issue.Text {
		if draft, err = d.read(ctx, series, r.Text); err != nil {
			return Issue{}, err
		}
	}
	return d.act(ctx, actor, id, Order{Act: Amend, Version: version, Draft: &draft, Names: r.Drop, Add: r.Add})
}

// draft is the text of an issue as it was read: where files alone are changed,
// the directory is not asked anew whom the lists mean.
func (i Issue) draft() DraftText {
	return DraftText{Text: i.Text, Reading: bulletin.Reading{Document: i.Document, Problems: i.Problems}, Circulation: i.Circulation}
}

// filesExchanged is the rule of the files of an amendment.
var filesExchanged = Rule{"files-exchanged",
	fault.Say("workflow.rule.files-exchanged", "换下的附件要存在，换上的附件名规范、内容与名称相符、不重名，总数不超过50个", "files that are dropped are there; those that come in are safe, bear names of their own, and there are at most 50"),
	func(c Case) (reasons []fault.Reason) {
		for _, name := range c.Order.Names {
			reasons = append(reasons, unless(c.Issue.attachment(name) >= 0, noSuchFile.With(abridged(name)))...)
		}
		for _, f := range c.Order.Add {
			reasons = append(reasons, f.Against()...)
			reasons = append(reasons, unless(len(f.Data) > 0, emptyFile.With(abridged(f.Name)))...)
		}
		after := c.filesAfter()
		for n, a := range after {
			twice := slices.ContainsFunc(after[:n], func(b Attachment) bool { return strings.EqualFold(a.Name, b.Name) })
			reasons = append(reasons, unless(!twice, sameName.With(abridged(a.Name)))...)
		}
		return append(reasons, unless(len(after) <= mostFiles, tooMany.With(mostFiles))...)
	}}

// filesAfter are the files that go out once some are dropped and others added.
func (c Case) filesAfter() (after []Attachment) {
	add := convert(c.Order.Add, File.Listed)
	for _, a := range c.Issue.Attachments {
		if !slices.Contains(c.Order.Names, a.Name) {
			after = append(after, a)
			continue
		}
		if n := slices.IndexFunc(add, func(b Attachment) bool { return b.Name == a.Name }); n >= 0 {
			after = append(after, add[n])
			add = slices.Delete(add, n, n+1)
		}
	}
	return append(after, add...)
}

// exchangeFiles does what an amendment says of the files, and tells it.
func exchangeFiles(c Case, next *Change) (facts []fault.Reason) {
	if len(c.Order.Names)+len(c.Order.Add) == 0 {
		return nil
	}
	next.Issue.Attachments = c.filesAfter()
	for _, a := range c.Issue.Attachments {
		if slices.Contains(c.Order.Names, a.Name) {
			facts = append(facts, detached.With(a.Name, a.SHA256))
		}
	}
	for _, f := range c.Order.Add {
		a := f.Listed()
		facts = append(facts, attached.With(a.Name, megabytes(a.Size), a.SHA256))
		next.Files = append(next.Files, f.Data)
	}
	return facts
}
