package canvas

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

// Rounding of steps does not add up along a path.
func TestSVGDataEndsWhereThePathEnds(t *testing.T) {
	var p Path
	p.Move(Point{0.004, 0})
	for i := range 1000 {
		p.Line(Point{0.004 * float64(i+2), 0})
	}
	sum := 0.0
	for _, step := range strings.FieldsFunc(svgData(p, 100)[len("M0 0"):], func(r rune) bool { return r == 'h' }) {
		v, err := strconv.ParseFloat(step, 64)
		if err != nil {
			t.Fatal(err)
		}
		sum += v
	}
	if want := 4.0; math.Abs(sum-want) > 0.006 {
		t.Errorf("ends at %g, want %g", sum, want)
	}
}
