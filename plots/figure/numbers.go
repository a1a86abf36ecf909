package figure

import (
	"bytes"
	"encoding/csv"
	"math"
	"strconv"

	"hopcap/sweep/study"
)

// Numbers returns the plotted numbers as CSV. Each point of a series, of a curve or of a
// band has a row, and each mark has one. The last column says what the error bars are:
// "1 s.e." for a mean, "Wilson 1 s.e." for a fraction.
func (f *Figure) Numbers() ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	rows := [][]string{{"panel", "kind", "label", "x_name", "x", "y_name", "y", "low", "high", "bars"}}
	for i := range f.Panels {
		p := &f.Panels[i]
		name := string(rune('a' + i%26))
		rows = append(rows, p.numbers(name)...)
		if p.Inset != nil {
			rows = append(rows, p.Inset.numbers(name+" inset")...)
		}
	}
	if f.Picture != nil {
		rows = append(rows, f.Picture.numbers()...)
	}
	err := w.WriteAll(rows)
	return b.Bytes(), err
}

// numbers are the rows of one panel.
func (p *Panel) numbers(name string) (rows [][]string) {
	for _, l := range p.layers() {
		what := ""
		if s, ok := l.(*Series); ok {
			what = s.Bars
		}
		l.numbers(func(kind, label string, x, y, low, high float64) {
			rows = append(rows, []string{name, kind, study.Cell(label), study.Cell(p.X.Name), plain(x), study.Cell(p.Y.Name), plain(y), plain(low), plain(high), what})
		})
	}
	return rows
}

// plain writes a number so that it reads back the same; what is undefined is
// empty.
func plain(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}
