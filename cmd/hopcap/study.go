package main

import (
	"hopcap/experiment"
	"hopcap/sweep/study"
)

// repeated is an experiment in the form that package sweep runs. The files that the
// config names are looked for in dir.
func repeated(e experiment.Experiment, dir string) study.Experiment {
	return e.Repeated(newLibrary(dir).with)
}
