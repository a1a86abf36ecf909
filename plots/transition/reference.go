package transition

import (
	"fmt"

	"hopcap/model/theory"
	"hopcap/plots/figure"
	curves "hopcap/plots/theory"
	"hopcap/sweep/fit"
)

// knownToTheory reports whether the theory of Amit, Gutfreund and Sompolinsky describes a
// study at T = 0. The theory itself declares the memories for which it holds.
func knownToTheory(r *fit.Result) bool {
	s := r.Settings
	if s == nil || !s.Has("model") || s.Has("temperature") && s.Rat("temperature").Sign() != 0 {
		return false
	}
	ags, ok := curves.Named("ags")
	return ok && ags.Marks("alpha", curves.Settings{"model": s.Text("model")}) != nil
}

// theoryMarks are the loads at which theory has retrieval states vanish, replica
// symmetric and with one step of broken symmetry. They lie close together: dashes and
// the legend tell them apart.
func theoryMarks() []figure.Mark {
	symmetric, _ := theory.AGSCapacity()
	broken, _, err := theory.AGSOneStepCapacity()
	marks := []figure.Mark{{At: symmetric, Horizontal: true, InLegend: true, Label: fmt.Sprintf("RS %.4f", symmetric)}}
	if err == nil {
		marks = append(marks, figure.Mark{At: broken, Horizontal: true, InLegend: true, Dash: 1, Label: fmt.Sprintf("1RSB %.4f", broken)})
	}
	return marks
}

// A capacity is what others say of α_c.
type capacity struct {
	source       string
	value, error float64
}

// earlierSimulations are the simulations that state an error, with their source.
var earlierSimulations = []capacity{
	{"simulations quoted in 1994", 0.145, 0.009}, // Steffan & Kühn, Z. Phys. B 95, 249
}

// earlierSeries stand left of zero, left of what is our own.
func earlierSeries(style int, reach float64) []figure.Series {
	var all []figure.Series
	for i, c := range earlierSimulations {
		at := figure.Point{X: -beside * float64(style+2*i+1) * reach, Y: c.value, Low: c.value - c.error, High: c.value + c.error}
		all = append(all, figure.Series{Label: c.source, Style: style + i, Points: []figure.Point{at}})
	}
	return all
}
