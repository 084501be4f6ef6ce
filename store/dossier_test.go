package store

import "testing"

func TestTheBooksOfAnIssueAreReadTogether(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		a := newArchive(t, s)
		c := must1(s.Dossier(t.Context(), a.issue.ID))(t)
		if c.Issue.Number != a.issue.Number || c.Series.ID != a.series.ID || len(c.Events) != a.issue.Events || len(c.Board) != 1 || len(c.Originals) != 1 || len(c.Remarks) != 1 {
			t.Errorf("%d events, %d lines, %d originals, %d remarks", len(c.Events), len(c.Board), len(c.Originals), len(c.Remarks))
		}
		if len(c.Sent) != 1 || c.Sent[0].Subject != secret || len(c.Sent[0].Attachments) != 1 {
			t.Errorf("%+v", c.Sent)
		}
		if _, err := s.Dossier(t.Context(), newID()); err == nil {
			t.Error("an issue that there is not")
		}
	})
}
