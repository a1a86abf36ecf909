package plots

import "math"

// Black is the Style of what is no series: a curve of theory, a fit.
const Black = -1

// A Figure is a page of panels, lettered (a), (b), … where there are several.
type Figure struct {
	Name string
	// Width in centimetres. 0 is OneColumn for one panel, TwoColumns for more.
	Width float64
	// Columns is how many panels stand side by side; 0 is all of them on
	// TwoColumns and one on a single column.
	Columns int
	Panels  []Panel
	// Caption says what is shown and what the error bars are.
	Caption string
}

// A Panel is one frame with its axes. Bands lie below, lines on top: thin, they
// hide no symbol, but many symbols would hide them.
type Panel struct {
	X, Y   Axis
	Bands  []Band
	Marks  []Mark
	Lines  []Line
	Series []Series
}

// A Series is a set of measured points with one symbol and one colour.
type Series struct {
	Label  string // in the legend; empty for none
	Style  int    // which symbol and colour
	Points []Point
	Join   bool // with a thin line, to guide the eye
}

// A Point is a measured value. Its error bar reaches from Low to High, which
// are values, not differences; where they are NaN there is none.
type Point struct{ X, Y, Low, High float64 }

// Exact is a point without error bar.
func Exact(x, y float64) Point { return Point{x, y, math.NaN(), math.NaN()} }

// A Line is a curve, drawn thin. It is broken where a value is NaN.
type Line struct {
	Label string
	Style int // Black, or the colour of the series that it goes with
	Dash  int // 0 is solid
	X, Y  []float64
}

// A Band is the area between two curves, in the pale colour of a series.
type Band struct {
	Label     string
	Style     int
	X         []float64
	Low, High []float64
}

// A Mark is a dotted line across the panel at a value worth knowing.
type Mark struct {
	At         float64
	Horizontal bool   // at a value of y; else of x
	Label      string // stands beside the line
}

// columns and width are the figure's, with what was left open filled in.
func (f *Figure) width() float64 {
	switch {
	case f.Width > 0:
		return f.Width * pointsCM
	case len(f.Panels) > 1:
		return TwoColumns * pointsCM
	}
	return OneColumn * pointsCM
}

func (f *Figure) columns() int {
	switch {
	case f.Columns > 0:
		return min(f.Columns, max(1, len(f.Panels)))
	case f.width() > (OneColumn+TwoColumns)/2*pointsCM:
		return max(1, min(3, len(f.Panels)))
	}
	return 1
}

// values are all that the x and y axes should show.
func (p *Panel) values() (xs, ys []float64) {
	for _, b := range p.Bands {
		xs = append(xs, b.X...)
		ys = append(append(ys, b.Low...), b.High...)
	}
	for _, l := range p.Lines {
		xs, ys = append(xs, l.X...), append(ys, l.Y...)
	}
	for _, s := range p.Series {
		for _, q := range s.Points {
			if !math.IsNaN(q.Y) {
				xs, ys = append(xs, q.X), append(ys, q.Y, q.Low, q.High)
			}
		}
	}
	return xs, ys
}
