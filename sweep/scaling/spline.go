package scaling

import "math"

// Spline takes the distribution of thresholds for a mixture of cubic B-splines,
// so that the retrieved fraction is a falling quartic spline between 1 and 0
// whatever the weights (the I-splines of Ramsay, Stat. Sci. 3, 425 (1988)).
// A trial at load α tells no more of the threshold of its pattern set than on
// which side of α it lies; the weights of greatest likelihood for such data come
// from expectation and maximisation (Turnbull, J. R. Stat. Soc. B 38, 290 (1976)).
type Spline struct{}

var _ Estimator = Spline{}

// The knots lie half a width apart, out to four widths: a spline is then a good
// deal narrower than the transition, and the mixture has hardly more freedom than
// there are levels. The ascent stops early for the same reason.
const (
	knotsPerWidth = 2
	splineReach   = 4
	splineSteps   = 100
)

// Name is "spline".
func (Spline) Name() string { return "spline" }

// Estimate reads the crossings of ½, ¾ and ¼ off the spline.
func (Spline) Estimate(levels []Tally) (Transition, error) {
	start, err := Probit.Fit(levels)
	if err != nil {
		return Transition{}, err
	}
	m := newMixture(levels, start)
	for range splineSteps {
		m.improve(levels)
	}
	half := m.crossing(0.5)
	if half < levels[0].Alpha || half > levels[len(levels)-1].Alpha {
		return Transition{}, noTransition("the retrieved fraction does not pass 1/2")
	}
	return Transition{half, m.crossing(0.25) - m.crossing(0.75)}, nil
}

// mixture is a distribution of thresholds, Σ_k weight_k B((α − centre_k)/spacing).
type mixture struct {
	first, spacing float64
	weights        []float64
	above          [][]float64 // shape (levels, splines): share of the spline above the level
}

// newMixture starts from the fitted normal distribution, to which the ascent
// returns wherever the data leave it free.
func newMixture(levels []Tally, f LinkFit) *mixture {
	const splines = 2*splineReach*knotsPerWidth + 1
	m := &mixture{
		first:   f.Half - splineReach*f.Width,
		spacing: f.Width / knotsPerWidth,
		weights: make([]float64, splines),
		above:   make([][]float64, len(levels)),
	}
	for k := range m.weights {
		low, high := m.centre(k)-m.spacing/2, m.centre(k)+m.spacing/2
		m.weights[k] = f.P(low) - f.P(high)
	}
	for i, l := range levels {
		m.above[i] = make([]float64, splines)
		for k := range m.above[i] {
			m.above[i][k] = 1 - cubicCDF((l.Alpha-m.centre(k))/m.spacing)
		}
	}
	return m
}

func (m *mixture) centre(k int) float64 { return m.first + m.spacing*float64(k) }

// cubicCDF is the integral of the cubic B-spline with knots −2, −1, 0, 1, 2 up to x,
// Σ_j (−1)^j C(4,j) (x+2−j)₊⁴/24, where only the first two terms count up to x = 0.
func cubicCDF(x float64) float64 {
	if x > 0 {
		return 1 - cubicCDF(-x)
	}
	fourth := func(d float64) float64 { return d * d * d * d }
	return (fourth(math.Max(0, x+2)) - 4*fourth(math.Max(0, x+1))) / 24
}

// improve makes one step of expectation and maximisation: each weight becomes the
// expected share of the thresholds that belong to its spline.
func (m *mixture) improve(levels []Tally) {
	share := make([]float64, len(m.weights))
	total := 0.0
	for i, l := range levels {
		p, mass := 0.0, 0.0
		for k, w := range m.weights {
			p += w * m.above[i][k]
			mass += w
		}
		hit, miss := perPart(l.Hits, p), perPart(l.Cues-l.Hits, mass-p)
		for k, w := range m.weights {
			share[k] += w * (hit*m.above[i][k] + miss*(1-m.above[i][k]))
		}
		total += l.Cues
	}
	for k := range share {
		m.weights[k] = share[k] / total
	}
}

// perPart is n/p, where no events need no probability.
func perPart(n, p float64) float64 {
	if n == 0 {
		return 0
	}
	return n / p
}

// crossing is the load where a fraction p of the mixture's thresholds lies above,
// found by bisection: the mixture falls everywhere.
func (m *mixture) crossing(p float64) float64 {
	low, high := m.first-2*m.spacing, m.centre(len(m.weights)-1)+2*m.spacing
	for range 60 {
		middle := (low + high) / 2
		if m.fraction(middle) > p {
			low = middle
		} else {
			high = middle
		}
	}
	return (low + high) / 2
}

func (m *mixture) fraction(alpha float64) float64 {
	above, mass := 0.0, 0.0
	for k, w := range m.weights {
		above += w * (1 - cubicCDF((alpha-m.centre(k))/m.spacing))
		mass += w
	}
	return math.Min(1, above/mass)
}
