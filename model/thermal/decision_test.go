package thermal

import (
	"math"
	"math/big"
	"testing"

	"hopcap/model/random"
)

var rules = map[string]Transition{"heat bath": HeatBath, "Metropolis": Metropolis}

// expFloat returns e^{−x} by its series in floating point of 400 bits.
func expFloat(x *big.Rat) *big.Float {
	f := func(v int64) *big.Float { return new(big.Float).SetPrec(400).SetInt64(v) }
	y := f(0).SetRat(x)
	halvings := max(y.MantExp(nil), 0) + 10
	y.SetMantExp(y, -halvings)
	sum, term := f(1), f(1)
	for k := int64(1); k < 60; k++ {
		term.Mul(term, y)
		term.Quo(term, f(-k))
		sum.Add(sum, term)
	}
	for range halvings {
		sum.Mul(sum, sum)
	}
	return sum
}

// probability returns 2⁶⁴ p(x) in floating point.
func probability(rule Transition, slope *big.Rat, x int64) *big.Float {
	one := new(big.Float).SetPrec(400).SetInt64(1)
	size := new(big.Rat).Mul(slope, big.NewRat(max(x, -x), 1))
	e := expFloat(size)
	p := new(big.Float).SetPrec(400).Set(e)
	switch {
	case rule == Metropolis && x <= 0:
		p.Set(one)
	case rule == HeatBath && x < 0:
		p.Quo(one, new(big.Float).Add(one, e))
	case rule == HeatBath:
		p.Quo(e, new(big.Float).Add(one, e))
	}
	return p.SetMantExp(p, 64)
}

// As many u flip as is 2⁶⁴p(x), rounded to the nearest.
func TestDecisionRoundsToTheNearest(t *testing.T) {
	for name, rule := range rules {
		for _, slope := range []*big.Rat{big.NewRat(1, 1), big.NewRat(2, 700), big.NewRat(1, 1e12), big.NewRat(173, 10)} {
			g := NewDecision(rule, slope, big.NewRat(1, 1))
			unit, _ := new(big.Rat).Inv(slope).Float64()
			r := random.NewKey(name + slope.String()).Source()
			for range 60 {
				x := int64((float64(r.Uintn(1<<20))/(1<<19) - 1) * 46 * unit)
				rounded, _ := new(big.Float).Add(probability(rule, slope, x), big.NewFloat(0.5)).Int(nil)
				count := new(big.Int)
				if count.Set(rounded).Sign() > 0 {
					below := new(big.Int).Sub(count, big.NewInt(1)).Uint64()
					if !g.decide(x, below) || !g.Flips(x, below) {
						t.Errorf("%s, slope %v: x = %d with u = %d does not flip", name, slope, x, below)
					}
				}
				if count.BitLen() <= 64 {
					if u := count.Uint64(); g.decide(x, u) || g.Flips(x, u) {
						t.Errorf("%s, slope %v: x = %d with u = %d flips", name, slope, x, u)
					}
				}
			}
		}
	}
}

// The fast decision and the exact one agree right beside the boundary, where the
// exact one is asked.
func TestDecisionExactDecisionAgrees(t *testing.T) {
	g := NewDecision(HeatBath, big.NewRat(2, 1000), big.NewRat(1, 2))
	for x := uint64(1); x < 9000; x += 37 {
		p := probability(HeatBath, g.slope, int64(x))
		at, _ := p.Int(nil)
		for d := -2; d <= 2; d++ {
			u := at.Uint64() + uint64(d)
			if got, want := g.rises(x, u), g.risesExactly(x, u); got != want {
				t.Fatalf("x = %d, u = %d: %v, exactly %v", x, u, got, want)
			}
		}
	}
}

// A zero field flips half of the u in a heat bath, all of them by Metropolis.
func TestThermalZeroField(t *testing.T) {
	bath := NewDecision(HeatBath, big.NewRat(1, 50), big.NewRat(1, 3))
	metropolis := NewDecision(Metropolis, big.NewRat(1, 50), big.NewRat(1, 3))
	for _, u := range []uint64{0, 1<<63 - 1, 1 << 63, math.MaxUint64} {
		if got := bath.Flips(0, u); got != (u < 1<<63) {
			t.Errorf("heat bath, u = %d: %v", u, got)
		}
		if !metropolis.Flips(0, u) {
			t.Errorf("Metropolis, u = %d does not flip", u)
		}
	}
}

func TestDecisionGuide(t *testing.T) {
	for _, rule := range rules {
		g := NewDecision(rule, big.NewRat(2, 3001), big.NewRat(7, 10))
		r := random.NewKey("guide").Source()
		for range 20000 {
			x, u := int64(r.Uintn(20000))-10000, r.Uint64()>>r.Uintn(65)
			if got, want := g.Flips(x, u), g.decide(x, u); got != want {
				t.Fatalf("x = %d, u = %d: %v, without the guide %v", x, u, got, want)
			}
			if x >= g.Above(u) && g.decide(x, u) {
				t.Fatalf("x = %d, u = %d flips above %d", x, u, g.Above(u))
			}
		}
	}
}

func TestCheckTemperature(t *testing.T) {
	for _, c := range []struct {
		unit, temperature *big.Rat
		ok                bool
	}{
		{big.NewRat(2, 1000), big.NewRat(1, 2), true},
		{big.NewRat(2, 1000), new(big.Rat), false},
		{big.NewRat(2, 1000), big.NewRat(-1, 2), false},
		{big.NewRat(1, math.MaxInt64), big.NewRat(1, 2), false},
	} {
		if err := CheckTemperature(c.unit, c.temperature); (err == nil) != c.ok {
			t.Errorf("unit %v at temperature %v: %v", c.unit, c.temperature, err)
		}
	}
}

func BenchmarkNewDecision(b *testing.B) {
	for b.Loop() {
		NewDecision(HeatBath, big.NewRat(2, 1000), big.NewRat(3, 10))
	}
}
