package tables

import (
	"cmp"
	"fmt"
	"slices"
)

// A Curve is one theory, with its parameters and its tables.
type Curve struct {
	Name    string // as in "hopcap theory dreaming"
	Group   string // one of Groups
	Short   string // what it is, in a line
	Doc     string // equations, validity and source
	Example string // command lines

	Parameters []Parameter
	Variable   string     // the parameter that a range of its own sets; "" for none
	Exclusive  [][]string // parameters of which only one may be given

	// Tables are its answers: the first whose parameter is given, else the last.
	Tables []Table
}

// A Parameter is what a curve depends on, or what asks for one of its tables.
type Parameter struct {
	Name    string
	Key     string // the key of a config that means the same, where that has another name
	Symbol  string // its name in the formulas, where that is another
	Doc     string // what it is, with its range
	Kind    Kind
	Default []float64 // where none is given; tables may have another
	Choices []string  // the words of a Choice; the first is the default
}

// A Kind says what values a parameter takes.
type Kind int

const (
	Numbers Kind = iota // real numbers, one or several
	Counts              // integers, one or several
	Count               // one integer
	Choice              // one of some words
	Switch              // nothing: it is given or not
)

// Groups are the groups of curves, in the order in which they are listed.
var Groups = []string{
	hopfieldGroup, dynamicsGroup, couplingsGroup, patternsGroup, sequencesGroup, denseGroup, realGroup,
}

const (
	hopfieldGroup  = "The Hopfield network"
	dynamicsGroup  = "Its dynamics"
	couplingsGroup = "Other pair couplings"
	patternsGroup  = "Biased, sparse and correlated patterns"
	sequencesGroup = "Sequences of patterns"
	denseGroup     = "Dense memories"
	realGroup      = "Real-valued states"
)

// all are the curves, in the order of their groups.
var all = slices.Concat(
	hopfieldCurves, dynamicsCurves, couplingsCurves, dilutedCurves, patternsCurves, sequenceCurves, denseCurves, realCurves,
)

// All returns the curves, group by group.
func All() []*Curve { return slices.Clone(all) }

// Named returns the curve of that name, and whether there is one.
func Named(name string) (*Curve, bool) {
	for _, c := range all {
		if c.Name == name {
			return c, true
		}
	}
	return nil, false
}

// Parameter returns the parameter of that name, and whether there is one.
func (c *Curve) Parameter(name string) (Parameter, bool) {
	for _, p := range c.Parameters {
		if p.Name == name {
			return p, true
		}
	}
	return Parameter{}, false
}

// ConfigKey returns the key of a config that means the same as the parameter.
func (p Parameter) ConfigKey() string { return cmp.Or(p.Key, p.Name) }

// choice returns the word of a Choice, which must be one of its words.
func (p Parameter) choice(word string) error {
	if slices.Contains(p.Choices, word) {
		return nil
	}
	return &RequestError{fmt.Sprintf("--%s %s: must be %s", p.Name, word, listed(p.Choices))}
}
