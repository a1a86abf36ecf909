package theory

import (
	"fmt"
	"math"
)

// An AGSPoint is the replica-symmetric retrieval state at one load and
// temperature (Amit, Gutfreund and Sompolinsky, Phys. Rev. Lett. 55, 1530
// (1985) and Ann. Phys. 173, 30 (1987)).
type AGSPoint struct {
	Alpha, T   float64
	M          float64 // overlap with the retrieved pattern
	Q          float64 // Edwards–Anderson order parameter; 1 at T = 0
	R          float64 // noise of the other patterns: αr is its variance
	C          float64 // β(1−q), the susceptibility
	Error      float64 // (1−m)/2
	FRetrieval float64 // free energy per neuron of this state; the energy at T = 0
	FSpinGlass float64 // the same of the state with m = 0
	MUnstable  float64 // overlap of the second solution, which meets M at the fold
}

// AGSZero solves the replica-symmetric equations at T = 0,
//
//	m = erf(y),  y = m/√(2αr),
//	C = √(2/(παr)) e^{−y²},  r = 1/(1−C)²,
//
// (AGS 1987), which reduce to one equation for y,
//
//	√(2α) = erf(y)/y − (2/√π) e^{−y²}.
//
// The right-hand side has one maximum: below it there are two solutions, of
// which the larger y is the retrieval state. The energies per neuron are
//
//	E = −m²/2 + α(1−r)/2,   E_SG = −1/π − √(2α/π),
//
// the second being E at m = 0, where √r = 1 + √(2/(πα)).
// Beyond the maximum, α > α_c, the error is a [*DomainError].
func AGSZero(alpha float64) (AGSPoint, error) {
	alphaC, _ := AGSCapacity()
	alpha, err := belowFold(alpha, 0, alphaC)
	if err != nil {
		return AGSPoint{}, err
	}
	yc := agsFold()
	excess := func(y float64) float64 { return agsLoad(y) - math.Sqrt(2*alpha) }
	// At small loads y is 1/√(2α) to all digits: a little beyond, the sign is sure.
	y, err := zero("AGS retrieval state at T = 0", excess, yc, math.Max(yc, (1+1e-9)/math.Sqrt(2*alpha)))
	if err != nil {
		return AGSPoint{}, err
	}
	unstable, err := zero("AGS unstable state at T = 0", excess, 0, yc)
	if err != nil {
		return AGSPoint{}, err
	}
	m := math.Erf(y)
	c := 2 / math.SqrtPi * y * math.Exp(-y*y) / m
	r := 1 / ((1 - c) * (1 - c))
	return AGSPoint{
		Alpha: alpha, M: m, Q: 1, R: r, C: c, Error: math.Erfc(y) / 2,
		FRetrieval: -m*m/2 + alpha*(1-r)/2,
		FSpinGlass: -1/math.Pi - math.Sqrt(2*alpha/math.Pi),
		MUnstable:  math.Erf(unstable),
	}, nil
}

// AGSCapacity returns the replica-symmetric capacity at T = 0 and the overlap
// there: the maximum of the right-hand side in [AGSZero], where
//
//	erf(y) = (2/√π) y (1 + 2y²) e^{−y²}.
//
// α_c = 0.1379055646…, m_c = 0.9674…
func AGSCapacity() (alphaC, mC float64) {
	y := agsFold()
	g := agsLoad(y)
	return g * g / 2, math.Erf(y)
}

// agsFold returns the y at which the two solutions at T = 0 merge.
func agsFold() float64 {
	y, err := zero("AGS fold at T = 0", func(y float64) float64 {
		return math.Erf(y) - 2/math.SqrtPi*y*(1+2*y*y)*math.Exp(-y*y)
	}, 1, 2)
	if err != nil {
		panic("theory: " + err.Error()) // the bracket holds the root: a constant of mathematics
	}
	return y
}

// agsLoad returns √(2α) at y = m/√(2αr), T = 0. Below y = ½ the two terms nearly
// cancel and the power series is summed instead,
//
//	(2/√π) Σ_{k≥1} (−1)^{k+1} y^{2k} 2k/(k!(2k+1)).
func agsLoad(y float64) float64 {
	if y > 0.5 {
		return math.Erf(y)/y - 2/math.SqrtPi*math.Exp(-y*y)
	}
	sum, term := 0.0, -1.0
	for k := 1.0; k < 14; k++ {
		term *= -y * y / k
		sum += term * 2 * k / (2*k + 1)
	}
	return 2 / math.SqrtPi * sum
}

// belowFold returns alpha if a retrieval state exists there. A load that agrees
// with α_c to the 12 digits hopcap prints is taken as α_c.
func belowFold(alpha, temperature, alphaC float64) (float64, error) {
	const printed = 1e-12
	switch {
	case alpha > 0 && alpha <= alphaC:
		return alpha, nil
	case alpha > alphaC && alpha <= alphaC+printed:
		return alphaC, nil
	}
	return 0, &DomainError{"alpha", alpha, fmt.Sprintf(
		"0 < alpha <= %.12g, the fold of the retrieval state at T = %.12g", alphaC, temperature)}
}
