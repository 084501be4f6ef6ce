package workflow

import (
	"context"
	"time"

	"jianbao/fault"
)

// An Installation is which machine a database belongs to. A database that was
// copied keeps the identity of where it came from, and whoever opens it
// elsewhere sends nothing until somebody adopts it.
type Installation struct {
	ID string // as in the configuration or the data directory of the machine
	At time.Time
	By string
}

// Installations keeps the identity of a database.
type Installations interface {
	// Installation returns the identity. Where there is none yet, the first to
	// ask gives it theirs.
	Installation(ctx context.Context, first Installation) (Installation, error)
}

var notOurs = fault.Say("workflow.not-ours",
	"数据库属于另一处安装（%s，%s由%s认领），本机（%s）不发送任何内容；确认原安装已停用后，请运行 jianbao adopt",
	"the database belongs to another installation (%s, adopted %s by %s), and this one (%s) sends nothing; once the other is shut down for good, run jianbao adopt")

// An Identity is who this machine is, and where it looks up whose the database
// is.
type Identity struct {
	Own  Installation
	Keep Installations
}

// Check returns nil if what is sent is for this machine to send, and
// fault.Blocked if the database belongs to another. The database is asked
// every time, so that an adoption holds at once.
func (i Identity) Check(ctx context.Context) error {
	owner, err := i.Keep.Installation(ctx, i.Own)
	if err != nil {
		return err
	}
	if owner.ID != i.Own.ID {
		return fault.New(fault.Blocked, notOurs.With(owner.ID, owner.At.Format("2006-01-02 15:04 MST"), owner.By, i.Own.ID))
	}
	return nil
}
