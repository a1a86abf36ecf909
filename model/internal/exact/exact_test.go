package exact

import (
	"math"
	"math/big"
	"testing"
)

// e^{−x} and ln against known digits and each other.
func TestExpAndLog(t *testing.T) {
	const places = 200
	one := new(big.Int).Lsh(big.NewInt(1), places)
	for _, c := range []struct{ x, want string }{
		{"1", "0.36787944117144232159552377016146086744581113103176783450783680"},
		{"0", "1"},
		{"10", "0.00004539992976248485153559151556055061023791808886656496925907"},
	} {
		x, _ := new(big.Rat).SetString(c.x)
		want, _ := new(big.Rat).SetString(c.want)
		got := new(big.Rat).SetFrac(Exp(x, places), one)
		if diff, _ := got.Sub(got, want).Float64(); math.Abs(diff) > 1e-58 {
			t.Errorf("exp(−%s) is off by %g", c.x, diff)
		}
		back := Log(Exp(x, places), places, 120)
		sum := new(big.Rat).Add(x, new(big.Rat).SetFrac(back, new(big.Int).Lsh(big.NewInt(1), 120)))
		if diff, _ := sum.Float64(); math.Abs(diff) > 1e-34 {
			t.Errorf("ln exp(−%s) is off by %g", c.x, diff)
		}
	}
}
