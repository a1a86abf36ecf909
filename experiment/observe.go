package experiment

import "hopcap/model"

// target returns the pattern that the state of a replica is compared with after so
// many of its sweeps: the one that its cue was made of, at any time.
func (x *relaxing) target(cue, sweeps int) int { return cue }

// An energy is the energy per neuron of a state.
type energy struct {
	perNeuron float64
	defined   bool // the network has an energy
}

// energyOf returns the energy of replica r.
func energyOf(x model.Replicas, r int) energy { return energy{x.Energy(r), true} }

// value is the energy as a column reads it.
func (e energy) value() (float64, bool) { return e.perNeuron, e.defined }

// wholeSet is the index cue of what is measured of a pattern set as a whole.
func wholeSet[O any](*O) int { return 0 }
