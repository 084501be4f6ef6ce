package entry

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
)

// A Way is how somebody signed in.
type Way string

// The ways in.
const (
	ByPassword Way = "password"
	ByProvider Way = "provider" // single sign-on
)

// A Visit is one sign-in: where somebody is in, or was. It ends when they sign
// out, when it is ended from elsewhere, and with its time.
type Visit struct {
	ID      uuid.UUID
	Person  uuid.UUID
	Way     Way
	Device  string    // as Device reads it
	From    string    // network address
	Began   time.Time // of the sign-in
	Seen    time.Time // of the last request, to some minutes
	Expires time.Time
	Ended   time.Time // zero: not by anybody
	EndedBy string
}

// Idle is how long somebody may be away from the desk.
const Idle = 2 * time.Hour

// SeenEvery is how exactly it is known when a visit was seen last.
const SeenEvery = 5 * time.Minute

// Open reports whether the visit still lets its person in.
func (v Visit) Open(now time.Time) bool {
	return v.Ended.IsZero() && now.Before(v.Expires) && now.Before(v.Seen.Add(Idle+SeenEvery))
}

// VisitBooks is where visits are kept.
type VisitBooks interface {
	// BeginVisit writes a visit.
	BeginVisit(ctx context.Context, v Visit) error

	// Visit returns a visit, ended or not, or NotFound.
	Visit(ctx context.Context, id uuid.UUID) (Visit, error)

	// SawVisit notes when a visit was last of use.
	SawVisit(ctx context.Context, id uuid.UUID, at time.Time) error

	// VisitsOf returns the visits of a person that were not ended, the latest
	// first, at most limit.
	VisitsOf(ctx context.Context, person uuid.UUID, limit int) ([]Visit, error)

	// EndVisit ends a visit of a person; one that has ended is no error.
	EndVisit(ctx context.Context, person, id uuid.UUID, at time.Time, by string) error
}

// EndOthers ends every visit of a person but the present one.
func (d Desk) EndOthers(ctx context.Context, p accounts.Person, present uuid.UUID) error {
	return d.Books.ChangeEntry(oneself(ctx, p), Change{At: d.Now(), Of: p.ID, EndVisits: true, Except: present, Lines: []Line{secures(saidEndedOthers.With())}})
}

var saidEndedOthers = fault.Say("entry.said.ended-others", "结束了其他各处的登录", "ended all other sign-ins")

// maxDevice is how much of a name of a device is kept, in characters.
const maxDevice = 80

// programs and systems are what browsers call themselves, the particular in
// front of the general.
var (
	programs = [][2]string{{"MicroMessenger", "微信"}, {"wxwork", "企业微信"}, {"DingTalk", "钉钉"}, {"Edg/", "Edge"}, {"QQBrowser", "QQ浏览器"}, {"360", "360浏览器"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}}
	systems  = [][2]string{{"OpenHarmony", "HarmonyOS"}, {"HarmonyOS", "HarmonyOS"}, {"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"}}
)

// Device names what a request comes from, by what its browser says of itself
// (RFC 9110 section 10.1.5): "Chrome · Windows". It is for people to know their
// own devices by, and proves nothing.
func Device(agent string) string {
	name := func(known [][2]string) string {
		for _, k := range known {
			if strings.Contains(agent, k[0]) {
				return k[1]
			}
		}
		return ""
	}
	parts := []string{}
	for _, part := range []string{name(programs), name(systems)} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if len(parts) > 0 {
		return strings.Join(parts, " · ")
	}
	plain := []rune(strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return -1
		}
		return r
	}, agent))
	return string(plain[:min(len(plain), maxDevice)])
}
