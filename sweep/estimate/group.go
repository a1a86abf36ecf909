package estimate

import (
	"slices"
)

// A group is the rows from … to−1, of which an estimate is made: all of a point, or
// those of one value of Table.By.
type group struct {
	point    int
	by       int64
	from, to int
}

// groups returns records in which each group's rows follow one another, those of a
// sample together, and the groups of the points first … last−1, which have all rows, in
// canonical order. Without Table.By that is one a point, with rows or without.
func (r rows) groups(first, last int) (rows, []group) {
	var groups []group
	var order []int // of the rows, where there is Table.By
	to := 0
	for i := first; i < last; i++ {
		from := to
		for to < r.Len() && int(r.Point[to]) == i {
			to++
		}
		if r.Table.By == "" {
			groups = append(groups, group{i, 0, from, to})
			continue
		}
		stretches := r.stretches(from, to)
		for _, v := range r.values(from, to) {
			start := len(order)
			for _, s := range stretches {
				if row := r.rowAt(s, v); row >= 0 {
					order = append(order, row)
				}
			}
			groups = append(groups, group{i, v, start, len(order)})
		}
	}
	if r.Table.By == "" {
		return r, groups
	}
	return rows{r.Ordered(order)}, groups
}

// by is Table.By among the indices: the last.
func (r rows) by() []int64 {
	last := len(r.Table.Index) - 1
	if r.Table.Index[last] != r.Table.By {
		panic("estimate: table " + r.Table.Name + " is not indexed by " + r.Table.By + " at last")
	}
	return r.Index[last]
}

// values are those of Table.By among the rows, rising.
func (r rows) values(from, to int) []int64 {
	values := slices.Clone(r.by()[from:to])
	slices.Sort(values)
	return slices.Compact(values)
}

// stretches are the rows that differ in Table.By only, each as the first of them and
// the one past the last.
func (r rows) stretches(from, to int) (all [][2]int) {
	for row := from + 1; row <= to; row++ {
		if row == to || !r.alike(row-1, row) {
			all = append(all, [2]int{from, row})
			from = row
		}
	}
	return all
}

// alike tells whether two rows of a point are of the same sample and index but for
// Table.By.
func (r rows) alike(a, b int) bool {
	for _, index := range r.Index[:len(r.Index)-1] {
		if index[a] != index[b] {
			return false
		}
	}
	return r.Sample[a] == r.Sample[b]
}

// rowAt finds the row of a stretch that stands for a value of Table.By: the one that
// has it, or the last of the stretch where Table.Lasts. −1 if there is none.
func (r rows) rowAt(s [2]int, value int64) int {
	at, found := slices.BinarySearch(r.by()[s[0]:s[1]], value)
	switch {
	case found:
		return s[0] + at
	case r.Table.Lasts && s[0]+at == s[1]:
		return s[1] - 1
	}
	return -1
}
