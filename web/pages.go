package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"time"

	"jianbao/fault"
	"jianbao/web/page"
)

//go:embed templates
var templateFiles embed.FS

//go:embed static
var staticFiles embed.FS

// staticTypes are the files that pages load; nothing else is served.
var staticTypes = map[string]string{
	"style.css":   "text/css; charset=utf-8",
	"editor.css":  "text/css; charset=utf-8",
	"icon.svg":    "image/svg+xml",
	"htmx.min.js": "text/javascript; charset=utf-8",
	"editor.js":   "text/javascript; charset=utf-8",
	"follow.js":   "text/javascript; charset=utf-8",
	"lists.js":    "text/javascript; charset=utf-8",
	"parts.js":    "text/javascript; charset=utf-8",
	"paste.js":    "text/javascript; charset=utf-8",
	"live.js":     "text/javascript; charset=utf-8",
	"undo.js":     "text/javascript; charset=utf-8",
	"comment.js":  "text/javascript; charset=utf-8",
}

// static serves a file that pages load. Its tag is its hash, so that a browser
// that has it is not sent it again.
func (s *server) static(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	data, err := staticFiles.ReadFile("static/" + name)
	if err != nil || staticTypes[name] == "" {
		page.Plain(w, http.StatusNotFound, fault.Shown(page.NotHere()).In(page.Lang(r)))
		return
	}
	sum := sha256.Sum256(data)
	w.Header().Set("Content-Type", staticTypes[name])
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}
