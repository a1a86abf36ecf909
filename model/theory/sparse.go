package theory

import (
	"fmt"
	"math"
)

// SparseFields says on which states the fields of a network of 0/1 neurons act, and
// so what its noise and its reaction are.
type SparseFields int

// The states on which fields act.
const (
	FieldsOnV       SparseFields = iota // Σ_j J_ij V_j, pattern bits independent
	FieldsOnVMinusF                     // Σ_j J_ij (V_j − f), pattern bits independent
	ExactCounts                         // Σ_j J_ij V_j, each pattern with exactly fN ones
	fieldsOnSpins                       // Σ_j J_ij (V_j − ½), the network of ±1 spins
)

func (s SparseFields) String() string {
	return [...]string{"V", "V-f", "exact", "spins"}[s]
}

// A SparsePoint is the replica-symmetric retrieval state at T = 0 of a sparse network.
type SparsePoint struct {
	F          float64 // activity of the patterns
	Alpha      float64 // load K/N
	Theta      float64 // threshold
	M          float64 // overlap Σ(η_i−f)V_i/(Nf(1−f)) with the retrieved pattern
	Activity   float64 // mean activity A
	Missing    float64 // the share of the ones of the pattern that are 0
	Spurious   float64 // the share of its zeros that are 1
	C          float64 // the susceptibility
	Bits       float64 // α [−f log₂ f − (1−f) log₂(1−f)], stored bits per coupling
	BitsGained float64 // α times the mutual information of η_i and V_i, in bits
}

// NewSparseCapacity returns the largest load with a retrieval state, at the best
// threshold, from the replica-symmetric equations at T = 0 of
//
//	J_ij = (1/(Nf(1−f))) Σ_μ (η_i^μ − f)(η_j^μ − f),  J_ii = 0,
//	V_i = 1 if h_i > θ, 0 else,
//
// η = 1 with probability f (Tsodyks and Feigel'man, Europhys. Lett. 6, 101 (1988)).
// With H(x) = ½ erfc(x/√2), φ the normal density and
//
//	x₁ = (θ' − (1−f)m)/σ,  x₀ = (θ' + fm)/σ,
//	m = H(x₁) − H(x₀),  A = fH(x₁) + (1−f)H(x₀),
//	C = [fφ(x₁) + (1−f)φ(x₀)]/σ,  σ² = αq/(1−C)²,  Γ = αC/(1−C),
//
// the fields differ in the noise q = ⟨(V−v)²⟩ and in the reaction Γ(V−v), which shifts
// the threshold:
//
//	on V:          q = A,             θ' = θ − Γ/2,
//	on V − f:      q = A − 2fA + f²,  θ' = θ − Γ(½ − f),
//	exact counts:  q = A(1−A),        θ' = θ + αA/(1−C) − Γ/2.
//
// At given x₁ < x₀ everything is explicit,
//
//	σ = m/(x₀−x₁),  α = [σ − fφ(x₁) − (1−f)φ(x₀)]²/q,
//
// and α_c is the maximum over both, the fold at the best threshold ([Sparse] has the
// curve at a given one). At f = ½ fields on
// V − f give α_c of [AGSCapacity] at θ = 0, fields on V about half of it.
//
// Validity: 10⁻¹² ≤ f ≤ 0.99.
func NewSparseCapacity(f float64, fields SparseFields) (SparsePoint, error) {
	if err := first(within("f", f, 1e-12, 0.99), within("fields", float64(fields), 0, 2)); err != nil {
		return SparsePoint{}, err
	}
	s, err := sparseOptimum(f, fields)
	if err != nil {
		return SparsePoint{}, err
	}
	return s.point(s.alpha()), nil
}

// SparseAsymptote returns 1/(2f|ln f|), to which α_c tends for f → 0 (Tsodyks and
// Feigel'man 1988), 0 < f < 1. The approach is extremely slow: at f = 10⁻⁴ α_c is
// still half of it.
func SparseAsymptote(f float64) (float64, error) {
	if err := within("f", f, 1e-300, 0.99); err != nil {
		return 0, err
	}
	return -1 / (2 * f * math.Log(f)), nil
}

// tail returns H(x) = ½ erfc(x/√2).
func tail(x float64) float64 { return math.Erfc(x/math.Sqrt2) / 2 }

// entropy returns −p log₂ p − (1−p) log₂(1−p).
func entropy(p float64) float64 {
	if p <= 0 || p >= 1 {
		return 0
	}
	return (-p*math.Log(p) - (1-p)*math.Log1p(-p)) / math.Ln2
}

// A sparseState is a solution of [NewSparseCapacity] with given x₁ and x₀.
type sparseState struct {
	f      float64
	fields SparseFields
	x1, x0 float64
}

func (s sparseState) m() float64        { return tail(s.x1) - tail(s.x0) }
func (s sparseState) sigma() float64    { return s.m() / (s.x0 - s.x1) }
func (s sparseState) activity() float64 { return s.f*tail(s.x1) + (1-s.f)*tail(s.x0) }

// susceptibility returns C.
func (s sparseState) susceptibility() float64 {
	return (s.f*normal(s.x1) + (1-s.f)*normal(s.x0)) / s.sigma()
}

// gap returns σ(1−C).
func (s sparseState) gap() float64 { return s.sigma() * (1 - s.susceptibility()) }

// noise returns q.
func (s sparseState) noise() float64 {
	a := s.activity()
	switch s.fields {
	case FieldsOnVMinusF:
		return a*(1-2*s.f) + s.f*s.f
	case ExactCounts:
		return a * (1 - a)
	case fieldsOnSpins:
		return 0.25
	}
	return a
}

// noiseSlope returns dq/dA.
func (s sparseState) noiseSlope() float64 {
	switch s.fields {
	case FieldsOnVMinusF:
		return 1 - 2*s.f
	case ExactCounts:
		return 1 - 2*s.activity()
	case fieldsOnSpins:
		return 0
	}
	return 1
}

// point returns the state as the result of a curve.
func (s sparseState) point(alpha float64) SparsePoint {
	one, zero := tail(s.x1), tail(s.x0)
	return SparsePoint{
		F: s.f, Alpha: alpha, Theta: s.theta(), M: s.m(), Activity: s.activity(),
		Missing: tail(-s.x1), Spurious: zero, C: s.susceptibility(),
		Bits:       alpha * entropy(s.f),
		BitsGained: alpha * (entropy(s.activity()) - s.f*entropy(one) - (1-s.f)*entropy(zero)),
	}
}

// alpha is the load of the state, negative where C > 1.
func (s sparseState) alpha() float64 {
	g := s.gap()
	return math.Copysign(g*g/s.noise(), g)
}

// theta returns the threshold θ.
func (s sparseState) theta() float64 {
	c := s.susceptibility()
	shifted := s.x0*s.sigma() - s.f*s.m()
	reaction := s.alpha() * c / (1 - c)
	switch s.fields {
	case FieldsOnVMinusF:
		return shifted + reaction*(0.5-s.f)
	case ExactCounts:
		return shifted - s.alpha()*s.activity()/(1-c) + reaction/2
	case fieldsOnSpins:
		return shifted
	}
	return shifted + reaction/2
}

// slopes returns the derivatives of ln α with respect to x₁ and x₀.
func (s sparseState) slopes() (d1, d0 float64) {
	width, sigma := s.x0-s.x1, s.sigma()
	one, zero := s.f*normal(s.x1), (1-s.f)*normal(s.x0)
	g, q := s.gap(), s.noise()
	g1 := (sigma-normal(s.x1))/width + s.x1*one
	g0 := (normal(s.x0)-sigma)/width + s.x0*zero
	return 2*g1/g + s.noiseSlope()*one/q, 2*g0/g + s.noiseSlope()*zero/q
}

// sparseOptimum maximises α: on a grid first, then by Newton's method for the slopes.
func sparseOptimum(f float64, fields SparseFields) (sparseState, error) {
	const step = 0.1
	best, top := sparseState{}, 0.0
	for x0 := -2.0; x0 < math.Sqrt(-2*math.Log(f))+3; x0 += step {
		for x1 := -math.Sqrt(-2*math.Log1p(-f)) - 3; x1 < x0-step/2; x1 += step {
			if s := (sparseState{f, fields, x1, x0}); s.alpha() > top {
				best, top = s, s.alpha()
			}
		}
	}
	const steps, h = 60, 1e-5
	for range steps {
		d1, d0 := best.slopes()
		a, b := sparseState{f, fields, best.x1 + h, best.x0}, sparseState{f, fields, best.x1 - h, best.x0}
		c, d := sparseState{f, fields, best.x1, best.x0 + h}, sparseState{f, fields, best.x1, best.x0 - h}
		a1, a0 := a.slopes()
		b1, b0 := b.slopes()
		c1, c0 := c.slopes()
		e1, e0 := d.slopes()
		h11, h10, h01, h00 := (a1-b1)/(2*h), (a0-b0)/(2*h), (c1-e1)/(2*h), (c0-e0)/(2*h)
		determinant := h11*h00 - h10*h01
		if !(h11 < 0 && determinant > 0) {
			break
		}
		s1, s0 := (h01*d0-h00*d1)/determinant, (h10*d1-h11*d0)/determinant
		size := math.Hypot(s1, s0)
		shrink := math.Min(1, step/size)
		best.x1 += shrink * s1
		best.x0 += shrink * s0
		if size < 1e-12*(1+math.Abs(best.x0)) {
			return best, nil
		}
	}
	d1, d0 := best.slopes()
	if math.Hypot(d1, d0) < 1e-9 {
		return best, nil
	}
	return best, &ConvergenceError{fmt.Sprintf("capacity at f = %.6g, fields on %s", f, fields)}
}
