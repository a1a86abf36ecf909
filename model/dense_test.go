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

// slowF returns F(m) by its definition: the power, or the sum over n different
// neurons in all orders, of which (N+m)/2 have the product +1.
func slowF(f Form, n, degree, m int) *big.Int {
	if f == Distinct {
		plus, minus := int64(n+m)/2, int64(n-m)/2
		sum := new(big.Int)
		for odd := range degree + 1 {
			ways := new(big.Int).Mul(new(big.Int).Binomial(minus, int64(odd)), new(big.Int).Binomial(plus, int64(degree-odd)))
			if odd&1 != 0 {
				ways.Neg(ways)
			}
			sum.Add(sum, ways)
		}
		return sum.Mul(sum, new(big.Int).MulRange(1, int64(degree)))
	}
	if f == Rectified && m < 0 {
		return new(big.Int)
	}
	return new(big.Int).Exp(big.NewInt(int64(m)), big.NewInt(int64(degree)), nil)
}

// slowDense is the dense memory by its energy alone.
type slowDense struct {
	*denseNetwork
	f map[int]*big.Int
}

func slowly(d *denseNetwork) slowDense {
	f := map[int]*big.Int{}
	for m := -d.N; m <= d.N; m += 2 {
		f[m] = slowF(d.Form, d.N, d.Degree, m)
	}
	return slowDense{d, f}
}

// sum returns Σ_μ F(M^μ).
func (d slowDense) sum(s State) *big.Int {
	sum := new(big.Int)
	for mu := range d.K {
		sum.Add(sum, d.f[d.Overlap(mu, s)])
	}
	return sum
}

// field returns Σ F with s_i = +1 less Σ F with s_i = −1.
func (d slowDense) field(s State, i int) *big.Int {
	up, down := slices.Clone(s), slices.Clone(s)
	up[i], down[i] = 1, -1
	return new(big.Int).Sub(d.sum(up), d.sum(down))
}

func (d slowDense) energy(s State) float64 {
	e := new(big.Rat).SetFrac(d.sum(s), new(big.Int).Mul(big.NewInt(int64(d.Degree)), power(d.N, d.Degree)))
	f, _ := e.Neg(e).Float64()
	return f
}

var forms = []Form{Full, Rectified, Distinct}

// Every step of every form agrees with the energies themselves.
func TestDenseAgreesWithItsEnergy(t *testing.T) {
	for _, size := range []struct{ n, k int }{{2, 1}, {9, 4}, {16, 70}, {21, 130}} {
		for degree := 2; degree <= min(size.n, MaxDegree); degree++ {
			for _, form := range forms {
				for _, order := range []Order{Random, Parallel} {
					name := fmt.Sprintf("%d %d n%d form%d order%d", size.n, size.k, degree, form, order)
					t.Run(name, func(t *testing.T) {
						d := &denseNetwork{draw(size.n, size.k, name), Dense{degree, form}}
						compareDense(t, d, order, name, func(s []State) Replicas { return stored(d.Dense, d.Patterns).Start(s, nil) })
						compareDense(t, d, order, name, func(s []State) Replicas { return startWeighted(d, s, nil) })
					})
				}
			}
		}
	}
}

// compareDense relaxes three replicas step by step beside the reference.
func compareDense(t *testing.T, d *denseNetwork, order Order, name string, load func([]State) Replicas) {
	reference := slowly(d)
	slow := []State{make(State, d.N), make(State, d.N), randomState(d.N, name)}
	d.Pattern(0, slow[0])
	d.Noisy(0, d.N/5, random.NewKey(name).Source(), slow[1], make([]int32, d.N))
	field := func(s State, i int) int { return reference.field(s, i).Sign() }
	relaxBeside(t, slow, load, Dynamics{Order: order, MaxSweeps: 8}, random.NewKey(name), field, func(x Replicas, r int, s State) {
		sameDense(t, x, r, reference, s)
	})
}

func sameDense(t *testing.T, got Replicas, r int, d slowDense, s State) {
	t.Helper()
	for i := range s {
		want := d.field(s, i)
		if _, pair := got.(*weightedReplicas); !pair && d.Degree == 2 {
			want.Quo(want, big.NewInt(4)) // Hopfield's N·h_i
		}
		if h := fields(got).Field(r, i); want.Cmp(big.NewInt(h)) != 0 {
			t.Fatalf("replica %d: field %d is %d, want %d", r, i, h, want)
		}
	}
	m := got.Overlaps(r, make([]int32, d.K))
	for mu := range m {
		if int(m[mu]) != d.Overlap(mu, s) {
			t.Fatalf("replica %d: overlap %d is %d, want %d", r, mu, m[mu], d.Overlap(mu, s))
		}
	}
	if e := energy(got, r); e != d.energy(s) && d.Degree > 2 {
		t.Fatalf("replica %d: energy %v, want %v", r, e, d.energy(s))
	}
	if x, ok := got.(*productReplicas); ok {
		sameLargest(t, x, r, m)
	}
}

// sameLargest compares what is told of overlaps without a list of them.
func sameLargest(t *testing.T, x *productReplicas, r int, m []int32) {
	t.Helper()
	first := 0
	for mu, v := range m {
		if x.Overlap(r, mu) != int(v) {
			t.Fatalf("replica %d: overlap %d alone is %d, in the list %d", r, mu, x.Overlap(r, mu), v)
		}
		if max(v, -v) > max(m[first], -m[first]) {
			first = mu
		}
	}
	if best, at := x.Largest(r); at != first || best != int(m[first]) {
		t.Fatalf("replica %d: largest %d of pattern %d, want %d of %d", r, best, at, m[first], first)
	}
}

// Degree 2, in its full and its distinct form, is the Hopfield network.
func TestDegreeTwoIsHopfield(t *testing.T) {
	p := draw(90, 14, "two")
	for _, form := range []Form{Full, Distinct} {
		s := randomState(90, "two")
		x := weightedOf(t, &denseNetwork{p, Dense{2, form}}, s)
		h := stored(Hopfield{}, p).Start([]State{slices.Clone(s)}, nil)
		for i := range s {
			if d := fields(x).Field(0, i); d != 4*fields(h).Field(0, i) {
				t.Fatalf("form %d: D_%d = %d, want 4·%d", form, i, d, fields(h).Field(0, i))
			}
		}
		if _, ok := stored(Dense{2, form}, p).Start([]State{s}, nil).(*weightedReplicas); ok {
			t.Errorf("form %d is not handed to Hopfield", form)
		}
	}
	// Without the diagonal: the distinct form needs no correction.
	s := randomState(90, "two")
	want := energy(stored(Hopfield{}, p).Start([]State{slices.Clone(s)}, nil), 0)
	if e := energy(weightedOf(t, &denseNetwork{p, Dense{2, Distinct}}, s), 0); math.Abs(e-want) > 1e-15 {
		t.Errorf("energy %v, want %v", e, want)
	}
}

func weightedOf(t *testing.T, d *denseNetwork, s State) Replicas {
	t.Helper()
	return startWeighted(d, []State{slices.Clone(s)}, nil)
}

// A tie keeps the neuron: two patterns that differ only in neuron 0, on which
// both states of that neuron have one energy.
func TestDenseTieKeepsTheNeuron(t *testing.T) {
	for degree := 2; degree <= MaxDegree; degree++ {
		for _, form := range forms {
			p := NewPatterns(9, 2)
			p.Set(0, 0, 1)
			for mu := range 2 {
				for i := 1; i < 9; i++ {
					p.Set(i, mu, 1)
				}
			}
			for _, v := range []int8{-1, 1} {
				for _, order := range []Order{Random, Parallel} {
					s := State{v, 1, 1, 1, 1, 1, 1, 1, 1}
					x := Dynamics{Order: order}.Relax(stored(Dense{degree, form}, p).Start([]State{s}, nil), 1, 9, random.NewKey(""))
					if err := x.Sweep(context.Background(), nil); err != nil {
						t.Fatal(err)
					}
					if got := x.Progress(0); got != (Progress{1, 0, FixedPoint}) {
						t.Errorf("degree %d form %d from %d: %+v", degree, form, v, got)
					}
				}
			}
		}
	}
}

// Fields that leave 64 bits decide in 128: N = 3000 at n = 8 has N⁸ ≈ 2⁹².
func TestDenseBeyond64Bits(t *testing.T) {
	d := &denseNetwork{draw(3000, 3, "wide"), Dense{8, Full}}
	s := make(State, d.N)
	d.Noisy(1, 500, random.NewKey("wide").Source(), s, make([]int32, d.N))
	want := make(State, d.N)
	d.Pattern(1, want)
	x := Dynamics{}.Relax(d.Start([]State{s}, nil), 1, d.N, random.NewKey("wide"))
	for !x.Done() {
		if err := x.Sweep(context.Background(), nil); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(s, want) {
		t.Errorf("one of three patterns was not recalled at N = 3000, n = 8")
	}
}

// A size whose fields leave 128 bits is refused: at n = 8 and K = 1, 2·(2N+4)⁸
// has 126 bits up to 2N + 4 = 50535.
func TestDenseCheck(t *testing.T) {
	for _, c := range []struct {
		n, k, degree int
		refused      bool
	}{{25265, 1, 8, false}, {25266, 1, 8, true}, {200, 1 << 30, 8, false}, {1 << 20, 1 << 30, 4, false}, {100, 10, 9, true}, {100, 10, 1, true}, {3, 1, 3, false}, {3, 1, 4, true}} {
		if err := (Dense{Degree: c.degree}).Check(c.n, c.k); (err != nil) != c.refused {
			t.Errorf("N = %d, K = %d, n = %d: %v", c.n, c.k, c.degree, err)
		}
	}
}

func TestInt128(t *testing.T) {
	r := random.NewKey("128").Source()
	for range 2000 {
		a := int128{int64(r.Uint64()) >> (r.Uint64() & 63), r.Uint64()}
		b := int128{int64(r.Uint64()) >> (r.Uint64() & 63), r.Uint64()}
		m := int64(r.Uint64()) >> (r.Uint64() & 63)
		for _, c := range []struct {
			op   string
			got  int128
			want *big.Int
		}{
			{"+", a.plus(b), new(big.Int).Add(a.big(), b.big())},
			{"−", a.minus(b), new(big.Int).Sub(a.big(), b.big())},
			{"·", a.times(m), new(big.Int).Mul(a.big(), big.NewInt(m))},
		} {
			rest := new(big.Int).Sub(c.want, c.got.big())
			if new(big.Int).And(rest, mask128).Sign() != 0 {
				t.Fatalf("%v %s %v or %d gives %v, want %v modulo 2^128", a.big(), c.op, b.big(), m, c.got.big(), c.want)
			}
		}
		if a.sign() != a.big().Sign() {
			t.Fatalf("sign of %v is %d", a.big(), a.sign())
		}
		want := a.big()
		switch {
		case want.Cmp(big.NewInt(math.MaxInt64)) > 0:
			want.SetInt64(math.MaxInt64)
		case want.Cmp(big.NewInt(math.MinInt64)) < 0:
			want.SetInt64(math.MinInt64)
		}
		if got := a.int64(); want.Cmp(big.NewInt(got)) != 0 {
			t.Fatalf("%v to 64 bits is %d", a.big(), got)
		}
	}
}

var mask128 = new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 128), big.NewInt(1))

// The energy is the nearest float64 to the quotient, around 2⁵³ and beyond too.
func TestDenseEnergyIsRoundedOnce(t *testing.T) {
	r := random.NewKey("energies").Source()
	for range 3000 {
		d := &denseNetwork{NewPatterns(2+int(r.Uintn(400)), 1), Dense{3 + int(r.Uintn(6)), Full}}
		sum := int128{int64(r.Uint64()), r.Uint64()}
		if r.Uint64()&7 != 0 { // mostly around 2⁵³
			sum = integer128(int64(r.Uint64()) >> (8 + r.Uint64()&31))
		}
		scale := new(big.Int).Mul(big.NewInt(int64(d.Degree)), power(d.N, d.Degree))
		want, _ := new(big.Rat).SetFrac(new(big.Int).Neg(sum.big()), scale).Float64()
		if got := d.energy(sum); got != want || math.Signbit(got) != math.Signbit(want) {
			t.Fatalf("N = %d, n = %d, ΣF = %v: %v, want %v", d.N, d.Degree, sum.big(), got, want)
		}
	}
	if e := (&denseNetwork{NewPatterns(200, 1), Dense{3, Full}}).energy(int128{}); e != 0 || math.Signbit(e) {
		t.Errorf("nothing weighs %v", e)
	}
}
