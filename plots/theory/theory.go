// Package theory has the curves of theory for figures. It computes the theories of package
// model/theory as functions of the columns of a study. A theory declares the settings for
// which it holds and the columns that it can compute. For other settings and other columns
// it has no curve.
package theory

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Settings are values of the keys of a config: int64, float64, bool or string.
type Settings map[string]any

// A Theory is a curve that may stand beside measured points.
type Theory struct {
	Label string // for the legend
	Slow  bool   // the curve takes half a minute: it is for those who ask for it

	holds conditions
	uses  []string // further settings that the curve depends on

	// The theory knows each y as a function of each x: columns, or arithmetic on
	// them without blanks. Its marks depend on x alone.
	x, y  []string
	curve curve // nil for none
	marks func(at Settings) []Mark
}

// A curve returns y as a function of x between lo and hi, at the given settings,
// and false where there is none.
type curve func(y string, at Settings, lo, hi float64) (xs, ys []float64, ok bool)

// A Mark is a value of x worth a line across every panel.
type Mark struct {
	At    float64
	Label string
}

// conditions are settings under which a theory holds: any of the values of each
// key. Among them nil is a key that has no value.
type conditions map[string][]any

// met reports whether settings are as the conditions say.
func (c conditions) met(at Settings) bool {
	for key, values := range c {
		if !slices.ContainsFunc(values, func(v any) bool { return same(v, at[key]) }) {
			return false
		}
	}
	return true
}

// same reports whether two values are equal, numbers as numbers.
func same(a, b any) bool {
	if x, y := toNumber(a), toNumber(b); x == y {
		return true
	}
	return a == b
}

// and returns the conditions with one more.
func (c conditions) and(key string, values ...any) conditions {
	more := maps.Clone(c)
	more[key] = values
	return more
}

// Names are the names of all theories, in alphabetical order.
func Names() []string { return slices.Sorted(maps.Keys(theories)) }

// Named returns the theory of that name, and whether there is one.
func Named(name string) (Theory, bool) {
	t, ok := theories[name]
	return t, ok
}

// Settings are the keys whose values the theory depends on besides x. Series that
// differ in one of them have a curve each.
func (t Theory) Settings() []string {
	return append(slices.Sorted(maps.Keys(t.holds)), t.uses...)
}

// KnowsX reports whether the theory has something to say in a figure over x, a column
// or arithmetic on columns; KnowsY whether it has a curve of y there.
func (t Theory) KnowsX(x string) bool { return slices.Contains(t.x, compact(x)) }

// KnowsY reports whether the theory has a curve of y over those x that it knows.
func (t Theory) KnowsY(y string) bool { return slices.Contains(t.y, compact(y)) }

// Holds reports whether settings are such that the theory is true.
func (t Theory) Holds(at Settings) bool { return t.holds.met(at) }

// Conditions are the settings under which the theory holds, for people.
func (t Theory) Conditions() string {
	var parts []string
	for _, key := range slices.Sorted(maps.Keys(t.holds)) {
		var values []string
		for _, v := range t.holds[key] {
			if v != nil {
				values = append(values, fmt.Sprint(v))
			}
		}
		parts = append(parts, key+" = "+strings.Join(values, " or "))
	}
	return strings.Join(parts, ", ")
}

// HasMarks reports whether the theory marks values of x, whatever y is.
func (t Theory) HasMarks() bool { return t.marks != nil }

// Says is what the theory knows, for people: "overlap_final against alpha".
func (t Theory) Says() string {
	over := strings.Join(t.x, " or ")
	switch {
	case len(t.y) == 0:
		return "marks on " + over
	case t.marks != nil:
		return strings.Join(t.y, ", ") + " against " + over + ", and marks on " + over
	}
	return strings.Join(t.y, ", ") + " against " + over
}

// compact is an expression without blanks.
func compact(expression string) string { return strings.ReplaceAll(expression, " ", "") }

// Curve returns y as a function of x between lo and hi, at the given settings, and
// false where the theory does not hold or does not know it.
func (t Theory) Curve(x, y string, at Settings, lo, hi float64) (xs, ys []float64, ok bool) {
	if t.curve == nil || !t.KnowsX(x) || !t.KnowsY(y) || !t.holds.met(at) {
		return nil, nil, false
	}
	return t.curve(compact(y), at, lo, hi)
}

// Marks are the values of x worth a line across every panel.
func (t Theory) Marks(x string, at Settings) []Mark {
	if t.marks == nil || !t.KnowsX(x) || !t.holds.met(at) {
		return nil
	}
	return t.marks(at)
}
