package plots

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"hopcap/plots/figure"
	"hopcap/sweep/summary"
)

// worstSpecs are all kinds, on the columns of worstSource.
var worstSpecs = map[string]Spec{
	"curves":       {X: "alpha", Y: []string{"m", "p"}},
	"logarithmic":  {X: "alpha", Y: []string{"m"}, XScale: "log", YScale: "log", Join: true},
	"inset":        {X: "alpha", Y: []string{"p"}, Inset: &Spec{X: "alpha", Y: []string{"m"}}},
	"scaling":      {X: "alpha", Y: []string{"m"}, XScale: "log", YScale: "log", Fit: "power"},
	"areas":        {Kind: "areas", X: "alpha", Y: []string{"m", "p"}, Panels: "N"},
	"map":          {Kind: "map", X: "alpha", Y: []string{"temperature"}, Z: []string{"m"}},
	"histogram":    {Kind: "histogram", Table: "trials", X: "m", Series: []string{"N"}},
	"ridgeline":    {Kind: "ridgeline", Table: "trials", X: "m", Series: []string{"N"}},
	"trajectories": {Kind: "trajectories", Table: "trace", X: "sweep", Y: []string{"m"}, Series: []string{"N"}},
	"states":       {Kind: "states", Table: "states", Where: map[string]any{"sample": int64(0)}},
}

// worstSource has rows of each table: i from 0 to n−1, of so many sizes, each with a
// value and its error.
func worstSource(n, sizes int, value func(i int) (m, e any)) Source {
	estimates := Table{
		Columns:   []string{"N", "alpha", "temperature", "samples"},
		Estimated: []Estimated{{"m", summary.Mean}, {"p", summary.Fraction}},
	}
	trials := Table{Columns: []string{"N", "sample", "cue", "m"}}
	trace := Table{Columns: []string{"N", "sample", "cue", "sweep", "m"}}
	states := Table{Columns: []string{"N", "sample", "cue", "sweep", "state_overlap", "state_energy", "signs"}}
	for i := range n {
		m, e := value(i)
		size, at := int64(100*(i%sizes+1)), i/sizes
		side := int(math.Ceil(math.Sqrt(float64(n / sizes))))
		alpha, temperature := 0.01+0.001*float64(at), 0.1
		if n > 1000 { // a square, for the map
			alpha, temperature = 0.01+0.001*float64(at%side), 0.01*float64(at/side)
		}
		estimates.Rows = append(estimates.Rows, []any{size, alpha, temperature, int64(10), mean(toNumber(m), toNumber(e)),
			summary.Summary{Kind: summary.Fraction, Center: toNumber(m), Low: toNumber(m), High: toNumber(m)}})
		trials.Rows = append(trials.Rows, []any{size, int64(at), int64(0), m})
		trace.Rows = append(trace.Rows, []any{size, int64(at / 100), int64(0), int64(at % 100), m})
		states.Rows = append(states.Rows, []any{size, int64(at / 100), int64(0), int64(at%100 - 1), m, e, strings.Repeat("9", int(size/4))})
	}
	return Source{Name: "worst", Fixed: map[string]any{"model": "hopfield", "temperature": 0.0},
		Tables: map[string]Table{"estimates": estimates, "trials": trials, "trace": trace, "states": states}}
}

// Every kind survives the worst, in a file that programs open.
func TestEveryKindAtItsWorst(t *testing.T) {
	good := func(i int) (m, e any) { return 0.5 + 0.4*math.Sin(float64(i)), 0.01 }
	for name, source := range map[string]Source{
		"no point":       worstSource(0, 1, good),
		"one point":      worstSource(1, 1, good),
		"no numbers":     worstSource(20, 2, func(int) (m, e any) { return nil, nil }),
		"some numbers":   worstSource(20, 2, func(i int) (m, e any) { return []any{0.5, nil, math.NaN(), math.Inf(1)}[i%4], nil }),
		"below zero":     worstSource(20, 2, func(i int) (m, e any) { return 0.3 - 0.02*float64(i), 0.5 }),
		"all the same":   worstSource(20, 2, func(int) (m, e any) { return 0.5, 0.0 }),
		"forty series":   worstSource(400, 40, good),
		"100 000 points": worstSource(100_000, 1, good),
	} {
		for kind, spec := range worstSpecs {
			if len(source.Tables["trials"].Rows) > 1000 && (spec.Inset != nil || spec.XScale == "log") {
				continue // as many points as curves, and slow
			}
			t.Run(name+"/"+kind, func(t *testing.T) { drawWorst(t, spec, source) })
		}
	}
}

func drawWorst(t *testing.T, spec Spec, source Source) {
	t.Helper()
	f, err := Build(spec, []Source{source}, studyColumns)
	switch {
	case err != nil && (spec.Kind == "states" || spec.Kind == "areas") && strings.Contains(err.Error(), ": choose "):
		return // too much to be shown at once: the error says so
	case err != nil:
		t.Fatal(err)
	}
	b, err := f.Render("svg")
	if err != nil {
		t.Fatal(err)
	}
	if len(b) > 16e6 {
		t.Errorf("%d bytes", len(b))
	}
	for _, bad := range []string{"NaN", "Inf"} {
		if bytes.Contains(b, []byte(bad)) {
			t.Errorf("a coordinate is %s", bad)
		}
	}
	if _, err := f.Numbers(); err != nil {
		t.Error(err)
	}
	for _, p := range f.Panels {
		if err := figure.Text(io.Discard, p, 80); err != nil {
			t.Error(err)
		}
	}
}

// Every kind takes labels with whatever a label may have.
func TestEveryKindTakesEveryLabel(t *testing.T) {
	label := `$\alpha_{i}^{2}\langle m\rangle \pm \sqrt{N}\times10^{-3}$ 50% & #1 "quoted" é — ß`
	for kind, spec := range worstSpecs {
		spec.XLabel, spec.Caption = label, label
		for range spec.Y {
			spec.YLabel = append(spec.YLabel, label)
		}
		if spec.Kind == "areas" || spec.Kind == "histogram" || spec.Kind == "ridgeline" {
			spec.YLabel, spec.Labels = []string{label}, []string{label, label}[:len(spec.Y)]
		}
		source := worstSource(20, 2, func(i int) (m, e any) { return 0.01 * float64(i), 0.1 })
		source.Name = label
		f, err := Build(spec, []Source{source, source}, studyColumns)
		if err != nil {
			if kind != "areas" { // which cannot stack two sources
				t.Errorf("%s: %v", kind, err)
			}
			continue
		}
		for _, format := range []string{"svg", "pgf"} {
			if _, err := f.Render(format); err != nil {
				t.Errorf("%s as %s: %v", kind, format, err)
			}
		}
		if !strings.Contains(f.Caption, fmt.Sprint(label)) {
			t.Errorf("%s: caption %s", kind, f.Caption)
		}
	}
}
