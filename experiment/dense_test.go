package experiment

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"hopcap/experiment/memory"
	"hopcap/model"
	"hopcap/sweep/study"
)

func densePoint(degree int, change settings) settings {
	s := point(settings{"model.kind": "dense", "degree": degree, "form": "full"})
	for k, v := range change {
		s[k] = v
	}
	if s.Has("K") {
		delete(s, "alpha")
	}
	return s
}

// Degree 2 writes the records of the Hopfield network.
func TestDegreeTwoRecords(t *testing.T) {
	for _, order := range []string{"random", "parallel"} {
		change := settings{"N": 200, "alpha": "0.14", "overlap": "0.8", "order": order}
		want := rowsOf(t, compiled(t, point(change), 3))
		for _, form := range []string{"full", "distinct"} {
			change["form"] = form
			if got := rowsOf(t, compiled(t, densePoint(2, change), 3)); got != want {
				t.Errorf("%s %s: records %s, of the Hopfield network %s", form, order, got, want)
			}
		}
	}
}

// rowsOf returns the rows of the first three cues of sample 1.
func rowsOf(t *testing.T, trial *Trial) string {
	t.Helper()
	rows, err := trial.Run(context.Background(), 1, 0, 3, &alone{})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(rows)
}

// Each memory has its own load: αN^{n−1} and e^{αN}.
func TestNaturalLoads(t *testing.T) {
	for _, c := range []struct {
		s     settings
		k     int
		alpha float64
	}{
		{densePoint(2, settings{"N": 200, "alpha": "0.14"}), 28, 0.14},
		{densePoint(3, settings{"N": 200, "alpha": "0.0001125"}), 5, 0.000125}, // 4.5 rounds up
		{densePoint(4, settings{"N": 30, "alpha": "0.1"}), 2700, 0.1},
		{exponentialPoint(settings{"N": 30, "alpha": "0.3"}), 8103, math.Log(8103) / 30},
		{exponentialPoint(settings{"N": 40, "alpha": "0.35"}), 1202604, math.Log(1202604) / 40},
	} {
		trial := compiled(t, c.s, 1)
		if trial.K != c.k || math.Abs(trial.Alpha-c.alpha) > 1e-15 {
			t.Errorf("%v: K = %d, α = %v; want %d, %v", c.s, trial.K, trial.Alpha, c.k, c.alpha)
		}
	}
}

func exponentialPoint(change settings) settings {
	s := point(settings{"model.kind": "exponential", "lambda": "1"})
	for k, v := range change {
		s[k] = v
	}
	return s
}

// N·K bits over C(N, n) couplings, or over the N·K signs of the patterns.
func TestPrice(t *testing.T) {
	for _, c := range []struct {
		s    settings
		want []Price
	}{
		{densePoint(3, settings{"N": 20, "K": 57}), []Price{{Name: "bits_per_neuron", Value: 57}, {Name: "bits_per_number", Value: 1}}},
		{densePoint(2, settings{"N": 21, "K": 5}), []Price{{Name: "bits_per_neuron", Value: 5}, {Name: "bits_per_number", Value: 0.5}}},
		{exponentialPoint(settings{"N": 20, "alpha": "0.3"}), []Price{{Name: "bits_per_neuron", Value: 403}, {Name: "bits_per_number", Value: 1}}},
		{point(nil), nil},
	} {
		if got := compiled(t, c.s, 1).Price; !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.s, got, c.want)
		}
	}
}

func TestMemoryFaults(t *testing.T) {
	for _, c := range []struct {
		s   settings
		key string
	}{
		{densePoint(8, settings{"N": 100000, "K": 10}), "K"},
		{densePoint(8, settings{"N": 1000, "alpha": "1"}), "alpha"},
		{densePoint(4, settings{"N": 3, "K": 1}), "K"},
		{exponentialPoint(settings{"N": 10000, "alpha": "0.5"}), "alpha"},
		{exponentialPoint(settings{"N": 1000000000, "alpha": "1000"}), "alpha"},
	} {
		trial, faults := Retrieval.Compile(c.s, 1)
		if trial != nil || len(faults) != 1 || faults[0].Key != c.key {
			t.Errorf("%v: %+v, want one fault of %s", c.s, faults, c.key)
		}
	}
}

// After one parallel step from a stored pattern a bit is wrong with the
// probability that Σ_μ [F(c+1) − F(c−1)] of K−1 independent c, sums of N−1 signs,
// with signs of their own, is below −[F(N) − F(N−2)]: summed here over all that
// the K−1 terms can add up to, at small K.
func TestOneStepErrorOfDegreeThree(t *testing.T) {
	const n, k, samples = 12, 40, 1500
	trial := compiled(t, densePoint(3, settings{"N": n, "K": k, "order": "parallel", "max_sweeps": 1}), k)
	againstExact(t, trialColumn(t, trial, samples, k, "overlap_final"), k, denseOneStep(n, k, 3))
}

// denseOneStep convolves the distribution of one term K−1 times.
func denseOneStep(n, k, degree int) float64 {
	term := map[int]float64{}
	for plus := range n {
		c := 2*plus - (n - 1)
		d := pow(c+1, degree) - pow(c-1, degree)
		for _, sign := range []int{-1, 1} {
			term[sign*d] += math.Exp(lchoose(n-1, plus)-float64(n-1)*math.Ln2) / 2
		}
	}
	total := map[int]float64{pow(n, degree) - pow(n-2, degree): 1}
	for range k - 1 {
		next := map[int]float64{}
		for a, p := range total {
			for d, q := range term {
				next[a+d] += p * q
			}
		}
		total = next
	}
	wrong := 0.0
	for d, p := range total {
		if d < 0 {
			wrong += p
		}
	}
	return wrong
}

func pow(x, n int) int {
	v := 1
	for range n {
		v *= x
	}
	return v
}

// Patterns that take more than 2 GiB are drawn block by block: only where that
// serves, and within a little memory.
func TestRedrawnPatterns(t *testing.T) {
	large := settings{"N": 40, "alpha": "0.515"}
	trial := compiled(t, exponentialPoint(large), 4)
	if gib := float64(trial.Bytes) / (1 << 30); gib > 0.1 {
		t.Errorf("%.2f GiB for redrawn patterns", gib)
	}
	for _, c := range []struct {
		s    settings
		cues int
		key  string
	}{
		{exponentialPoint(settings{"N": 40, "alpha": "0.515", "trace": true}), 1, "trace"},
		{exponentialPoint(settings{"N": 40, "alpha": "0.515", "states": 1}), 1, "states"},
		{exponentialPoint(settings{"N": 40, "alpha": "0.515"}), 5000, "cues"},
	} {
		if trial, faults := Retrieval.Compile(c.s, c.cues); trial != nil || len(faults) != 1 || faults[0].Key != c.key {
			t.Errorf("%v: %+v, want one fault of %s", c.s, faults, c.key)
		}
	}
	if _, faults := Storage.Compile(storagePoint(exponentialPoint(large)), 1); len(faults) != 1 || faults[0].Key != "experiment.kind" {
		t.Errorf("storage: %+v, want one fault of experiment.kind", faults)
	}
}

// redrawn is the exponential memory that keeps few patterns.
func init() {
	memory.Register(memory.Kind{Name: "redrawn", Year: 9999, Rule: func(s study.Settings) model.Rule {
		return model.Exponential{Lambda: s.Rat("lambda"), Keep: 1000}
	}})
}

// Rows of redrawn patterns are those of the patterns kept.
func TestRedrawnRows(t *testing.T) {
	s := exponentialPoint(settings{"N": 20, "alpha": "0.45", "overlap": "0.8"})
	want := rowsOf(t, compiled(t, s, 3))
	s["model.kind"] = "redrawn"
	if got := rowsOf(t, compiled(t, s, 3)); got != want {
		t.Errorf("redrawn %s, kept %s", got, want)
	}
}

// A trial whose patterns are drawn again and again goes on from its checkpoint
// with all of them, not with the first block.
func TestRedrawnCheckpoint(t *testing.T) {
	s := exponentialPoint(settings{"model.kind": "redrawn", "N": 20, "alpha": "0.45", "overlap": "0.6"})
	trial := compiled(t, s, 2)
	want := mustRun(t, trial, 0, 0, 2)
	got, err := trial.Run(context.Background(), 0, 0, 2, &alone{blob: afterSweeps(t, s, 1)})
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v after a checkpoint, %v without", got, want)
	}
}
