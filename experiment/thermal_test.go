package experiment

import (
	"context"
	"flag"
	"fmt"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"

	"hopcap/model"
	"hopcap/model/random"
	"hopcap/model/theory"
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

// autoregressive returns x_t = φ x_{t−1} + noise, whose autocorrelation time is
// ½(1+φ)/(1−φ).
func autoregressive(phi float64, n int, r *random.Source) series {
	s := make(series, n)
	x := 0.0
	for t := range n + 200 {
		sum := 0.0
		for range 12 {
			sum += float64(r.Uint32()) / (1 << 32)
		}
		if x = phi*x + sum - 6; t >= 200 {
			s[t-200] = x
		}
	}
	return s
}

func TestAutocorrelationTime(t *testing.T) {
	for _, phi := range []float64{0, 0.5, 0.9} {
		want := (1 + phi) / (1 - phi) / 2
		s := autoregressive(phi, 40000, random.NewKey("tau").Source())
		if got := s.summarise(); math.Abs(got.tau/want-1) > 0.1 {
			t.Errorf("φ = %v: τ = %.3f, want %.3f", phi, got.tau, want)
		}
	}
	if got := (series{0.1, 0.1, 0.1}).summarise(); got != (summary{0.1, 0, 0.5, 0, 3}) {
		t.Errorf("constant: %+v", got)
	}
}

// 400 short runs scatter as their errors say.
func TestErrorsCover(t *testing.T) {
	r := random.NewKey("cover").Source()
	for _, phi := range []float64{0, 0.8} {
		var z []float64
		for range 400 {
			s := autoregressive(phi, 1000, r).summarise()
			z = append(z, s.mean/s.err)
		}
		// the standard deviation of z has itself an error of 1/√800, and few bins make
		// it larger than 1
		if sd := stat.StdDev(z, nil); sd < 0.9 || sd > 1.2 {
			t.Errorf("φ = %v: deviations of %.2f standard errors", phi, sd)
		}
	}
}

// A transient is discarded; a run that still drifts, or differs from its twin, is
// not thermalised.
func TestJudge(t *testing.T) {
	r := random.NewKey("judge").Source()
	run := func(drift, transient, shift float64) []series {
		s := autoregressive(0.5, 1000, r)
		for i := range s {
			s[i] += drift*float64(i)/1000 + transient*math.Exp(-float64(i)/30) + shift
		}
		return []series{s}
	}
	for _, c := range []struct {
		name string
		runs [2][]series
		want bool
	}{
		{"stationary", [2][]series{run(0, 0, 0), run(0, 0, 0)}, true},
		{"transient", [2][]series{run(0, 20, 0), run(0, -20, 0)}, true},
		{"drift", [2][]series{run(10, 0, 0), run(10, 0, 0)}, false},
		{"twins differ", [2][]series{run(0, 0, 0), run(0, 0, 3)}, false},
	} {
		v := judge(c.runs)
		if v.thermalised != c.want {
			t.Errorf("%s: %+v", c.name, v)
		}
		if c.name == "transient" && v.discarded < 60 {
			t.Errorf("transient: only %d sweeps discarded", v.discarded)
		}
	}
}

// Twins that drift alike, and slowly enough for many independent values, are told
// by their halves.
func TestJudgeComparesHalves(t *testing.T) {
	r := random.NewKey("halves").Source()
	for drift, want := range map[float64]bool{0: true, 3: false} {
		var runs [2][]series
		for a := range runs {
			s := autoregressive(0.5, 8000, r)
			for i := range s {
				s[i] += drift * float64(i) / 8000
			}
			runs[a] = []series{s}
		}
		v := judge(runs)
		a, b := runs[0][0][v.discarded:], runs[1][0][v.discarded:]
		if v.thermalised != want {
			t.Errorf("drift %v: %+v", drift, v)
		}
		if fewest := min(a.summarise().size, b.summarise().size); fewest < 2*fewestValues || !agree(a, b) {
			t.Errorf("drift %v: decided by %.0f independent values, or by the twins", drift, fewest)
		}
	}
}

// One twin that steps up half-way, about the mean of the other, is enough.
func TestSettledLooksAtEachTwin(t *testing.T) {
	r := random.NewKey("settled").Source()
	for stepping := range 3 {
		var runs [2][]series
		for a := range runs {
			s := autoregressive(0, 1000, r)
			for i := range s {
				if a == stepping {
					s[i] += float64(i/500) - 0.5
				}
			}
			runs[a] = []series{s}
		}
		if got := settled(runs, 0); got != (stepping == 2) {
			t.Errorf("twin %d of 0 and 1 steps: settled %v", stepping, got)
		}
	}
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
				at := 1 + slices.IndexFunc(Thermal.Tables[0].Columns, func(c Column) bool { return c.Name == name })
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

// The two replicas of a run differ by what their errors say, in the middle of the
// retrieval phase and near its end, T_M = 0.542, in those runs that are judged
// stationary.
func TestReplicasDifferByTheirErrors(t *testing.T) {
	const cues = 20
	for _, temperature := range []string{"0.3", "0.46"} {
		base, faults := newThermalSetup(hotPoint(settings{"N": 400, "alpha": "0.05", "temperature": temperature, "max_sweeps": 128}))
		if faults != nil {
			t.Fatalf("%+v", faults)
		}
		x := &thermalTrial{base, starting{from: "cue"}, 200}
		var z []float64
		for sample := range 2 {
			set, err := x.store(context.Background(), sample, nil)
			if err != nil {
				t.Fatal(err)
			}
			_, logs, err := x.observe(context.Background(), set, 0, cues, &alone{})
			if err != nil {
				t.Fatal(err)
			}
			for _, log := range logs {
				v := judge([2][]series{{log.Overlap[0], log.Energy[0]}, {log.Overlap[1], log.Energy[1]}})
				if !v.thermalised {
					continue
				}
				for _, pair := range [][2]series{log.Overlap, log.Energy} {
					a, b := pair[0][v.discarded:].summarise(), pair[1][v.discarded:].summarise()
					z = append(z, (a.mean-b.mean)/math.Sqrt(a.err*a.err+b.err*b.err))
				}
			}
		}
		if sd := stat.StdDev(z, nil); len(z) < 2*cues || sd < 0.75 || sd > 1.4 {
			t.Errorf("T = %s: %d differences of %.2f standard errors", temperature, len(z), sd)
		}
	}
}

// runsToCover is how many runs TestRunsScatterAsTheyClaim makes: make coverage takes
// 200.
var runsToCover = flag.Int("coverage-runs", 20, "runs per thermal coverage test")

// Runs from one pattern of one set, with noise of their own, scatter about their mean
// as their errors claim, deep in the retrieval phase and near its end, T_M = 0.542.
// A network this small leaves the pattern sometimes there: only runs that are judged
// stationary and have not escaped are of one state.
func TestRunsScatterAsTheyClaim(t *testing.T) {
	const n = 1000
	for _, temperature := range []string{"0.2", "0.4", "0.5"} {
		base, faults := newThermalSetup(hotPoint(settings{"N": n, "alpha": "0.05", "temperature": temperature, "max_sweeps": 256}))
		if faults != nil {
			t.Fatalf("%+v", faults)
		}
		x := &thermalTrial{base, starting{from: "cue"}, n / 2}
		set, err := x.store(context.Background(), 0, nil)
		if err != nil {
			t.Fatal(err)
		}
		values := map[string][]float64{}
		errs := map[string][]float64{}
		kept := 0
		for run := range *runsToCover {
			m := make(model.State, n)
			set.Pattern(0, m)
			twins := x.start(set, []model.State{m, slices.Clone(m)}, &alone{})
			twins.heatTwins(set.key, run)
			var log thermalLog
			err := twins.run(context.Background(), &alone{}, func() error {
				x.note(&log, set.Patterns, twins.replicas, 0, 0)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			o := x.measure(0, log)
			if !o.thermalised || o.escapes > 0 {
				continue
			}
			kept++
			for name, estimate := range map[string][2]float64{
				"overlap": {o.overlap, o.overlapError}, "energy": {o.energy, o.energyError}, "q": {o.q, o.qError},
			} {
				values[name] = append(values[name], estimate[0])
				errs[name] = append(errs[name], estimate[1])
			}
		}
		if 10*kept < 7**runsToCover {
			t.Errorf("T = %s: only %d of %d runs are of the retrieval state", temperature, kept, *runsToCover)
		}
		for name, v := range values {
			mean := stat.Mean(v, nil)
			var z []float64
			inside := 0
			for r := range v {
				z = append(z, (v[r]-mean)/errs[name][r])
				if math.Abs(z[r]) < 1.96 {
					inside++
				}
			}
			sd, fraction := stat.StdDev(z, nil), float64(inside)/float64(len(v))
			t.Logf("T = %s: %s deviates by %.2f standard errors, %.1f %% of %d runs within 1.96", temperature, name, sd, 100*fraction, len(v))
			// few bins make their scatter itself uncertain, and z wider than normal
			if spread := 4 / math.Sqrt(2*float64(len(v))); sd < 1-spread || sd > 1.12+spread {
				t.Errorf("T = %s: %s of %d runs deviates by %.2f standard errors", temperature, name, len(v), sd)
			}
		}
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
	Env
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
