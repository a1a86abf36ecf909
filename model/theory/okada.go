package theory

import "math"

// okada is a trajectory of [AllOrders]; row t of a matrix holds its columns 0 to t.
type okada struct {
	alpha      float64
	m, u       []float64   // overlap of s_t; response U_t
	covariance [][]float64 // C_tτ, 0 beyond the horizon
}

func newOkada(alpha, m0 float64) *okada {
	return &okada{alpha, []float64{m0}, []float64{0}, [][]float64{{alpha}}}
}

func (h *okada) now() FieldMoment {
	t := len(h.m) - 1
	return FieldMoment{t, h.m[t], h.sigma(t)}
}

func (h *okada) sigma(t int) float64 { return math.Sqrt(h.covariance[t][t]) }

func (h *okada) advance() {
	t := len(h.m) - 1
	sigma := h.sigma(t)
	h.m = append(h.m, math.Erf(h.m[t]/(math.Sqrt2*sigma)))
	h.u = append(h.u, response(h.m[t], sigma))
	row := make([]float64, t+2)
	g := 0.0
	for tau := h.horizon(); tau <= t; tau++ {
		g = h.correlation(tau) + h.u[tau]*g
		row[tau] = h.alpha*g + h.u[t+1]*h.covariance[t][tau]
	}
	g = 1 + h.u[t+1]*g
	row[t+1] = h.alpha*g + h.u[t+1]*row[t]
	h.covariance = append(h.covariance, row)
}

// horizon returns the earliest time that still counts at the next one: what lies
// before enters multiplied by all U since.
func (h *okada) horizon() int {
	const negligible = 1e-19
	weight := 1.0
	for tau := len(h.u) - 1; tau > 0; tau-- {
		weight *= h.u[tau]
		if weight < negligible {
			return tau
		}
	}
	return 0
}

// correlation returns q_{t+1,τ} = ⟨s_{t+1} s_τ⟩, where s_τ is sgn(m_{τ−1} + z_{τ−1}),
// or the cue.
func (h *okada) correlation(tau int) float64 {
	t := len(h.m) - 2
	if tau == 0 {
		return h.m[t+1] * h.m[0]
	}
	tau--
	st, stau := h.sigma(t), h.sigma(tau)
	return signCorrelation(h.m[t]/st, h.m[tau]/stau, h.covariance[t][tau]/(st*stau))
}

// signCorrelation returns ⟨sgn(a+x) sgn(b+y)⟩ for a, b > 0 and normal x, y with
// correlation |ρ| < 1, by Owen's function (Ann. Math. Stat. 27, 1075 (1956)):
//
//	1 − 4 T(a, (b−ρa)/(aκ)) − 4 T(b, (a−ρb)/(bκ)),  κ = √(1−ρ²).
//
// It keeps its digits where a → b and ρ → 1 and the signs become equal.
func signCorrelation(a, b, rho float64) float64 {
	root := math.Sqrt(math.Max((1-rho)*(1+rho), math.SmallestNonzeroFloat64))
	return 1 - 4*owenT(a, (b-rho*a)/(a*root)) - 4*owenT(b, (a-rho*b)/(b*root))
}

// owenT returns T(h, x) = (1/2π) ∫₀ˣ e^{−h²(1+u²)/2}/(1+u²) du for h > 0, with
// |x| > 1 reflected into |x| < 1 by
//
//	T(h, x) = ½[Φ(h)Φ(−hx) + Φ(−h)Φ(hx)] − T(hx, 1/x),  x > 0.
func owenT(h, x float64) float64 {
	switch {
	case x < 0:
		return -owenT(h, -x)
	case x > 1:
		y := h * x
		return (distribution(h)*distribution(-y)+distribution(-h)*distribution(y))/2 - owenT(y, 1/x)
	}
	const widths = 9 // e^{−h²u²/2} is negligible beyond u = 9/h
	end := math.Min(x, widths/h)
	unit := &unitMany
	if end < 0.4 && h*end < 1.5 {
		unit = &unitFew
	}
	sum := 0.0
	for i, v := range unit.x {
		u := end * v
		sum += unit.w[i] * math.Exp(-h*h*(1+u*u)/2) / (1 + u*u)
	}
	return end * sum / (2 * math.Pi)
}

// Gauss–Legendre on 0 < v < 1; ten points do for an integrand that varies little.
var unitMany, unitFew = panels(28, 0, 1), panels(10, 0, 1)
