package setup

import (
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"
)

// Settings are everything that an office sets of one series.
type Settings struct {
	Series    workflow.Series
	Timetable workflow.Timetable
	// Heads are the heads of every unit that has any, and of those alone that
	// are named here where the settings are to be written.
	Heads []Head
}

// A Head says who heads a unit: its head and deputy heads, by whom the unit
// decides at a step.
type Head struct {
	Unit   workflow.Named
	People []workflow.Named
}

// A Change is one line of the history of a series' settings. Lines are only
// added.
type Change struct {
	Seq    int // 1 is the making of the series, or the first change after it
	At     time.Time
	By     uuid.UUID // uuid.Nil: by command
	ByName string
	What   []fault.Reason
}

var (
	// Made is what the history says of a new series.
	Made = fault.Say("setup.made", "新建刊物：%s", "made the series %s")
	// RunningKeep says what a change of the route means for issues that are
	// open; see docs/adr/0009.
	RunningKeep = fault.Say("setup.running-keep", "改流程只对以后新开的期有效；已经开的期仍走原来的流程，草稿可由编辑或收发在该期页面上“改用现行流程”。", "A change of the route holds for issues that are opened from now on. Open issues keep theirs; an editor or the clerk can put a draft on the present route on its page.")

	badSettings = fault.Say("setup.bad", "刊物的设置不能这样改", "the settings of the series cannot be saved so")
	noMasthead  = fault.Say("setup.no-masthead", "请写刊名", "a series needs a masthead")
	noOrgan     = fault.Say("setup.no-organ", "请写编发单位", "a series needs the organ that issues it")
	notOneLine  = fault.Say("setup.one-line", "刊名、编发单位、所在地、栏目和领导姓名职务都不能换行：%q", "masthead, organ, place, sections, and leaders with their titles are one line each: %q")
	badMailbox  = fault.Say("setup.bad-mailbox", "发信邮箱不是邮件地址：%q", "the mailbox is no mail address: %q")
	badZone     = fault.Say("setup.bad-zone", "没有这个时区：%q（例如 Asia/Shanghai）", "there is no such time zone: %q (Asia/Shanghai is one)")
	sectionTwo  = fault.Say("setup.section-twice", "栏目“%s”写了两次", "the section %q is there twice")
	fewCopies   = fault.Say("setup.file-copies", "存档份数应为0至%d", "there are 0 to %d copies on file")
	badLate     = fault.Say("setup.negative", "%s不能是负数", "%s is not negative")
	leaderName  = fault.Say("setup.leader-name", "第%d位领导没有姓名", "leader %d has no name")
	leaderDays  = fault.Say("setup.leader-days", "%s的任职止日早于起日", "%s is in office until a day before the first")
	totalKind   = fault.Say("setup.total-kind", "没有“%s”这种刊期，应为正刊、增刊、专刊或特刊", "there is no kind %q: “正刊”, “增刊”, “专刊” or “特刊”")
)

// mostFileCopies is more than any office keeps of one issue.
const mostFileCopies = 1000

// Kinds are the kinds of issues, in the order in which a form offers them.
func Kinds() []bulletin.Kind {
	return []bulletin.Kind{bulletin.Ordinary, bulletin.Supplement, bulletin.Special, bulletin.Feature}
}

// Validate returns nil, or a fault.Error with the code Invalid and every reason
// why a series cannot have these settings.
func (s Settings) Validate() error {
	if reasons := s.against(); len(reasons) > 0 {
		return fault.New(fault.Invalid, badSettings.With(), reasons...)
	}
	return nil
}

func (s Settings) against() []fault.Reason {
	reasons := slices.Concat(s.againstBasics(), s.againstLeaders(), s.Series.Window.Validate())
	reasons = append(reasons, s.againstCadence()...)
	for _, err := range []error{s.Series.Validate(), s.Timetable.Validate()} {
		if refusal := fault.As(err); refusal != nil {
			reasons = append(reasons, refusal.Reasons...)
		}
	}
	return reasons
}

func (s Settings) againstBasics() (reasons []fault.Reason) {
	of := s.Series
	reasons = append(reasons, unless(strings.TrimSpace(of.Masthead) != "", noMasthead.With())...)
	reasons = append(reasons, unless(strings.TrimSpace(of.Organ) != "", noOrgan.With())...)
	for _, line := range append([]string{of.Masthead, of.Organ, of.Place}, of.Sections...) {
		reasons = append(reasons, unless(!strings.ContainsFunc(line, unicode.IsControl), notOneLine.With(line))...)
	}
	if of.Mailbox != "" {
		parsed, err := mail.ParseAddress(of.Mailbox)
		reasons = append(reasons, unless(err == nil && parsed.Address == of.Mailbox, badMailbox.With(of.Mailbox))...)
	}
	_, err := time.LoadLocation(of.Zone) // "" is UTC to it, and China to us
	reasons = append(reasons, unless(err == nil && of.Zone != "Local", badZone.With(of.Zone))...)
	for n, section := range of.Sections {
		reasons = append(reasons, unless(slices.Index(of.Sections, section) == n, sectionTwo.With(section))...)
	}
	reasons = append(reasons, unless(of.FileCopies >= 0 && of.FileCopies <= mostFileCopies, fewCopies.With(mostFileCopies))...)
	for _, kind := range of.Total.Kinds {
		reasons = append(reasons, unless(slices.Contains(Kinds(), kind), totalKind.With(string(kind)))...)
	}
	return reasons
}

func (s Settings) againstLeaders() (reasons []fault.Reason) {
	for n, l := range s.Series.Leaders {
		reasons = append(reasons, unless(strings.TrimSpace(l.Name) != "", leaderName.With(n+1))...)
		for _, line := range append([]string{l.Name}, l.Titles...) {
			reasons = append(reasons, unless(!strings.ContainsFunc(line, unicode.IsControl), notOneLine.With(line))...)
		}
		order := l.From.IsZero() || l.Until.IsZero() || l.From.String() <= l.Until.String()
		reasons = append(reasons, unless(order, leaderDays.With(l.Name))...)
	}
	return reasons
}

func (s Settings) againstCadence() (reasons []fault.Reason) {
	if spec := s.Series.Cadence.Spec; spec != "" {
		if _, err := workflow.ParseSpec(spec); err != nil {
			reasons = append(reasons, fault.Shown(err).Message)
		}
	}
	reasons = append(reasons, unless(s.Series.Tolerance >= 0, badLate.With(labelTolerance.With()))...)
	return append(reasons, unless(s.Series.Cadence.MaxLate >= 0, badLate.With(labelMaxLate.With()))...)
}

func unless(holds bool, reason fault.Reason) []fault.Reason {
	if holds {
		return nil
	}
	return []fault.Reason{reason}
}

var (
	nobodyAt   = fault.Say("setup.nobody-at", "流程第%d步（%s）现在没有人能办：没有人是本刊的%s", "nobody can decide at step %d of the route (%s): nobody is %s of the series")
	tooFewAt   = fault.Say("setup.too-few-at", "流程第%d步（%s）要%d人同意，本刊的%s只有%d人", "step %d of the route (%s) wants %d to approve; as %s there are %d")
	headless   = fault.Say("setup.headless", "%s没有负责人，流程第%d步没有人能替它办", "%s has no head, so that nobody can decide for it at step %d")
	leftOffice = fault.Say("setup.left", "流程第%d步的%s已停用，不能办理", "%[2]s, at step %[1]d of the route, has a closed account")
	noMail     = fault.Say("setup.no-mailbox", "没有发信邮箱，发不了邮件", "there is no mailbox, so that nothing can be mailed")
)

// Doubts returns what can be saved and will not work well as things are: steps
// at which nobody, or too few, can decide.
func (s Settings) Doubts(people []accounts.Person) (doubts []fault.Reason) {
	doubts = unless(s.Series.Mailbox != "", noMail.With())
	for n, step := range s.Series.Route {
		if step.Role != "" {
			doubts = append(doubts, s.short(n, step, people)...)
		}
		for _, who := range step.People {
			closed := slices.ContainsFunc(people, func(p accounts.Person) bool { return p.ID == who.ID && !p.Active })
			doubts = append(doubts, unless(!closed, leftOffice.With(n+1, who.Name))...)
		}
		for _, unit := range step.Units {
			doubts = append(doubts, unless(len(s.headsOf(unit.ID)) > 0, headless.With(unit.Name, n+1))...)
		}
	}
	return doubts
}

// short is whether too few hold the role of a step.
func (s Settings) short(n int, step workflow.Step, people []accounts.Person) []fault.Reason {
	holders := 0
	for _, p := range people {
		if p.Active && p.Has(step.Role, s.Series.ID) {
			holders++
		}
	}
	switch kind, role := step.Kind.Title(), step.Role.Title(); {
	case holders == 0:
		return []fault.Reason{nobodyAt.With(n+1, kind, role)}
	case holders < step.Need:
		return []fault.Reason{tooFewAt.With(n+1, kind, step.Need, role, holders)}
	}
	return nil
}

// headsOf returns who heads a unit.
func (s Settings) headsOf(unit uuid.UUID) []workflow.Named {
	for _, h := range s.Heads {
		if h.Unit.ID == unit {
			return h.People
		}
	}
	return nil
}

// Units returns the units that the route names, each once.
func (s Settings) Units() (all []workflow.Named) {
	for _, step := range s.Series.Route {
		for _, unit := range step.Units {
			if !slices.ContainsFunc(all, func(n workflow.Named) bool { return n.ID == unit.ID }) {
				all = append(all, unit)
			}
		}
	}
	return all
}

// MayChange reports whether a person may change the settings of a series; who
// may only look at them is whoever sees it ([accounts.Person.Sees]).
func MayChange(p accounts.Person, series uuid.UUID) bool {
	return p.Active && p.Has(accounts.Admin, series)
}

// MayFound reports whether a person may make a new series, and say who heads a
// unit: both are for every series.
func MayFound(p accounts.Person) bool { return p.Active && p.Has(accounts.Admin, uuid.Nil) }
