package summary

import (
	"math"

	"gonum.org/v1/gonum/stat"
)

// FewSamples is below what an error bar can be trusted.
const FewSamples = 10

// Samples are measured values. Samples are independent and weigh the same; the cues of
// one sample share its disorder, and are averaged first.
type Samples struct {
	averages []float64 // of each sample of which anything is known
	cues     int       // in all
}

// NewSamples averages over the cues of each sample. A value that is NaN is not known.
func NewSamples(samples [][]float64) Samples {
	s := Samples{averages: make([]float64, 0, len(samples))}
	for _, cues := range samples {
		if average, n := Average(cues); n > 0 {
			s.averages, s.cues = append(s.averages, average), s.cues+n
		}
	}
	return s
}

// Average is the mean of the n cues of a sample of which the value is known; NaN if there
// is none.
func Average(cues []float64) (average float64, n int) {
	sum := 0.0
	for _, x := range cues {
		if !math.IsNaN(x) {
			sum, n = sum+x, n+1
		}
	}
	if n == 0 {
		return math.NaN(), 0
	}
	low, high := bounds(cues)
	return min(max(sum/float64(n), low), high), n
}

// Mean summarises by the mean and its standard error.
func (s Samples) Mean() Summary {
	m, se := s.mean(), s.stderr()
	return Summary{
		Kind: Mean, Center: m, Mean: m, Stderr: se, Low: m - z95*se, High: m + z95*se,
		Effective: float64(len(s.averages)),
	}
}

// Fraction summarises values 0 and 1 by how many are 1, with the Wilson interval.
func (s Samples) Fraction() Summary {
	f := s.Share()
	f.Kind = Fraction
	if len(s.averages) > 0 {
		f.Low, f.High = Wilson(f.Center, f.Effective)
	}
	return f
}

// Share is Fraction without the interval.
func (s Samples) Share() Summary {
	m := s.mean()
	return Summary{
		Kind: Share, Center: m, Mean: m, Stderr: s.stderr(), Low: math.NaN(), High: math.NaN(),
		Effective: s.size(),
	}
}

// mean is over samples; NaN if there is none. It lies within the samples, which a rounded
// sum divided by their number may not: the mean of any number of equal values is that value.
func (s Samples) mean() float64 {
	if len(s.averages) == 0 {
		return math.NaN()
	}
	low, high := bounds(s.averages)
	return min(max(stat.Mean(s.averages, nil), low), high)
}

// bounds are the least and the greatest of the values that are known.
func bounds(x []float64) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, v := range x {
		if !math.IsNaN(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	return low, high
}

// stderr is the standard error of the mean; NaN if there are not two samples. Equal
// values have no error.
func (s Samples) stderr() float64 {
	n := len(s.averages)
	if n < 2 {
		return math.NaN()
	}
	if low, high := bounds(s.averages); low == high {
		return 0
	}
	return stat.StdErr(stat.StdDev(s.averages, nil), float64(n))
}

// size is the number of independent trials that would give a rate with the same
// error: p(1−p)/se², kept between the number of samples and that of cues.
func (s Samples) size() float64 {
	samples, cues := float64(len(s.averages)), float64(s.cues)
	p, se := s.mean(), s.stderr()
	if math.IsNaN(se) || p == 0 || p == 1 {
		return samples
	}
	return max(samples, min(p*(1-p)/(se*se), cues))
}
