package model

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"hopcap/model/random"
)

// slowExponential is the exponential memory by its energy alone, in floats of
// 8000 bits.
type slowExponential struct {
	*exponentialNetwork
	exp map[int]*big.Float // e^{λM}
}

const slowBits = 8000

func slowlyExp(e *exponentialNetwork) slowExponential {
	lambda := new(big.Float).SetPrec(slowBits).SetInt64(1)
	if e.Lambda != nil {
		lambda.SetRat(e.Lambda)
	}
	// e^λ by its series
	unit, term := new(big.Float).SetPrec(slowBits), new(big.Float).SetPrec(slowBits).SetInt64(1)
	for k := int64(1); k < 2000; k++ {
		unit.Add(unit, term)
		term.Mul(term, lambda)
		term.Quo(term, new(big.Float).SetInt64(k))
	}
	exp := map[int]*big.Float{0: new(big.Float).SetPrec(slowBits).SetInt64(1)}
	for m := range e.N {
		exp[m+1] = new(big.Float).SetPrec(slowBits).Mul(exp[m], unit)
		exp[-m-1] = new(big.Float).SetPrec(slowBits).Quo(exp[-m], unit)
	}
	return slowExponential{e, exp}
}

func (e slowExponential) sum(s State) *big.Float {
	sum := new(big.Float).SetPrec(slowBits)
	for mu := range e.K {
		sum.Add(sum, e.exp[e.Overlap(mu, s)])
	}
	return sum
}

// field returns the sign of Σ e^{λM} with s_i = +1 less that with s_i = −1: zero
// if they agree to some 7000 of their 8000 bits.
func (e slowExponential) field(s State, i int) int {
	up, down := slices.Clone(s), slices.Clone(s)
	up[i], down[i] = 1, -1
	a, b := e.sum(up), e.sum(down)
	diff := new(big.Float).Sub(a, b)
	if diff.Sign() == 0 || diff.MantExp(nil) < a.MantExp(nil)-7000 {
		return 0
	}
	return diff.Sign()
}

// Every step agrees with the energies themselves.
func TestExponentialAgreesWithItsEnergy(t *testing.T) {
	for _, c := range []struct {
		n, k   int
		lambda string
	}{{2, 1, "1"}, {9, 4, "1"}, {16, 70, "1"}, {21, 200, "1"}, {21, 130, "0.05"}, {14, 90, "1.7"}, {20, 30, "40"}, {300, 3, "1"}} {
		for _, order := range []Order{Random, Parallel} {
			name := fmt.Sprintf("%d %d %s %d", c.n, c.k, c.lambda, order)
			t.Run(name, func(t *testing.T) {
				lambda, _ := new(big.Rat).SetString(c.lambda)
				compareExponential(t, &exponentialNetwork{draw(c.n, c.k, name), lambda}, order, name)
			})
		}
	}
}

func compareExponential(t *testing.T, e *exponentialNetwork, order Order, name string) {
	reference := slowlyExp(e)
	slow := []State{make(State, e.N), make(State, e.N), randomState(e.N, name)}
	e.Pattern(0, slow[0])
	e.Noisy(0, e.N/5, random.NewKey(name).Source(), slow[1], make([]int32, e.N))
	start := func(s []State) Replicas { return e.Start(s, nil) }
	relaxBeside(t, slow, start, Dynamics{Order: order, MaxSweeps: 8}, random.NewKey(name), reference.field, func(x Replicas, r int, s State) {
		sameExponential(t, x, r, reference, s)
	})
}

func sameExponential(t *testing.T, got Replicas, r int, e slowExponential, s State) {
	t.Helper()
	for i := range s {
		if h, want := big.NewInt(fields(got).Field(r, i)).Sign(), e.field(s, i); h != want {
			t.Fatalf("replica %d: field %d has sign %d, want %d", r, i, h, want)
		}
	}
	m := got.Overlaps(r, make([]int32, e.K))
	for mu := range m {
		if int(m[mu]) != e.Overlap(mu, s) {
			t.Fatalf("replica %d: overlap %d is %d, want %d", r, mu, m[mu], e.Overlap(mu, s))
		}
	}
	lambda := 1.0
	if e.Lambda != nil {
		lambda, _ = e.Lambda.Float64()
	}
	mant := new(big.Float)
	exponent := e.sum(s).MantExp(mant)
	f, _ := mant.Float64()
	want := -(math.Log(f) + float64(exponent)*math.Ln2) / lambda / float64(e.N)
	if energy := energy(got, r); math.Abs(energy-want) > 1e-14*(1+math.Abs(want)) {
		t.Fatalf("replica %d: energy %v, want %v", r, energy, want)
	}
}

// A few patterns of 2000 neurons: e^{2000} overflows any float, and here nothing.
func TestExponentialDoesNotOverflow(t *testing.T) {
	e := &exponentialNetwork{Patterns: draw(2000, 5, "large")}
	s := make(State, e.N)
	e.Noisy(3, 600, random.NewKey("large").Source(), s, make([]int32, e.N))
	x := e.Start([]State{s}, nil)
	relax := Dynamics{}.Relax(x, 1, e.N, random.NewKey("large"))
	for !relax.Done() {
		if err := relax.Sweep(context.Background(), nil); err != nil {
			t.Fatal(err)
		}
	}
	want := make(State, e.N)
	e.Pattern(3, want)
	if p := relax.Progress(0); !slices.Equal(s, want) || p.Sweeps != 2 || p.Flips != 600 {
		t.Errorf("%+v, want recall in one sweep of 600 flips", p)
	}
	if energy := energy(x, 0); energy != -1 {
		t.Errorf("energy %v, want −1", energy)
	}
}

// Only patterns of equal cavity overlap cancel, and then the neuron stays.
func TestExponentialTieKeepsTheNeuron(t *testing.T) {
	p := NewPatterns(5, 2) // two patterns that differ in neuron 0 alone
	p.Set(0, 0, 1)
	for mu := range 2 {
		for i := 1; i < 5; i++ {
			p.Set(i, mu, 1)
		}
	}
	for _, v := range []int8{-1, 1} {
		s := State{v, 1, -1, 1, 1}
		x := stored(Exponential{}, p).Start([]State{s}, nil)
		if fields(x).Field(0, 0) != 0 {
			t.Errorf("field %d at a tie", fields(x).Field(0, 0))
		}
		relax := Dynamics{}.Relax(x, 1, 5, random.NewKey(""))
		for !relax.Done() {
			if err := relax.Sweep(context.Background(), nil); err != nil {
				t.Fatal(err)
			}
		}
		if s[0] != v || s[2] != 1 {
			t.Errorf("%v from %d: the tie did not keep neuron 0, or neuron 2 stayed wrong", s, v)
		}
	}
}

// The sign of a sum of powers of e², with a term 1560 digits down and without it.
func TestSignOfASum(t *testing.T) {
	d := newDecay(nil)
	for _, c := range []struct {
		at   map[int]int
		want int
	}{
		{map[int]int{0: 3, 1800: -1}, 1}, {map[int]int{0: -3, 1800: 1}, -1},
		{map[int]int{1800: -1}, -1}, {map[int]int{}, 0},
		{map[int]int{0: 1, 1: -7, 2: -2}, 1}, // 1 − 0.947 − 0.037
		{map[int]int{0: 1, 1: -8}, -1},
	} {
		n := make([]int, 2000)
		for j, v := range c.at {
			n[j] = v
		}
		if got := d.sign(n); got != c.want {
			t.Errorf("%v: sign %d, want %d", c.at, got, c.want)
		}
	}
}

// The load in patterns is e^{αN}, and α is (ln K)/N.
func TestExponentialLoad(t *testing.T) {
	if alpha := (Exponential{}).Alpha(20, 1); alpha != 0 {
		t.Errorf("ln 1 / 20 = %g", alpha)
	}
	load := (Exponential{}).Patterns(30, big.NewRat(1, 3))
	if k, _ := load.Float64(); math.Abs(k-math.Exp(10)) > 1e-10 {
		t.Errorf("e^10 = %v", k)
	}
	if alpha := (Exponential{}).Alpha(30, 22026); math.Abs(alpha-math.Log(22026)/30) > 1e-16 {
		t.Errorf("ln 22026 / 30 = %v", alpha)
	}
}
