package pdf

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	_ "image/gif" // what a draft may hold
	"image/jpeg"
	"image/png"

	"jianbao/bulletin/typeset/layout"
)

// Limits of a picture: what is larger is not opened, and what has more pixels
// than a printer shows across the page is made smaller.
const (
	maxFile   = 20 << 20 // bytes
	maxPixels = 24e6     // 200 MB while it is made smaller
	maxSide   = 1900     // 300 to the inch over 156 mm, a little above
)

// A plate is a picture as it goes into a PDF.
type plate struct {
	data []byte
	size layout.Size // of the picture as it came
}

// platesOf prepares pictures. What cannot be read is left out; the layout says
// so where the picture would stand.
func platesOf(pictures map[string][]byte) (map[string]plate, map[string]layout.Size) {
	plates, sizes := map[string]plate{}, map[string]layout.Size{}
	for name, data := range pictures {
		if p, ok := plateOf(data); ok {
			plates[name], sizes[name] = p, p.size
		}
	}
	return plates, sizes
}

// plateOf takes a JPEG that is not too large as it is; everything else is
// decoded and written anew, on white: gopdf reads neither transparency nor
// interlacing nor 16 bits reliably, and trusts lengths that a file states.
func plateOf(data []byte) (plate, bool) {
	if len(data) > maxFile {
		return plate{}, false
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || config.Width <= 0 || config.Height <= 0 || float64(config.Width)*float64(config.Height) > maxPixels {
		return plate{}, false
	}
	size := layout.Size{Width: config.Width, Height: config.Height}
	picture, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return plate{}, false
	}
	small := max(config.Width, config.Height) <= maxSide
	if format == "jpeg" && small && config.ColorModel != color.CMYKModel {
		return plate{data, size}, true
	}
	flat := flatten(picture)
	for max(flat.Bounds().Dx(), flat.Bounds().Dy()) > maxSide {
		flat = halve(flat)
	}
	var b bytes.Buffer
	if format == "jpeg" {
		err = jpeg.Encode(&b, flat, &jpeg.Options{Quality: 88})
	} else {
		err = png.Encode(&b, flat)
	}
	return plate{b.Bytes(), size}, err == nil
}

// flatten draws a picture on white.
func flatten(from image.Image) *image.RGBA {
	to := image.NewRGBA(image.Rect(0, 0, from.Bounds().Dx(), from.Bounds().Dy()))
	draw.Draw(to, to.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(to, to.Bounds(), from, from.Bounds().Min, draw.Over)
	return to
}

// halve makes one pixel of four.
func halve(from *image.RGBA) *image.RGBA {
	w, h := max(1, from.Bounds().Dx()/2), max(1, from.Bounds().Dy()/2)
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	right, below := min(1, from.Bounds().Dx()-1), min(1, from.Bounds().Dy()-1)
	for y := range h {
		for x := range w {
			a, b := from.PixOffset(2*x, 2*y), from.PixOffset(2*x+right, 2*y)
			c, d := from.PixOffset(2*x, 2*y+below), from.PixOffset(2*x+right, 2*y+below)
			at := to.PixOffset(x, y)
			for i := range 4 {
				sum := int(from.Pix[a+i]) + int(from.Pix[b+i]) + int(from.Pix[c+i]) + int(from.Pix[d+i])
				to.Pix[at+i] = uint8((sum + 2) / 4)
			}
		}
	}
	return to
}
