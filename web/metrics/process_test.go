package metrics

import (
	"testing"
	"time"

	"jianbao/mailer"
)

func fullProcess() *Process {
	p := &Process{
		Version: "v1", Parts: []string{"web", "mailer"}, Mail: &mailer.Counters{}, Backup: func() time.Time { return now },
		Disk: func() map[string]uint64 { return map[string]uint64{"data": 1 << 30, "backups": 5} },
	}
	p.Mail.Accepted.Add(3)
	p.Mail.Uncertain.Add(1)
	p.Looked(now)
	p.Verified(now, 2)
	p.Fired("open", 1, 2)
	p.Fired("open", 1, 0)
	p.Deleted("notices", 7)
	p.Deleted("notices", 1)
	return p
}

func TestWhatAProcessDid(t *testing.T) {
	has(t, fullProcess().Families(t.Context()),
		`jianbao_part_running{part="mailer"} 1`, `jianbao_mail_attempts_total{outcome="accepted"} 3`, `jianbao_mail_attempts_total{outcome="uncertain"} 1`,
		`jianbao_fires_total{schedule="open",outcome="made"} 2`, `jianbao_fires_total{schedule="open",outcome="skipped"} 2`,
		`jianbao_housekeeping_deleted_total{sort="notices"} 8`, `jianbao_history_findings 2`, `jianbao_history_verified_timestamp_seconds 1.7841006e+09`,
		`jianbao_scheduler_looked_timestamp_seconds 1.7841006e+09`, `jianbao_backup_timestamp_seconds 1.7841006e+09`,
		`jianbao_disk_free_bytes{disk="backups"} 5`, `jianbao_disk_free_bytes{disk="data"} 1.073741824e+09`)
}

// What never was has no sample: 0 would be the year 1970.
func TestWhatNeverWasIsLeftOut(t *testing.T) {
	for _, f := range (&Process{Backup: func() time.Time { return time.Time{} }}).Families(t.Context()) {
		switch f.Name {
		case "jianbao_history_findings", "jianbao_history_verified_timestamp_seconds", "jianbao_mail_attempts_total":
			t.Errorf("%s is there", f.Name)
		case "jianbao_backup_timestamp_seconds", "jianbao_scheduler_looked_timestamp_seconds":
			if len(f.Samples) != 0 {
				t.Errorf("%s has %v", f.Name, f.Samples)
			}
		}
	}
}
