package main

import (
	"context"
	"fmt"
	"net"
	"time"

	"jianbao/fault"
	"jianbao/store"
)

// check says on one page what is wrong with an installation, and how to mend
// it. It changes nothing and talks to nobody but the database, the relays and the DNS.
type check struct {
	settings
	JSON bool `name:"json" help:"Print one JSON object."`
}

// Help is what --help says further.
func (check) Help() string {
	return "It exits with 1 if something must be mended. Run it with the settings that serve has.\n\nExample: jianbao check --config /etc/jianbao/jianbao.toml"
}

// A finding is what was found out about one part.
type finding struct {
	Part  string    `json:"part"`
	State condition `json:"state"`
	says  fault.Reason
	mend  fault.Reason
}

// A condition says how a part is.
type condition string

const (
	fine condition = "fine"
	note condition = "note" // to be known, not to be mended
	bad  condition = "bad"  // to be mended
)

var (
	conditionWords = map[condition]fault.Sentence{
		fine: fault.Say("cmd.check.fine", "正常", "fine"),
		note: fault.Say("cmd.check.note", "注意", "note"),
		bad:  fault.Say("cmd.check.bad", "须处理", "mend"),
	}
	partWords = map[string]fault.Sentence{
		"database": fault.Say("cmd.check.part.database", "数据库", "database"),
		"owner":    fault.Say("cmd.check.part.owner", "归属", "owner"),
		"clock":    fault.Say("cmd.check.part.clock", "时钟", "clock"),
		"disk":     fault.Say("cmd.check.part.disk", "磁盘", "disk"),
		"backups":  fault.Say("cmd.check.part.backups", "备份", "backups"),
		"keys":     fault.Say("cmd.check.part.keys", "密钥", "keys"),
		"roots":    fault.Say("cmd.check.part.roots", "历史根", "roots"),
		"holidays": fault.Say("cmd.check.part.holidays", "放假安排", "holidays"),
		"relay":    fault.Say("cmd.check.part.relay", "邮件中继", "relay"),
		"sender":   fault.Say("cmd.check.part.sender", "发件域名", "sender"),
		"mailbox":  fault.Say("cmd.check.part.mailbox", "收信邮箱", "mailbox"),
		"letters":  fault.Say("cmd.check.part.letters", "信件", "letters"),
		"archive":  fault.Say("cmd.check.part.archive", "检索", "archive"),
		"commits":  fault.Say("cmd.check.part.commits", "落盘", "commits"),
		"fonts":    fault.Say("cmd.check.part.fonts", "字体", "fonts"),
		"pages":    fault.Say("cmd.check.part.pages", "页面", "pages"),
	}
	mustMend = fault.Say("cmd.check.must-mend", "有%d处须处理", "%d things must be mended")
	mendSo   = fault.Say("cmd.check.so", "        办法：%s", "        mend: %s")
)

func well(part string, says fault.Reason) finding { return finding{part, fine, says, fault.Reason{}} }
func remark(part string, says, mend fault.Reason) finding {
	return finding{part, note, says, mend}
}
func wrong(part string, says, mend fault.Reason) finding { return finding{part, bad, says, mend} }

// Run looks at everything and prints what it found.
func (k *check) Run(ctx context.Context, c *console) error {
	now := time.Now()
	found := k.database(ctx, now)
	found = append(found, k.disks()...)
	found = append(found, k.backups(now))
	found = append(found, k.relay(ctx)...)
	found = append(found, k.mailbox(ctx)...)
	found = append(found, k.fonts()...)
	found = append(found, pagesFinding(k.Site, k.Secure))
	if k.JSON {
		if err := printFindings(c, found); err != nil {
			return err
		}
	} else {
		for _, f := range found {
			f.print(c)
		}
	}
	mending := 0
	for _, f := range found {
		if f.State == bad {
			mending++
		}
	}
	if mending > 0 {
		return fault.New(fault.Blocked, mustMend.With(mending))
	}
	return nil
}

func (f finding) print(c *console) {
	fmt.Fprintf(c.Out, "%s  %s  %s\n", pad(conditionWords[f.State].With().In(c.Lang), 6), pad(partWords[f.Part].With().In(c.Lang), 8), f.says.In(c.Lang))
	if f.mend.Key != "" {
		c.line(mendSo.With(f.mend))
	}
}

func printFindings(c *console, found []finding) error {
	type line struct {
		finding
		Says string `json:"says"`
		Mend string `json:"mend,omitempty"`
	}
	out := struct {
		Findings []line `json:"findings"`
	}{[]line{}}
	for _, f := range found {
		l := line{finding: f, Says: f.says.In(c.Lang)}
		if f.mend.Key != "" {
			l.Mend = f.mend.In(c.Lang)
		}
		out.Findings = append(out.Findings, l)
	}
	return printJSON(c.Out, out)
}

var (
	databaseNone    = fault.Say("cmd.check.database-none", "%s没有数据库", "there is no database at %s")
	databaseStart   = fault.Say("cmd.check.database-start", "启动 jianbao serve 会新建；要找回数据，用 jianbao restore", "jianbao serve makes one; jianbao restore brings data back")
	databaseHow     = fault.Say("cmd.check.database-how", "检查 --dir、--db 和数据库服务；PostgreSQL 的口令在 PGPASSFILE 指的文件里", "look at --dir, --db and the database server; the password of PostgreSQL is in the file that PGPASSFILE names")
	databaseOld     = fault.Say("cmd.check.database-old", "表结构是第%d版，最新是第%d版", "the tables are of version %d, the newest is %d")
	databaseMigrate = fault.Say("cmd.check.database-migrate", "先 jianbao backup，再 jianbao migrate（启动 serve 时也会自动更新）", "jianbao backup, then jianbao migrate (serve does it, too, when it starts)")
	databaseNewer   = fault.Say("cmd.check.database-newer", "换用新版程序", "run a newer program")
	databaseFine    = fault.Say("cmd.check.database-fine", "%s，表结构第%d版，已是最新", "%s, tables of version %d, the newest")
)

// database looks at the database, and where that is as it should be at what is
// in it.
func (k *check) database(ctx context.Context, now time.Time) []finding {
	address := k.there()
	tables, err := store.TablesOf(ctx, address)
	switch {
	case err != nil:
		return []finding{wrong("database", fault.Shown(err).Message, databaseHow.With())}
	case tables.Version == 0:
		return []finding{wrong("database", databaseNone.With(safely(address)), databaseStart.With())}
	case tables.Version > tables.Newest:
		return []finding{wrong("database", databaseOld.With(tables.Version, tables.Newest), databaseNewer.With())}
	case len(tables.Pending) > 0:
		return []finding{wrong("database", databaseOld.With(tables.Version, tables.Newest), databaseMigrate.With())}
	}
	books, err := store.Open(ctx, address)
	if err != nil {
		return []finding{wrong("database", fault.Shown(err).Message, databaseHow.With())}
	}
	defer books.Close()
	found := []finding{well("database", databaseFine.With(safely(address), tables.Version))}
	looks := []func(context.Context, *store.Store, time.Time) (finding, error){k.owner, k.keys, clock, k.rootsMade, holidays, letters, indexed, durable}
	if k.Mailbox != "" {
		looks = append(looks, k.fetched)
	}
	for _, look := range looks {
		f, err := look(ctx, books, now)
		if err != nil {
			return append(found, wrong("database", fault.Shown(err).Message, databaseHow.With()))
		}
		found = append(found, f)
	}
	senders, err := k.senders(ctx, books, net.DefaultResolver)
	if err != nil {
		return append(found, wrong("database", fault.Shown(err).Message, databaseHow.With()))
	}
	return append(found, senders...)
}
