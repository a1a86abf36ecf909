package figure

import (
	"fmt"
	"math"

	"hopcap/plots/label"
	"hopcap/sweep/scaling"
)

// fitPoints is the number of points of the line of a fit: a power law on linear
// axes shows no corner.
const fitPoints = 200

// A fitted is a straight line y = a + bx by weighted least squares, through the
// logarithms of both where it is a power law.
type fitted struct {
	of     string // the label of the points
	a, b   float64
	offset float64 // the standard error of a
	stderr float64 // and of b
	power  bool
}

// fitLine fits the points that have an error bar, by its size in standard errors,
// or all of them alike if none has. It needs three.
func fitLine(points []Point, power bool, errors float64) (fitted, bool) {
	weighted := false
	for _, q := range points {
		weighted = weighted || q.High > q.Low
	}
	var used []scaling.XY
	for _, q := range points {
		x, y, e := q.X, q.Y, (q.High-q.Low)/2/errors
		if power {
			x, y, e = math.Log(x), math.Log(y), e/q.Y
		}
		if !weighted {
			e = 1
		}
		if w := 1 / (e * e); math.IsNaN(x+y+w) || math.IsInf(x+y+w, 0) {
			continue
		}
		used = append(used, scaling.XY{X: x, Y: y, StdErr: e})
	}
	l, ok := scaling.StraightLine(used)
	if len(used) < 3 || !ok {
		return fitted{}, false
	}
	f := fitted{b: l.Slope, stderr: l.SlopeError, power: power}
	f.a, f.offset = l.At(0)
	if !weighted {
		scatter := math.Sqrt(l.ChiSquare / float64(len(used)-2))
		f.offset, f.stderr = f.offset*scatter, f.stderr*scatter
	}
	return f, true
}

// NamesFits reports whether the legend names the slopes of fits. It does so for a few fits
// in one panel. A common legend of several panels could not say to which panel a slope
// belongs. The table of plotted numbers has all slopes.
func (f *Figure) NamesFits() bool {
	n := 0
	for i := range f.Panels {
		for k := range f.Panels[i].Lines {
			if f.Panels[i].Lines[k].IsFit() {
				n++
			}
		}
	}
	return len(f.Panels) == 1 && n <= 6
}

// line is the fit over the range of the points.
func (f fitted) line(points []Point) Line {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, q := range points {
		if !math.IsNaN(q.X) && !math.IsNaN(q.Y) && (q.X > 0 || !f.power) {
			lo, hi = math.Min(lo, q.X), math.Max(hi, q.X)
		}
	}
	l := Line{}
	for i := range fitPoints {
		t := float64(i) / (fitPoints - 1)
		x := lo + t*(hi-lo)
		y := f.a + f.b*x
		if f.power {
			x = lo * math.Pow(hi/lo, t)
			y = math.Exp(f.a + f.b*math.Log(x))
		}
		l.X, l.Y = append(l.X, x), append(l.Y, y)
	}
	return l
}

// numbers are two rows of the table of plotted numbers: where the line is at x = 0,
// or of a power law at x = 1, and its slope.
func (f *fitted) numbers(row rowWriter) {
	at, a, e := 0.0, f.a, f.offset
	low, high := a-e, a+e
	if f.power {
		at, a, low, high = 1, math.Exp(a), math.Exp(low), math.Exp(high)
	}
	row("fit, value", f.of, at, a, low, high)
	row("fit, slope", f.of, math.NaN(), f.b, f.b-f.stderr, f.b+f.stderr)
}

// label is "$\sim N^{-0.56(2)}$", or the slope.
func (f fitted) label(symbol string) string {
	if f.power {
		return fmt.Sprintf(`$\sim %s^{%s}$`, symbol, label.Uncertain(f.b, f.stderr))
	}
	return fmt.Sprintf("slope $%s$", label.Uncertain(f.b, f.stderr))
}
