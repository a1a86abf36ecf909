package thermal

import (
	"fmt"
	"math"
	"math/big"
	"testing"
)

func TestSchedules(t *testing.T) {
	from, to := big.NewRat(6, 5), big.NewRat(1, 20)
	linear, geometric := Linear(from, to, 5), Geometric(from, to, 5)
	for k := range 5 {
		part := float64(k) / 4
		for _, c := range []struct {
			got  *big.Rat
			want float64
		}{{linear[k], 1.2 - 1.15*part}, {geometric[k], 1.2 * math.Pow(0.05/1.2, part)}} {
			if got, _ := c.got.Float64(); math.Abs(got-c.want) > 1e-12 {
				t.Errorf("step %d: T = %v, want %v", k, got, c.want)
			}
		}
	}
	// Ends are exact, and what lies between has twelve decimals.
	if geometric[0].Cmp(from) != 0 || geometric[4].Cmp(to) != 0 || linear[4].Cmp(to) != 0 {
		t.Errorf("ends %v … %v", geometric[0], geometric[4])
	}
	if got, want := fmt.Sprint(geometric[2].FloatString(15)), "0.244948974278000"; got != want {
		t.Errorf("half-way %s, want %s", got, want)
	}
	if one := Linear(from, to, 1); len(one) != 1 || one[0].Cmp(from) != 0 {
		t.Errorf("one temperature: %v", one)
	}
}
