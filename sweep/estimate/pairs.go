package estimate

import (
	"maps"
	"math"
	"slices"

	"hopcap/sweep/config"
	"hopcap/sweep/store"
	"hopcap/sweep/study"
	"hopcap/sweep/summary"
)

// A paired compares a column of two results over the n samples that both have: the means of
// each, and the mean of the differences with its error.
type paired struct {
	a, b, diff, stderr float64
	n                  int
}

// pairsOf compares the points of a with those of b, whose places are given, −1 for none, where
// they share pattern sets. A column with fewer than two pairs is left out.
func pairsOf(a, b *Results, both []int) (map[int]map[Column]paired, error) {
	table := a.Config.Experiment.Tables[0]
	all := map[int]map[Column]paired{}
	if table.By != "" || table.Name != b.Config.Experiment.Tables[0].Name {
		return all, nil
	}
	err := a.EachOf(table.Name, false, func(part store.Part, records *store.Records) error {
		first, last := len(b.Config.Points), 0 // of the points of b
		for i := part.First; i < part.Last; i++ {
			if j := both[i]; j >= 0 && shared(a, b, a.Config.Points[i], b.Config.Points[j]) {
				first, last = min(first, j), max(last, j+1)
			}
		}
		if first >= last {
			return nil
		}
		others, err := b.RecordsOf(table.Name, store.Part{First: first, Last: last, From: 0, To: math.MaxInt32})
		if err != nil {
			return err
		}
		ra, ga := rows{records}.groups(part.First, part.Last)
		rb, gb := rows{others}.groups(first, last)
		for k, i := 0, part.First; i < part.Last; k, i = k+1, i+1 {
			if j := both[i]; j >= 0 && shared(a, b, a.Config.Points[i], b.Config.Points[j]) {
				all[i] = pairs(ra, rb, ga[k], gb[j-first])
			}
		}
		return nil
	})
	return all, err
}

// shared tells whether samples of two points have the same patterns: whether the same physics
// drew them from the same seed for the same sizes, with the same settings of patterns.
func shared(a, b *Results, p, q *config.Point) bool {
	if a.Version != b.Version || p.Settings.Int("seed") != q.Settings.Int("seed") || !slices.Equal(p.Identity, q.Identity) {
		return false
	}
	for _, keys := range [][]study.Key{a.Config.Experiment.Keys, b.Config.Experiment.Keys} {
		for _, k := range keys {
			if k.Table == "patterns" && !k.Free && !sameSetting(k, p.Settings, q.Settings) {
				return false
			}
		}
	}
	return true
}

func sameSetting(k study.Key, s, t study.Settings) bool {
	if !s.Has(k.Name) || !t.Has(k.Name) {
		return s.Has(k.Name) == t.Has(k.Name)
	}
	switch k.Type {
	case study.Text:
		return s.Text(k.Name) == t.Text(k.Name)
	case study.Bool:
		return s.Bool(k.Name) == t.Bool(k.Name)
	}
	return s.Rat(k.Name).Cmp(t.Rat(k.Name)) == 0
}

// pairs compares all columns that two points have in common.
func pairs(ra, rb rows, ga, gb group) map[Column]paired {
	found := map[Column]paired{}
	for i := range ra.Columns {
		for _, c := range estimated(ra.Columns[i].Column) {
			fa, fb := ra.reader(c), rb.reader(c)
			if fb == nil {
				continue
			}
			if p := pair(ra.averages(ga, fa), rb.averages(gb, fb)); p.n >= 2 {
				found[c] = p
			}
		}
	}
	return found
}

// pair compares what both have.
func pair(a, b map[int64]float64) paired {
	var inA, inB, diff [][]float64
	for _, sample := range slices.Sorted(maps.Keys(a)) {
		if y, ok := b[sample]; ok {
			x := a[sample]
			inA, inB, diff = append(inA, []float64{x}), append(inB, []float64{y}), append(diff, []float64{x - y})
		}
	}
	d := summary.NewSamples(diff).Mean()
	return paired{summary.NewSamples(inA).Mean().Mean, summary.NewSamples(inB).Mean().Mean, d.Mean, d.Stderr, len(diff)}
}

// reader is the value of a column of estimates in a row of records; nil if there is no such
// column.
func (r rows) reader(c Column) func(row int) float64 {
	for i := range r.Columns {
		s := series{&r.Columns[i]}
		if !slices.Contains(estimated(s.Column), c) {
			continue
		}
		if s.Role == study.Category {
			return s.is(c.Name)
		}
		return s.Float
	}
	return nil
}

// averages are the averages over cues by sample, where known.
func (r rows) averages(g group, value func(row int) float64) map[int64]float64 {
	found := map[int64]float64{}
	from := g.from
	for _, to := range r.ends(g.from, g.to) {
		var cues []float64
		for row := from; row < to; row++ {
			cues = append(cues, value(row))
		}
		if average, n := summary.Average(cues); n > 0 {
			found[r.Sample[from]] = average
		}
		from = to
	}
	return found
}
