package theory

import (
	"fmt"
	"math"
)

// A PalimpsestPoint is the replica-symmetric retrieval state at T = 0 of a pattern of
// age u in the marginalist palimpsest.
type PalimpsestPoint struct {
	Epsilon, Age float64
	Weight       float64 // W(u)
	M            float64 // overlap with the retrieved pattern
	Error        float64 // (1−m)/2
	C            float64 // the susceptibility
	R            float64 // variance of the local field
}

// Palimpsest solves the replica-symmetric equations at T = 0 of the marginalist
// scheme (Nadal, Toulouse, Changeux and Dehaene, Europhys. Lett. 1, 535 (1986);
// Mézard, Nadal and Toulouse, J. Phys. France 47, 1457 (1986)): patterns come for
// ever, the newest has age u = 0, and one that came uN patterns before has the weight
// W(u) in
//
//	J_ij = (1/N) Σ W ξ_i ξ_j,  W(u) = ε e^{−ε²u/2},  ∫₀^∞ W² du = 1.
//
// The equations are
//
//	m = erf(y),  y = mW/√(2r),  C = √(2/(πr)) e^{−y²},
//	r = ∫₀^∞ W²/(1−CW)² du = (2/(εC)²) L(Cε),  L(x) = 1/(1−x) − 1 + ln(1−x),  Cε < 1.
//
// Given y, x = Cε is the root of L(x) = (ε²/π) e^{−2y²}, then √r = √(2/π) e^{−y²} ε/x
// and W = √(2r) y/erf(y). This W(y) has one minimum W_min: a pattern is retrieved
// while W(u) ≥ W_min, with the larger y. For older patterns, or if ε < W_min
// ([PalimpsestThreshold]), the error is a [*DomainError].
//
// Validity: ε ≤ 10⁶.
func Palimpsest(epsilon, age float64) (PalimpsestPoint, error) {
	oldest, _, err := PalimpsestOldest(epsilon)
	if err != nil {
		return PalimpsestPoint{}, err
	}
	if !(age >= 0 && age <= oldest*(1+1e-12)) {
		return PalimpsestPoint{}, &DomainError{"u", age, fmt.Sprintf("0 <= u <= %.12g, the oldest age at epsilon = %.12g", oldest, epsilon)}
	}
	fold, err := palimpsestFold(epsilon)
	if err != nil {
		return PalimpsestPoint{}, err
	}
	weight := math.Max(fold.weight, epsilon*math.Exp(-epsilon*epsilon*age/2))
	var failed error
	// r > 1 makes W > √2 y/erf(y).
	y, err := zero(fmt.Sprintf("palimpsest at epsilon = %.6g, u = %.6g", epsilon, age), func(y float64) float64 {
		s, err := newPalimpsestState(epsilon, y)
		failed = first(failed, err)
		return s.weight - weight
	}, fold.y, math.Max(fold.y, weight/math.Sqrt2+1e-9))
	if err := first(failed, err); err != nil {
		return PalimpsestPoint{}, err
	}
	s, err := newPalimpsestState(epsilon, y)
	return PalimpsestPoint{
		Epsilon: epsilon, Age: age, Weight: weight,
		M: math.Erf(y), Error: math.Erfc(y) / 2, C: s.x / epsilon, R: s.root * s.root,
	}, err
}

// PalimpsestOldest returns the largest age of a pattern that is retrieved,
//
//	u_max(ε) = (2/ε²) ln(ε/W_min),
//
// in units of N patterns, which is also the number of retrieved patterns over N,
// and the overlap there. Below [PalimpsestThreshold] not even the newest pattern is
// retrieved: a [*DomainError].
func PalimpsestOldest(epsilon float64) (age, m float64, err error) {
	least, err := PalimpsestThreshold()
	if err != nil {
		return 0, 0, err
	}
	if err := within("epsilon", epsilon, least, 1e6); err != nil {
		return 0, 0, err
	}
	fold, err := palimpsestFold(epsilon)
	return 2 / (epsilon * epsilon) * math.Log(epsilon/fold.weight), math.Erf(fold.y), err
}

// PalimpsestCapacity returns the ε at which u_max is largest, and that u_max
// (Nadal et al. 1986: about 0.05 near ε = 4): 0.048958… at 4.108….
func PalimpsestCapacity() (epsilon, age float64, err error) {
	var failed error
	oldest := func(epsilon float64) float64 {
		age, _, err := PalimpsestOldest(epsilon)
		failed = first(failed, err)
		return age
	}
	epsilon = maximum(oldest, 3, 7)
	return epsilon, oldest(epsilon), failed
}

// PalimpsestThreshold returns the ε below which nothing is retrieved, where
// W_min = ε: 2.464805….
func PalimpsestThreshold() (float64, error) {
	var failed error
	epsilon, err := zero("threshold of the palimpsest", func(epsilon float64) float64 {
		fold, err := palimpsestFold(epsilon)
		failed = first(failed, err)
		return fold.weight - epsilon
	}, 2, 3)
	return epsilon, first(failed, err)
}

// A palimpsestState is the solution of [Palimpsest] with a given y.
type palimpsestState struct {
	y      float64
	x      float64 // Cε
	root   float64 // √r
	weight float64 // W
}

func newPalimpsestState(epsilon, y float64) (palimpsestState, error) {
	d := 2 * normal(math.Sqrt2*y)
	level := epsilon * d * epsilon * d / 2
	x, err := palimpsestResponse(level)
	root := 1 / math.Sqrt(levelRatio(x)) // as 2L = (εd)²
	return palimpsestState{y, x, root, root / sigma(y)}, err
}

// levelRatio returns x²/(2L(x)), by the series L = Σ_{k≥2} x^k (k−1)/k at small x.
func levelRatio(x float64) float64 {
	if x > 0.1 {
		return x * x / 2 / (x/(1-x) + math.Log1p(-x))
	}
	sum, power := 0.0, 1.0
	for k := 2.0; k < 20; k++ {
		sum += power * (k - 1) / k
		power *= x
	}
	return 1 / (2 * sum)
}

// palimpsestResponse returns the root x of L(x) = level. With v = x/(1−x),
// L = v − ln(1+v), which is at least v²/(2(1+v)).
func palimpsestResponse(level float64) (float64, error) {
	if level < 1e-20 {
		return math.Sqrt(2 * level), nil
	}
	v, err := zero("response of the palimpsest", func(v float64) float64 {
		x := v / (1 + v)
		return x*x/(2*levelRatio(x)) - level
	}, math.Sqrt(level), level+math.Sqrt(level*level+2*level)+1e-30)
	return v / (1 + v), err
}

// palimpsestFold returns the state with the smallest weight, ε ≥ 2, where
//
//	d ln W/dy = 1/y − (2/√π) e^{−y²}/erf(y) − 2y(1 − 2L(1−x)²/x²) = 0.
func palimpsestFold(epsilon float64) (palimpsestState, error) {
	var failed error
	y, err := zero(fmt.Sprintf("oldest pattern at epsilon = %.6g", epsilon), func(y float64) float64 {
		s, err := newPalimpsestState(epsilon, y)
		failed = first(failed, err)
		rest := 1 - s.x
		return erfSlope(y) - 2 + 2*rest*rest/levelRatio(s.x)
	}, 0.5, 20)
	if err := first(failed, err); err != nil {
		return palimpsestState{}, err
	}
	return newPalimpsestState(epsilon, y)
}

// erfSlope returns (1/y − (2/√π) e^{−y²}/erf(y))/y, 2/3 at y = 0: the logarithmic
// derivative of y/erf(y), over y. The numerator y g/σ of [NonlinearHebb] has no
// cancellation.
func erfSlope(y float64) float64 {
	return agsLoad(y) / math.Sqrt2 / (sigma(y) * y * y)
}
