package scaling

import "math"

// An XY is a point with the standard error of its Y.
type XY struct{ X, Y, StdErr float64 }

// A Line is the straight line of weighted least squares through some points. It passes
// through their mean, where its error is least.
type Line struct {
	MeanX, MeanY          float64
	Slope                 float64
	SlopeError, MeanError float64 // of Slope, and of MeanY
	ChiSquare             float64 // of the points
}

// StraightLine fits y = a + bx from sums about the mean of the points, which lose no
// digits where that is far from zero. It fails where no two points differ in X. A
// closed form, not the QR of Law: a collapse fits a line for every point of every
// scaling that it tries.
func StraightLine(points []XY) (Line, bool) {
	var l Line
	weight := 0.0
	for _, p := range points {
		w := 1 / (p.StdErr * p.StdErr)
		weight, l.MeanX, l.MeanY = weight+w, l.MeanX+w*p.X, l.MeanY+w*p.Y
	}
	l.MeanX, l.MeanY = l.MeanX/weight, l.MeanY/weight
	xx, xy := 0.0, 0.0
	for _, p := range points {
		w, x := 1/(p.StdErr*p.StdErr), p.X-l.MeanX
		xx, xy = xx+w*x*x, xy+w*x*(p.Y-l.MeanY)
	}
	if !(xx > 0) {
		return Line{}, false
	}
	l.Slope, l.SlopeError, l.MeanError = xy/xx, 1/math.Sqrt(xx), 1/math.Sqrt(weight)
	for _, p := range points {
		d := (p.Y - l.MeanY - l.Slope*(p.X-l.MeanX)) / p.StdErr
		l.ChiSquare += d * d
	}
	return l, true
}

// At is the line at x, and its standard error.
func (l Line) At(x float64) (y, stderr float64) {
	d := x - l.MeanX
	return l.MeanY + l.Slope*d, math.Hypot(l.MeanError, d*l.SlopeError)
}
