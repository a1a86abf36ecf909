package scaling

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// pilot is 20 pattern sets at each of so many levels of the network of size n.
func pilot(n, levels, sets int, src rand.Source) []Count {
	truth := hopfield(n)
	var counts []Count
	for i := range levels {
		alpha := math.Round(1000*(truth.half+truth.width*(-2.5+5*float64(i)/float64(levels-1)))) / 1000
		hits := int(distuv.Binomial{N: float64(sets), P: truth.p(Logit, alpha), Src: src}.Rand())
		counts = append(counts, Count{Curve: n, Alpha: alpha, Sets: sets, Cues: sets, Hits: hits, Cost: n})
	}
	return counts
}

func sum(x []int) (s int) {
	for _, v := range x {
		s += v
	}
	return s
}

func TestAllocatePinned(t *testing.T) {
	counts := []Count{
		{1, 0.14, 20, 20, 20, 3}, {1, 0.15, 20, 20, 16, 3}, {1, 0.16, 20, 20, 9, 3}, {1, 0.17, 20, 20, 2, 3},
		{2, 0.13, 20, 40, 40, 9}, {2, 0.14, 20, 40, 31, 9}, {2, 0.15, 20, 40, 8, 9}, {2, 0.16, 20, 40, 0, 9},
	}
	got := Goal{Threshold: 5e-4}.Allocate(counts, 1000)
	want := []int{0, 133, 371, 126, 0, 168, 161, 0}
	if !slices.Equal(got, want) {
		t.Errorf("allocated %v, want %v", got, want)
	}
}

// The records of an adaptive study are the same on every machine only if this is.
func TestAllocateIsTheSameOnEveryMachine(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	hash := fnv.New64a()
	for range 200 {
		counts := make([]Count, 12)
		hits := 50
		for i := range counts {
			hits -= random.IntN(1 + hits/3)
			counts[i] = Count{Curve: i / 6, Alpha: float64(130+i) / 1000, Sets: 50, Cues: 50, Hits: hits, Cost: 1 + random.IntN(5)}
		}
		_, _ = fmt.Fprintln(hash, Goal{Threshold: 1e-5}.Allocate(counts, 1000))
	}
	if got := hash.Sum64(); got != 0x1f583fab9508ec50 {
		t.Errorf("hash of allocations %#x", got)
	}
}

func TestAllocateSpendsTheBudgetOrReachesTheGoal(t *testing.T) {
	counts := pilot(1000, 13, 20, rand.NewPCG(1, 1))
	for _, budget := range []int{0, 1, 7, 100, 12345} {
		if got := sum(Goal{Threshold: 1e-6}.Allocate(counts, budget)); got != budget {
			t.Errorf("%d of a budget of %d allocated", got, budget)
		}
	}
	if got := sum(Goal{Threshold: 1}.Allocate(counts, 100)); got != 0 {
		t.Errorf("%d allocated beyond the goal", got)
	}
	if got := sum(Goal{Threshold: 5e-4}.Allocate(counts, 1e6)); got > 1e5 {
		t.Errorf("%d allocated, far more than the goal wants", got)
	}
}

// Three adaptive rounds against as many sets spread evenly: α_½ must scatter less
// over repeated studies, and as much as was predicted.
func TestAllocateReducesTheError(t *testing.T) {
	truth := hopfield(1000)
	even := func([]Count) []int { return slices.Repeat([]int{40}, 21) }
	best := func(c []Count) []int { return Goal{Threshold: 1e-6}.Allocate(c, 840) }
	study := func(rep int, allocate func([]Count) []int) (half, predicted float64) {
		src := rand.NewPCG(uint64(rep), 9)
		counts := pilot(1000, 21, 20, src)
		for range 3 {
			for i, n := range allocate(counts) {
				if n > 0 {
					counts[i].Sets, counts[i].Cues = counts[i].Sets+n, counts[i].Cues+n
					counts[i].Hits += int(distuv.Binomial{N: float64(n), P: truth.p(Logit, counts[i].Alpha), Src: src}.Rand())
				}
			}
		}
		f, err := Logit.Fit(tallied(counts))
		if err != nil {
			t.Fatal(err)
		}
		return f.Half, Goal{Threshold: 1}.Outlook(counts)[0].Error
	}
	var evenly, adaptive, predicted []float64
	for rep := range 100 {
		h, _ := study(rep, even)
		evenly = append(evenly, h)
		h, p := study(rep, best)
		adaptive, predicted = append(adaptive, h), append(predicted, p)
	}
	if a, b := stat.StdDev(adaptive, nil), stat.StdDev(evenly, nil); a > 0.8*b {
		t.Errorf("error %.3g, %.3g without allocation", a, b)
	}
	a, p := stat.StdDev(adaptive, nil), stat.Mean(predicted, nil)
	near(t, "error over prediction", a/p, 1, 0.25)
	near(t, "mean α_½", stat.Mean(adaptive, nil), truth.half, 4*a/10)
}

func tallied(counts []Count) []Tally {
	var tallies []Tally
	for _, c := range counts {
		tallies = append(tallies, Tally{c.Alpha, float64(c.Hits), float64(c.Cues)})
	}
	return tallies
}

func TestOutlookReachesTheGoal(t *testing.T) {
	counts := append(pilot(1000, 13, 50, rand.NewPCG(1, 1)), pilot(4000, 13, 50, rand.NewPCG(1, 2))...)
	goal := Goal{Threshold: 5e-4}
	for _, l := range goal.Outlook(counts) {
		want := l.Error * l.Error / (goal.Threshold * goal.Threshold) * 13 * 50
		if !(float64(l.Sets) < want) || l.Sets == 0 || l.Cost != int64(l.Sets)*int64(l.Curve) {
			t.Errorf("%+v; %.0f sets would do it evenly", l, want)
		}
	}
}

func TestAllocateForFractions(t *testing.T) {
	counts := []Count{{1, 0.1, 100, 100, 100, 1}, {1, 0.2, 100, 100, 50, 1}, {2, 0.1, 400, 400, 200, 1}}
	got := Goal{Fraction: 0.03}.Allocate(counts, 10000)
	// 0.25/0.03² = 278 sets; the first point has 0.07 ± 0.007.
	if got[0] != 0 || got[1] < 178 || got[1] > 178+10000/portions || got[2] != 0 {
		t.Errorf("allocated %v", got)
	}
}

// Where nothing or everything was retrieved no curve can be fitted that holds the
// threshold: the sets are spread, to find out.
func TestAllocateWithoutATransition(t *testing.T) {
	counts := []Count{{1, 0.1, 10, 10, 10, 1}, {1, 0.11, 10, 10, 10, 1}, {1, 0.12, 10, 10, 10, 1}, {1, 0.13, 10, 10, 10, 1}}
	got := Goal{Threshold: 1e-3}.Allocate(counts, 400)
	if slices.Min(got) < 90 || sum(got) != 400 {
		t.Errorf("allocated %v", got)
	}
	if e := (Goal{Threshold: 1}).Outlook(counts)[0].Error; !math.IsInf(e, 1) {
		t.Errorf("error %v of a threshold that is not there", e)
	}
}

func TestLogistic(t *testing.T) {
	for x := -45.0; x <= 45; x += 0.37 {
		want := 1 / (1 + math.Exp(-min(max(x, -40), 40)))
		near(t, "logistic", logistic(x)/want, 1, 1e-12)
	}
}
