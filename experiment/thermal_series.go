package experiment

import (
	"math"
	"slices"
)

// A series is an observable sweep by sweep. What is computed from it is a sum of
// float64 products, each rounded before it is added, so that machines which fuse
// the two agree with those which do not.
type series []float64

// mean of a constant is that constant, exactly.
func (s series) mean() float64 {
	sum := 0.0
	for _, v := range s {
		sum += v - s[0]
	}
	return s[0] + sum/float64(len(s))
}

// covariance returns (1/n) Σ_t (x_t − x̄)(x_{t+lag} − x̄).
func (s series) covariance(mean float64, lag int) float64 {
	sum := 0.0
	for t, v := range s[lag:] {
		sum += float64((v - mean) * (s[t] - mean))
	}
	return sum / float64(len(s))
}

// A summary is what a stationary series says of the mean of its observable.
type summary struct {
	mean     float64
	variance float64 // of the observable, without bias
	tau      float64 // integrated autocorrelation time, in sweeps
	err      float64 // standard error of the mean
	size     float64 // of independent values: n/2τ
}

// window is how many τ of the autocorrelation function are summed.
const window = 6

// summarise finds the integrated autocorrelation time
//
//	τ = ½ + Σ_{t=1}^W ρ(t),  W the first with W ≥ 6τ
//
// (Sokal 1989), times 1 + (2W+1)/n for the bias of ρ (Wolff, Comput. Phys. Commun.
// 156, 143 (2004)), and the standard error of the mean from bins of 8τ.
func (s series) summarise() summary {
	n := float64(len(s))
	mean := s.mean()
	variance := s.covariance(mean, 0)
	if variance == 0 {
		return summary{mean, 0, 0.5, 0, n}
	}
	sum, last := 0.5, 0
	for last = 1; last < len(s) && float64(last) < window*sum; last++ {
		sum += s.covariance(mean, last) / variance
	}
	tau := max(sum*(1+(2*float64(last)+1)/n), 0.5)
	size := n / (2 * tau)
	return summary{mean, variance / max(1-1/size, 0.5), tau, s.binned(int(math.Ceil(8 * tau))), size}
}

// binned returns the standard error of the mean from bins of the given length,
// counted from the end; infinite if there are not two.
func (s series) binned(length int) float64 {
	bins := len(s) / length
	if bins < 2 {
		return math.Inf(1)
	}
	means := make(series, bins)
	for b := range means {
		end := len(s) - (bins-1-b)*length
		means[b] = s[end-length : end].mean()
	}
	return math.Sqrt(means.covariance(means.mean(), 0) / float64(bins-1))
}

// moment returns the mean of the k-th power.
func (s series) moment(k int) float64 {
	sum := 0.0
	for _, v := range s {
		power := v
		for range k - 1 {
			power *= v
		}
		sum += power
	}
	return sum / float64(len(s))
}

// A verdict says how many sweeps of a run are discarded, and whether the rest is stationary.
type verdict struct {
	discarded   int
	thermalised bool
}

// The limits of the verdict.
const (
	fewestValues = 20 // independent ones
	deviations   = 4  // between halves, and between replicas
)

// judge decides from which sweep on two runs of the same observables are
// stationary. It looks at the runs without their first n/64, n/32, … n/2 sweeps, or
// whole, and keeps what leaves the most independent values of the observable that
// has fewest (Chodera, J. Chem. Theory Comput. 12, 1799 (2016)). That has
// thermalised if there are 20 of them, and if the means of its halves, and of the
// two runs, agree within four standard errors in every observable.
func judge(runs [2][]series) verdict {
	n := len(runs[0][0])
	best, most := 0, -1.0
	for _, discarded := range []int{0, n / 64, n / 32, n / 16, n / 8, n / 4, n / 2} {
		fewest := math.Inf(1)
		for _, s := range slices.Concat(runs[0], runs[1]) {
			fewest = min(fewest, s[discarded:].summarise().size)
		}
		if fewest > most {
			best, most = discarded, fewest
		}
	}
	return verdict{best, most >= fewestValues && settled(runs, best)}
}

// settled compares halves and runs.
func settled(runs [2][]series, discarded int) bool {
	for k := range runs[0] {
		a, b := runs[0][k][discarded:], runs[1][k][discarded:]
		middle := len(a) / 2
		if !agree(a, b) || !agree(a[:middle], a[middle:]) || !agree(b[:middle], b[middle:]) {
			return false
		}
	}
	return true
}

// agree reports whether the means of two series differ by no more than chance.
func agree(a, b series) bool {
	x, y := a.summarise(), b.summarise()
	return math.Abs(x.mean-y.mean) <= deviations*math.Sqrt(float64(x.err*x.err)+float64(y.err*y.err))
}
