package experiment

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"

	"hopcap/model"
	"hopcap/model/random"
	"hopcap/model/theory"
	"hopcap/sweep/study"
)

// hotPoint returns standard settings of the experiment thermal, changed as said.
func hotPoint(change settings) settings {
	s := point(settings{
		"experiment.kind": "thermal", "temperature": "0.3", "rule": "heat_bath", "max_sweeps": 200,
		"start": "cue", "mix": "3", "escape_at": "0.5",
	})
	for k, v := range change {
		s[k] = v
	}
	if s.Has("K") {
		delete(s, "alpha")
	}
	return s
}

func thermalAt(t *testing.T, change settings, cues int) *Trial {
	t.Helper()
	trial, faults := Thermal.Compile(hotPoint(change), cues)
	if faults != nil {
		t.Fatalf("%+v", faults)
	}
	return trial
}

// values returns a column of the trials of one sample, undefined values left out.
func values(t *testing.T, e Experiment, trial *Trial, sample, cues int, name string) (v []float64) {
	t.Helper()
	for _, x := range valuesOf(e, "trials", name, mustRun(t, trial, sample, 0, cues)) {
		if i, ok := x.(int64); ok {
			x = float64(i)
		}
		v = append(v, x.(float64))
	}
	return v
}

// exact returns averages over the Boltzmann distribution of a small network:
// energy, specific heat, and the mean square overlap with pattern 0.
func exact(p *model.Patterns, temperature float64) (energy, heat, m2 float64) {
	var states []model.State
	for bits := range 1 << p.N {
		s := make(model.State, p.N)
		for i := range s {
			s[i] = int8(bits>>i&1)*2 - 1
		}
		states = append(states, s)
	}
	x := storedBy(model.Hopfield{}, p).Start(states, nil).(model.Energetic)
	n := float64(p.N)
	var z, e1, e2 float64
	for r, s := range states {
		e := x.Energy(r)
		w := math.Exp(-n * e / temperature)
		m := float64(p.Overlap(0, s)) / n
		z, e1, e2, m2 = z+w, e1+w*e, e2+w*e*e, m2+w*m*m
	}
	return e1 / z, n * (e2/z - e1*e1/(z*z)) / (temperature * temperature), m2 / z
}

// On a small network every average is that of the Boltzmann distribution, within
// errors that hold, by both rules.
func TestThermalAveragesAreExact(t *testing.T) {
	for _, rule := range []string{"heat_bath", "metropolis"} {
		var ze, zc, zm, zx []float64
		trial := thermalAt(t, settings{"N": 8, "K": 2, "temperature": "0.8", "max_sweeps": 1500, "rule": rule}, 1)
		for sample := range 40 {
			p := model.NewPatterns(8, 2)
			p.Draw(patternsKey(hotPoint(nil), unbiased, 8, 2).Sub("sample", uint64(sample)), nil)
			e, c, m2 := exact(p, 0.8)
			rows, err := trial.Run(context.Background(), sample, 0, 1, &alone{})
			if err != nil {
				t.Fatal(err)
			}
			get := func(name string) float64 {
				at := 1 + slices.IndexFunc(Thermal.Tables[0].Columns, func(c study.Column) bool { return c.Name == name })
				return rows["trials"][0][at].(float64)
			}
			ze = append(ze, (get("energy")-e)/get("energy_error"))
			zc = append(zc, get("specific_heat")-c)
			zm = append(zm, get("overlap_2")-m2)
			zx = append(zx, get("susceptibility")-8*m2/0.8) // ⟨m⟩ = 0
		}
		if mean, sd := stat.MeanStdDev(ze, nil); math.Abs(mean) > 4/math.Sqrt(40) || sd < 0.7 || sd > 1.5 {
			t.Errorf("%s: energies deviate by %.2f ± %.2f standard errors", rule, mean, sd)
		}
		for name, d := range map[string][]float64{"specific heat": zc, "m²": zm, "susceptibility": zx} {
			mean, sd := stat.MeanStdDev(d, nil)
			if z := mean / (sd / math.Sqrt(40)); math.Abs(z) > 4 {
				t.Errorf("%s: %s off by %.4f, z = %.1f", rule, name, mean, z)
			}
		}
	}
}

// Overlap, energy and q are those of Amit, Gutfreund and Sompolinsky, up to
// corrections of order 1/N. q needs the ergodic component only.
func TestRetrievalStateAgainstTheory(t *testing.T) {
	const n = 1000
	for _, c := range []struct {
		alpha, temperature string
	}{{"0.02", "0.4"}, {"0.05", "0.2"}, {"0.08", "0.1"}} {
		s := hotPoint(settings{"N": n, "alpha": c.alpha, "temperature": c.temperature, "max_sweeps": 100})
		want, err := theory.AGS(s.Float("alpha"), s.Float("temperature"))
		if err != nil {
			t.Fatal(err)
		}
		wantE := want.Alpha/2 - want.M*want.M/2 - want.Alpha/2/(1-want.C) - want.Alpha*want.R*want.C/2
		trial := thermalAt(t, s, 4)
		for name, want := range map[string]float64{"overlap": want.M, "q": want.Q, "energy": wantE} {
			var got []float64
			for sample := range 2 {
				got = append(got, stat.Mean(values(t, Thermal, trial, sample, 4, name), nil))
			}
			if mean := stat.Mean(got, nil); math.Abs(mean-want) > 4.0/n {
				t.Errorf("α = %s, T = %s: %s %.5f, theory %.5f", c.alpha, c.temperature, name, mean, want)
			}
		}
	}
}

// A row does not depend on which other cues of its set are measured, nor one of a
// heated relaxation.
func TestHotCuesAreIndependent(t *testing.T) {
	hot := hotPoint(settings{
		"N": 120, "max_sweeps": 70, "mixture_at": "0.9", "mixture_max": 5, "threshold_step": "0.05",
	})
	for _, e := range []Experiment{Thermal, Retrieval, Spurious, Basin} {
		trial, faults := e.Compile(hot, 4)
		if faults != nil {
			t.Fatalf("%+v", faults)
		}
		all, err := trial.Run(context.Background(), 1, 0, 4, &alone{})
		if err != nil {
			t.Fatal(err)
		}
		late, err := trial.Run(context.Background(), 1, 2, 4, &alone{})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := fmt.Sprint(late["trials"]), fmt.Sprint(all["trials"][2:]); got != want {
			t.Errorf("%s: cues 2 and 3 alone: %s, with the others %s", e.Kind, got, want)
		}
		again, err := trial.Replay(context.Background(), 1, 2, &alone{})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := fmt.Sprint(again.Row), fmt.Sprint(all["trials"][2]); got != want {
			t.Errorf("%s: replayed %s, was %s", e.Kind, got, want)
		}
	}
}

// At T > 0 a retrieval ends after max_sweeps sweeps and is no relaxation that hit
// its limit.
func TestHotRetrievalEnds(t *testing.T) {
	trial, faults := Retrieval.Compile(hotPoint(settings{"max_sweeps": 7, "temperature": "0.1"}), 1)
	if faults != nil {
		t.Fatalf("%+v", faults)
	}
	rows, err := trial.Run(context.Background(), 0, 0, 1, &alone{})
	if err != nil {
		t.Fatal(err)
	}
	row := rows["trials"][0]
	if stop, sweeps := row[len(row)-1], row[8]; stop != "thermal" || sweeps != int64(7) {
		t.Errorf("stop %v after %v sweeps", stop, sweeps)
	}
}

// Two replicas of different noise differ; random twins start apart.
func TestTwins(t *testing.T) {
	for start, most := range map[string]float64{"cue": 0.999, "random": 0.6} {
		q := values(t, Thermal, thermalAt(t, settings{"start": start, "N": 400, "alpha": "0.5", "temperature": "0.5", "max_sweeps": 64}, 1), 0, 1, "q")
		if math.Abs(q[0]) > most {
			t.Errorf("start %s: q = %v", start, q[0])
		}
	}
}

func TestEscapes(t *testing.T) {
	x := &thermalTrial{setup: setup{n: 10}, escape: 5, starting: starting{from: "cue"}}
	if escapes, survived := x.escapes([2]series{{0.9, 0.5, 0.4, 0.9}, {0.9, 0.8, 0.7, 0.6}}); escapes != 1 || survived != 7 {
		t.Errorf("%d escapes in %d sweeps, want 1 in 3 + 4", escapes, survived)
	}
	for _, name := range []string{"escapes", "survived"} {
		if got := values(t, Thermal, thermalAt(t, settings{"start": "random", "max_sweeps": 64}, 1), 0, 1, name); len(got) > 0 {
			t.Errorf("a random start has %s = %v", name, got)
		}
	}
}

func TestThermalFaults(t *testing.T) {
	for _, c := range []struct {
		e      Experiment
		change settings
		key    string
	}{
		{Thermal, settings{"temperature": "0"}, "temperature"},
		{Thermal, settings{"max_sweeps": 63}, "max_sweeps"},
		{Thermal, settings{"model.kind": "exponential", "lambda": "1"}, "temperature"},
		{Thermal, settings{"start": "mixture", "K": 2}, "mix"},
		{Stability, settings{"order": "parallel"}, "temperature"},
	} {
		trial, faults := c.e.Compile(hotPoint(c.change), 1)
		if trial != nil || len(faults) != 1 || faults[0].Key != c.key {
			t.Errorf("%s %v: %+v, want one fault of %s", c.e.Kind, c.change, faults, c.key)
		}
	}
}

// Golden records: the noise, and what it does, never change without a new
// version of the physics.
func TestHotRecordsArePinned(t *testing.T) {
	for _, c := range []struct {
		change settings
		want   string
	}{
		{settings{}, "[[0 1 0.98 1 0 0.98 0 0 20 56 -0.4654 thermal] [1 1 0.97 1 0 0.97 1 0 20 75 -0.4668 thermal]]"},
		{settings{"rule": "metropolis", "order": "typewriter"}, "[[0 1 0.97 1 0 0.97 0 0 20 65 -0.4612 thermal] [1 1 0.97 1 0 0.97 1 0 20 79 -0.4668 thermal]]"},
		{settings{"order": "parallel", "temperature": "0.30"}, "[[0 1 0.98 1 0 0.98 0 0 20 48 -0.4654 thermal] [1 1 0.97 1 0 0.97 1 0 20 81 -0.4668 thermal]]"},
	} {
		s := hotPoint(settings{"N": 200, "max_sweeps": 20, "temperature": "0.3"})
		for k, v := range c.change {
			s[k] = v
		}
		trial, faults := Retrieval.Compile(s, 2)
		if faults != nil {
			t.Fatalf("%+v", faults)
		}
		rows, err := trial.Run(context.Background(), 1, 0, 2, &alone{})
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(rows["trials"]); got != c.want {
			t.Errorf("%v: %s, want %s", c.change, got, c.want)
		}
	}
	key := random.NewKey("patterns")
	half, third := settings{"x": "0.50"}.Rat("x"), settings{"x": "1/3"}.Rat("x")
	if noise(key, half, 1) != key.Sub("noise 1/2", 1) || noise(key, half, 1) == noise(key, third, 1) {
		t.Error("the noise is not that of its temperature")
	}
}

// A run that is interrupted anywhere goes on to the same record.
func TestHotRunsResume(t *testing.T) {
	defer func(was float64) { savedWork = was }(savedWork)
	savedWork = 1 // after every sweep
	hot := hotPoint(settings{"N": 60, "max_sweeps": 64, "start": "random"})
	cool := coolPoint(settings{"N": 60, "cooling_sweeps": 300})
	temper := temperPoint(settings{"N": 60, "rungs": 3, "max_sweeps": 40})
	for _, c := range []struct {
		e Experiment
		s settings
	}{{Thermal, hot}, {Annealing, cool}, {Tempering, temper}} {
		trial, faults := c.e.Compile(c.s, 2)
		if faults != nil {
			t.Fatalf("%+v", faults)
		}
		want, err := trial.Run(context.Background(), 0, 0, 2, &alone{})
		if err != nil {
			t.Fatal(err)
		}
		for _, after := range []int{1, 40, 63} {
			env := &alone{}
			ctx, cancel := context.WithCancel(context.Background())
			if _, err := trial.Run(ctx, 0, 0, 2, &mortal{env, after, cancel}); err == nil {
				t.Fatalf("%s: not interrupted after %d checkpoints", c.e.Kind, after)
			}
			got, err := trial.Run(context.Background(), 0, 0, 2, env)
			if err != nil {
				t.Fatal(err)
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s resumed after %d checkpoints: %v, want %v", c.e.Kind, after, got, want)
			}
		}
	}
}

// mortal is an Env that ends the run after some checkpoints.
type mortal struct {
	study.Env
	left int
	end  func()
}

func (m *mortal) Save(blob []byte) error {
	if m.left--; m.left == 0 {
		m.end()
	}
	return m.Env.Save(blob)
}

// On a mixture of three patterns in the cold the mean of its three overlaps is near
// one half (Amit, Gutfreund and Sompolinsky 1985), and of its negative too.
func TestOverlapOfAMixture(t *testing.T) {
	for _, mix := range []string{"3", "-0 +1 -2"} {
		trial := thermalAt(t, settings{"N": 600, "K": 3, "temperature": "0.1", "max_sweeps": 64, "start": "mixture", "mix": mix}, 1)
		if m := values(t, Thermal, trial, 0, 1, "overlap")[0]; math.Abs(m-0.5) > 0.05 {
			t.Errorf("mix = %s: mean overlap %.3f", mix, m)
		}
	}
}

// Dense memories are heated too: one of degree 3 holds its patterns at T = 0.1 and
// has lost them at T = 2.
func TestHotDenseRetrieval(t *testing.T) {
	for temperature, least := range map[string]float64{"0.1": 0.95, "2": -1} {
		s := hotPoint(settings{"model.kind": "dense", "degree": 3, "form": "full", "N": 100, "K": 200, "max_sweeps": 20, "temperature": temperature})
		trial, faults := Retrieval.Compile(s, 2)
		if faults != nil {
			t.Fatalf("%+v", faults)
		}
		for _, m := range values(t, Retrieval, trial, 0, 2, "overlap_final") {
			if m < least || temperature == "2" && m > 0.6 {
				t.Errorf("T = %s: overlap %.2f", temperature, m)
			}
		}
	}
}
