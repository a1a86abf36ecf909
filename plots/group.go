package plots

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sort"
)

// A group is the rows of one source that make a series.
type group struct {
	source int
	by     []string // columns
	values []any    // of those columns, the same in all rows
	digits []int    // after the point, that the values of a column need among all groups
	rows   [][]any
}

// groupBy collects the rows with equal values in the given columns, in the order
// of rising values.
func (t Table) groupBy(rows [][]any, by []string) ([]group, error) {
	nominal := make([]func(row []any) any, len(by))
	for k, column := range by {
		i, err := t.column(column)
		if err != nil {
			return nil, err
		}
		nominal[k] = nominalValue(rows, i)
	}
	found := map[string]int{}
	var groups []group
	for _, row := range rows {
		values := make([]any, len(by))
		for k := range by {
			values[k] = nominal[k](row)
		}
		id := fmt.Sprintf("%#v", values)
		k, ok := found[id]
		if !ok {
			k = len(groups)
			found[id] = k
			groups = append(groups, group{by: by, values: values})
		}
		groups[k].rows = append(groups[k].rows, row)
	}
	sort.SliceStable(groups, func(i, j int) bool { return compareAll(groups[i].values, groups[j].values) < 0 })
	digits := make([]int, len(by))
	for k := range by {
		for i := range groups {
			digits[k] = max(digits[k], digitsOf(groups[i].values[k:k+1]))
			groups[i].digits = digits
		}
	}
	return groups, nil
}

// nominalValue reads a column of numbers with a point as it was meant. A load of
// 0.155 is 78/500 at one size and 310/2000 at another: where all values of the
// first column have equally many of this one, the first belong together, the
// second, and so on, and go by the value at the last.
func nominalValue(rows [][]any, column int) func(row []any) any {
	exact := func(row []any) any { return row[column] }
	bySize := map[any][]float64{}
	var last any
	for _, row := range rows {
		v, ok := row[column].(float64)
		if !ok {
			return exact
		}
		if !slices.Contains(bySize[row[0]], v) {
			bySize[row[0]] = append(bySize[row[0]], v)
		}
		if last == nil || compare(row[0], last) > 0 {
			last = row[0]
		}
	}
	for _, values := range bySize {
		slices.Sort(values)
		if len(values) != len(bySize[last]) || !alike(values, bySize[last]) {
			return exact
		}
	}
	return func(row []any) any {
		return bySize[last][slices.Index(bySize[row[0]], row[column].(float64))]
	}
}

// alike reports whether two rising lists may be the same, rounded: each value is
// nearer to its partner than to that one's neighbours.
func alike(a, b []float64) bool {
	for i := range a {
		d := math.Abs(a[i] - b[i])
		if i > 0 && 2*d >= b[i]-b[i-1] || i+1 < len(b) && 2*d >= b[i+1]-b[i] || d > 0.02*math.Abs(b[i]) {
			return false
		}
	}
	return true
}

func compareAll(a, b []any) int {
	for i := range a {
		if c := compare(a[i], b[i]); c != 0 {
			return c
		}
	}
	return 0
}

// compare orders by number, then by text.
func compare(a, b any) int {
	if x, y := toNumber(a), toNumber(b); !math.IsNaN(x) && !math.IsNaN(y) {
		return cmp.Compare(x, y)
	}
	return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b))
}

// distinguishing are the columns that tell series apart: those given, and the
// axes that must be added so that no two rows of a series stand at the same place.
func (t Table) distinguishing(rows [][]any, place []string, given ...string) []string {
	by := slices.Clone(given)
	for {
		groups, err := t.groupBy(rows, by)
		if err != nil {
			return by
		}
		column := ""
		for _, g := range groups {
			if column = t.ambiguous(g.rows, place); column != "" {
				break
			}
		}
		if column == "" {
			return by
		}
		by = append(by, column)
	}
}

// ambiguous returns the first axis in which two rows at the same place differ;
// the place is given by columns.
func (t Table) ambiguous(rows [][]any, place []string) string {
	first := map[string][]any{}
	for _, row := range rows {
		at := ""
		for _, column := range place {
			if i := t.index(column); i >= 0 {
				at += fmt.Sprintf("%#v ", row[i])
			}
		}
		other, seen := first[at]
		if !seen {
			first[at] = row
			continue
		}
		for _, axis := range t.axes() {
			if i := t.index(axis); !slices.Contains(place, axis) && row[i] != other[i] {
				return axis
			}
		}
	}
	return ""
}

// varying are the fewest axes that tell all points apart, those with the fewest
// values first.
func (t Table) varying(rows [][]any) (by []string) {
	axes := t.axes()
	count := func(axis string) int {
		groups, _ := t.groupBy(rows, []string{axis})
		return len(groups)
	}
	slices.SortStableFunc(axes, func(a, b string) int { return cmp.Compare(count(a), count(b)) })
	n := 1
	for _, axis := range axes {
		if groups, _ := t.groupBy(rows, append(slices.Clone(by), axis)); len(groups) > n {
			n = len(groups)
			by = append(by, axis)
		}
	}
	return by
}
