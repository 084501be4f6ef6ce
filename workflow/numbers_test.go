package workflow

import (
	"testing"

	"jianbao/bulletin"
)

func line(kind bulletin.Kind, year, no int) RegisterLine {
	return RegisterLine{Number: Number{Kind: kind, Year: year, No: no}}
}

func TestNumbersRunWithinKindAndYear(t *testing.T) {
	register := []RegisterLine{
		line(bulletin.Ordinary, 2020, 24), line(bulletin.Ordinary, 2021, 7), line(bulletin.Ordinary, 2021, 2),
		{Number: Number{Kind: bulletin.Ordinary, Year: 2021, No: 8}, Void: "撤回"}, line(bulletin.Supplement, 2021, 3),
	}
	for _, c := range []struct {
		kind bulletin.Kind
		year int
		want int
	}{
		{bulletin.Ordinary, 2021, 9}, {bulletin.Supplement, 2021, 4},
		{bulletin.Special, 2021, 1}, {bulletin.Ordinary, 2022, 1}, {bulletin.Ordinary, 2020, 25},
	} {
		if got := NextNumber(register, c.kind, c.year); got.No != c.want {
			t.Errorf("%s of %d: %d, want %d", c.kind, c.year, got.No, c.want)
		}
	}
	if gaps := Gaps(register, bulletin.Ordinary, 2021); len(gaps) != 5 || gaps[0].No != 1 || gaps[4].No != 6 {
		t.Errorf("gaps: %v", gaps)
	}
}
