// Package figure lays out and draws figures in the style of Physical Review: boxed frames
// with ticks inwards, a letter in the corner of each panel, and symbols that differ in
// shape and colour. Legends and labels are placed where they cover nothing. A Figure says
// what is shown. Render draws it in one format, Numbers returns the plotted numbers as a
// table, and Text draws a panel in a terminal.
package figure

// Black is the Style of a curve that belongs to no series, such as theory or a fit.
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
	// Picture, if not nil, is drawn instead of panels. It shows states of networks.
	Picture *Picture
	// Caption says what is shown and what the error bars are.
	Caption string
	// Warnings say what was asked for but cannot be shown.
	Warnings []string
}

// A Panel is one frame with its axes. Maps, bands and areas are at the bottom. Curves are on
// top of symbols: a thin curve does not hide symbols, but many symbols would hide the curve.
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
