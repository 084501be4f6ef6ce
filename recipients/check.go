package recipients

import (
	"strings"

	"jianbao/fault"
)

var (
	unknownName = fault.Say("recipients.unknown",
		"%s：“%s”在单位库中找不到",
		"%s: “%s” is not in the directory")
	emptyRoster = fault.Say("recipients.empty-roster",
		"%s：“%s”代表多个单位，名单尚未在单位库中填好",
		"%s: “%s” stands for several units and its roster is not filled in")
	ambiguousName = fault.Say("recipients.ambiguous",
		"%s：“%s”尚未认定，可能是%s，请选定",
		"%s: “%s” is not settled and may be %s; choose one")
	listedTwice = fault.Say("recipients.listed-twice",
		"%s列了%d次：%s",
		"%s is listed %d times: %s")
	withoutAddress = fault.Say("recipients.no-address",
		"%s：%s应发电子邮件，但没有邮箱地址",
		"%s: %s is to get mail and has no address")
	protocolOrder = fault.Say("recipients.protocol-order",
		"%s：%s排在%s之前，一般按党委、人大、政府、政协的顺序",
		"%s: %s stands before %s; the usual order is “党委”, “人大”, “政府”, “政协”")
)

// Check returns everything that keeps the circulation from being sent as it
// stands: [Circulation.Unresolved], [Circulation.Doubled] and
// [Circulation.Unreachable], in that order. Which of them blocks what is the
// caller's rule. [Circulation.OutOfOrder] is a warning and not among them.
func (c Circulation) Check() []fault.Reason {
	reasons := c.Unresolved()
	reasons = append(reasons, c.Doubled()...)
	return append(reasons, c.Unreachable()...)
}

// Unresolved names every entry that means no unit, or more than one; the
// latter with the units it may mean.
func (c Circulation) Unresolved() []fault.Reason {
	var reasons []fault.Reason
	for _, l := range c.Lists {
		for _, e := range l.Entries {
			if len(e.Recipients) == 0 {
				reasons = append(reasons, e.unresolved(l.Label))
			}
		}
	}
	return reasons
}

func (e Entry) unresolved(label string) fault.Reason {
	switch {
	case len(e.Candidates) > 0:
		return ambiguousName.With(label, e.FullName(), candidateNames(e.Candidates))
	case e.Collective:
		return emptyRoster.With(label, e.FullName())
	}
	return unknownName.With(label, e.FullName())
}

// candidateNames keeps a long choice readable: the page shows all of it.
func candidateNames(all []Candidate) string {
	var names []string
	for _, c := range all {
		if len(names) == 5 {
			names = append(names, "…")
			break
		}
		names = append(names, c.Name)
	}
	return strings.Join(names, "、")
}

// Doubled names every unit that is listed more than once, and every unresolved
// name that is, with the places where it stands.
func (c Circulation) Doubled() []fault.Reason {
	type twice struct {
		name   string
		places []string
	}
	seen := map[string]*twice{}
	var order []*twice
	note := func(key, name, place string) {
		if seen[key] == nil {
			seen[key] = &twice{name: name}
			order = append(order, seen[key])
		}
		seen[key].places = append(seen[key].places, place)
	}
	for _, l := range c.Lists {
		for _, e := range l.Entries {
			place := l.Label + "“" + e.Printed + "”"
			for _, r := range e.Recipients {
				note(r.Unit.String(), r.Name, place)
			}
			if len(e.Recipients) == 0 {
				note("? "+keyOf(e.FullName()), e.FullName(), place)
			}
		}
	}
	var reasons []fault.Reason
	for _, t := range order {
		if n := len(t.places); n > 1 {
			reasons = append(reasons, listedTwice.With(t.name, n, strings.Join(t.places, "、")))
		}
	}
	return reasons
}

// Unreachable names every recipient that is to get mail and has no address.
func (c Circulation) Unreachable() []fault.Reason {
	var reasons []fault.Reason
	for _, p := range c.All() {
		if p.Channel.Mails() && len(p.Addresses) == 0 {
			reasons = append(reasons, withoutAddress.With(p.Label, p.Name))
		}
	}
	return reasons
}

// OutOfOrder warns where the four bodies of one place do not stand in protocol
// order, 党委、人大常委会、政府、政协 (domain rule 4.3, 7). It goes by the words
// of the lists, whatever the directory knows of them.
func (c Circulation) OutOfOrder() []fault.Reason {
	var reasons []fault.Reason
	for _, l := range c.Lists {
		highest := map[string]ranked{} // by place: the last in order so far
		for _, p := range Split(l.Text()) {
			r, place := rankOf(p.Name)
			if r.rank == 0 {
				continue
			}
			if before := highest[place]; before.rank > r.rank {
				reasons = append(reasons, protocolOrder.With(l.Label, before.name, p.Name))
				continue
			}
			highest[place] = r
		}
	}
	return reasons
}

// A ranked name is that of one of the four bodies; rank 0 is none of them.
type ranked struct {
	name string
	rank int
}

// rankOf returns the rank of a body's name, also where its office or its
// leaders are listed, and the place whose body it is.
func rankOf(name string) (r ranked, place string) {
	bare := outsideBrackets(name)
	bare = strings.TrimSuffix(bare, endsInAny(bare, leaders...))
	bare = strings.TrimSuffix(bare, endsInAny(bare, "办公室", "办公厅", "办"))
	for rank, ends := range [][]string{
		{"党委", "省委", "州委", "盟委", "市委", "县委", "区委", "旗委"},
		{"人大常委会", "人大"},
		{"人民政府", "政府"},
		{"政协"},
	} {
		if body := endsInAny(bare, ends...); body != "" {
			return ranked{name, rank + 1}, ownerOf(bare, body)
		}
	}
	return ranked{}, ""
}
