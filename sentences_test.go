package jianbao_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// A spoken is one fault.Say in the source. The source is read rather than
// fault.Catalogue, so that the program's own sentences (package main cannot be
// imported) are looked at too, with their places.
type spoken struct {
	source
	call   *ast.CallExpr
	name   string // of the variable that holds it, or ""
	key    string
	zh, en string
}

func TestWhatIsSaidIsSaidInBothLanguages(t *testing.T) {
	all, complaints := sentences(sources(t))
	if len(all) == 0 {
		t.Fatal("no sentences found")
	}
	complain(t, append(complaints, misspoken(all)...))
}

func TestSentencesGetTheArgumentsTheyAskFor(t *testing.T) {
	all, _ := sentences(sources(t))
	complain(t, misfilled(sources(t), all))
}

func TestBadSentencesAreCaught(t *testing.T) {
	say := func(calls string) []source {
		return invented(t, map[string]string{"mailer/a.go": "package mailer\n" + calls})
	}
	wrong := func(zh, en string) []string {
		all, complaints := sentences(say(fmt.Sprintf("var x = fault.Say(%q, %q, %q)", "mailer.x", zh, en)))
		return append(complaints, misspoken(all)...)
	}
	caught(t, wrong("还差%d份", "%d copies short"))
	caught(t, wrong("%s %d", "%s %d"))
	caught(t, wrong("%s：“%s”", "%[2]q of %[1]s, 100%%"))
	caught(t, wrong("期号“共印N份”", "the words “共印N份” and \"存档\""))
	caught(t, wrong("", "x"), "no Chinese")
	caught(t, wrong("印", " "), "no English")
	caught(t, wrong("copies", "copies"), "no Chinese")
	caught(t, wrong("还差%d份", "copies short"), "asks for [d] in Chinese and [] in English")
	caught(t, wrong("还差%d份", "%s copies short"), "[d] in Chinese and [text]")
	caught(t, wrong("%d份%s", "%s of %d"), "[d text] in Chinese and [text d]")
	caught(t, wrong("%w错", "%w wrong"), "%w")
	caught(t, wrong("印", "print run 共印"), "Chinese outside quotation marks")
	caught(t, wrong("印", "print，run"), "Chinese outside quotation marks")

	_, complaints := sentences(say("var k = \"x\"; var x = fault.Say(k, k, k)"))
	caught(t, complaints, "mailer/a.go:2: fault.Say wants three plain strings")
	all, _ := sentences(say("var x, y = fault.Say(\"web.x\", \"印\", \"x\"), fault.Say(\"mailer.y\", \"印\", \"x\" + \"y\")\nvar z = fault.Say(\"mailer.y\", \"印\", \"x\")"))
	caught(t, misspoken(all), "the key web.x does not begin with the room's name", "the key mailer.y is taken at mailer/a.go:2")
}

func TestMissingArgumentsAreCaught(t *testing.T) {
	code := invented(t, map[string]string{
		"mailer/a.go": "package mailer\nvar late = fault.Say(\"mailer.late\", \"%d%s\", \"%d%s\")\nvar Plain = fault.Say(\"mailer.plain\", \"印\", \"x\")",
		"mailer/b.go": "package mailer\nfunc f(a []any) { late.With(1, 2); late.With(1); late.With(a...) }",
		"web/a.go":    "package web\nfunc f() { mailer.Plain.With(1); log.late.With(1) }",
	})
	all, _ := sentences(code)
	caught(t, misfilled(code, all), "mailer/b.go:2: late asks for 2 arguments and gets 1", "web/a.go:2: Plain asks for 0 arguments and gets 1")
}

// sentences returns every sentence that the source outside tests declares, and a complaint
// for each whose words are not plain strings.
func sentences(all []source) (found []spoken, complaints []string) {
	for _, s := range all {
		if s.test {
			continue
		}
		names := holders(s.file)
		ast.Inspect(s.file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !says(s, call.Fun) {
				return true
			}
			words := make([]string, 0, 3)
			for _, arg := range call.Args {
				if w, plain := literal(arg); plain {
					words = append(words, w)
				}
			}
			if len(words) != 3 {
				complaints = append(complaints, s.at(call.Pos())+": fault.Say wants three plain strings, to be found by those who search for them")
				return true
			}
			found = append(found, spoken{s, call, names[call], words[0], words[1], words[2]})
			return true
		})
	}
	return found, complaints
}

// says reports whether an expression is fault.Say.
func says(s source, fun ast.Expr) bool {
	switch f := fun.(type) {
	case *ast.Ident:
		return f.Name == "Say" && s.file.Name.Name == "fault"
	case *ast.SelectorExpr:
		room, ok := f.X.(*ast.Ident)
		return ok && room.Name == "fault" && f.Sel.Name == "Say"
	}
	return false
}

// holders returns the package-level variables of a file by what they are set
// to.
func holders(file *ast.File) map[ast.Expr]string {
	names := map[ast.Expr]string{}
	for _, decl := range file.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.VAR {
			continue
		}
		for _, spec := range group.Specs {
			v := spec.(*ast.ValueSpec)
			for i, value := range v.Values {
				names[value] = v.Names[i].Name
			}
		}
	}
	return names
}

// literal returns the value of a string literal, or of several joined by +.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		value, err := strconv.Unquote(e.Value)
		return value, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		left, ok1 := literal(e.X)
		right, ok2 := literal(e.Y)
		return left + right, ok1 && ok2 && e.Op == token.ADD
	case *ast.ParenExpr:
		return literal(e.X)
	}
	return "", false
}

// misspoken returns what is wrong with the words and keys of sentences.
func misspoken(all []spoken) []string {
	var complaints []string
	places := map[string]string{}
	for _, s := range all {
		where := s.at(s.call.Pos())
		for _, wrong := range []string{badKey(s), taken(places, s.key, where), badWords(s), badVerbs(s)} {
			if wrong != "" {
				complaints = append(complaints, where+": "+wrong)
			}
		}
	}
	return complaints
}

func badKey(s spoken) string {
	room, rest, _ := strings.Cut(s.key, ".")
	if rest == "" || !slices.Contains(strings.Split(s.room, "/"), room) {
		return fmt.Sprintf("the key %s does not begin with the room's name", s.key)
	}
	return ""
}

// taken notes where a key is declared and complains of the second place.
// fault.Say panics over it too, but only within one program.
func taken(places map[string]string, key, where string) string {
	if first, ok := places[key]; ok {
		return fmt.Sprintf("the key %s is taken at %s", key, first)
	}
	places[key] = where
	return ""
}

// quotation is what an English sentence may hold in Chinese: the term itself.
var quotation = regexp.MustCompile("“[^”]*”|‘[^’]*’|\"[^\"]*\"|'[^']*'|`[^`]*`")

func badWords(s spoken) string {
	chinese := func(r rune) bool {
		return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF
	}
	zh, en := directive.ReplaceAllString(s.zh, ""), directive.ReplaceAllString(s.en, "")
	switch {
	case strings.TrimSpace(s.zh) == "" || strings.ContainsFunc(zh, unicode.IsLetter) && !strings.ContainsFunc(zh, chinese):
		return fmt.Sprintf("%s says no Chinese: %q", s.key, s.zh)
	case strings.TrimSpace(s.en) == "" || strings.ContainsFunc(zh, unicode.IsLetter) && !strings.ContainsFunc(en, unicode.IsLetter):
		return fmt.Sprintf("%s says no English: %q", s.key, s.en)
	case strings.ContainsFunc(quotation.ReplaceAllString(s.en, ""), chinese):
		return fmt.Sprintf("%s has Chinese outside quotation marks: %q", s.key, s.en)
	}
	return ""
}

func badVerbs(s spoken) string {
	zh, err := verbs(s.zh)
	if err == nil {
		var en []string
		if en, err = verbs(s.en); err == nil && !slices.Equal(zh, en) {
			return fmt.Sprintf("%s asks for %v in Chinese and %v in English", s.key, zh, en)
		}
	}
	if err != nil {
		return fmt.Sprintf("%s: %v", s.key, err)
	}
	return ""
}

// directive is one thing a format does, see package fmt: flags, width,
// argument index, verb.
var directive = regexp.MustCompile(`%([-+# 0]*\d*(?:\.\d+)?)(?:\[(\d+)\])?(.?)`)

// verbs returns the kinds of arguments that a format asks for, in the order of
// the arguments. Text is one kind, however it is quoted.
func verbs(format string) ([]string, error) {
	kinds := map[int]string{}
	next := 1
	for _, m := range directive.FindAllStringSubmatch(format, -1) {
		kind := m[3]
		switch kind {
		case "%":
			continue
		case "s", "q", "v":
			kind = "text"
		case "d", "f", "g", "x", "X", "t", "c":
		default:
			return nil, fmt.Errorf("%s is nothing a sentence can fill in", m[0])
		}
		if m[2] != "" {
			next, _ = strconv.Atoi(m[2])
		}
		if before, ok := kinds[next]; ok && before != kind {
			return nil, fmt.Errorf("argument %d is both %s and %s", next, before, kind)
		}
		kinds[next] = kind
		next++
	}
	list := make([]string, 0, len(kinds))
	for i, n := range slices.Sorted(maps.Keys(kinds)) {
		if n != i+1 {
			return nil, fmt.Errorf("argument %d is not used", i+1)
		}
		list = append(list, kinds[n])
	}
	return list, nil
}

// misfilled returns the calls of With that give a sentence more or fewer
// arguments than it has places, which go vet does not see. Only sentences that
// have a name at the top of their room are followed.
func misfilled(all []source, declared []spoken) []string {
	wants := map[string]int{}
	for _, s := range declared {
		if asked, err := verbs(s.zh); err == nil && s.name != "" {
			wants[packageOf(s.source)+"."+s.name] = len(asked)
		}
	}
	var complaints []string
	for _, s := range all {
		ast.Inspect(s.file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || call.Ellipsis.IsValid() {
				return true
			}
			name := filled(s, call.Fun)
			if want, known := wants[name]; known && want != len(call.Args) {
				short := name[strings.LastIndex(name, ".")+1:]
				complaints = append(complaints, fmt.Sprintf("%s: %s asks for %d arguments and gets %d", s.at(call.Pos()), short, want, len(call.Args)))
			}
			return true
		})
	}
	return complaints
}

func packageOf(s source) string { return strings.TrimSuffix(s.file.Name.Name, "_test") }

// filled returns package.name of the sentence whose With is called, or "".
func filled(s source, fun ast.Expr) string {
	with, ok := fun.(*ast.SelectorExpr)
	if !ok || with.Sel.Name != "With" {
		return ""
	}
	switch x := with.X.(type) {
	case *ast.Ident:
		return packageOf(s) + "." + x.Name
	case *ast.SelectorExpr:
		if room, ok := x.X.(*ast.Ident); ok {
			return room.Name + "." + x.Sel.Name
		}
	}
	return ""
}
