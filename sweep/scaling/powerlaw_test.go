package scaling

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func exactly(value func(n float64) float64) []Datum {
	var data []Datum
	for _, n := range sizes {
		data = append(data, Datum{n, value(float64(n)), 1e-4})
	}
	return data
}

func TestLawsFindExactParameters(t *testing.T) {
	data := exactly(func(n float64) float64 { return 0.14 + 2*math.Pow(n, -0.6)*(1+3*math.Pow(n, -0.5)) })
	for _, l := range []Law{{Limit: true, Relative: 0.5}, {Limit: true, Exponent: 0.6, Relative: 0.5}} {
		f, err := l.Fit(data, 500)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "limit", f.Value, 0.14, 1e-6)
		near(t, "exponent", f.Power, 0.6, 1e-4)
		near(t, "amplitude", f.Amplitude, 2, 2e-3)
		near(t, "correction", f.Correction, 6, 2e-2)
		near(t, "χ²", f.ChiSquare, 0, 1e-6)
		value, _ := f.At(1e5)
		near(t, "N = 10⁵", value, 0.14+2*math.Pow(1e5, -0.6)*(1+3*math.Pow(1e5, -0.5)), 1e-6)
	}
	data = exactly(func(n float64) float64 { return 0.9 * math.Pow(n, -0.55) })
	f, err := Law{}.Fit(data, 500)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "y", f.Power, 0.55, 1e-6)
}

// The full covariance, of the exponent too, against the scatter of repeated fits.
func TestLawCovariance(t *testing.T) {
	value := func(n float64) float64 { return 0.1425 + 2.35*math.Pow(n, -2./3) }
	law := Law{Limit: true}
	first, err := law.Fit(exactly(value), 500)
	if err != nil {
		t.Fatal(err)
	}
	const repetitions = 200
	var limit2, power2, both, at2 float64
	random := rand.New(rand.NewPCG(1, 1))
	for range repetitions {
		data := exactly(value)
		for i := range data {
			data[i].Value += 1e-4 * random.NormFloat64()
		}
		f, err := law.Fit(data, 500)
		if err != nil {
			t.Fatal(err)
		}
		dl, dp := f.Value-0.1425, f.Power-2./3
		v, _ := f.At(32000)
		limit2, power2, both, at2 = limit2+dl*dl, power2+dp*dp, both+dl*dp, at2+(v-value(32000))*(v-value(32000))
	}
	_, at := first.At(32000)
	near(t, "limit", math.Sqrt(limit2/repetitions)/first.ValueError, 1, 0.2)
	near(t, "exponent", math.Sqrt(power2/repetitions)/first.PowerError, 1, 0.2)
	near(t, "covariance", both/repetitions/first.Covariance.At(0, 2), 1, 0.4)
	near(t, "prediction", math.Sqrt(at2/repetitions)/at, 1, 0.2)
}

func TestLawsSayWhatTheyCannotFit(t *testing.T) {
	data := exactly(func(n float64) float64 { return 1 / n })
	if _, err := (Law{Limit: true}).Fit(data, 8000); err == nil {
		t.Error("three parameters from two sizes")
	}
	data[0].StdErr = 0
	if _, err := (Law{}).Fit(data, 500); err == nil {
		t.Error("an error of zero was taken")
	}
	// What does not decay has no exponent.
	f, err := Law{Limit: true}.Fit(exactly(func(n float64) float64 { return 0.14 + 1e-5*math.Log(n) }), 500)
	if err != nil {
		t.Fatal(err)
	}
	if f.Acceptable() && !(f.ValueError > 1e-4) {
		t.Errorf("a logarithm gave the limit %v ± %v", f.Value, f.ValueError)
	}
}

func TestAcceptable(t *testing.T) {
	good := Fit{Power: 0.6, PowerError: 0.2, Goodness: Goodness{1, 2, 0.3}, Covariance: mat.NewSymDense(1, nil)}
	if !good.Acceptable() {
		t.Fatal("a good fit was refused")
	}
	for name, spoil := range map[string]func(*Fit){
		"χ² too large":                 func(f *Fit) { f.P = 0.009 },
		"one degree of freedom":        func(f *Fit) { f.Freedom = 1 },
		"an exponent that may be zero": func(f *Fit) { f.PowerError = 0.31 },
		"an exponent at its bound":     func(f *Fit) { f.AtBound = true },
		"no covariance":                func(f *Fit) { f.Covariance = nil },
	} {
		bad := good
		spoil(&bad)
		if bad.Acceptable() {
			t.Errorf("%s was accepted", name)
		}
	}
}

// A fit that leaves one size out weighs e⁻¹ of one that fits the same with all.
func TestWeights(t *testing.T) {
	data := exactly(func(n float64) float64 { return 0.14 + math.Pow(n, -0.5) })
	fits := Fits(data, []Law{{Limit: true, Exponent: 0.5}})
	near(t, "ratio", fits[1].Weight/fits[0].Weight, math.Exp(-1), 1e-6)
	sum := 0.0
	for _, f := range fits {
		sum += f.Weight
		if f.Freedom < 2 && f.Weight != 0 {
			t.Errorf("a fit with %d degrees of freedom has weight %v", f.Freedom, f.Weight)
		}
	}
	near(t, "sum", sum, 1, 1e-12)
	a, err := Limit(fits)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "average", a.Value, 0.14, 1e-9)
	near(t, "systematic", a.Systematic, 0, 1e-6)
}

func TestAverageRefusesWhatFitsNothing(t *testing.T) {
	data := exactly(func(n float64) float64 { return 0.14 + 0.01*math.Sin(n) })
	if _, err := Limit(Fits(data, ThresholdLaws)); err == nil {
		t.Error("noise was fitted")
	}
}

// The error that counts is what laws and smallest sizes disagree on: here the right
// law is not among those tried.
func TestAverageCoversAnUnknownLaw(t *testing.T) {
	value := func(n float64) float64 { return 0.1425 + 1.5*math.Pow(n, -0.58) + 0.2*math.Pow(n, -0.9) }
	a, err := Limit(Fits(even.measure(value, rand.NewPCG(5, 5)), ThresholdLaws))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "α_c", a.Value, 0.1425, 2*a.Error())
	if !(a.Lowest <= a.Value && a.Value <= a.Highest && a.Systematic > 0) {
		t.Errorf("%+v", a)
	}
}
