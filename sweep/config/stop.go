package config

import (
	"fmt"
	"slices"

	"hopcap/sweep/study"
)

// A Stop says when a study has measured enough. The samples of [sweep] are the first
// round. Further rounds add samples at the points where they reduce the errors most, until
// the errors are as small as the Stop asks. Records do not depend on it.
type Stop struct {
	ThresholdError float64 // largest standard error of α_½; 0 sets no goal for α_½
	Stderr         float64 // largest standard error of the fraction at each point; 0 sets no goal
	Quantity       string  // a Rate of the table of trials
	MaxSamples     int     // most samples at each point; 0: maxGrowth times its samples
}

// maxGrowth bounds the samples of a point if max_samples is not given. A goal out of reach
// ends there.
const maxGrowth = 100

// Most is the largest number of samples that a point may get.
func (s *Stop) Most(p *Point) int {
	if s.MaxSamples > 0 {
		return s.MaxSamples
	}
	return min(maxGrowth*p.Samples, maxSamples)
}

// stopTable is the name of the table that a Stop is read from.
const stopTable = "stop"

// usualQuantity is the default of quantity.
const usualQuantity = "retrieved"

// stopKeys are the keys of [stop] for an experiment with these rates.
func stopKeys(rates []string) []study.Key {
	return []study.Key{
		{Table: stopTable, Name: "threshold_error", Type: study.Decimal, Range: "greater than 0"},
		{Table: stopTable, Name: "stderr", Type: study.Decimal, Range: "greater than 0"},
		{Table: stopTable, Name: "quantity", Type: study.Text, Allowed: rates},
		{Table: stopTable, Name: "max_samples", Type: study.Int, Range: fmt.Sprintf("1 … %d", maxSamples)},
	}
}

// rates are the columns of trials that are 0 or 1.
func rates(e study.Experiment) []string {
	var names []string
	for _, c := range e.Tables[0].Columns {
		if c.Role == study.Rate {
			names = append(names, c.Name)
		}
	}
	return names
}

// readStop reads [stop] once the grid is there.
func (r *reader) readStop() {
	n := r.root.fields[stopTable]
	rates := rates(r.config.Experiment)
	switch {
	case n == nil || n.scalar(): // the latter told by readTop
	case n.array:
		r.faults.add(n.line, "[["+stopTable+"]]", "", "must be one table, ["+stopTable+"]")
	case len(rates) == 0:
		r.faults.add(n.line, "["+stopTable+"]", "", "has no use here: this experiment measures nothing that is 0 or 1 for each cue")
	default:
		values := r.readStopValues(n, stopKeys(rates))
		r.config.Stop = &Stop{
			ThresholdError: values["threshold_error"].float,
			Stderr:         values["stderr"].float,
			Quantity:       values["quantity"].text,
			MaxSamples:     int(values["max_samples"].int),
		}
		r.checkStop(n)
	}
}

// readStopValues reads the values that are sound, and the defaults of others.
func (r *reader) readStopValues(n *node, keys []study.Key) map[string]value {
	values := map[string]value{}
	for _, name := range n.keys {
		i := slices.IndexFunc(keys, func(k study.Key) bool { return k.Name == name })
		if i < 0 {
			r.faults.add(n.fields[name].line, stopTable+"."+shown(name), brief(n.fields[name].written), r.schema.unknown(stopTable, name))
			continue
		}
		v, allowed := readValue(keys[i], n.fields[name])
		if v != nil && v.number != nil && (v.number.Sign() <= 0 || v.int > maxSamples) {
			v, allowed = nil, keys[i].Within()
		}
		if v == nil {
			r.faults.add(n.fields[name].line, stopTable+"."+name, brief(n.fields[name].written), allowed)
			continue
		}
		values[name] = *v
	}
	for _, k := range keys {
		if k.Name != "quantity" || n.fields[k.Name] != nil {
			continue
		}
		if !slices.Contains(k.Allowed, usualQuantity) {
			r.faults.add(n.line, stopTable+"."+k.Name, "", "must be given, "+study.OneOf(k.Allowed))
		}
		values[k.Name] = *newText(usualQuantity)
	}
	if n.fields["threshold_error"] == nil && n.fields["stderr"] == nil {
		r.faults.add(n.line, "["+stopTable+"]", "", "must have threshold_error or stderr")
	}
	return values
}

// checkStop checks the stop against the grid.
func (r *reader) checkStop(n *node) {
	s := r.config.Stop
	for _, p := range r.config.Points {
		if m := n.fields["max_samples"]; s.MaxSamples > 0 && p.Samples > s.MaxSamples {
			r.faults.add(m.line, stopTable+".max_samples", brief(m.written), fmt.Sprintf("must be at least samples = %d", p.Samples))
		}
	}
	e := n.fields["threshold_error"]
	switch {
	case s.ThresholdError == 0:
		return
	case r.config.Experiment.Load.Setting == "":
		r.faults.add(e.line, stopTable+".threshold_error", brief(e.written), "has no use here: this experiment has no load")
		return
	}
	for _, points := range r.config.Curves() {
		if len(points) == 1 {
			r.faults.add(e.line, stopTable+".threshold_error", brief(e.written),
				"needs at least two loads for each curve; this curve has one: "+r.config.Points[points[0]].Name())
		}
	}
}
