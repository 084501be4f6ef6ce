package main

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
	"jianbao/mailer/drain"
	"jianbao/seeds"
	"jianbao/workflow"
	"jianbao/workflow/history"
)

// What TestReplicasKilledAtRandom does: so many issues to so many units, and so
// many ends of processes meanwhile. The seed of what is ended when is logged, and
// can be given.
const (
	replicaIssues = 5
	replicaUnits  = 150
	replicaEnds   = 10
	replicaPause  = 15 * time.Millisecond // of the relay, before each of its replies
)

var replicaSeed = flag.Uint64("replica-seed", 0, "what TestReplicasKilledAtRandom ends when; 0 is another each time")

// A witness writes down what the relay took, by the id of the delivery, before
// that is answered for.
type witness struct {
	mu  sync.Mutex
	got map[string]int
}

func (w *witness) took(_, messageID string) {
	id, _, _ := strings.Cut(strings.TrimPrefix(messageID, "<"), "@")
	w.mu.Lock()
	defer w.mu.Unlock()
	w.got[id]++
}

func (w *witness) count() int { return len(w.all()) }

func (w *witness) all() map[string]int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return maps.Clone(w.got)
}

// replicas are three processes of each part, over one PostgreSQL.
type replicas struct {
	t      *testing.T
	random *rand.Rand
	args   map[string][]string
	parts  map[string][]*process
	bases  []string // of the pages
	killed int      // of the mailers
}

func (r *replicas) start(part string, n int) {
	p := start(r.t, append([]string{"serve", "--only", part}, r.args[part]...)...)
	if part == "web" {
		r.bases[n] = strings.TrimSpace(p.says(r.t, "简报已启动："))
	}
	r.parts[part][n] = p
}

// end ends one process, mostly by signal 9 and sometimes in order, and starts
// another in its place.
func (r *replicas) end() {
	part, n := []string{"web", "scheduler", "mailer", "mailer"}[r.random.IntN(4)], r.random.IntN(3)
	p := r.parts[part][n]
	if r.random.IntN(4) == 0 {
		r.stop(part, n)
	} else {
		r.t.Logf("%s %d is killed", part, n)
		if p.kill(r.t); part == "mailer" {
			r.killed++
		}
	}
	r.start(part, n)
}

// stop ends one process in order. What was started a moment ago is told so when it
// hears it.
func (r *replicas) stop(part string, n int) {
	r.t.Logf("%s %d is told to stop", part, n)
	p := r.parts[part][n]
	if part != "web" { // which was waited for
		p.says(r.t, "简报已启动：")
	}
	p.stop(r.t)
}

// asks has one of the web processes answer a person who signed in at another.
func (r *replicas) asks(who *visitor, ask func() (*http.Response, error)) int {
	r.t.Helper()
	who.base = r.bases[r.random.IntN(3)]
	answer, err := ask()
	if err != nil {
		r.t.Fatal(err)
	}
	_ = answer.Body.Close()
	return answer.StatusCode
}

// TestReplicasKilledAtRandom lets three web, three scheduler and three mailer
// processes do the whole job on several issues, and ends one after the other at
// random moments. In the end the books are held against what the relay took.
func TestReplicasKilledAtRandom(t *testing.T) {
	t.Parallel()
	seed := *replicaSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("-replica-seed %d", seed)
	took := &witness{got: map[string]int{}}
	relay, err := drain.Start("127.0.0.1:0", drain.Config{Latency: replicaPause, Took: took.took})
	if err != nil {
		t.Fatal(err)
	}
	defer relay.Close()
	db := emptyPostgres(t)
	o, text := officeOf(t.Context(), t, db, replicaUnits)
	defer o.close()
	minutes := everyMinute(t, o)
	issues := registeredIssues(t.Context(), t, o, text, replicaIssues)

	shared := []string{"--db", db, "--installation", filepath.Join(t.TempDir(), "installation")}
	r := &replicas{t: t, random: rand.New(rand.NewPCG(seed, 0)), bases: make([]string, 3), parts: map[string][]*process{}, args: map[string][]string{
		"web": append(shared, "--listen", "127.0.0.1:0"), "scheduler": shared,
		"mailer": append(shared, "--relay", relay.Addr(), "--relay-tls", "none", "--connections", fmt.Sprint(crashConnections), "--lease", "5s"),
	}}
	for part := range r.args {
		r.parts[part] = make([]*process, 3)
		for n := range 3 {
			r.start(part, n)
		}
	}
	clerk := visit(t, r.bases[0], seeds.ClerkLogin, testPassword)
	total := replicaIssues * (replicaUnits + 4)
	for n := range replicaEnds {
		if n < len(issues) {
			status := r.asks(clerk, func() (*http.Response, error) { return clerk.schedules(issues[n]) })
			if status != http.StatusSeeOther {
				t.Fatalf("scheduling: %d", status)
			}
		}
		at := min(total*n/replicaEnds, n*(replicaUnits+4)) + r.random.IntN(total/replicaEnds/2)
		eventually(t.Context(), t, "letters go on", func() bool { return took.count() >= at })
		r.end()
		if status := r.asks(clerk, func() (*http.Response, error) { return clerk.client.Get(clerk.base + "/desk") }); status != http.StatusOK {
			t.Errorf("the session is not known to another process: %d", status)
		}
	}
	for _, id := range issues {
		o.untilDispatched(t, id)
	}
	eventually(t.Context(), t, "all fires are made", func() bool { return len(opened(t, o, minutes)) >= missedTicks })
	for part, all := range r.parts {
		for n := range all {
			r.stop(part, n)
		}
	}
	everyTickOnce(t, o, minutes)
	r.settled(o, issues, took.all())
	o.sound(t)
}

// schedules asks for an issue to be scheduled at once, as its version is known.
func (v *visitor) schedules(issue uuid.UUID) (*http.Response, error) {
	page := v.get("/issues/" + issue.String()).page
	m := shownVersion.FindStringSubmatch(page)
	if m == nil {
		v.t.Fatal("the issue shows no version")
	}
	return v.client.PostForm(v.base+"/issues/"+issue.String()+"/acts", map[string][]string{"act": {"schedule"}, "version": {m[1] + m[2]}})
}

// numbered is the number in the head of the text.
var numbered = regexp.MustCompile(`(?m)^(.{0,20}第 ?)8( ?期)`)

// registeredIssues opens issues and takes each up to its registration.
func registeredIssues(ctx context.Context, t *testing.T, o *office, text string, n int) (ids []uuid.UUID) {
	t.Helper()
	w := &walk{office: o}
	for next := range n {
		its := numbered.ReplaceAllString(text, fmt.Sprintf("${1}%d${2}", 8+next))
		issue, err := o.desk.Open(ctx, w.as(ctx, seeds.EditorLogin), seeds.SeriesID, its)
		for err == nil && issue.State != workflow.Registered {
			issue, err = w.step(ctx, issue)
		}
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, issue.ID)
	}
	return ids
}

// settled holds the books against what the relay took: every letter has its end,
// none went twice, and those that may or may not have gone are listed, at most one
// for each connection that was killed.
func (r *replicas) settled(o *office, issues []uuid.UUID, got map[string]int) {
	r.t.Helper()
	taken := len(got)
	uncertain := map[uuid.UUID]bool{}
	for _, issue := range issues {
		letters, err := o.store.Deliveries(r.t.Context(), issue)
		if err != nil || len(letters) != replicaUnits+4 {
			r.t.Fatalf("%d letters, %v", len(letters), err)
		}
		for _, d := range letters {
			n := got[d.ID.String()]
			delete(got, d.ID.String())
			switch {
			case n > 1, d.State == mailer.Accepted && n == 0:
				r.t.Errorf("%s is %s and was taken %d times", d.Name, d.State, n)
			case d.State == mailer.Uncertain:
				uncertain[d.ID] = true
			case d.State != mailer.Accepted:
				r.t.Errorf("%s is %s", d.Name, d.State)
			}
		}
	}
	if len(got) > 0 {
		r.t.Errorf("%d letters that the books do not know", len(got))
	}
	tasks, err := o.store.MailTasks(r.t.Context())
	if err != nil || len(tasks) != len(uncertain) || len(uncertain) > r.killed*crashConnections {
		r.t.Errorf("%d letters are uncertain after %d kills, %d are listed, %v", len(uncertain), r.killed, len(tasks), err)
	}
	for _, d := range tasks {
		if !uncertain[d.ID] {
			r.t.Errorf("%s is listed and %s", d.Name, d.State)
		}
	}
	r.t.Logf("%d letters taken, %d mailers killed, %d uncertain", taken, r.killed, len(uncertain))
}

// sound fails unless all ledgers balance and all histories are what they were.
func (o *office) sound(t *testing.T) {
	t.Helper()
	if n, err := o.store.Unbalanced(t.Context()); err != nil || n != 0 {
		t.Errorf("%d ledgers do not balance, %v", n, err)
	}
	report, err := history.Verify(t.Context(), o.store, nil, nil)
	if err != nil || len(report.Findings) > 0 || report.Issues < replicaIssues {
		t.Errorf("%d histories verified: %v, %v", report.Issues, report.Findings, err)
	}
}
