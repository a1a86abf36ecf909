package theory

import (
	"math"
	"testing"
)

// fitting are settings under which a theory holds.
func fitting(t Theory) Settings {
	at := Settings{"N": int64(1000), "alpha": 0.1, "overlap": 0.9, "degree": int64(3), "temperature": 0.0,
		"sleep": 1.0, "connectivity": 0.5, "bias": 0.5, "feature_load": 0.1}
	for key, values := range t.holds {
		for _, v := range values {
			if v != nil {
				at[key] = v
			}
		}
	}
	return at
}

// Every theory has a curve of each column that it knows where it holds, and none
// elsewhere.
func TestEveryTheoryKnowsWhatItSays(t *testing.T) {
	for _, name := range Names() {
		theory, _ := Named(name)
		if theory.Slow || name == "coexistence_temperature" {
			continue // half a minute, and as amari_maginu and retrieval_temperature but for a function
		}
		at := fitting(theory)
		elsewhere := fitting(theory)
		elsewhere["model"] = "another"
		for _, x := range theory.x {
			lo, hi := 0.01, 0.12
			if x == "N" || x == "sweep" || x == "step" {
				lo, hi = 10, 40
			}
			for _, y := range theory.y {
				xs, ys, ok := theory.Curve(x, y, at, lo, hi)
				if !ok || len(xs) != len(ys) || len(xs) < 2 {
					t.Errorf("%s: no curve of %s against %s: %v, %v", name, y, x, xs, ys)
				}
				for i := range xs {
					if math.IsNaN(xs[i]) || math.IsNaN(ys[i]) || math.IsInf(ys[i], 0) {
						t.Errorf("%s: %s is %v at %s = %v", name, y, ys[i], x, xs[i])
						break
					}
				}
				if _, _, ok := theory.Curve(x, y, elsewhere, lo, hi); ok {
					t.Errorf("%s: a curve for another model", name)
				}
			}
			if theory.HasMarks() && (len(theory.Marks(x, at)) == 0 || len(theory.Marks(x, elsewhere)) > 0) {
				t.Errorf("%s: marks %v, for another model %v", name, theory.Marks(x, at), theory.Marks(x, elsewhere))
			}
			if _, _, ok := theory.Curve(x, "no_column", at, lo, hi); ok || theory.KnowsY("no_column") {
				t.Errorf("%s: a curve of no column", name)
			}
		}
		if theory.KnowsX("no_column") || len(theory.Marks("no_column", at)) > 0 {
			t.Errorf("%s: something on no column", name)
		}
	}
}

// Conditions take any of their values, numbers as numbers, and nil for a key that
// has none.
func TestConditions(t *testing.T) {
	c := conditions{"model": {nil, "hopfield"}, "max_sweeps": {1}}
	for _, k := range []struct {
		at   Settings
		want bool
	}{
		{Settings{"max_sweeps": int64(1)}, true},
		{Settings{"max_sweeps": 1.0, "model": "hopfield"}, true},
		{Settings{"max_sweeps": int64(2)}, false},
		{Settings{"max_sweeps": int64(1), "model": "dense"}, false},
		{Settings{"model": "hopfield"}, false},
		{nil, false},
	} {
		if got := c.met(k.at); got != k.want {
			t.Errorf("%v: met is %v", k.at, got)
		}
	}
	if more := c.and("order", "parallel"); len(c) != 2 || more.met(Settings{"max_sweeps": 1}) {
		t.Error("one more condition changed the first, or is none")
	}
}

// What a theory says is listed for those who ask it for something else.
func TestSays(t *testing.T) {
	for name, want := range map[string]string{
		"ags":      "overlap_final against alpha, and marks on alpha",
		"two_step": "overlap_final against N or 1/N",
		"mceliece": "marks on K*ln(N)/N",
	} {
		if theory, _ := Named(name); theory.Says() != want {
			t.Errorf("%s says %q, want %q", name, theory.Says(), want)
		}
	}
}
