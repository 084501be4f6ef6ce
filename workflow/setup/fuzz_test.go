package setup_test

import (
	"strings"
	"testing"

	"jianbao/fault"
	"jianbao/workflow/setup"
)

// FuzzReadText: whatever text an administrator hands in is a sheet or a refusal
// with reasons; what is read of it is the same when it is written and read again,
// and what the sheet comes to is settings or a refusal.
func FuzzReadText(f *testing.F) {
	sheet := setup.SheetOf(plain(), reading().Directory)
	f.Add(sheet.Text(fault.ZH))
	f.Add(sheet.Text(fault.EN))
	for _, text := range []string{
		"", "x", "masthead = ", "masthead = \"a\\u0000b\"", "[[route]]\nkind = \"review\"", "[hours]\nworking = [\"24:00-00:00\"]",
		"cadence = { spec = \"* * * * *\" }", "route = 1", "[route]\n[route]", strings.Repeat("[", 3000), "masthead = \"\xff\"",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		read, err := setup.ReadText(text, sheet)
		if err != nil {
			if e := fault.As(err); e == nil || e.Code != fault.Invalid || len(e.Reasons) == 0 {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		written := read.Text(fault.ZH)
		again, err := setup.ReadText(written, sheet)
		if err != nil || again.Text(fault.ZH) != written {
			t.Fatalf("%q is read as\n%s\nand then, %v, as\n%s", text, written, err, again.Text(fault.ZH))
		}
		if _, err := read.Settings(plain(), reading()); err != nil && fault.As(err) == nil {
			t.Fatalf("%q: %v", text, err)
		}
	})
}
