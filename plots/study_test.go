package plots

import (
	"math"
	"math/rand/v2"
	"slices"

	"hopcap/model/theory"
	"hopcap/sweep/study"
	"hopcap/sweep/summary"
)

// The columns of an experiment like that of the collapse.
var studyColumns = []study.Column{
	{Name: "N", Type: study.Int, Axis: "$N$"},
	{Name: "alpha", Type: study.Decimal, Axis: `load $\alpha = K/N$`},
	{Name: "temperature", Type: study.Decimal, Axis: "temperature $T$"},
	{Name: "overlap_final", Lead: true, Type: study.Decimal, Role: study.Quantity, Axis: "retrieval overlap $m$"},
	{Name: "retrieved", Lead: true, Type: study.Int, Role: study.Rate, Axis: "retrieved fraction"},
	{Name: "spurious", Lead: true, Type: study.Int, Role: study.Rate, Axis: "spurious fraction"},
	{Name: "sweeps", Type: study.Int, Role: study.Quantity, Axis: "sweeps"},
}

var studyAxes = []string{"N", "K", "alpha", "temperature", "time"}

// collapse is a made-up study: a step that sharpens with N, around the theory.
func collapse() Source {
	t := Table{Columns: []string{"N", "K", "alpha", "samples", "cues"}, Estimated: []Estimated{
		{"overlap_final", summary.Mean}, {"sweeps", summary.Mean}, {"retrieved", summary.Fraction}, {"spurious", summary.Fraction},
	}}
	for _, n := range []float64{500, 1000, 2000, 4000} {
		for i := range 17 {
			k := math.Floor((0.10+0.005*float64(i))*n + 0.5)
			a := k / n
			r := retrievedAt(n, a)
			agsState, err := theory.AGSZero(math.Min(a, 0.1379))
			if err != nil {
				panic(err)
			}
			e := math.Sqrt(r*(1-r)/200) + 0.002
			s := 0.93 * (1 - r)
			sweeps := 3 + 0.02*math.Pow(n, 0.8)*(1+a)
			t.Rows = append(t.Rows, []any{int64(n), int64(k), a, int64(200), int64(1),
				mean(agsState.M*r+0.35*(1-r), 0.6*e), mean(sweeps, 0.02*sweeps), fraction(r, 200), fraction(s, 200)})
		}
	}
	return Source{
		Name:   "capacity",
		Tables: map[string]Table{"estimates": t, "trials": trials(), "trace": trace()},
		Fixed:  map[string]any{"model": "hopfield", "temperature": 0.0, "order": "random"},
	}
}

// mean is an estimate of a quantity, and fraction one of a rate from n trials.
func mean(m, stderr float64) summary.Summary {
	return summary.Summary{Kind: summary.Mean, Center: m, Mean: m, Stderr: stderr}
}

func fraction(p, n float64) summary.Summary {
	low, high := summary.Wilson(p, n)
	return summary.Summary{Kind: summary.Fraction, Center: p, Mean: p, Low: low, High: high, Effective: n}
}

// estimateIn is one estimate of a row.
func estimateIn(t Table, row []any, name string) summary.Summary {
	k := slices.IndexFunc(t.Estimated, func(e Estimated) bool { return e.Name == name })
	return row[len(t.Columns)+k].(summary.Summary)
}

func retrievedAt(n, alpha float64) float64 {
	return 1 / (1 + math.Exp((alpha-0.143-0.9*math.Pow(n, -0.56))*math.Sqrt(n)*6))
}

// trials are final overlaps of two kinds.
func trials() Table {
	t := Table{Columns: []string{"N", "K", "alpha", "sample", "cue", "overlap_final"}}
	rng := rand.New(rand.NewPCG(1, 2))
	for _, n := range []float64{500, 1000, 2000, 4000} {
		for s := range 500 {
			m := 0.96 + 0.01*rng.NormFloat64()
			if rng.Float64() > retrievedAt(n, 0.155) {
				m = 0.35 + 0.08*rng.NormFloat64()
			}
			t.Rows = append(t.Rows, []any{int64(n), int64(n * 0.155), math.Floor(n*0.155) / n, int64(s), int64(0), math.Min(1, m)})
		}
	}
	return t
}

// trace are overlaps that drift from the start, up or down.
func trace() Table {
	t := Table{Columns: []string{"N", "K", "alpha", "sample", "cue", "time", "overlap_now"}}
	rng := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int64{1000, 4000} {
		for s := range 15 {
			m, drift := 0.8, 0.01*rng.NormFloat64()
			for time := range 25 {
				t.Rows = append(t.Rows, []any{n, n * 15 / 100, 0.15, int64(s), int64(0), int64(time), m})
				m = math.Min(1, m+drift+0.01*rng.NormFloat64())
			}
		}
	}
	return t
}

// lettered has recorded states: of one cue at each of two loads, 202 neurons.
func lettered() Source {
	t := Table{Columns: []string{"N", "K", "alpha", "sample", "cue", "sweep", "state_overlap", "state_energy", "signs"}}
	rng := rand.New(rand.NewPCG(5, 6))
	for _, k := range []int64{2, 4} {
		for i, m := range []float64{1, 0.8, 0.9, 0.5} {
			digits := make([]byte, 51)
			for j := range digits {
				digits[j] = "0123456789abcdef"[rng.IntN(16)]
			}
			energy := any(-0.1 * float64(i))
			if i == 0 {
				energy = nil
			}
			t.Rows = append(t.Rows, []any{int64(202), k, float64(k) / 202, int64(0), int64(0), int64(i - 1), m, energy, string(digits)})
		}
	}
	return Source{Name: "letters", Tables: map[string]Table{"states": t}}
}

// heated is a study over load and temperature.
func heated() Source {
	t := Table{
		Columns:   []string{"N", "K", "alpha", "temperature", "samples"},
		Estimated: []Estimated{{"overlap_final", summary.Mean}},
	}
	for i := range 15 {
		for j := range 19 {
			a, temperature := 0.01*float64(i+1), 0.05*float64(j+1)
			m := 1 / (1 + math.Exp((a/0.138+temperature-1)*12))
			if i == 4 && j == 3 {
				continue // a point that was not run
			}
			t.Rows = append(t.Rows, []any{int64(1000), int64(1000 * a), a, temperature, int64(50), mean(m, 0.01)})
		}
	}
	return Source{Name: "heat", Tables: map[string]Table{"estimates": t}, Fixed: map[string]any{"model": "hopfield"}}
}
