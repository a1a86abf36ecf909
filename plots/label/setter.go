package label

import (
	"fmt"
	"math"
	"unicode"

	"golang.org/x/image/font/sfnt"

	"hopcap/plots/canvas"
)

// Set sets a label in a size in points. A character that the font lacks, or a macro
// that does not exist, is an error.
func Set(label string, size float64) (canvas.Text, error) {
	nodes, err := parseLabel(label)
	if err != nil {
		return canvas.Text{}, fmt.Errorf("label %q: %w", label, err)
	}
	faceLock.Lock()
	defer faceLock.Unlock()
	s := setter{size: size, out: canvas.Text{LaTeX: latex(label), Size: size}}
	if err := s.list(nodes); err != nil {
		return canvas.Text{}, fmt.Errorf("label %q: %w", label, err)
	}
	s.out.Width = s.x
	return s.out, nil
}

// Check says what is wrong with a label, or nil.
func Check(label string) error {
	_, err := Set(label, 1)
	return err
}

// A setter puts one glyph after another.
type setter struct {
	out    canvas.Text
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
	case n.below != nil:
		return s.fraction(n.group, n.below)
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
func (s *setter) add(p canvas.Path) {
	p = p.Transformed(func(a canvas.Point) canvas.Point { return canvas.Point{X: a.X * s.size, Y: a.Y * s.size} })
	for _, a := range p.Points() {
		s.out.Ascent = math.Max(s.out.Ascent, s.y+a.Y)
		s.out.Descent = math.Max(s.out.Descent, -s.y-a.Y)
	}
	if len(p) > 0 { // a blank is nothing
		s.out.Glyphs = append(s.out.Glyphs, canvas.Glyph{Shape: p, At: canvas.Point{X: s.x, Y: s.y}})
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

// fraction sets one list above another, both in the middle and in smaller size, and
// a bar between.
func (s *setter) fraction(above, below []node) error {
	const side, axis, thick = 0.1, 0.25, 0.05 // in ems; the bar is about the axis
	s.skip(side * s.size)
	left, first := s.x, len(s.out.Glyphs)
	if err := s.raised(above, 0.47); err != nil {
		return err
	}
	second, widthAbove := len(s.out.Glyphs), s.x-left
	s.x = left
	if err := s.raised(below, -0.36); err != nil {
		return err
	}
	widthBelow := s.x - left
	width := math.Max(widthAbove, widthBelow)
	for i := first; i < len(s.out.Glyphs); i++ {
		shift := (width - widthAbove) / 2
		if i >= second {
			shift = (width - widthBelow) / 2
		}
		s.out.Glyphs[i].At.X += shift
	}
	bar := canvas.Rect{X0: left, Y0: s.y + (axis-thick/2)*s.size, X1: left + width, Y1: s.y + (axis+thick/2)*s.size}
	s.out.Glyphs = append(s.out.Glyphs, canvas.Glyph{Shape: bar.Path()})
	s.x = left + width
	s.skip(side * s.size)
	return nil
}

// root sets √ and a bar over the radicand.
func (s *setter) root(radicand []node) error {
	if err := s.glyph('√', false); err != nil {
		return err
	}
	const thick = 0.05
	left := s.x
	top := s.out.Outline().Top()
	s.last = nil
	if err := s.list(radicand); err != nil {
		return err
	}
	bar := canvas.Rect{X0: left - 0.03*s.size, Y0: top - thick*s.size, X1: s.x + 0.05*s.size, Y1: top}
	s.out.Glyphs = append(s.out.Glyphs, canvas.Glyph{Shape: bar.Path()})
	s.skip(0.1 * s.size)
	return nil
}
