package figure

import (
	"bytes"
	"testing"

	"hopcap/plots/canvas"
)

// The number of signs in a row: the divisor nearest above the root, or the root
// rounded up where there is none near.
func TestPictureRow(t *testing.T) {
	for n, want := range map[int]int{1: 1, 2: 2, 16: 4, 20: 5, 256: 16, 1000: 40, 97: 10, 400: 20, 12: 4} {
		if got := rowOf(0, n); got != want {
			t.Errorf("%d signs: %d in a row, want %d", n, got, want)
		}
	}
	if got := rowOf(7, 256); got != 7 {
		t.Errorf("%d in a row, want 7", got)
	}
}

// Black are the positive signs, row by row from the top left.
func TestPictureOfTwoByTwo(t *testing.T) {
	p := &Picture{Runs: []Run{{Frames: []Frame{{Signs: []int8{1, 1, -1, 1}}}}}}
	svg, err := p.Render("svg")
	if err != nil {
		t.Fatal(err)
	}
	// One rectangle for the upper row, one for the lower right.
	var c recorder
	p.Runs[0].Frames[0].draw(&c, 2, canvas.Point{X: 0, Y: 20}, 20)
	want := append(canvas.Rect{X0: 0, Y0: 10, X1: 20, Y1: 20}.Path(), canvas.Rect{X0: 10, Y0: 0, X1: 20, Y1: 10}.Path()...)
	if len(c.filled) != 1 || len(c.filled[0]) != len(want) {
		t.Fatalf("filled %v", c.filled)
	}
	for i, s := range c.filled[0] {
		if s != want[i] {
			t.Errorf("segment %d is %v, want %v", i, s, want[i])
		}
	}
	again, _ := p.Render("svg")
	if !bytes.Equal(svg, again) {
		t.Error("the same picture gives other bytes")
	}
}

// recorder keeps what is filled.
type recorder struct{ filled []canvas.Path }

func (r *recorder) Fill(p canvas.Path, _ canvas.Colour)          { r.filled = append(r.filled, p) }
func (*recorder) Stroke(canvas.Path, canvas.Pen)                 {}
func (*recorder) Mark(canvas.Marker, canvas.Point)               {}
func (*recorder) Text(canvas.Text, canvas.Anchor, canvas.Colour) {}
func (*recorder) Bytes() ([]byte, error)                         { return nil, nil }

// States that repeat the one before are left out, the last one never is.
func TestShownFrames(t *testing.T) {
	frame := func(sweep int, signs ...int8) Frame { return Frame{Sweep: sweep, Signs: signs} }
	r := Run{Frames: []Frame{frame(PatternFrame, 1, 1), frame(0, 1, 1), frame(1, 1, 1), frame(2, 1, -1), frame(3, -1, 1), frame(4, -1, 1)}}
	if got := r.shown(9); len(got) != 4 || got[1].Sweep != 0 || got[2].Sweep != 2 || got[3].Sweep != 3 {
		t.Errorf("%v", got)
	}
	r.Frames = nil
	for n := range 20 {
		r.Frames = append(r.Frames, frame(n, int8(n)))
	}
	got := r.shown(6)
	if len(got) != 6 || got[4].Sweep != 4 || got[5].Sweep != 19 {
		t.Errorf("%v", got)
	}
	r.Most = 8
	p := &Picture{Across: 4, Runs: []Run{r}}
	if strips := p.strips(500); len(strips) != 2 || strips[0].last || !strips[1].last {
		t.Errorf("%d lines", len(strips))
	}
}
