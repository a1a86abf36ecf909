package config

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

func TestDecimalText(t *testing.T) {
	for written, want := range map[string]string{
		"0":                     "0",
		"-0.0":                  "0",
		"0.1":                   "0.1",
		"0.10":                  "0.1",
		"+1e-1":                 "0.1",
		"1_000.5":               "1000.5",
		"100":                   "100",
		"-0.25":                 "-0.25",
		"0.12345678901249":      "0.123456789012",
		"0.1234567890125":       "0.123456789013", // a tie goes away from zero
		"-0.1234567890125":      "-0.123456789013",
		"0.9999999999996":       "1",
		"123456789012":          "123456789012",
		"123456789012345":       "123456789012000",
		"1e15":                  "1e15",
		"1.5e20":                "1.5e20",
		"0.000001":              "0.000001",
		"0.0000001":             "1e-7",
		"1.25e-9":               "1.25e-9",
		"99999999999949e-2":     "999999999999",
		"0.1000000000000000055": "0.1",
	} {
		r, ok := parseDecimal(written)
		if !ok {
			t.Errorf("%s is refused", written)
			continue
		}
		if got := newDecimal(r).text; got != want {
			t.Errorf("%s: got %s, want %s", written, got, want)
		}
	}
}

func TestNoDecimals(t *testing.T) {
	for _, s := range []string{"", "x", "nan", "inf", "-Inf", "infinity", "0x10", "1/2", "1e-400", "1 2"} {
		if _, ok := parseDecimal(s); ok {
			t.Errorf("%q is taken for a number", s)
		}
	}
}

func TestOneTenthIsExact(t *testing.T) {
	r, _ := parseDecimal("0.1")
	v := newDecimal(r)
	if v.number.Cmp(big.NewRat(1, 10)) != 0 || v.float != 0.1 {
		t.Errorf("got %s, %g", v.number, v.float)
	}
}

// Canonical text reads back as the same value, and differs for values that differ
// in the twelfth digit.
func TestDecimalTextReadsBack(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		mantissa := rng.Int64N(1e12-1e11) + 1e11
		exponent := rng.IntN(60) - 40
		v := newDecimal(decimal{mantissa, exponent}.rat())
		next := newDecimal(decimal{mantissa + 1, exponent}.rat())
		back, ok := parseDecimal(v.text)
		if !ok || newDecimal(back).text != v.text || back.Cmp(v.number) != 0 || v.text == next.text {
			t.Fatalf("%de%d: %s, %s", mantissa, exponent, v.text, next.text)
		}
		if f, _ := strconv.ParseFloat(v.text, 64); f != v.float {
			t.Fatalf("%s: float %g", v.text, v.float)
		}
	}
}

// Rounding agrees with the library's for numbers that are no ties.
func TestRoundingAgreesWithFormatFloat(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		f := (rng.Float64() - 0.5) * 1e3
		want, _ := strconv.ParseFloat(strconv.FormatFloat(f, 'e', digits-1, 64), 64)
		if got := newDecimal(new(big.Rat).SetFloat64(f)).float; got != want {
			t.Fatalf("%v: got %v, want %v", f, got, want)
		}
	}
}

func TestSettings(t *testing.T) {
	c := parseToy(t, toyConfig)
	s := c.Points[0].Settings
	switch {
	case s.Int("N") != 100 || s.Rat("N").Cmp(big.NewRat(100, 1)) != 0 || s.Float("N") != 100:
		t.Error("N")
	case s.Rat("alpha").Cmp(big.NewRat(1, 10)) != 0 || s.Float("alpha") != 0.1:
		t.Error("alpha")
	case s.Has("K") || s.Has("bias") || s.Has("nonsense") || !s.Has("thick"):
		t.Error("Has")
	case s.Text("model") != "fair" || s.Text("model.kind") != "fair" || s.Text("experiment.kind") != "toss":
		t.Error("kinds")
	case s.Bool("thick") || s.Int("seed") != 1985:
		t.Error("defaults")
	}
	s.Rat("alpha").SetInt64(7)
	if s.Float("alpha") != 0.1 || s.Rat("alpha").Cmp(big.NewRat(1, 10)) != 0 {
		t.Error("a caller changed a setting")
	}
}

func TestSettingsPanicOnBugs(t *testing.T) {
	s := parseToy(t, toyConfig).Points[0].Settings
	for want, f := range map[string]func(){
		"config: no setting K":                     func() { s.Int("K") },
		"config: no setting nonsense":              func() { s.Text("nonsense") },
		"config: setting alpha is of another kind": func() { s.Int("alpha") },
		"config: setting order is of another kind": func() { s.Float("order") },
	} {
		if got := panicOf(f); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func panicOf(f func()) (msg string) {
	defer func() { msg = strings.TrimSpace(fmt.Sprint(recover())) }()
	f()
	return ""
}
