package scaling

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// replicates of a bootstrap: with 400 the ends of an interval are known to a tenth of
// a standard error. A short run, which is not held to much, makes do with fewer.
func replicates() int {
	if *repetitions < 400 {
		return 100
	}
	return 400
}

func TestCoverageOfThresholds(t *testing.T) {
	for _, e := range Estimators {
		var half, width coverage
		for rep := range *repetitions {
			for _, n := range []int{500, 4000} {
				for _, link := range []Link{Probit, Logit} {
					if l, ok := e.(Link); ok && l.name != link.name {
						continue
					}
					truth := hopfield(n)
					c := truth.draw(link, 13, 200, rand.NewPCG(uint64(rep), uint64(n)))
					th, err := Bootstrap{Replicates: replicates(), Seed: uint64(rep)}.Threshold(c, e)
					if err != nil {
						t.Fatal(err)
					}
					half.add(th.HalfRange, truth.half)
					width.add(th.WidthRange, truth.width)
				}
			}
		}
		half.check(t, e.Name()+" α_½")
		width.check(t, e.Name()+" w")
	}
}

// The cues of one pattern set share half of the variance of their thresholds.
func TestCoverageWithSeveralCues(t *testing.T) {
	var half, width coverage
	for rep := range 4 * *repetitions {
		truth := hopfield(2000)
		random := rand.New(rand.NewPCG(uint64(rep), 4))
		c := truth.drawCues(random, 13, 80, 5)
		th, err := Bootstrap{Replicates: replicates(), Seed: uint64(rep)}.Threshold(c, Probit)
		if err != nil {
			t.Fatal(err)
		}
		half.add(th.HalfRange, truth.half)
		width.add(th.WidthRange, truth.width)
	}
	half.check(t, "α_½, five cues a set")
	width.check(t, "w, five cues a set")
}

// drawCues gives every cue a threshold of its own, half of whose variance belongs
// to its pattern set.
func (t truth) drawCues(random *rand.Rand, levels, sets, cues int) Curve {
	c := Curve{N: t.n}
	sigma := t.width / (2 * Probit.quartile)
	for i := range levels {
		alpha := t.half + t.width*(-2.5+5*float64(i)/float64(levels-1))
		for range sets {
			common, hits := random.NormFloat64(), 0
			for range cues {
				threshold := t.half + sigma*math.Sqrt(0.5)*(common+random.NormFloat64())
				hits += btoi(threshold > alpha)
			}
			c.Add(alpha, hits, cues)
		}
	}
	return c
}

// A curve that is right is rejected as often as it says.
func TestCoverageOfTheGoodness(t *testing.T) {
	var single, several coverage
	for rep := range 10 * *repetitions {
		truth := hopfield(2000)
		for _, link := range []Link{Probit, Logit} {
			c := truth.draw(link, 13, 200, rand.NewPCG(uint64(rep), 5))
			single.addP(t, c, link)
		}
		several.addP(t, truth.drawCues(rand.New(rand.NewPCG(uint64(rep), 6)), 9, 60, 5), Probit)
	}
	single.check(t, "p > 0.05")
	several.check(t, "p > 0.05, five cues a set")
}

func (c *coverage) addP(t *testing.T, curve Curve, link Link) {
	f, err := link.Fit(curve.Tallies())
	if err != nil {
		t.Fatal(err)
	}
	c.add(Interval{0.05, 1}, f.Goodness(curve.Tallies(), curve.DesignEffect()).P)
}

// sizes of a study, and the thresholds that it might measure: the errors are those
// of 2000 pattern sets.
var sizes = []int{500, 1000, 2000, 4000, 8000, 16000}

func measured(value func(n float64) float64, relative float64, src rand.Source) []Datum {
	normal := rand.New(src)
	var data []Datum
	for _, n := range sizes {
		sigma := relative * math.Pow(float64(n), -0.5)
		data = append(data, Datum{n, value(float64(n)) + sigma*normal.NormFloat64(), sigma})
	}
	return data
}

func TestCoverageOfLaws(t *testing.T) {
	for _, law := range []Law{
		{Limit: true},
		{Limit: true, Exponent: 2. / 3},
		{Limit: true, Exponent: 2. / 3, Relative: 1. / 3},
		{},
		{Exponent: 0.5, Relative: 1. / 3},
	} {
		var limit, power, amplitude coverage
		x := 0.5
		if law.Limit {
			x = 2. / 3
		}
		value := func(n float64) float64 {
			return 0.1425*float64(btoi(law.Limit)) + 2.35*math.Pow(n, -x)*(1+math.Pow(n, -1./3)*float64(btoi(law.Relative != 0)))
		}
		for rep := range 10 * *repetitions {
			f, err := law.Fit(measured(value, 0.02, rand.NewPCG(uint64(rep), 1)), 500)
			if err != nil {
				t.Fatal(err)
			}
			limit.add(within(f.Value, f.ValueError), 0.1425)
			power.add(within(f.Power, f.PowerError), x)
			amplitude.add(within(f.Amplitude, f.AmplitudeError), 2.35)
		}
		amplitude.check(t, law.String()+" amplitude")
		if law.Limit {
			limit.check(t, law.String()+" limit")
		}
		if law.Exponent == 0 {
			power.check(t, law.String()+" exponent")
		}
	}
}

func within(v, sigma float64) Interval { return Interval{v - 1.96*sigma, v + 1.96*sigma} }

// An average over laws does not know which of them is right, so it may hold the
// truth more often than 95 %, but not less.
func TestCoverageOfTheAverage(t *testing.T) {
	for name, value := range map[string]func(n float64) float64{
		"N^-2/3":     func(n float64) float64 { return 0.1425 + 2.35*math.Pow(n, -2./3) },
		"N^-1/2":     func(n float64) float64 { return 0.1400 + 0.9*math.Pow(n, -1./2) },
		"N^-0.6":     func(n float64) float64 { return 0.1410 + 1.6*math.Pow(n, -0.6) },
		"correction": func(n float64) float64 { return 0.1425 + 2*math.Pow(n, -2./3)*(1+2*math.Pow(n, -1./3)) },
	} {
		var total, statistical coverage
		truth := value(math.Inf(1))
		for rep := range *repetitions {
			a, err := Limit(Fits(measured(value, 0.02, rand.NewPCG(uint64(rep), 2)), ThresholdLaws))
			if errors.Is(err, ErrNoFit) {
				a.Value = math.NaN() // no answer holds nothing
			}
			total.add(within(a.Value, a.Error()), truth)
			statistical.add(within(a.Value, a.Statistical), truth)
		}
		if total.share() < 0.92-total.slack() {
			t.Errorf("%s: held in %.1f %% of %d", name, 100*total.share(), total.of)
		}
		t.Logf("%s: %.2f %% of %d, %.2f %% by the statistical error alone", name, 100*total.share(), total.of, 100*statistical.share())
	}
}

func TestCoverageOfTheCollapse(t *testing.T) {
	var critical, power coverage
	for rep := range *repetitions {
		var curves []Curve
		src := rand.NewPCG(uint64(rep), 3)
		for _, n := range []int{1000, 2000, 4000, 8000} {
			w := 0.9 * math.Pow(float64(n), -0.5)
			curves = append(curves, truth{n, 0.1425 + 0.3*w, w}.draw(Probit, 10+n/1000, 400, src))
		}
		c, err := Bootstrap{Replicates: replicates() / 4, Seed: uint64(rep)}.Collapse(curves, Scaling{Critical: 0.145, Power: 0.45})
		if err != nil {
			t.Fatal(err)
		}
		critical.add(c.CriticalRange, 0.1425)
		power.add(c.PowerRange, 0.5)
	}
	critical.check(t, "collapse α_c")
	power.check(t, "collapse y")
}
