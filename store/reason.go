package store

import (
	"jianbao/bulletin"
	"jianbao/fault"
)

// revived returns a reason that went through JSON as it was: a reason among
// its arguments is a reason again, not a map. Otherwise it would be written in
// another order of keys, and the hash of the event that holds it would differ.
func revived(r fault.Reason) fault.Reason {
	for n, arg := range r.Args {
		m, ok := arg.(map[string]any)
		if !ok {
			continue
		}
		if key, ok := m["key"].(string); ok {
			args, _ := m["args"].([]any)
			r.Args[n] = revived(fault.Reason{Key: key, Args: args})
		}
	}
	return r
}

func revivedProblem(p bulletin.Problem) bulletin.Problem {
	p.Reason = revived(p.Reason)
	for n := range p.Choices {
		p.Choices[n].Label = revived(p.Choices[n].Label)
	}
	return p
}
