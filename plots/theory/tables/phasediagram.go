package tables

import "hopcap/model/theory"

var phaseDiagramCurve = &Curve{
	Name: "phase-diagram", Group: hopfieldGroup,
	Short: "The lines of the Hopfield network's phase diagram",
	Doc: `phase-diagram is that of Amit, Gutfreund and Sompolinsky (Ann. Phys. 173, 30
(1987)), replica-symmetric. At each load α

  T_M   retrieval states exist below it
  T_c   they are the global minimum of the free energy below it
  T_g   the spin glass freezes at 1 + √α
  T_R   below this Almeida–Thouless line the retrieval state breaks replica symmetry

A line that does not exist at a load is left empty. α_c(T) rises slightly with T
before it falls (replica symmetry is broken there), so T_M and T_c exist a little
beyond their loads at T = 0; the larger temperature is given.

With --T the inverse of T_M: alpha_c(T).

Points: alpha_c_max at T_alpha_c_max, the largest α_c(T); alpha_AT and T_AT, where
T_R meets T_M.`,
	Example: `  hopcap theory phase-diagram --from 0.005 --to 0.14 --step 0.005 --format csv
  hopcap theory phase-diagram --T 0:0.9:0.1`,
	Parameters: []Parameter{
		pointsSwitch,
		{Name: "alpha", Doc: loadDoc, Default: mustRange(0.01, 0.14, 0.01)},
		{Name: "T", Key: "temperature", Doc: "give alpha_c at these temperatures instead"},
	},
	Variable: "alpha", Exclusive: [][]string{{"alpha", "T"}},
	Tables: []Table{
		specialPoints(phaseDiagramPoints),
		table("T", over("T"), func(at At) (fold, error) {
			alphaC, _, err := theory.AGSCapacityAt(at.number("T"))
			return fold{parameter: at.number("T"), alphaC: alphaC}, err
		}, []column[fold]{
			{"T", "temperature", func(p fold) any { return p.parameter }},
			{"alpha_c", "the largest load with a retrieval state", func(p fold) any { return p.alphaC }},
		}),
		table("", over("alpha"), newPhaseLines, []column[phaseLines]{
			{"alpha", loadDoc, func(p phaseLines) any { return p.alpha }},
			{"T_M", "end of retrieval", func(p phaseLines) any { return p.retrieval }},
			{"T_c", "end of retrieval states as ground states", func(p phaseLines) any { return p.coexistence }},
			{"T_g", "freezing of the spin glass", func(p phaseLines) any { return p.glass }},
			{"T_R", "Almeida–Thouless line of retrieval", func(p phaseLines) any { return p.almeidaThouless }},
		}),
	},
}

// phaseLines are the temperatures of the phase diagram at a load, nil where a line
// does not exist.
type phaseLines struct {
	alpha                                          float64
	retrieval, coexistence, glass, almeidaThouless any
}

func newPhaseLines(at At) (phaseLines, error) {
	p := phaseLines{alpha: at.number("alpha")}
	if _, err := theory.SpinGlassTemperature(p.alpha); err != nil {
		return p, err // no load at all
	}
	for _, line := range []struct {
		cell *any
		of   func(alpha float64) (float64, error)
	}{
		{&p.retrieval, theory.RetrievalTemperature},
		{&p.coexistence, theory.CoexistenceTemperature},
		{&p.glass, theory.SpinGlassTemperature},
		{&p.almeidaThouless, theory.AlmeidaThoulessTemperature},
	} {
		cell, err := orEmpty(line.of(p.alpha))
		if err != nil {
			return p, err
		}
		*line.cell = cell
	}
	return p, nil
}

func phaseDiagramPoints(At) ([]point, error) {
	top, err := theory.AGSLargestCapacity()
	if err != nil {
		return nil, err
	}
	end, err := theory.AlmeidaThoulessEnd()
	return []point{{"alpha_c_max", top.Alpha}, {"T_alpha_c_max", top.T}, {"alpha_AT", end.Alpha}, {"T_AT", end.T}}, err
}
