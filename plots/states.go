package plots

import (
	"fmt"
	"slices"

	"hopcap/plots/figure"
)

// mostRuns is how many trials a figure shows: more is no figure.
const mostRuns = 12

// picture makes a line of state pictures for each run of the table: the rows that
// agree in all columns before the sweep.
func (b *builder) picture() (*figure.Picture, error) {
	p := &figure.Picture{Row: b.spec.Row, Across: b.spec.Columns, Width: b.spec.Width}
	for i := range b.sources {
		t, rows, err := b.rows(i)
		if err != nil {
			return nil, err
		}
		runs, err := b.runs(i, t, rows)
		if err != nil {
			return nil, b.in(i, err)
		}
		p.Runs = append(p.Runs, runs...)
	}
	if len(p.Runs) > mostRuns {
		return nil, fmt.Errorf("states of %d trials, must be at most %d: choose some with where, such as { sample = 0, cue = 0 }", len(p.Runs), mostRuns)
	}
	if len(p.Runs) > 1 {
		for i := range p.Runs {
			p.Runs[i].Heading = fmt.Sprintf("(%c) %s", 'a'+i, p.Runs[i].Heading)
		}
	}
	return p, nil
}

// runs are the runs of one source. Their headings tell them apart.
func (b *builder) runs(source int, t Table, rows [][]any) ([]figure.Run, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	groups, err := t.groupBy(rows, append(t.shortest(rows), "sample", "cue"))
	if err != nil {
		return nil, err
	}
	var runs []figure.Run
	for _, g := range groups {
		g.source = source
		r := figure.Run{Heading: b.seriesLabel(b.telling(g, groups))}
		if r.Frames, err = framesOf(t, g.rows); err != nil {
			return nil, err
		}
		r.Pattern = int(toNumber(g.values[len(g.values)-1]))
		runs = append(runs, r)
	}
	return runs, nil
}

// shortest are the axes, without numbers with a point where others tell points apart as
// well: K says as much as the load, in fewer digits, and so does the degree.
func (t Table) shortest(rows [][]any) []string {
	by := t.axes()
	if t.index("K") >= 0 && !slices.Contains(by, "K") {
		by = append(by, "K")
	}
	all, _ := t.groupBy(rows, by)
	for _, column := range slices.Clone(by) {
		i := t.index(column)
		if !slices.ContainsFunc(rows, func(row []any) bool { _, decimal := row[i].(float64); return decimal }) {
			continue
		}
		without := slices.DeleteFunc(slices.Clone(by), func(c string) bool { return c == column })
		if fewer, _ := t.groupBy(rows, without); len(fewer) == len(all) {
			by = without
		}
	}
	return by
}

// telling is a group with those columns only that differ among all groups.
func (b *builder) telling(g group, all []group) group {
	out := group{source: g.source}
	for k := range g.by {
		if slices.ContainsFunc(all, func(o group) bool { return o.values[k] != g.values[k] }) {
			out.by, out.values, out.digits = append(out.by, g.by[k]), append(out.values, g.values[k]), append(out.digits, g.digits[k])
		}
	}
	return out
}

// framesOf reads the states of one run, in the order of their sweeps.
func framesOf(t Table, rows [][]any) ([]figure.Frame, error) {
	at := map[string]int{}
	for _, name := range []string{"N", "sweep", "state_overlap", "state_energy", "signs"} {
		i, err := t.column(name)
		if err != nil {
			return nil, err
		}
		at[name] = i
	}
	var frames []figure.Frame
	for _, row := range rows {
		signs, ok := signsOf(fmt.Sprint(row[at["signs"]]), int(toNumber(row[at["N"]])))
		if !ok {
			return nil, fmt.Errorf("signs %.40q do not describe %v neurons", row[at["signs"]], row[at["N"]])
		}
		frames = append(frames, figure.Frame{Sweep: int(toNumber(row[at["sweep"]])), Signs: signs,
			Overlap: toNumber(row[at["state_overlap"]]), Energy: toNumber(row[at["state_energy"]])})
	}
	slices.SortStableFunc(frames, func(a, b figure.Frame) int { return a.Sweep - b.Sweep })
	return frames, nil
}

// signsOf reads hexadecimal digits of four signs each, the first the most
// significant.
func signsOf(hex string, n int) ([]int8, bool) {
	if len(hex) != (n+3)/4 {
		return nil, false
	}
	signs := make([]int8, n)
	for i := range signs {
		var digit int
		switch d := hex[i/4]; {
		case '0' <= d && d <= '9':
			digit = int(d - '0')
		case 'a' <= d && d <= 'f':
			digit = int(d-'a') + 10
		default:
			return nil, false
		}
		signs[i] = -1
		if digit&(8>>(i%4)) != 0 {
			signs[i] = 1
		}
	}
	return signs, true
}
