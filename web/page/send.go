package page

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"jianbao/workflow"
)

// Send answers with a file, which a browser saves (attachment) or shows
// (inline). A page made by somebody else's hand, which an HTML
// file is, may do nothing should a browser open it here all the same.
func Send(w http.ResponseWriter, f workflow.File, way string) {
	h := w.Header()
	h.Set("Content-Type", f.Type)
	h.Set("Content-Length", strconv.Itoa(len(f.Data)))
	h.Set("Content-Disposition", disposition(way, f.Name))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(f.Data)
}

// Saved begins the answer with a file that is made while it is sent, and is
// saved by the browser.
func Saved(w http.ResponseWriter, name, kind string) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", disposition("attachment", name))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	w.WriteHeader(http.StatusOK)
}

// disposition names a file for browsers of every age (RFC 6266 section 5): the
// true name in UTF-8 (RFC 8187), and for those that do not know that form one
// of ASCII in front of it.
func disposition(way, name string) string {
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\%/`, r) {
			return '_'
		}
		return r
	}, name)
	return fmt.Sprintf(`%s; filename="%s"; filename*=UTF-8''%s`, way, plain, attrChars(name))
}

// attrChars writes a name in the characters that RFC 8187 section 3.2.1 leaves
// as they are, and all others as their bytes. PathEscape leaves a few more.
func attrChars(name string) string {
	return strings.NewReplacer("=", "%3D", ":", "%3A", "@", "%40", "'", "%27", "(", "%28", ")", "%29", "*", "%2A", ",", "%2C", ";", "%3B", "/", "%2F").
		Replace(url.PathEscape(name))
}
