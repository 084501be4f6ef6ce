package layout

import "jianbao/bulletin"

const (
	// pixel is how large a pixel of a picture is on paper, in points, where the
	// picture need not be made smaller: 96 to the inch, as word processors have.
	pixel = 0.75
	// tallest is how much of the type area a picture may take.
	tallest = 0.6
	// captionSize is the size of a caption in parts of the body's size.
	captionSize = 0.875
	frameLines  = 3 // of the frame for a picture that is missing
)

// picture sets a picture in the middle of the measure, made smaller if it is
// larger than that, with its caption below it.
func (s *setter) picture(p bulletin.Picture) []strip {
	size, ok := s.pictures[p.Name]
	var all strip
	if ok && size.Width > 0 && size.Height > 0 {
		w, h := float64(size.Width)*pixel, float64(size.Height)*pixel
		k := min(1, s.measure/w, s.depth*tallest/h)
		w, h = w*k, h*k
		all.height = h + s.leading/4
		all.pictures = []Picture{{X: (s.measure - w) / 2, Y: s.leading / 8, Width: w, Height: h, Name: p.Name}}
	} else {
		all = s.frame(p)
	}
	if p.Caption != "" {
		st := free("kai", s.size*captionSize, "#000000")
		for _, l := range s.paragraph(s.cells(span{p.Caption, st}), form{align: centred, leading: s.leading * captionSize}) {
			all.take(l, all.height)
			all.height += l.height
		}
	}
	all.snap = true
	return []strip{all}
}

// frame stands for a picture that is missing, and says so.
func (s *setter) frame(p bulletin.Picture) strip {
	s.problems = append(s.problems, bulletin.Problem{
		Code: "no-picture", Severity: bulletin.Ask, Line: s.line, Reason: noPicture.With(p.Name),
	})
	h := frameLines * s.leading
	w := s.measure
	f := strip{height: h + s.leading/4, rules: []Rule{
		{Width: w, Height: hairline}, {Y: h, Width: w, Height: hairline},
		{Width: hairline, Height: h}, {X: w - hairline, Width: hairline, Height: h},
	}}
	lines := s.paragraph(s.cells(span{"〔" + p.Name + "〕", free("body", s.size*captionSize, "#000000")}), form{align: centred, leading: s.leading})
	for i, l := range lines {
		f.take(l, h/2+(float64(i)-float64(len(lines))/2)*s.leading)
	}
	return f
}
