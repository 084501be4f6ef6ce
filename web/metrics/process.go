package metrics

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"time"

	"jianbao/mailer"
	"jianbao/mailer/mailbox"
)

// A Process is what this process does. Its methods may be called by several
// goroutines; the zero Process is ready.
type Process struct {
	Version string
	// Parts are those that run here: web, scheduler, mailer.
	Parts []string
	// Mail counts what the mail engine does; nil where none runs.
	Mail *mailer.Counters
	// Mailbox counts what came in by the mailbox that is read here; nil where none
	// is.
	Mailbox *mailbox.Counters
	// Backup returns when the last backup was made, the zero time for none, and
	// Disk how many bytes are free where data and backups lie, by name. Both may
	// be nil.
	Backup func() time.Time
	Disk   func() map[string]uint64

	mu       sync.Mutex
	looked   time.Time
	verified time.Time
	findings int
	fires    map[[2]string]int // by schedule and outcome
	deleted  map[string]int
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
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fires == nil {
		p.fires = map[[2]string]int{}
	}
	p.fires[[2]string{schedule, "made"}] += made
	p.fires[[2]string{schedule, "skipped"}] += skipped
}

// Deleted notes rows that housekeeping deleted.
func (p *Process) Deleted(sort string, n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.deleted == nil {
		p.deleted = map[string]int{}
	}
	p.deleted[sort] += n
}

// Families returns what the process did.
func (p *Process) Families(context.Context) []Family {
	p.mu.Lock()
	defer p.mu.Unlock()
	parts := gauge("jianbao_part_running", "Parts of the program that run in this process.")
	for _, part := range p.Parts {
		parts.Samples = append(parts.Samples, is(1, "part", part))
	}
	all := append([]Family{
		parts,
		gauge("jianbao_build_info", "The version of the program.", is(1, "version", p.Version, "goversion", runtime.Version())),
		gauge("jianbao_scheduler_looked_timestamp_seconds", "When the scheduler of this process looked last for what is due.", at(p.looked)...),
	}, p.counted()...)
	if !p.verified.IsZero() {
		all = append(all, gauge("jianbao_history_verified_timestamp_seconds", "When this process verified all histories last.", at(p.verified)...),
			gauge("jianbao_history_findings", "What it found then that was done behind the program's back.", is(p.findings)))
	}
	if p.Mail != nil {
		all = append(all, attempts(p.Mail)...)
	}
	if p.Mailbox != nil {
		all = append(all, fetched(p.Mailbox)...)
	}
	return append(all, append(p.places(), golang()...)...)
}

// counted are the counters of the scheduler and of housekeeping.
func (p *Process) counted() []Family {
	fires := counter("jianbao_fires_total", "Ticks of schedules that this process made, or let go as too late.")
	for key, n := range p.fires {
		fires.Samples = append(fires.Samples, is(n, "schedule", key[0], "outcome", key[1]))
	}
	deleted := counter("jianbao_housekeeping_deleted_total", "Rows that were deleted because they were long over.")
	for sort, n := range p.deleted {
		deleted.Samples = append(deleted.Samples, is(n, "sort", sort))
	}
	slices.SortFunc(fires.Samples, byLabels)
	slices.SortFunc(deleted.Samples, byLabels)
	return []Family{fires, deleted}
}

// attempts are the counters of the mail engine.
func attempts(c *mailer.Counters) []Family {
	outcomes := counter("jianbao_mail_attempts_total", "Attempts to send a letter, by what came of them.",
		is(c.Accepted.Load(), "outcome", string(mailer.Accepted)), is(c.Deferred.Load(), "outcome", string(mailer.Deferred)),
		is(c.Failed.Load(), "outcome", string(mailer.Failed)), is(c.Uncertain.Load(), "outcome", string(mailer.Uncertain)))
	return []Family{
		outcomes,
		counter("jianbao_mail_claimed_total", "Letters that this process took from the queue.", is(c.Claimed.Load())),
		counter("jianbao_mail_given_back_total", "Letters that it put back untried.", is(c.GivenBack.Load())),
		counter("jianbao_mail_fenced_total", "Letters that another process held when their last dot was due here.", is(c.Fenced.Load())),
		counter("jianbao_mail_connections_total", "Connections to the relay that were opened.", is(c.Opened.Load())),
	}
}

// fetched are the counters of the mailbox.
func fetched(c *mailbox.Counters) []Family {
	all := []Family{
		counter("jianbao_mailbox_mails_total", "Mails that this process fetched: new ones, those that were known, those that it could not read whole.",
			is(c.Received.Load(), "kind", "new"), is(c.Known.Load(), "kind", "known"), is(c.Partly.Load(), "kind", "partly")),
		counter("jianbao_mailbox_failures_total", "Connections to the mailbox that could not be had or broke.", is(c.Failures.Load())),
		counter("jianbao_mailbox_left_total", "Mails that could not be marked, moved or deleted as was asked for.", is(c.Left.Load())),
	}
	if read := c.Read.Load(); read > 0 {
		all = append(all, gauge("jianbao_mailbox_read_timestamp_seconds", "When this process last read the mailbox to its end.", is(read)))
	}
	return all
}

// places are the backups and the disks.
func (p *Process) places() (all []Family) {
	if p.Backup != nil {
		all = append(all, gauge("jianbao_backup_timestamp_seconds", "When the last backup was made.", at(p.Backup())...))
	}
	if p.Disk != nil {
		free := gauge("jianbao_disk_free_bytes", "What is free on the disks of the data and of the backups.")
		for name, bytes := range p.Disk() {
			free.Samples = append(free.Samples, is(bytes, "disk", name))
		}
		slices.SortFunc(free.Samples, byLabels)
		all = append(all, free)
	}
	return all
}

// golang is what Go says of the process, under the names that every Go program
// has.
func golang() []Family {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	threads, _ := runtime.ThreadCreateProfile(nil)
	return append([]Family{
		gauge("go_info", "The version of Go.", is(1, "version", runtime.Version())),
		gauge("go_goroutines", "Goroutines.", is(runtime.NumGoroutine())),
		gauge("go_threads", "Threads of the operating system that were made.", is(threads)),
		gauge("go_memstats_heap_alloc_bytes", "Memory of objects on the heap.", is(m.HeapAlloc)),
		gauge("go_memstats_heap_inuse_bytes", "Memory of the heap that is in use.", is(m.HeapInuse)),
		gauge("go_memstats_sys_bytes", "Memory that was taken from the operating system.", is(m.Sys)),
		gauge("go_memstats_next_gc_bytes", "Size of the heap at which memory is collected next.", is(m.NextGC)),
		counter("go_memstats_alloc_bytes_total", "Memory that was ever given to objects.", is(m.TotalAlloc)),
		counter("go_gc_cycles_total", "How often memory was collected.", is(uint64(m.NumGC))),
		counter("go_gc_pause_seconds_total", "How long the program stood still for that.", is(float64(m.PauseTotalNs)/1e9)),
	}, system()...)
}
