package experiment

import (
	"hopcap/model"
)

// An ensemble is where the patterns of a sample come from.
type ensemble struct {
	name string // as it enters the key of the patterns
	draw func(p *model.Patterns, key model.Key, pool model.Pool)
	note string // what an error bar means, where that is not plain
}

var unbiased = ensemble{name: "unbiased", draw: (*model.Patterns).Draw}

// ensembleOf returns the ensemble of a point of K patterns of N neurons.
func ensembleOf(Settings, int, int) (ensemble, []Fault) {
	return unbiased, nil
}
