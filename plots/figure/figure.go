// Package figure lays out and draws a figure of panels as Physical Review wants it:
// a boxed frame with ticks inwards, letters in a corner, symbols that differ by shape
// and colour, a legend and labels where nothing else is. A Figure says what is shown;
// Render makes a file of it, Numbers a table of what it shows, Text a picture for a
// terminal.
package figure

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
	// Picture is there in place of panels: states of networks.
	Picture *Picture
	// Caption says what is shown and what the error bars are.
	Caption string
	// Warnings say what was asked for and cannot be shown.
	Warnings []string
}

// A Panel is one frame with its axes. Maps, bands and areas lie below, curves on
// top: being thin, they hide no symbol, but many symbols would hide them.
type Panel struct {
	X, Y       Axis
	Map        *Map
	Bands      []Band
	Areas      []Area // stacked, the first at the bottom
	Marks      []Mark
	Histograms []Histogram
	Series     []Series
	Lines      []Line
	Inset      *Panel // drawn where the panel is empty
	Note       string // stands after the panel's letter: "$T = 0.1$"
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
		room := int(f.width() / leastPanel)
		return max(1, min(f.Columns, len(f.Panels), room))
	case f.width() > (OneColumn+TwoColumns)/2*pointsCM:
		return max(1, min(3, len(f.Panels)))
	}
	return 1
}
