package jianbao_test

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"testing"
)

var (
	// someonesPath is an absolute path into a person's or a machine's own
	// folders.
	someonesPath = regexp.MustCompile(`(^|[^\w./-])/(root|work|home|Users)/`)
	// someonesHost is a registry: whoever builds this has a mirror, or none.
	someonesHost = regexp.MustCompile(`\b(proxy\.golang|sum\.golang|registry\.npmjs|deb\.debian)\.org\b`)
)

func TestTheTreeBelongsToNoMachine(t *testing.T) {
	err := walk(os.DirFS("."), func(name string, data []byte) error {
		complain(t, particular(name, data))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestMachinesAreCaught(t *testing.T) {
	caught(t, particular("a.md", []byte("see\n`"+"/work"+"/tree` and ../wor"+"k/tree, framework/x\n")), "a.md:2")
	caught(t, particular("a.sh", []byte("/home"+"/me/x\nhttps://"+"proxy.golang"+".org/x\n")), "a.sh:1", "a.sh:2")
	caught(t, particular("a.png", []byte("\x00"+"/root"+"/x")))
	caught(t, particular("go.sum", []byte("proxy.golang"+".org")))
}

// particular returns the lines of a text file that hold on one machine only.
func particular(name string, data []byte) []string {
	if name == "go.sum" || bytes.IndexByte(data, 0) >= 0 {
		return nil
	}
	var complaints []string
	for i, line := range bytes.Split(data, []byte("\n")) {
		for _, pattern := range []*regexp.Regexp{someonesPath, someonesHost} {
			if found := pattern.Find(line); found != nil {
				complaints = append(complaints, fmt.Sprintf("%s:%d: %q belongs to one machine", name, i+1, found))
			}
		}
	}
	return complaints
}
