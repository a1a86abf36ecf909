package theory

import "math"

// A DilutedOneStep is the first parallel step at T = 0 of couplings with few inputs
// per neuron, N → ∞ unless N is given.
type DilutedOneStep struct {
	K     int
	M0    float64 // overlap of the cue
	M1    float64 // overlap after the step
	Error float64 // (1−M1)/2
}

// NewDilutedOneStep evaluates the first step of a network whose neurons have exactly
// c inputs each. Along its pattern, c times the field of a neuron is
//
//	(right − wrong) + S,  S = a sum of (right+wrong)(K−1) independent signs,
//
// with right + wrong = c and each input wrong with probability (1−m0)/2; a zero
// field keeps the spin. It is exact for N → ∞, with quenched couplings too, where the
// inputs of different neurons are different: later steps are not, unless c ≪ ln N.
//
// Validity: 1 ≤ c ≤ 10⁵, 1 ≤ K ≤ 10⁵, |m0| ≤ 1.
func NewDilutedOneStep(c, k int, m0 float64) (DilutedOneStep, error) {
	if err := first(within("c", float64(c), 1, 1e5), dilutedArguments(k, m0)); err != nil {
		return DilutedOneStep{}, err
	}
	wrong := binomialLaw(c, (1-m0)/2)
	failing := newFailing(c, k)
	sum := 0.0
	for i, p := range wrong.p {
		sum += p * failing.at(wrong.first+i, (1-m0)/2)
	}
	return DilutedOneStep{k, m0, 1 - 2*sum, sum}, nil
}

// NewDilutedOneStepPoisson is [NewDilutedOneStep] for independent couplings, present
// with probability c/N as N → ∞: the numbers of right and of wrong inputs are
// independent Poisson variables with the means c(1±m0)/2. A neuron without inputs
// keeps its spin.
//
// Validity: 0 < c ≤ 1000, 1 ≤ K ≤ 10⁵, |m0| ≤ 1.
func NewDilutedOneStepPoisson(c float64, k int, m0 float64) (DilutedOneStep, error) {
	if err := first(positive("c", c), within("c", c, 0, 1000), dilutedArguments(k, m0)); err != nil {
		return DilutedOneStep{}, err
	}
	right, wrong := poissonLaw(c*(1+m0)/2), poissonLaw(c*(1-m0)/2)
	e := stepError(right, wrong, k, (1-m0)/2)
	return DilutedOneStep{k, m0, 1 - 2*e, e}, nil
}

// NewDilutedOneStepBinomial is the same for a network of N neurons, couplings
// present with probability c and a cue with exactly ⌊N(1−m0)/2 + ½⌋ wrong neurons, as in
// [OneStepError], which it is at c = 1. M0 of the result is the overlap of that cue.
//
// Validity: 2 ≤ N ≤ 10⁵, 0 ≤ c ≤ 1, c(N−1) ≤ 1000, 1 ≤ K ≤ 10⁵, |m0| ≤ 1.
func NewDilutedOneStepBinomial(n int, c float64, k int, m0 float64) (DilutedOneStep, error) {
	err := first(within("N", float64(n), 2, 1e5), within("c", c, 0, 1), dilutedArguments(k, m0))
	if err == nil {
		err = within("c(N-1)", c*float64(n-1), 0, 1000)
	}
	if err != nil {
		return DilutedOneStep{}, err
	}
	flipped := int(flips(n, m0))
	share := float64(flipped) / float64(n)
	sum := 0.0
	if flipped < n {
		sum += (1 - share) * stepError(binomialLaw(n-1-flipped, c), binomialLaw(flipped, c), k, 0)
	}
	if flipped > 0 {
		sum += share * stepError(binomialLaw(n-flipped, c), binomialLaw(flipped-1, c), k, 1)
	}
	return DilutedOneStep{k, 1 - 2*share, 1 - 2*sum, sum}, nil
}

func dilutedArguments(k int, m0 float64) error {
	return first(within("K", float64(k), 1, 1e5), within("m0", m0, -1, 1))
}

// stepError averages over independent numbers of right and wrong inputs. A neuron
// with a zero field is wrong with probability tie.
func stepError(right, wrong countLaw, k int, tie float64) float64 {
	sum := 0.0
	for inputs := right.first + wrong.first; inputs <= right.last()+wrong.last(); inputs++ {
		var failing *failing
		for w := max(wrong.first, inputs-right.last()); w <= min(wrong.last(), inputs-right.first); w++ {
			p := wrong.at(w) * right.at(inputs-w)
			if p < negligibleShare {
				continue
			}
			if failing == nil {
				failing = newFailing(inputs, k)
			}
			sum += p * failing.at(w, tie)
		}
	}
	return sum
}

const negligibleShare = 1e-22

// A failing is the law of S, a sum of inputs·(K−1) signs, where it can change the
// sign of right − wrong.
type failing struct {
	inputs       int
	below, equal []float64 // P(S < x) and P(S = x) at x = −inputs … inputs
}

// newFailing adds up the probabilities from a tail, which keeps its digits.
func newFailing(inputs, k int) *failing {
	f := &failing{inputs: inputs}
	signs := float64(inputs) * float64(k-1)
	sum := signsBelow(signs, float64(-inputs-1))
	for x := -inputs; x <= inputs; x++ {
		p, heads := 0.0, (signs+float64(x))/2
		if heads == math.Trunc(heads) && heads >= 0 && heads <= signs {
			p = fairProb(signs, heads)
		}
		f.below, f.equal = append(f.below, sum), append(f.equal, p)
		sum += p
	}
	return f
}

// at returns the probability that a neuron with that many wrong inputs is wrong.
func (f *failing) at(wrong int, tie float64) float64 {
	x := 2 * wrong // the index of −(right − wrong)
	return f.below[x] + tie*f.equal[x]
}

// A countLaw is a distribution of a number: p[i] is the probability of first+i.
// Values of negligible probability are left out.
type countLaw struct {
	first int
	p     []float64
}

func (l countLaw) last() int { return l.first + len(l.p) - 1 }

func (l countLaw) at(n int) float64 { return l.p[n-l.first] }

// poissonLaw and binomialLaw follow the ratio of neighbouring probabilities from the
// most probable value to both sides.
func poissonLaw(mean float64) countLaw {
	return lawFromRatios(int(mean), math.MaxInt, func(n int) float64 { return mean / float64(n+1) })
}

func binomialLaw(throws int, p float64) countLaw {
	if p >= 1 {
		return countLaw{throws, []float64{1}}
	}
	odds := p / (1 - p)
	top := min(throws, int(float64(throws+1)*p))
	return lawFromRatios(top, throws, func(n int) float64 {
		return float64(throws-n) / float64(n+1) * odds
	})
}

// lawFromRatios builds the law with p(n+1) = ratio(n) p(n), 0 ≤ n ≤ largest.
func lawFromRatios(top, largest int, ratio func(n int) float64) countLaw {
	down, up := []float64{}, []float64{1}
	for n, p := top-1, 1.0; n >= 0; n-- {
		p /= ratio(n)
		if p < negligibleShare {
			break
		}
		down = append(down, p)
	}
	for n, p := top, 1.0; n < largest; n++ {
		p *= ratio(n)
		if p < negligibleShare {
			break
		}
		up = append(up, p)
	}
	law := countLaw{first: top - len(down)}
	for i := len(down) - 1; i >= 0; i-- {
		law.p = append(law.p, down[i])
	}
	law.p = append(law.p, up...)
	total := 0.0
	for _, p := range law.p {
		total += p
	}
	for i := range law.p {
		law.p[i] /= total
	}
	return law
}
