package sweep

import (
	"context"
	"errors"
	"fmt"
	"hopcap/sweep/scaling"
	"hopcap/sweep/store"
	"hopcap/sweep/study"
	"hopcap/sweep/sweeptest"
	"math"
	"strings"
	"testing"
)

// TestGoalReached holds the error against another estimate of it, and the cost
// against what even samples would have.
func TestGoalReached(t *testing.T) {
	dir := t.TempDir()
	report := mustRun(t, sweeptest.Study(t, sweeptest.Adaptive), Options{Dir: dir})
	r := mustOpen(t, dir)
	s, err := StatusOf(r.Results)
	if err != nil || !s.Complete || s.Done != report.UnitsDone || len(s.Curves) != 2 {
		t.Fatalf("%+v, %v", s, err)
	}
	estimates, err := r.Estimates()
	if err != nil {
		t.Fatal(err)
	}
	for i, k := range s.Curves {
		if k.State != GoalReached || *k.ThresholdError > 0.02 || *k.ThresholdError < 0.017 || k.Round < 3 || k.Curve.String() != fmt.Sprintf("N=%d", i+2) {
			t.Errorf("%+v with an error of %v", k, *k.ThresholdError)
		}
		var tallies []scaling.Tally
		for p, e := range estimates.Points[5*i : 5*i+5] {
			if e.Samples != s.Points[5*i+p].Wanted || e.Samples < 10 {
				t.Errorf("%s: %d samples, %d wanted", e.Point.Name(), e.Samples, s.Points[5*i+p].Wanted)
			}
			tails := 1 - estimates.Column("heads")[5*i+p].Center
			sets := float64(e.Samples)
			tallies = append(tallies, scaling.Tally{Alpha: e.Point.Settings.Float("bias"), Hits: tails * sets, Cues: sets})
		}
		f, err := scaling.Logit.Fit(tallies)
		if err != nil || math.Abs(f.Half-0.5) > 4*0.02 {
			t.Errorf("%+v, %v", f, err)
		}
		if math.Abs(f.HalfError / *k.ThresholdError - 1) > 0.05 {
			t.Errorf("error %v, by the fit %v", *k.ThresholdError, f.HalfError)
		}
	}
}

func TestEveryFractionToAnError(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, sweeptest.Study(t, sweeptest.FirstRound+"[stop]\nquantity = \"heads\"\nstderr = 0.05"), Options{Dir: dir})
	s, err := StatusOf(mustOpen(t, dir).Results)
	if err != nil || !s.Complete {
		t.Fatalf("%+v, %v", s, err)
	}
	for _, k := range s.Curves {
		if k.State != GoalReached || k.Stderr > 0.05 || k.Stderr < 0.045 {
			t.Errorf("%+v", k)
		}
	}
	for i, p := range s.Points { // p(1−p)/0.05²
		if want := []float64{64, 91, 100, 91, 64}[i%5]; math.Abs(float64(p.Wanted)/want-1) > 0.35 {
			t.Errorf("%s: %d samples, about %v would do", p.Point, p.Wanted, want)
		}
	}
}

// TestOutOfReach: a study ends at max_samples, and where a curve does not pass ½.
func TestOutOfReach(t *testing.T) {
	for state, change := range map[CurveState][]string{
		AtMaxSamples: {sweeptest.Stop, sweeptest.Stop + "max_samples = 40\n"},
		NoThreshold:  {"0.2, 0.35, 0.5, 0.65, 0.8", "0.1, 0.15, 0.2"},
	} {
		dir := t.TempDir()
		mustRun(t, sweeptest.Study(t, strings.Replace(sweeptest.Adaptive, change[0], change[1], 1)), Options{Dir: dir})
		s, err := StatusOf(mustOpen(t, dir).Results)
		if err != nil || !s.Complete || s.Curves[0].State != state || s.Curves[1].State != state {
			t.Errorf("want %q: %+v, %v", state, s, err)
		}
		for _, p := range s.Points {
			if state == AtMaxSamples && p.Wanted > 40 || p.Wanted > 100 {
				t.Errorf("%s: %d samples of %s", state, p.Wanted, p.Point)
			}
		}
	}
}

// TestMaxSamplesByDefault is a hundred times the samples of the config.
func TestMaxSamplesByDefault(t *testing.T) {
	cfg := sweeptest.Study(t, "N = 2\nbias = [0.4, 0.5]\nsamples = 3\n[stop]\nquantity = \"heads\"\nthreshold_error = 1e-6")
	dir := t.TempDir()
	if report := mustRun(t, cfg, Options{Dir: dir}); report.UnitsDone != 600 || report.Curves[0].State != AtMaxSamples {
		t.Errorf("%+v", report)
	}
}

// TestACurveIsAllocatedByItself: the rest of the grid does not count.
func TestACurveIsAllocatedByItself(t *testing.T) {
	small, large := t.TempDir(), t.TempDir()
	a := mustRun(t, sweeptest.Study(t, strings.Replace(sweeptest.Adaptive, "[2, 3]", "3", 1)), Options{Dir: small})
	b := mustRun(t, sweeptest.Study(t, sweeptest.Adaptive), Options{Dir: large})
	if len(a.Curves) != 1 || a.Curves[0].Done != b.Curves[1].Done || a.Curves[0].Round != b.Curves[1].Round {
		t.Errorf("%+v alone, %+v beside another", a.Curves, b.Curves)
	}
}

// TestStatusBetweenRounds: a round that is done is not the end.
func TestStatusBetweenRounds(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, sweeptest.Study(t, sweeptest.FirstRound), Options{Dir: dir})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Run(ctx, sweeptest.Study(t, sweeptest.Adaptive), Options{Dir: dir}); !errors.Is(err, ErrStopped) {
		t.Fatal(err)
	}
	s, err := StatusOf(mustOpen(t, dir).Results)
	if err != nil || s.Complete || s.Done != 100 || s.Wanted != 100 || s.Curves[0].State != GoingOn || *s.Curves[0].ThresholdError < 0.02 {
		t.Errorf("%+v, %v", s, err)
	}
}

// TestOutcomesOfUndefinedQuantities: what is unknown of a cue is not counted.
func TestOutcomesOfUndefinedQuantities(t *testing.T) {
	o := newOutcomes(sweeptest.Study(t, sweeptest.Adaptive))
	o.grow(3, 2)
	rows := study.Rows{"trials": {sweeptest.Row(0.3, 0.35, 0), sweeptest.Row(0.4, 0.35, 1)}}
	for _, row := range rows["trials"] {
		var v any = int64(0)
		if row[2].(bool) {
			v = int64(1)
		}
		row[2] = v
	}
	o.addUnit(store.Unit{Point: 3, Sample: 0}, rows)
	rows["trials"][0][2], rows["trials"][1][2] = nil, nil
	o.addUnit(store.Unit{Point: 3, Sample: 1}, rows)
	if sets, cues, hits := o.sum(3, 2); sets != 1 || cues != 2 || hits != 1 {
		t.Errorf("%d sets, %d cues, %d hits", sets, cues, hits)
	}
}
