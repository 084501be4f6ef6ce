package copies

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"jianbao/fault"
	book "jianbao/recipients/copies"
	"jianbao/web/page"
)

// fields are a form being read; wrong is everything that cannot be.
type fields struct {
	url.Values
	wrong []fault.Reason
}

// read reads the form of a request.
func (rm *room) read(w http.ResponseWriter, r *http.Request) (*fields, error) {
	_, err := rm.ReadForm(w, r)
	return &fields{Values: r.PostForm}, err
}

func (f *fields) text(name string) string { return strings.TrimSpace(f.Get(name)) }

// number reads a number; an empty field is 0.
func (f *fields) number(name string) int {
	text := f.text(name)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		f.wrong = append(f.wrong, page.BadNumber.With(text))
	}
	return n
}

// numbers reads copy numbers.
func (f *fields) numbers(name string) book.Numbers {
	n, err := book.ParseNumbers(f.Get(name))
	if err != nil {
		f.wrong = append(f.wrong, badNumbers.With(f.text(name)))
	}
	return n
}

// time reads a local time.
func (f *fields) time(name string, zone *time.Location) time.Time {
	t, err := time.ParseInLocation(formTime, f.text(name), zone)
	if err != nil {
		f.wrong = append(f.wrong, page.BadTime.With(f.text(name)))
	}
	return t
}

// fault is what is wrong with the form, or nil.
func (f *fields) fault() error {
	if len(f.wrong) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, page.BadForm.With(), f.wrong...)
}
