package figure

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
)

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

// What has no character in ASCII has a name.
func TestPlainASCII(t *testing.T) {
	if got := plainASCII("ψ ≤ 漢"); got != "psi le ?" {
		t.Error(got)
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
