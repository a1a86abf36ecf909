package plots

import (
	"bytes"
	"testing"
)

// The number of signs in a row: the divisor nearest above the root, or the root
// rounded up where there is none near.
func TestPictureRow(t *testing.T) {
	for n, want := range map[int]int{1: 1, 2: 2, 16: 4, 20: 5, 256: 16, 1000: 40, 97: 10, 400: 20, 12: 4} {
		if got := (&Picture{}).row(PictureState{Signs: make([]int8, n)}); got != want {
			t.Errorf("%d signs: %d in a row, want %d", n, got, want)
		}
	}
	if got := (&Picture{Row: 7}).row(PictureState{Signs: make([]int8, 256)}); got != 7 {
		t.Errorf("%d in a row, want 7", got)
	}
}

// Black are the positive signs, row by row from the top left.
func TestPictureOfTwoByTwo(t *testing.T) {
	p := &Picture{States: []PictureState{{Signs: []int8{1, 1, -1, 1}, Lines: []string{"$m = 0.5$"}}}}
	svg, err := p.Render("svg")
	if err != nil {
		t.Fatal(err)
	}
	// One rectangle for the upper row, one for the lower right.
	var c recorder
	if err := p.States[0].draw(&c, 2, point{0, 20}, 20, 20); err != nil {
		t.Fatal(err)
	}
	want := append(rect{0, 10, 20, 20}.path(), rect{10, 0, 20, 10}.path()...)
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
type recorder struct{ filled []path }

func (r *recorder) fill(p path, _ rgb)      { r.filled = append(r.filled, p) }
func (*recorder) stroke(path, pen)          {}
func (*recorder) mark(marker, point)        {}
func (*recorder) text(typeset, anchor, rgb) {}
func (*recorder) bytes() ([]byte, error)    { return nil, nil }
