package summary

import "math"

// Wilson is the interval that holds a rate with 95 %, when n independent trials
// gave the fraction p (Wilson 1927):
//
//	(p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n),  z = 1.96
func Wilson(p, n float64) (low, high float64) { return WilsonAt(p, n, z95) }

const z95 = 1.959963984540054 // Φ(z) = 0.975

// WilsonAt is the same for any number z of standard errors.
func WilsonAt(p, n, z float64) (low, high float64) {
	centre := p + z*z/(2*n)
	half := z * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	low, high = (centre-half)/(1+z*z/n), (centre+half)/(1+z*z/n)
	if p == 0 {
		low = 0
	}
	if p == 1 {
		high = 1
	}
	return low, high
}

// wilsonSize is the n for which Wilson gives a fraction p this interval. Of
// u = z²/n, half its length h says (h² − 1/4) u² + (2h² − p(1−p)) u + h² = 0, which
// has one positive root, since h is below 1/2. From Summary.Effective it differs in the
// last digit at most; an interval at another width goes by it, so that it follows from
// the interval that tables quote, to the last digit.
func wilsonSize(p, low, high float64) float64 {
	h := (high - low) / 2
	a, b := 0.25-h*h, p*(1-p)-2*h*h
	u := 2 * h * h / (b + math.Sqrt(b*b+4*a*h*h)) // not the other form: it cancels where h is small
	if b < 0 {
		u = (-b + math.Sqrt(b*b+4*a*h*h)) / (2 * a)
	}
	return z95 * z95 / u
}
