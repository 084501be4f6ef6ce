package series

import "jianbao/workflow/setup"

// whole is a sheet whose lists are there where they are empty, as the document
// says of them.
func whole(s setup.Sheet) setup.Sheet {
	for _, list := range []*[]string{&s.Domains, &s.Sections, &s.Total.Kinds, &s.Hours.Work} {
		*list = append([]string{}, *list...)
	}
	s.Reminders.Ladder = append([]setup.ReminderLine{}, s.Reminders.Ladder...)
	s.Receipts.Chase = append([]setup.ChaseLine{}, s.Receipts.Chase...)
	s.Leaders, s.Route = append([]setup.LeaderLine{}, s.Leaders...), append([]setup.StepLine{}, s.Route...)
	heads := []setup.HeadLine{}
	for _, h := range s.Heads {
		heads = append(heads, setup.HeadLine{Unit: h.Unit, People: append([]string{}, h.People...)})
	}
	s.Heads = heads
	return s
}
