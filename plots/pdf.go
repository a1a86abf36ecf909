package plots

import (
	"bytes"
	"compress/zlib"
	"fmt"
)

// A pdf is one page with everything as paths. It has no date, no identifier and
// no font, so equal figures are equal files.
type pdf struct {
	width, height float64
	ops           bytes.Buffer
}

func newPDF(width, height float64) canvas { return &pdf{width: width, height: height} }

func (c *pdf) path(p path) {
	for i := range p {
		for _, a := range p[i].points() {
			c.ops.WriteString(nums(a.X, a.Y))
		}
		c.ops.WriteByte(p[i].op)
		c.ops.WriteByte('\n')
	}
}

func (c *pdf) fill(p path, with rgb) {
	r, g, b := with.unit()
	c.ops.WriteString(nums(r, g, b) + "rg\n")
	c.path(p)
	c.ops.WriteString("f\n")
}

func (c *pdf) stroke(p path, with pen) {
	r, g, b := with.colour.unit()
	c.ops.WriteString(nums(r, g, b) + "RG " + nums(with.width) + "w [" + nums(with.dash...) + "] 0 d\n")
	c.path(p)
	c.ops.WriteString("S\n")
}

func (c *pdf) text(t typeset, a anchor, with rgb) {
	c.fill(t.outline.transformed(a.place(t.width)), with)
}

func (c *pdf) clip(r rect) {
	c.ops.WriteString("q " + nums(r.x0, r.y0, r.width(), r.height()) + "re W n\n")
}

func (c *pdf) unclip() { c.ops.WriteString("Q\n") }

func (c *pdf) bytes() ([]byte, error) {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	if _, err := z.Write(c.ops.Bytes()); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return pdfFile([]string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 " + nums(c.width, c.height) + "] /Resources << >> /Contents 4 0 R >>",
		fmt.Sprintf("<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream", packed.Len(), packed.Bytes()),
	}), nil
}

// pdfFile numbers the objects from 1 and adds the table of where they begin;
// the first is the catalogue.
func pdfFile(objects []string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	table := fmt.Sprintf("xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for i, o := range objects {
		table += fmt.Sprintf("%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", table, len(objects)+1, start)
	return b.Bytes()
}
