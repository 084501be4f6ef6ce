package flow

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	_ "image/gif"  // the formats that paper and mail can carry
	_ "image/jpeg" //
	_ "image/png"  //
	"path"
	"strings"

	"jianbao/fault"
)

// A Picture is the bytes of one picture. Name has no folder and is unique in
// its draft; Type is image/png, image/jpeg or image/gif.
type Picture struct {
	Name string
	Type string
	Data []byte
}

// mostPixels bounds a picture: four times what an A4 page at 300 dots an inch
// has. A small file can hold a picture that takes gigabytes once unpacked.
const mostPixels = 36_000_000

var (
	pictureKind = fault.Say("intake.picture-kind", "图片“%s”的格式不能使用，已略去：请另存为 PNG 或 JPEG 后重新插入", "the picture “%s” has a format that cannot be used and was left out: save it as PNG or JPEG and put it in again")
	pictureSize = fault.Say("intake.picture-size", "图片“%s”有 %d×%d 像素，太大，已略去：请缩小后重新插入", "the picture “%s” has %d×%d pixels, too many, and was left out: make it smaller and put it in again")
	// PictureGone is for a picture that the file only points to.
	PictureGone = fault.Say("intake.picture-gone", "图片“%s”不在文件里（只有链接），已略去：请把图片本身插入", "the picture “%s” is not in the file, which only links to it, and was left out: put the picture itself in")
)

// mostPictures bounds the pictures of one draft.
const mostPictures = 500

// endings are the types of pictures that are taken, with the ending of the name.
var endings = map[string]string{"png": ".png", "jpeg": ".jpg", "gif": ".gif"}

// Embed writes the line of a picture and keeps its bytes, or notes why it is
// left out.
func (w *Writer) Embed(caption, name string, data []byte) {
	if kept := w.Keep(name, data); kept != "" {
		w.Picture(caption, kept)
	}
}

// Keep keeps the bytes of a picture, the same ones once, and returns the name it
// has in the draft; or it notes why the picture is left out, and returns "".
func (w *Writer) Keep(name string, data []byte) string {
	w = w.draft()
	config, kind, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err != nil, len(w.Pictures) == mostPictures:
		w.Note(pictureKind.With(name))
	case config.Width <= 0 || config.Height <= 0 || config.Width > mostPixels/config.Height:
		w.Note(pictureSize.With(name, config.Width, config.Height))
	default:
		return w.keep(name, kind, data)
	}
	return ""
}

// keep adds a picture and returns the name it has here.
func (w *Writer) keep(name, kind string, data []byte) string {
	sum := sha256.Sum256(data)
	if known, ok := w.kept[sum]; ok {
		return known
	}
	if w.kept == nil {
		w.kept = map[[sha256.Size]byte]string{}
	}
	name = w.unused(plainName(name), endings[kind])
	w.kept[sum] = name
	w.Pictures = append(w.Pictures, Picture{Name: name, Type: "image/" + kind, Data: data})
	return name
}

// unused returns a name that no picture has yet.
func (w *Writer) unused(stem, ending string) string {
	if w.stems == nil {
		w.stems = map[string]int{}
	}
	w.stems[stem]++
	if n := w.stems[stem]; n > 1 {
		return w.unused(fmt.Sprintf("%s-%d", stem, n), ending)
	}
	return stem + ending
}

// plainName returns the stem of a file's name, fit to stand in a line of text.
func plainName(name string) string {
	stem := strings.TrimSuffix(path.Base(name), path.Ext(name))
	stem = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return -1
	}, stem)
	if stem == "" || len(stem) > 40 {
		return "image"
	}
	return stem
}
