package scaling

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// A Datum is a quantity measured at one size.
type Datum struct {
	N             int
	Value, StdErr float64
}

// A Law says how a quantity depends on the size,
//
//	v(N) = limit + amplitude·N^−exponent·(1 + correction·N^−relative).
type Law struct {
	// Limit is set where v tends to a limit (a threshold), not to zero (a width).
	Limit bool
	// Exponent is fixed, or free if it is 0.
	Exponent float64
	// Relative is the exponent of the correction; there is none if it is 0.
	Relative float64
}

// String tells a law from others: "N^-0.5", "N^-x(1+bN^-0.333)".
func (l Law) String() string {
	s := "N^-x"
	if l.Exponent != 0 {
		s = fmt.Sprintf("N^-%.3g", l.Exponent)
	}
	if l.Relative != 0 {
		s += fmt.Sprintf("(1+bN^-%.3g)", l.Relative)
	}
	return s
}

// parameters is how many a fit of the law has.
func (l Law) parameters() int { return l.linear() + btoi(l.Exponent == 0) }

// linear is how many of them enter linearly.
func (l Law) linear() int { return 1 + btoi(l.Limit) + btoi(l.Relative != 0) }

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// A free exponent is sought between these. A fit that ends on one of them says
// that the data do not determine it.
const (
	leastExponent    = 0.05
	greatestExponent = 3
)

// A Fit is a law fitted to sizes from Smallest on, with known errors.
type Fit struct {
	Law
	Smallest int // N
	Sizes    int
	// What was fitted, and standard errors from the full covariance; 0 where the
	// law has no such parameter, and Exponent 0 ± where it is fixed: see Law.
	Value, ValueError           float64 // limit
	Amplitude, AmplitudeError   float64
	Power, PowerError           float64 // exponent, fixed or not
	Correction, CorrectionError float64 // amplitude·correction
	Goodness
	// Covariance is the covariance of limit, amplitude, correction and exponent, in this
	// order. Parameters that the law does not have are left out.
	Covariance *mat.SymDense
	// AtBound is set where the exponent ran to the end of its range.
	AtBound bool
}

// Fit minimises χ² = Σ (v − v(N))²/σ² over the data from the given size on. The
// linear parameters are eliminated exactly for each exponent (variable projection:
// Golub & Pereyra, SIAM J. Numer. Anal. 10, 413 (1973)), which leaves one dimension
// to search. It fails with fewer data than parameters.
func (l Law) Fit(data []Datum, smallest int) (Fit, error) {
	used := slices.DeleteFunc(slices.Clone(data), func(d Datum) bool { return d.N < smallest })
	if len(used) < l.parameters() {
		return Fit{}, fmt.Errorf("%d sizes from N = %d up are too few for %v", len(used), smallest, l)
	}
	for _, d := range used {
		if !(d.StdErr > 0) || math.IsInf(d.StdErr, 0) || math.IsNaN(d.Value) {
			return Fit{}, fmt.Errorf("value %v ± %v at N = %d cannot be fitted", d.Value, d.StdErr, d.N)
		}
	}
	f := Fit{Law: l, Smallest: smallest, Sizes: len(used), Power: l.Exponent}
	if l.Exponent == 0 {
		f.Power, f.AtBound = l.search(used)
	}
	linear, chi2 := l.project(used, f.Power)
	f.Goodness = goodness(chi2, len(used)-l.parameters())
	f.fill(used, linear)
	return f, nil
}

// terms are the derivatives of v(N) by the linear parameters, N in units of scale
// so that they are of order one.
func (l Law) terms(n, power float64) []float64 {
	var t []float64
	if l.Limit {
		t = append(t, 1)
	}
	t = append(t, math.Pow(n, -power))
	if l.Relative != 0 {
		t = append(t, math.Pow(n, -power-l.Relative))
	}
	return t
}

// project finds the best linear parameters for an exponent, and their χ².
func (l Law) project(data []Datum, power float64) (linear []float64, chi2 float64) {
	a, b := mat.NewDense(len(data), l.linear(), nil), mat.NewVecDense(len(data), nil)
	for i, d := range data {
		for j, t := range l.terms(float64(d.N), power) {
			a.Set(i, j, t/d.StdErr)
		}
		b.SetVec(i, d.Value/d.StdErr)
	}
	units := normalize(a)
	var qr mat.QR
	qr.Factorize(a)
	x := mat.NewVecDense(l.linear(), nil)
	// A solution in spite of a bad condition is one all the same; its covariance
	// tells.
	_ = qr.SolveVecTo(x, false, b)
	var residual mat.VecDense
	residual.MulVec(a, x)
	residual.SubVec(b, &residual)
	linear = make([]float64, l.linear())
	for j := range linear {
		linear[j] = x.AtVec(j) / units[j]
	}
	return linear, mat.Dot(&residual, &residual)
}

// normalize divides the columns of a by their lengths, which it returns: powers
// of N are of very different sizes.
func normalize(a *mat.Dense) []float64 {
	rows, columns := a.Dims()
	units := make([]float64, columns)
	for j := range units {
		units[j] = mat.Norm(a.ColView(j), 2)
		for i := range rows {
			a.Set(i, j, a.At(i, j)/units[j])
		}
	}
	return units
}

// search finds the exponent of least χ², by golden section from every minimum on a
// lattice: with a correction there may be several, where the two powers of N have
// changed places.
func (l Law) search(data []Datum) (power float64, atBound bool) {
	const steps = 80
	lattice, chi2 := make([]float64, steps+1), make([]float64, steps+1)
	at := func(p float64) float64 { _, c := l.project(data, p); return c }
	for i := range lattice {
		lattice[i] = leastExponent * math.Pow(greatestExponent/leastExponent, float64(i)/steps)
		chi2[i] = at(lattice[i])
	}
	best := math.Inf(1)
	for i := range lattice {
		before, after := max(0, i-1), min(steps, i+1)
		if chi2[i] > chi2[before] || chi2[i] > chi2[after] {
			continue
		}
		if p := golden(at, lattice[before], lattice[after]); at(p) < best {
			power, best = p, at(p)
		}
	}
	return power, power < leastExponent*1.001 || power > greatestExponent/1.001
}

// golden is the minimum of f between a and b (Kiefer, Proc. AMS 4, 502 (1953)).
func golden(f func(float64) float64, a, b float64) float64 {
	const section = 0.6180339887498949
	c, d := b-section*(b-a), a+section*(b-a)
	fc, fd := f(c), f(d)
	for range 60 {
		if fc < fd {
			b, d, fd = d, c, fc
			c = b - section*(b-a)
			fc = f(c)
		} else {
			a, c, fc = c, d, fd
			d = a + section*(b-a)
			fd = f(d)
		}
	}
	return (a + b) / 2
}

// fill names the parameters and gives them errors.
func (f *Fit) fill(data []Datum, linear []float64) {
	f.Covariance = f.covariance(data, linear)
	sigma := func(j int) float64 {
		if f.Covariance == nil {
			return math.Inf(1)
		}
		return math.Sqrt(f.Covariance.At(j, j))
	}
	j := 0
	if f.Limit {
		f.Value, f.ValueError = linear[0], sigma(0)
		j++
	}
	f.Amplitude, f.AmplitudeError = linear[j], sigma(j)
	j++
	if f.Relative != 0 {
		f.Correction, f.CorrectionError = linear[j], sigma(j)
		j++
	}
	if f.Exponent == 0 {
		f.PowerError = sigma(j)
	}
}

// covariance is (JᵀJ)⁻¹ with J the derivatives of v(N)/σ by all parameters; nil if
// the data do not determine them.
func (f *Fit) covariance(data []Datum, linear []float64) *mat.SymDense {
	p := f.parameters()
	j := mat.NewDense(len(data), p, nil)
	for i, d := range data {
		terms := f.terms(float64(d.N), f.Power)
		for k, t := range terms {
			j.Set(i, k, t/d.StdErr)
		}
		if f.Exponent == 0 {
			j.Set(i, p-1, -math.Log(float64(d.N))*decaying(f.Law, terms, linear)/d.StdErr)
		}
	}
	units := normalize(j)
	var jtj mat.SymDense
	jtj.SymOuterK(1, j.T())
	var chol mat.Cholesky
	inverse := mat.NewSymDense(p, nil)
	if !chol.Factorize(&jtj) || chol.InverseTo(inverse) != nil {
		return nil
	}
	for a := range p {
		for b := a; b < p; b++ {
			inverse.SetSym(a, b, inverse.At(a, b)/(units[a]*units[b]))
		}
	}
	return inverse
}

// decaying is v(N) without its limit.
func decaying(l Law, terms, linear []float64) float64 {
	sum := 0.0
	for j := btoi(l.Limit); j < len(terms); j++ {
		sum += terms[j] * linear[j]
	}
	return sum
}

// At is the fitted v(N), and its standard error.
func (f Fit) At(n float64) (value, stderr float64) {
	linear := f.linearParameters()
	terms := f.terms(n, f.Power)
	for j, t := range terms {
		value += t * linear[j]
	}
	if f.Covariance == nil {
		return value, math.Inf(1)
	}
	g := f.gradient(n)
	return value, math.Sqrt(mat.Inner(g, f.Covariance, g))
}

// gradient is the gradient of v(N) by all parameters, in the order of the covariance.
func (f Fit) gradient(n float64) *mat.VecDense {
	terms := f.terms(n, f.Power)
	gradient := slices.Clone(terms)
	if f.Exponent == 0 {
		gradient = append(gradient, -math.Log(n)*decaying(f.Law, terms, f.linearParameters()))
	}
	return mat.NewVecDense(len(gradient), gradient)
}

// influence is the derivative of the fitted limit by a value that was fitted, (JᵀJ)⁻¹Jᵀ
// divided by its error.
func (f Fit) influence(d Datum) float64 {
	if !f.Limit || f.Covariance == nil || d.N < f.Smallest {
		return 0
	}
	limit := mat.NewVecDense(f.parameters(), nil)
	limit.SetVec(0, 1)
	return mat.Inner(limit, f.Covariance, f.gradient(float64(d.N))) / (d.StdErr * d.StdErr)
}

func (f Fit) linearParameters() []float64 {
	var p []float64
	if f.Limit {
		p = append(p, f.Value)
	}
	p = append(p, f.Amplitude)
	if f.Relative != 0 {
		p = append(p, f.Correction)
	}
	return p
}
