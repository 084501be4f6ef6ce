package history

import (
	"errors"
	"io/fs"
	"os"
	"strings"

	"jianbao/fault"
)

var noFile = fault.Say("history.no-file", "根文件%s读写不了", "the file of roots %s cannot be read or written")

// ReadFile returns the lines of a file of roots, each once; none where there is
// no file. It fails with fault.Unavailable if it cannot be read. A line that a
// crash tore off is left out: it stands whole behind itself, or will when the
// next root is made.
func ReadFile(path string) ([]string, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fault.New(fault.Unavailable, noFile.With(path)).Because(err)
	}
	var lines []string
	seen := map[string]bool{}
	for line := range strings.Lines(string(raw)) {
		whole, ended := strings.CutSuffix(line, "\n")
		if n := len(lines); n > 0 && strings.HasPrefix(whole, lines[n-1]) {
			lines = lines[:n-1]
			delete(seen, whole)
		}
		if _, err := ReadSealed(whole); seen[whole] || whole == "" || !ended && err != nil {
			continue
		}
		seen[whole] = true // two processes may append the same ones
		lines = append(lines, whole)
	}
	return lines, nil
}

// appendTo adds lines at the end of a file, and returns when they are on the
// disk. What a crash left without an end gets one.
func appendTo(path string, lines []string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o644)
	if err != nil {
		return fault.New(fault.Unavailable, noFile.With(path)).Because(err)
	}
	text := strings.Join(lines, "\n") + "\n"
	last := []byte{'\n'}
	if info, err := f.Stat(); err == nil && info.Size() > 0 {
		_, err = f.ReadAt(last, info.Size()-1)
		if err == nil && last[0] != '\n' {
			text = "\n" + text
		}
	}
	_, err = f.WriteString(text)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fault.New(fault.Unavailable, noFile.With(path)).Because(err)
	}
	return nil
}
