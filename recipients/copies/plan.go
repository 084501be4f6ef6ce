package copies

import (
	"strings"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A Share is what one listed unit gets.
type Share struct {
	Label      string    `json:"label"`           // the list: 报, 送, 发 …
	Entry      string    `json:"entry,omitempty"` // the entry of the list, as printed
	Unit       uuid.UUID `json:"unit"`
	Name       string    `json:"name"`
	Copies     int       `json:"copies"`
	Collective bool      `json:"collective,omitempty"` // the entry stands for several units
	Assumed    bool      `json:"assumed,omitempty"`    // nobody confirmed the number yet
	Paper      bool      `json:"paper,omitempty"`      // the unit is handed paper
	Set        bool      `json:"set,omitempty"`        // a person set the number; see [Plan.Keep]
	Numbers    Numbers   `json:"numbers,omitempty"`    // in a plan with copy numbers
	// Consent names who consented to what changed after the sign-off; the
	// ledger says so.
	Consent string `json:"consent,omitempty"`
}

// A Plan says where every copy of a print run is to go. The zero Plan prints
// nothing and adds up.
type Plan struct {
	PrintRun int     `json:"print_run"` // 共印N份
	Shares   []Share `json:"shares,omitempty"`
	File     int     `json:"file,omitempty"`  // 存档
	Spare    int     `json:"spare,omitempty"` // 备用: they stay in stock
	// Unexplained is how many copies more are printed than anybody can say,
	// and Reason what a person said about them.
	Unexplained int    `json:"unexplained,omitempty"`
	Reason      string `json:"reason,omitempty"`
	// FileSet and RunSet say that a person set the number; see [Plan.Keep].
	FileSet bool `json:"file_set,omitempty"`
	RunSet  bool `json:"run_set,omitempty"`
	// TextRun is what the text says where RunSet, 0 for nothing: what is printed
	// is PrintRun.
	TextRun int `json:"text_run,omitempty"`
	// First is the first copy number (份号); 0: the copies have none.
	First int `json:"first,omitempty"`
}

// Given returns the copies of each share, in order.
func (p Plan) Given() []int {
	all := make([]int, len(p.Shares))
	for i, s := range p.Shares {
		all[i] = s.Copies
	}
	return all
}

// Sum returns the number of copies that the plan accounts for.
func (p Plan) Sum() int {
	sum := p.File + p.Spare + p.Unexplained
	for _, s := range p.Shares {
		sum += s.Copies
	}
	return sum
}

// Difference returns how many copies are printed more than the plan accounts
// for; it is negative where more are promised than printed.
func (p Plan) Difference() int { return p.PrintRun - p.Sum() }

var (
	tooMany = fault.Say("copies.not-accounted",
		"共印%d份，去向只有%d份（%s），还有%d份没有去向；请更正份数，或记为不明并说明原因",
		"%d copies are printed and only %d have somewhere to go (%s); %d are left over. Correct the numbers, or enter them as unexplained with a reason")
	tooFew = fault.Say("copies.too-few",
		"共印%d份，分发要用%d份（%s），少%d份；请增加印数或减少份数",
		"%d copies are printed and %d are to be handed out (%s); %d are missing. Print more, or give out fewer")
	nothingPrinted = fault.Say("copies.nothing-printed",
		"没有共印份数", "the print run is missing")
	negative = fault.Say("copies.negative",
		"%s的份数是%d，不能为负", "the number of copies for %s is %d and cannot be negative")
	noCopies = fault.Say("copies.none-for-paper",
		"%s：%s应送纸质，但份数为0", "%s: %s is to get paper and has no copies")
	noReason = fault.Say("copies.unexplained-without-reason",
		"有%d份记为不明，请说明原因", "%d copies are entered as unexplained; say why")
	otherRun = fault.Say("copies.other-run",
		"正文写的是共印%d份，本期改定为%d份，印出的是%d份", "the text says that %d are printed; it was set to %d, and the page says %d")
	noFileCopy = fault.Say("copies.no-file-copy",
		"没有留存档份", "no copy is kept on file")
	assumedCopies = fault.Say("copies.assumed",
		"%s：%s的份数%d是推定的，请核实", "%s: the number of copies for %s, %d, is assumed; confirm it")

	runTerm = fault.Say("copies.print-run", "共印", "the print run")
)

// Check returns every reason why the plan cannot be registered: negative
// numbers, units without the paper they should get, unexplained copies without
// a reason, and last a print run that differs from the sum, with the
// arithmetic.
func (p Plan) Check() []fault.Reason {
	reasons := p.negatives()
	for _, s := range p.Shares {
		if s.Paper && s.Copies == 0 {
			reasons = append(reasons, noCopies.With(s.Label, s.Name))
		}
	}
	if p.Unexplained > 0 && strings.TrimSpace(p.Reason) == "" {
		reasons = append(reasons, noReason.With(p.Unexplained))
	}
	return append(reasons, p.imbalance()...)
}

func (p Plan) negatives() []fault.Reason {
	var reasons []fault.Reason
	note := func(what any, n int) {
		if n < 0 {
			reasons = append(reasons, negative.With(what, n))
		}
	}
	note(runTerm.With(), p.PrintRun)
	for _, s := range p.Shares {
		note(s.Name, s.Copies)
	}
	note(OnFile.Title(), p.File)
	note(spareTerm.With(), p.Spare)
	note(Unexplained.Title(), p.Unexplained)
	return reasons
}

// imbalance says by how much the plan fails to add up, if it does.
func (p Plan) imbalance() []fault.Reason {
	d := p.Difference()
	switch {
	case d == 0:
		return nil
	case p.PrintRun == 0:
		return []fault.Reason{nothingPrinted.With()}
	case d > 0:
		return []fault.Reason{tooMany.With(p.PrintRun, p.Sum(), p.arithmetic(), d)}
	}
	return []fault.Reason{tooFew.With(p.PrintRun, p.Sum(), p.arithmetic(), -d)}
}

// Warnings returns what a person should look at and may leave: a print run that
// is not the text's, no file copy, and numbers that nobody confirmed.
func (p Plan) Warnings() []fault.Reason {
	var reasons []fault.Reason
	if p.RunSet && p.TextRun > 0 {
		reasons = append(reasons, otherRun.With(p.TextRun, p.PrintRun, p.PrintRun))
	}
	if p.File == 0 && p.PrintRun > 0 {
		reasons = append(reasons, noFileCopy.With())
	}
	for _, s := range p.Shares {
		if s.Assumed {
			reasons = append(reasons, assumedCopies.With(s.Label, s.Name, s.Copies))
		}
	}
	return reasons
}
