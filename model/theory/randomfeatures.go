package theory

import (
	"fmt"
	"math"
)

// A RandomFeaturesPoint is a replica-symmetric state at T = 0 of a Hebb network whose
// patterns are made of random features.
type RandomFeaturesPoint struct {
	Alpha, AlphaD float64 // loads K/N of patterns and D/N of features
	M             float64 // overlap with the retrieved pattern or feature
	Error         float64 // (1−m)/2
	Sigma         float64 // deviation of the local field, √(αq̂)
	DeltaQ        float64 // susceptibility δq
}

// Weights of the linear part of the sign of a Gaussian, and of the rest.
const (
	linearWeight = 2 / math.Pi      // κ₁²
	restWeight   = 1 - linearWeight // κ_*²
)

// RandomFeaturesPattern solves the replica-symmetric equations at T = 0 for the
// retrieval of a pattern
//
//	ξ_i^μ = sgn(z_i^μ),  z_i^μ = D^{−1/2} Σ_{k=1}^D c_k^μ F_ki,
//
// F_ki = ±1, c Gaussian, D = α_D N, K = αN, with Hebb couplings (Negri, Lauditi,
// Perugini, Lucibello and Malatesta, Phys. Rev. Lett. 131, 257301 (2023)). With
// κ₁² = 2/π, κ_*² = 1 − κ₁², τ = α/α_D and σ² = αq̂,
//
//	m = ⟨erf(h/(√2 σ))⟩,  δq = ⟨2φ(h/σ)⟩/σ,  h = m + τp̂rz,  r = ⟨z erf(h/(√2 σ))⟩,
//	p̂ = κ₁²/(1 − κ₁²δp − κ_*²δq),  δp = δq/(1 − τδq p̂),
//	p  = r²/α_D + (1 + τδq² r̂)/(1 − τδq p̂)²,
//	r̂ = κ₁²(κ₁²p + κ_*²)/(1 − κ₁²δp − κ_*²δq)²,
//	q̂ = κ_*²(κ₁²p + κ_*²)/(1 − κ₁²δp − κ_*²δq)² + (r̂ + τp̂²)/(1 − τδq p̂)²,
//
// φ the normal density and ⟨·⟩ the average over z = |z^1|, half of a Gaussian. r is the
// overlap of the state with the retrieved z. A state near a pattern has it, because
// the pattern is made of the features: through them the other patterns add to the
// signal, τp̂rz, and far more to the noise, r²/α_D.
//
// The published code solves h = m and p without r²/α_D at T = 0, and so finds the
// capacities 0.117, 0.126, 0.131 and 0.135 at α_D = 0.5, 1, 2, 5. At α = 0.06,
// α_D = 0.3 it gives m = 0.99991, these equations 0.9902, and networks of
// N = 2400 have 0.988.
//
// With b = m/σ, l = τp̂r/σ and d = σδq = 2⟨φ(b+lz)⟩ given, m, σ = m/b and
//
//	t = √(2/π) erf(b/√2) = r(1−u),  u = τδq p̂ = ld/(t+ld)
//
// (r by partial integration) are explicit, and so, with w = 1/(1−u)²,
// g = σ − d, x = u/d and G = g − κ₁²ld²/t, are
//
//	v = u²/τ = κ₁²d²x/G,
//	(1 − α_D l²/t²)(1 − vw) = α_D (v/d²)(κ_*²+κ₁²w)(κ_*²+κ₁²w+κ₁²r²/α_D)/κ₁⁴,
//
// one equation for l at given b, and α = α_D xG/κ₁² has one maximum over b. For
// α_D → ∞ this is [AGSZero].
//
// Validity: 10⁻⁴ ≤ α_D ≤ 10⁸, α at least 10⁻⁶ of the capacity; beyond the capacity a
// [*DomainError].
func RandomFeaturesPattern(alpha, alphaD float64) (RandomFeaturesPoint, error) {
	alphaC, _, err := RandomFeaturesPatternCapacity(alphaD)
	if err != nil {
		return RandomFeaturesPoint{}, err
	}
	alpha, err = belowCapacity(alpha, 1e-6*alphaC, alphaC, fmt.Sprintf("at alpha_D = %.12g", alphaD))
	if err != nil {
		return RandomFeaturesPoint{}, err
	}
	top, err := patternTop(alphaD)
	if err != nil {
		return RandomFeaturesPoint{}, err
	}
	var failed error
	b, err := zero(fmt.Sprintf("pattern of random features at alpha = %.6g, alpha_D = %.6g", alpha, alphaD), func(b float64) float64 {
		s, err := newPatternState(alphaD, b)
		failed = first(failed, err)
		return s.alpha - alpha
	}, top, math.Max(top, (1+1e-9)/math.Sqrt(alpha))) // the noise is at least Hebb's
	if err := first(failed, err); err != nil {
		return RandomFeaturesPoint{}, err
	}
	s, err := newPatternState(alphaD, b)
	return RandomFeaturesPoint{alpha, alphaD, 1 - 2*s.wrong, s.wrong, s.sigma, s.d / s.sigma}, err
}

// RandomFeaturesPatternCapacity returns the largest load α at which patterns are
// retrieved, and the overlap there. It tends to [AGSCapacity] for α_D → ∞.
func RandomFeaturesPatternCapacity(alphaD float64) (alphaC, mC float64, err error) {
	top, err := patternTop(alphaD)
	if err != nil {
		return 0, 0, err
	}
	s, err := newPatternState(alphaD, top)
	return s.alpha, 1 - 2*s.wrong, err
}

// patternTop returns the b at which α is largest.
func patternTop(alphaD float64) (float64, error) {
	if err := within("alpha_D", alphaD, 1e-4, 1e8); err != nil {
		return 0, err
	}
	var failed error
	b := maximum(func(b float64) float64 {
		s, err := newPatternState(alphaD, b)
		failed = first(failed, err)
		return s.alpha
	}, 1, 8)
	return b, failed
}

// A patternState is the solution of [RandomFeaturesPattern] with a given b.
type patternState struct{ wrong, sigma, d, alpha float64 }

// newPatternState solves the equation for l, multiplied by G. Its left-hand side falls
// from g to 0 before l = t/√α_D, and its right-hand side rises from 0.
func newPatternState(alphaD, b float64) (patternState, error) {
	const k, rest = linearWeight, restWeight
	t := math.Sqrt(k) * math.Erf(b/math.Sqrt2)
	var s patternState
	excess := func(l float64) float64 {
		s = patternMoments(b, l)
		stretch := 1 + l*s.d/t // 1/(1−u)
		x, w := l/(t*stretch), stretch*stretch
		gap := s.sigma - s.d - k*l*s.d*s.d/t
		s.alpha = alphaD * x * gap / k
		noise := rest + k*w
		return (1-alphaD*l*l/(t*t))*(gap-k*s.d*s.d*x*w) - x*noise*(alphaD*noise+k*t*t*w)/k
	}
	l, err := zero("random features: response", excess, 0, t/math.Sqrt(alphaD))
	excess(l)
	return s, err
}

// patternMoments averages over z. With S = √(1+l²),
//
//	d = (4/S) φ(b/S) Φ(−bl/S).
func patternMoments(b, l float64) patternState {
	wrong := 0.0
	for i, z := range halfGaussian.x {
		wrong += halfGaussian.w[i] * tail(b+l*z)
	}
	root := math.Hypot(1, l)
	return patternState{
		wrong: wrong, sigma: (1 - 2*wrong) / b,
		d: 4 / root * normal(b/root) * distribution(-b*l/root),
	}
}

// halfGaussian is the rule of |z|, z normal.
var halfGaussian = newHalfGaussian()

func newHalfGaussian() rule {
	r := panels(40, 0, 3, 9)
	for i, z := range r.x {
		r.w[i] *= 2 * normal(z)
	}
	return r
}

// RandomFeatures solves the equations of [RandomFeaturesPattern] for the retrieval of
// a feature F_k, which was never stored: there z = 1, h = τp̂m, r = m = erf(y) with
// y = h/(√2 σ). Then u = (2/√π) y e^{−y²}/erf(y), d = √(2/π) e^{−y²}, and with
// b = κ₁²(m²/α_D + w) + κ_*²
//
//	α = α_D u² [w + α_D(κ_*²+κ₁²w) b/(κ₁⁴(d² − α_D u² w))]
//
// is explicit. It has one minimum over y, the load where learning begins: features
// are retrieved above it. α → ∞ is a Hebb network of the features, so α_D must be below
// [AGSCapacity].
//
// Validity: 10⁻¹² ≤ α_D < 0.137905…, α ≤ 10¹⁰; below the transition a [*DomainError].
//
// The published code of Negri et al. solves r̂ without its square in this phase,
// with which its own free energy is not stationary, and so its transition lies 2 to 6 per cent
// lower in α: 0.092, 0.21, 0.78 at α_D = 0.01, 0.02, 0.05.
func RandomFeatures(alpha, alphaD float64) (RandomFeaturesPoint, error) {
	alphaC, _, err := RandomFeaturesTransition(alphaD)
	if err != nil {
		return RandomFeaturesPoint{}, err
	}
	if !(alpha >= alphaC*(1-1e-12) && alpha <= 1e10) {
		return RandomFeaturesPoint{}, &DomainError{"alpha", alpha, fmt.Sprintf(
			"%.12g <= alpha <= 1e10, above the transition at alpha_D = %.12g", alphaC, alphaD)}
	}
	alpha = math.Max(alpha, alphaC)
	bottom, end, err := featureBottom(alphaD)
	if err != nil {
		return RandomFeaturesPoint{}, err
	}
	y, err := zero(fmt.Sprintf("random feature at alpha = %.6g, alpha_D = %.6g", alpha, alphaD), func(y float64) float64 {
		return 1/featureLoad(alphaD, y) - 1/alpha
	}, bottom, end)
	if err != nil {
		return RandomFeaturesPoint{}, err
	}
	deviation := featureDeviation(alpha/alphaD, y)
	return RandomFeaturesPoint{
		alpha, alphaD, math.Erf(y), math.Erfc(y) / 2, deviation, 2 * normal(math.Sqrt2*y) / deviation,
	}, nil
}

// RandomFeaturesTransition returns the smallest load α at which features are
// retrieved, and the overlap there.
func RandomFeaturesTransition(alphaD float64) (alphaC, mC float64, err error) {
	y, _, err := featureBottom(alphaD)
	if err != nil {
		return 0, 0, err
	}
	return featureLoad(alphaD, y), math.Erf(y), nil
}

// featureBottom returns the y at which featureLoad is smallest, and the end of the
// interval in which it is finite, g² > α_D with g = σ − d of [NonlinearHebb].
func featureBottom(alphaD float64) (bottom, end float64, err error) {
	alphaC, _ := AGSCapacity()
	if !(alphaD >= 1e-12 && alphaD < alphaC) {
		return 0, 0, &DomainError{"alpha_D", alphaD, fmt.Sprintf("1e-12 <= alpha_D < %.12g, the capacity for features", alphaC)}
	}
	excess := func(y float64) float64 { return agsLoad(y) - math.Sqrt(2*alphaD) }
	start, err1 := zero("feature at infinite load", excess, 0, agsFold())
	end, err2 := zero("feature at infinite load", excess, agsFold(), 1/math.Sqrt(2*alphaD)+1)
	if err := first(err1, err2); err != nil {
		return 0, 0, err
	}
	return maximum(func(y float64) float64 { return 1 / featureLoad(alphaD, y) }, start, end), end, nil
}

// featureLoad returns α at given y, infinite where there is no state.
func featureLoad(alphaD, y float64) float64 {
	const k, rest = linearWeight, restWeight
	sigma, g, d := sigma(y), agsLoad(y)/math.Sqrt2, 2*normal(math.Sqrt2*y)
	u, w := d/sigma, sigma*sigma/(g*g)
	m := math.Erf(y)
	// d² − α_D u² w, over u²
	room := (g - math.Sqrt(alphaD)) * (g + math.Sqrt(alphaD)) * w
	if room <= 0 {
		return math.Inf(1)
	}
	b := k*(m*m/alphaD+w) + rest
	return alphaD * (u*u*w + alphaD*(rest+k*w)*b/(k*k*room))
}

// featureDeviation returns σ = d/δq from τ = (u/κ₁²)[1/δq − κ₁²/(1−u) − κ_*²].
func featureDeviation(tau, y float64) float64 {
	sigma, g, d := sigma(y), agsLoad(y)/math.Sqrt2, 2*normal(math.Sqrt2*y)
	return linearWeight*tau*sigma + d*(linearWeight*sigma/g+restWeight)
}
