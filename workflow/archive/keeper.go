package archive

import (
	"context"
	"log/slog"
)

// perStep is how many entries are made in one transaction: some tens of
// milliseconds.
const perStep = 20

// Rebuild makes every entry that is missing or old, and returns how many; told
// to stop it stops between two steps.
func Rebuild(ctx context.Context, index Index) (total int, err error) {
	for ctx.Err() == nil {
		n, err := index.IndexArchive(ctx, perStep)
		total += n
		if err != nil || n == 0 {
			return total, err
		}
	}
	return total, ctx.Err()
}

// CatchUp returns a job that rebuilds the index once and ends with ctx. A
// failure is logged and costs nothing but that old issues are not found.
func CatchUp(index Index, log *slog.Logger) func(context.Context) error {
	return func(ctx context.Context) error {
		n, err := Rebuild(ctx, index)
		if err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "archive index", "error", err)
		} else if n > 0 {
			log.InfoContext(ctx, "archive index", "made", n)
		}
		<-ctx.Done()
		return nil
	}
}
