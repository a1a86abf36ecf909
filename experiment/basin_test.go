package experiment

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"hopcap/model"
	"hopcap/sweep/study"
)

// The cue with kept hidden neurons is retrieved and that with one more is not, by
// relaxations of their own; the critical overlap lies half-way.
func TestBasinEdge(t *testing.T) {
	for _, c := range []struct{ cue, order string }{{"noisy", "random"}, {"noisy", "parallel"}, {"partial", "random"}, {"partial", "parallel"}} {
		s := point(settings{"N": 150, "alpha": "0.08", "cue": c.cue, "order": c.order})
		trial := mustCompile(t, Basin, s, 4)
		for sample := range 3 {
			rows := mustRun(t, trial, sample, 0, 4)
			if late := mustRun(t, trial, sample, 2, 4); fmt.Sprint(late["trials"]) != fmt.Sprint(rows["trials"][2:]) {
				t.Errorf("cues 2 and 3 alone: %v, with the others %v", late["trials"], rows["trials"][2:])
			}
			for cue, row := range rows["trials"] {
				kept := int(row[3].(int64))
				if edge := retrievedAlone(t, s, sample, cue, kept, kept+1); !slices.Equal(edge, []bool{true, false}) {
					t.Errorf("%v, cue %d: retrieved %v at the edge of the basin, %d hidden", c, cue, edge, kept)
				}
				want := 1 - float64(2*kept+1)/150
				if c.cue == "partial" {
					want = 1 - float64(2*kept+1)/300
				}
				if m := row[1].(float64); math.Abs(m-want) > 1e-15 {
					t.Errorf("%v: critical overlap %v with %d hidden, want %v", c, m, kept, want)
				}
			}
		}
	}
}

// retrievedAlone relaxes the cues of one pattern with so many hidden neurons, one
// by one.
func retrievedAlone(t *testing.T, s settings, sample, cue int, hidden ...int) (retrieved []bool) {
	base, _ := newSetup(s)
	b := &basin{base, s.Text("cue") == "partial", base.threshold("retrieved_at")}
	p, key := b.draw(sample, nil)
	search := b.newSearch(p, key, cue)
	for _, h := range hidden {
		state := search.cue(p, h)
		agreeing := 0
		for i, v := range state {
			if v == p.At(i, cue) {
				agreeing++
			}
		}
		if !b.partial && agreeing != b.n-h || b.partial && agreeing < b.n-h {
			t.Errorf("%d neurons of a cue agree with %d hidden", agreeing, h)
		}
		x := b.dynamics.Relax(storedBy(model.Hopfield{}, p).Start([]model.State{state}, nil), 1, b.n, key)
		for !x.Done() {
			if err := x.Sweep(context.Background(), nil); err != nil {
				t.Fatal(err)
			}
		}
		retrieved = append(retrieved, p.Overlap(cue, state) >= b.needed)
	}
	return retrieved
}

// At the median of overlap_critical half of all cues are retrieved, measured on
// the same pattern sets with cues of their own.
func TestHalfOfTheCuesAreRetrievedAtTheMedian(t *testing.T) {
	const samples = 600
	s := point(settings{"N": 200, "alpha": "0.09"})
	critical := slices.Clone(basins(t, s, samples))
	slices.Sort(critical)
	s["overlap"] = fmt.Sprintf("%.6f", critical[samples/2])
	half := trialColumn(t, compiled(t, s, 1), samples, 1, "retrieved")
	sum := 0.0
	for _, r := range half {
		sum += r
	}
	if z := (sum/samples - 0.5) / math.Sqrt(0.25*2/samples); math.Abs(z) > 4 {
		t.Errorf("%.3f of the cues are retrieved at overlap %s: z = %.1f", sum/samples, s["overlap"], z)
	}
}

// basins returns the critical overlap of one cue of each sample, 2 if there is none.
func basins(t *testing.T, s settings, samples int) []float64 {
	trial := mustCompile(t, Basin, s, 1)
	critical := make([]float64, samples)
	for sample := range critical {
		critical[sample] = 2
		if m, ok := mustRun(t, trial, sample, 0, 1)["trials"][0][1].(float64); ok {
			critical[sample] = m
		}
	}
	return critical
}

// A pattern that is not retrieved from itself has no basin.
func TestNoBasin(t *testing.T) {
	trial := mustCompile(t, Basin, point(settings{"N": 100, "alpha": "0.5"}), 10)
	rows := mustRun(t, trial, 0, 0, 10)["trials"]
	if n := len(valuesOf(Basin, "trials", "overlap_critical", study.Rows{"trials": rows})); n > 2 {
		t.Errorf("%d of 10 patterns have a basin at alpha = 0.5", n)
	}
	for _, row := range rows {
		if row[2] == int64(0) && (row[1] != nil || row[6] != int64(2)) {
			t.Errorf("a pattern that is no attractor: %v", row)
		}
	}
}

// One pattern attracts everything on its side, so its basin ends at overlap 0.
func TestBasinOfOnePattern(t *testing.T) {
	for _, row := range mustRun(t, mustCompile(t, Basin, point(settings{"N": 101, "K": 1, "order": "parallel"}), 1), 0, 0, 1)["trials"] {
		if row[1].(float64) != 0 || row[4] != int64(0) || row[5] != int64(0) {
			t.Errorf("row %v, want a critical overlap of 0 and no exception", row)
		}
	}
}

// The way of a cue begins at the cue and ends at the final state of its row, each
// sweep recorded once.
func TestTrace(t *testing.T) {
	for _, order := range []string{"random", "parallel"} {
		s := point(settings{"N": 200, "alpha": "0.13", "overlap": "0.5", "order": order, "trace": true})
		rows := mustRun(t, compiled(t, s, 4), 1, 1, 4)
		var at int
		for _, row := range rows["trials"] {
			sweeps, flips := int(row[8].(int64)), int64(0)
			way := rows["trace"][at : at+sweeps+1]
			for sweep, step := range way {
				if step[0] != row[0] || step[1] != int64(sweep) {
					t.Fatalf("%s: row %v of the trace, want cue %v, sweep %d", order, step, row[0], sweep)
				}
				flips += step[3].(int64)
			}
			if way[0][2] != row[1] || way[sweeps][2] != row[2] || way[sweeps][4] != row[10] || flips != row[9] {
				t.Errorf("%s: %v beside the trace %v", order, row, way)
			}
			at += sweeps + 1
		}
		if at != len(rows["trace"]) {
			t.Errorf("%s: %d rows in the trace, %d expected", order, len(rows["trace"]), at)
		}
		delete(rows, "trace")
		s["trace"] = false
		if plain := mustRun(t, compiled(t, s, 4), 1, 1, 4); fmt.Sprint(plain) != fmt.Sprint(rows) {
			t.Errorf("%s: %v without a trace, %v with it", order, plain, rows)
		}
	}
}
