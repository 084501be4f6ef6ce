package main

import (
	"context"
	"io"
	"net/url"
	"os"
	"time"

	"jianbao/fault"
	"jianbao/store"
	"jianbao/workflow/history"
)

// restore writes a backup into an empty database.
type restore struct {
	database
	From string `required:"" placeholder:"FILE" help:"The backup."`
	By   string `help:"Who restores." default:"admin" env:"USER" placeholder:"NAME"`
	JSON bool   `name:"json" help:"Print one JSON object."`
}

// Help is what --help says further.
func (restore) Help() string {
	return "The backup may be of the other kind of database. Nothing is sent from what was restored until jianbao adopt is run: letters that the backup holds as waiting may have gone out since.\n\nExample: jianbao restore --from jianbao-20260801T020000.000Z.backup --db postgres://jianbao@db/jianbao"
}

// move carries the data to another database and leaves the old one behind.
type move struct {
	database
	backupSettings
	To   string `required:"" placeholder:"URL" help:"The other database, which is empty: postgres://…, or the path of an SQLite file."`
	By   string `help:"Who moves." default:"admin" env:"USER" placeholder:"NAME"`
	JSON bool   `name:"json" help:"Print one JSON object."`
}

// Help is what --help says further.
func (move) Help() string {
	return "Stop the program first. The old database is kept as it is, and sends no more; a backup of it is written, too.\n\nExample: jianbao move --dir /var/lib/jianbao --to postgres://jianbao@db/jianbao"
}

var (
	restored       = fault.Say("cmd.restore.done", "已恢复%d行（%d张表，备份于%s），逐表核对无误；历史完好：%d期共%d条", "restored %d rows of %d tables, backed up at %s, every table held against the backup; the histories are sound: %d issues with %d lines")
	restoredAdopt  = fault.Say("cmd.restore.adopt", "恢复的数据库不发送任何内容；确认备份之后发出的信不会重发，再运行 jianbao adopt", "nothing is sent from the restored database; once it is clear that what went out after the backup will not go again, run jianbao adopt")
	restoredBroken = fault.Say("cmd.restore.broken", "已按备份原样恢复，但备份里的历史被改动过，发现%d处（jianbao audit verify 列出）", "restored as it was backed up, but the history in the backup was altered, in %d places (jianbao audit verify lists them)")
	noBackupFile   = fault.Say("cmd.restore.no-file", "打不开备份文件%s：%s", "the backup %s cannot be opened: %s")
	moved          = fault.Say("cmd.move.done", "原数据库不再发送任何内容。请在配置里把 db 改成新的数据库，运行 jianbao adopt，再启动程序", "the old database sends no more. Set db in the configuration to the new one, run jianbao adopt, and start the program")
	restoring      = fault.Say("cmd.restore.progress", "恢复", "restoring")
)

// restoreSaid is what --json prints.
type restoreSaid struct {
	File     string `json:"file"`
	Issues   int    `json:"issues"`
	Events   int    `json:"events"`
	Findings int    `json:"findings"` // in the history
	store.Backup
}

// Run restores, and fails if the history in the backup is not sound.
func (r *restore) Run(ctx context.Context, c *console) error {
	address, err := r.url()
	if err != nil {
		return err
	}
	said, err := restoreInto(ctx, address, r.From, r.By, c)
	if err != nil {
		return err
	}
	if err := said.print(c, r.JSON, restoredAdopt.With()); err != nil {
		return err
	}
	return said.soundness()
}

// restoreInto restores a file, and looks at the histories.
func restoreInto(ctx context.Context, address, file, by string, c *console) (restoreSaid, error) {
	said := restoreSaid{File: file}
	var err error
	said.Backup, err = store.Restore(ctx, address, store.Restoration{
		By: by, Now: time.Now(), Progress: c.progress(restoring.With()),
		Open: func() (io.ReadCloser, error) {
			f, err := os.Open(file)
			if err != nil {
				return nil, fault.New(fault.NotFound, noBackupFile.With(file, fileTrouble(err))).Because(err)
			}
			return f, nil
		},
	})
	if err != nil {
		return said, err
	}
	books, err := store.Open(ctx, address)
	if err != nil {
		return said, err
	}
	defer books.Close()
	found, err := history.Verify(ctx, books, nil, nil)
	said.Issues, said.Events, said.Findings = found.Issues, found.Events, len(found.Findings)
	return said, err
}

func (r restoreSaid) print(c *console, asJSON bool, then fault.Reason) error {
	if asJSON {
		return printJSON(c.Out, r)
	}
	if r.Findings == 0 {
		c.line(restored.With(r.Rows, len(r.Tables), r.Made.Format(time.RFC3339), r.Issues, r.Events))
	}
	c.line(then)
	return nil
}

func (r restoreSaid) soundness() error {
	if r.Findings > 0 {
		return fault.New(fault.Blocked, restoredBroken.With(r.Findings))
	}
	return nil
}

// Run moves the data. Where that fails the old database is given back.
func (m *move) Run(ctx context.Context, c *console) error {
	books, err := openThere(ctx, m.there())
	if err != nil {
		return err
	}
	defer books.Close()
	before, err := books.Leave(ctx, m.By, time.Now())
	if err != nil {
		return err
	}
	said, err := m.carry(ctx, c)
	if err != nil {
		if before.ID != "" {
			_, _ = books.Adopt(context.WithoutCancel(ctx), before.ID, m.By, time.Now()) // the first error is the one to tell
		}
		return err
	}
	if err := said.print(c, m.JSON, moved.With()); err != nil {
		return err
	}
	return said.soundness()
}

func (m *move) carry(ctx context.Context, c *console) (restoreSaid, error) {
	made, err := writeBackup(ctx, m.there(), m.in(m.Dir), time.Now(), c.progress(backingUp.With()))
	if err != nil {
		return restoreSaid{}, err
	}
	return restoreInto(ctx, m.To, made.File, m.By, c)
}

var noDatabase = fault.Say("cmd.no-database", "%s没有数据库；请用 --dir 或 --db 指明", "there is no database at %s; name one with --dir or --db")

// openThere opens a database that is there already, and makes none.
func openThere(ctx context.Context, address string) (*store.Store, error) {
	tables, err := store.TablesOf(ctx, address)
	if err != nil {
		return nil, err
	}
	if tables.Version == 0 {
		return nil, fault.New(fault.NotFound, noDatabase.With(safely(address)))
	}
	return store.Open(ctx, address)
}

// safely is an address without user and password.
func safely(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host + u.Path
	}
	return address
}
