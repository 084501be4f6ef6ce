package markup_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"jianbao/bulletin/intake/markup"
)

const w = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

func TestATreeIsRead(t *testing.T) {
	for _, c := range []struct{ name, part, want string }{
		{"transitional", `<?xml version="1.0"?><w:p ` + w + ` w:rsidR="00A1"><w:t xml:space="preserve"> 甲&amp;&#x4E59; </w:t></w:p>`, `w:p(w:t[xml:space= preserve]" 甲&乙 ")`},
		{"strict, another prefix", `<x:p xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:t>甲</x:t></x:p>`, `w:p(w:t"甲")`},
		{"default namespace", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a>b"/></Relationships>`, `rel:Relationships(rel:Relationship[Id= a>b])`},
		{"redeclared", `<w:p ` + w + `><w:a xmlns:w="urn:other" w:x='1'/><w:b/></w:p>`, `w:p(?:a[?:x= 1]w:b)`},
		{"declared after use", `<w:p w:x="1" ` + w + `/>`, `w:p[w:x= 1]`},
		{"comments, instructions, CDATA", "\ufeff<!-- a --><a><!-- < --><?x <?><![CDATA[<&>]]></a><!-- b -->", `a("<&>")`},
		{"indented", "<a>\n <b>\n </b>\n</a>", `a(b)`},
		{"undeclared", `<w:p/>`, `?:p`},
	} {
		n, err := markup.Parse([]byte(c.part))
		if got := shape(n); err != nil || got != c.want {
			t.Errorf("%s: %s, %v; want %s", c.name, got, err, c.want)
		}
	}
}

// shape writes a tree in one line.
func shape(n *markup.Node) string {
	if n == nil {
		return ""
	}
	if n.Name == "" {
		return fmt.Sprintf("%q", n.Text)
	}
	s := n.Name
	for _, name := range []string{"Id", "w:x", "?:x", "xml:space"} {
		if value, ok := n.Lookup(name); ok {
			s += "[" + name + "= " + value + "]"
		}
	}
	kids := ""
	for kid := range n.Children() {
		kids += shape(kid)
	}
	if kids != "" && n.Child() == n && strings.HasSuffix(n.Name, ":t") {
		return s + kids
	}
	if kids != "" {
		s += "(" + kids + ")"
	}
	return s
}

func TestHostilePartsAreRefused(t *testing.T) {
	deep := strings.Repeat("<a>", markup.MaxDepth+1)
	for _, c := range []struct {
		part string
		want error
	}{
		{`<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`, markup.ErrDTD},
		{`<a><!ENTITY b "c"></a>`, markup.ErrDTD},
		{deep, markup.ErrDepth},
		{"<a>" + strings.Repeat("<b/>", 1_000_001) + "</a>", markup.ErrMany},
		{"<a " + strings.Repeat(`b="" `, 1_002) + "/>", markup.ErrMany},
		{"", markup.ErrMalformed}, {"<", markup.ErrMalformed}, {"<a", markup.ErrMalformed}, {"<a>", markup.ErrMalformed},
		{"<a></b>", markup.ErrMalformed}, {"</a>", markup.ErrMalformed}, {"<a/><b/>", markup.ErrMalformed},
		{"<a b/>", markup.ErrMalformed}, {"<a b=c/>", markup.ErrMalformed}, {`<a b="c/>`, markup.ErrMalformed},
		{`<a b="<"/>`, markup.ErrMalformed}, {`<a b="1"c="2"/>`, markup.ErrMalformed}, {"<a/ >", markup.ErrMalformed},
		{"<a>&b;</a>", markup.ErrMalformed}, {"<a>&#0;</a>", markup.ErrMalformed}, {"<a>&amp</a>", markup.ErrMalformed},
		{`<a b="&c;"/>`, markup.ErrMalformed}, {"<a>\xff</a>", markup.ErrMalformed}, {"x<a/>", markup.ErrMalformed},
		{"<a/>x", markup.ErrMalformed}, {"<!-- <a/>", markup.ErrMalformed}, {"<a><![CDATA[</a>", markup.ErrMalformed},
	} {
		if _, err := markup.Parse([]byte(c.part)); !errors.Is(err, c.want) {
			t.Errorf("%.40q: %v, want %v", c.part, err, c.want)
		}
	}
}

func TestADocumentIsReadInPieces(t *testing.T) {
	d, err := markup.Open([]byte(`<w:document ` + w + `><w:background/><w:body><w:p/><w:tbl><w:p/></w:tbl></w:body></w:document>`))
	if err != nil || d.Name != "w:document" {
		t.Fatal(d, err)
	}
	var got []string
	err = d.Each("w:body", func(n *markup.Node) error {
		got = append(got, shape(n))
		return nil
	})
	if want := []string{"w:p", "w:tbl(w:p)"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
	if err := d.Each("w:body", nil); err != nil {
		t.Errorf("behind the end: %v", err)
	}
}

// standard makes a tree with encoding/xml, without names, to hold ours against.
func standard(part []byte) (elements int, text string, err error) {
	d := xml.NewDecoder(strings.NewReader(string(part)))
	var b strings.Builder
	for {
		t, err := d.Token()
		if err == io.EOF {
			return elements, b.String(), nil
		}
		if err != nil {
			return 0, "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			elements++
		case xml.CharData:
			b.Write(t)
		}
	}
}

func count(n *markup.Node) (elements int, text string) {
	if n.Name == "" {
		return 0, n.Text
	}
	elements = 1
	for kid := range n.Children() {
		e, s := count(kid)
		elements, text = elements+e, text+s
	}
	return elements, text
}

// FuzzParse holds our trees against those of encoding/xml: what both read has
// the same elements and the same text.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`<w:p ` + w + `><w:t xml:space="preserve"> 甲&amp;&#x4E59; </w:t><w:br/></w:p>`,
		`<a><![CDATA[<]]>&lt;<!-- x --></a>`, `<a b='&quot;'><?x?></a>`, `<!DOCTYPE a><a/>`, "<a:b c=\"\"\n/>",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, part []byte) {
		ours, err := markup.Parse(part)
		if err != nil {
			return
		}
		elements, text, err := standard(part)
		if err != nil {
			return // it also looks at which characters a name is made of
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		n, got := count(ours)
		if n != elements || squeeze(got) != squeeze(text) {
			t.Errorf("%d elements with %q, encoding/xml has %d with %q", n, got, elements, text)
		}
	})
}

func sample() []byte {
	p := `<w:p w:rsidR="00A1B2C3"><w:pPr><w:pStyle w:val="a"/><w:ind w:firstLine="640"/></w:pPr><w:r><w:rPr><w:rFonts w:hint="eastAsia" w:eastAsia="仿宋"/><w:sz w:val="32"/></w:rPr><w:t>对接产业协作，助推京蒙共赢。</w:t></w:r></w:p>`
	return []byte(`<w:document ` + w + `><w:body>` + strings.Repeat(p, 2000) + `</w:body></w:document>`)
}

func BenchmarkTree(b *testing.B) {
	part := sample()
	b.SetBytes(int64(len(part)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := markup.Parse(part); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkStandard(b *testing.B) {
	type node struct {
		Name  xml.Name
		Attrs []xml.Attr `xml:",any,attr"`
		Text  string     `xml:",chardata"`
		Kids  []node     `xml:",any"`
	}
	part := sample()
	b.SetBytes(int64(len(part)))
	b.ReportAllocs()
	for b.Loop() {
		var root node
		if err := xml.Unmarshal(part, &root); err != nil {
			b.Fatal(err)
		}
	}
}
