package store

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"gorm.io/gorm"

	"jianbao/mailer"
	"jianbao/mailer/drain"
	"jianbao/mailer/queuetest"
)

// A mailLoad is one row of the table in docs/performance.md.
type mailLoad struct {
	name        string
	letters     int
	attached    int // bytes
	connections int
	window      int
	latency     time.Duration
}

var mailLoads = []mailLoad{
	{"10KB/16connections/window1", 8_000, 6_400, 16, 1, 0},
	{"10KB/16connections/window16", 8_000, 6_400, 16, 16, 0},
	{"430KB/16connections/window1", 1_500, 308_000, 16, 1, 0},
	{"430KB/16connections/window16", 1_500, 308_000, 16, 16, 0},
	{"10KB/64connections/5ms/window1", 8_000, 6_400, 64, 1, 5 * time.Millisecond},
}

// BenchmarkMail sends a dispatch, from its release until its last row is
// settled, to a drain in a process of its own; and, where Debian's postfix is
// installed, as many letters of that size with its smtp-source to the same
// drain. One iteration is one dispatch.
func BenchmarkMail(b *testing.B) {
	for _, load := range mailLoads {
		b.Run("smtp-source/"+load.name, func(b *testing.B) { benchmarkSource(b, load) })
		b.Run("postgres/"+load.name, func(b *testing.B) {
			address, drop, err := newPostgres(pattern)
			if err != nil {
				b.Fatal(err)
			}
			defer func() {
				if err := drop(); err != nil {
					b.Error(err)
				}
			}()
			benchmarkMail(b, address, load)
		})
		b.Run("sqlite/"+load.name, func(b *testing.B) { benchmarkMail(b, filepath.Join(b.TempDir(), "q.db"), load) })
	}
}

func benchmarkMail(b *testing.B, address string, load mailLoad) {
	s, err := Open(b.Context(), address)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	relay := mailer.Relay{Addr: drainProcess(b, load), Security: mailer.Plain, Hello: "mail.kjj.example"}
	var took, cpu time.Duration
	letters := 0
	for b.Loop() {
		b.StopTimer()
		releaseTo(b, s, load)
		e := &mailer.Engine{Queue: s, Parts: s, Relay: relay, Connections: load.connections, Window: load.window, Log: slog.New(slog.DiscardHandler)}
		ctx, cancel := context.WithCancel(b.Context())
		ended := make(chan error, 1)
		before, began := cpuTime(), time.Now()
		b.StartTimer()
		go func() { ended <- e.Run(ctx) }()
		for e.Counters.Accepted.Load() < int64(load.letters) {
			time.Sleep(time.Millisecond)
		}
		cancel()
		if err := <-ended; err != nil {
			b.Fatal(err)
		}
		took, cpu, letters = took+time.Since(began), cpu+cpuTime()-before, letters+load.letters
	}
	b.ReportMetric(float64(letters)/took.Seconds(), "letters/s")
	b.ReportMetric(float64(cpu.Microseconds())/float64(letters), "cpu-us/letter")
	b.ReportMetric(peakMemory(), "peak-MB")
}

func releaseTo(b *testing.B, s *Store, load mailLoad) {
	b.Helper()
	c := queuetest.Dispatch()
	if load.attached > 0 {
		c.Attachments = []mailer.Attachment{{Name: "简报.pdf", Type: "application/pdf", Data: make([]byte, load.attached)}}
	}
	all := queuetest.Deliveries(c.Dispatch, load.letters, time.Now().Add(-time.Minute))
	if err := fixture(s).Add(b.Context(), c, all); err != nil {
		b.Fatal(err)
	}
	if s.postgres { // as autovacuum would
		if err := s.db.Session(&gorm.Session{}).Exec("ANALYZE delivery").Error; err != nil {
			b.Fatal(err)
		}
	}
}

func benchmarkSource(b *testing.B, load mailLoad) {
	program, err := exec.LookPath("smtp-source")
	if err != nil {
		if program = "/usr/sbin/smtp-source"; !executable(program) {
			b.Skip("Debian's postfix is not installed")
		}
	}
	address := drainProcess(b, load)
	size := strconv.Itoa(3_600 + load.attached*4/3)
	var took time.Duration
	for b.Loop() {
		began := time.Now()
		out, err := exec.CommandContext(b.Context(), program, "-s", strconv.Itoa(load.connections),
			"-m", strconv.Itoa(load.letters), "-l", size, "-f", "a@kjj.example", "-t", "b@unit.example", address).CombinedOutput()
		if err != nil {
			b.Fatalf("%v: %s", err, out)
		}
		took += time.Since(began)
	}
	b.ReportMetric(float64(b.N*load.letters)/took.Seconds(), "letters/s")
}

func executable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode()&0o111 != 0
}

// drainAsked names the variable that makes this test program a drain.
const drainAsked = "JIANBAO_TEST_DRAIN"

// drainProcess starts a drain whose work is not counted as ours.
func drainProcess(b *testing.B, load mailLoad) string {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), os.Args[0], "-test.run=^TestServeAsADrain$")
	cmd.Env = append(os.Environ(), drainAsked+"="+load.latency.String())
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	return strings.TrimSpace(line)
}

// TestServeAsADrain is no test but, when it is asked to, a drain that serves
// until its standard input ends.
func TestServeAsADrain(t *testing.T) {
	latency, err := time.ParseDuration(os.Getenv(drainAsked))
	if err != nil {
		return
	}
	d, err := drain.Start("127.0.0.1:0", drain.Config{Latency: latency})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println(d.Addr())
	_, _ = io.Copy(io.Discard, os.Stdin)
	d.Close()
}

// cpuTime is what this process has used.
func cpuTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peakMemory is the most that this process ever had, in MB of 2^20.
func peakMemory() float64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return float64(u.Maxrss) / 1024
}
