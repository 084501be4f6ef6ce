package page

import (
	"context"
	"net/http"

	"jianbao/fault"
)

// langCookie remembers the language; it says nothing about anybody.
const langCookie = "lang"

type langKey struct{}

// Spoken finds the language of a request: what ?lang= asks for, which is
// remembered for a year, or what was remembered, or Chinese.
func Spoken(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		lang, asked := known(r.URL.Query().Get("lang"))
		if asked {
			http.SetCookie(w, &http.Cookie{
				Name: langCookie, Value: string(lang), Path: "/", MaxAge: 365 * 24 * 60 * 60,
				HttpOnly: true, SameSite: http.SameSiteLaxMode,
			})
		} else if c, err := r.Cookie(langCookie); err == nil {
			lang, _ = known(c.Value)
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), langKey{}, lang)))
	})
}

func known(text string) (lang fault.Lang, ok bool) {
	switch fault.Lang(text) {
	case fault.ZH:
		return fault.ZH, true
	case fault.EN:
		return fault.EN, true
	}
	return fault.ZH, false
}

// Lang is the language of a request, Chinese where none was asked for.
func Lang(r *http.Request) fault.Lang {
	if lang, ok := r.Context().Value(langKey{}).(fault.Lang); ok {
		return lang
	}
	return fault.ZH
}

// switchURL is the address of the same page in the other language. It is
// relative, so that it cannot lead anywhere else.
func switchURL(r *http.Request) string {
	query := r.URL.Query()
	query.Set("lang", string(fault.EN))
	if Lang(r) == fault.EN {
		query.Set("lang", string(fault.ZH))
	}
	return "?" + query.Encode()
}
