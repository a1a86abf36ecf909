package canvas

// SVG is written here and not by vgsvg of gonum/plot, which writes each glyph and
// symbol out at its place with absolute coordinates: of the same outlines, the figure
// of three panels among the golden images is 222 kB there and 48 kB here, a hundred
// thousand points 4.6 MB there and 1.0 MB here.

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A svg is a page for browsers. What is drawn more than once, glyphs and symbols,
// is defined once and used by its number.
type svg struct {
	width, height float64
	defs, b       strings.Builder
	defined       map[string]int
	with          Pen
	lines         Path // waiting to be stroked
}

func newSVG(width, height float64) Canvas {
	c := &svg{width: width, height: height, defined: map[string]int{}}
	c.Fill(Rect{0, 0, width, height}.Path(), White)
	return c
}

// down turns a point of the page upside down: SVG counts from the top.
func (c *svg) down(a Point) Point { return Point{a.X, c.height - a.Y} }

func mirrored(a Point) Point { return Point{a.X, -a.Y} }

// A svgPath is what stands in the attribute d: steps from one rounded point to
// the next, so that no error adds up.
type svgPath struct {
	b           strings.Builder
	fraction    float64
	here, start [2]int
}

func svgData(p Path, fraction float64) string {
	w := svgPath{fraction: fraction}
	for i := range p {
		w.segment(&p[i])
	}
	return w.b.String()
}

func (w *svgPath) segment(s *segment) {
	if s.op == 'h' {
		w.b.WriteByte('z')
		w.here = w.start
		return
	}
	var steps []int
	var end [2]int
	for _, a := range s.points() {
		end = [2]int{int(math.Round(a.X * w.fraction)), int(math.Round(a.Y * w.fraction))}
		steps = append(steps, end[0]-w.here[0], end[1]-w.here[1])
	}
	switch {
	case s.op == 'm' && w.b.Len() == 0:
		w.write('M', steps...)
	case s.op == 'l' && steps[1] == 0:
		w.write('h', steps[0])
	case s.op == 'l' && steps[0] == 0:
		w.write('v', steps[1])
	default:
		w.write(s.op, steps...)
	}
	if w.here = end; s.op == 'm' {
		w.start = end
	}
}

func (w *svgPath) write(op byte, steps ...int) {
	w.b.WriteByte(op)
	for i, v := range steps {
		text := shorter(strconv.FormatFloat(float64(v)/w.fraction, 'f', -1, 64))
		if i > 0 && text[0] != '-' {
			w.b.WriteByte(' ')
		}
		w.b.WriteString(text)
	}
}

// shorter leaves out the zero before the point.
func shorter(number string) string {
	if rest, ok := strings.CutPrefix(number, "0."); ok {
		return "." + rest
	}
	if rest, ok := strings.CutPrefix(number, "-0."); ok {
		return "-." + rest
	}
	return number
}

func (c Colour) hex() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// filled is the attribute of a colour; black needs none.
func filled(with Colour) string {
	if with == Black {
		return ""
	}
	return ` fill="` + with.hex() + `"`
}

func (p Pen) attributes() string {
	a := fmt.Sprintf(` stroke="%s" stroke-width="%s"`, p.Colour.hex(), shorter(num(p.Width)))
	var dash []string
	for _, d := range p.Dash {
		dash = append(dash, shorter(num(d)))
	}
	if dash != nil {
		a += ` stroke-dasharray="` + strings.Join(dash, " ") + `"`
	}
	return a
}

// flush strokes what waits. Lines drawn with one pen are one path.
func (c *svg) flush() {
	if len(c.lines) > 0 {
		fmt.Fprintf(&c.b, "<path fill=\"none\"%s d=\"%s\"/>\n", c.with.attributes(), svgData(c.lines, 100))
		c.lines = nil
	}
}

func (c *svg) Fill(p Path, with Colour) {
	if len(p) > 0 {
		c.flush()
		fmt.Fprintf(&c.b, "<path%s d=\"%s\"/>\n", filled(with), svgData(p.Transformed(c.down), 100))
	}
}

func (c *svg) Stroke(p Path, with Pen) {
	if len(p) == 0 {
		return
	}
	if !with.same(c.with) {
		c.flush()
		c.with = with
	}
	c.lines = append(c.lines, p.Transformed(c.down)...)
}

// use draws a shape that is defined once.
func (c *svg) use(attributes string, p Path, at Point) {
	shape := attributes + fmt.Sprintf(" d=\"%s\"/>\n", svgData(p.Transformed(mirrored), 1000))
	id, ok := c.defined[shape]
	if !ok {
		id = len(c.defined)
		c.defined[shape] = id
		fmt.Fprintf(&c.defs, `<path id="p%d"%s`, id, shape)
	}
	fmt.Fprintf(&c.b, "<use xlink:href=\"#p%d\" x=\"%s\" y=\"%s\"/>\n", id, shorter(num(at.X)), shorter(num(at.Y)))
}

func (c *svg) Mark(m Marker, at Point) {
	c.flush()
	attributes := filled(m.Inside)
	if m.Edge.Width > 0 {
		attributes += m.Edge.attributes()
	}
	c.use(attributes, m.Outline, c.down(at))
}

func (c *svg) Text(t Text, a Anchor, with Colour) {
	c.flush()
	origin := c.down(a.Place(t.Width)(Point{}))
	turn := ""
	if a.Turned {
		turn = "rotate(-90)"
	}
	fmt.Fprintf(&c.b, "<g%s transform=\"translate(%s %s)%s\">\n", filled(with), num(origin.X), num(origin.Y), turn)
	for _, g := range t.Glyphs {
		c.use("", g.Shape, mirrored(g.At))
	}
	c.b.WriteString("</g>\n")
}

func (c *svg) Bytes() ([]byte, error) {
	c.flush()
	w, h := num(c.width), num(c.height)
	return []byte(fmt.Sprintf(`<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="%spt" height="%spt" viewBox="0 0 %s %s" stroke-linejoin="round">
<defs>
%s</defs>
%s</svg>
`, w, h, w, h, c.defs.String(), c.b.String())), nil
}
