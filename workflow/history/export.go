package history

import (
	"bufio"
	"context"
	"fmt"
	"io"
)

// Export writes every event of every issue as JSON lines, issue by issue and
// each in its order:
//
//	{"hash":…,"event":{…}}
//
// The bytes of "event" are those that were hashed (SHA-256), so that whoever has
// the file can follow each chain by "prev" without this program. It returns how
// many were written.
func Export(ctx context.Context, books Books, w io.Writer) (n int, err error) {
	ids, err := books.ChainIDs(ctx)
	if err != nil {
		return 0, err
	}
	out := bufio.NewWriter(w)
	for len(ids) > 0 {
		some := ids[:min(batch, len(ids))]
		ids = ids[len(some):]
		chains, err := books.Chains(ctx, some)
		if err != nil {
			return n, err
		}
		for _, c := range chains {
			for _, l := range c.Lines {
				if _, err := fmt.Fprintf(out, "{\"hash\":%q,\"event\":%s}\n", l.Hash, l.Raw); err != nil {
					return n, fmt.Errorf("history: export: %w", err)
				}
				n++
			}
		}
	}
	if err := out.Flush(); err != nil {
		return n, fmt.Errorf("history: export: %w", err)
	}
	return n, nil
}
