package store

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/workflow"
)

// editors returns a desk over the store and somebody who may edit.
func editors(s *Store) (*workflow.Desk, workflow.Actor) {
	person := accounts.Person{ID: newID(), Name: "甲", Active: true, Grants: []accounts.Grant{{Role: accounts.Editor}, {Role: accounts.Clerk}}}
	return &workflow.Desk{Books: s, NewID: newID, Now: func() time.Time { return now }}, workflow.Actor{Person: person}
}

// Of a text that is refused, no word is anywhere in the database: neither in a
// row of any table nor, with SQLite, in a byte of its files.
func TestNothingOfAClassifiedTextIsWritten(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		const word = "青冈坪甲号"
		series := plant(t, s)
		desk, editor := editors(s)
		issue, err := desk.Open(t.Context(), editor, series.ID, draftText)
		must(t, err)
		text := "机密★10年\n" + strings.ReplaceAll(draftText, "宿迁", word)
		hidden := workflow.Source{Name: word + " 绝密★长期.docx", Data: []byte(word), Text: draftText}
		inProperties := workflow.Source{Name: word + ".docx", Properties: []string{"秘密★1年"}, Data: []byte(word), Text: draftText}
		_, opened := desk.Open(t.Context(), editor, series.ID, text)
		_, saved := desk.Save(t.Context(), editor, issue.ID, issue.Version, text)
		_, file := desk.OpenFile(t.Context(), editor, series.ID, hidden)
		_, other := desk.SaveFile(t.Context(), editor, issue.ID, issue.Version, inProperties)
		_, attached := desk.Attach(t.Context(), editor, issue.ID, issue.Version, word+" 秘密★1年.pdf", "", []byte(word))
		for n, err := range []error{opened, saved, file, other, attached} {
			if !fault.Is(err, fault.Refused) || strings.Contains(fmt.Sprint(err), word) {
				t.Errorf("no. %d: %v", n, err)
			}
		}
		if where := found(t, s, word); len(where) > 0 {
			t.Errorf("it is in %v", where)
		}
		_, err = desk.Save(t.Context(), editor, issue.ID, issue.Version, strings.ReplaceAll(draftText, "宿迁", word))
		must(t, err)
		if where := found(t, s, word); len(where) < 3 { // issue, event or text, original or file
			t.Errorf("the search finds a text that is there in %v only", where)
		}
	})
}

// found returns the tables, and the files of SQLite, that hold a word.
func found(t *testing.T, s *Store, word string) (where []string) {
	t.Helper()
	for _, table := range tables(t, s) {
		var all []map[string]any
		must(t, s.db.Table(table).Find(&all).Error)
		for _, row := range all {
			for column, value := range row {
				if raw, ok := value.([]byte); ok {
					value = string(raw)
				}
				if strings.Contains(fmt.Sprint(value), word) {
					where = append(where, table+"."+column)
				}
			}
		}
	}
	if s.postgres {
		return where
	}
	var path string
	must(t, s.db.Raw("SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&path).Error)
	for _, file := range []string{path, path + "-wal"} {
		raw, err := os.ReadFile(file)
		must(t, err)
		if bytes.Contains(raw, []byte(word)) {
			where = append(where, file)
		}
	}
	return where
}

// tables returns the name of every table.
func tables(t *testing.T, s *Store) (all []string) {
	t.Helper()
	query := "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
	if s.postgres {
		query = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
	}
	must(t, s.db.Raw(query).Scan(&all).Error)
	if len(all) < 20 {
		t.Fatalf("only %v", all)
	}
	return all
}

func TestWhatWasHandedInComesBackByteForByte(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		desk, editor := editors(s)
		raw := []byte("\xff\xfe\x00原\x00稿")
		picture := workflow.File{Name: "图1.png", Type: "image/png", Data: []byte("png\x00")}
		issue, err := desk.OpenFile(t.Context(), editor, series.ID, workflow.Source{
			Name: "来稿.docx", Data: raw, Encoding: "docx", Text: draftText, Pictures: []workflow.File{picture},
		})
		must(t, err)
		issue, err = desk.Attach(t.Context(), editor, issue.ID, issue.Version, "附件1.pdf", "application/pdf", []byte("%PDF\x00"))
		must(t, err)
		all, err := s.Originals(t.Context(), issue.ID)
		must(t, err)
		if len(all) != 1 || !bytes.Equal(all[0].Data, raw) || all[0].Name != "来稿.docx" || !all[0].At.Equal(now.Truncate(time.Microsecond)) || all[0].ByName != "甲" {
			t.Errorf("%+v", all)
		}
		back, err := s.Issue(t.Context(), issue.ID)
		must(t, err)
		if back.Digest() != issue.Digest() || len(back.Pictures) != 1 || len(back.Attachments) != 1 {
			t.Errorf("%+v %+v", back.Pictures, back.Attachments)
		}
		for sum, want := range map[string]string{back.Pictures[0].SHA256: "png\x00", back.Attachments[0].SHA256: "%PDF\x00"} {
			if data, err := s.File(t.Context(), sum); err != nil || string(data) != want {
				t.Errorf("%q %v", data, err)
			}
		}
		for _, statement := range []string{"UPDATE original SET name = 'x'", "DELETE FROM original", "UPDATE attachment SET data = 'x'"} {
			if err := s.db.WithContext(context.Background()).Exec(statement).Error; err == nil || !strings.Contains(err.Error(), "only grows") {
				t.Errorf("%s: %v", statement, err)
			}
		}
	})
}
