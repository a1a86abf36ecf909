package label

import (
	"math"
	"testing"
)

// A slope is written with the symbol on the axis, in brackets if it is a formula.
func TestBaseOfSlopes(t *testing.T) {
	for label, want := range map[string]string{
		`load $\alpha = K/N$`: `\alpha`, "$N$": "N", "$1/N$": "(1/N)", "size": "x", "size $N$ here": "x", "": "x", `5\$`: "x",
	} {
		if got := Base(label); got != want {
			t.Errorf("%s: got %s, want %s", label, got, want)
		}
	}
}

func TestUncertain(t *testing.T) {
	for _, c := range []struct {
		v, e float64
		want string
	}{
		{-0.5637, 0.021, "-0.56(2)"}, {0.5637, 0.0131, "0.564(13)"}, {0.5637, 0.0197, "0.56(2)"},
		{12.3, 3, "12(3)"}, {-0.04, 0.3, "0.0(3)"}, {0.5, 0, "0.5"}, {1, math.NaN(), "1"},
	} {
		if got := Uncertain(c.v, c.e); got != c.want {
			t.Errorf("%v ± %v: got %s, want %s", c.v, c.e, got, c.want)
		}
	}
}

func TestLabelText(t *testing.T) {
	for label, want := range map[string]string{
		`load $\alpha = K/N$`:         "load α = K/N",
		`$(\alpha-\alpha_c)N^{-1/2}$`: "(α − α_c)N^(−1/2)",
		`$\sqrt{2\alpha r}$, 10\$`:    "√(2αr), 10$",
		`$N = 10\,000$`:               "N = 10 000",
		`broken $`:                    "broken $",
	} {
		if got := Plain(label); got != want {
			t.Errorf("%s: got %q, want %q", label, got, want)
		}
	}
}

// The symbol of a label is the mathematics at its end.
func TestSymbols(t *testing.T) {
	for label, want := range map[string]string{
		`load $\alpha = K/N$`: `$\alpha$`, "$N$": "$N$", "sweeps": "sweeps", "$m$ of a cue": "$m$ of a cue", `in \$, $x$`: `in \$, $x$`,
	} {
		if got := Symbol(label); got != want {
			t.Errorf("%s: got %s, want %s", label, got, want)
		}
	}
}
