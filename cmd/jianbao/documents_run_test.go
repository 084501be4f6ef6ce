package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// notRun are commands of the operator's guide that its test does not run, and
// why; by the beginning of the line.
var notRun = map[string]string{
	"serve":          "stays up; TestReplicasKilledAtRandom runs it",
	"bench mail":     "takes a minute; TestAMeasurementCountsEveryLetter runs a small one",
	"issue trial":    "needs a relay; TestATrialLetterCountsForNothing has one",
	"filing propose": "needs an issue that has expired",
	"filing decide":  "needs a list that was proposed",
	"filing destroy": "needs a list that was approved",
	"remark show":    "needs the id of a remark; TestRemarksByCommand has one",
	"dkim new":       "stands there with words in the place of names; TestObjectsAsJSON runs it",
	"secret forget":  "is for a key that is lost; TestALostKeyFileIsSaidAndNotMadeAnew runs it",
}

// namedAlone are commands that the guide names without all that they want.
var namedAlone = []string{"filing list", "filing expired", "filing register"}

// Every other command of the operator's guide is run as it stands there, but for
// names and places, on an office of its own.
func TestTheCommandsOfTheGuideRun(t *testing.T) {
	for _, lang := range []string{"", ".zh-CN"} {
		t.Run("guide"+lang, func(t *testing.T) {
			pages, err := filepath.Abs(filepath.Join("..", "..", "docs"))
			if err != nil {
				t.Fatal(err)
			}
			here := guideOffice(t)
			var lines []string
			for _, page := range []string{"operating", "operations/running"} {
				text, err := os.ReadFile(filepath.Join(pages, page+lang+".md"))
				if err != nil {
					t.Fatal(err)
				}
				for _, line := range commandsIn(string(text)) {
					if !slices.Contains(lines, line) {
						lines = append(lines, line)
					}
				}
			}
			count := 0
			for _, line := range lines {
				if runsHere(line) {
					count++
					runAsTyped(t, here.Replace(line))
				}
			}
			if count < 15 {
				t.Errorf("only %d of %d commands were run", count, len(lines))
			}
		})
	}
}

func runsHere(line string) bool {
	for beginning := range notRun {
		if strings.HasPrefix(line, beginning) {
			return false
		}
	}
	return !slices.Contains(namedAlone, line)
}

// runAsTyped runs a line of a shell, whose words may be between quotes.
func runAsTyped(t *testing.T, line string) {
	t.Helper()
	var args []string
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			args = append(args, part)
		} else {
			args = append(args, strings.Fields(part)...)
		}
	}
	code, out, errs := ran(t, args...)
	if found := args[0] == "check" && strings.Contains(out, "须处理"); code != 0 && !found {
		t.Errorf("jianbao %s: exit %d: %s", line, code, errs)
	}
}

// guideSeries is what the series of the guide is called in the sample.
const guideSeries = "鄂尔多斯科技简报"

// guideOffice makes an office, goes to an empty directory, and returns what turns
// the names and places of the guide into those that are there.
func guideOffice(t *testing.T) *strings.Replacer {
	t.Helper()
	dir, target := t.TempDir(), emptyPostgres(t)
	data := filepath.Join(dir, "data")
	demonstration(t, "--dir", data)
	t.Chdir(dir)
	t.Setenv("JIANBAO_DIR", data)
	done(t, "backup", "--to", filepath.Join(dir, "backups"))
	made, err := filepath.Glob(filepath.Join(dir, "backups", "*.backup"))
	if err != nil || len(made) != 1 {
		t.Fatalf("%v, %v", made, err)
	}
	put := func(name, text string) string {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return filepath.Join(dir, name)
	}
	const notice = "一、元旦：1月1日（周五）至3日（周日）放假，共3天。"
	put("notice.txt", notice)
	put("通知.txt", notice)
	settings := done(t, "series", "show", guideSeries)
	put("series.toml", settings)
	put("设置.toml", settings)
	return strings.NewReplacer("政务简报", guideSeries, "2026-8", "2021-8", "/srv/backups/jianbao-20260801T020000.000Z.backup", made[0],
		"备份文件", made[0], "空数据库", filepath.Join(dir, "restored.db"), "/srv/backups", filepath.Join(dir, "backups"),
		"--dir /var/lib/jianbao --to postgres://jianbao@db/jianbao", "--to "+target, "postgres://…", target,
		"migrate --db postgres://jianbao@db/jianbao", "migrate --db "+filepath.Join(dir, "new.db"), "postgres://jianbao@db/jianbao", filepath.Join(dir, "restored.db"),
		"/etc/jianbao/jianbao.toml", put("jianbao.toml", "dir = '"+data+"'\n"))
}
