package plots

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image/color"
	"io"
	"math"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgeps"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgpdf"
	"gonum.org/v1/plot/vg/vgsvg"
)

// A vector is a page on one of the canvases of gonum/plot. Labels go there as
// outlines: its PDF and EPS have no Greek letters.
type vector struct {
	vg.CanvasWriterTo
	finish func(file []byte) []byte // nil for nothing
}

func newPDF(width, height float64) canvas {
	return vector{vgpdf.New(points(width), points(height)), nil}
}

func newEPS(width, height float64) canvas {
	return vector{vgeps.NewTitle(points(width), points(height), "hopcap"), undated}
}

func newSVG(width, height float64) canvas {
	c := vector{vgsvg.New(points(width), points(height)), nil}
	c.fill(rect{0, 0, width, height}.path(), white)
	return c
}

// newPNG makes a picture of 300 dots per inch, as journals want of colour figures.
func newPNG(width, height float64) canvas { return newRaster(width, height, 300) }

func newRaster(width, height float64, dpi int) vector {
	c := vgimg.NewWith(vgimg.UseWH(points(width), points(height)), vgimg.UseDPI(dpi))
	return vector{vgimg.PngCanvas{Canvas: c}, func(file []byte) []byte { return withResolution(file, float64(dpi)) }}
}

// Equal figures are equal files: the PDF's date is fixed, and its objects are in
// order.
func init() {
	fpdf.SetDefaultCreationDate(time.Unix(0, 0).UTC())
	fpdf.SetDefaultModificationDate(time.Unix(0, 0).UTC())
	fpdf.SetDefaultCatalogSort(true)
}

// undated takes the line with the date out of an EPS file.
func undated(file []byte) []byte {
	start := bytes.Index(file, []byte("%%CreationDate:"))
	if start < 0 {
		return file
	}
	end := start + bytes.IndexByte(file[start:], '\n') + 1
	return append(file[:start:start], file[end:]...)
}

func points(x float64) vg.Length { return vg.Length(x) * vg.Inch / 72 }

func vgPoint(p point) vg.Point { return vg.Point{X: points(p.X), Y: points(p.Y)} }

func vgPath(p path) (out vg.Path) {
	for i := range p {
		q := p[i].points()
		switch p[i].op {
		case 'm':
			out.Move(vgPoint(q[0]))
		case 'l':
			out.Line(vgPoint(q[0]))
		case 'c':
			out.CubeTo(vgPoint(q[0]), vgPoint(q[1]), vgPoint(q[2]))
		case 'h':
			out.Close()
		}
	}
	return out
}

func (c vector) colour(with rgb) { c.SetColor(color.NRGBA{with.r, with.g, with.b, 255}) }

func (c vector) fill(p path, with rgb) {
	if len(p) > 0 {
		c.colour(with)
		c.Fill(vgPath(p))
	}
}

func (c vector) stroke(p path, with pen) {
	if len(p) == 0 {
		return
	}
	c.colour(with.colour)
	c.SetLineWidth(points(with.width))
	var dash []vg.Length
	for _, d := range with.dash {
		dash = append(dash, points(d))
	}
	c.SetLineDash(dash, 0)
	c.Stroke(vgPath(p))
}

func (c vector) text(t typeset, a anchor, with rgb) {
	c.fill(t.outline.transformed(a.place(t.width)), with)
}

func (c vector) bytes() ([]byte, error) {
	var b bytes.Buffer
	if _, err := c.WriteTo(io.Writer(&b)); err != nil {
		return nil, err
	}
	if c.finish == nil {
		return b.Bytes(), nil
	}
	return c.finish(b.Bytes()), nil
}

// withResolution adds the chunk that says how large a pixel of a PNG is: without
// it a word processor takes 72 dots per inch and the figure is four times too
// large.
func withResolution(file []byte, dpi float64) []byte {
	const header = 8 + 25 // the signature and IHDR, after which pHYs may stand
	perMetre := uint32(math.Round(dpi / 0.0254))
	chunk := []byte("pHYs")
	chunk = binary.BigEndian.AppendUint32(chunk, perMetre)
	chunk = binary.BigEndian.AppendUint32(chunk, perMetre)
	chunk = append(chunk, 1) // the unit is the metre
	out := append([]byte(nil), file[:header]...)
	out = binary.BigEndian.AppendUint32(out, uint32(len(chunk)-4))
	out = append(out, chunk...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
	return append(out, file[header:]...)
}
