package estimate

import (
	"database/sql/driver"
	"fmt"
	"slices"
	"testing"

	"hopcap/sweep/store"
	"hopcap/sweep/sweeptest"
)

// TestWarnsOfTwoPeaks: once for the column, with the points. Counts are not warned of.
func TestWarnsOfTwoPeaks(t *testing.T) {
	const text = "two peaks with a valley between them: the mean describes neither peak"
	points := sweeptest.Study(t, "N = [2, 3]\nbias = [0.2, 0.4, 0.6]\nsamples = 1000").Points
	for _, c := range []struct {
		peaks []int32 // the points with two peaks
		want  string
	}{
		{nil, ""},
		{[]int32{4}, "height at N = 3, bias = 0.4: " + text + " (1 of 6 points)"},
		{[]int32{0, 1, 2}, "height at N = 2, bias = 0.2; N = 2, bias = 0.4; N = 2, bias = 0.6: " + text + " (3 of 6 points)"},
		{[]int32{0, 2, 3, 5}, "height at N = 2, bias = 0.2; N = 2, bias = 0.6; …; N = 3, bias = 0.6: " + text + " (4 of 6 points)"},
	} {
		r := store.NewRecords(sweeptest.Coin().Tables[0], points)
		for point := range int32(len(points)) {
			for i := range int64(40) {
				height := float64(i) / 40
				if slices.Contains(c.peaks, point) {
					height = float64(i % 2)
				}
				if err := r.Append(point, []driver.Value{i, int64(0), height, int64(1), 100 * (i % 2), "flat", nil}); err != nil {
					t.Fatal(err)
				}
			}
		}
		var want []string
		if c.want != "" {
			want = []string{c.want}
		}
		if got := Of(r).Warnings(); !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestWarningsAlike: those that differ in numbers are one line.
func TestWarningsAlike(t *testing.T) {
	points := sweeptest.Study(t, "N = [2, 3, 5]\nsamples = 1000").Points
	r := store.NewRecords(sweeptest.Coin().Tables[0], points)
	for point := range int32(3) {
		for i := range int64(3 + point) {
			if err := r.Append(point, []driver.Value{i, int64(0), 0.5, int64(1), int64(1), "flat", nil}); err != nil {
				t.Fatal(err)
			}
		}
	}
	want := []string{"samples = 3: too few for error bars and the like (3 of 3 points)"}
	if got := Of(r).Warnings(); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestWarningNamesTheOnlyPoint by all its settings, and a row of a table that has
// several a point by what tells these apart.
func TestWarningNamesTheOnlyPoint(t *testing.T) {
	r := store.NewRecords(sweeptest.Coin().Tables[1], sweeptest.Study(t, "N = 2\nsamples = 1000").Points)
	if err := r.Append(0, []driver.Value{int64(0), int64(0), int64(7), int64(1)}); err != nil {
		t.Fatal(err)
	}
	e := Of(r)
	if got := e.list([]int{0}); got != "N = 2, bounce = 7" {
		t.Error(got)
	}
	e.Table.By = ""
	if got := fmt.Sprint(e.list([]int{0})); got != "N = 2" {
		t.Error(got)
	}
}
