package canvas

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image/color"
	"image/png"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// A raster is a page of pixels.
type raster struct {
	page *vgimg.Canvas
	dpi  float64
}

// newPNG returns an empty page of 300 dots per inch, as journals want of colour figures.
func newPNG(width, height float64) Canvas { return NewRaster(width, height, 300) }

// NewRaster returns an empty page of a size in points as a PNG of so many dots per
// inch. Its pixels are drawn by vgimg of gonum/plot.
func NewRaster(width, height float64, dpi int) Canvas {
	return raster{vgimg.NewWith(vgimg.UseWH(vg.Length(width), vg.Length(height)), vgimg.UseDPI(dpi)), float64(dpi)}
}

func vgPoint(p Point) vg.Point { return vg.Point{X: vg.Length(p.X), Y: vg.Length(p.Y)} }

func vgPath(p Path) (out vg.Path) {
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

func (c raster) colour(with Colour) { c.page.SetColor(color.NRGBA{with.R, with.G, with.B, 255}) }

func (c raster) Fill(p Path, with Colour) {
	if len(p) > 0 {
		c.colour(with)
		c.page.Fill(vgPath(p))
	}
}

func (c raster) Stroke(p Path, with Pen) {
	if len(p) == 0 {
		return
	}
	c.colour(with.Colour)
	c.page.SetLineWidth(vg.Length(with.Width))
	var dash []vg.Length
	for _, d := range with.Dash {
		dash = append(dash, vg.Length(d))
	}
	c.page.SetLineDash(dash, 0)
	c.page.Stroke(vgPath(p))
}

func (c raster) Mark(m Marker, at Point) {
	p := m.Outline.moved(at)
	c.Fill(p, m.Inside)
	if m.Edge.Width > 0 {
		c.Stroke(p, m.Edge)
	}
}

func (c raster) Text(t Text, a Anchor, with Colour) {
	c.Fill(t.Outline().Transformed(a.Place(t.Width)), with)
}

func (c raster) Bytes() ([]byte, error) {
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, c.page.Image()); err != nil {
		return nil, err
	}
	return withResolution(b.Bytes(), c.dpi), nil
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
