package dossier

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
	"time"
)

// A part is one file of the ZIP, made when its turn comes.
type part struct {
	name string
	make func(context.Context) ([]byte, error)
}

// ready is a part whose bytes are there.
func ready(name string, data []byte) part {
	return part{name, func(context.Context) ([]byte, error) { return data, nil }}
}

// manifest is the name of the list of all others.
const manifest = "清单.txt"

// zipEpoch is the first moment that a ZIP can name (APPNOTE.TXT 4.4.6).
var zipEpoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// pack writes parts and their manifest. Every file bears the same time. Of two of
// one name the later one gets a number.
func pack(ctx context.Context, w io.Writer, at time.Time, parts []part) error {
	if at.Before(zipEpoch) {
		at = zipEpoch
	}
	out := zip.NewWriter(w)
	var list strings.Builder
	taken := map[string]bool{}
	for _, p := range parts {
		if err := ctx.Err(); err != nil {
			return err
		}
		data, err := p.make(ctx)
		if err != nil {
			return fmt.Errorf("dossier: %s: %w", p.name, err)
		}
		name := free(p.name, taken)
		fmt.Fprintf(&list, "%x  %s\n", sha256.Sum256(data), name)
		if err := put(out, name, at, data); err != nil {
			return err
		}
	}
	if err := put(out, manifest, at, []byte(list.String())); err != nil {
		return err
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("dossier: %w", err)
	}
	return nil
}

func put(out *zip.Writer, name string, at time.Time, data []byte) error {
	file, err := out.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at.UTC()})
	if err == nil {
		_, err = file.Write(data)
	}
	if err != nil {
		return fmt.Errorf("dossier: %s: %w", name, err)
	}
	return nil
}

// free returns a name that is not taken, and takes it. Windows does not tell
// capitals from small letters.
func free(name string, taken map[string]bool) string {
	stem, ending := name, ""
	if dot := strings.LastIndexByte(name, '.'); dot > strings.LastIndexByte(name, '/') {
		stem, ending = name[:dot], name[dot:]
	}
	for n := 2; taken[strings.ToLower(name)]; n++ {
		name = fmt.Sprintf("%s (%d)%s", stem, n, ending)
	}
	taken[strings.ToLower(name)] = true
	return name
}

// safe is a name without what no system takes in one.
func safe(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
	if name = strings.Trim(name, ". "); name == "" {
		return "_"
	}
	return name
}
