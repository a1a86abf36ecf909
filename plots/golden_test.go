package plots

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"hopcap/plots/canvas"
	"hopcap/plots/figure"
	"hopcap/plots/label"
)

var update = flag.Bool("update", false, "write the golden images anew")

// drawn are the figures that are compared with golden images: each kind as a
// config declares it, and then what may go wrong.
var drawn = map[string]func() (*figure.Figure, error){
	"collapse": declared(collapse(), Spec{X: "alpha", Y: []string{"overlap_final", "retrieved", "spurious"},
		Series: []string{"N"}, Theory: []string{"ags"}}),
	"column": declared(collapse(), Spec{X: "alpha", Y: []string{"overlap_final", "retrieved", "spurious"},
		Theory: []string{"ags"}, Width: figure.OneColumn}),
	"inset": declared(collapse(), Spec{X: "alpha", Y: []string{"retrieved"}, Join: true, Inset: &Spec{
		X: "(alpha - 0.143) * N^0.5", Y: []string{"retrieved"}, XLabel: `$(\alpha-\alpha_c)N^{1/2}$`, YLabel: []string{"$P$"}}}),
	"scaling": declared(collapse(), Spec{X: "N", Y: []string{"sweeps"}, Where: map[string]any{"alpha": 0.15},
		XScale: "log", YScale: "log", Fit: "power"}),
	"areas": declared(collapse(), Spec{Kind: "areas", X: "alpha", Y: []string{"retrieved", "spurious", "1 - retrieved - spurious"},
		Labels: []string{"retrieved", "spurious", "neither"}, Panels: "N", Width: figure.TwoColumns, Columns: 2}),
	"map": declared(heated(), Spec{Kind: "map", X: "alpha", Y: []string{"temperature"}, Z: []string{"overlap_final"},
		Theory: []string{"retrieval_temperature", "coexistence_temperature"}}),
	"histogram":    declared(collapse(), Spec{Kind: "histogram", X: "overlap_final", Series: []string{"N"}, XLimits: []float64{0, 1}}),
	"ridgeline":    declared(collapse(), Spec{Kind: "ridgeline", X: "overlap_final", Series: []string{"N"}, XLimits: []float64{0, 1}}),
	"trajectories": declared(collapse(), Spec{Kind: "trajectories", X: "time", Y: []string{"overlap_now"}, YLabel: []string{"overlap $m$"}, Series: []string{"N"}}),
	"states":       declared(lettered(), Spec{Kind: "states"}),
	"no_states":    declared(lettered(), Spec{Kind: "states", Where: map[string]any{"cue": int64(1)}}),

	"one_point": func() (*figure.Figure, error) {
		return figureOf(seriesPanel(figure.Point{X: 0.1, Y: 0.5, Low: 0.4, High: 0.6})), nil
	},
	"no_points":   func() (*figure.Figure, error) { return figureOf(seriesPanel(), figure.Panel{}), nil },
	"not_numbers": func() (*figure.Figure, error) { return figureOf(notNumbers()), nil },
	"many_points": func() (*figure.Figure, error) { return figureOf(manyPoints()), nil },
	"log_bars":    func() (*figure.Figure, error) { return figureOf(logBars()), nil },
	"all_symbols": func() (*figure.Figure, error) { return figureOf(allSymbols()), nil },
	"on_frame":    func() (*figure.Figure, error) { return figureOf(onFrame()), nil },
	"forty":       func() (*figure.Figure, error) { return figureOf(forty()), nil },
	"long_labels": func() (*figure.Figure, error) { return figureOf(longLabels(), longLabels()), nil },
	"big_numbers": func() (*figure.Figure, error) {
		return figureOf(bigNumbers(1e6), bigNumbers(3e-7), bigNumbers(12345)), nil
	},
}

func declared(source Source, spec Spec) func() (*figure.Figure, error) {
	return sync.OnceValues(func() (*figure.Figure, error) { return Build(spec, []Source{source}, studyColumns) })
}

func figureOf(panels ...figure.Panel) *figure.Figure { return &figure.Figure{Panels: panels} }

func seriesPanel(points ...figure.Point) figure.Panel {
	return figure.Panel{X: figure.Axis{Label: `$\alpha$`}, Y: figure.Axis{Label: "$m$"}, Series: []figure.Series{{Label: "one", Points: points}}}
}

func notNumbers() figure.Panel {
	nan, inf := math.NaN(), math.Inf(1)
	p := seriesPanel(figure.Point{X: 1, Y: 2, Low: nan, High: nan}, figure.Point{X: nan, Y: 1, Low: 0, High: 2}, figure.Point{X: 2, Y: nan, Low: 1, High: 3}, figure.Point{X: 3, Y: inf, Low: 2, High: inf}, figure.Point{X: 4, Y: 3, Low: -inf, High: inf})
	p.Lines = []figure.Line{{Label: "broken", Style: figure.Black, X: []float64{0, 1, 2, 3, 4}, Y: []float64{1, 2, nan, 3, 4}}}
	p.Bands = []figure.Band{{Label: "band", Style: 1, X: []float64{1, 2, 3}, Low: []float64{1, nan, 1}, High: []float64{2, 2, 2}}}
	p.Marks = []figure.Mark{{At: nan, Label: "nowhere"}, {At: 99, Label: "outside"}}
	return p
}

func manyPoints() figure.Panel {
	s := figure.Series{Label: "many"}
	for i := range 100_000 {
		x := float64(i) / 1e5
		s.Points = append(s.Points, figure.Point{X: x, Y: math.Sin(40*x) + 0.2*math.Sin(1e4*x), Low: math.NaN(), High: math.NaN()})
	}
	return figure.Panel{X: figure.Axis{Label: "$t$"}, Y: figure.Axis{Label: "$x(t)$"}, Series: []figure.Series{s}}
}

func logBars() figure.Panel {
	p := figure.Panel{X: figure.Axis{Label: "$N$", Log: true}, Y: figure.Axis{Label: "error", Log: true}}
	s := figure.Series{Label: "some reach below zero"}
	for i := range 9 {
		y := math.Pow(10, -float64(i)/2)
		s.Points = append(s.Points, figure.Point{X: math.Pow(2, float64(i)), Y: y, Low: y - 0.02, High: y + 0.02})
	}
	s.Points = append(s.Points, figure.Point{X: 600, Y: 0, Low: -0.1, High: 0.1}, figure.Point{X: -5, Y: 1, Low: 0.5, High: 2})
	p.Series = []figure.Series{s}
	return p
}

// onFrame has symbols on its frame, which are drawn whole, and upper limits.
func onFrame() figure.Panel {
	p := figure.Panel{X: figure.Axis{Label: `$\frac{K}{N}$`, Min: 1, Max: 9}, Y: figure.Axis{Label: `$\frac{1}{\sqrt{2\pi}}\,x^{\frac{1}{2}}$`, Log: true, Min: 1e-3, Max: 1}}
	ends := figure.Series{Label: "ends"}
	none := figure.Series{Label: "none counted", Style: 2}
	for i := range 9 {
		ends.Points = append(ends.Points, figure.Point{X: float64(i + 1), Y: math.Pow(10, -3*float64(i)/8), Low: 1e-4, High: 1})
		none.Points = append(none.Points, figure.Point{X: float64(i) + 1.5, Y: 0, Low: 0, High: math.Pow(10, -0.3*float64(i))})
	}
	p.Series = []figure.Series{ends, none}
	return p
}

func allSymbols() figure.Panel {
	greek := `$\alpha\beta\gamma\delta\epsilon\varepsilon\zeta\eta\theta\vartheta\iota\kappa\lambda\mu\nu\xi\pi\rho\sigma\varsigma\tau\upsilon\phi\varphi\chi\psi\omega$`
	p := figure.Panel{
		X: figure.Axis{Label: greek},
		Y: figure.Axis{Label: `$\langle m^2\rangle - \langle m\rangle^2 \pm N^{-1/2}_{ij}$`},
	}
	for i, label := range []string{
		`$\Gamma\Delta\Theta\Lambda\Xi\Pi\Sigma\Upsilon\Phi\Psi\Omega$`,
		`$a+b-c\times d\cdot e\pm f = -1 < 2 > 3 \le 4 \ge 5 \ne 6 \approx 7 \sim 8$`,
		`$\sqrt{2\alpha r}\,(x, y)\;[z]\to\infty\quad\partial\hbar\ell\dots\,f'$`,
		`$\ln\tanh\beta h_i^{\mu},\ \mathrm{erfc}\,y,\ \sum_\mu\xi_i^\mu\xi_j^\mu,\ e^{-x^{2}}$`,
		`50% of \$1 — "quoted" & #1, plain: Å é ß − –`,
	} {
		p.Series = append(p.Series, figure.Series{Label: label, Style: i, Points: []figure.Point{figure.Exact(float64(i), float64(i))}})
	}
	return p
}

func forty() figure.Panel {
	p := figure.Panel{X: figure.Axis{Label: "$x$"}, Y: figure.Axis{Label: "$y$"}}
	for k := range 40 {
		s := figure.Series{Label: "$k = " + strings.Trim(label.Number(float64(k), 0), "$") + "$", Style: k}
		for i := range 5 {
			s.Points = append(s.Points, figure.Exact(float64(i), float64(k)+0.3*float64(i)))
		}
		p.Series = append(p.Series, s)
	}
	return p
}

func longLabels() figure.Panel {
	p := seriesPanel(figure.Exact(1, 1), figure.Exact(2, 2))
	p.X.Label = `a long name of the load $\alpha = K/N$ that no single line below a panel of this width can hold`
	p.Y.Label = `the fraction of all fixed points that are a mixture of stored patterns and of nothing else`
	p.Marks = []figure.Mark{{At: 1.5, Label: `$\alpha_c(T)$`}, {At: 1.2, Horizontal: true, Label: "level"}}
	return p
}

func bigNumbers(unit float64) figure.Panel {
	p := seriesPanel(figure.Point{X: unit, Y: -3 * unit, Low: -4 * unit, High: -2 * unit}, figure.Point{X: 2 * unit, Y: 5 * unit, Low: 4 * unit, High: 6 * unit})
	return p
}

// goldenDPI is enough to see a label move by half a point, and small to store.
const goldenDPI = 110

func TestFiguresLookAsBefore(t *testing.T) {
	for name, make := range drawn {
		t.Run(name, func(t *testing.T) {
			f, err := make()
			if err != nil {
				t.Fatal(err)
			}
			got := picture(t, f, goldenDPI)
			file := filepath.Join("testdata", name+".png")
			if *update {
				writePNG(t, file, got)
				return
			}
			compareWithGolden(t, got, file)
		})
	}
}

func picture(t *testing.T, f *figure.Figure, dpi float64) image.Image {
	t.Helper()
	p, err := f.Page()
	if err != nil {
		t.Fatal(err)
	}
	width, height := p.Size()
	c := canvas.NewRaster(width, height, int(dpi))
	if err := p.Draw(c); err != nil {
		t.Fatal(err)
	}
	return decoded(t, c)
}

func writePNG(t *testing.T, file string, m image.Image) {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func compareWithGolden(t *testing.T, got image.Image, file string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v: go test ./plots -update writes it", err)
	}
	want, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if d := difference(got, want); d > 0.0005 {
		seen := filepath.Join(os.TempDir(), "hopcap-"+filepath.Base(file))
		writePNG(t, seen, got)
		t.Errorf("%.2f %% of the ink differs from %s: see %s, and renew with -update if it is right", 100*d, file, seen)
	}
}

// difference is the sum of all differences of colour, in units of the ink of the
// second picture; what one has and the other has not counts in full.
func difference(a, b image.Image) float64 {
	w := max(a.Bounds().Dx(), b.Bounds().Dx())
	h := max(a.Bounds().Dy(), b.Bounds().Dy())
	diff, ink := 0.0, 1e-9
	for y := range h {
		for x := range w {
			p, q := ofPixel(a, x, y), ofPixel(b, x, y)
			for k := range p {
				diff += math.Abs(p[k] - q[k])
				ink += q[k]
			}
		}
	}
	return diff / ink
}

// ofPixel is how far a pixel is from white, in red, green and blue; outside of
// the picture it is as far as can be.
func ofPixel(m image.Image, x, y int) (dark [3]float64) {
	r, g, b, _ := m.At(x, y).RGBA()
	for k, v := range [3]uint32{r, g, b} {
		dark[k] = 1 - float64(v)/65535
	}
	return dark
}
