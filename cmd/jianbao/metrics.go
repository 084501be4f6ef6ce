package main

import (
	"context"
	"net"
	"net/http"
	"path/filepath"
	"time"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/web/metrics"
	"jianbao/workflow"
	"jianbao/workflow/archive"
	"jianbao/workflow/history"
	"jianbao/workflow/housekeeping"
)

// metricsSettings say where monitoring reads.
type metricsSettings struct {
	Metrics string `name:"metrics" group:"pages" placeholder:"HOST:PORT" env:"JIANBAO_METRICS" zh:"另开一个地址给监控读取 /metrics，如 127.0.0.1:9380；只运行调度或发信的进程没有页面，要监控就得设置。页面的地址上总有 /metrics：本机可读（secure 为 true 时除外），别处须有监控令牌（jianbao token new --monitor）。" help:"Another address at which monitoring reads /metrics, such as 127.0.0.1:9380; a process that runs the scheduler or the mailer alone has no pages, and needs one to be monitored. /metrics is always at the address of the pages: this machine may read it (unless secure is true), others with a token for monitoring (jianbao token new --monitor)."`
}

var badMetrics = fault.Say("cmd.bad-metrics", "不能在地址 %s 上监听；--metrics 应写成 主机:端口，且不能已被占用", "nothing can listen on the address %s; --metrics is HOST:PORT of this machine, and not in use")

// listenForMetrics takes the port for monitoring, if there is one.
func (m metricsSettings) listenForMetrics() (net.Listener, error) {
	if m.Metrics == "" {
		return nil, nil
	}
	listener, err := net.Listen("tcp", m.Metrics)
	if err != nil {
		return nil, fault.New(fault.Unavailable, badMetrics.With(m.Metrics)).Because(err)
	}
	return listener, nil
}

// readings are what monitoring reads of an office.
type readings struct {
	process  *metrics.Process
	office   *metrics.Office
	requests *metrics.Requests
}

// count gives the office its numbers.
func (o *office) count() {
	o.numbers = readings{
		process:  metrics.NewProcess(version),
		office:   &metrics.Office{Books: o.store, Now: time.Now, Log: o.log},
		requests: metrics.NewRequests(time.Now),
	}
}

// handler serves the numbers; see metrics.Gate for proxied.
func (n readings) handler(o *office, proxied bool) http.Handler {
	n.process.Mail = o.mailed()
	gate := metrics.Gate{Tokens: o.store, Now: time.Now, Log: o.log, Counts: o.store, Refused: o.refused, Proxied: proxied}
	return gate.Handler(metrics.NewRegistry(n.office, n.process, n.requests))
}

// mailed returns what tells what the mail engines of this process did: that of
// the configuration, or those of the relays that are set on the pages. It is nil
// where this process sends nothing.
func (o *office) mailed() func() (did *mailer.Counters, running bool) {
	switch {
	case o.engine != nil:
		return func() (*mailer.Counters, bool) { return &o.engine.Counters, true }
	case o.post != nil:
		return o.post.did
	}
	return nil
}

// metricsAt returns the job that serves the numbers at an address of their own.
// Nothing stands in front of it.
func (o *office) metricsAt(listener net.Listener) func(context.Context) error {
	mux := http.NewServeMux()
	mux.Handle(metrics.Path, o.numbers.handler(o, false))
	return answering(listener, o.numbers.requests.Count(metrics.Named(mux)))
}

// watched has the numbers of the parts that run, and of the machine.
func (s *serve) watched(o *office) {
	for _, part := range []string{"web", "scheduler"} {
		if s.runs(part) {
			o.numbers.process.Parts = append(o.numbers.process.Parts, part)
		}
	}
	backups := s.in(s.Dir)
	o.numbers.process.Backup = func() time.Time { return lastBackup(backups) }
	o.numbers.process.Disk = func() map[string]uint64 { return freeOn(map[string]string{"data": s.Dir, "backups": backups}) }
	o.scheduler.Looked = func() { o.numbers.process.Looked(time.Now()) }
	o.scheduler.Agenda = countedFires{o.scheduler.Agenda, o.numbers.process}
}

// lastBackup returns when the newest backup in a directory was made, the zero
// time if there is none.
func lastBackup(dir string) (last time.Time) {
	files, _ := filepath.Glob(filepath.Join(dir, backupPattern)) // the pattern is well-formed, but for dir
	for _, file := range files {
		if made, err := time.Parse(backupName, filepath.Base(file)); err == nil && made.After(last) {
			last = made
		}
	}
	return last
}

// freeOn returns what is free on the disks of directories; those that cannot be
// looked at are left out.
func freeOn(dirs map[string]string) map[string]uint64 {
	free := map[string]uint64{}
	for name, dir := range dirs {
		if bytes, _, err := diskOf(existing(dir)); err == nil {
			free[name] = bytes
		}
	}
	return free
}

// countedFires counts the fires that are made here.
type countedFires struct {
	workflow.Agenda
	process *metrics.Process
}

// Fire implements workflow.Agenda. A fire that comes with its outcome was let go.
func (c countedFires) Fire(ctx context.Context, fire workflow.Fire, work func(workflow.FireView) (workflow.FireResult, error)) (bool, error) {
	mine, err := c.Agenda.Fire(ctx, fire, work)
	if !mine {
		return mine, err
	}
	made, skipped := 1, len(fire.Before)
	if fire.Outcome != "" {
		made, skipped = 0, skipped+1
	}
	c.process.Fired(fire.Schedule, made, skipped)
	return mine, err
}

// upkeep are the jobs that keep histories and tables in order: a root and a
// verification a day, a round of housekeeping, and once the index of the archive.
func (s *serve) upkeep(o *office) []func(context.Context) error {
	notary := o.notary(s.historySettings, s.Dir, s.Zone.location())
	notary.Verified = o.verified
	keeper := housekeeping.Keeper{Books: o.store, Now: time.Now, Log: o.log,
		Deleted: func(sort housekeeping.Sort, n int) { o.numbers.process.Deleted(string(sort), n) }}
	return []func(context.Context) error{notary.Run, keeper.Run, archive.CatchUp(o.store, o.log)}
}

// verified counts a verification of all histories, and keeps it for the auditor.
func (o *office) verified(r history.Report) {
	now := time.Now()
	o.numbers.process.Verified(now, len(r.Findings))
	if err := o.store.KeepCheck(context.Background(), now, r); err != nil {
		o.log.Error("a verification is not kept", "err", err)
	}
}
