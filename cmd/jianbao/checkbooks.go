package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"jianbao/fault"
	"jianbao/store"
	"jianbao/workflow/calendar"
)

var (
	ownerNone   = fault.Say("cmd.check.owner-none", "数据库还没有归属，第一次启动 serve 时归本安装", "the database is nobody's yet; it becomes this installation's when serve starts")
	ownerOurs   = fault.Say("cmd.check.owner-ours", "属于本安装（%s）", "it belongs to this installation (%s)")
	ownerOther  = fault.Say("cmd.check.owner-other", "属于另一处安装（%s，%s由%s认领），这里什么也不发送", "it belongs to another installation (%s, adopted %s by %s), and nothing is sent from here")
	ownerAdopt  = fault.Say("cmd.check.owner-adopt", "确认那一处已停用，再运行 jianbao adopt", "once that is shut down for good, run jianbao adopt")
	clockFine   = fault.Say("cmd.check.clock-fine", "本机时间 %s", "it is %s here")
	clockApart  = fault.Say("cmd.check.clock-apart", "本机与数据库服务器的时钟相差%s", "the clocks of this machine and of the database server are %s apart")
	clockBehind = fault.Say("cmd.check.clock-behind", "本机时钟慢了：最近一次办理的时间比现在还晚%s", "the clock of this machine is slow: the last decision is %s in the future")
	clockSet    = fault.Say("cmd.check.clock-set", "用 timedatectl 或 chronyc 核对，让各机器从同一台时间服务器校时", "look with timedatectl or chronyc, and let all machines follow one time server")
)

var (
	indexWhole  = fault.Say("cmd.check.index-whole", "编了号的简报都可以检索", "every issue with a number can be searched for")
	indexBehind = fault.Say("cmd.check.index-behind", "还有%d期没有编入检索", "%d issues are not indexed yet")
	indexServe  = fault.Say("cmd.check.index-serve", "启动 serve 后会自动补齐", "serve makes up for them when it starts")
)

// indexed says whether the archive can be searched for every issue.
func indexed(ctx context.Context, books *store.Store, _ time.Time) (finding, error) {
	n, err := books.ArchiveBehind(ctx)
	if err != nil || n == 0 {
		return well("archive", indexWhole.With()), err
	}
	return remark("archive", indexBehind.With(n), indexServe.With()), nil
}

var (
	commitsKept  = fault.Say("cmd.check.commits-kept", "提交的都已落盘", "what is committed is on disk")
	commitsLoose = fault.Say("cmd.check.commits-loose", "数据库服务器关闭了%s，断电会丢失已提交的记录，信可能发两遍", "the database server has %s off: a power cut loses what was committed, and letters may go twice")
	commitsMend  = fault.Say("cmd.check.commits-mend", "在 postgresql.conf 里改回 on，重新加载配置", "set it to on in postgresql.conf and reload")
)

// durable says whether a commit outlives the machine.
func durable(ctx context.Context, books *store.Store, _ time.Time) (finding, error) {
	loose, err := books.Loose(ctx)
	if err != nil || len(loose) == 0 {
		return well("commits", commitsKept.With()), err
	}
	return wrong("commits", commitsLoose.With(strings.Join(loose, ", ")), commitsMend.With()), nil
}

// owner says whose the database is.
func (k *check) owner(ctx context.Context, books *store.Store, _ time.Time) (finding, error) {
	owner, err := books.Owner(ctx)
	if fault.Is(err, fault.NotFound) {
		return remark("owner", ownerNone.With(), fault.Reason{}), nil
	}
	if err != nil {
		return finding{}, err
	}
	path := k.Installation
	if path == "" {
		path = filepath.Join(k.Dir, "installation")
	}
	own := machine{}
	if _, err := os.Stat(path); err == nil { // machineIn would make it
		if own, err = k.machineIn(k.Dir); err != nil {
			return wrong("owner", fault.Shown(err).Message, ownerAdopt.With()), nil
		}
	}
	if own.id != owner.ID {
		return wrong("owner", ownerOther.With(owner.ID, owner.At.Format(time.DateTime), owner.By), ownerAdopt.With()), nil
	}
	return well("owner", ownerOurs.With(own.id)), nil
}

var (
	keysFine  = fault.Say("cmd.check.keys-fine", "加密的%d项资料都打得开", "all %d sealed things can be opened")
	keysApart = fault.Say("cmd.check.keys-apart", "从存有密钥的机器复制%s到这里；正在运行的进程会自己换用，不必重新启动", "copy %s here from the machine that has the key; processes that run take it up by themselves")
)

// keys says whether the key file of this machine opens what is sealed.
func (k *check) keys(ctx context.Context, books *store.Store, _ time.Time) (finding, error) {
	sealed, err := books.Sealed(ctx)
	if err != nil || len(sealed) == 0 {
		return well("keys", keysFine.With(0)), err
	}
	if _, err := ringIn(k.file(k.Dir), sealed); err != nil {
		return wrong("keys", fault.Shown(err).Message, keysApart.With(k.file(k.Dir))), nil
	}
	return well("keys", keysFine.With(len(sealed))), nil
}

// clock holds the clock against what the database knows of time.
func clock(ctx context.Context, books *store.Store, now time.Time) (finding, error) {
	clocks, err := books.Clocks(ctx)
	if err != nil {
		return finding{}, err
	}
	return clockFinding(clocks, time.Now()), nil
}

func clockFinding(clocks store.Clocks, now time.Time) finding {
	if apart := clocks.Database.Sub(now).Abs(); !clocks.Database.IsZero() && apart > 5*time.Second {
		return wrong("clock", clockApart.With(apart.Round(time.Second).String()), clockSet.With())
	}
	if ahead := clocks.Last.Sub(now); ahead > time.Minute {
		return wrong("clock", clockBehind.With(ahead.Round(time.Second).String()), clockSet.With())
	}
	return well("clock", clockFine.With(now.Format("2006-01-02 15:04:05 MST")))
}

var (
	rootsFine = fault.Say("cmd.check.roots-fine", "最近一份%s，写在 %s", "the last of %s, in %s")
	rootsYet  = fault.Say("cmd.check.roots-yet", "还没有历史可作根", "there is no history yet to make a root of")
	rootsLate = fault.Say("cmd.check.roots-late", "%s之后的历史还没有根", "the history after %s has no root yet")
	rootsGone = fault.Say("cmd.check.roots-gone", "历史根的文件不见了：%s", "the file of roots is gone: %s")
	rootsRun  = fault.Say("cmd.check.roots-run", "根由 serve 的调度部分每天生成；确认它在运行，或运行 jianbao audit root", "the scheduler of serve makes one every day; see that it runs, or run jianbao audit root")
	rootsBack = fault.Say("cmd.check.roots-back", "从另存的地方取回；数据库里的根可用 jianbao audit root 续写", "fetch it back from where it was copied to; jianbao audit root goes on with those in the database")
)

// rootsMade says whether the history has its daily root.
func (k *check) rootsMade(ctx context.Context, books *store.Store, now time.Time) (finding, error) {
	roots, err := books.Roots(ctx)
	if err != nil {
		return finding{}, err
	}
	clocks, err := books.Clocks(ctx)
	if err != nil {
		return finding{}, err
	}
	var last time.Time
	if len(roots) > 0 {
		root, err := roots[len(roots)-1].Root()
		if err != nil {
			return finding{}, err
		}
		last = root.At
	}
	file := k.Roots
	if file == "" {
		file = filepath.Join(k.Dir, "roots.jsonl")
	}
	_, err = os.Stat(file)
	return rootsFinding(last, clocks.Last, now, file, !errors.Is(err, fs.ErrNotExist)), nil
}

func rootsFinding(root, event, now time.Time, file string, there bool) finding {
	switch {
	case event.After(root) && now.Sub(event) > 48*time.Hour:
		return wrong("roots", rootsLate.With(shownDay(root)), rootsRun.With())
	case root.IsZero():
		return well("roots", rootsYet.With())
	case !there:
		return wrong("roots", rootsGone.With(file), rootsBack.With())
	}
	return well("roots", rootsFine.With(shownDay(root), file))
}

var atFirst = fault.Say("cmd.check.at-first", "最初", "the beginning")

func shownDay(t time.Time) any {
	if t.IsZero() {
		return atFirst.With()
	}
	return t.Format(time.DateOnly)
}

var (
	holidaysFine = fault.Say("cmd.check.holidays-fine", "%d年的已录入", "those of %d are entered")
	holidaysNone = fault.Say("cmd.check.holidays-none", "%d年的放假安排尚未录入，期限和催办按只有周末计算", "the holidays of %d are not entered; deadlines and reminders count with weekends alone")
	holidaysHow  = fault.Say("cmd.check.holidays-how", "国务院办公厅一般在前一年11月公布；在页面“放假安排”录入，或升级程序", "the General Office of the State Council announces them in the November before; enter them on the page of holidays, or update the program")
)

// holidays says whether the tables of the year, and in its last months of the
// next, are there.
func holidays(ctx context.Context, books *store.Store, now time.Time) (finding, error) {
	own, err := books.Years(ctx)
	if err != nil {
		return finding{}, err
	}
	return holidaysFinding(calendar.Known(own...), now), nil
}

func holidaysFinding(known []calendar.Year, now time.Time) finding {
	has := func(year int) bool {
		return slices.ContainsFunc(known, func(y calendar.Year) bool { return y.Year == year })
	}
	year := now.Year()
	switch {
	case !has(year):
		return wrong("holidays", holidaysNone.With(year), holidaysHow.With())
	case has(year + 1):
		return well("holidays", holidaysFine.With(year+1))
	case now.Month() == time.December:
		return wrong("holidays", holidaysNone.With(year+1), holidaysHow.With())
	case now.Month() == time.November:
		return remark("holidays", holidaysNone.With(year+1), holidaysHow.With())
	}
	return well("holidays", holidaysFine.With(year))
}

var (
	lettersFine = fault.Say("cmd.check.letters-fine", "没有信在等人处理", "no letter waits for a person")
	lettersWait = fault.Say("cmd.check.letters-wait", "有%d封信等人处理", "%d letters wait for a person")
	lettersHow  = fault.Say("cmd.check.letters-how", "在页面“分发情况”逐封处理", "settle them one by one on the page of letters")
)

// letters says whether letters wait for a person.
func letters(ctx context.Context, books *store.Store, _ time.Time) (finding, error) {
	waiting, err := books.MailTasks(ctx)
	if err != nil {
		return finding{}, err
	}
	if len(waiting) > 0 {
		return remark("letters", lettersWait.With(len(waiting)), lettersHow.With()), nil
	}
	return well("letters", lettersFine.With()), nil
}
