package plots

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image/color"
	"io"
	"math"
	"regexp"
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
	return vector{vgpdf.New(vg.Length(width), vg.Length(height)), nil}
}

func newEPS(width, height float64) canvas {
	return vector{vgeps.NewTitle(vg.Length(width), vg.Length(height), "hopcap"), func(file []byte) []byte {
		return withBox(file, width, height)
	}}
}

func newSVG(width, height float64) canvas {
	c := vector{vgsvg.New(vg.Length(width), vg.Length(height)), nil}
	c.fill(rect{0, 0, width, height}.path(), white)
	return c
}

// newPNG makes a picture of 300 dots per inch, as journals want of colour figures.
func newPNG(width, height float64) canvas { return newRaster(width, height, 300) }

func newRaster(width, height float64, dpi int) vector {
	c := vgimg.NewWith(vgimg.UseWH(vg.Length(width), vg.Length(height)), vgimg.UseDPI(dpi))
	return vector{vgimg.PngCanvas{Canvas: c}, func(file []byte) []byte { return withResolution(file, float64(dpi)) }}
}

// Equal figures are equal files: the PDF's date is fixed, and its objects are in
// order.
func init() {
	fpdf.SetDefaultCreationDate(time.Unix(0, 0).UTC())
	fpdf.SetDefaultModificationDate(time.Unix(0, 0).UTC())
	fpdf.SetDefaultCatalogSort(true)
}

var epsHead = regexp.MustCompile(`(?s)^.*?%%Orientation: Portrait\n`)

// withBox mends the head of an EPS file: vgeps begins it with "%%!PS", which
// hides it from every program, gives fractions of points as the bounding box, and
// a date.
func withBox(file []byte, width, height float64) []byte {
	head := fmt.Sprintf("%%!PS-Adobe-3.0 EPSF-3.0\n%%%%BoundingBox: 0 0 %.0f %.0f\n%%%%HiResBoundingBox: 0 0 %s\n",
		math.Ceil(width), math.Ceil(height), nums(width, height))
	return epsHead.ReplaceAllLiteral(file, []byte(head))
}

func vgPoint(p point) vg.Point { return vg.Point{X: vg.Length(p.X), Y: vg.Length(p.Y)} }

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
	c.SetLineWidth(vg.Length(with.width))
	var dash []vg.Length
	for _, d := range with.dash {
		dash = append(dash, vg.Length(d))
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
