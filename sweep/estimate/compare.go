package estimate

import (
	"fmt"
	"math"
	"slices"

	"hopcap/sweep/config"
	"hopcap/sweep/summary"
)

// A Comparison holds two results beside each other.
type Comparison struct {
	Axes      []string // what tells points apart, common to both
	Rows      []Difference
	Unmatched [2]int // points that only one of them has
}

// A Difference compares one estimate at one point. Z is the difference in standard errors, P
// the two-sided chance of one as large.
//
// With Pairs, both results have so many samples of the same pattern sets, and the numbers
// are of these alone: Stderr is the error of the mean of the differences, set by set. Without,
// the results are independent, and Stderr combines both errors.
type Difference struct {
	Point        config.Coordinates `json:"point"`
	Column       string             `json:"column"` // X_mean, R_fraction
	A, B         float64
	Diff, Stderr float64 // A − B
	Z, P         float64
	Pairs        int
}

// Compare compares two results point by point, in the order of a's grid.
func Compare(a, b *Results) (*Comparison, error) {
	ea, err := a.Estimates()
	if err != nil {
		return nil, err
	}
	eb, err := b.Estimates()
	if err != nil {
		return nil, err
	}
	axes := common(settingNames(ea), settingNames(eb))
	inA, err := byCoordinates(a.Dir, ea, axes)
	if err != nil {
		return nil, err
	}
	inB, err := byCoordinates(b.Dir, eb, axes)
	if err != nil {
		return nil, err
	}
	both := make([]int, len(ea.Points)) // the place in b of each point of a
	for i, p := range ea.Points {
		both[i] = -1
		if j, ok := inB[coordinates(p.Point, axes).String()]; ok {
			both[i] = j
		}
	}
	pairs, err := pairsOf(a, b, both)
	if err != nil {
		return nil, err
	}
	c := &Comparison{Axes: axes, Unmatched: [2]int{len(inA), len(inB)}}
	for i, p := range ea.Points {
		if both[i] >= 0 {
			c.Rows = append(c.Rows, differences(coordinates(p.Point, axes), ea, eb, p, eb.Points[both[i]], pairs[i])...)
			c.Unmatched[0]--
			c.Unmatched[1]--
		}
	}
	return c, nil
}

// settingNames are the names of all settings of the points.
func settingNames(e *Estimates) []string {
	var names []string
	for _, p := range e.Points {
		for _, s := range p.Point.Columns {
			if !slices.Contains(names, s.Name) {
				names = append(names, s.Name)
			}
		}
	}
	return names
}

func common(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(name string) bool { return !slices.Contains(b, name) })
}

// coordinates are the settings of a point in some columns.
func coordinates(p *config.Point, names []string) config.Coordinates {
	var c config.Coordinates
	for _, s := range p.Columns {
		if slices.Contains(names, s.Name) {
			c = append(c, s)
		}
	}
	return c
}

// byCoordinates finds the places of estimates by what both results know of a point, which
// must tell the points apart.
func byCoordinates(dir string, e *Estimates, axes []string) (map[string]int, error) {
	found := map[string]int{}
	for i, p := range e.Points {
		at := coordinates(p.Point, axes).String()
		if other, ok := found[at]; ok {
			return nil, fmt.Errorf("%s: %s and %s differ in what the other result does not have",
				dir, e.Points[other].Point.Name(), p.Point.Name())
		}
		found[at] = i
	}
	return found, nil
}

// differences compares what both have at one point, by pairs where there are any.
func differences(at config.Coordinates, ea, eb *Estimates, p, q Estimate, pairs map[Column]paired) []Difference {
	var rows []Difference
	for i, c := range ea.Columns {
		j := slices.Index(eb.Columns, c)
		if j < 0 {
			continue
		}
		a, b := p.Values[i], q.Values[j]
		name, stderr := c.Name+"_mean", math.Hypot(a.Stderr, b.Stderr)
		if c.Kind == summary.Fraction || c.Kind == summary.Share {
			name, stderr = c.Name+"_fraction", pooledError(a, b)
		}
		switch pair, ok := pairs[c]; {
		case math.IsNaN(a.Mean) || math.IsNaN(b.Mean):
		case ok:
			d := difference(at, name, pair.a, pair.b, pair.diff, pair.stderr)
			d.Pairs = pair.n
			rows = append(rows, d)
		default:
			rows = append(rows, difference(at, name, a.Mean, b.Mean, a.Mean-b.Mean, stderr))
		}
	}
	return rows
}

// pooledError is the standard error of the difference of two fractions that are
// supposed to be of the same rate.
func pooledError(a, b summary.Summary) float64 {
	n, m := a.Effective, b.Effective
	rate := (a.Center*n + b.Center*m) / (n + m)
	return math.Sqrt(rate * (1 - rate) * (1/n + 1/m))
}

func difference(at config.Coordinates, name string, a, b, diff, stderr float64) Difference {
	d := Difference{Point: at, Column: name, A: a, B: b, Diff: diff, Stderr: stderr, Z: diff / stderr}
	if d.Diff == 0 {
		d.Z = 0
	}
	d.P = math.Erfc(math.Abs(d.Z) / math.Sqrt2)
	return d
}
