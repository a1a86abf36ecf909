package plots

import (
	"bytes"
	"encoding/csv"
	"math"
	"strconv"
)

// Numbers returns what the figure shows as CSV: one row a point of a series, of
// a curve or of a band, and one a mark.
func (f *Figure) Numbers() ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write([]string{"panel", "kind", "label", "x_name", "x", "y_name", "y", "low", "high"})
	for i := range f.Panels {
		f.Panels[i].numbers(func(kind, label string, x, y, low, high float64) {
			w.Write([]string{string(rune('a' + i%26)), kind, label, f.Panels[i].X.Name, plain(x),
				f.Panels[i].Y.Name, plain(y), plain(low), plain(high)})
		})
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

func (p *Panel) numbers(row func(kind, label string, x, y, low, high float64)) {
	nan := math.NaN()
	for _, s := range p.Series {
		for _, q := range s.Points {
			row("points", s.Label, q.X, q.Y, q.Low, q.High)
		}
	}
	for _, l := range p.Lines {
		for i := range l.X {
			row("line", l.Label, l.X[i], l.Y[i], nan, nan)
		}
	}
	for _, b := range p.Bands {
		for i := range b.X {
			row("band", b.Label, b.X[i], nan, b.Low[i], b.High[i])
		}
	}
	for _, m := range p.Marks {
		if m.Horizontal {
			row("mark", m.Label, nan, m.At, nan, nan)
		} else {
			row("mark", m.Label, m.At, nan, nan, nan)
		}
	}
}

// plain writes a number so that it reads back the same; what is undefined is
// empty.
func plain(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}
