package workflow

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
)

// keyOf is how a memory keeps a fire: its local time, behind the name of its
// recurrence where that is not the opening of issues.
func keyOf(f Fire) string {
	if f.Schedule == Opening {
		return f.Local
	}
	return f.Schedule + "/" + f.Local
}

func (m *memory) Cursors(context.Context) ([]Cursor, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c := Cursor{Series: m.series, Timetable: m.timetable, Last: map[string]string{}}
	for _, f := range m.fires {
		c.Last[f.Schedule] = max(c.Last[f.Schedule], f.Local)
	}
	return []Cursor{c}, nil
}

func (m *memory) Fire(_ context.Context, fire Fire, work func(FireView) (FireResult, error)) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, made := m.fires[keyOf(fire)]; made {
		return false, nil
	}
	view := FireView{Series: m.series, Timetable: m.timetable, Register: m.register, Staff: m.staff}
	for _, issue := range m.issues {
		if slices.Contains(Underway(), issue.State) {
			view.Open = append(view.Open, issue)
		} else if issue.Released.After(time.Time{}) {
			view.Last = &issue
		}
	}
	done, err := work(view)
	if err != nil {
		return false, err
	}
	fire.Outcome = done.Outcome
	if done.Change != nil {
		fire.Issue = done.Change.Issue.ID
		m.write(*done.Change)
	}
	for _, f := range append(fire.Before, fire) {
		m.fires[keyOf(f)] = f
	}
	m.notices = append(m.notices, done.Notices...)
	return true, nil
}

// said returns the notices of a kind, by person.
func (m *memory) said(kind NoticeKind) map[uuid.UUID]Notice {
	all := map[uuid.UUID]Notice{}
	for _, n := range m.notices {
		if n.Kind == kind {
			all[n.Person] = n
		}
	}
	return all
}
