package theory

import (
	"fmt"
	"math"
	"math/cmplx"
	"sort"

	"gonum.org/v1/gonum/dsp/fourier"
)

// error returns the probability that a sum of k−1 terms is beyond the signal, which
// no single term is.
func (s denseSteps) error(k int) (float64, error) {
	top, terms := s.d[len(s.d)-1], float64(k-1)
	if float64(s.signal) >= terms*float64(top) {
		return 0, nil
	}
	sum, err := newLatticeSum(s, k-1)
	if err != nil {
		return 0, err
	}
	return sum.tail()
}

// A latticeSum is the sum S of independent terms Y = ±d_i, symmetric, seen from
// the probability P(S > signal). S lies on a lattice: Y = −d_max + gap·y with integer
// y ≥ 0.
//
// The distribution is tilted (Cramér): with ψ(θ) = ln ⟨e^{θY}⟩ and weights
// e^{θY−ψ}, S has its mean near the first value b beyond the signal, and
//
//	P(S ≥ b) = e^{terms·ψ(θ) − θb} ⟨e^{−θ(S−b)} 1_{S ≥ b}⟩_θ,
//
// where the average on the right is of order 1, so that all its digits count. It is
// exact for every θ.
type latticeSum struct {
	terms    int
	y        []uint64  // the values of one term
	q        []float64 // their tilted probabilities
	largest  uint64    // of y
	beyond   uint64    // Σ y at S = b, modulo 2⁶⁴
	exponent float64   // terms·ψ − θb
	theta    float64   // tilt per unit of y
	sigma    float64   // deviation of the tilted Σ y
}

func newLatticeSum(s denseSteps, terms int) (*latticeSum, error) {
	dMax := s.d[len(s.d)-1]
	gap := int64(0)
	for _, d := range s.d {
		gap = gcd(gap, gcd(dMax-d, dMax+d))
	}
	b, beyond := firstBeyond(s.signal, int64(terms), dMax, gap)
	theta, err := s.tilt(float64(terms), float64(b))
	if err != nil {
		return nil, err
	}
	c := s.cumulants(theta)
	l := &latticeSum{
		terms: terms, largest: uint64(2 * (dMax / gap)), beyond: beyond,
		exponent: float64(terms)*c.psi - theta*float64(b),
		theta:    theta * float64(gap),
		sigma:    math.Sqrt(float64(terms)*c.variance) / float64(gap),
	}
	if dMax%gap != 0 {
		l.largest++
	}
	for i, d := range s.d {
		for _, sign := range []int64{1, -1} {
			q := s.p[i] / 2 * math.Exp(theta*float64(sign*d)-c.psi)
			if q*float64(terms) > 1e-19 {
				l.y = append(l.y, uint64((dMax+sign*d)/gap))
				l.q = append(l.q, q)
			}
		}
	}
	return l, nil
}

// firstBeyond returns the smallest b > signal of the lattice −terms·dMax + gap·y,
// and its y modulo 2⁶⁴. The gap divides 2dMax, so dMax is a multiple of gap/2.
func firstBeyond(signal, terms, dMax, gap int64) (b int64, y uint64) {
	half := dMax % gap // 0 or gap/2
	offset := half * (terms % 2)
	b = signal + 1
	b += ((offset-b)%gap + gap) % gap
	y = uint64(terms)*uint64(dMax/gap) + uint64((b+offset)/gap)
	if half != 0 {
		y += uint64(terms / 2)
	}
	return b, y
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}

// cumulants of one tilted term.
type cumulants struct{ psi, mean, variance float64 }

// cumulants evaluates ψ and its derivatives. Where ψ may be small, it is
// ln(1 + ⟨2 sinh²(θY/2)⟩), since it is multiplied by K; where e^{θd} may overflow,
// the largest exponent is taken out.
func (s denseSteps) cumulants(theta float64) cumulants {
	top := theta * float64(s.d[len(s.d)-1])
	shift := 0.0
	if top > 30 {
		shift = top
	}
	var excess, zeroth, first, second float64
	for i, d := range s.d {
		x, d := theta*float64(d), float64(d)
		up, down := math.Exp(x-shift)/2, math.Exp(-x-shift)/2
		half := math.Sinh(x / 2)
		excess += s.p[i] * 2 * half * half
		zeroth += s.p[i] * (up + down)
		first += s.p[i] * d * (up - down)
		second += s.p[i] * d * d * (up + down)
	}
	mean := first / zeroth
	psi := math.Log1p(excess)
	if shift > 0 {
		psi = math.Log(zeroth) + shift
	}
	return cumulants{psi, mean, second/zeroth - mean*mean}
}

// tilt returns θ: two over the deviation of S if b is nearer than that and the
// tilted S stays near, the saddle else.
func (s denseSteps) tilt(terms, b float64) (float64, error) {
	deviation := math.Sqrt(terms * s.cumulants(0).variance)
	least := 2 / deviation
	excess := func(theta float64) float64 { return terms*s.cumulants(theta).mean - b }
	if b < 2*deviation && excess(least) < 4*deviation {
		return least, nil
	}
	high := least
	for range 100 {
		if excess(high) > 0 {
			return zero("tilt", excess, 0, high)
		}
		high *= 2
	}
	return 0, &ConvergenceError{fmt.Sprintf("tilt of a sum of %.0f terms to %.6g", terms, b)}
}

// tail returns P(S ≥ b): a small lattice by the transform of all of it, a large one
// by inversion at the peaks, and by the transform where that fails.
func (l *latticeSum) tail() (float64, error) {
	const (
		tiny  = -760    // ln of less than the smallest float64
		wide  = 64      // deviations: terms with rare large values have wide wings
		small = 1 << 16 // lattice values
		large = 1 << 20
		few   = 10000 // terms: the rounding of a transform grows with them
	)
	if l.exponent < tiny {
		return 0, nil
	}
	support := float64(l.terms)*float64(l.largest) + 1
	size := powerOfTwo(math.Min(support, wide*l.sigma))
	if size <= small && l.terms <= few {
		return math.Exp(l.exponent) * l.byTransform(size, support), nil
	}
	average, err := l.byInversion(powerOfTwo(wide * l.sigma))
	if err != nil && size <= large && l.terms <= few {
		average, err = l.byTransform(size, support), nil
	}
	if err != nil {
		return 0, err
	}
	return math.Exp(l.exponent) * average, nil
}

// powerOfTwo returns the smallest power of two that is at least x.
func powerOfTwo(x float64) uint64 {
	size := uint64(2)
	for float64(size) < x {
		size *= 2
	}
	return size
}

// byTransform returns the average of e^{−θ(S−b)} over S ≥ b from the distribution
// of the tilted Σ y modulo size: the power of a discrete Fourier transform. Values
// beyond the support, or half of size, would be those below b.
func (l *latticeSum) byTransform(size uint64, support float64) float64 {
	single := make([]float64, size)
	for i, y := range l.y {
		single[y&(size-1)] += l.q[i]
	}
	fft := fourier.NewFFT(int(size))
	spectrum := fft.Coefficients(nil, single)
	for j, phi := range spectrum {
		spectrum[j] = cmplx.Pow(phi, complex(float64(l.terms), 0))
	}
	p := fft.Sequence(nil, spectrum)
	steps := size / 2
	if support <= float64(size) {
		steps = uint64(support) - l.beyond
	}
	sum := 0.0
	for step := range steps {
		damping := math.Exp(-l.theta * float64(step))
		if damping < 1e-20 {
			break
		}
		sum += damping * p[(l.beyond+step)&(size-1)]
	}
	return sum / float64(size)
}

// byInversion returns the same average as the sum over frequencies t = 2πj/size of
//
//	Φ(t) e^{−itb}/(1 − e^{−θ−it}),  Φ = ⟨e^{itY}⟩_θ^{terms},
//
// the integral over t by a trapezoidal rule, which is exact up to values of S at a
// distance of size from b. Φ is negligible but for peaks at t = 0 and, as d(X) is a
// polynomial with integer coefficients, at 2π times fractions with small
// denominators; what remains elsewhere is probed at scattered frequencies.
func (l *latticeSum) byInversion(size uint64) (float64, error) {
	sum := 0.0
	const steep = 0.7 // e^{−θ·size} must be negligible
	if l.theta*l.sigma < steep {
		return 0, l.unresolved(size)
	}
	covered, err := l.peaks(size)
	if err != nil {
		return 0, err
	}
	for _, peak := range covered {
		for j := peak[0]; j <= peak[1]; j++ {
			weight := 2.0
			if j == 0 || j == size/2 {
				weight = 1
			}
			sum += weight * real(l.term(j, size))
		}
	}
	if rest := l.probe(size, covered); rest*float64(size) > 1e-10*math.Abs(sum) {
		return 0, l.unresolved(size)
	}
	return sum / float64(size) / -math.Expm1(-l.theta*float64(size)), nil
}

func (l *latticeSum) unresolved(size uint64) error {
	return &ConvergenceError{fmt.Sprintf(
		"exact error with %d patterns: too few to blur a lattice of %.3g values", l.terms+1, float64(size))}
}

// logPower returns ln Φ at frequency j of size, less itb: with ⟨e^{itY}⟩ − 1 summed
// by itself, so that its digits survive the multiplication by terms.
func (l *latticeSum) logPower(j, size uint64) complex128 {
	var re, im float64
	for i, y := range l.y {
		phase := 2 * math.Pi * centred(j*y, size)
		half := math.Sin(phase / 2)
		re -= l.q[i] * 2 * half * half
		im += l.q[i] * math.Sin(phase)
	}
	modulus := math.Log1p(re*(2+re)+im*im) / 2
	terms := float64(l.terms)
	return complex(terms*modulus, terms*math.Atan2(im, 1+re)-2*math.Pi*centred(j*l.beyond, size))
}

// centred returns x modulo size as a fraction of size from −½ to ½; size is a power
// of two, so that the wrap-around of x does not matter.
func centred(x, size uint64) float64 {
	return float64(int64(x*(1<<63/size*2))) / (1 << 63) / 2
}

// term returns Φ(t) e^{−itb}/(1 − e^{−θ−it}).
func (l *latticeSum) term(j, size uint64) complex128 {
	t := 2 * math.Pi * float64(j) / float64(size)
	half := math.Sin(t / 2)
	decay := math.Exp(-l.theta)
	kernel := complex(-math.Expm1(-l.theta)+decay*2*half*half, decay*math.Sin(t))
	return cmplx.Exp(l.logPower(j, size)) / kernel
}

// peaks returns the disjoint intervals of j, 0 ≤ j ≤ size/2, where Φ matters.
func (l *latticeSum) peaks(size uint64) ([][2]uint64, error) {
	const largest = 64 // denominator
	var found [][2]uint64
	total := uint64(0)
	for q := uint64(1); q <= largest; q++ {
		for a := uint64(0); 2*a <= q; a++ {
			if gcd(int64(a), int64(q)) != 1 {
				continue
			}
			centre := uint64(math.Round(float64(a) / float64(q) * float64(size)))
			if real(l.logPower(centre, size)) < negligible {
				continue
			}
			low, high := l.extent(centre, size)
			if total += high - low; total > longest {
				return nil, l.unresolved(size)
			}
			found = append(found, [2]uint64{low, high})
		}
	}
	return merged(found), nil
}

// merged joins intervals that touch or overlap, in ascending order.
func merged(intervals [][2]uint64) [][2]uint64 {
	sort.Slice(intervals, func(i, j int) bool { return intervals[i][0] < intervals[j][0] })
	disjoint := intervals[:1]
	for _, next := range intervals[1:] {
		last := &disjoint[len(disjoint)-1]
		if next[0] <= last[1] {
			last[1] = max(last[1], next[1])
		} else {
			disjoint = append(disjoint, next)
		}
	}
	return disjoint
}

const (
	negligible = -42   // ln Φ beside its peak
	longest    = 10000 // of all peaks together; a Gaussian one is some 400 long
)

// extent walks from a centre to both sides until Φ is negligible, or the peak too
// long.
func (l *latticeSum) extent(centre, size uint64) (low, high uint64) {
	low, high = centre, centre
	for low > 0 && high-low <= longest && real(l.logPower(low, size)) > negligible {
		low--
	}
	for high < size/2 && high-low <= longest && real(l.logPower(high, size)) > negligible {
		high++
	}
	return low, high
}

// probe returns the largest |term| at scattered frequencies outside the peaks.
func (l *latticeSum) probe(size uint64, covered [][2]uint64) float64 {
	const probes = 200
	golden := (math.Sqrt(5) - 1) / 2
	largest := 0.0
	for i := 1; i <= probes; i++ {
		_, fraction := math.Modf(golden * float64(i))
		j := uint64(fraction * float64(size/2))
		k := sort.Search(len(covered), func(k int) bool { return covered[k][1] >= j })
		if k < len(covered) && covered[k][0] <= j {
			continue
		}
		largest = math.Max(largest, cmplx.Abs(l.term(j, size)))
	}
	return largest
}
