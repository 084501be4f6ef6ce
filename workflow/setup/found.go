package setup

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/workflow"
)

// A Founding is what has to be said of a series that is new; the rest is as
// most offices have it, to be changed later.
type Founding struct {
	Masthead, Organ, Place, Mailbox string
	// Route is the name of a built-in one, see [BuiltinRoutes].
	Route string
	// Countersign are the units that countersign, by their full names, where the
	// route has that step; it falls away where there are none.
	Countersign []string
}

// A BuiltinRoute is a route that a new series can begin with.
type BuiltinRoute struct {
	Name  string
	Title fault.Sentence
}

var builtinRoutes = []BuiltinRoute{
	{"short", fault.Say("setup.route.short", "编辑→审核", "edit → review")},
	{"full", fault.Say("setup.route.full", "编辑→审核→会签→签发→复核", "edit → review → countersign → sign-off → recheck")},
}

// BuiltinRoutes are the routes that a new series can begin with.
func BuiltinRoutes() []BuiltinRoute { return builtinRoutes }

var (
	noRoute      = fault.Say("setup.no-route", "没有“%s”这种流程，应为 short 或 full", "there is no route %q: short or full")
	noCountersig = fault.Say("setup.no-countersign", "“编辑→审核”的流程没有会签，不必写会签单位", "the short route has no step at which units countersign")
)

// usualTolerance is how late a release of a new series may be.
const usualTolerance = 2 * time.Hour

// Settings returns the settings of the new series. It fails with fault.Invalid
// and everything that is wrong at once.
func (f Founding) Settings(d Directory, id uuid.UUID, now time.Time) (Settings, error) {
	var reasons []fault.Reason
	var units []workflow.Named
	for _, name := range words(f.Countersign) {
		unit, why := d.unit(name)
		if why != nil {
			reasons = append(reasons, *why)
		}
		units = append(units, unit)
	}
	route := workflow.DefaultRoute()
	switch f.Route {
	case "short":
		reasons = append(reasons, unless(len(units) == 0, noCountersig.With())...)
	case "full":
		route = workflow.FullRoute(units...)
	default:
		reasons = append(reasons, noRoute.With(f.Route))
	}
	s := Settings{Series: workflow.Series{
		ID: id, Masthead: strings.TrimSpace(f.Masthead), Organ: strings.TrimSpace(f.Organ), Place: strings.TrimSpace(f.Place), Mailbox: strings.TrimSpace(f.Mailbox),
		Zone: usualZone, Route: route, FileCopies: 1, Tolerance: usualTolerance, Template: 1, Created: now, Version: 1,
	}}
	s.Timetable.Series = id
	if reasons = append(reasons, s.against()...); len(reasons) > 0 {
		return s, fault.New(fault.Invalid, badSettings.With(), reasons...)
	}
	return s, nil
}
