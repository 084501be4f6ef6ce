package sheets

import (
	"bytes"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/recipients"
	"jianbao/recipients/exchange"
	"jianbao/recipients/table"
)

// manyUnits is a directory with whatever a spreadsheet could spoil.
func manyUnits(n int) recipients.Directory {
	var dir recipients.Directory
	for i := range n {
		u := recipients.Unit{
			ID: uuid.New(), Name: fmt.Sprintf("第%d局", i), Place: "鄂尔多斯市", Level: recipients.County,
			Aliases: []recipients.Alias{{Name: fmt.Sprintf("=简%d", i), From: time.Date(2019, 3, 1, 0, 0, 0, 0, time.UTC)}, {Name: "-旧；\\" + fmt.Sprint(i), Former: true}},
			Phone:   "+86 0477", Addresses: []string{fmt.Sprintf("-u%d@a.example", i), "b@a.example"}, Contact: recipients.Contact{Name: "'@程", Phone: "007"},
			Channel: recipients.ByMail, Copies: i % 7, Version: 1,
		}
		if i > 0 {
			u.Parent = dir.Units[i/2].ID
		}
		dir.Units = append(dir.Units, u)
	}
	return dir
}

// A directory that goes out through a file and comes back does not change.
func TestADirectoryGoesThroughAFile(t *testing.T) {
	dir := manyUnits(200)
	for name, write := range map[string]func(io.Writer, table.Table) error{
		"csv": WriteCSV, "xlsx": func(w io.Writer, t table.Table) error { return WriteXLSX(w, t) },
	} {
		var file bytes.Buffer
		if err := write(&file, exchange.Write(dir, time.UTC)[0]); err != nil {
			t.Fatal(err)
		}
		back, err := ReadAll(file.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		p := exchange.Read(dir, back, exchange.Options{NewID: uuid.New})
		if err := p.Err(); err != nil || len(p.Added)+len(p.Changed) > 0 || p.Unchanged != len(dir.Units) {
			t.Errorf("%s: %v, %d added, %+v, %d unchanged", name, err, len(p.Added), p.Changed, p.Unchanged)
		}
	}
}

func BenchmarkImportOfFiftyThousand(b *testing.B) {
	dir := manyUnits(50_000)
	var file bytes.Buffer
	if err := WriteXLSX(&file, exchange.Write(dir, time.UTC)[0]); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(file.Len()))
	for b.Loop() {
		back, err := ReadAll(file.Bytes())
		if err != nil {
			b.Fatal(err)
		}
		if p := exchange.Read(dir, back, exchange.Options{NewID: uuid.New}); p.Unchanged != len(dir.Units) {
			b.Fatal(p.Err())
		}
	}
}
