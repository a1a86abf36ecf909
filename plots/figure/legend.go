package figure

import (
	"math"

	"hopcap/plots/canvas"
	"hopcap/plots/label"
)

// A key is one line of a legend.
type key struct {
	label  string
	style  int // of the symbol
	symbol bool
	line   bool
	pen    canvas.Pen // of the line
	band   bool
	fill   canvas.Colour // of a band
	set    canvas.Text
}

// A legend is a block of keys in its place, filled column by column.
type legend struct {
	keys []key
	cols int
	area canvas.Rect
}

const (
	keySample = 13.0 // the width of the sample of a line
	keyRow    = 1.25 * textSize
	keyApart  = 10.0 // between columns
)

// keys are the labelled things of all panels, each once.
func (s *sheet) keys() ([]key, error) {
	var keys []key
	add := func(k key) {
		for _, old := range keys {
			if old.label == k.label && old.symbol == k.symbol {
				return
			}
		}
		if k.label != "" {
			keys = append(keys, k)
		}
	}
	for _, b := range s.boxes {
		for _, l := range b.panel.layers() {
			if line, ok := l.(*Line); ok && line.IsFit() && !s.slopes {
				continue
			}
			l.keys(add)
		}
	}
	for i := range keys {
		var err error
		if keys[i].set, err = label.Set(keys[i].label, textSize); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// sampleWidth is the room for samples: less where there are only symbols.
func (l *legend) sampleWidth() float64 {
	for _, k := range l.keys {
		if !k.symbol || k.line {
			return keySample
		}
	}
	return 2 * symbolR
}

func (l *legend) rows() int { return (len(l.keys) + l.cols - 1) / l.cols }

// columnWidths are the widths of samples and texts, without the space between columns.
func (l *legend) columnWidths() []float64 {
	w := make([]float64, l.cols)
	for i, k := range l.keys {
		c := i / l.rows()
		w[c] = math.Max(w[c], l.sampleWidth()+4+k.set.Width)
	}
	return w
}

func (l *legend) size() (width, height float64) {
	for _, w := range l.columnWidths() {
		width += w
	}
	return width + keyApart*float64(l.cols-1), float64(l.rows()) * keyRow
}

// placeLegend puts the legend where no panel shows anything, or else on a strip
// above the panels.
func (s *sheet) placeLegend() error {
	keys, err := s.keys()
	if err != nil || len(keys) == 0 || len(keys) == 1 && !keys[0].line {
		return err
	}
	s.legend = &legend{keys: keys}
	for cols := 1; cols <= 2; cols++ {
		s.legend.cols = cols
		for _, b := range s.boxes {
			w, h := s.legend.size()
			if r, ok := b.free.find(w, h); ok {
				s.legend.area = r
				return nil
			}
		}
	}
	s.strip()
	return nil
}

// strip makes room above the panels for a legend of as many columns as fit.
func (s *sheet) strip() {
	for s.legend.cols = len(s.legend.keys); s.legend.cols > 1; s.legend.cols-- {
		if w, _ := s.legend.size(); w <= s.width-8 && s.legend.full() {
			break
		}
	}
	w, h := s.legend.size()
	left := (s.width - w) / 2
	s.legend.area = canvas.Rect{X0: left, Y0: s.height + 2, X1: left + w, Y1: s.height + 2 + h}
	s.height += h + 4
}

// full reports whether the last column has any key.
func (l *legend) full() bool { return l.rows()*(l.cols-1) < len(l.keys) }

func (l *legend) draw(c canvas.Canvas) {
	sample := l.sampleWidth()
	x := l.area.X0
	widths := l.columnWidths()
	for i, k := range l.keys {
		if i > 0 && i%l.rows() == 0 {
			x += widths[i/l.rows()-1] + keyApart
		}
		middle := l.area.Y1 - (float64(i%l.rows())+0.5)*keyRow
		k.draw(c, x, middle, sample)
		c.Text(k.set, canvas.Anchor{At: canvas.Point{X: x + sample + 4, Y: middle - 0.22*textSize}}, canvas.Black)
	}
}

func (k key) draw(c canvas.Canvas, x, y, width float64) {
	if k.band {
		c.Fill(canvas.Rect{X0: x, Y0: y - 3, X1: x + width, Y1: y + 3}.Path(), k.fill)
	}
	if k.line {
		c.Stroke(canvas.Polyline(canvas.Point{X: x, Y: y}, canvas.Point{X: x + width, Y: y}), k.pen)
	}
	if k.symbol {
		c.Mark(markerOf(k.style, symbolR), canvas.Point{X: x + width/2, Y: y})
	}
}
