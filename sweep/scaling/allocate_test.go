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
		counts = append(counts, Count{Alpha: alpha, Sets: sets, Cues: sets, Hits: hits, Cost: n, Room: plenty})
	}
	return counts
}

const plenty = 1_000_000_000

func sum(x []int) (s int) {
	for _, v := range x {
		s += v
	}
	return s
}

func TestAllocatePinned(t *testing.T) {
	for _, c := range []struct {
		counts []Count
		want   []int
	}{
		{[]Count{{0.14, 20, 20, 20, 3, plenty}, {0.15, 20, 20, 16, 3, plenty}, {0.16, 20, 20, 9, 3, plenty}, {0.17, 20, 20, 2, 3, plenty}},
			[]int{0, 140, 399, 140}},
		{[]Count{{0.13, 20, 40, 40, 9, plenty}, {0.14, 20, 40, 31, 9, plenty}, {0.15, 20, 40, 8, 11, plenty}, {0.16, 20, 40, 0, 12, 50}},
			[]int{0, 196, 161, 0}},
	} {
		if got := (Goal{Threshold: 5e-4}).Allocate(c.counts, 1000); !slices.Equal(got, c.want) {
			t.Errorf("allocated %v, want %v", got, c.want)
		}
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
			counts[i] = Count{Alpha: float64(130+i) / 1000, Sets: 50, Cues: 50, Hits: hits, Cost: 1 + random.IntN(5), Room: random.IntN(500)}
		}
		_, _ = fmt.Fprintln(hash, Goal{Threshold: 1e-5}.Allocate(counts, 1000))
	}
	if got := hash.Sum64(); got != 0xdf301c831afb85e1 {
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
		return f.Half, Goal{Threshold: 1}.Outlook(counts).Threshold
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

// Studies that go on in rounds until the goal is reached scatter by it about the
// truth: to stop at a wanted error makes α_½ neither better nor lopsided.
func TestStoppingAtTheGoalIsHonest(t *testing.T) {
	truth, goal := hopfield(1000), Goal{Threshold: 5e-4}
	var halves []float64
	for rep := range 200 {
		src := rand.NewPCG(uint64(rep), 77)
		counts := pilot(1000, 11, 50, src)
		for total := 550; ; {
			more := goal.Allocate(counts, 2*total)
			if sum(more) == 0 {
				break
			}
			total += sum(more)
			for i, n := range more {
				if n > 0 {
					counts[i].Sets, counts[i].Cues = counts[i].Sets+n, counts[i].Cues+n
					counts[i].Hits += int(distuv.Binomial{N: float64(n), P: truth.p(Logit, counts[i].Alpha), Src: src}.Rand())
				}
			}
		}
		f, err := Probit.Fit(tallied(counts))
		if err != nil {
			t.Fatal(err)
		}
		halves = append(halves, f.Half)
	}
	near(t, "scatter over goal", stat.StdDev(halves, nil)/goal.Threshold, 0.97, 0.15) // three standard errors
	near(t, "mean α_½", stat.Mean(halves, nil), truth.half, 3*goal.Threshold/math.Sqrt(200))
}

func tallied(counts []Count) []Tally {
	var tallies []Tally
	for _, c := range counts {
		tallies = append(tallies, Tally{c.Alpha, float64(c.Hits), float64(c.Cues)})
	}
	return tallies
}

func TestOutlookReachesTheGoal(t *testing.T) {
	for i, n := range []int{1000, 4000} {
		goal, counts := Goal{Threshold: 5e-4}, pilot(n, 13, 50, rand.NewPCG(1, uint64(i)))
		l := goal.Outlook(counts)
		evenly := l.Threshold * l.Threshold / (goal.Threshold * goal.Threshold) * 13 * 50
		if got := float64(sum(l.More)); got == 0 || got >= evenly {
			t.Errorf("N = %d: %v more sets; %.0f would do it evenly", n, got, evenly)
		}
		for j := range counts {
			k := l.More[j]
			counts[j].Hits += k * counts[j].Hits / counts[j].Sets
			counts[j].Sets, counts[j].Cues = counts[j].Sets+k, counts[j].Cues+k
		}
		near(t, "error with those sets", goal.Outlook(counts).Threshold/goal.Threshold, 1, 0.2)
	}
}

// What is given passes the goal by a little, so that no further round is for a few.
func TestAllocatePassesTheGoal(t *testing.T) {
	goal, counts := Goal{Threshold: 5e-4}, pilot(1000, 13, 50, rand.NewPCG(1, 0))
	more, outlook := goal.Allocate(counts, 20000), goal.Outlook(counts).More
	if got, want := float64(sum(more)+13*50), float64(sum(outlook)+13*50)/(beyond*beyond); math.Abs(got/want-1) > 0.03 {
		t.Errorf("%v sets in all, want %.0f", got, want)
	}
}

func TestAllocateKeepsWithinTheRoom(t *testing.T) {
	counts := pilot(1000, 13, 20, rand.NewPCG(1, 1))
	for i := range counts {
		counts[i].Room = 10 * i
	}
	more := Goal{Threshold: 1e-6}.Allocate(counts, plenty)
	look := Goal{Threshold: 1e-6, Fraction: 1e-6}.Outlook(counts)
	for i := range counts {
		if more[i] != 10*i || look.More[i] != 10*i {
			t.Errorf("%v allocated, %v foreseen, of a room of 0, 10, 20, …", more, look.More)
			break
		}
	}
}

// A quantity that rises with the load passes ½ as well.
func TestAllocateForARisingCurve(t *testing.T) {
	counts := pilot(1000, 13, 50, rand.NewPCG(1, 1))
	goal := Goal{Threshold: 5e-4}
	falling, look := goal.Allocate(counts, 1000), goal.Outlook(counts).Threshold
	for i := range counts {
		counts[i].Hits = counts[i].Cues - counts[i].Hits
	}
	if rising := goal.Allocate(counts, 1000); !slices.Equal(rising, falling) {
		t.Errorf("%v, falling %v", rising, falling)
	}
	near(t, "error of the rising curve", goal.Outlook(counts).Threshold/look, 1, 1e-9)
}

func TestAllocateForFractions(t *testing.T) {
	counts := []Count{{0.1, 100, 100, 100, 1, plenty}, {0.2, 100, 100, 50, 1, plenty}, {0.3, 400, 400, 200, 1, plenty}}
	got := Goal{Fraction: 0.03}.Allocate(counts, 10000)
	// 0.25/(0.97 · 0.03)² = 295 sets; the first point has 0.07 ± 0.007.
	if got[0] != 0 || got[1] < 195 || got[1] > 195+10000/portions || got[2] != 0 {
		t.Errorf("allocated %v", got)
	}
	near(t, "largest error", Goal{}.Outlook(counts).Fraction, 0.05, 1e-3)
}

// Where no curve can be fitted that holds the threshold the sets are spread, to find
// out, until it is beyond doubt that there is none.
func TestAllocateWithoutATransition(t *testing.T) {
	counts := []Count{{0.1, 8, 8, 8, 1, plenty}, {0.11, 8, 8, 8, 1, plenty}, {0.12, 8, 8, 8, 1, plenty}, {0.13, 8, 8, 8, 1, plenty}}
	goal := Goal{Threshold: 1e-3}
	for budget, want := range map[int]int{16: 4, 1000: 14} {
		if got := goal.Allocate(counts, budget); slices.Max(got) > want || sum(got) < 4*(want-7) {
			t.Errorf("allocated %v of %d", got, budget)
		}
	}
	if l := goal.Outlook(counts); !math.IsInf(l.Threshold, 1) || l.OneSided {
		t.Errorf("a threshold that is not there: %+v", l)
	}
	for i := range counts {
		counts[i].Sets, counts[i].Cues, counts[i].Hits = 30, 30, 30
	}
	if l := goal.Outlook(counts); !l.OneSided || sum(l.More) != 0 {
		t.Errorf("a threshold that cannot be there: %+v", l)
	}
	counts[3].Hits = 16 // it may be near the last load
	if l := goal.Outlook(counts); l.OneSided || sum(l.More) == 0 {
		t.Errorf("a threshold that may be there: %+v", l)
	}
}
