package experiment

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat"

	"hopcap/model/random"
)

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
