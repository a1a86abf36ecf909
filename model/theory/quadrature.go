package theory

import (
	"math"

	"gonum.org/v1/gonum/integrate/quad"
)

// A rule is a quadrature rule for one weight function: Σ w_k f(x_k) ≈ ∫ w f.
//
// The nodes are gonum's Gauss–Legendre nodes on the interval that carries the
// weight to 10^{-17}. quad.Hermite has the Gaussian weight built in, but its
// nodes spread with √n: for tanh(βh), whose poles lie at a distance π/(2βΔ) from
// the axis, it converges like exp(−c√n) only, where Legendre converges like exp(−cn).
// quad.Fixed would compute the nodes anew in every call.
type rule struct{ x, w []float64 }

func newRule(points int, end float64, weight func(float64) float64) rule {
	r := rule{make([]float64, points), make([]float64, points)}
	quad.Legendre{}.FixedLocations(r.x, r.w, -end, end)
	for i, x := range r.x {
		r.w[i] *= weight(x)
	}
	return r
}

var (
	gaussian = newRule(160, 9, normal) // Dz
	logistic = newRule(240, 18.5, func(x float64) float64 { return sech2(x) / 2 })
)

// panels joins Gauss–Legendre rules of the same number of points on the intervals
// between the ends.
func panels(points int, ends ...float64) rule {
	var r rule
	x, w := make([]float64, points), make([]float64, points)
	for i := range ends[1:] {
		quad.Legendre{}.FixedLocations(x, w, ends[i], ends[i+1])
		r.x, r.w = append(r.x, x...), append(r.w, w...)
	}
	return r
}

func sech2(x float64) float64 { return 1 / (math.Cosh(x) * math.Cosh(x)) }

// normal is the Gaussian density e^{−x²/2}/√(2π).
func normal(x float64) float64 { return math.Exp(-x*x/2) / math.Sqrt(2*math.Pi) }

// A fieldAverage holds averages over a Gaussian local field h = m + Δz, z ~ Dz,
// at temperature T:
//
//	m = ⟨tanh βh⟩, wrong = ½⟨1 − tanh βh⟩, and derivatives with respect to the
//	mean field,
//	c = ⟨β sech² βh⟩ = β(1−q),  c1 = ∂c/∂m,  c2 = ∂²c/∂m²,
//	c4 = ⟨β² sech⁴ βh⟩,
//	phi = ⟨T ln 2cosh βh⟩.
type fieldAverage struct{ m, wrong, c, c1, c2, c4, phi float64 }

// averageField evaluates the averages by quadrature. For Δ < T the integrand is
// smooth in z. For Δ > T it has a step of width T/Δ, and it is smooth after
// the step has been taken as an average over x with density ½ sech²x,
//
//	tanh βh = ⟨sgn(h − Tx)⟩_x,   ⟨tanh βh⟩ = ⟨erf((m − Tx)/(√2 Δ))⟩_x,
//
// a form that stays exact down to T = 0.
func averageField(m, delta, temperature float64) fieldAverage {
	if delta < temperature {
		return averageOverNoise(m, delta, temperature)
	}
	return averageOverThermal(m, delta, temperature)
}

func averageOverNoise(m, delta, temperature float64) fieldAverage {
	var a fieldAverage
	beta := 1 / temperature
	for i, z := range gaussian.x {
		w := gaussian.w[i]
		x := beta * (m + delta*z)
		t := math.Tanh(x)
		s := 1 - t*t
		a.m += w * t
		a.wrong += w / (1 + math.Exp(2*x))
		a.c += w * beta * s
		a.c1 -= w * beta * beta * 2 * t * s
		a.c2 += w * beta * beta * beta * s * (6*t*t - 2)
		a.c4 += w * beta * beta * s * s
		a.phi += w * (math.Abs(x) + math.Log1p(math.Exp(-2*math.Abs(x)))) * temperature
	}
	return a
}

// averageOverThermal uses that ⟨β sech² βh⟩ = ⟨2p(Tx)⟩_x for p the density of h,
// and likewise ⟨β sech⁴ βh⟩ = ⟨2p(Tx) sech²x⟩_x.
func averageOverThermal(m, delta, temperature float64) fieldAverage {
	var a fieldAverage
	for i, x := range logistic.x {
		w := logistic.w[i]
		u := (m - temperature*x) / delta
		gauss := normal(u)
		step := math.Erf(u / math.Sqrt2)
		density := 2 * w * gauss / delta
		a.m += w * step
		a.wrong += w * distribution(-u)
		a.c += density
		a.c1 -= density * u / delta
		a.c2 += density * (u*u - 1) / (delta * delta)
		a.c4 += density * sech2(x) / temperature
		a.phi += w * delta * (u*step + 2*gauss)
	}
	return a
}
