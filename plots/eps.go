package plots

import (
	"bytes"
	"fmt"
	"math"
)

// An eps is encapsulated PostScript with everything as paths.
type eps struct{ b bytes.Buffer }

func newEPS(width, height float64) canvas {
	c := new(eps)
	fmt.Fprintf(&c.b, `%%!PS-Adobe-3.0 EPSF-3.0
%%%%BoundingBox: 0 0 %.0f %.0f
%%%%HiResBoundingBox: 0 0 %s
%%%%LanguageLevel: 2
%%%%Pages: 1
%%%%EndComments
%%%%Page: 1 1
save
/m /moveto load def /l /lineto load def /c /curveto load def /h /closepath load def
`, math.Ceil(width), math.Ceil(height), nums(width, height))
	return c
}

func (c *eps) path(p path) {
	c.b.WriteString("newpath\n")
	for i := range p {
		for _, a := range p[i].points() {
			c.b.WriteString(nums(a.X, a.Y))
		}
		c.b.WriteByte(p[i].op)
		c.b.WriteByte('\n')
	}
}

func (c *eps) colour(with rgb) {
	r, g, b := with.unit()
	c.b.WriteString(nums(r, g, b) + "setrgbcolor\n")
}

func (c *eps) fill(p path, with rgb) {
	c.colour(with)
	c.path(p)
	c.b.WriteString("fill\n")
}

func (c *eps) stroke(p path, with pen) {
	c.colour(with.colour)
	c.b.WriteString(nums(with.width) + "setlinewidth [" + nums(with.dash...) + "] 0 setdash\n")
	c.path(p)
	c.b.WriteString("stroke\n")
}

func (c *eps) text(t typeset, a anchor, with rgb) {
	c.fill(t.outline.transformed(a.place(t.width)), with)
}

func (c *eps) clip(r rect) {
	c.b.WriteString("gsave " + nums(r.x0, r.y0, r.width(), r.height()) + "rectclip\n")
}

func (c *eps) unclip() { c.b.WriteString("grestore\n") }

func (c *eps) bytes() ([]byte, error) {
	c.b.WriteString("restore\nshowpage\n%%EOF\n")
	return c.b.Bytes(), nil
}
