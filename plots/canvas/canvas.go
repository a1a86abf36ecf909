// Package canvas draws paths, symbols and lines of text on a page and writes the
// page as PDF, EPS, SVG, PNG or PGF. Lengths are in points, 1/72 inch, from the lower
// left corner. Equal drawings give equal bytes.
//
// Text comes as outlines of glyphs, so that no format needs a font. Only PGF writes the
// LaTeX of a text instead. There are no clip paths: lines and areas are cut at the frame
// before they are drawn (ClipLine, ClipArea). Otherwise TeX would fail on coordinates beyond
// six metres, and editors would show the hidden parts.
package canvas

import (
	"fmt"
	"math"
	"sort"
	"strconv"
)

// A Colour is an opaque colour. There is no transparency: EPS has none, and
// journals flatten it.
type Colour struct{ R, G, B uint8 }

// The colours of ink and paper.
var (
	Black = Colour{0, 0, 0}
	White = Colour{255, 255, 255}
)

// Tint blends the colour with white; 0 is white, 1 the colour itself.
func (c Colour) Tint(amount float64) Colour {
	mix := func(v uint8) uint8 { return uint8(math.Round(255 + (float64(v)-255)*amount)) }
	return Colour{mix(c.R), mix(c.G), mix(c.B)}
}

// A Pen draws lines of a width, with lengths of dashes and gaps in turn; without
// them the line is solid.
type Pen struct {
	Width  float64
	Colour Colour
	Dash   []float64
}

// A Marker is a symbol of its final size, drawn about a place. An edge without
// width is none.
type Marker struct {
	Outline Path
	Inside  Colour
	Edge    Pen
}

// Reach is how far the symbol reaches from its place, to a side or up or down.
func (m Marker) Reach() float64 {
	reach := 0.0
	for _, a := range m.Outline.Points() {
		reach = math.Max(reach, math.Max(math.Abs(a.X), math.Abs(a.Y)))
	}
	return reach + m.Edge.Width/2
}

// An Anchor places a text on the page. Align is 0 for a text that begins at the
// point, 0.5 for one centred on it, 1 for one that ends there; the point is on
// the baseline. Turned texts read upwards.
type Anchor struct {
	At     Point
	Align  float64
	Turned bool
}

// Place moves a point of a text of the given width to where it is on the page.
func (a Anchor) Place(width float64) func(Point) Point {
	return func(p Point) Point {
		p.X -= a.Align * width
		if a.Turned {
			p = Point{-p.Y, p.X}
		}
		return p.add(a.At)
	}
}

// A Text is a line of text as outlines, with its origin at the left end of the
// baseline.
type Text struct {
	LaTeX                  string // for formats whose text LaTeX sets
	Size                   float64
	Width, Ascent, Descent float64
	Glyphs                 []Glyph
}

// A Glyph is a shape in its size about its origin, and where in the text that is.
type Glyph struct {
	Shape Path
	At    Point
}

// Outline is the whole text as one path.
func (t Text) Outline() (p Path) {
	for _, g := range t.Glyphs {
		p = append(p, g.Shape.moved(g.At)...)
	}
	return p
}

// A Canvas is one page in one format. What is drawn later covers what is there.
type Canvas interface {
	Fill(p Path, c Colour)
	Stroke(p Path, with Pen)
	Mark(m Marker, at Point)
	Text(t Text, a Anchor, c Colour)
	// Bytes is the file, once everything is drawn.
	Bytes() ([]byte, error)
}

// canvases are the formats, by file extension.
var canvases = map[string]func(width, height float64) Canvas{
	"pdf": newPDF,
	"eps": newEPS,
	"svg": newSVG,
	"png": newPNG,
	"pgf": newPGF,
}

// Formats are the formats that a page can be written in, by file extension, in
// alphabetical order.
func Formats() []string {
	var names []string
	for name := range canvases {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// New returns an empty page of a size in points, in one of the Formats.
func New(format string, width, height float64) (Canvas, error) {
	f, ok := canvases[format]
	if !ok {
		return nil, fmt.Errorf("no format %q: must be one of %q", format, Formats())
	}
	return f(width, height), nil
}

// num writes a coordinate to a hundredth of a point, which nobody sees.
func num(x float64) string { return rounded(x, 100) }

// rounded writes a number to a fraction of one.
func rounded(x, fraction float64) string {
	x = math.Round(x*fraction) / fraction
	if x == 0 {
		x = 0 // not −0
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}
