package word

import (
	"bytes"
	"fmt"
	"image"
	_ "image/gif"  // what a draft may contain
	_ "image/jpeg" // what a draft may contain
	_ "image/png"  // what a draft may contain

	"jianbao/bulletin"
)

// A medium is a picture in the file.
type medium struct {
	name string // word/media/…
	id   string // of its relationship
	data []byte
}

// maxPixels is the largest side of a picture that is believed.
const maxPixels = 30000

// picture writes a picture with its caption below it, or the caption alone
// where there is no picture that Word could show.
func (m *maker) picture(p bulletin.Picture) {
	data := m.pictures[p.Name]
	config, kind, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || config.Width < 1 || config.Height < 1 || max(config.Width, config.Height) > maxPixels {
		words := p.Caption
		if words == "" {
			words = p.Name
		}
		m.paragraph(caption, "", "［图："+words+"］")
		return
	}
	width, height := m.fit(config.Width, config.Height)
	keep := ""
	if p.Caption != "" {
		keep = `<w:keepNext/>`
	}
	m.open(caption, keep)
	m.drawing(m.medium(p.Name, kind, data), p.Caption, width, height)
	m.close()
	m.paragraph(caption, "", p.Caption)
}

// fit returns the size of a picture in EMU: as on a screen, but no wider than
// the type area and no higher than two thirds of it.
func (m *maker) fit(width, height int) (int, int) {
	w, h := float64(width*emuPerPixel), float64(height*emuPerPixel)
	scale := min(1, m.look.Paper.Measure*emuMM/w, m.look.Paper.Depth*2/3*emuMM/h)
	return max(1, int(w*scale)), max(1, int(h*scale))
}

// medium puts a picture into the file, once however often it is shown.
func (m *maker) medium(name, kind string, data []byte) medium {
	if i, ok := m.placed[name]; ok {
		return m.media[i]
	}
	n := len(m.media) + 1
	placed := medium{name: fmt.Sprintf("media/image%d.%s", n, kind), id: fmt.Sprintf("rIdImage%d", n), data: data}
	m.placed[name] = len(m.media)
	m.media = append(m.media, placed)
	return placed
}

// drawing writes an inline picture; the size is in EMU.
func (m *maker) drawing(p medium, caption string, width, height int) {
	m.drawings++
	properties := fmt.Sprintf(`id="%d" name="图%d" descr="%s"`, m.drawings, m.drawings, escape(caption))
	m.WriteString(`<w:r><w:drawing>`)
	m.raw(`<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/><wp:docPr %s/>`, width, height, properties)
	m.WriteString(`<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">`)
	m.raw(`<pic:nvPicPr><pic:cNvPr %s/><pic:cNvPicPr/></pic:nvPicPr>`, properties)
	m.raw(`<pic:blipFill><a:blip r:embed="%s"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`, p.id)
	m.raw(`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>`, width, height)
	m.WriteString(`</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`)
}
