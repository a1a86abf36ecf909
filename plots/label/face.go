package label

import (
	"fmt"
	"sync"

	"codeberg.org/go-fonts/liberation/liberationserifitalic"
	"codeberg.org/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"hopcap/plots/canvas"
)

// A face is a font at no particular size: its outlines have one em as unit.
type face struct {
	font *sfnt.Font
	buf  sfnt.Buffer
}

var faces = sync.OnceValue(func() [2]*face {
	return [2]*face{loadFace(liberationserifregular.TTF), loadFace(liberationserifitalic.TTF)}
})

// A sfnt.Buffer serves one caller at a time.
var faceLock sync.Mutex

func loadFace(ttf []byte) *face {
	f, err := sfnt.Parse(ttf)
	if err != nil {
		panic(fmt.Sprintf("label: the font that comes with the program: %v", err))
	}
	return &face{font: f}
}

func (f *face) ppem() fixed.Int26_6 { return fixed.I(int(f.font.UnitsPerEm())) }

func (f *face) em(v fixed.Int26_6) float64 { return float64(v) / float64(f.ppem()) }

// glyph returns the index of a character, or 0 where the font has none.
func (f *face) glyph(r rune) sfnt.GlyphIndex {
	g, err := f.font.GlyphIndex(&f.buf, r)
	if err != nil {
		return 0
	}
	return g
}

func (f *face) advance(g sfnt.GlyphIndex) float64 {
	a, err := f.font.GlyphAdvance(&f.buf, g, f.ppem(), font.HintingNone)
	if err != nil {
		return 0
	}
	return f.em(a)
}

func (f *face) kern(a, b sfnt.GlyphIndex) float64 {
	k, err := f.font.Kern(&f.buf, a, b, f.ppem(), font.HintingNone)
	if err != nil {
		return 0 // the pair is not in the table
	}
	return f.em(k)
}

// outline returns the glyph's path in units of one em. Contours of a font are
// closed; quadratic curves become cubic ones.
func (f *face) outline(g sfnt.GlyphIndex) (canvas.Path, error) {
	segments, err := f.font.LoadGlyph(&f.buf, g, f.ppem(), nil)
	if err != nil {
		return nil, err
	}
	var p canvas.Path
	var here canvas.Point
	for i, s := range segments {
		at := func(k int) canvas.Point { return canvas.Point{X: f.em(s.Args[k].X), Y: -f.em(s.Args[k].Y)} }
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if i > 0 {
				p.Close()
			}
			here = at(0)
			p.Move(here)
		case sfnt.SegmentOpLineTo:
			here = at(0)
			p.Line(here)
		case sfnt.SegmentOpQuadTo:
			p.Curve(canvas.Between(here, at(0), 2./3), canvas.Between(at(1), at(0), 2./3), at(1))
			here = at(1)
		case sfnt.SegmentOpCubeTo:
			p.Curve(at(0), at(1), at(2))
			here = at(2)
		}
	}
	if len(p) > 0 {
		p.Close()
	}
	return p, nil
}

// drawnGlyph has the few characters of physics that the font lacks, with their
// widths, in ems.
func drawnGlyph(r rune) (canvas.Path, float64, bool) {
	const bottom, middle, top = -0.2, 0.25, 0.7
	at := func(x, y float64) canvas.Point { return canvas.Point{X: x, Y: y} }
	switch r {
	case '⟨':
		return canvas.Polygon(at(0.27, top), at(0.08, middle), at(0.27, bottom), at(0.32, bottom), at(0.13, middle), at(0.32, top)), 0.36, true
	case '⟩':
		return canvas.Polygon(at(0.09, top), at(0.28, middle), at(0.09, bottom), at(0.04, bottom), at(0.23, middle), at(0.04, top)), 0.36, true
	}
	return nil, 0, false
}
