package fonts

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/binary"
	"io"
	"strings"
	"sync"
)

//go:embed files
var files embed.FS

// builtin opens each font of ours once in the life of the process.
var builtin = map[Role]func() *Face{
	Body:     sync.OnceValue(func() *Face { return unpack(Body) }),
	Masthead: sync.OnceValue(func() *Face { return unpack(Masthead) }),
	Heading:  sync.OnceValue(func() *Face { return unpack(Heading) }),
	Kai:      sync.OnceValue(func() *Face { return unpack(Kai) }),
	Latin:    sync.OnceValue(func() *Face { return unpack(Latin) }),
}

// builtinOf returns our font for a role. The body has the rare characters and so
// is the fallback.
func builtinOf(role Role) func() *Face {
	if open, ok := builtin[role]; ok {
		return open
	}
	return builtin[Body]
}

func unpack(role Role) *Face {
	packed, err := files.ReadFile("files/" + string(role) + ".ttf.gz")
	if err != nil {
		panic(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic(err)
	}
	// The last four bytes say how much will come (RFC 1952 section 2.3.1).
	data := make([]byte, binary.LittleEndian.Uint32(packed[len(packed)-4:]))
	if _, err := io.ReadFull(z, data); err != nil {
		panic(err)
	}
	return mustRead(data)
}

// Standard returns the 8,105 characters of 通用规范汉字表 (2013), in its order:
// the 3,500 of the first level come first. They are shared and must not be
// changed.
func Standard() []rune { return standard() }

var standard = sync.OnceValue(func() []rune {
	text, err := files.ReadFile("files/standard.txt")
	if err != nil {
		panic(err)
	}
	return []rune(strings.ReplaceAll(string(text), "\n", ""))
})

// Licence returns the licence of the built-in font of a role.
func Licence(role Role) string {
	if role == Fallback {
		role = Body
	}
	text, err := files.ReadFile("files/" + string(role) + ".OFL.txt")
	if err != nil {
		panic(err)
	}
	return string(text)
}
