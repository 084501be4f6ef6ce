package api

import (
	"encoding/json"
	"io"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/seeds"
	"jianbao/web/api/op"
)

func TestWhoHasNoTokenLearnsNothing(t *testing.T) {
	o := newOffice(t)
	path, _ := o.draft(settled(t))
	for _, target := range []string{"/me", "/issues", path, "/nothing", "/people"} {
		r := o.ask("nobody", "GET", target, nil).is(401, `"code":"unauthenticated"`, `"status":401`, "jianbao token new")
		if r.header.Get("WWW-Authenticate") == "" || r.header.Get("Content-Type") != op.ProblemType {
			t.Errorf("%s: %v", target, r.header)
		}
	}
	// A token in the address, or in a cookie, is none.
	in := httptest.NewRequest("GET", Prefix+"/me?access_token="+o.tokens["admin"], nil)
	in.Header.Set("Cookie", "token="+o.tokens["admin"])
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, in)
	if w.Code != 401 {
		t.Errorf("%d", w.Code)
	}
}

func TestATokenThatEndedOpensNothing(t *testing.T) {
	o := newOffice(t)
	token := o.token(seeds.ClerkLogin, accounts.Token{})
	o.ask(seeds.ClerkLogin, "GET", "/me", nil).is(200, token.Prefix, `"acts":false`)
	must(t, o.store.RevokeToken(t.Context(), token.ID, o.now))
	o.ask(seeds.ClerkLogin, "GET", "/me", nil, "Accept-Language", "en").is(401, "was revoked at 2021-07-15")
	o.ask("admin", "GET", "/me", nil).is(200)
	o.now = o.now.AddDate(0, 0, 90)
	o.ask("admin", "GET", "/me", nil).is(401, "到期")
}

func TestATokenForMonitoringOpensNothingHere(t *testing.T) {
	o := newOffice(t)
	o.token(seeds.ClerkLogin, accounts.Token{Kind: accounts.Monitor})
	o.ask(seeds.ClerkLogin, "GET", "/me", nil).is(403, "/metrics")
}

func TestAClosedAccountsTokenOpensNothing(t *testing.T) {
	o := newOffice(t)
	p, err := o.store.ByLogin(t.Context(), "admin")
	must(t, err)
	p.Active = false
	must(t, o.store.SavePerson(t.Context(), p))
	o.ask("admin", "GET", "/me", nil).is(401, "令牌无效")
}

func TestWrongTokensAreTriedSlowly(t *testing.T) {
	o := newOffice(t)
	for n := range 2 * wrongTries {
		o.tokens["thief"] = accounts.NewToken()
		want := 401
		if n >= wrongTries {
			want = 429
		}
		r := o.ask("thief", "GET", "/me", nil).is(want)
		if want == 429 && r.header.Get("Retry-After") != "10" {
			t.Fatal(r.header)
		}
	}
	o.now = o.now.Add(wrongEvery)
	for range 3 * wrongTries { // what is right costs no try
		o.ask("admin", "GET", "/me", nil).is(200)
	}
}

func TestATokenAsksSteadily(t *testing.T) {
	o := newOffice(t)
	for range tokenTries {
		o.ask("admin", "GET", "/me", nil).is(200)
	}
	o.ask("admin", "GET", "/me", nil, "Accept-Language", "en-GB,en;q=0.8").is(429, "try again in 1 seconds")
	o.ask(seeds.ClerkLogin, "GET", "/me", nil).is(200)
	o.now = o.now.Add(time.Second)
	o.ask("admin", "GET", "/me", nil).is(200)
}

func TestATokenThatReadsDoesNotAct(t *testing.T) {
	o := newOffice(t)
	o.token(seeds.EditorLogin, accounts.Token{Acts: false})
	o.ask(seeds.EditorLogin, "POST", "/issues", map[string]any{"series": seeds.SeriesID, "text": settled(t)}).is(403, "只能查看")
	o.ask(seeds.EditorLogin, "GET", "/issues", nil).is(200, `"items":[]`)
}

func TestATokenOpensItsSeriesOnly(t *testing.T) {
	o := newOffice(t)
	path, etag := o.draft(settled(t))
	o.token(seeds.EditorLogin, accounts.Token{Acts: true, Series: []uuid.UUID{uuid.New()}})
	o.hire("stranger", accounts.Grant{Series: uuid.New(), Role: accounts.Clerk})
	o.token("stranger", accounts.Token{Acts: true})
	for _, login := range []string{seeds.EditorLogin, "stranger"} {
		o.ask(login, "GET", "/issues", nil).is(200, `"items":[]`)
		o.ask(login, "GET", "/series", nil).is(200, `[]`)
		for _, more := range []string{"", "/options", "/checks", "/attachments", "/forms/pdf", "/events", "/decisions", "/circulation", "/copies", "/deliveries", "/comments"} {
			o.ask(login, "GET", path+more, nil).is(404, `"code":"not-found"`)
		}
		o.ask(login, "PUT", path+"/text", map[string]any{"text": "x"}, "If-Match", etag).is(404)
		o.ask(login, "POST", path+"/acts", map[string]any{"act": "submit"}, "If-Match", etag).is(404)
		o.ask(login, "POST", path+"/attachments", map[string]any{"name": "a.txt", "data": "eA=="}, "If-Match", etag).is(404)
		o.ask(login, "POST", path+"/comments", map[string]any{"version": 1, "line": 1, "words": "x"}).is(404)
		o.ask(login, "GET", "/series/"+seeds.SeriesID.String()+"/register", nil).is(404)
		o.ask(login, "POST", "/issues", map[string]any{"series": seeds.SeriesID, "text": "x"}).is(404)
		o.ask(login, "GET", "/people", nil).is(403)
	}
}

// Nothing is approved by itself, whatever role a program's account has.
func TestAServiceDecidesNothing(t *testing.T) {
	o := newOffice(t)
	path, etag := o.draft(settled(t))
	etag = o.act(seeds.EditorLogin, path, etag, map[string]any{"act": "submit"})
	o.token(seeds.ReviewerLogin, accounts.Token{Acts: true, Kind: accounts.Service})
	o.ask(seeds.ReviewerLogin, "POST", path+"/acts", map[string]any{"act": "approve"}, "If-Match", etag).is(403, "要由人决定")
	var options []Option
	o.ask(seeds.ReviewerLogin, "GET", path+"/options", nil).is(200).into(&options)
	for _, option := range options {
		if option.Act == "approve" && (option.Allowed || len(option.Reasons) == 0) {
			t.Errorf("it is offered: %+v", option)
		}
	}
	o.token(seeds.ReviewerLogin, accounts.Token{Acts: true})
	o.act(seeds.ReviewerLogin, path, etag, map[string]any{"act": "approve"})
}

func TestABodyHasItsBounds(t *testing.T) {
	o := newOffice(t)
	r := o.ask(seeds.EditorLogin, "POST", "/issues", string(make([]byte, maxBody+1))).is(413)
	var p op.Problem
	must(t, json.Unmarshal(r.body, &p))
	if p.Code != "invalid" || p.Status != 413 {
		t.Errorf("%+v", p)
	}
	endless := &counted{}
	o.ask(seeds.EditorLogin, "POST", "/issues", io.LimitReader(endless, 4*maxBody)).is(413)
	if endless.read > maxBody+1<<16 {
		t.Errorf("%d bytes were read of a request that may have %d", endless.read, maxBody)
	}
}

// counted is a body without an end, which knows how much of it was read.
type counted struct{ read int }

func (c *counted) Read(p []byte) (int, error) {
	clear(p)
	c.read += len(p)
	return len(p), nil
}
