package workflow

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/bulletin/screening"
	"jianbao/fault"
)

const (
	// DefaultLimit is how large a letter may be where the desk has no limit of
	// its own, in bytes as encoded for mail: what most government mail systems
	// take.
	DefaultLimit = 20 << 20
	// ownParts is what is set aside of it for text, HTML and the printed form,
	// which are made at the release.
	ownParts = 1 << 20
	// mostFiles is how many files may go out with one issue.
	mostFiles = 50
)

var (
	emptyFile   = fault.Say("workflow.file-empty", "文件%q是空的", "the file %q is empty")
	sameName    = fault.Say("workflow.file-same-name", "已有附件%q；请先删去，或改名", "there is an attachment %q already; detach it first, or rename this one")
	tooMany     = fault.Say("workflow.file-too-many", "附件最多%d个", "at most %d files can be attached")
	tooLarge    = fault.Say("workflow.too-large", "正文和附件编码后约%s，超过邮件上限%s；请删去或压缩附件，或改用其他方式发送", "text and attachments come to about %s as encoded for mail, more than the limit of %s; drop or compress attachments, or send them another way")
	noSuchFile  = fault.Say("workflow.no-such-file", "没有附件%q", "there is no attachment %q")
	noFiles     = fault.Say("workflow.no-files", "没有附件", "there is no attachment")
	notAllFiles = fault.Say("workflow.not-all-files", "排序须列出全部附件，各一次", "the order must name every attachment, each once")
	attached    = fault.Say("workflow.fact.attached", "附件%q，%s，SHA-256 %s", "the file %q, %s, SHA-256 %s")
	detached    = fault.Say("workflow.fact.detached", "删去附件%q（SHA-256 %s）", "dropped the file %q (SHA-256 %s)")
	arranged    = fault.Say("workflow.fact.arranged", "附件次序：%s", "files in this order: %s")
)

var (
	fileSafe = Rule{"file-safe",
		fault.Say("workflow.rule.file-safe", "附件名要规范，内容与名称相符", "a file has a plain name and is what its name says"),
		func(c Case) []fault.Reason {
			if c.Order.File == nil {
				return nil
			}
			reasons := c.Order.File.Against()
			return append(reasons, unless(len(c.Order.File.Data) > 0, emptyFile.With(abridged(c.Order.File.Name)))...)
		}}
	fileNew = Rule{"file-new",
		fault.Say("workflow.rule.file-new", "附件不重名，不超过50个", "no two files have one name, and there are at most 50"),
		func(c Case) []fault.Reason {
			reasons := unless(len(c.Issue.Attachments) < mostFiles, tooMany.With(mostFiles))
			if f := c.Order.File; f != nil {
				same := func(a Attachment) bool { return strings.EqualFold(a.Name, f.Name) }
				reasons = append(reasons, unless(!slices.ContainsFunc(c.Issue.Attachments, same), sameName.With(abridged(f.Name)))...)
			}
			return reasons
		}}
	filesThere = Rule{"files-there",
		fault.Say("workflow.rule.files-there", "所指的附件要存在", "the files that are named are there"),
		func(c Case) []fault.Reason {
			if len(c.Issue.Attachments) == 0 {
				return []fault.Reason{noFiles.With()}
			}
			var reasons []fault.Reason
			for _, name := range c.Order.Names {
				reasons = append(reasons, unless(c.Issue.attachment(name) >= 0, noSuchFile.With(abridged(name)))...)
			}
			return reasons
		}}
	allFiles = Rule{"all-files",
		fault.Say("workflow.rule.all-files", "排序要列出全部附件", "an order names every file, each once"),
		func(c Case) []fault.Reason {
			if c.Order.Names == nil {
				return nil
			}
			want := convert(c.Issue.Attachments, func(a Attachment) string { return a.Name })
			return unless(slices.Equal(slices.Sorted(slices.Values(want)), slices.Sorted(slices.Values(c.Order.Names))), notAllFiles.With())
		}}
	fitsMail = Rule{"fits-mail",
		fault.Say("workflow.rule.fits-mail", "整封邮件不超过上限", "a letter is not larger than mail systems take"),
		func(c Case) []fault.Reason {
			size, limit := c.letterSize(), c.limit()
			return unless(size <= limit, tooLarge.With(megabytes(size), megabytes(limit)))
		}}
)

// letterSize is how many bytes a letter of the issue has: of the finished
// parts where there are any, and otherwise of what is known of them by now.
func (c Case) letterSize() int {
	if p := c.Order.Parts; len(p.Text) > 0 {
		size := encoded(len(p.Text)) + encoded(len(p.HTML))
		for _, f := range p.Attachments {
			size += encoded(len(f.Data))
		}
		return size
	}
	size := ownParts
	files := c.Issue.Attachments
	if c.Order.Act == Amend {
		files = c.filesAfter()
	}
	for _, a := range slices.Concat(files, c.Issue.Pictures) {
		size += encoded(a.Size)
	}
	if c.Order.File != nil {
		size += encoded(len(c.Order.File.Data))
	}
	return size
}

func (c Case) limit() int {
	if c.Limit == 0 {
		return DefaultLimit
	}
	return c.Limit
}

// encoded is how many bytes n bytes take in a mail: base64 in lines of 76
// characters (RFC 2045 section 6.8), and the headers of their part.
func encoded(n int) int {
	const lineIn, lineOut, headers = 57, 78, 1024
	return (n+lineIn-1)/lineIn*lineOut + headers
}

func megabytes(n int) string { return fmt.Sprintf("%.1f MB", float64(n)/(1<<20)) }

// attachment returns the place of a file, or -1.
func (i Issue) attachment(name string) int {
	return slices.IndexFunc(i.Attachments, func(a Attachment) bool { return a.Name == name })
}

// Listed is a file as it is listed where its bytes are kept: under their SHA-256.
func (f File) Listed() Attachment {
	sum := sha256.Sum256(f.Data)
	return Attachment{Name: f.Name, Type: mediaType(f.Type), Size: len(f.Data), SHA256: hex.EncodeToString(sum[:])}
}

func applyAttach(c Case, next *Change) []fault.Reason {
	file := c.Order.File.Listed()
	next.Issue.Attachments = append(slices.Clone(c.Issue.Attachments), file)
	next.Issue.author(c.Actor.Person.ID)
	next.Files = [][]byte{c.Order.File.Data}
	return []fault.Reason{attached.With(file.Name, megabytes(file.Size), file.SHA256)}
}

func applyDetach(c Case, next *Change) (facts []fault.Reason) {
	next.Issue.Attachments = nil
	for _, file := range c.Issue.Attachments {
		if slices.Contains(c.Order.Names, file.Name) {
			facts = append(facts, detached.With(file.Name, file.SHA256))
		} else {
			next.Issue.Attachments = append(next.Issue.Attachments, file)
		}
	}
	next.Issue.author(c.Actor.Person.ID)
	return facts
}

func applyArrange(c Case, next *Change) []fault.Reason {
	next.Issue.Attachments = convert(c.Order.Names, func(name string) Attachment {
		return c.Issue.Attachments[c.Issue.attachment(name)]
	})
	next.Issue.author(c.Actor.Person.ID)
	return []fault.Reason{arranged.With(strings.Join(c.Order.Names, "、"))}
}

// Attach adds a file to what goes out with a draft, behind those that are
// there. A file that bears a classification label, in its name or in itself, is
// refused with fault.Refused before anything is written; otherwise it fails as
// [Decide] does.
func (d *Desk) Attach(ctx context.Context, actor Actor, id uuid.UUID, version int, name, contentType string, data []byte) (Issue, error) {
	if label, found := bulletin.Classified(name, nil, ""); found {
		return Issue{}, label.Refusal()
	}
	if err := screening.Refuse(name, data); err != nil {
		return Issue{}, err
	}
	return d.act(ctx, actor, id, Order{Act: Attach, Version: version, File: &File{Name: name, Type: contentType, Data: data}})
}

// Detach takes a file off a draft. Its bytes stay in the store, since the
// history names them. It fails as [Decide] does.
func (d *Desk) Detach(ctx context.Context, actor Actor, id uuid.UUID, version int, name string) (Issue, error) {
	return d.act(ctx, actor, id, Order{Act: Detach, Version: version, Names: []string{name}})
}

// Arrange puts the files of a draft into the order in which they are named,
// which must be all of them. It fails as [Decide] does.
func (d *Desk) Arrange(ctx context.Context, actor Actor, id uuid.UUID, version int, names []string) (Issue, error) {
	return d.act(ctx, actor, id, Order{Act: Arrange, Version: version, Names: names})
}

func convert[A, B any](all []A, value func(A) B) []B {
	out := make([]B, len(all))
	for i, a := range all {
		out[i] = value(a)
	}
	return out
}
