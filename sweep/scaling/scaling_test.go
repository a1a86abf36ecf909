package scaling

import (
	"errors"
	"flag"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Repetitions of the coverage tests. With 400 they are held to 92–98 %.
var repetitions = flag.Int("coverage-repetitions", 6, "synthetic measurements per coverage test")

// truth is the transition of a synthetic system: a trial run gave α_½ = 0.181 at
// N = 500 to 0.146 at 16000, and widths that fall about as N^−0.56.
type truth struct {
	n           int
	half, width float64
}

func (t truth) p(link Link, alpha float64) float64 {
	return link.cdf(2 * link.quartile * (t.half - alpha) / t.width)
}

// draw measures the truth with so many pattern sets at each of the levels, which
// reach two and a half widths to either side of a place half a step off the
// threshold.
func (t truth) draw(link Link, levels, sets int, src rand.Source) Curve {
	c := Curve{N: t.n}
	step := 5 * t.width / float64(levels-1)
	for i := range levels {
		alpha := t.half + t.width*(-2.5+0.3/float64(levels)) + float64(i)*step
		hits := int(distuv.Binomial{N: float64(sets), P: t.p(link, alpha), Src: src}.Rand())
		c.Levels = append(c.Levels, Level{alpha, []Outcome{{0, 1, sets - hits}, {1, 1, hits}}})
	}
	return c
}

// hopfield is like the network of the trial run.
func hopfield(n int) truth {
	return truth{n, 0.1425 + 2.35*math.Pow(float64(n), -2./3), 0.9 * math.Pow(float64(n), -0.5)}
}

// coverage counts how often an interval holds the truth.
type coverage struct{ held, of int }

func (c *coverage) add(i Interval, truth float64) {
	c.of++
	if i.Low <= truth && truth <= i.High {
		c.held++
	}
}

func (c coverage) share() float64 { return float64(c.held) / float64(c.of) }

// slack about 95 % is four standard deviations of the count in a short run.
func (c coverage) slack() float64 {
	if c.of >= 400 {
		return 0.03
	}
	return 4 * math.Sqrt(0.95*0.05/float64(c.of))
}

func (c coverage) check(t *testing.T, what string) {
	t.Helper()
	if math.Abs(c.share()-0.95) > c.slack()+1e-9 {
		t.Errorf("%s: 95 %% intervals held the truth in %.2f %% of %d", what, 100*c.share(), c.of)
	}
	t.Logf("%s: %.2f %% of %d", what, 100*c.share(), c.of)
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %.10g, want %.10g ± %.2g", what, got, want, tolerance)
	}
}

func TestNoTransition(t *testing.T) {
	for name, levels := range map[string][]Tally{
		"all retrieved":  {{0.1, 50, 50}, {0.2, 50, 50}},
		"none retrieved": {{0.1, 0, 50}, {0.2, 0, 50}},
		"a jump":         {{0.1, 50, 50}, {0.15, 20, 50}, {0.2, 0, 50}},
		"rising":         {{0.1, 10, 50}, {0.15, 20, 50}, {0.2, 40, 50}},
	} {
		if _, err := Probit.Fit(levels); !errors.Is(err, ErrNoTransition) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// Beetles killed by carbon disulphide (Bliss, Ann. Appl. Biol. 22, 134 (1935)), as
// survivors; what is known of the fits is from Dobson, An Introduction to Generalized
// Linear Models (2002), table 7.4.
func beetles() []Tally {
	dose := []float64{1.6907, 1.7242, 1.7552, 1.7842, 1.8113, 1.8369, 1.8610, 1.8839}
	beetles := []float64{59, 60, 62, 56, 63, 59, 62, 60}
	killed := []float64{6, 13, 18, 28, 52, 53, 61, 60}
	var levels []Tally
	for i := range dose {
		levels = append(levels, Tally{dose[i], beetles[i] - killed[i], beetles[i]})
	}
	return levels
}

func TestLinksOnBeetles(t *testing.T) {
	for _, known := range []struct {
		link                        Link
		intercept, slope, deviance  float64
		half, halfError, widthError float64
	}{
		{Logit, 60.72, -34.27, 11.23, 1.7717, 0.003858, 2 * math.Log(3) * 2.912 / (34.27 * 34.27)},
		{Probit, 34.94, -19.73, 10.12, 1.7709, 0.003803, 2 * Probit.quartile * 1.487 / (19.73 * 19.73)},
	} {
		f, err := known.link.Fit(beetles())
		if err != nil {
			t.Fatal(err)
		}
		slope := -2 * known.link.quartile / f.Width
		name := known.link.Name()
		near(t, name+" slope", slope, known.slope, 0.01)
		near(t, name+" intercept", -slope*f.Half, known.intercept, 0.02)
		near(t, name+" deviance", f.Deviance, known.deviance, 0.01)
		near(t, name+" α_½", f.Half, known.half, 1e-4)
		near(t, name+" α_½ error", f.HalfError, known.halfError, 1e-5)
		near(t, name+" w error", f.WidthError, known.widthError, 1e-5)
	}
}

// The width is the distance of the quartiles for every link.
func TestWidthIsTheDistanceOfTheQuartiles(t *testing.T) {
	for _, link := range []Link{Probit, Logit} {
		f, err := link.Fit(beetles())
		if err != nil {
			t.Fatal(err)
		}
		near(t, link.name+" at ½", f.P(f.Half), 0.5, 1e-12)
		rest := f.P(f.Half-f.Width/2) - 0.75
		near(t, link.name+" at ¾", rest, 0, 1e-12)
	}
}

// Every estimator finds the transition of a curve without noise.
func TestEstimatorsWithoutNoise(t *testing.T) {
	for _, link := range []Link{Probit, Logit} {
		truth := hopfield(2000)
		var levels []Tally
		for i := range 41 {
			alpha := truth.half + truth.width*(float64(i)/8-2.53)
			levels = append(levels, Tally{alpha, 1e6 * truth.p(link, alpha), 1e6})
		}
		for _, e := range Estimators {
			if l, ok := e.(Link); ok && l.name != link.name {
				continue
			}
			got, err := e.Estimate(levels)
			if err != nil {
				t.Fatal(err)
			}
			near(t, e.Name()+" α_½", got.Half, truth.half, 1e-3*truth.width)
			near(t, e.Name()+" w", got.Width, truth.width, 2e-2*truth.width)
		}
	}
}

// A lopsided transition is misjudged by a symmetric link, and that is what the
// estimators without one are for.
func TestEstimatorsOfALopsidedTransition(t *testing.T) {
	const half, scale = 0.15, 0.01
	var levels []Tally
	for i := range 21 {
		alpha := half + scale*(float64(i)/5-2.03)
		p := 1 - math.Exp(-math.Ln2*math.Exp(-(alpha-half)/scale)) // Gumbel
		levels = append(levels, Tally{alpha, 400 * p, 400})
	}
	bias := map[string]float64{}
	for _, e := range Estimators {
		got, err := e.Estimate(levels)
		if err != nil {
			t.Fatal(err)
		}
		bias[e.Name()] = math.Abs(got.Half-half) / scale
	}
	if bias["probit"] < 0.1 || bias["isotonic"] > 0.02 || bias["spline"] > 0.03 {
		t.Errorf("bias %v", bias)
	}
	f, _ := Probit.Fit(levels)
	if g := f.Goodness(levels, 1); g.P > 0.05 {
		t.Errorf("a probit is not rejected: %+v", g)
	}
}

func TestIsotonicPoolsViolators(t *testing.T) {
	levels := []Tally{{1, 10, 10}, {2, 6, 10}, {3, 9, 15}, {4, 8, 10}, {5, 1, 10}}
	want := []Tally{{1, 10, 10}, {(2*10 + 3*15 + 4*10) / 35., 23, 35}, {5, 1, 10}}
	got := pool(levels)
	for i := range want {
		if len(got) != len(want) || math.Abs(got[i].Alpha-want[i].Alpha) > 1e-15 || got[i].Hits != want[i].Hits {
			t.Fatalf("pooled to %v, want %v", got, want)
		}
	}
	// The crossing of ½ lies on the line between the last two.
	p, q := 23./35, 0.1
	at, err := Isotonic{}.Estimate(levels)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "crossing", at.Half, 3+(5-3.)*(p-0.5)/(p-q), 1e-12)
}

// A step that is just ½ high is read in its middle.
func TestIsotonicAtAFlatHalf(t *testing.T) {
	at, err := Isotonic{}.Estimate([]Tally{{1, 9, 10}, {2, 5, 10}, {3, 5, 10}, {4, 1, 10}})
	if err != nil || at.Half != 2.5 {
		t.Errorf("%+v, %v", at, err)
	}
}

// Groups of levels with five hits and five misses expected, by hand: P is ¾ at the
// first load, ½ at the second, ¼ at the third.
func TestGoodnessByHand(t *testing.T) {
	f := LinkFit{Link: Logit, Transition: Transition{Half: 2, Width: 2}}
	levels := []Tally{{1, 30, 40}, {2, 26, 40}, {3, 1, 8}, {3, 4, 8}, {3, 4, 8}}
	// The last group takes all three, since one alone expects two hits.
	first := 0.0
	second := 6. * 6 / 10
	third := (9. - 6) * (9 - 6) / (24 * 3. / 16)
	got := f.Goodness(levels, 1)
	near(t, "χ²", got.ChiSquare, first+second+third, 1e-9)
	if got.Freedom != 1 {
		t.Errorf("%d degrees of freedom for three groups and two parameters", got.Freedom)
	}
	// χ² = 3.6 + 2 with one degree of freedom.
	near(t, "p", got.P, math.Erfc(math.Sqrt(5.6/2)), 1e-9)
	near(t, "χ² of half as much information", f.Goodness(levels[:2], 2).ChiSquare, 1.8, 1e-9)
	if g := f.Goodness(levels[:2], 1); g.Freedom != 0 || !math.IsNaN(g.P) {
		t.Errorf("%+v from two groups", g)
	}
}

func TestIsotonicWithoutQuartiles(t *testing.T) {
	at, err := Isotonic{}.Estimate([]Tally{{1, 6, 10}, {2, 4, 10}})
	if err != nil || at.Half != 1.5 || !math.IsNaN(at.Width) {
		t.Errorf("%+v, %v", at, err)
	}
}

func TestCubicCDF(t *testing.T) {
	near(t, "below", cubicCDF(-2), 0, 0)
	near(t, "at −1", cubicCDF(-1), 1./24, 1e-15)
	near(t, "middle", cubicCDF(0), 0.5, 1e-15)
	near(t, "at 1", cubicCDF(1), 23./24, 1e-15)
	near(t, "above", cubicCDF(2.5), 1, 0)
	near(t, "density in the middle", (cubicCDF(1e-4)-cubicCDF(-1e-4))/2e-4, 2./3, 1e-6)
}

func TestDesignEffect(t *testing.T) {
	var one, alike Curve
	random := rand.New(rand.NewPCG(1, 1))
	for range 2000 {
		hit := btoi(random.IntN(3) == 0)
		one.Add(0.1, hit, 1)
		alike.Add(0.1, 4*hit, 4)
	}
	near(t, "one cue", one.DesignEffect(), 1, 0)
	near(t, "four cues that do the same", alike.DesignEffect(), 4, 0.01)
	// Two sets that differ in both cues: 2/1 · (1² + 1²) over 4 · ¼.
	two := Curve{Levels: []Level{{0.1, []Outcome{{0, 2, 1}, {2, 2, 1}}}}}
	near(t, "two sets", two.DesignEffect(), 4, 1e-12)
	var independent Curve
	for range 4000 {
		independent.Add(0.1, random.IntN(2)+random.IntN(2), 2)
	}
	near(t, "independent cues", independent.DesignEffect(), 1, 0.1)
}

func TestCurveIsTheSameInAnyOrder(t *testing.T) {
	var a, b Curve
	rows := [][3]int{{10, 1, 2}, {12, 0, 2}, {10, 2, 2}, {11, 1, 1}, {10, 1, 2}, {12, 2, 2}}
	for i := range rows {
		r, q := rows[i], rows[len(rows)-1-i]
		a.Add(float64(r[0])/100, r[1], r[2])
		b.Add(float64(q[0])/100, q[1], q[2])
	}
	if !reflect.DeepEqual(a, b) {
		t.Errorf("%v and %v", a, b)
	}
	if a.Sets() != 6 || a.Tallies()[0] != (Tally{0.1, 4, 6}) {
		t.Errorf("%d sets, %v", a.Sets(), a.Tallies())
	}
}

// A bootstrap draws with replacement: as many sets, the same mean, and the variance
// of the sets.
func TestResample(t *testing.T) {
	l := Level{0.1, []Outcome{{0, 2, 30}, {1, 2, 20}, {2, 2, 50}}}
	var hits []float64
	src := rand.NewPCG(1, 2)
	for range 4000 {
		again := l.resample(src)
		if again.Sets() != 100 {
			t.Fatalf("%d sets", again.Sets())
		}
		hits = append(hits, again.Tally().Hits)
	}
	mean, variance := stat.MeanVariance(hits, nil)
	near(t, "mean", mean, 120, 4*math.Sqrt(76./4000))
	near(t, "variance", variance, 76, 76*4*math.Sqrt(2./4000))
}

func TestBootstrapRepeats(t *testing.T) {
	c := hopfield(1000).draw(Probit, 9, 100, rand.NewPCG(1, 1))
	b := Bootstrap{Replicates: 50, Seed: 7}
	first, err := b.Threshold(c, Probit)
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := b.Threshold(c, Probit); !reflect.DeepEqual(again, first) {
		t.Errorf("%+v, then %+v", first, again)
	}
	if other, _ := (Bootstrap{Replicates: 50, Seed: 8}).Threshold(c, Probit); other.HalfError == first.HalfError {
		t.Error("the seed makes no difference")
	}
	f, _ := Probit.Fit(c.Tallies())
	near(t, "bootstrap over Fisher error", first.HalfError/f.HalfError, 1, 0.35)
}
