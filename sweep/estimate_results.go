package sweep

import "slices"

// StudyResults are the records of a study and what is estimated from them. An estimate is
// made once, when it is first asked for: what is stored later is not in it.
type StudyResults struct {
	*Results
	made map[string]*Estimates // by table
}

// OpenStudy finds the records in dir. The config that they were made with is kept
// beside them; parse reads it again.
func OpenStudy(dir string, parse func(file string, source []byte) (*Config, error)) (*StudyResults, error) {
	r, err := Open(dir, parse)
	return &StudyResults{r, map[string]*Estimates{}}, err
}

// Estimates reduces the trials.
func (r *StudyResults) Estimates() (*Estimates, error) {
	return r.EstimatesOf(r.Config.Experiment.Tables[0].Name)
}

// EstimatesOf reduces a table.
func (r *StudyResults) EstimatesOf(table string) (*Estimates, error) {
	if e := r.made[table]; e != nil {
		return e, nil
	}
	records, err := r.Records(table)
	if err != nil {
		return nil, err
	}
	r.made[table] = Of(records)
	return r.made[table], nil
}

// EstimatesNamed returns the estimates that Export knows by a name; nil if it is not
// the name of any.
func (r *StudyResults) EstimatesNamed(name string) (*Estimates, error) {
	for _, t := range r.Config.Experiment.Tables {
		if name == r.estimatesName(t.Name) {
			return r.EstimatesOf(t.Name)
		}
	}
	return nil, nil
}

// Tables are what Export can write.
func (r *StudyResults) Tables() []string {
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
func (r *StudyResults) estimatesName(table string) string {
	if table == r.Config.Experiment.Tables[0].Name {
		return "estimates"
	}
	return table + "_estimates"
}

// hasEstimates tells whether any column of the table is.
func hasEstimates(t Table) bool {
	return slices.ContainsFunc(t.Columns, func(c Column) bool { return len(reductions(c)) > 0 })
}
