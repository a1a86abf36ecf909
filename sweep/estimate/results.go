package estimate

import (
	"slices"

	"hopcap/sweep/config"
	"hopcap/sweep/store"
	"hopcap/sweep/study"
)

// Results are the records of a study and what is estimated from them. An estimate is
// made once, when it is first asked for: what is stored later is not in it.
type Results struct {
	*store.Results
	made map[string]*Estimates // by table
}

// Open finds the records in dir. The config that they were made with is kept
// beside them; parse reads it again.
func Open(dir string, parse func(file string, source []byte) (*config.Config, error)) (*Results, error) {
	r, err := store.Open(dir, parse)
	return &Results{r, map[string]*Estimates{}}, err
}

// Estimates reduces the trials.
func (r *Results) Estimates() (*Estimates, error) {
	return r.EstimatesOf(r.Config.Experiment.Tables[0].Name)
}

// EstimatesOf reduces a table.
func (r *Results) EstimatesOf(table string) (*Estimates, error) {
	if e := r.made[table]; e != nil {
		return e, nil
	}
	var e *Estimates
	err := r.EachOf(table, false, func(p store.Part, records *store.Records) error {
		if e == nil {
			e = newEstimates(records.Table)
		}
		e.add(records, p.First, p.Last)
		return nil
	})
	if err != nil {
		return nil, err
	}
	r.made[table] = e
	return e, nil
}

// EstimatesNamed returns the estimates that Export knows by a name; nil if it is not
// the name of any.
func (r *Results) EstimatesNamed(name string) (*Estimates, error) {
	for _, t := range r.Config.Experiment.Tables {
		if name == r.estimatesName(t.Name) {
			return r.EstimatesOf(t.Name)
		}
	}
	return nil, nil
}

// Tables are what Export can write.
func (r *Results) Tables() []string {
	var names []string
	for _, t := range r.Config.Experiment.Tables {
		names = append(names, t.Name)
	}
	for i, t := range r.Config.Experiment.Tables {
		if i == 0 || hasEstimates(t) {
			names = append(names, r.estimatesName(t.Name))
		}
	}
	return names
}

// estimatesName is what the estimates of a table are called.
func (r *Results) estimatesName(table string) string {
	if table == r.Config.Experiment.Tables[0].Name {
		return "estimates"
	}
	return table + "_estimates"
}

// hasEstimates tells whether any column of the table is.
func hasEstimates(t study.Table) bool {
	return slices.ContainsFunc(t.Columns, func(c study.Column) bool { return len(estimated(c)) > 0 })
}
