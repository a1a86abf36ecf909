package theory

import (
	"fmt"
	"math"
	"sync"
)

// The lines of the phase diagram of AGS (Ann. Phys. 173, 30 (1987)) as
// functions of the load. Where a line does not exist the error is a
// [*DomainError].

// SpinGlassTemperature returns T_g = 1 + √α, below which the spin-glass state
// freezes.
func SpinGlassTemperature(alpha float64) (float64, error) {
	if err := positive("alpha", alpha); err != nil {
		return 0, err
	}
	return 1 + math.Sqrt(alpha), nil
}

// RetrievalTemperature returns T_M, the largest temperature at which a
// retrieval state exists: the inverse of [AGSCapacityAt]. As α_c(T) first rises
// with T (see [AGSLargestCapacity]), loads slightly above α_c(0) have a T_M too,
// and a second fold below it. T_M ≈ 1 − 1.95 √α for α → 0.
func RetrievalTemperature(alpha float64) (float64, error) {
	top, err := AGSLargestCapacity()
	if err != nil {
		return 0, err
	}
	if !(alpha > 0 && alpha <= top.Alpha) {
		return 0, noRetrieval(alpha, top.Alpha)
	}
	return zero("T_M", capacityExcess(alpha), top.T, 1-math.Sqrt(alpha))
}

func noRetrieval(alpha, largest float64) error {
	return &DomainError{"alpha", alpha, fmt.Sprintf("0 < alpha <= %.12g, the largest load with retrieval at any T", largest)}
}

// capacityExcess returns α_c(T) − α as a function of T, NaN where it fails.
func capacityExcess(alpha float64) func(float64) float64 {
	return func(temperature float64) float64 {
		alphaC, _, err := AGSCapacityAt(temperature)
		if err != nil {
			return math.NaN()
		}
		return alphaC - alpha
	}
}

// CoexistenceTemperature returns T_c, the temperature below which retrieval
// states have a lower free energy than the spin-glass state: the larger root of
// f_retrieval = f_spin glass. T_c ≈ 1 − 2.6 √α for α → 0. The replica-symmetric
// entropy of the spin glass is negative near T = 0, and lower than the entropy of
// retrieval states. So loads slightly above [AGSGroundLoad](0) have a T_c too.
func CoexistenceTemperature(alpha float64) (float64, error) {
	top, err := largestGroundLoad()
	if err != nil {
		return 0, err
	}
	if !(alpha > 0 && alpha <= top.Alpha) {
		return 0, &DomainError{"alpha", alpha, fmt.Sprintf(
			"0 < alpha <= %.12g, the largest load at which retrieval is the global minimum at any T", top.Alpha)}
	}
	highest, err := RetrievalTemperature(alpha)
	if err != nil {
		return 0, err
	}
	return zero("T_c", func(temperature float64) float64 {
		return freeEnergyDifference(alpha, temperature)
	}, top.T, highest)
}

// freeEnergyDifference returns f_retrieval − f_spin glass, NaN where it fails.
func freeEnergyDifference(alpha, temperature float64) float64 {
	p, err := AGS(alpha, temperature)
	if err != nil {
		return math.NaN()
	}
	return p.FRetrieval - p.FSpinGlass
}

// AGSGroundLoad returns α_1(T), below which the retrieval states are the global
// minimum of the free energy, 0 ≤ T < 1. α_1(0) = 0.0513…
func AGSGroundLoad(temperature float64) (float64, error) {
	alphaC, _, err := AGSCapacityAt(temperature)
	if err != nil {
		return 0, err
	}
	return zero(fmt.Sprintf("alpha_1 at T = %.6g", temperature), func(alpha float64) float64 {
		return freeEnergyDifference(alpha, temperature)
	}, alphaC/10, alphaC)
}

// AlmeidaThoulessTemperature returns T_R, below which the replica-symmetric
// retrieval state is unstable: the root on the retrieval state of
//
//	αβ²/(1−C)² ∫Dz sech⁴ β(√(αr) z + m) = 1
//
// (AGS 1987). T_R ≈ √(8α/9π) e^{−1/2α} for α → 0. It ends where it
// meets T_M ([AlmeidaThoulessEnd]); at larger loads every retrieval state is
// unstable. A temperature below 10⁻³⁰⁸ (α < 0.0007) is returned as 0.
func AlmeidaThoulessTemperature(alpha float64) (float64, error) {
	end, err := AlmeidaThoulessEnd()
	if err != nil {
		return 0, err
	}
	if !(alpha > 0 && alpha <= end.Alpha) {
		return 0, &DomainError{"alpha", alpha, fmt.Sprintf(
			"0 < alpha <= %.12g, where the Almeida–Thouless line meets T_M", end.Alpha)}
	}
	highest, err := RetrievalTemperature(alpha)
	if err != nil {
		return 0, err
	}
	lowest, err := coldestRetrieval(alpha)
	if err != nil || lowest == 0 {
		return 0, err
	}
	logarithm, err := zero("T_R", func(logarithm float64) float64 {
		s, err := retrievalState(alpha, math.Exp(logarithm))
		if err != nil {
			return math.NaN()
		}
		return 1 - s.almeidaThouless()
	}, math.Log(lowest), math.Log(highest))
	if err != nil {
		return 0, err
	}
	return math.Exp(logarithm), nil
}

// coldestRetrieval returns a temperature below T_R with a retrieval state. Above
// α_c(0) it is the lower fold. Elsewhere it is half of Tλ at T = 0, with λ the
// left-hand side of the Almeida–Thouless condition: Tλ varies little up to T_R,
// where it equals T, and is at T = 0
//
//	Tλ = (4/3) αr e^{−y²}/(√(2π) Δ),
//
// since ∫ sech⁴x dx = 4/3. It is 0 if that is below the smallest float64.
func coldestRetrieval(alpha float64) (float64, error) {
	if alphaC, _ := AGSCapacity(); alpha > alphaC {
		top, err := AGSLargestCapacity()
		if err != nil {
			return 0, err
		}
		return zero("lower fold", capacityExcess(alpha), 0, top.T)
	}
	p, err := AGSZero(alpha)
	delta := math.Sqrt(alpha * p.R)
	return 2. / 3 * delta * normal(p.M/delta), err
}

// A PhasePoint is a special point of the phase diagram.
type PhasePoint struct{ Alpha, T float64 }

// AGSLargestCapacity returns the largest α_c(T) and its temperature. As α(y) is
// stationary at the fold, dα_c/dT there is ∂α/∂T at fixed y = m/(√2 Δ).
func AGSLargestCapacity() (PhasePoint, error) { return largestCapacity() }

var largestCapacity = sync.OnceValues(func() (PhasePoint, error) {
	return foldWhere("largest alpha_c(T)", 0.005, 0.1, agsState.heatedLoad)
})

// AlmeidaThoulessEnd returns the point where the Almeida–Thouless line meets T_M.
func AlmeidaThoulessEnd() (PhasePoint, error) { return almeidaThoulessEnd() }

var almeidaThoulessEnd = sync.OnceValues(func() (PhasePoint, error) {
	return foldWhere("Almeida–Thouless line at T_M", 0.01, 0.1, func(s agsState) float64 {
		return s.almeidaThouless() - 1
	})
})

// foldWhere returns the point of the fold line α_c(T) with f = 0.
func foldWhere(what string, low, high float64, f func(agsState) float64) (PhasePoint, error) {
	temperature, err := zero(what, func(temperature float64) float64 {
		s, err := agsFoldAt(temperature)
		if err != nil {
			return math.NaN()
		}
		return f(s)
	}, low, high)
	if err != nil {
		return PhasePoint{}, err
	}
	s, err := agsFoldAt(temperature)
	return PhasePoint{s.alpha(), temperature}, err
}

// heatedLoad returns ∂ln α/∂ln T at fixed y. The averages depend on Δ and T only
// through Δ/T (C through C·T), and at fixed y the derivative Δ∂/∂Δ of a Gaussian
// average is m ∂/∂m + Δ² ∂²/∂m².
func (s agsState) heatedLoad() float64 {
	spread := s.delta * s.delta
	dm := s.m*s.c + spread*s.c1
	dc := s.m*s.c1 + spread*s.c2
	delta := -dm / (s.m - dm) // dlnΔ/dlnT
	c := dc*delta - s.c - dc  // dC/dlnT
	return 2*delta - 2*c/(1-s.c) + s.temperature*(s.c+c)/s.q()
}

// largestGroundLoad returns the largest α_1(T) and its temperature, where both
// states have the same entropy too.
var largestGroundLoad = sync.OnceValues(func() (PhasePoint, error) {
	temperature, err := zero("largest alpha_1(T)", entropyDifference, 0.05, 0.12)
	if err != nil {
		return PhasePoint{}, err
	}
	alpha, err := AGSGroundLoad(temperature)
	return PhasePoint{alpha, temperature}, err
})

// entropyDifference returns the entropy of the spin glass minus the entropy of
// retrieval states at α_1(T), NaN where it fails.
func entropyDifference(temperature float64) float64 {
	alpha, err := AGSGroundLoad(temperature)
	if err != nil {
		return math.NaN()
	}
	retrieval, err := retrievalState(alpha, temperature)
	if err != nil {
		return math.NaN()
	}
	glass, err := spinGlassAt(alpha, temperature)
	if err != nil {
		return math.NaN()
	}
	return glass.entropy(alpha) - retrieval.entropy(alpha)
}

// entropy is −∂f/∂T, with ⟨h tanh βh⟩ = m² + αrC:
//
//	s = −(α/2)[ln(1−C) + C/(1−C)] + ∫Dz ln 2cosh βh − β(m² + αrC).
func (s agsState) entropy(alpha float64) float64 {
	return -alpha/2*(math.Log1p(-s.c)+s.c/(1-s.c)) +
		(s.phi-s.m*s.m-s.delta*s.delta*s.c)/s.temperature
}
