// Package phasediagram draws the phase diagram of the Hopfield network from theory
// alone.
package phasediagram

import (
	"hopcap/model/theory"
	"hopcap/plots/figure"
	curves "hopcap/plots/theory"
)

// Figure returns the lines of the phase diagram (Amit, Gutfreund and Sompolinsky,
// Ann. Phys. 173, 30 (1987)), with the re-entrant corner at low temperature in an
// inset.
func Figure(name string) (*figure.Figure, error) {
	broken, err := brokenLine()
	if err != nil {
		return nil, err
	}
	temperature := figure.Axis{Name: "T", Label: "temperature $T$", Min: 0, Max: 1.5}
	load := figure.Axis{Name: "alpha", Label: `load $\alpha$`, Min: 0, Max: 0.16}
	var lines []figure.Line
	for i, name := range []string{"spin_glass_temperature", "retrieval_temperature", "coexistence_temperature"} {
		t, _ := curves.Named(name)
		if xs, ys, ok := t.Curve("alpha", "temperature", nil, load.Min, load.Max); ok {
			lines = append(lines, figure.Line{Label: t.Label, Style: i, X: xs, Y: ys})
		}
	}
	lines = append(lines, broken)
	panel := figure.Panel{X: load, Y: temperature, Lines: lines}
	panel.Inset = &figure.Panel{
		X:     figure.Axis{Name: "alpha", Label: `$\alpha$`, Min: 0.136, Max: 0.1385},
		Y:     figure.Axis{Name: "T", Label: "$T$", Min: 0, Max: 0.06},
		Lines: []figure.Line{fold(), broken},
	}
	return &figure.Figure{
		Name:   name,
		Panels: []figure.Panel{panel},
		Caption: `Phase diagram of the Hopfield network, replica-symmetric: below $T_g$ a spin glass, below $T_M$ ` +
			`retrieval states too, below $T_c$ these have the lower free energy, below $T_R$ replica symmetry is broken in them. ` +
			`Inset: the largest load is not at $T = 0$.`,
	}, nil
}

// brokenLine is the Almeida–Thouless line of the retrieval states, up to where it
// meets their end.
func brokenLine() (figure.Line, error) {
	end, err := theory.AlmeidaThoulessEnd()
	if err != nil {
		return figure.Line{}, err
	}
	line := figure.Line{Label: "$T_R$", Style: 3, Dash: 1}
	const points, start = 100, 0.01 // T_R is below 10⁻²⁰ there
	for i := range points {
		before := 1 - float64(i)/points // closer together where the line is steep
		alpha := end.Alpha - (end.Alpha-start)*before*before
		t, err := theory.AlmeidaThoulessTemperature(alpha)
		if err != nil {
			return figure.Line{}, err
		}
		line.X, line.Y = append(line.X, alpha), append(line.Y, t)
	}
	line.X, line.Y = append(line.X, end.Alpha), append(line.Y, end.T)
	return line, nil
}

// fold is T_M at low temperatures, where the load is no single-valued function's
// argument.
func fold() figure.Line {
	line := figure.Line{Style: 1}
	const points = 60
	for i := range points + 1 {
		t := 0.06 * float64(i) / points
		if alpha, _, err := theory.AGSCapacityAt(t); err == nil {
			line.X, line.Y = append(line.X, alpha), append(line.Y, t)
		}
	}
	return line
}
