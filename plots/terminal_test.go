package plots

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTextOfTheCollapse(t *testing.T) {
	f, err := drawn["collapse"]()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Text(&b, f.Panels[0], 72); err != nil {
		t.Fatal(err)
	}
	const file = "testdata/collapse.txt"
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}

func TestTextFitsAndSurvives(t *testing.T) {
	collapse, err := drawn["collapse"]()
	if err != nil {
		t.Fatal(err)
	}
	for _, width := range []int{-3, 0, 20, 40, 80, 200} {
		for _, p := range []Panel{{}, seriesPanel(), notNumbers(), logBars(), seriesPanel(Exact(1, 1)), seriesPanel(Exact(math.NaN(), 1)), collapse.Panels[0], forty()} {
			var b bytes.Buffer
			if err := Text(&b, p, width); err != nil {
				t.Fatal(err)
			}
			for _, line := range strings.Split(b.String(), "\n") {
				if n := utf8.RuneCountInString(line); width >= 40 && n > width {
					t.Errorf("%d columns where %d are asked for: %s", n, width, line)
				}
			}
		}
	}
}

// What has no character in ASCII has a name.
func TestPlainText(t *testing.T) {
	f, err := drawn["collapse"]()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := PlainText(&b, f.Panels[0], 72); err != nil {
		t.Fatal(err)
	}
	for _, r := range b.String() {
		if r >= utf8.RuneSelf {
			t.Fatalf("%q in\n%s", r, b.String())
		}
	}
	for _, want := range []string{"load alpha = K/N   o N = 500   # N = 1000", "1.0 +..x", "+--", "| "} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	if got := plainASCII("ψ ≤ 漢"); got != "psi le ?" {
		t.Error(got)
	}
}

// A point at the top of the panel stands in the top row, one at the right end in
// the last column.
func TestTextHasPointsInPlace(t *testing.T) {
	p := seriesPanel(Exact(0, 0), Exact(1, 1))
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, 1, math.NaN(), 1
	p.Y.Min = -1e-9
	var b bytes.Buffer
	if err := Text(&b, p, 40); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\n")
	if !strings.HasSuffix(lines[2], "●│") {
		t.Errorf("no point in the upper right corner:\n%s", b.String())
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
		if got := labelText(label); got != want {
			t.Errorf("%s: got %q, want %q", label, got, want)
		}
	}
}

func ExampleText() {
	p := Panel{X: Axis{Label: "$x$"}, Y: Axis{Label: "$x^2$"}}
	s := Series{Label: "squares"}
	for x := range 9 {
		s.Points = append(s.Points, Exact(float64(x), float64(x*x)))
	}
	p.Series = []Series{s}
	if err := Text(os.Stdout, p, 44); err != nil {
		fmt.Println(err)
	}
	// Output:
	//    x^2
	//    ┌───────────────────────────────────────┐
	// 60 ┤                                     ● │
	//    │                                       │
	//    │                                 ●     │
	// 40 ┤                            ●          │
	//    │                                       │
	//    │                        ●              │
	// 20 ┤                   ●                   │
	//    │              ●                        │
	//  0 ┤ ●   ●    ●                            │
	//    └─┬────────┬────────┬────────┬────────┬─┘
	//      0        2        4        6        8
	//     x   ● squares
}
