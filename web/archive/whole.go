package archive

import (
	"net/http"

	"github.com/google/uuid"

	"jianbao/web/page"
)

// whole sends the whole file of an issue. It is written as it is made: a failure
// after the first byte can only break the connection off, so that the browser says
// that the file is not complete.
func (rm *room) whole(w http.ResponseWriter, r *http.Request) {
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil {
		rm.Nothing(w, r)
		return
	}
	issue, err := rm.Reads.Issue(r.Context(), id)
	if err == nil && !page.Person(r).Sees(issue.Series) {
		err = page.NotHere()
	}
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	file, err := rm.Files.Open(r.Context(), id)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	page.Saved(w, file.Name, "application/zip")
	if err := file.Write(r.Context(), w); err != nil {
		rm.Log.ErrorContext(r.Context(), "whole file", "issue", id, "error", err)
		panic(http.ErrAbortHandler)
	}
}
