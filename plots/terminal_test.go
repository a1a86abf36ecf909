package plots

import (
	"bytes"
	"math"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"hopcap/plots/figure"
)

func TestTextOfTheCollapse(t *testing.T) {
	f, err := drawn["collapse"]()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := figure.Text(&b, f.Panels[0], 72); err != nil {
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
		for _, p := range []figure.Panel{{}, seriesPanel(), notNumbers(), logBars(), seriesPanel(figure.Exact(1, 1)), seriesPanel(figure.Exact(math.NaN(), 1)), collapse.Panels[0], forty()} {
			var b bytes.Buffer
			if err := figure.Text(&b, p, width); err != nil {
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
	if err := figure.PlainText(&b, f.Panels[0], 72); err != nil {
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
}
