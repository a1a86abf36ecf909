package figure

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hopcap/plots/canvas"
	"hopcap/plots/label"
)

// A Picture is states of networks, each a grid of squares, black where a sign is
// positive, with lines of text beneath: a line of the page, or more, for each run.
type Picture struct {
	Row    int     // signs in a row of a grid; 0 makes the grids as square as can be
	Across int     // states side by side; 0 is at most as many as have room
	Width  float64 // of the page in centimetres; 0 is TwoColumns
	Runs   []Run
}

// A Run is the states of one trial, the cued pattern first.
type Run struct {
	Heading string // a label above the states
	Pattern int    // which one is cued
	Frames  []Frame
	Most    int // frames shown, on several lines if need be; 0 is one line
}

// A Frame is a state after some sweeps, 0 for the cue; PatternFrame is the pattern
// itself.
type Frame struct {
	Sweep   int
	Signs   []int8
	Overlap float64 // with the pattern
	Energy  float64 // per neuron; NaN where nobody has asked
}

// Values of Frame.Sweep for the pattern, and for a final state whose number of sweeps is not
// known.
const (
	PatternFrame = -1
	FinalFrame   = -2
)

// Lengths of a picture, in points.
const (
	pictureGap  = 10.0
	pictureText = 1.25 * textSize // from line to line
	pictureSide = 62.0            // the least width of a grid: the width of its text
)

// Write draws the picture to a file, in the format that its name ends in.
func (p *Picture) Write(file string) error {
	format := strings.TrimPrefix(filepath.Ext(file), ".")
	b, err := p.Render(format)
	if err != nil {
		return fmt.Errorf("picture %s: %w", file, err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	return writeFile(file, b)
}

// Render draws the picture in one of the formats of package canvas.
func (p *Picture) Render(format string) ([]byte, error) { return render(p, format) }

// Size is the size of the page in points.
func (p *Picture) Size() (width, height float64) {
	width = TwoColumns * pointsCM
	if p.Width > 0 {
		width = p.Width * pointsCM
	}
	for _, s := range p.strips(width) {
		height += s.height
	}
	return width, math.Max(height, 4*pictureGap)
}

// Draw draws the page.
func (p *Picture) Draw(c canvas.Canvas) error {
	width, top := p.Size()
	for _, s := range p.strips(width) {
		if err := s.draw(c, p.Row, top); err != nil {
			return err
		}
		top -= s.height
	}
	if len(p.Runs) > 0 {
		return nil
	}
	set, err := label.Set("no states are recorded", textSize)
	c.Text(set, canvas.Anchor{At: canvas.Point{X: width / 2, Y: top / 2}, Align: 0.5}, canvas.Black)
	return err
}

// across is how many states stand side by side: no more than have room for their
// text, nor than any run has.
func (p *Picture) across(width float64) int {
	room := int((width - pictureGap) / (pictureSide + pictureGap))
	if p.Across > 0 {
		return max(1, min(p.Across, room))
	}
	most := 1
	for _, r := range p.Runs {
		most = max(most, len(r.Frames))
	}
	return max(1, min(6, room, most))
}

// A strip is one line of the page.
type strip struct {
	heading string
	run     *Run
	frames  []Frame
	last    bool // the run ends here
	side    float64
	tall    float64 // the tallest grid
	height  float64 // with all text
}

// strips are the lines of the page.
func (p *Picture) strips(width float64) (all []strip) {
	across := p.across(width)
	side := (width-pictureGap)/math.Max(float64(across), 3) - pictureGap
	for i := range p.Runs {
		r := &p.Runs[i]
		frames := r.shown(across)
		heading := r.Heading
		for part := range slices.Chunk(frames, across) {
			s := strip{heading: heading, run: r, frames: part, side: side}
			for _, f := range part {
				s.tall = math.Max(s.tall, f.height(rowOf(p.Row, len(f.Signs)), side))
			}
			s.height = s.tall + 3*pictureText + 2*pictureGap
			if heading != "" {
				s.height += pictureText
			}
			all, heading = append(all, s), ""
		}
		if n := len(all); n > 0 {
			all[n-1].last = true
		}
	}
	return all
}

// shown are the frames that are not those before them: the first ones, where most
// happens, and the last one.
func (r *Run) shown(most int) []Frame {
	if r.Most > 0 {
		most = r.Most
	}
	frames := slices.CompactFunc(slices.Clone(r.Frames), func(a, b Frame) bool {
		return a.Sweep != PatternFrame && b.Sweep != PatternFrame && slices.Equal(a.Signs, b.Signs)
	})
	if len(frames) > most && most > 1 {
		frames = append(frames[:most-1:most-1], frames[len(frames)-1])
	}
	return frames
}

// draw draws a strip that hangs from top.
func (s *strip) draw(c canvas.Canvas, row int, top float64) error {
	top -= pictureGap
	if s.heading != "" {
		set, err := label.Set(s.heading, textSize)
		if err != nil {
			return err
		}
		top -= pictureText
		c.Text(set, canvas.Anchor{At: canvas.Point{X: pictureGap, Y: top + 0.5*pictureText}}, canvas.Black)
	}
	for i, f := range s.frames {
		at := canvas.Point{X: pictureGap + float64(i)*(s.side+pictureGap), Y: top}
		f.draw(c, rowOf(row, len(f.Signs)), at, s.side)
		for k, line := range s.text(i) {
			set, err := label.Set(line, textSize)
			if err != nil {
				return err
			}
			y := top - s.tall - float64(k+1)*pictureText
			c.Text(set, canvas.Anchor{At: canvas.Point{X: at.X + s.side/2, Y: y}, Align: 0.5}, canvas.Black)
		}
	}
	return nil
}

// text are the lines beneath a frame.
func (s *strip) text(i int) []string {
	f := s.frames[i]
	if f.Sweep == PatternFrame {
		return []string{fmt.Sprintf("pattern %d", s.run.Pattern)}
	}
	name := fmt.Sprintf("sweep %d", f.Sweep)
	switch f.Sweep {
	case FinalFrame:
		name = "final"
	case 0:
		name = "cue"
	}
	if f.Sweep >= 0 && s.last && i == len(s.frames)-1 {
		name += ", final"
	}
	lines := []string{name, fmt.Sprintf("$m = %.3f$", f.Overlap)}
	if !math.IsNaN(f.Energy) {
		lines = append(lines, fmt.Sprintf("$E/N = %.4f$", f.Energy))
	}
	return lines
}

// rowOf is the number of signs in a row of a grid: as given, or the divisor of
// their number nearest above its root, or the root rounded up if that leaves a strip.
func rowOf(given, n int) int {
	if given > 0 {
		return given
	}
	root := max(int(math.Ceil(math.Sqrt(float64(n)))), 1)
	for w := root; w <= 2*root && w <= n; w++ {
		if n%w == 0 {
			return w
		}
	}
	return root
}

// height is the height of a grid with so many signs in a row. The grid is side wide.
func (f Frame) height(row int, side float64) float64 {
	return side / float64(row) * float64((len(f.Signs)+row-1)/row)
}

// draw draws the grid hanging from top. Neighbouring black squares of a row are one
// rectangle, so that no seam shows.
func (f Frame) draw(c canvas.Canvas, row int, top canvas.Point, side float64) {
	cell := side / float64(row)
	var ink canvas.Path
	for i := 0; i < len(f.Signs); {
		if f.Signs[i] <= 0 {
			i++
			continue
		}
		end := i + 1
		for end < len(f.Signs) && end%row != 0 && f.Signs[end] > 0 {
			end++
		}
		x, y := top.X+float64(i%row)*cell, top.Y-float64(i/row)*cell
		ink = append(ink, canvas.Rect{X0: x, Y0: y - cell, X1: x + float64(end-i)*cell, Y1: y}.Path()...)
		i = end
	}
	c.Fill(ink, canvas.Black)
	frame := canvas.Rect{X0: top.X, Y0: top.Y - f.height(row, side), X1: top.X + side, Y1: top.Y}
	c.Stroke(frame.Path(), canvas.Pen{Width: frameLine, Colour: canvas.Black})
}

// Caption says what a state picture shows.
func (p *Picture) Caption() string {
	if len(p.Runs) == 0 {
		return "No states are recorded: they are with states = 1 in [experiment]."
	}
	states := 0
	for _, r := range p.Runs {
		states = max(states, len(r.Frames))
	}
	text := "States of single trials, a square for each neuron, black for +1: the cued pattern, the cue, and states after sweeps up to the final one"
	if width, _ := p.Size(); states > p.across(width) {
		text += ", some left out"
	}
	return text + ". Beneath: overlap with the pattern, and energy per neuron."
}

// numbers are the rows of the table of plotted numbers: of each state its overlap
// and its energy, with the signs, where they come from a table, as they stand there.
func (p *Picture) numbers() (rows [][]string) {
	for i, r := range p.Runs {
		panel := string(rune('a' + i%26))
		for _, f := range r.Frames {
			sweep := fmt.Sprint(f.Sweep)
			rows = append(rows,
				[]string{panel, "state", r.Heading, "sweep", sweep, "overlap", plain(f.Overlap), "", "", ""},
				[]string{panel, "state", r.Heading, "sweep", sweep, "energy", plain(f.Energy), "", "", ""})
		}
	}
	return rows
}
