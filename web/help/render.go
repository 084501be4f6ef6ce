package help

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A chapter is a file of the handbook, made into a page.
type chapter struct {
	Name  string // 02-edit
	Title string
	Body  template.HTML
	// Places are the ids of its headings, in their order.
	Places []string
}

// Address is where the chapter is shown.
func (c chapter) Address() string { return "/help/" + c.Name }

// renderer leaves HTML out: there is none in the handbook.
var renderer = goldmark.New(goldmark.WithExtensions(extension.Table), goldmark.WithParserOptions(parser.WithAutoHeadingID()))

// read makes the chapters of all files, in the order of their names.
func read(files fs.FS) ([]chapter, error) {
	names, err := fs.Glob(files, "*.md")
	if err != nil {
		return nil, fmt.Errorf("help: %w", err)
	}
	slices.Sort(names)
	all := make([]chapter, 0, len(names))
	for _, name := range names {
		source, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("help: %w", err)
		}
		c, err := render(strings.TrimSuffix(name, ".md"), source)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("help: there is no chapter")
	}
	return all, nil
}

// render makes a chapter of its source.
func render(name string, source []byte) (chapter, error) {
	c := chapter{Name: name}
	ids := &headings{}
	root := renderer.Parser().Parse(text.NewReader(source), parser.WithContext(parser.NewContext(parser.WithIDs(ids))))
	err := ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			if n.Level == 1 && c.Title == "" {
				c.Title = string(n.Lines().Value(source))
			}
		case *ast.Link:
			n.Destination = within(n.Destination)
		case *ast.Image:
			n.Destination = append([]byte("/help/"), n.Destination...)
		}
		return ast.WalkContinue, nil
	})
	var out bytes.Buffer
	if err == nil {
		err = renderer.Renderer().Render(&out, source, root)
	}
	if err != nil {
		return c, fmt.Errorf("help: %s: %w", name, err)
	}
	c.Body, c.Places = template.HTML(out.String()), ids.all //nolint:gosec // our own text, of which goldmark leaves out HTML
	return c, nil
}

// within makes the address of a page of a link to another chapter's file.
func within(link []byte) []byte {
	file, place, _ := strings.Cut(string(link), "#")
	if path.Ext(file) != ".md" {
		return link
	}
	address := "/help/" + strings.TrimSuffix(file, ".md")
	if place != "" {
		address += "#" + place
	}
	return []byte(address)
}

// headings are the ids of a chapter's headings: their words, as GitHub makes
// them, since goldmark's own would be of Latin letters alone.
type headings struct{ all []string }

// Generate implements [parser.IDs].
func (h *headings) Generate(value []byte, _ ast.NodeKind) []byte {
	id := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		case unicode.IsSpace(r):
			return '-'
		}
		return -1
	}, string(util.TrimRightSpace(util.TrimLeftSpace(value))))
	for base, n := id, 1; slices.Contains(h.all, id); n++ {
		id = fmt.Sprintf("%s-%d", base, n)
	}
	h.all = append(h.all, id)
	return []byte(id)
}

// Put implements [parser.IDs].
func (h *headings) Put(id []byte) { h.all = append(h.all, string(id)) }
