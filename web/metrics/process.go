package metrics

import (
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jianbao/mailer"
	"jianbao/mailer/mailbox"
)

// A Process is what this process does; [NewProcess] makes one. Its methods may be
// called by several goroutines.
type Process struct {
	// Parts are those that run here as long as the process does: web, scheduler.
	Parts []string
	// Mail returns what the mail engines of this process did, one after the other,
	// and whether one runs now: the relays may be set, and changed, while the process
	// runs. It is nil where no mail goes out.
	Mail func() (did *mailer.Counters, running bool)
	// Mailbox counts what came in by the mailbox that is read here; nil where none
	// is.
	Mailbox *mailbox.Counters
	// Backup returns when the last backup was made, the zero time for none, and
	// Disk how many bytes are free where data and backups lie, by name. Both may
	// be nil.
	Backup func() time.Time
	Disk   func() map[string]uint64

	version string
	fires   *prometheus.CounterVec
	deleted *prometheus.CounterVec

	mu       sync.Mutex
	looked   time.Time
	verified time.Time
	findings int
}

// NewProcess returns the numbers of a process of a version of the program.
func NewProcess(version string) *Process {
	return &Process{
		version: version,
		fires:   vector("jianbao_fires_total", "Ticks of schedules that this process made, or let go as too late.", "schedule", "outcome"),
		deleted: vector("jianbao_housekeeping_deleted_total", "Rows that were deleted because they were long over.", "sort"),
	}
}

func vector(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
}

// Looked notes that the scheduler looked at a time.
func (p *Process) Looked(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.looked = now
}

// Verified notes that the histories were verified, with so many findings.
func (p *Process) Verified(now time.Time, findings int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.verified, p.findings = now, findings
}

// Fired notes ticks of a schedule that were made, or let go.
func (p *Process) Fired(schedule string, made, skipped int) {
	p.fires.WithLabelValues(schedule, "made").Add(float64(made))
	p.fires.WithLabelValues(schedule, "skipped").Add(float64(skipped))
}

// Deleted notes rows that housekeeping deleted.
func (p *Process) Deleted(sort string, n int) {
	p.deleted.WithLabelValues(sort).Add(float64(n))
}

// Describe implements prometheus.Collector. It names nothing beforehand: what
// never was has no number.
func (p *Process) Describe(chan<- *prometheus.Desc) {}

// Collect implements prometheus.Collector: it gives what the process did.
func (p *Process) Collect(ch chan<- prometheus.Metric) {
	p.fires.Collect(ch)
	p.deleted.Collect(ch)
	parts := p.Parts
	if p.Mail != nil {
		did, running := p.Mail()
		send(ch, attempts(did))
		if running {
			parts = append(slices.Clip(parts), "mailer")
		}
	}
	send(ch, p.scheduled(parts))
	send(ch, p.places())
	if p.Mailbox != nil {
		send(ch, fetched(p.Mailbox))
	}
}

// scheduled are the parts that run here, and when the scheduler did what.
func (p *Process) scheduled(running []string) []prometheus.Metric {
	p.mu.Lock()
	defer p.mu.Unlock()
	var parts []sample
	for _, part := range running {
		parts = append(parts, is(1, "part", part))
	}
	all := slices.Concat(
		gauge("jianbao_part_running", "Parts of the program that run in this process.", parts...),
		gauge("jianbao_build_info", "The version of the program.", is(1, "version", p.version, "goversion", runtime.Version())),
		gauge("jianbao_scheduler_looked_timestamp_seconds", "When the scheduler of this process looked last for what is due.", at(p.looked)...))
	if p.verified.IsZero() {
		return all
	}
	return slices.Concat(all,
		gauge("jianbao_history_verified_timestamp_seconds", "When this process verified all histories last.", at(p.verified)...),
		gauge("jianbao_history_findings", "What it found then that was done behind the program's back.", is(p.findings)))
}

// attempts are the counters of the mail engine.
func attempts(c *mailer.Counters) []prometheus.Metric {
	outcomes := counter("jianbao_mail_attempts_total", "Attempts to send a letter, by what came of them.",
		is(c.Accepted.Load(), "outcome", string(mailer.Accepted)), is(c.Deferred.Load(), "outcome", string(mailer.Deferred)),
		is(c.Failed.Load(), "outcome", string(mailer.Failed)), is(c.Uncertain.Load(), "outcome", string(mailer.Uncertain)))
	return slices.Concat(
		outcomes,
		counter("jianbao_mail_claimed_total", "Letters that this process took from the queue.", is(c.Claimed.Load())),
		counter("jianbao_mail_given_back_total", "Letters that it put back untried.", is(c.GivenBack.Load())),
		counter("jianbao_mail_fenced_total", "Letters that another process held when their last dot was due here.", is(c.Fenced.Load())),
		counter("jianbao_mail_connections_total", "Connections to the relay that were opened.", is(c.Opened.Load())))
}

// fetched are the counters of the mailbox.
func fetched(c *mailbox.Counters) []prometheus.Metric {
	all := slices.Concat(
		counter("jianbao_mailbox_mails_total", "Mails that this process fetched: new ones, those that were known, those that it could not read whole.",
			is(c.Received.Load(), "kind", "new"), is(c.Known.Load(), "kind", "known"), is(c.Partly.Load(), "kind", "partly")),
		counter("jianbao_mailbox_failures_total", "Connections to the mailbox that could not be had or broke.", is(c.Failures.Load())),
		counter("jianbao_mailbox_left_total", "Mails that could not be marked, moved or deleted as was asked for.", is(c.Left.Load())))
	if read := c.Read.Load(); read > 0 {
		all = append(all, gauge("jianbao_mailbox_read_timestamp_seconds", "When this process last read the mailbox to its end.", is(read))...)
	}
	return all
}

// places are the backups and the disks.
func (p *Process) places() (all []prometheus.Metric) {
	if p.Backup != nil {
		all = gauge("jianbao_backup_timestamp_seconds", "When the last backup was made.", at(p.Backup())...)
	}
	if p.Disk != nil {
		var free []sample
		for name, bytes := range p.Disk() {
			free = append(free, is(bytes, "disk", name))
		}
		all = append(all, gauge("jianbao_disk_free_bytes", "What is free on the disks of the data and of the backups.", free...)...)
	}
	return all
}
