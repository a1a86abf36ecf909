package experiment

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"gonum.org/v1/gonum/stat"

	"hopcap/model/theory"
)

// The committed results of configs/phase-diagram-extrapolation.toml, extrapolated by
// straight lines in 1/N, are those of Amit, Gutfreund and Sompolinsky within three
// standard errors, at all six points.
func TestExtrapolatedRetrievalStatesAgainstTheory(t *testing.T) {
	type point struct{ alpha, temperature float64 }
	measured := map[point][]map[string]float64{}
	for _, row := range estimates(t, "../results/phase-diagram-extrapolation/estimates.csv") {
		at := point{alpha: row["alpha"], temperature: row["temperature"]}
		measured[at] = append(measured[at], row)
	}
	if len(measured) != 6 {
		t.Fatalf("%d points", len(measured))
	}
	for at, rows := range measured {
		want, err := theory.AGS(at.alpha, at.temperature)
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]float64{"overlap": want.M, "q": want.Q, "energy": want.Energy()} {
			var x, y, weight []float64
			var sw, sx, sxx float64
			for _, row := range rows {
				w := 1 / (row[name+"_stderr"] * row[name+"_stderr"])
				x, y, weight = append(x, 1/row["N"]), append(y, row[name+"_mean"]), append(weight, w)
				sw, sx, sxx = sw+w, sx+w/row["N"], sxx+w/(row["N"]*row["N"])
			}
			limit, _ := stat.LinearRegression(x, y, weight, false)
			stderr := math.Sqrt(sxx / (sw*sxx - sx*sx))
			t.Logf("α = %v, T = %v: %s %.6f(%.6f), theory %.6f, %+.1f standard errors", at.alpha, at.temperature, name, limit, stderr, want, (limit-want)/stderr)
			if math.Abs(limit-want) > 3*stderr {
				t.Errorf("α = %v, T = %v: %s %.6f ± %.6f, theory %.6f", at.alpha, at.temperature, name, limit, stderr, want)
			}
		}
	}
}

// estimates returns the rows of a table of numbers by column.
func estimates(t *testing.T, path string) (rows []map[string]float64) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	table, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range table[1:] {
		row := map[string]float64{}
		for c, name := range table[0] {
			if v, err := strconv.ParseFloat(line[c], 64); err == nil {
				row[name] = v
			}
		}
		rows = append(rows, row)
	}
	return rows
}
