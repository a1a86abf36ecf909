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
	rows   [][]any
}

// groupBy collects the rows with equal values in the given columns, in the order
// of rising values.
func (t Table) groupBy(rows [][]any, by []string) ([]group, error) {
	at := make([]int, len(by))
	for k, column := range by {
		var err error
		if at[k], err = t.column(column); err != nil {
			return nil, err
		}
	}
	found := map[string]int{}
	var groups []group
	for _, row := range rows {
		values := make([]any, len(at))
		for k, i := range at {
			values[k] = row[i]
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
	return groups, nil
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

// distinguishing are the axes that must tell series apart, so that no two rows
// of a series stand at the same place.
func (t Table) distinguishing(rows [][]any, place []string) (by []string) {
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
