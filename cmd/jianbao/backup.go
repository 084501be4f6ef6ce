package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"jianbao/fault"
	"jianbao/store"
)

// backupSettings say where backups lie.
type backupSettings struct {
	Backups string `name:"backups" group:"data" placeholder:"DIR" env:"JIANBAO_BACKUPS" zh:"备份所在的目录，jianbao backup 写在这里，jianbao check 查看这里；不写就是数据目录里的 backups。最好在另一块磁盘上。" help:"Directory of the backups, where jianbao backup writes and jianbao check looks; backups in --dir, if empty. Best on another disk."`
}

// in returns the directory; dir is that of the data.
func (b backupSettings) in(dir string) string {
	if b.Backups == "" {
		return filepath.Join(dir, "backups")
	}
	return b.Backups
}

// backup writes everything that the database holds to one file, while the
// program runs.
type backup struct {
	database
	backupSettings
	To   string `placeholder:"DIR" help:"Directory to write to, in the place of --backups."`
	Keep int    `default:"0" placeholder:"N" help:"Afterwards keep only the newest N backups there; 0 keeps all."`
	JSON bool   `name:"json" help:"Print one JSON object."`
}

// Help is what --help says further.
func (backup) Help() string {
	return "The file holds passwords' hashes and addresses: keep it as the database is kept.\n\nExample: jianbao backup --to /srv/backups --keep 30"
}

var (
	backupMade = fault.Say("cmd.backup.made", "已备份%d行（%d张表）：%s", "backed up %d rows of %d tables to %s")
	noBackups  = fault.Say("cmd.backup.no-dir", "备份目录%s用不了：%s", "the directory of backups, %s, cannot be used: %s")
	badKeep    = fault.Say("cmd.backup.bad-keep", "保留的份数不能是负数：%d", "the number of backups to keep is not negative: %d")
	backingUp  = fault.Say("cmd.backup.progress", "备份", "backing up")
)

// backupSaid is what --json prints.
type backupSaid struct {
	File    string   `json:"file"`
	Bytes   int64    `json:"bytes"`
	Removed []string `json:"removed,omitempty"`
	store.Backup
}

// Run backs up.
func (b *backup) Run(ctx context.Context, c *console) error {
	if b.Keep < 0 {
		return fault.New(fault.Usage, badKeep.With(b.Keep))
	}
	dir := b.To
	if dir == "" {
		dir = b.in(b.Dir)
	}
	said, err := writeBackup(ctx, b.there(), dir, time.Now(), c.progress(backingUp.With()))
	if err != nil {
		return err
	}
	if b.Keep > 0 {
		if said.Removed, err = removeOld(dir, b.Keep); err != nil {
			return fault.New(fault.Unavailable, noBackups.With(dir, fileTrouble(err))).Because(err)
		}
	}
	if b.JSON {
		return printJSON(c.Out, said)
	}
	c.line(backupMade.With(said.Rows, len(said.Tables), said.File))
	return nil
}

// there returns the address of a database that should be there; looking makes
// no directory.
func (d database) there() string {
	if d.DB != "" {
		return d.DB
	}
	return filepath.Join(d.Dir, databaseFile)
}

// backupPattern finds backups in a directory; their names sort by time.
const (
	backupPattern = "jianbao-*.backup"
	backupName    = "jianbao-20060102T150405.000Z.backup"
)

// writeBackup writes a backup to a new file, whole or not at all.
func writeBackup(ctx context.Context, db, dir string, now time.Time, progress store.Progress) (backupSaid, error) {
	unusable := func(err error) error {
		return fault.New(fault.Unavailable, noBackups.With(dir, fileTrouble(err))).Because(err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return backupSaid{}, unusable(err)
	}
	draft, err := os.CreateTemp(dir, ".backup-*") // 0600
	if err != nil {
		return backupSaid{}, unusable(err)
	}
	defer os.Remove(draft.Name())
	made, err := store.BackupOf(ctx, db, draft, now, version, progress)
	if err != nil {
		return backupSaid{}, errors.Join(err, draft.Close())
	}
	size, _ := draft.Seek(0, io.SeekCurrent) // where it was written up to
	if err := errors.Join(draft.Sync(), draft.Close()); err != nil {
		return backupSaid{}, unusable(err)
	}
	path := filepath.Join(dir, now.UTC().Format(backupName))
	if err := os.Rename(draft.Name(), path); err != nil {
		return backupSaid{}, unusable(err)
	}
	return backupSaid{File: path, Bytes: size, Backup: made}, nil
}

// removeOld removes all backups in a directory but the newest, and returns
// those that it removed.
func removeOld(dir string, keep int) (removed []string, err error) {
	all, err := filepath.Glob(filepath.Join(dir, backupPattern))
	if err != nil {
		return nil, err
	}
	slices.Sort(all)
	for _, old := range all[:max(0, len(all)-keep)] {
		if err := os.Remove(old); err != nil {
			return removed, err
		}
		removed = append(removed, old)
	}
	return removed, nil
}
