package theory

import (
	"math"

	"gonum.org/v1/gonum/integrate/quad"
)

// signsBelow returns P(S ≤ s) for S a sum of n independent signs ±1.
func signsBelow(n, s float64) float64 {
	return fairBinomial(n, math.Floor((n+s)/2))
}

// fairBinomial returns P(B ≤ k) for the number B of heads in n throws of a fair
// coin, from the incomplete beta integral with the range mapped to 0 ≤ w ≤ 1,
//
//	P = (n−k) C(n,k) 2^{−n} ∫₀¹ (1−w)^{n−k−1} (1+w)^k dw.
//
// distuv.Binomial and mathext.RegIncBeta evaluate the same integral, but take
// its prefactor from differences of ln Γ, which leaves few digits at n = 10¹²;
// here it is [fairProb]. The integrand falls like exp(−nw²/2 − (n−2k)w), so
// Gauss–Legendre on the part that matters is exact to rounding.
func fairBinomial(n, k float64) float64 {
	switch {
	case k < 0:
		return 0
	case k >= n:
		return 1
	case 2*k >= n:
		return 1 - fairBinomial(n, n-k-1)
	}
	const (
		points = 100
		decay  = 50 // the range ends where the integrand is below e^−50
	)
	slope := n - 2*k - 1
	end := math.Min(1, 2*decay/(slope+math.Sqrt(slope*slope+2*n*decay)))
	tail := quad.Fixed(func(w float64) float64 {
		return math.Exp(k*math.Log1p(-w*w) + slope*math.Log1p(-w))
	}, 0, end, points, quad.Legendre{}, 0)
	return (n - k) * fairProb(n, k) * tail
}

// fairProb returns C(n,k) 2^{−n} in Loader's saddle-point form,
//
//	√(n/(2πk(n−k))) exp(−n[x artanh x + ½ ln(1−x²)] + δ(n) − δ(k) − δ(n−k)),
//
// x = (n−2k)/n and δ the remainder of Stirling's formula (C. Loader, "Fast and
// accurate computation of binomial probabilities", 2000).
func fairProb(n, k float64) float64 {
	if k == 0 || k == n {
		return math.Exp2(-n)
	}
	x := (n - 2*k) / n
	entropy := x*math.Atanh(x) + math.Log1p(-x*x)/2
	return math.Sqrt(n/(2*math.Pi*k*(n-k))) *
		math.Exp(-n*entropy+stirling(n)-stirling(k)-stirling(n-k))
}

// stirling returns δ(n) = ln n! − ln(√(2πn) (n/e)ⁿ): from ln Γ for small n, from
// its asymptotic series else.
func stirling(n float64) float64 {
	if n < 16 {
		lg, _ := math.Lgamma(n + 1)
		return lg - (n+0.5)*math.Log(n) + n - math.Log(2*math.Pi)/2
	}
	i := 1 / (n * n)
	return (1./12 - i*(1./360-i*(1./1260-i*(1./1680-i*(1./1188-i*691./360360))))) / n
}
