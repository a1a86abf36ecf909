package canvas

// PDF and EPS are written here and not by vgpdf and vgeps of gonum/plot, for two
// reasons. Their files hold the time at which they were written, so that equal
// figures are unequal files. And they write each glyph out at its place: of the same
// outlines, the figure of three panels among the golden images is 101 kB of PDF and
// 274 kB of EPS there, 26 kB and 182 kB here; a hundred thousand points are 1.9 MB of
// PDF there, 0.1 MB here.

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
	inside        Colour
	with          Pen
	lines         bool // a path is waiting to be stroked
}

func newContent(width, height float64) content {
	c := content{width: width, height: height}
	c.b.WriteString("1 j\n") // round joins
	return c
}

// path writes a path to a fraction of a point.
func (c *content) path(p Path, fraction float64) {
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

func colourOperands(c Colour) string {
	part := func(v uint8) string { return rounded(float64(v)/255, 1000) }
	return part(c.R) + " " + part(c.G) + " " + part(c.B)
}

func (c *content) setInside(to Colour) {
	c.flush()
	if to != c.inside {
		c.b.WriteString(colourOperands(to) + " rg\n")
		c.inside = to
	}
}

func (p Pen) same(q Pen) bool {
	return p.Width == q.Width && p.Colour == q.Colour && slices.Equal(p.Dash, q.Dash)
}

func (c *content) setPen(to Pen) {
	if to.same(c.with) {
		return
	}
	c.flush()
	var dash []string
	for _, d := range to.Dash {
		dash = append(dash, num(d))
	}
	fmt.Fprintf(&c.b, "%s RG %s w [%s] 0 d\n", colourOperands(to.Colour), num(to.Width), strings.Join(dash, " "))
	c.with = to
}

func (c *content) Fill(p Path, with Colour) {
	if len(p) > 0 {
		c.setInside(with)
		c.path(p, 100)
		c.b.WriteString("f\n")
	}
}

func (c *content) Stroke(p Path, with Pen) {
	if len(p) > 0 {
		c.setPen(with)
		c.path(p, 100)
		c.lines = true
	}
}

// placed writes a path about a place, and what to do with it.
func (c *content) placed(at Point, p Path, operator string) {
	fmt.Fprintf(&c.b, "q 1 0 0 1 %s %s cm\n", num(at.X), num(at.Y))
	c.path(p, 1000)
	c.b.WriteString(operator + " Q\n")
}

func (c *content) Mark(m Marker, at Point) {
	c.setInside(m.Inside)
	if m.Edge.Width == 0 {
		c.placed(at, m.Outline, "f")
		return
	}
	c.setPen(m.Edge)
	c.placed(at, m.Outline, "B")
}

func (c *content) Text(t Text, a Anchor, with Colour) {
	c.setInside(with)
	place := a.Place(t.Width)
	turn := "1 0 0 1"
	if a.Turned {
		turn = "0 1 -1 0"
	}
	origin := place(Point{})
	fmt.Fprintf(&c.b, "q %s %s %s cm\n", turn, num(origin.X), num(origin.Y))
	for _, g := range t.Glyphs {
		c.placed(g.At, g.Shape, "f")
	}
	c.b.WriteString("Q\n")
}

// A pdf is one page. Equal figures are equal files: there is no date in it.
type pdf struct{ content }

func newPDF(width, height float64) Canvas { return &pdf{newContent(width, height)} }

func (c *pdf) Bytes() ([]byte, error) {
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

func newEPS(width, height float64) Canvas { return &eps{newContent(width, height)} }

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

func (c *eps) Bytes() ([]byte, error) {
	c.flush()
	head := fmt.Sprintf("%%!PS-Adobe-3.0 EPSF-3.0\n%%%%BoundingBox: 0 0 %.0f %.0f\n%%%%HiResBoundingBox: 0 0 %s %s\n%%%%Creator: hopcap\n%%%%EndComments\n",
		math.Ceil(c.width), math.Ceil(c.height), num(c.width), num(c.height))
	return []byte(head + epsOperators + c.b.String() + "end\nshowpage\n%%EOF\n"), nil
}
