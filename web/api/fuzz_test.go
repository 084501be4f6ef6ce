package api

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jianbao/accounts"
	"jianbao/seeds"
	"jianbao/web/api/op"
)

// FuzzRequests: whatever a program with a good token sends is answered, and what
// is refused is refused with a problem; nothing is our own fault.
func FuzzRequests(f *testing.F) {
	o := newOffice(f)
	o.hire(chief, accounts.Grant{Role: accounts.Admin}, accounts.Grant{Role: accounts.Clerk}, accounts.Grant{Role: accounts.Editor})
	o.token(chief, accounts.Token{Acts: true})
	ofSeries := "/series/" + seeds.SeriesID.String()
	for _, seed := range [][3]string{
		{"GET", "/issues?limit=2&cursor=AAAA", ""}, {"GET", "/audit/lines?what=issue.approve&cursor=MS5pc3N1ZS5h", ""}, {"GET", "/statistics?year=1950", ""},
		{"GET", "/units?q=%00&limit=200", ""}, {"GET", ofSeries + "/register?year=-1", ""}, {"GET", "/holidays/2026/table/ics", ""},
		{"POST", "/issues", `{"series":"` + seeds.SeriesID.String() + `","text":"一\u0000","kind":"正刊"}`},
		{"POST", "/issues", `{"series":"` + seeds.SeriesID.String() + `","file":{"name":"a.docx","data":"UEsDBA=="}}`},
		{"POST", "/people", `{"login":"x","name":"\ud800","roles":[{"role":"editor","series":null}]}`},
		{"PUT", "/holidays/2026", `{"day":"2026-13-01","kind":"off","reason":"x"}`},
		{"POST", "/holidays/2026/import", `{"text":"一、元旦：1月1日（周四）至3日（周六）放假调休","reason":"x"}`},
		{"PUT", ofSeries + "/settings", `{"text":"masthead = \"a\\u0000\""}`}, {"POST", ofSeries + "/settings/try", `{"text":"[["}`},
		{"POST", "/units/import", `{"file":{"name":"a.csv","data":"5Y2V5L2N5YWo56ew"}}`}, {"POST", "/hooks", `{"series":"` + seeds.SeriesID.String() + `","name":"x","url":"http://[::1]/"}`},
		{"POST", "/absences", `{"begins":"0000-00-00T00:00:00Z"}`}, {"PUT", "/me/reach", `{"mail":"a@b\r\nX: y"}`}, {"POST", "/audit", "{"}, {"POST", "/people", "[[[[[["},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, method, path, body string) {
		if !strings.HasPrefix(path, "/") || strings.ContainsFunc(path, func(r rune) bool { return r <= ' ' || r == 0x7F }) || len(method) == 0 || strings.ContainsFunc(method, func(r rune) bool { return r < 'A' || r > 'Z' }) {
			return
		}
		o.now = o.now.Add(50 * time.Millisecond) // no faster than a token may ask
		r := httptest.NewRequestWithContext(t.Context(), method, "http://jianbao.example", strings.NewReader(body))
		at, err := r.URL.Parse(Prefix + path)
		if err != nil {
			return
		}
		r.URL, r.RequestURI = at, at.RequestURI()
		r.Header.Set("Authorization", "Bearer "+o.tokens[chief])
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("If-Match", `"1"`)
		w := httptest.NewRecorder()
		o.handler.ServeHTTP(w, r)
		kind := w.Header().Get("Content-Type")
		if w.Code >= 500 || w.Code >= 400 && kind != op.ProblemType {
			t.Fatalf("%s %s %q is answered %d as %s: %.300s", method, path, body, w.Code, kind, w.Body)
		}
	})
}

// FuzzTokens: whatever is sent as a token opens nothing, unless it is one.
func FuzzTokens(f *testing.F) {
	o := newOffice(f)
	o.token("admin", accounts.Token{})
	right := o.tokens["admin"]
	for _, seed := range []string{"", "Bearer", "Bearer " + right, "bearer  " + right + " ", "Bearer " + right[:len(right)-1], "Bearer " + right + "A", "Basic " + right, "Bearer " + strings.ToLower(right),
		"Bearer " + accounts.NewToken(), "Bearer jianbao_\x00", "Bearer " + accounts.TokenHash(right), "Bearer jianbao_' OR 1=1 --", "Bearer \xff\xfe"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		o.now = o.now.Add(wrongEvery) // no faster than somebody may guess
		r := httptest.NewRequestWithContext(t.Context(), "GET", Prefix+"/me", nil)
		r.Header.Set("Authorization", header)
		w := httptest.NewRecorder()
		o.handler.ServeHTTP(w, r)
		scheme, rest, _ := strings.Cut(header, " ")
		opens := strings.EqualFold(scheme, "Bearer") && strings.TrimSpace(rest) == right
		if opens != (w.Code == 200) || !opens && w.Code != 401 {
			t.Fatalf("%q is answered %d: %.200s", header, w.Code, w.Body)
		}
	})
}
