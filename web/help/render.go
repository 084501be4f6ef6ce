package help

import (
	"bytes"
	"fmt"
	"html/template"
	"image/png"
	"io/fs"
	"path"
	"slices"
	"strconv"
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
		c, err := render(files, strings.TrimSuffix(name, ".md"), source)
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

// render makes a chapter of its source, which names pictures in files.
func render(files fs.FS, name string, source []byte) (chapter, error) {
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
			place(n, files)
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

// pictureFile is where a picture lies among the files of the handbook.
func pictureFile(name string) string { return "pictures/" + name }

// place gives a picture its address and its size, so that the text does not jump
// when it comes. One that was not taken yet has no size: it is the program that
// takes it (make shots), and must start for that.
func place(n *ast.Image, files fs.FS) {
	n.SetAttributeString("loading", "lazy")
	if file, err := files.Open(string(n.Destination)); err == nil {
		if size, err := png.DecodeConfig(file); err == nil {
			n.SetAttributeString("width", strconv.Itoa(size.Width))
			n.SetAttributeString("height", strconv.Itoa(size.Height))
		}
		_ = file.Close()
	}
	n.Destination = append([]byte("/help/"), n.Destination...)
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
