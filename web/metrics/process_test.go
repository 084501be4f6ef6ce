package metrics

import (
	"strings"
	"testing"
	"time"

	"jianbao/mailer"
)

func fullProcess() *Process {
	p := NewProcess("v1")
	did := &mailer.Counters{}
	p.Parts, p.Mail, p.Backup = []string{"web"}, func() (*mailer.Counters, bool) { return did, true }, func() time.Time { return now }
	p.Disk = func() map[string]uint64 { return map[string]uint64{"data": 1 << 30, "backups": 5} }
	did.Accepted.Add(3)
	did.Uncertain.Add(1)
	p.Looked(now)
	p.Verified(now, 2)
	p.Fired("open", 1, 2)
	p.Fired("open", 1, 0)
	p.Deleted("notices", 7)
	p.Deleted("notices", 1)
	return p
}

func TestWhatAProcessDid(t *testing.T) {
	has(t, fullProcess(),
		`jianbao_part_running{part="mailer"} 1`, `jianbao_mail_attempts_total{outcome="accepted"} 3`, `jianbao_mail_attempts_total{outcome="uncertain"} 1`,
		`jianbao_fires_total{outcome="made",schedule="open"} 2`, `jianbao_fires_total{outcome="skipped",schedule="open"} 2`,
		`jianbao_housekeeping_deleted_total{sort="notices"} 8`, `jianbao_history_findings 2`, `jianbao_history_verified_timestamp_seconds 1.7841006e+09`,
		`jianbao_scheduler_looked_timestamp_seconds 1.7841006e+09`, `jianbao_backup_timestamp_seconds 1.7841006e+09`,
		`jianbao_disk_free_bytes{disk="backups"} 5`, `jianbao_disk_free_bytes{disk="data"} 1.073741824e+09`)
}

// An engine that was ended has done what it did, and runs no more.
func TestAnEngineThatEnded(t *testing.T) {
	p := NewProcess("v1")
	did := &mailer.Counters{}
	did.Accepted.Add(3)
	p.Parts, p.Mail = []string{"web"}, func() (*mailer.Counters, bool) { return did, false }
	has(t, p, `jianbao_part_running{part="web"} 1`, `jianbao_mail_attempts_total{outcome="accepted"} 3`)
	if all := of(t, p); strings.Contains(all, `part="mailer"`) {
		t.Errorf("it still runs:\n%s", all)
	}
}

// What never was has no sample: 0 would be the year 1970.
func TestWhatNeverWasIsLeftOut(t *testing.T) {
	p := NewProcess("v1")
	p.Backup = func() time.Time { return time.Time{} }
	all := of(t, p)
	for _, name := range []string{"jianbao_history_findings", "jianbao_history_verified_timestamp_seconds", "jianbao_mail_attempts_total",
		"jianbao_backup_timestamp_seconds", "jianbao_scheduler_looked_timestamp_seconds"} {
		if strings.Contains(all, name) {
			t.Errorf("%s is there", name)
		}
	}
}
