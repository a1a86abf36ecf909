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

// landscape returns the standard settings of the experiments on minima, changed as
// said.
func landscape(change settings) settings {
	s := point(settings{
		"start": "random", "mix": "3", "mixture_at": "0.9", "mixture_max": 5, "threshold_step": "0.05",
	})
	for k, v := range change {
		s[k] = v
	}
	if s.Has("K") {
		delete(s, "alpha")
	}
	return s
}

func mustCompile(t *testing.T, e Experiment, s settings, cues int) *Trial {
	t.Helper()
	trial, faults := e.Compile(s, cues)
	if faults != nil {
		t.Fatalf("%+v", faults)
	}
	return trial
}

func mustRun(t *testing.T, trial *Trial, sample, first, cues int) study.Rows {
	t.Helper()
	rows, err := trial.Run(context.Background(), sample, first, cues, &alone{})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// valuesOf returns one column of rows of a table, undefined values left out.
func valuesOf(e Experiment, table, name string, rows study.Rows) (values []any) {
	for _, t := range e.Tables {
		if t.Name != table {
			continue
		}
		at := slices.Index(t.Index, name)
		if c := slices.IndexFunc(t.Columns, func(c study.Column) bool { return c.Name == name }); c >= 0 {
			at = len(t.Index) + c
		}
		for _, row := range rows[table] {
			if len(row) != len(t.Index)+len(t.Columns) {
				panic(fmt.Sprintf("%d values in a row of %s", len(row), table))
			}
			if row[at] != nil {
				values = append(values, row[at])
			}
		}
	}
	return values
}

// The rule that decides what a state is: in its order, each threshold inclusive.
func TestClassRule(t *testing.T) {
	mix := model.Mixture{{Pattern: 0, Sign: 1}, {Pattern: 1, Sign: 1}, {Pattern: 2, Sign: 1}}
	for _, c := range []struct {
		like likeness
		want class
	}{
		{likeness{best: 70, mixture: mix, overlap: 100}, storedPattern},
		{likeness{best: -70, mixture: mix, overlap: 100}, negative},
		{likeness{best: 69, mixture: mix, overlap: 90}, mixture},
		{likeness{best: -69, mixture: mix, overlap: 90}, mixture},
		{likeness{best: 69, mixture: mix, overlap: 89}, spinGlass},
		{likeness{best: 69}, spinGlass},
	} {
		if got := (criterion{70, 90}).class(c.like); got != c.want {
			t.Errorf("%+v: %v, want %v", c.like, got, c.want)
		}
	}
}

// The neighbouring thresholds are a step away, both together.
func TestNeighbouringThresholds(t *testing.T) {
	base, _ := newSetup(landscape(settings{"N": 200, "threshold_step": "0.1"}))
	c := classifierOf(&base)
	if c.at != (criterion{140, 180}) || c.low != (criterion{120, 160}) || c.high != (criterion{160, 200}) {
		t.Errorf("thresholds %+v, %+v, %+v", c.at, c.low, c.high)
	}
}

// A state made of known patterns is recognised, up to some errors.
func TestClassesOfKnownStates(t *testing.T) {
	base, _ := newSetup(landscape(settings{"N": 1000, "K": 12}))
	c := classifierOf(&base)
	p, key := base.draw(0, nil)
	for i, want := range []class{storedPattern, negative, mixture, mixture, spinGlass} {
		s := make(model.State, 1000)
		mix, _ := model.ParseMixture([]string{"+5", "-5", "+1 -2 +3", "-1 -2 +3 +4 -7", "+0"}[i])
		p.Mix(mix, s)
		if want == spinGlass {
			key.Source().Signs(s)
		}
		key.Source().Flip(s, 30, make([]int32, 1000))
		overlaps := make([]int32, 12)
		for mu := range overlaps {
			overlaps[mu] = int32(p.Overlap(mu, s))
		}
		if got := c.classify(c.likeness(p, s, overlaps), energy{}, true).is; got != want {
			t.Errorf("%s with 30 errors is %v, want %v", mix, got, want)
		}
	}
}

// From a mixture of three patterns the network stays nearby at α = 0.01, and goes
// far away at α = 0.05 (Amit, Gutfreund and Sompolinsky 1985: stable below 0.03).
func TestThreeMixtureStaysOnlyAtSmallLoad(t *testing.T) {
	for _, c := range []struct {
		alpha string
		stays bool
	}{{"0.01", true}, {"0.05", false}} {
		trial := mustCompile(t, Spurious, landscape(settings{"start": "mixture", "N": 2000, "alpha": c.alpha}), 5)
		rows := mustRun(t, trial, 0, 0, 5)
		stayed := 0
		for i, v := range valuesOf(Spurious, "trials", "mixture", rows) {
			want := fmt.Sprintf("+%d +%d +%d", i, i+1, i+2)
			got, _ := model.ParseMixture(valuesOf(Spurious, "trials", "mixture_patterns", rows)[i].(string))
			slices.SortFunc(got, func(a, b model.Part) int { return a.Pattern - b.Pattern })
			if v == int64(1) && got.String() == want {
				stayed++
			}
		}
		if c.stays && stayed != 5 || !c.stays && stayed != 0 {
			t.Errorf("alpha = %s: %d of 5 starts stay on their mixture", c.alpha, stayed)
		}
	}
}

// Mixtures of three among few random patterns have the energy of balanced ones,
// −3/8 + K/(2N), within the errors of the sample.
func TestEnergyOfThreeMixtures(t *testing.T) {
	const n, k, samples = 2001, 3, 60
	trial := mustCompile(t, Spurious, landscape(settings{"start": "mixture", "N": n, "K": k}), 1)
	var sum, sum2, count float64
	for sample := range samples {
		for _, e := range valuesOf(Spurious, "trials", "energy_mixture", mustRun(t, trial, sample, 0, 1)) {
			// The K patterns are correlated by chance: E = −(Σ m²)/2 + K/2N, whose
			// mean is moved by the variance of the three overlaps, 3·(3/4)/N /2.
			e := e.(float64) + 3.0/8 - float64(k)/(2*n)
			sum, sum2, count = sum+e, sum2+e*e, count+1
		}
	}
	mean := sum / count
	sigma := math.Sqrt((sum2/count - mean*mean) / (count - 1))
	if z := (mean + 9.0/(8*n)) / sigma; count < samples || math.Abs(z) > 4 {
		t.Errorf("%v mixtures with energies %.6f from −3/8 + K/2N ± %.6f", count, mean, sigma)
	}
}

// A start's row depends neither on how many starts there are nor on where one
// begins.
func TestStartsAreIndependent(t *testing.T) {
	for _, start := range []string{"random", "cue", "mixture"} {
		s := landscape(settings{"start": start, "N": 120, "alpha": "0.1", "overlap": "0.6"})
		all := mustRun(t, mustCompile(t, Spurious, s, 9), 2, 0, 9)
		late := mustRun(t, mustCompile(t, Spurious, s, 9), 2, 5, 9)
		if got, want := fmt.Sprint(late["trials"]), fmt.Sprint(all["trials"][5:]); got != want {
			t.Errorf("%s: starts 5 … 8 alone: %s, with the others %s", start, got, want)
		}
		if got, want := fmt.Sprint(late["sets"]), fmt.Sprint(all["sets"][len(all["sets"])-2:]); got != want {
			t.Errorf("%s: sets %s, want %s", start, got, want)
		}
	}
}

// A replay gives the row of the trial.
func TestReplays(t *testing.T) {
	for _, c := range []struct {
		e    Experiment
		s    settings
		cue  int
		cues int
	}{
		{Spurious, landscape(settings{"start": "random"}), 3, 5},
		{Spurious, landscape(settings{"start": "mixture", "mix": "+0 -1 +2", "overlap": "0.7"}), 3, 5},
		{Stability, point(settings{"order": "parallel"}), 0, 1},
		{Basin, point(settings{"cue": "partial"}), 2, 3},
		{Retrieval, point(settings{"overlap": "0.5"}), 2, 3},
	} {
		trial := mustCompile(t, c.e, c.s, c.cues)
		want := mustRun(t, trial, 4, 0, c.cues)["trials"][c.cue]
		again, err := trial.Replay(context.Background(), 4, c.cue, &alone{})
		if err != nil || fmt.Sprint(again.Row) != fmt.Sprint(want) {
			t.Errorf("%s: replayed %v, want %v (%v)", c.e.Kind, again, want, err)
			continue
		}
		first, last := again.Frames[0], again.Frames[len(again.Frames)-1]
		if first.Sweeps != 0 || !slices.Equal(first.State, again.Cue) || !slices.Equal(last.State, again.Final) || len(again.Frames) < 2 {
			t.Errorf("%s: %d frames, which do not lead from the cue to the final state", c.e.Kind, len(again.Frames))
		}
	}
}

func TestFaultsOfStarts(t *testing.T) {
	for _, c := range []struct {
		e      Experiment
		change settings
		cues   int
		key    string
	}{
		{Spurious, settings{"start": "cue", "K": 3}, 4, "cues"},
		{Spurious, settings{"start": "mixture", "K": 3}, 4, "cues"},
		{Spurious, settings{"start": "mixture", "K": 3, "mix": "5"}, 1, "mix"},
		{Spurious, settings{"start": "mixture", "K": 3, "mix": "+0 +1 +3"}, 1, "mix"},
		{Spurious, settings{"start": "mixture", "mix": "+0 +1 +3"}, 2, "cues"},
		{Spurious, settings{"start": "mixture", "cue": "partial"}, 1, "cue"},
		{Stability, nil, 1, "order"},
		{Stability, settings{"order": "parallel"}, 2, "cues"},
		{Enumerate, settings{"N": 25}, 1, "N"},
		{Enumerate, settings{"N": 10, "K": 1<<26 + 1}, 1, "K"},
	} {
		trial, faults := c.e.Compile(landscape(c.change), c.cues)
		if trial != nil || len(faults) != 1 || faults[0].Key != c.key {
			t.Errorf("%s %v: %+v, want one fault of %s", c.e.Kind, c.change, faults, c.key)
		}
	}
	for _, mix := range []string{"2", "0", "-3", "+0 +1", "three", "0 1 2"} {
		key := Spurious.Keys[slices.IndexFunc(Spurious.Keys, func(k study.Key) bool { return k.Name == "mix" })]
		if key.Check(landscape(settings{"mix": mix})) {
			t.Errorf("mix = %q passes", mix)
		}
	}
}

// Distinct minima and their estimate, by hand: a and b twice each, c to f once.
func TestCaptures(t *testing.T) {
	var minima []minimum
	for _, f := range "aabcdbef" {
		minima = append(minima, minimum{uint64(f), spinGlass})
	}
	minima[0].class, minima[1].class, minima[3].class = storedPattern, negative, mixture
	minima = append(minima, minimum{uint64('z'), unsettled})
	got := captures(minima, 0)
	want := [][]any{
		{int64(1), int64(1), int64(1), int64(1), int64(0), int64(0), int64(1), int64(0), 1.0, 0.0},
		{int64(2), int64(2), int64(1), int64(1), int64(0), int64(0), int64(0), int64(1), 1.0, 1.0},
		{int64(4), int64(4), int64(3), int64(1), int64(1), int64(1), int64(2), int64(1), 3.5, 0.5},
		{int64(8), int64(8), int64(6), int64(1), int64(1), int64(4), int64(4), int64(2), 8.0, 0.5},
		{int64(9), int64(8), int64(6), int64(1), int64(1), int64(4), int64(4), int64(2), 8.0, 0.5},
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := captures(minima, 8); fmt.Sprint(got) != fmt.Sprint(want[4:]) {
		t.Errorf("from start 8 on: %v, want %v", got, want[4:])
	}
}

// fingerprints returns those of a column, with the class of each.
func fingerprints(e Experiment, table string, rows study.Rows) map[string]string {
	found := map[string]string{}
	classes := valuesOf(e, table, "class", rows)
	for i, f := range valuesOf(e, table, "fingerprint", rows) {
		found[f.(string)] = classes[i].(string)
	}
	return found
}

// Random starts end in minima that enumeration has, of the same class up to the
// sign; enough of them find them all, and capture–recapture tells how many there
// are.
func TestStartsFindTheEnumeratedMinima(t *testing.T) {
	const starts = 4000
	s := settings{"N": 20, "K": 4}
	for sample := range 3 {
		exact := mustRun(t, mustCompile(t, Enumerate, landscape(s), 1), sample, 0, 1)
		all := fingerprints(Enumerate, "minima", exact)
		rows := mustRun(t, mustCompile(t, Spurious, landscape(s), starts), sample, 0, starts)
		found := fingerprints(Spurious, "trials", rows)
		for f, class := range found {
			alike := all[f] == class || stored(all[f]) && stored(class)
			if all[f] == "" || !alike {
				t.Errorf("sample %d: minimum %s is %s, enumerated as %q", sample, f, class, all[f])
			}
		}
		if len(found) != len(all) {
			t.Errorf("sample %d: %d starts find %d minima of %d", sample, starts, len(found), len(all))
		}
		estimates := valuesOf(Spurious, "sets", "minima_estimated", rows)
		if e := estimates[len(estimates)-1].(float64); e != float64(len(all)) {
			t.Errorf("sample %d: %v minima estimated, there are %d", sample, e, len(all))
		}
		if n := valuesOf(Enumerate, "trials", "minima", exact)[0]; n != int64(len(all)) {
			t.Errorf("sample %d: %v minima counted, %d listed", sample, n, len(all))
		}
	}
}

func stored(class string) bool { return class == "pattern" || class == "negative" }

// From few starts the estimate is nearer to the exact number than the count is,
// and does not exceed it beyond its error.
func TestCaptureRecaptureFromFewStarts(t *testing.T) {
	const samples = 40
	s := settings{"N": 20, "K": 5}
	var exact, distinct, estimated float64
	for sample := range samples {
		all := mustRun(t, mustCompile(t, Enumerate, landscape(s), 1), sample, 0, 1)
		rows := mustRun(t, mustCompile(t, Spurious, landscape(s), 16), sample, 0, 16)
		last := len(rows["sets"]) - 1
		exact += float64(valuesOf(Enumerate, "trials", "minima", all)[0].(int64)) / samples
		distinct += float64(valuesOf(Spurious, "sets", "distinct", rows)[last].(int64)) / samples
		estimated += valuesOf(Spurious, "sets", "minima_estimated", rows)[last].(float64) / samples
	}
	if !(distinct < estimated && math.Abs(estimated-exact) < exact-distinct) {
		t.Errorf("%.2f distinct minima, %.2f estimated, %.2f exact", distinct, estimated, exact)
	}
	t.Logf("%.2f distinct minima, %.2f estimated, %.2f exact", distinct, estimated, exact)
}

// The columns of an enumeration agree with its table of minima.
func TestEnumerationCounts(t *testing.T) {
	for sample := range 5 {
		for _, k := range []int{4, 9} {
			rows := mustRun(t, mustCompile(t, Enumerate, landscape(settings{"N": 16, "K": k, "retrieved_at": "1"}), 1), sample, 0, 1)
			got := rows["trials"][0]
			want := countMinima(rows)
			if !slices.Equal(got, want) {
				t.Errorf("sample %d, K = %d: %v, want %v", sample, k, got, want)
			}
		}
	}
}

// countMinima makes the row of the table trials from the table of minima.
func countMinima(rows study.Rows) []any {
	column := func(name string) []any { return valuesOf(Enumerate, "minima", name, rows) }
	classes, margins, distances, energies := column("class"), column("margin"), column("distance"), column("energy")
	var strict, exact int64
	of := map[any]int64{}
	lowest := energies[0].(float64)
	for _, e := range energies {
		lowest = min(lowest, e.(float64))
	}
	ground := int64(0)
	for i, c := range classes {
		of[c]++
		if margins[i].(float64) > 0 {
			strict++
		}
		if distances[i] == int64(0) {
			exact++
		}
		if energies[i] == lowest && stored(c.(string)) {
			ground = 1
		}
	}
	return []any{int64(0), int64(len(classes)), strict, of["pattern"] + of["negative"], of["mixture"], of["spin_glass"], exact, lowest, ground}
}
