package page

import (
	"mime"
	"testing"
)

func TestNamesOfFiles(t *testing.T) {
	for name, want := range map[string]string{
		"a b.pdf":        `attachment; filename="a b.pdf"; filename*=UTF-8''a%20b.pdf`,
		"简报.pdf":         `attachment; filename="__.pdf"; filename*=UTF-8''%E7%AE%80%E6%8A%A5.pdf`,
		"a\"\r\nX: y.sh": `attachment; filename="a___X: y.sh"; filename*=UTF-8''a%22%0D%0AX%3A%20y.sh`,
		"(a)'*,;=@/":     `attachment; filename="(a)'*,;=@_"; filename*=UTF-8''%28a%29%27%2A%2C%3B%3D%40%2F`,
	} {
		if got := disposition("attachment", name); got != want {
			t.Errorf("%q:\n%s\n%s", name, got, want)
		}
		if _, params, err := mime.ParseMediaType(disposition("attachment", name)); err != nil || params["filename"] != name {
			t.Errorf("%q reads back as %q: %v", name, params["filename"], err)
		}
	}
}
