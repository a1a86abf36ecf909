package figure

import (
	"math"

	"hopcap/plots/canvas"
)

// Sizes are in points. Capital letters of the font are 0.655 of its size, and
// Physical Review wants them 2 mm high at least: 9 points give 2.08 mm.
const (
	textSize  = 9.0
	capital   = 0.655 * textSize
	lineSkip  = 1.2 * textSize
	frameLine = 0.6
	thinLine  = 0.8
	tickLong  = 3.5
	tickShort = 2.0
	symbolR   = 1.9 // the radius of a circle; other symbols have its area
	gap       = 3.0 // between a tick label and its frame, and the like
	pageEdge  = 1.5
	pointsCM  = 72 / 2.54

	leastPanel = 72.0 // the least width of a panel with its labels
	leastFrame = 20.0 // and of its frame
)

// Widths of a figure, in centimetres: one column of Physical Review, and two.
const (
	OneColumn  = 8.6
	TwoColumns = 17.8
)

// palette is the palette of Okabe and Ito (2008), which people with any kind of colour
// vision tell apart, without its yellow, which is lost on white paper. The order
// keeps neighbours apart in grey as well.
var palette = []canvas.Colour{
	{R: 0x00, G: 0x72, B: 0xB2}, // blue
	{R: 0xD5, G: 0x5E, B: 0x00}, // vermilion
	{R: 0x00, G: 0x9E, B: 0x73}, // bluish green
	{R: 0xCC, G: 0x79, B: 0xA7}, // reddish purple
	{R: 0xE6, G: 0x9F, B: 0x00}, // orange
	{R: 0x56, G: 0xB4, B: 0xE9}, // sky blue
	{R: 0x00, G: 0x00, B: 0x00}, // black
}

// dashes tell lines apart where colours are not printed.
var dashes = [][]float64{nil, {4, 2}, {1, 1.5}, {5, 1.5, 1, 1.5}, {7, 2}}

// dashNames are what dashes are called.
var dashNames = []string{"solid", "dashed", "dotted", "dash-dotted", "long dashes"}

// A symbol is the outline of a marker of radius 1 about the origin.
type symbol struct {
	outline canvas.Path
	open    bool // white inside
}

func regular(corners int, radius, turn float64) canvas.Path {
	var pts []canvas.Point
	for i := range corners {
		s, c := math.Sincos(2*math.Pi*float64(i)/float64(corners) + turn*math.Pi)
		pts = append(pts, canvas.Point{X: radius * c, Y: radius * s})
	}
	return canvas.Polygon(pts...)
}

func star(arms int, inner, outer float64) canvas.Path {
	var pts []canvas.Point
	for i := range 2 * arms {
		r := outer
		if i%2 == 1 {
			r = inner
		}
		s, c := math.Sincos(math.Pi*float64(i)/float64(arms) + math.Pi/2)
		pts = append(pts, canvas.Point{X: r * c, Y: r * s})
	}
	return canvas.Polygon(pts...)
}

// symbols are eleven, so that with seven colours seventy-seven series differ.
var symbols = []symbol{
	{canvas.Circle(canvas.Point{}, 1), false},
	{regular(4, 1.25, 0.25), true},
	{regular(3, 1.5, 0.5), false},
	{regular(4, 1.35, 0), true},
	{regular(3, 1.5, -0.5), false},
	{canvas.Circle(canvas.Point{}, 1), true},
	{regular(4, 1.25, 0.25), false},
	{regular(3, 1.5, 0.5), true},
	{regular(4, 1.35, 0), false},
	{star(5, 0.62, 1.55), true},
	{star(4, 0.45, 1.6), false},
}

func colourOf(style int) canvas.Colour { return palette[style%len(palette)] }
func symbolOf(style int) symbol        { return symbols[style%len(symbols)] }
func dashOf(style int) []float64       { return dashes[style%len(dashes)] }

// markerOf is the symbol of a series, so large.
func markerOf(style int, size float64) canvas.Marker {
	s, colour := symbolOf(style), colourOf(style)
	m := canvas.Marker{Inside: colour, Edge: canvas.Pen{Width: 0.7 * size / symbolR, Colour: colour}}
	m.Outline = s.outline.Transformed(func(a canvas.Point) canvas.Point { return canvas.Point{X: size * a.X, Y: size * a.Y} })
	if s.open {
		m.Inside = canvas.White
	} else if size < symbolR/2 {
		m.Edge.Width = 0 // it could not be seen
	}
	return m
}

// viridis is a map of colours whose lightness rises evenly, so that equal
// differences look equal, in grey too. The polynomial, by Zucker (2019), agrees
// with the table of van der Walt and Smith (2015) within one per cent.
func viridis(t float64) canvas.Colour {
	t = math.Max(0, math.Min(1, t))
	channel := func(a ...float64) uint8 {
		v := 0.0
		for i := len(a) - 1; i >= 0; i-- {
			v = v*t + a[i]
		}
		return uint8(math.Round(255 * math.Max(0, math.Min(1, v))))
	}
	return canvas.Colour{
		R: channel(0.2777273272, 0.1050930431, -0.3308618287, -4.6342304990, 6.2282699363, 4.7763849977, -5.4354558559),
		G: channel(0.0054073445, 1.4046135299, 0.2148475595, -5.7991009734, 14.1799333668, -13.7451453777, 4.6458526122),
		B: channel(0.3340998053, 1.3845901626, 0.0950951630, -19.3324409563, 56.6905526007, -65.3530326334, 26.3124352496),
	}
}

// lightness is how light a colour looks, and is printed in grey: CIE L*, from 0
// for black to 100 for white.
func lightness(c canvas.Colour) float64 {
	linear := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	y := 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
	return 116*math.Cbrt(y) - 16
}

// lightened blends a colour with white until it is as light as asked, if it is
// not lighter already.
func lightened(c canvas.Colour, light float64) canvas.Colour {
	lo, hi := 0.0, 1.0 // shares of the colour: too light, too dark
	for range 20 {
		if mid := (lo + hi) / 2; lightness(c.Tint(mid)) > light {
			lo = mid
		} else {
			hi = mid
		}
	}
	return c.Tint(hi)
}
