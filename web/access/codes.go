package access

import (
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"github.com/skip2/go-qrcode"

	"jianbao/accounts/entry"
	"jianbao/fault"
	"jianbao/web/page"
)

// A codesView is the page of one-time codes.
type codesView struct {
	On   bool
	Left int
	Must bool // somebody was led here, since their role needs it
	// Setup and Picture are what a phone reads, while the factor is begun.
	Setup   entry.Setup
	Picture template.HTML
	// Recovery are new recovery codes, shown once.
	Recovery []string
}

func (rm *room) codes(w http.ResponseWriter, r *http.Request) { rm.showCodes(w, r, nil, nil) }

// showCodes shows the page, with recovery codes that were made just now.
func (rm *room) showCodes(w http.ResponseWriter, r *http.Request, recovery []string, refused error) {
	who := page.Person(r)
	f, err := rm.Books.Factor(r.Context(), who.ID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		rm.Fail(w, r, err)
		return
	}
	v := codesView{On: f.On(), Left: f.Left(), Must: r.URL.Query().Has("must"), Recovery: recovery}
	if !v.On {
		if v.Setup, err = rm.Codes.Begin(r.Context(), who); err == nil {
			v.Picture, err = picture(v.Setup.URL)
		}
		if err != nil {
			rm.Fail(w, r, err)
			return
		}
	}
	w.Header().Set("Cache-Control", "no-store")
	if refused != nil {
		rm.pages.Refuse(w, r, "codes", page.Page{Room: "me", Data: v}, refused)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "codes", page.Page{Room: "me", Data: v})
}

// changeCodes turns codes on, makes recovery codes anew, or ends codes.
func (rm *room) changeCodes(w http.ResponseWriter, r *http.Request) {
	_, err := rm.ReadForm(w, r)
	if err != nil {
		rm.showCodes(w, r, nil, err)
		return
	}
	who, act, code := page.Person(r), r.PostForm.Get("act"), r.PostForm.Get("code")
	var recovery []string
	err = rm.guarded(r, func() (err error) {
		switch act {
		case "confirm":
			recovery, err = rm.Codes.Confirm(r.Context(), who, code)
		case "anew":
			recovery, err = rm.Codes.Anew(r.Context(), who, code)
		case "end":
			err = rm.Codes.End(r.Context(), who, code)
		default:
			err = fault.New(fault.Invalid, page.BadForm.With())
		}
		return err
	})
	if err == nil && act == "end" {
		page.See(w, r, "/me/access?done=ended")
		return
	}
	rm.showCodes(w, r, recovery, err)
}

// quiet is the margin of a QR code, in modules (ISO/IEC 18004 section 9.1).
const quiet = 4

// picture draws a QR code: black on white in every light, since cameras want it
// so. It has no style of its own, which the policy of the pages would refuse.
func picture(text string) (template.HTML, error) {
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return "", fmt.Errorf("web: QR code: %w", err)
	}
	code.DisableBorder = true
	dots := code.Bitmap()
	var path strings.Builder
	for y, row := range dots {
		for x := 0; x < len(row); x++ {
			from := x
			for x < len(row) && row[x] {
				x++
			}
			if x > from {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, x-from, x-from)
			}
		}
	}
	size := len(dots) + 2*quiet
	return template.HTML(fmt.Sprintf(`<svg class="qr" viewBox="0 0 %[1]d %[1]d" role="img" aria-hidden="true" shape-rendering="crispEdges"><rect width="%[1]d" height="%[1]d" fill="#fff"/><path d="%[2]s" fill="#000"/></svg>`, size, path.String())), nil
}
