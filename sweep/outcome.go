package sweep

import (
	"slices"

	"hopcap/sweep/config"
	"hopcap/sweep/store"
	"hopcap/sweep/study"
)

// An outcome is the result of one sample: the number of cues for which the quantity is
// known, and the number of these cues for which it is 1.
type outcome struct{ cues, hits int32 }

// outcomes are the outcomes of all samples, by point of the grid.
type outcomes struct {
	table  study.Table // of trials, with the quantity for its only column
	column int         // of the quantity in a row of trials
	points [][]outcome
}

func newOutcomes(cfg *config.Config) *outcomes {
	trials := cfg.Experiment.Tables[0]
	at := slices.IndexFunc(trials.Columns, func(c study.Column) bool { return c.Name == cfg.Stop.Quantity })
	return &outcomes{
		table:  study.Table{Name: trials.Name, Index: trials.Index, Columns: trials.Columns[at : at+1]},
		column: len(trials.Index) + at,
		points: make([][]outcome, len(cfg.Points)),
	}
}

// readOutcomes reads the outcomes of all samples that the stores have.
func readOutcomes(cfg *config.Config, c *store.Contents) (*outcomes, error) {
	o := newOutcomes(cfg)
	records, err := c.Records(o.table)
	if err != nil {
		return nil, err
	}
	for row := range records.Len() {
		point, sample := int(records.Point[row]), int(records.Sample[row])
		o.grow(point, sample+1)
		o.points[point][sample].add(records.Columns[0].Value(row))
	}
	return o, nil
}

// addUnit adds the rows of a unit. Units of different samples may be added at the
// same time, once there is room for them.
func (o *outcomes) addUnit(u store.Unit, rows study.Rows) {
	for _, row := range rows[o.table.Name] {
		o.points[u.Point][u.Sample].add(row[o.column])
	}
}

func (o *outcome) add(v any) {
	if hit, known := v.(int64); known {
		o.cues++
		o.hits += int32(hit)
	}
}

// grow makes room for the first samples of a point.
func (o *outcomes) grow(point, samples int) {
	if missing := samples - len(o.points[point]); missing > 0 {
		o.points[point] = append(o.points[point], make([]outcome, missing)...)
	}
}

// sum adds up the first samples of a point. sets is the number of samples with a known cue.
func (o *outcomes) sum(point, samples int) (sets, cues, hits int) {
	known := o.points[point]
	for _, s := range known[:min(samples, len(known))] {
		if s.cues > 0 {
			sets, cues, hits = sets+1, cues+int(s.cues), hits+int(s.hits)
		}
	}
	return sets, cues, hits
}
