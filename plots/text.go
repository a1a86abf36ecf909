package plots

import (
	"fmt"
	"math"
	"sync"
	"unicode"

	"codeberg.org/go-fonts/liberation/liberationserifitalic"
	"codeberg.org/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
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
		panic(fmt.Sprintf("plots: the font that comes with the program: %v", err))
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
func (f *face) outline(g sfnt.GlyphIndex) (path, error) {
	segments, err := f.font.LoadGlyph(&f.buf, g, f.ppem(), nil)
	if err != nil {
		return nil, err
	}
	var p path
	var here point
	for i, s := range segments {
		at := func(k int) point { return point{f.em(s.Args[k].X), -f.em(s.Args[k].Y)} }
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if i > 0 {
				p.close()
			}
			here = at(0)
			p.move(here)
		case sfnt.SegmentOpLineTo:
			here = at(0)
			p.line(here)
		case sfnt.SegmentOpQuadTo:
			p.curve(between(here, at(0), 2./3), between(at(1), at(0), 2./3), at(1))
			here = at(1)
		case sfnt.SegmentOpCubeTo:
			p.curve(at(0), at(1), at(2))
			here = at(2)
		}
	}
	if len(p) > 0 {
		p.close()
	}
	return p, nil
}

// typesetLabel sets a label: upright text, with mathematics between dollar
// signs. A character that the font lacks, or a macro that does not exist, is an
// error.
func typesetLabel(label string, size float64) (typeset, error) {
	nodes, err := parseLabel(label)
	if err != nil {
		return typeset{}, fmt.Errorf("label %q: %w", label, err)
	}
	faceLock.Lock()
	defer faceLock.Unlock()
	s := setter{size: size, out: typeset{latex: latex(label), size: size}}
	if err := s.list(nodes); err != nil {
		return typeset{}, fmt.Errorf("label %q: %w", label, err)
	}
	s.out.width = s.x
	return s.out, nil
}

// CheckLabel says what is wrong with a label, or nil.
func CheckLabel(label string) error {
	_, err := typesetLabel(label, 1)
	return err
}

// A setter puts one glyph after another.
type setter struct {
	out    typeset
	x, y   float64 // where the next glyph goes
	size   float64
	script int // how deep in sub- and superscripts

	last      *face // of the glyph just set, for kerning
	lastGlyph sfnt.GlyphIndex
	lastChar  rune
	before    class
}

func (s *setter) list(nodes []node) error {
	s.before = none
	for _, n := range nodes {
		if err := s.node(n); err != nil {
			return err
		}
	}
	return nil
}

func (s *setter) node(n node) error {
	s.skip(spaceBetween(s.before, n.class, s.script > 0) * s.size)
	if err := s.nucleus(n); err != nil {
		return err
	}
	err := s.scripts(n)
	s.before = n.class
	return err
}

func (s *setter) nucleus(n node) error {
	switch {
	case n.radical:
		return s.root(n.group)
	case n.group != nil:
		return s.list(n.group)
	case n.char == 0:
		s.skip(n.space * s.size)
		return nil
	}
	return s.glyph(n.char, n.italic)
}

// skip leaves room, across which no pair is kerned.
func (s *setter) skip(d float64) {
	if d != 0 {
		s.x += d
		s.last = nil
	}
}

func (s *setter) glyph(r rune, italic bool) error {
	if p, width, ok := drawnGlyph(r); ok {
		s.add(p)
		s.skip(width * s.size)
		return nil
	}
	f := faces()[0]
	if italic {
		f = faces()[1]
	}
	g := f.glyph(r)
	if g == 0 {
		return fmt.Errorf("the font has no %q", r)
	}
	// Digits are all as wide as one another: the font would pull 11 together.
	digits := unicode.IsDigit(r) && unicode.IsDigit(s.lastChar)
	if s.last == f && !digits {
		s.x += f.kern(s.lastGlyph, g) * s.size
	}
	p, err := f.outline(g)
	if err != nil {
		return err
	}
	s.add(p)
	s.x += f.advance(g) * s.size
	s.last, s.lastGlyph, s.lastChar = f, g, r
	return nil
}

// add puts an outline, in ems, where the setter is.
func (s *setter) add(p path) {
	p = p.transformed(func(a point) point { return point{a.X * s.size, a.Y * s.size} })
	for _, a := range p.points() {
		s.out.ascent = math.Max(s.out.ascent, s.y+a.Y)
		s.out.descent = math.Max(s.out.descent, -s.y-a.Y)
	}
	if len(p) > 0 { // a blank is nothing
		s.out.glyphs = append(s.out.glyphs, glyph{p, point{s.x, s.y}})
	}
}

// scripts sets the superscript above the subscript, both after the nucleus.
func (s *setter) scripts(n node) error {
	if n.sup == nil && n.sub == nil {
		return nil
	}
	start, end := s.x, s.x
	for _, part := range []struct {
		nodes []node
		raise float64
	}{{n.sup, 0.38}, {n.sub, subDrop(n)}} {
		s.x = start
		if part.raise > 0 && n.italic {
			s.x += 0.06 * s.size // or a slanted letter touches its superscript
		}
		if err := s.raised(part.nodes, part.raise); err != nil {
			return err
		}
		end = math.Max(end, s.x)
	}
	s.x = end
	s.skip(0.05 * s.size)
	return nil
}

// subDrop is deeper below a superscript, so that the two do not touch.
func subDrop(n node) float64 {
	if n.sup != nil {
		return -0.24
	}
	return -0.17
}

// raised sets a script in smaller size, so many ems higher.
func (s *setter) raised(nodes []node, raise float64) error {
	if nodes == nil {
		return nil
	}
	outer := *s
	s.y += raise * s.size
	s.size *= 0.72
	s.script++
	s.last = nil
	err := s.list(nodes)
	s.y, s.size, s.script = outer.y, outer.size, outer.script
	s.last = nil
	return err
}

// root sets √ and a bar over the radicand.
func (s *setter) root(radicand []node) error {
	if err := s.glyph('√', false); err != nil {
		return err
	}
	const thick = 0.05
	left := s.x
	top := s.out.outline().top()
	s.last = nil
	if err := s.list(radicand); err != nil {
		return err
	}
	bar := rect{left - 0.03*s.size, top - thick*s.size, s.x + 0.05*s.size, top}
	s.out.glyphs = append(s.out.glyphs, glyph{shape: bar.path()})
	s.skip(0.1 * s.size)
	return nil
}

// drawnGlyph has the few characters of physics that the font lacks, with their
// widths, in ems.
func drawnGlyph(r rune) (path, float64, bool) {
	const bottom, middle, top = -0.2, 0.25, 0.7
	at := func(x, y float64) point { return point{x, y} }
	switch r {
	case '⟨':
		return polygon(at(0.27, top), at(0.08, middle), at(0.27, bottom), at(0.32, bottom), at(0.13, middle), at(0.32, top)), 0.36, true
	case '⟩':
		return polygon(at(0.09, top), at(0.28, middle), at(0.09, bottom), at(0.04, bottom), at(0.23, middle), at(0.04, top)), 0.36, true
	}
	return nil, 0, false
}
