package history

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"jianbao/fault"
	"jianbao/workflow"
)

// memory is books in memory.
type memory struct {
	chains []Chain
	roots  []Sealed
}

func (m *memory) ChainIDs(context.Context) (ids []uuid.UUID, err error) {
	for _, c := range m.chains {
		ids = append(ids, c.Issue)
	}
	return ids, nil
}

func (m *memory) Chains(_ context.Context, ids []uuid.UUID) (found []Chain, err error) {
	for _, c := range m.chains {
		if slices.Contains(ids, c.Issue) {
			found = append(found, c)
		}
	}
	return found, nil
}

func (m *memory) Roots(context.Context) ([]Sealed, error) { return slices.Clone(m.roots), nil }

func (m *memory) AddRoot(_ context.Context, next func([]Sealed, []Link) (*Sealed, error)) error {
	made, err := next(slices.Clone(m.roots), m.links())
	if err == nil && made != nil {
		m.roots = append(m.roots, *made)
	}
	return err
}

func (m *memory) links() (links []Link) {
	for _, c := range m.chains {
		links = append(links, c.Link)
	}
	return links
}

// issue adds an issue without a history.
func (m *memory) issue() *Chain {
	m.chains = append(m.chains, Chain{Link: Link{Issue: uuid.New(), Name: "简报 第1期"}, Kept: true})
	return &m.chains[len(m.chains)-1]
}

// grow adds a line as package workflow does.
func (c *Chain) grow(note string) {
	e := workflow.Event{ID: uuid.New(), Issue: c.Issue, Seq: c.Count + 1, At: time.Unix(int64(c.Count), 0).UTC(), Act: workflow.Save, Note: note, Prev: c.Head}
	raw, err := json.Marshal(e)
	if err != nil {
		panic(err)
	}
	c.Lines = append(c.Lines, Line{Seq: e.Seq, At: e.At, Act: e.Act, Raw: string(raw), Hash: hashOf(raw)})
	c.Count, c.Head = e.Seq, hashOf(raw)
}

func notary(t interface{ TempDir() string }, m *memory) (*Notary, *time.Time) {
	now := time.Date(2021, 7, 15, 1, 0, 0, 0, time.UTC)
	dir := t.TempDir()
	return &Notary{Books: m, KeyFile: filepath.Join(dir, "keys", "k"), File: filepath.Join(dir, "r"), Now: func() time.Time { return now }}, &now
}

func made(t *testing.T, n *Notary, want bool) Root {
	t.Helper()
	root, did, err := n.Root(t.Context())
	if err != nil || did != want {
		t.Fatalf("made is %v: %v", did, err)
	}
	return root
}

func keys(r Report) (all []string) {
	for _, f := range r.Findings {
		all = append(all, f.Reason.Key)
	}
	return all
}

func TestARootADayAndOneMoreForNews(t *testing.T) {
	m := &memory{}
	n, now := notary(t, m)
	if r := made(t, n, true); r.Seq != 1 || r.Chains != 0 {
		t.Errorf("of nothing: %+v", r)
	}
	made(t, n, false)
	c := m.issue()
	c.grow("a")
	c.grow("b")
	if r := made(t, n, true); r.Seq != 2 || r.Chains != 1 || r.Events != 2 || len(r.Links) != 1 || r.Prev != m.roots[0].Hash {
		t.Errorf("of news: %+v", r)
	}
	must(t, n.Look(t.Context()))
	*now = now.Add(24 * time.Hour)
	must(t, n.Look(t.Context()))
	if len(m.roots) != 3 {
		t.Errorf("%d roots", len(m.roots))
	}
	if r := made(t, n, false); r.Seq != 3 || len(r.Links) != 0 || r.Events != 2 {
		t.Errorf("of a quiet day: %+v", r)
	}
	n.Zone = time.FixedZone("CST", 8*60*60)
	*now = time.Date(2021, 7, 16, 16, 0, 0, 0, time.UTC) // the 17th in China
	made(t, n, true)
	if r, err := n.Check(t.Context()); err != nil || r.Roots != 4 || len(r.Findings)+len(r.Remarks) != 0 || !r.Last.Equal(*now) {
		t.Errorf("%+v, %v", r, err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// threeRoots is an office with three roots and the lines of its file.
func threeRoots(t *testing.T) (*memory, *Notary, []string) {
	t.Helper()
	m := &memory{}
	n, now := notary(t, m)
	m.issue().grow("a")
	for range 3 {
		made(t, n, true)
		m.chains[0].grow("b")
		*now = now.Add(24 * time.Hour)
	}
	lines, err := ReadFile(n.File)
	must(t, err)
	if len(lines) != 3 {
		t.Fatalf("%d lines", len(lines))
	}
	return m, n, lines
}

func TestAFileOfRootsThatWasTouched(t *testing.T) {
	for name, c := range map[string]struct {
		touch func(lines []string) []string
		want  []string
	}{
		"nothing":            {func(l []string) []string { return l }, nil},
		"an older copy":      {func(l []string) []string { return l[:1] }, nil},
		"an edit":            {func(l []string) []string { l[1] = strings.Replace(l[1], `"count":2`, `"count":9`, 1); return l }, []string{rootUnsigned.Key, rootOther.Key}},
		"junk":               {func(l []string) []string { l[1] = "x"; return l }, []string{rootBroken.Key, rootMissing.Key}},
		"an empty root":      {func(l []string) []string { l[0] = `{"root":7}`; return l }, []string{rootBroken.Key, rootMissing.Key}},
		"a deletion":         {func(l []string) []string { return slices.Delete(l, 1, 2) }, []string{rootMissing.Key}},
		"a reordering":       {func(l []string) []string { l[1], l[2] = l[2], l[1]; return l }, []string{rootMissing.Key, rootMissing.Key}},
		"a line twice":       {func(l []string) []string { return append(l, l[0], l[2]) }, nil},
		"a line torn off":    {func(l []string) []string { return slices.Insert(l, 2, l[2][:40]) }, nil},
		"the file, entirely": {func([]string) []string { return nil }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			_, n, lines := threeRoots(t)
			must(t, os.WriteFile(n.File, []byte(strings.Join(c.touch(lines), "\n")+"\n"), 0o600))
			r, err := n.Check(t.Context())
			if got := keys(r); err != nil || !slices.Equal(got, c.want) {
				t.Errorf("%q, not %q, %v", got, c.want, err)
			}
		})
	}
}

func TestARootOfAnotherHistoryIsFound(t *testing.T) {
	m, n, _ := threeRoots(t)
	key, err := KeyIn(n.KeyFile)
	must(t, err)
	other, err := Next(m.roots[:1], []Link{{Issue: uuid.New(), Count: 7, Head: "x"}}, n.Now(), key) // by whoever has the key
	must(t, err)
	line, err := other.Line()
	must(t, err)
	must(t, appendTo(n.File, []string{line}))
	r, err := n.Check(t.Context())
	must(t, err)
	if got := keys(r); !slices.Contains(got, rootMissing.Key) || !slices.Contains(got, gone.Key) {
		t.Errorf("%q", got)
	}
	if _, _, err := n.Root(t.Context()); !fault.Is(err, fault.Blocked) {
		t.Errorf("a root was made over it: %v", err)
	}
}

func TestWhatACrashToreOffIsWrittenAgain(t *testing.T) {
	for _, left := range []int{1, 40, 10_000} { // bytes of the second root
		m := &memory{}
		n, now := notary(t, m)
		made(t, n, true)
		first, err := os.ReadFile(n.File)
		must(t, err)
		*now = now.Add(24 * time.Hour)
		made(t, n, true)
		whole, err := os.ReadFile(n.File)
		must(t, err)
		must(t, os.WriteFile(n.File, whole[:min(len(first)+left, len(whole)-1)], 0o600))
		*now = now.Add(24 * time.Hour)
		made(t, n, true)
		r, err := n.Check(t.Context())
		lines, err2 := ReadFile(n.File)
		if err := errors.Join(err, err2); err != nil || len(keys(r)) != 0 || len(r.Remarks) != 0 || len(lines) != 3 {
			t.Errorf("%d bytes left: %d lines, %+v, %v", left, len(lines), r, err)
		}
	}
}

func TestKeysThatCannotBeUsed(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		must(t, os.WriteFile(path, []byte(text), mode))
		return path
	}
	good := filepath.Join(dir, "good")
	first, err := KeyIn(good)
	must(t, err)
	if again, err := KeyIn(good); err != nil || !again.Equal(first) {
		t.Errorf("it is another one the next time: %v", err)
	}
	if info, err := os.Stat(good); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".key-*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	must(t, os.Chmod(good, 0o640))
	for _, path := range []string{good, file("junk", "x", 0o600), file("pem", "-----BEGIN PRIVATE KEY-----\neA==\n-----END PRIVATE KEY-----\n", 0o600)} {
		if _, err := KeyIn(path); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := KeyIn(filepath.Join(good, "x", "k")); fault.As(err) == nil {
		t.Errorf("beneath a file: %v", err)
	}
}

func TestWithoutAKeyTheFirstRootIsBelievedAndThatIsSaid(t *testing.T) {
	m, n, lines := threeRoots(t)
	r, err := Verify(t.Context(), m, lines, nil)
	must(t, err)
	if len(r.Findings) != 0 || len(r.Remarks) != 1 || r.Remarks[0].Key != untrusted.Key {
		t.Errorf("%+v", r)
	}
	other := ed25519.NewKeyFromSeed(make([]byte, 32)).Public().(ed25519.PublicKey)
	if r, err := Verify(t.Context(), m, lines, []ed25519.PublicKey{other}); err != nil || r.Roots != 0 || len(r.Findings) < 3 {
		t.Errorf("%+v, %v", r, err)
	}
	must(t, os.Remove(n.KeyFile))
	if _, _, err := n.Root(t.Context()); !fault.Is(err, fault.Blocked) {
		t.Errorf("under a new key: %v", err)
	}
	n.NewKey = true
	made(t, n, true)
	mine, err := KeyIn(n.KeyFile)
	must(t, err)
	old, err := m.roots[0].Root()
	must(t, err)
	lines, err = ReadFile(n.File)
	must(t, err)
	if r, err := Verify(t.Context(), m, lines, []ed25519.PublicKey{old.Key, mine.Public().(ed25519.PublicKey)}); err != nil || len(r.Findings) != 0 || r.Roots != 4 {
		t.Errorf("under both: %+v, %v", r, err)
	}
}

// A process verifies the books when it begins to run, and tells what it found.
func TestWhoRunsVerifiesAndTells(t *testing.T) {
	m, n, _ := threeRoots(t)
	n.Log = slog.New(slog.DiscardHandler)
	for _, want := range []int{0, 1} {
		ctx, stop := context.WithCancel(t.Context())
		told := 0
		n.Verified = func(r Report) {
			told++
			if (len(r.Findings) > 0) != (want > 0) || r.Issues == 0 {
				t.Errorf("%+v", r)
			}
			stop()
		}
		must(t, n.Run(ctx))
		if told != 1 {
			t.Errorf("told %d times", told)
		}
		m.chains[0].Lines[0].Raw += " " // behind the program's back
	}
}

// Whatever happens to an office, and whenever roots are made, what nobody
// touched is sound; and whatever one line is turned into, it shows.
func TestOneTouchAlwaysShows(t *testing.T) {
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	rapid.Check(t, func(t *rapid.T) {
		m, lines := &memory{}, []string(nil)
		m.issue().grow("a")
		for range rapid.IntRange(1, 30).Draw(t, "acts") {
			switch rapid.IntRange(0, 5).Draw(t, "act") {
			case 0:
				m.issue().grow("a")
			case 1:
				root, err := Next(m.roots, m.links(), time.Unix(int64(len(lines)), 0), key)
				if err != nil {
					t.Fatal(err)
				}
				line, _ := root.Line()
				m.roots, lines = append(m.roots, root), append(lines, line)
			default:
				rapid.SampledFrom(pointers(m.chains)).Draw(t, "issue").grow("b")
			}
		}
		trusted := []ed25519.PublicKey{key.Public().(ed25519.PublicKey)}
		if r, err := Verify(context.Background(), m, lines, trusted); err != nil || len(r.Findings) > 0 || r.Issues != len(m.chains) {
			t.Fatalf("untouched: %+v, %v", r, err)
		}
		c := rapid.SampledFrom(pointers(m.chains)).Draw(t, "victim")
		l := &c.Lines[rapid.IntRange(0, len(c.Lines)-1).Draw(t, "line")]
		switch rapid.IntRange(0, 4).Draw(t, "touch") {
		case 0:
			at := rapid.IntRange(0, len(l.Raw)-1).Draw(t, "byte")
			l.Raw = l.Raw[:at] + string(l.Raw[at]^1) + l.Raw[at+1:]
		case 1:
			l.Hash = hashOf([]byte(l.Hash))
		case 2:
			l.Seq++
		case 3:
			c.Lines = slices.DeleteFunc(c.Lines, func(o Line) bool { return o.Seq == l.Seq })
		case 4:
			c.Count--
		}
		if r, err := Verify(context.Background(), m, lines, trusted); err != nil || len(r.Findings) == 0 || r.Findings[0].Issue != c.Issue {
			t.Errorf("touched: %+v, %v", r, err)
		}
	})
}

func pointers(all []Chain) (p []*Chain) {
	for n := range all {
		p = append(p, &all[n])
	}
	return p
}

func FuzzReadSealed(f *testing.F) {
	f.Add(`{"root":{"seq":1,"links":[{"issue":"00000000-0000-0000-0000-000000000001","count":1,"head":"x"}]},"hash":"x","signature":"eA=="}`)
	f.Add(`{"root":null}`)
	f.Add("x")
	f.Fuzz(func(t *testing.T, line string) {
		r, err := Verify(t.Context(), &memory{}, []string{line}, []ed25519.PublicKey{make([]byte, 32)})
		if err != nil || len(r.Findings) == 0 || r.Roots != 0 {
			t.Errorf("%+v, %v", r, err)
		}
	})
}
