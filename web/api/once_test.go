package api

import (
	"os"
	"strings"
	"testing"

	"jianbao/seeds"
	"jianbao/web/api/op"
)

func TestARequestWithAKeyIsDoneOnce(t *testing.T) {
	o := newOffice(t)
	opening := map[string]any{"series": seeds.SeriesID, "text": settled(t)}
	one := o.ask(seeds.EditorLogin, "POST", "/issues", opening, "Idempotency-Key", "k1").is(201)
	again := o.ask(seeds.EditorLogin, "POST", "/issues", opening, "Idempotency-Key", "k1").is(201)
	if string(one.body) != string(again.body) || one.header.Get("Location") != again.header.Get("Location") || one.header.Get("ETag") != again.header.Get("ETag") ||
		one.header.Get("Content-Type") != again.header.Get("Content-Type") || again.header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("%v %s\n%v %s", one.header, one.body, again.header, again.body)
	}
	o.ask(seeds.EditorLogin, "POST", "/issues", map[string]any{"series": seeds.SeriesID, "text": seeds.Issue8}, "Idempotency-Key", "k1").is(422, "另一请求")
	o.ask(seeds.EditorLogin, "POST", "/issues", opening, "Idempotency-Key", "k2").is(201)
	if n := o.issues(); n != 2 {
		t.Errorf("%d issues", n)
	}
	for _, bad := range []string{"", "a b", strings.Repeat("x", maxKey+1)} {
		o.ask(seeds.EditorLogin, "POST", "/issues", opening, "Idempotency-Key", bad).is(422, "Idempotency-Key")
	}
	// Another token's key is another key.
	o.ask(seeds.ClerkLogin, "POST", "/issues", opening, "Idempotency-Key", "k1").is(403)
}

func (o *office) issues() int {
	o.t.Helper()
	var page op.Page[IssueSummary]
	o.ask("admin", "GET", "/issues", nil).is(200).into(&page)
	return len(page.Items)
}

// What was refused changed nothing: its key may be used again.
func TestARefusalFreesItsKey(t *testing.T) {
	o := newOffice(t)
	path, etag := o.draft(seeds.Issue8)
	submit := map[string]any{"act": "submit"}
	o.ask(seeds.EditorLogin, "POST", path+"/acts", submit, "If-Match", etag, "Idempotency-Key", "s").is(422, `"code":"blocked"`)
	next := o.ask(seeds.EditorLogin, "PUT", path+"/text", map[string]any{"text": settled(t)}, "If-Match", etag).is(200).header.Get("ETag")
	o.ask(seeds.EditorLogin, "POST", path+"/acts", submit, "If-Match", next, "Idempotency-Key", "s").is(200, `"state":"review"`)
	// Sent again after its answer was lost, it is answered and not refused for
	// its version.
	o.ask(seeds.EditorLogin, "POST", path+"/acts", submit, "If-Match", next, "Idempotency-Key", "s").is(200, `"state":"review"`)
}

// Of a request whose end nobody knows, nothing is done by itself.
func TestARequestThatWasBrokenOffIsLookedAt(t *testing.T) {
	o := newOffice(t)
	opening := map[string]any{"series": seeds.SeriesID, "text": settled(t)}
	o.newID = func() { panic("the program ends") }
	o.ask(seeds.EditorLogin, "POST", "/issues", opening, "Idempotency-Key", "k").is(500)
	o.newID = func() {}
	o.ask(seeds.EditorLogin, "POST", "/issues", opening, "Idempotency-Key", "k").is(409, "不知是否办成")
	o.now = o.now.Add(keyLife + 1000)
	o.ask(seeds.EditorLogin, "POST", "/issues", opening, "Idempotency-Key", "k").is(201)
}

// Of what is classified, no word is kept, with or without a key.
func TestNothingOfAClassifiedTextIsKept(t *testing.T) {
	o := newOffice(t)
	text := "机密★10年\n" + strings.ReplaceAll(settled(t), "宿迁", "青冈坪甲号")
	r := o.ask(seeds.EditorLogin, "POST", "/issues", map[string]any{"series": seeds.SeriesID, "text": text}, "Idempotency-Key", "k").is(422, `"code":"refused"`)
	if strings.Contains(string(r.body), "青冈坪") || o.issues() != 0 {
		t.Errorf("%s", r.body)
	}
	for _, file := range o.files() {
		raw, err := os.ReadFile(file)
		must(t, err)
		if strings.Contains(string(raw), "青冈坪") || strings.Contains(string(raw), o.tokens[seeds.EditorLogin]) {
			t.Errorf("it is in %s", file)
		}
	}
}
