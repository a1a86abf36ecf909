package experiment

import (
	"context"
	"flag"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"

	"hopcap/model"
)

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
