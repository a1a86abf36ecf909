package plots

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
)

// A Picture is states of a network side by side, each a grid of squares, black
// where a sign is positive, with lines of text beneath.
type Picture struct {
	Row    int // signs in a row of a grid; 0 makes the grids as square as can be
	Across int // states side by side; 0 is at most four
	States []PictureState
}

// A PictureState is one grid.
type PictureState struct {
	Signs []int8
	Lines []string // labels
}

// Lengths of a picture, in points.
const (
	pictureGap  = 10.0
	pictureText = 1.25 * textSize // from line to line
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
	return replace(file, b)
}

// Render draws the picture in one of the Formats.
func (p *Picture) Render(format string) ([]byte, error) {
	across := p.across()
	side := (TwoColumns*pointsCM - pictureGap*float64(across+1)) / math.Max(float64(across), 4)
	lines, tall := 0, 0.0
	for _, s := range p.States {
		lines = max(lines, len(s.Lines))
		tall = math.Max(tall, s.height(p.row(s), side))
	}
	row := tall + float64(lines)*pictureText + 2*pictureGap
	down := (len(p.States) + across - 1) / across
	height := row * float64(down)
	c, err := newCanvas(format, float64(across)*(side+pictureGap)+pictureGap, height)
	if err != nil {
		return nil, err
	}
	for i, s := range p.States {
		x := pictureGap + float64(i%across)*(side+pictureGap)
		top := height - pictureGap - float64(i/across)*row
		if err := s.draw(c, p.row(s), point{x, top}, side, tall); err != nil {
			return nil, err
		}
	}
	return c.bytes()
}

func (p *Picture) across() int {
	if p.Across > 0 {
		return min(p.Across, max(len(p.States), 1))
	}
	return max(min(4, len(p.States)), 1)
}

// row is the number of signs in a row of s: as given, or the divisor of their
// number nearest above its root, or the root rounded up if that leaves a strip.
func (p *Picture) row(s PictureState) int {
	if p.Row > 0 {
		return p.Row
	}
	n := len(s.Signs)
	root := max(int(math.Ceil(math.Sqrt(float64(n)))), 1)
	for w := root; w <= 2*root && w <= n; w++ {
		if n%w == 0 {
			return w
		}
	}
	return root
}

// height is that of the grid, of which a row has so many signs and is as wide as
// side.
func (s PictureState) height(row int, side float64) float64 {
	return side / float64(row) * float64((len(s.Signs)+row-1)/row)
}

// draw draws the grid hanging from top and its lines below the tallest grid.
// Neighbouring black squares of a row are one rectangle, so that no seam shows.
func (s PictureState) draw(c canvas, row int, top point, side, tall float64) error {
	cell := side / float64(row)
	var ink path
	for i := 0; i < len(s.Signs); {
		if s.Signs[i] <= 0 {
			i++
			continue
		}
		end := i + 1
		for end < len(s.Signs) && end%row != 0 && s.Signs[end] > 0 {
			end++
		}
		x, y := top.X+float64(i%row)*cell, top.Y-float64(i/row)*cell
		ink = append(ink, rect{x, y - cell, x + float64(end-i)*cell, y}.path()...)
		i = end
	}
	if len(ink) > 0 {
		c.fill(ink, black)
	}
	frame := rect{top.X, top.Y - s.height(row, side), top.X + side, top.Y}
	c.stroke(frame.path(), pen{width: frameLine, colour: black})
	for i, line := range s.Lines {
		set, err := typesetLabel(line, textSize)
		if err != nil {
			return err
		}
		y := top.Y - tall - float64(i+1)*pictureText
		c.text(set, anchor{at: point{top.X + side/2, y}, align: 0.5}, black)
	}
	return nil
}
