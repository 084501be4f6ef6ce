package accounts

import (
	"strings"
	"testing"
	"time"

	"jianbao/fault"
)

// TestNobodyEndsTheSeparationAlone: the security administrator asks, somebody
// with another power agrees within a day, and nobody to their own request.
func TestNobodyEndsTheSeparationAlone(t *testing.T) {
	began := time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)
	s := Separation{On: true, At: began}
	admin, security, auditor, clerk := holding("甲", Admin), holding("乙", Security), holding("丙", Auditor), holding("丁", Clerk)
	asked := Ask{By: security.ID, ByName: security.Name, At: began.Add(time.Hour), Reason: "人手不够"}
	soon := asked.At.Add(time.Minute)
	code := func(err error) fault.Code {
		if err == nil {
			return ""
		}
		return fault.CodeOf(err)
	}
	for name, c := range map[string]struct {
		err  error
		want fault.Code
	}{
		"admin splits":                  {Separation{}.MaySplit(admin), ""},
		"security splits":               {Separation{}.MaySplit(security), ""},
		"auditor splits":                {Separation{}.MaySplit(auditor), fault.Forbidden},
		"admin splits what is split":    {s.MaySplit(admin), fault.Forbidden},
		"security splits what is split": {s.MaySplit(security), fault.Blocked},
		"security asks":                 {s.MayAsk(security, "人手不够"), ""},
		"security asks for nothing":     {s.MayAsk(security, ""), fault.Invalid},
		"security asks at length":       {s.MayAsk(security, strings.Repeat("长", 1000)), fault.Invalid},
		"admin asks":                    {s.MayAsk(admin, "x"), fault.Forbidden},
		"auditor asks":                  {s.MayAsk(auditor, "x"), fault.Forbidden},
		"asked while joined":            {Separation{}.MayAsk(security, "x"), fault.Blocked},
		"admin agrees":                  {s.MayAgree(admin, asked, soon), ""},
		"auditor agrees":                {s.MayAgree(auditor, asked, soon), ""},
		"security agrees":               {s.MayAgree(security, asked, soon), fault.Forbidden},
		"another security agrees":       {s.MayAgree(holding("戊", Security), asked, soon), fault.Forbidden},
		"clerk agrees":                  {s.MayAgree(clerk, asked, soon), fault.Forbidden},
		"nobody asked":                  {s.MayAgree(admin, Ask{}, soon), fault.Blocked},
		"a day later":                   {s.MayAgree(admin, asked, asked.At.Add(AskLife)), fault.Blocked},
		"asked before it turned":        {Separation{On: true, At: soon}.MayAgree(admin, asked, soon), fault.Blocked},
	} {
		if got := code(c.err); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	admin.Grants = append(admin.Grants, Grant{Role: Security})
	own := Ask{By: admin.ID, At: asked.At}
	if code(s.MayAgree(admin, own, soon)) != fault.Forbidden {
		t.Error("somebody agrees to what they asked themselves")
	}
}
