package archive

import (
	"context"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/workflow"
)

// Asked is a question to the archive. Everything that is set must hold.
type Asked struct {
	// Series are the series that are searched. None finds nothing: that
	// somebody may see all of them is said by naming them.
	Series []uuid.UUID
	Query  Query
	// Kind is the run that the issue has its number in, "" is any.
	Kind bulletin.Kind
	// From and Until are the first and the last day that an issue may bear;
	// a zero Date bounds nothing.
	From, Until bulletin.Date
	// UnitName is a unit that it went to, by the name it had then; Units are
	// those of the directory that are called so now. Either will do.
	UnitName string
	Units    []uuid.UUID
	// Leader is who signed it off or wrote a remark on it.
	Leader string
	// Skip passes over as many of those that may match, the newest first; a
	// page goes on with Found.Next.
	Skip int
	// Limit is how many are returned at most.
	Limit int
}

// Found is the answer, the newest issue first.
type Found struct {
	Hits []Hit
	// Total is how many match. Where Exact is false, long words were looked for
	// by their pairs, and it may be a few less.
	Total int
	Exact bool
	// Next is the Skip of the next page, 0 if there is none.
	Next int
}

// A Hit is one issue that matches. It has its text for the excerpts, and no
// route, decisions or history.
type Hit struct{ Issue workflow.Issue }

// Index is where the archive is searched.
type Index interface {
	// SearchArchive answers a question.
	SearchArchive(ctx context.Context, asked Asked) (Found, error)

	// ArchiveBehind counts the issues whose entry is missing or of an older
	// format. That happens where the tables are older than the index, and after
	// a database was restored.
	ArchiveBehind(ctx context.Context) (int, error)

	// IndexArchive makes up to limit such entries, and returns how many it made.
	IndexArchive(ctx context.Context, limit int) (int, error)
}
