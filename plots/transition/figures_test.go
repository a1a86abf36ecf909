package transition

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"hopcap/plots/figure"
	"hopcap/sweep/fit"
	"hopcap/sweep/scaling"
	"hopcap/sweep/study"
)

func TestConcise(t *testing.T) {
	for _, c := range []struct {
		value, stderr float64
		want          string
	}{{0.14251474, 0.0003, "0.14251(30)"}, {0.5112, 0.00702, "0.5112(70)"}, {2, 0, "2"}, {12.34, 1.26, "12.3(13)"}} {
		if got := concise(c.value, c.stderr); got != c.want {
			t.Errorf("%v ± %v is %s, want %s", c.value, c.stderr, got, c.want)
		}
	}
}

// settings are those of a point that has no others.
type settings struct {
	study.Settings
	model       string
	temperature *big.Rat
}

func (s settings) Has(key string) bool {
	return key == "model" || key == "temperature" && s.temperature != nil
}
func (s settings) Text(string) string  { return s.model }
func (s settings) Rat(string) *big.Rat { return s.temperature }

// fitted is a study of sizes from N = 500 on, whose α_½ is 0.14 + N^−1/2 and whose
// final overlaps are 0.97 or 0.3.
func fitted(sizes int, at study.Settings) *fit.Result {
	s := &fit.Study{Label: "synthetic,order=random", RetrievedAt: 0.7, Settings: at}
	random := rand.New(rand.NewPCG(1, 2))
	for i := range sizes {
		n := 500 << i
		width := 1 / math.Sqrt(float64(n))
		for level := range 9 {
			alpha := 0.14 + width*(1+float64(level-4)/3)
			for range 100 {
				m := 0.3
				if 0.14+width*(1+0.5*random.NormFloat64()) > alpha {
					m = 0.97
				}
				s.Add(n, alpha, m)
			}
		}
	}
	return s.Fit(scaling.Bootstrap{Replicates: 20, Seed: 1})
}

func names(figures []*figure.Figure) (all []string) {
	for _, f := range figures {
		all = append(all, f.Name)
	}
	return all
}

func TestFigures(t *testing.T) {
	hopfield := fitted(6, settings{model: "hopfield"})
	figures := Figures([]*fit.Result{hopfield})
	if want := []string{"fit-fraction", "fit-overlap", "fit-collapse", "fit-threshold"}; !slices.Equal(names(figures), want) {
		t.Fatalf("figures %v, want %v", names(figures), want)
	}
	fraction, overlap, threshold := figures[0].Panels[0], figures[1].Panels[0], figures[3].Panels[0]
	if len(fraction.Series) != 6 || len(fraction.Lines) != 6 || len(overlap.Histograms) != 6 {
		t.Errorf("%d curves, %d fits, %d histograms of 6 sizes", len(fraction.Series), len(fraction.Lines), len(overlap.Histograms))
	}
	// α_c, six sizes, and one value of others.
	if len(threshold.Series) != 2 || len(threshold.Series[0].Points) != 7 || len(threshold.Marks) != 2 || threshold.Inset == nil {
		t.Errorf("extrapolation: %+v", threshold)
	}
	p := threshold.Series[0].Points[0]
	if got := p.High - p.Y; math.Abs(got-hopfield.Critical.Error()) > 1e-12 {
		t.Errorf("α_c is drawn with the error %v, want %v", got, hopfield.Critical.Error())
	}
}

// Where there are several studies each panel names its own, and the widths have a
// panel.
func TestFiguresOfSeveralStudies(t *testing.T) {
	few, r := fitted(3, nil), fitted(6, nil)
	figures := Figures([]*fit.Result{few, r})
	if want := []string{"fit-fraction", "fit-overlap", "fit-collapse", "fit-threshold"}; !slices.Equal(names(figures), want) {
		t.Fatalf("figures %v, want %v", names(figures), want)
	}
	if got := figures[0].Panels[1].Note; got != "synthetic, order=random" {
		t.Errorf("the panel's note is %q", got)
	}
	if len(figures[2].Panels) != 1 || len(figures[3].Panels) != 2 {
		t.Errorf("%d collapses, %d panels of extrapolation", len(figures[2].Panels), len(figures[3].Panels))
	}
	// Three sizes allow no law.
	if series := figures[3].Panels[0].Series; len(series) != 1 || series[0].Style != 1 {
		t.Errorf("extrapolations %+v", series)
	}
	if got := names(Figures([]*fit.Result{few})); !slices.Equal(got, []string{"fit-fraction", "fit-overlap"}) {
		t.Errorf("figures %v of a study without α_c", got)
	}
}

// Theory stands beside the network that it describes, at T = 0, and beside no other.
func TestTheoryWhereItHolds(t *testing.T) {
	for _, c := range []struct {
		at   study.Settings
		want bool
	}{
		{settings{model: "hopfield"}, true},
		{settings{model: "hopfield", temperature: new(big.Rat)}, true},
		{settings{model: "hopfield", temperature: big.NewRat(1, 10)}, false},
		{settings{model: "dense"}, false},
		{nil, false},
	} {
		if got := knownToTheory(&fit.Result{Study: &fit.Study{Settings: c.at}}); got != c.want {
			t.Errorf("%+v: %v", c.at, got)
		}
	}
}
