package theory

import (
	"fmt"
	"math"
)

// RandomFeaturesPatternPublished solves the equations of [RandomFeaturesPattern]
// without the overlap r of the state with the features, h = m and no r²/α_D in p, as
// the published code of Negri et al. (2023) does at T = 0. It is there to be compared
// with their figures: networks do not follow it.
//
// With y = m/(√2 σ) given, d and g as in [RandomFeatures], w = 1/(1−u)² and u = dx,
//
//	v = u²/τ = κ₁²d²x/[g − κ₁²ud/(1−u)],
//	(1 − α_D x²w)(1 − vw) = α_D (v/d²) (κ_*²+κ₁²w)²/κ₁⁴
//
// is one equation for x, and α = α_D u²/v has one maximum over y.
func RandomFeaturesPatternPublished(alpha, alphaD float64) (RandomFeaturesPoint, error) {
	alphaC, _, err := RandomFeaturesPatternPublishedCapacity(alphaD)
	if err != nil {
		return RandomFeaturesPoint{}, err
	}
	alpha, err = belowCapacity(alpha, 1e-6*alphaC, alphaC, fmt.Sprintf("as published at alpha_D = %.12g", alphaD))
	if err != nil {
		return RandomFeaturesPoint{}, err
	}
	top, err := publishedTop(alphaD)
	if err != nil {
		return RandomFeaturesPoint{}, err
	}
	var failed error
	y, err := zero(fmt.Sprintf("published pattern at alpha = %.6g, alpha_D = %.6g", alpha, alphaD), func(y float64) float64 {
		load, err := publishedLoad(alphaD, y)
		failed = first(failed, err)
		return load - alpha
	}, top, math.Max(top, (1+1e-9)/math.Sqrt(2*alpha))) // the noise is at least Hebb's
	deviation := sigma(y)
	return RandomFeaturesPoint{
		alpha, alphaD, math.Erf(y), math.Erfc(y) / 2, deviation, 2 * normal(math.Sqrt2*y) / deviation,
	}, first(failed, err)
}

// RandomFeaturesPatternPublishedCapacity returns the largest load α of
// [RandomFeaturesPatternPublished], and the overlap there: 0.117, 0.126, 0.131, 0.135 at
// α_D = 0.5, 1, 2, 5 in the published files.
func RandomFeaturesPatternPublishedCapacity(alphaD float64) (alphaC, mC float64, err error) {
	top, err := publishedTop(alphaD)
	if err != nil {
		return 0, 0, err
	}
	alphaC, err = publishedLoad(alphaD, top)
	return alphaC, math.Erf(top), err
}

// publishedTop returns the y at which publishedLoad is largest.
func publishedTop(alphaD float64) (float64, error) {
	if err := within("alpha_D", alphaD, 1e-4, 1e8); err != nil {
		return 0, err
	}
	var failed error
	y := maximum(func(y float64) float64 {
		load, err := publishedLoad(alphaD, y)
		failed = first(failed, err)
		return load
	}, 0.8, 6)
	return y, failed
}

// publishedLoad returns α at given y. The two sides of the second equation meet before
// either factor on the left vanishes, the second at (1−u)² = κ₁²d/(g + κ₁²d).
func publishedLoad(alphaD, y float64) (float64, error) {
	const k, rest = linearWeight, restWeight
	d, g := 2*normal(math.Sqrt2*y), agsLoad(y)/math.Sqrt2
	ratio := func(x float64) float64 { // v/d²
		u := d * x
		return k * x / (g - k*u*d/(1-u))
	}
	x, err := zero("random features: response", func(x float64) float64 {
		u, r := d*x, ratio(x)
		w := 1 / ((1 - u) * (1 - u))
		b := (rest + k*w) / k
		return (1-alphaD*x*x*w)*(1-d*d*r*w) - alphaD*r*b*b
	}, 0, math.Min(1/(math.Sqrt(alphaD)+d), (1-math.Sqrt(k*d/(g+k*d)))/d))
	return alphaD * x * x / ratio(x), err
}
