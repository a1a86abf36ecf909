package plots

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"math"

	"git.sr.ht/~sbinet/gg"
)

// A raster is a picture of so many pixels a point.
type raster struct {
	c      *gg.Context
	height float64
	scale  float64
}

// newPNG makes a picture of 300 dots per inch, as journals want of colour figures.
func newPNG(width, height float64) canvas { return newRaster(width, height, 300) }

func newRaster(width, height, dpi float64) *raster {
	scale := dpi / 72
	c := gg.NewContext(int(math.Round(width*scale)), int(math.Round(height*scale)))
	c.SetRGB255(255, 255, 255)
	c.Clear()
	c.SetLineCapButt()
	c.SetFillRuleWinding()
	return &raster{c, height, scale}
}

func (c *raster) path(p path) {
	at := func(a point) (x, y float64) { return a.X * c.scale, (c.height - a.Y) * c.scale }
	c.c.ClearPath()
	for i := range p {
		pts := p[i].points()
		switch p[i].op {
		case 'm':
			c.c.MoveTo(at(pts[0]))
		case 'l':
			c.c.LineTo(at(pts[0]))
		case 'c':
			x0, y0 := at(pts[0])
			x1, y1 := at(pts[1])
			x2, y2 := at(pts[2])
			c.c.CubicTo(x0, y0, x1, y1, x2, y2)
		case 'h':
			c.c.ClosePath()
		}
	}
}

func (c *raster) fill(p path, with rgb) {
	c.c.SetRGB255(int(with.r), int(with.g), int(with.b))
	c.path(p)
	c.c.Fill()
}

func (c *raster) stroke(p path, with pen) {
	c.c.SetRGB255(int(with.colour.r), int(with.colour.g), int(with.colour.b))
	c.c.SetLineWidth(with.width * c.scale)
	var dash []float64
	for _, d := range with.dash {
		dash = append(dash, d*c.scale)
	}
	c.c.SetDash(dash...)
	c.path(p)
	c.c.Stroke()
}

func (c *raster) text(t typeset, a anchor, with rgb) {
	c.fill(t.outline.transformed(a.place(t.width)), with)
}

func (c *raster) clip(r rect) {
	c.path(r.path())
	c.c.Clip()
}

func (c *raster) unclip() { c.c.ResetClip() }

func (c *raster) image() image.Image { return c.c.Image() }

func (c *raster) bytes() ([]byte, error) {
	var b bytes.Buffer
	if err := png.Encode(&b, c.image()); err != nil {
		return nil, err
	}
	return withResolution(b.Bytes(), c.scale*72), nil
}

// withResolution adds the chunk that says how large a pixel is: without it a
// word processor takes 72 dots per inch and the figure is four times too large.
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
