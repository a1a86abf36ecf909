package theory

import (
	"fmt"
	"math"
)

// Diluted solves the replica-symmetric equations at T = 0 of symmetric dilution,
//
//	J_ij = (c_ij/(cN)) Σ_μ ξ_i^μ ξ_j^μ,  c_ij = c_ji = 1 with probability c,
//
// at load α = K/(cN), 0 < c ≤ 1 (Sompolinsky, Phys. Rev. A 34, 2571 (1986);
// Canning and Gardner, J. Phys. A 21, 3275 (1988)),
//
//	m = erf(y),  C = (2/√π)(y/m) e^{−y²},
//	(m/y)²/2 = α[c/(1−C)² + 1 − c]:
//
// what dilution leaves out is static noise, as in [NonlinearHebb]. c = 1 is
// [AGSZero].
func Diluted(alpha, c float64) (StaticNoisePoint, error) {
	if err := positiveFraction(c); err != nil {
		return StaticNoisePoint{}, err
	}
	return staticNoise{c, 1 - c}.at(alpha, fmt.Sprintf("at c = %.12g", c))
}

// DilutedCapacity returns the fold α_c of [Diluted], in units of K/(cN), and the
// overlap there, 0 < c ≤ 1. For c → 0 it tends to 2/π, with an overlap that vanishes,
// as in [ExtremeDilution].
func DilutedCapacity(c float64) (alphaC, mC float64, err error) {
	if err := positiveFraction(c); err != nil {
		return 0, 0, err
	}
	return staticNoise{c, 1 - c}.capacity()
}

func positiveFraction(c float64) error {
	const smallest = 1e-100
	if !(c >= smallest && c <= 1) {
		return &DomainError{"c", c, "1e-100 <= c <= 1"}
	}
	return nil
}

// ExtremeDilution returns the overlap m ≥ 0 of the retrieval state of extremely and
// asymmetrically diluted couplings,
//
//	J_ij = (c_ij/c) Σ_μ ξ_i^μ ξ_j^μ,
//
// c inputs per neuron on average, c_ij and c_ji independent, c ≪ ln N, at load
// α = K/c and temperature T ≥ 0 (Derrida, Gardner and Zippelius, Europhys. Lett. 4,
// 167 (1987)). The fields of different times are independent, so parallel dynamics is
//
//	m_{t+1} = ∫Dz tanh β(m_t + √α z),   erf(m_t/√(2α)) at T = 0,
//
// exactly ([ExtremeDilutionStep]), and m is its fixed point. It vanishes
// continuously at α_c(T) of [ExtremeDilutionCapacity], as √((6/π)(1 − α/α_c)) at
// T = 0; beyond, the answer is 0. Near α_c it is good to six digits.
func ExtremeDilution(alpha, temperature float64) (float64, error) {
	if err := first(within("alpha", alpha, 1e-100, 1e100), zeroOrMore("T", temperature)); err != nil {
		return 0, err
	}
	if temperature == 0 {
		return extremeDilutionZero(alpha)
	}
	if temperature >= 1 {
		return 0, nil
	}
	delta := math.Sqrt(alpha)
	at0 := averageField(0, delta, temperature)
	if at0.c <= 1 {
		return 0, nil
	}
	const small = 1e-5
	excess := func(m float64) float64 { return meanSlope(m, delta, temperature) - 1 }
	switch {
	case excess(1) >= 0: // all but for rounding
		return math.Min(1, averageField(1, delta, temperature).m), nil
	case !(excess(small) > 0): // ⟨tanh⟩ = c m + c2 m³/6
		return math.Sqrt(6 * (at0.c - 1) / -at0.c2), nil
	}
	return zero(fmt.Sprintf("extreme dilution at alpha = %.6g, T = %.6g", alpha, temperature), excess, small, 1)
}

// meanSlope returns ⟨tanh β(m+Δz)⟩/m: at small m as the mean of the slope
// ⟨β sech² βh⟩ between 0 and m, which keeps its digits.
func meanSlope(m, delta, temperature float64) float64 {
	if m > (delta+temperature)/4 {
		return averageField(m, delta, temperature).m / m
	}
	sum := 0.0
	for i, v := range unitFew.x {
		sum += unitFew.w[i] * averageField(m*v, delta, temperature).c
	}
	return sum
}

// zeroOrMore demands x = 0 or 10⁻¹⁰⁰ ≤ x ≤ 10¹⁰⁰.
func zeroOrMore(name string, x float64) error {
	if x != 0 && !(x >= 1e-100 && x <= 1e100) {
		return &DomainError{name, x, fmt.Sprintf("%s = 0 or 1e-100 <= %s <= 1e100", name, name)}
	}
	return nil
}

// extremeDilutionZero solves erf(y)/(√2 y) = √α, m = erf(y), in the form
// 1 − (√π/2) erf(y)/y = 1 − √(πα/2), both sides without cancellation.
func extremeDilutionZero(alpha float64) (float64, error) {
	distance := 1 - math.Pi/2*alpha
	if distance <= 0 {
		return 0, nil
	}
	target := distance / (1 + math.Sqrt(math.Pi/2*alpha))
	y, err := zero("extreme dilution at T = 0", func(y float64) float64 {
		return erfDeficit(y) - target
	}, 0, (1+1e-9)/math.Sqrt(2*alpha))
	return math.Erf(y), err
}

// erfDeficit returns 1 − (√π/2) erf(y)/y, by its series Σ (−1)^{k+1} y^{2k}/(k!(2k+1))
// at small y.
func erfDeficit(y float64) float64 {
	if y > 0.5 {
		return 1 - math.SqrtPi/2*math.Erf(y)/y
	}
	sum, term := 0.0, -1.0
	for k := 1.0; k < 14; k++ {
		term *= -y * y / k
		sum += term / (2*k + 1)
	}
	return sum
}

// ExtremeDilutionStep returns m_{t+1} of [ExtremeDilution] for |m| ≤ 1, α > 0, T ≥ 0.
func ExtremeDilutionStep(m, alpha, temperature float64) (float64, error) {
	if err := first(within("m", m, -1, 1), within("alpha", alpha, 1e-100, 1e100), zeroOrMore("T", temperature)); err != nil {
		return 0, err
	}
	if temperature == 0 {
		return math.Erf(m / math.Sqrt(2*alpha)), nil
	}
	return averageField(m, math.Sqrt(alpha), temperature).m, nil
}

// ExtremeDilutionCapacity returns α_c(T) of [ExtremeDilution], 0 ≤ T < 1, where the
// slope of the step at m = 0 is 1,
//
//	∫Dz β sech²(β√α z) = 1:
//
// 2/π at T = 0, falling to 0 as T → 1.
func ExtremeDilutionCapacity(temperature float64) (float64, error) {
	if err := belowCurie(temperature); err != nil {
		return 0, err
	}
	if temperature == 0 {
		return 2 / math.Pi, nil
	}
	delta, err := zero(fmt.Sprintf("capacity of extreme dilution at T = %.6g", temperature), func(delta float64) float64 {
		return averageField(0, delta, temperature).c - 1
	}, 1e-9, math.Sqrt(2/math.Pi))
	return delta * delta, err
}
