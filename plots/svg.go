package plots

import (
	"bytes"
	"fmt"
	"strings"
)

// An svg draws everything as paths, upside up: y is turned here and not by a
// transform, which some programs ignore.
type svg struct {
	b      bytes.Buffer
	height float64
	clips  int
}

func newSVG(width, height float64) canvas {
	c := &svg{height: height}
	w, h := num(width), num(height)
	fmt.Fprintf(&c.b, `<svg xmlns="http://www.w3.org/2000/svg" width="%spt" height="%spt" viewBox="0 0 %s %s">
<rect width="%s" height="%s" fill="#fff"/>
`, w, h, w, h, w, h)
	return c
}

func (c *svg) path(p path) string {
	var b strings.Builder
	for i := range p {
		op := p[i].op
		if op == 'h' {
			b.WriteByte('Z')
			continue
		}
		b.WriteByte(op - 'a' + 'A')
		for k, a := range p[i].points() {
			if k > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(num(a.X) + " " + num(c.height-a.Y))
		}
	}
	return b.String()
}

func hex(c rgb) string { return fmt.Sprintf("#%02x%02x%02x", c.r, c.g, c.b) }

func (c *svg) fill(p path, with rgb) {
	fmt.Fprintf(&c.b, "<path fill=\"%s\" d=\"%s\"/>\n", hex(with), c.path(p))
}

func (c *svg) stroke(p path, with pen) {
	dash := ""
	if len(with.dash) > 0 {
		dash = ` stroke-dasharray="` + strings.TrimSpace(nums(with.dash...)) + `"`
	}
	fmt.Fprintf(&c.b, "<path fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" stroke-miterlimit=\"10\"%s d=\"%s\"/>\n",
		hex(with.colour), num(with.width), dash, c.path(p))
}

func (c *svg) text(t typeset, a anchor, with rgb) {
	c.fill(t.outline.transformed(a.place(t.width)), with)
}

func (c *svg) clip(r rect) {
	c.clips++
	fmt.Fprintf(&c.b, "<clipPath id=\"c%d\"><path d=\"%s\"/></clipPath>\n<g clip-path=\"url(#c%d)\">\n",
		c.clips, c.path(r.path()), c.clips)
}

func (c *svg) unclip() { c.b.WriteString("</g>\n") }

func (c *svg) bytes() ([]byte, error) {
	c.b.WriteString("</svg>\n")
	return c.b.Bytes(), nil
}
