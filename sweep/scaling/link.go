package scaling

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// A Link is a family of curves, P(α) = F((α_½ − α)/s), fitted by maximum
// likelihood.
type Link struct {
	name     string
	cdf      func(x float64) float64 // F
	density  func(x float64) float64 // F′
	quartile float64                 // F(quartile) = ¾, so that w = 2·quartile·s
	limit    float64                 // beyond ±limit F is 0 or 1 to the last bit or so
}

// Probit is F = Φ, the normal distribution: each pattern set has a threshold of
// its own, and that is a sum of many small contributions of the disorder.
var Probit = Link{
	name:     "probit",
	cdf:      distuv.UnitNormal.CDF,
	density:  distuv.UnitNormal.Prob,
	quartile: 0.67448975019608174,
	limit:    8,
}

// Logit is F(x) = 1/(1 + e^−x).
var Logit = Link{
	name:     "logit",
	cdf:      func(x float64) float64 { return 1 / (1 + math.Exp(-x)) },
	density:  func(x float64) float64 { e := math.Exp(-math.Abs(x)); return e / ((1 + e) * (1 + e)) },
	quartile: 1.0986122886681098, // ln 3
	limit:    30,
}

var _, _ Estimator = Probit, Logit

// LinkNamed is the link among the Estimators that goes by a name.
func LinkNamed(name string) (Link, bool) {
	for _, e := range Estimators {
		if link, ok := e.(Link); ok && link.Name() == name {
			return link, true
		}
	}
	return Link{}, false
}

// Name is the name of the link function F⁻¹.
func (k Link) Name() string { return k.name }

// Estimate maximises the likelihood.
func (k Link) Estimate(levels []Tally) (Transition, error) {
	f, err := k.Fit(levels)
	return f.Transition, err
}

// A LinkFit is the curve of greatest likelihood.
type LinkFit struct {
	Link Link
	Transition
	// HalfError and WidthError are standard errors from the Fisher information,
	// for independent cues.
	HalfError, WidthError float64
	// Deviance is 2 Σ [h ln(h/ĥ) + (n−h) ln((n−h)/(n−ĥ))] with h hits where ĥ were
	// expected.
	Deviance float64
}

// P is the fitted fraction at a load.
func (f LinkFit) P(alpha float64) float64 {
	return f.Link.cdf(2 * f.Link.quartile * (f.Half - alpha) / f.Width)
}

// Fit maximises the likelihood of hits that are binomial with
//
//	P(α) = F(b₀ + b₁ t),  t = (α − origin)/unit,
//
// by Fisher scoring (McCullagh & Nelder, Generalized Linear Models (1989), §2.5).
func (k Link) Fit(levels []Tally) (LinkFit, error) {
	if err := overlapping(levels); err != nil {
		return LinkFit{}, err
	}
	x := newScores(k, levels)
	b := [2]float64{}
	likelihood := x.likelihood(b)
	for range 200 {
		step, ok := x.at(b).step()
		if !ok {
			return LinkFit{}, noTransition("the fit of the %s curve is singular", k.name)
		}
		next, better := x.climb(b, step, likelihood)
		if better-likelihood < 1e-12*(1+math.Abs(better)) && math.Abs(next[0]-b[0])+math.Abs(next[1]-b[1]) < 1e-9 {
			b = next
			break
		}
		b, likelihood = next, better
	}
	if b[1] >= 0 {
		return LinkFit{}, noTransition("the retrieved fraction does not fall")
	}
	return x.fit(b), nil
}

// overlapping says whether the likelihood has a maximum: the highest load with a
// hit must lie above the lowest load with a miss, or else a curve that jumps
// between them is better than any other (Albert & Anderson, Biometrika 71, 1
// (1984)).
func overlapping(levels []Tally) error {
	lowestMiss, highestHit := math.Inf(1), math.Inf(-1)
	lowestHit, highestMiss := math.Inf(1), math.Inf(-1)
	for _, l := range levels {
		if l.Hits > 0 {
			lowestHit, highestHit = min(lowestHit, l.Alpha), max(highestHit, l.Alpha)
		}
		if l.Hits < l.Cues {
			lowestMiss, highestMiss = min(lowestMiss, l.Alpha), max(highestMiss, l.Alpha)
		}
	}
	switch {
	case math.IsInf(highestHit, 0):
		return noTransition("nothing was retrieved")
	case math.IsInf(lowestMiss, 0):
		return noTransition("everything was retrieved")
	case highestHit <= lowestMiss || highestMiss <= lowestHit:
		return noTransition("no two loads have both hits and misses")
	}
	return nil
}

// scores evaluates a likelihood and its derivatives.
type scores struct {
	link         Link
	levels       []Tally
	origin, unit float64
}

func newScores(k Link, levels []Tally) *scores {
	first, last := levels[0].Alpha, levels[len(levels)-1].Alpha
	return &scores{k, levels, (first + last) / 2, (last - first) / 2}
}

func (x *scores) argument(b [2]float64, l Tally) (t, eta float64) {
	t = (l.Alpha - x.origin) / x.unit
	return t, math.Max(-x.link.limit, math.Min(x.link.limit, b[0]+b[1]*t))
}

func (x *scores) likelihood(b [2]float64) float64 {
	sum := 0.0
	for _, l := range x.levels {
		_, eta := x.argument(b, l)
		sum += times(l.Hits, math.Log(x.link.cdf(eta))) + times(l.Cues-l.Hits, math.Log(x.link.cdf(-eta)))
	}
	return sum
}

// times is n·log, where nothing times −∞ is nothing.
func times(n, log float64) float64 {
	if n == 0 {
		return 0
	}
	return n * log
}

// information is the gradient of the likelihood and the Fisher matrix
// [a b; b c] of (b₀, b₁).
type information struct{ g0, g1, a, b, c float64 }

func (x *scores) at(b [2]float64) information {
	var f information
	for _, l := range x.levels {
		t, eta := x.argument(b, l)
		hit, miss, slope := x.link.cdf(eta), x.link.cdf(-eta), x.link.density(eta)
		// Both quotients are finite: slope falls no slower than either tail but for
		// a factor of order eta.
		score := l.Hits*slope/hit - (l.Cues-l.Hits)*slope/miss
		weight := l.Cues * (slope / hit) * (slope / miss)
		f.g0 += score
		f.g1 += score * t
		f.a += weight
		f.b += weight * t
		f.c += weight * t * t
	}
	return f
}

func (f information) determinant() float64 { return f.a*f.c - f.b*f.b }

// step is the inverse of the Fisher matrix times the gradient.
func (f information) step() (d [2]float64, ok bool) {
	det := f.determinant()
	if !(det > 1e-14*f.a*f.c) {
		return d, false
	}
	return [2]float64{(f.c*f.g0 - f.b*f.g1) / det, (f.a*f.g1 - f.b*f.g0) / det}, true
}

// climb goes along the step, by halves of it until the likelihood does not fall.
func (x *scores) climb(b, step [2]float64, likelihood float64) (next [2]float64, better float64) {
	for share := 1.0; share > 1e-6; share /= 2 {
		next = [2]float64{b[0] + share*step[0], b[1] + share*step[1]}
		if better = x.likelihood(next); better >= likelihood {
			return next, better
		}
	}
	return b, likelihood
}

// fit expresses b by α_½ = −b₀/b₁ and w = 2·quartile/|b₁|, and its covariance by
// theirs.
func (x *scores) fit(b [2]float64) LinkFit {
	f := x.at(b)
	det := f.determinant()
	halfBy0, halfBy1 := -1/b[1], b[0]/(b[1]*b[1])
	variance := (halfBy0*halfBy0*f.c - 2*halfBy0*halfBy1*f.b + halfBy1*halfBy1*f.a) / det
	width := -2 * x.link.quartile / b[1]
	return LinkFit{
		Link:       x.link,
		Transition: Transition{Half: x.origin - x.unit*b[0]/b[1], Width: x.unit * width},
		HalfError:  x.unit * math.Sqrt(variance),
		WidthError: x.unit * math.Abs(width/b[1]) * math.Sqrt(f.a/det),
		Deviance:   2 * (saturated(x.levels) - x.likelihood(b)),
	}
}

// saturated is the likelihood when each level has its own fraction.
func saturated(levels []Tally) float64 {
	sum := 0.0
	for _, l := range levels {
		p := l.Fraction()
		sum += times(l.Hits, math.Log(p)) + times(l.Cues-l.Hits, math.Log(1-p))
	}
	return sum
}
