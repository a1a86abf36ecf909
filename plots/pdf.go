package plots

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"math"
	"slices"
	"strings"
)

// A content is a page as operators of PDF, which a short prologue teaches to
// PostScript. Labels are outlines, each glyph about its own origin, so that equal
// glyphs are equal text and take next to no room once compressed.
type content struct {
	width, height float64
	b             bytes.Buffer
	inside        rgb
	with          pen
	lines         bool // a path is waiting to be stroked
}

func newContent(width, height float64) content {
	c := content{width: width, height: height}
	c.b.WriteString("1 j\n") // round joins
	return c
}

// path writes a path to a fraction of a point.
func (c *content) path(p path, fraction float64) {
	for i := range p {
		for _, a := range p[i].points() {
			c.b.WriteString(rounded(a.X, fraction) + " " + rounded(a.Y, fraction) + " ")
		}
		c.b.WriteString(string(p[i].op) + "\n")
	}
}

// flush strokes what waits. Lines drawn with one pen are one path.
func (c *content) flush() {
	if c.lines {
		c.b.WriteString("S\n")
		c.lines = false
	}
}

func colourOperands(c rgb) string {
	part := func(v uint8) string { return rounded(float64(v)/255, 1000) }
	return part(c.r) + " " + part(c.g) + " " + part(c.b)
}

func (c *content) setInside(to rgb) {
	c.flush()
	if to != c.inside {
		c.b.WriteString(colourOperands(to) + " rg\n")
		c.inside = to
	}
}

func (p pen) same(q pen) bool {
	return p.width == q.width && p.colour == q.colour && slices.Equal(p.dash, q.dash)
}

func (c *content) setPen(to pen) {
	if to.same(c.with) {
		return
	}
	c.flush()
	var dash []string
	for _, d := range to.dash {
		dash = append(dash, num(d))
	}
	fmt.Fprintf(&c.b, "%s RG %s w [%s] 0 d\n", colourOperands(to.colour), num(to.width), strings.Join(dash, " "))
	c.with = to
}

func (c *content) fill(p path, with rgb) {
	if len(p) > 0 {
		c.setInside(with)
		c.path(p, 100)
		c.b.WriteString("f\n")
	}
}

func (c *content) stroke(p path, with pen) {
	if len(p) > 0 {
		c.setPen(with)
		c.path(p, 100)
		c.lines = true
	}
}

// placed writes a path about a place, and what to do with it.
func (c *content) placed(at point, p path, operator string) {
	fmt.Fprintf(&c.b, "q 1 0 0 1 %s %s cm\n", num(at.X), num(at.Y))
	c.path(p, 1000)
	c.b.WriteString(operator + " Q\n")
}

func (c *content) mark(m marker, at point) {
	c.setInside(m.inside)
	if m.edge.width == 0 {
		c.placed(at, m.outline, "f")
		return
	}
	c.setPen(m.edge)
	c.placed(at, m.outline, "B")
}

func (c *content) text(t typeset, a anchor, with rgb) {
	c.setInside(with)
	place := a.place(t.width)
	turn := "1 0 0 1"
	if a.turned {
		turn = "0 1 -1 0"
	}
	origin := place(point{})
	fmt.Fprintf(&c.b, "q %s %s %s cm\n", turn, num(origin.X), num(origin.Y))
	for _, g := range t.glyphs {
		c.placed(g.at, g.shape, "f")
	}
	c.b.WriteString("Q\n")
}

// A pdf is one page. Equal figures are equal files: there is no date in it.
type pdf struct{ content }

func newPDF(width, height float64) canvas { return &pdf{newContent(width, height)} }

func (c *pdf) bytes() ([]byte, error) {
	c.flush()
	var stream bytes.Buffer
	z, err := zlib.NewWriterLevel(&stream, zlib.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(c.b.Bytes()); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return pdfFile([]string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s %s]/Resources<<>>/Contents 4 0 R>>", num(c.width), num(c.height)),
		fmt.Sprintf("<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream", stream.Len(), stream.Bytes()),
		"<</Creator(hopcap)>>",
	}), nil
}

// pdfFile numbers objects from 1, the first the catalog and the last what is
// said about the file, and lists where each begins.
func pdfFile(objects []string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n%\xb5\xb6\xb5\xb6\n") // bytes beyond ASCII: this is no text file
	table := fmt.Sprintf("xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for i, object := range objects {
		table += fmt.Sprintf("%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	fmt.Fprintf(&b, "%strailer\n<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", table, len(objects)+1, len(objects), start)
	return b.Bytes()
}

// An eps is the same content, with the operators of PDF defined before it.
type eps struct{ content }

func newEPS(width, height float64) canvas { return &eps{newContent(width, height)} }

// epsOperators keep two colours, as PDF does, where PostScript has one.
const epsOperators = `/hopcap 30 dict def hopcap begin
/rg{3 array astore/inside exch def}bind def
/RG{3 array astore/edge exch def}bind def
0 0 0 rg 0 0 0 RG
/m{moveto}bind def /l{lineto}bind def /c{curveto}bind def /h{closepath}bind def
/w{setlinewidth}bind def /d{setdash}bind def /j{setlinejoin}bind def
/q{gsave}bind def /Q{grestore}bind def /cm{6 array astore concat}bind def
/f{inside aload pop setrgbcolor fill}bind def
/S{edge aload pop setrgbcolor stroke}bind def
/B{gsave f grestore S}bind def
`

func (c *eps) bytes() ([]byte, error) {
	c.flush()
	head := fmt.Sprintf("%%!PS-Adobe-3.0 EPSF-3.0\n%%%%BoundingBox: 0 0 %.0f %.0f\n%%%%HiResBoundingBox: 0 0 %s %s\n%%%%Creator: hopcap\n%%%%EndComments\n",
		math.Ceil(c.width), math.Ceil(c.height), num(c.width), num(c.height))
	return []byte(head + epsOperators + c.b.String() + "end\nshowpage\n%%EOF\n"), nil
}
