package plots

import "math"

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
)

// Widths of a figure, in centimetres: one column of Physical Review, and two.
const (
	OneColumn  = 8.6
	TwoColumns = 17.8
)

// palette is that of Okabe and Ito (2008), which people with any kind of colour
// vision tell apart, without its yellow, which is lost on white paper. The order
// keeps neighbours apart in grey as well.
var palette = []rgb{
	{0x00, 0x72, 0xB2}, // blue
	{0xD5, 0x5E, 0x00}, // vermilion
	{0x00, 0x9E, 0x73}, // bluish green
	{0xCC, 0x79, 0xA7}, // reddish purple
	{0xE6, 0x9F, 0x00}, // orange
	{0x56, 0xB4, 0xE9}, // sky blue
	{0x00, 0x00, 0x00}, // black
}

// dashes tell lines apart where colours are not printed.
var dashes = [][]float64{nil, {4, 2}, {1, 1.5}, {5, 1.5, 1, 1.5}, {7, 2}}

// dashNames are what dashes are called.
var dashNames = []string{"solid", "dashed", "dotted", "dash-dotted", "long dashes"}

// DashName is what the dash of the line is called: "dotted".
func (l *Line) DashName() string { return dashNames[l.Dash%len(dashNames)] }

// A symbol is the outline of a marker of radius 1 about the origin.
type symbol struct {
	outline path
	open    bool // white inside
}

func regular(corners int, radius, turn float64) path {
	var pts []point
	for i := range corners {
		s, c := math.Sincos(2*math.Pi*float64(i)/float64(corners) + turn*math.Pi)
		pts = append(pts, point{radius * c, radius * s})
	}
	return polygon(pts...)
}

func star(arms int, inner, outer float64) path {
	var pts []point
	for i := range 2 * arms {
		r := outer
		if i%2 == 1 {
			r = inner
		}
		s, c := math.Sincos(math.Pi*float64(i)/float64(arms) + math.Pi/2)
		pts = append(pts, point{r * c, r * s})
	}
	return polygon(pts...)
}

// symbols are eleven, so that with seven colours seventy-seven series differ.
var symbols = []symbol{
	{circle(point{}, 1), false},
	{regular(4, 1.25, 0.25), true},
	{regular(3, 1.5, 0.5), false},
	{regular(4, 1.35, 0), true},
	{regular(3, 1.5, -0.5), false},
	{circle(point{}, 1), true},
	{regular(4, 1.25, 0.25), false},
	{regular(3, 1.5, 0.5), true},
	{regular(4, 1.35, 0), false},
	{star(5, 0.62, 1.55), true},
	{star(4, 0.45, 1.6), false},
}

func colourOf(style int) rgb     { return palette[style%len(palette)] }
func symbolOf(style int) symbol  { return symbols[style%len(symbols)] }
func dashOf(style int) []float64 { return dashes[style%len(dashes)] }

// markerOf is the symbol of a series, so large.
func markerOf(style int, size float64) marker {
	s, colour := symbolOf(style), colourOf(style)
	m := marker{inside: colour, edge: pen{width: 0.7 * size / symbolR, colour: colour}}
	m.outline = s.outline.transformed(func(a point) point { return point{size * a.X, size * a.Y} })
	if s.open {
		m.inside = white
	} else if size < symbolR/2 {
		m.edge.width = 0 // it could not be seen
	}
	return m
}

// viridis is a map of colours whose lightness rises evenly, so that equal
// differences look equal, in grey too. The polynomial, by Zucker (2019), agrees
// with the table of van der Walt and Smith (2015) within one per cent.
func viridis(t float64) rgb {
	t = math.Max(0, math.Min(1, t))
	channel := func(a ...float64) uint8 {
		v := 0.0
		for i := len(a) - 1; i >= 0; i-- {
			v = v*t + a[i]
		}
		return uint8(math.Round(255 * math.Max(0, math.Min(1, v))))
	}
	return rgb{
		channel(0.2777273272, 0.1050930431, -0.3308618287, -4.6342304990, 6.2282699363, 4.7763849977, -5.4354558559),
		channel(0.0054073445, 1.4046135299, 0.2148475595, -5.7991009734, 14.1799333668, -13.7451453777, 4.6458526122),
		channel(0.3340998053, 1.3845901626, 0.0950951630, -19.3324409563, 56.6905526007, -65.3530326334, 26.3124352496),
	}
}

// lightness is how light a colour looks, and is printed in grey: CIE L*, from 0
// for black to 100 for white.
func lightness(c rgb) float64 {
	linear := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	y := 0.2126*linear(c.r) + 0.7152*linear(c.g) + 0.0722*linear(c.b)
	return 116*math.Cbrt(y) - 16
}

// lightened blends a colour with white until it is as light as asked, if it is
// not lighter already.
func lightened(c rgb, light float64) rgb {
	lo, hi := 0.0, 1.0 // shares of the colour: too light, too dark
	for range 20 {
		if mid := (lo + hi) / 2; lightness(c.tint(mid)) > light {
			lo = mid
		} else {
			hi = mid
		}
	}
	return c.tint(hi)
}
