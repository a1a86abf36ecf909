package experiment

import "hopcap/model"

// target returns the pattern that is due so many sweeps after a cue of pattern cue: the
// cued pattern, unless the network is a Targeter.
func (m *storedSet) target(cue, sweeps int) int {
	if x, ok := m.network.(model.Targeter); ok {
		return x.Target(cue, sweeps)
	}
	return cue
}

// target returns the pattern that the state of a replica is compared with, so many
// sweeps after a cue of pattern cue.
func (x *relaxing) target(cue, sweeps int) int { return x.set.target(cue, sweeps) }

// An energy is the energy per neuron of a state.
type energy struct {
	perNeuron float64
	defined   bool // the network has an energy
}

// energyOf returns the energy of replica r.
func energyOf(x model.Replicas, r int) energy {
	if e, ok := x.(model.Energetic); ok {
		return energy{e.Energy(r), true}
	}
	return energy{}
}

// value is the energy as a column reads it.
func (e energy) value() (float64, bool) { return e.perNeuron, e.defined }

// atRest reports whether a final state can be classified: it is a fixed point or, if the
// network has an energy, a state of a cycle or the last state of a run at T > 0.
func atRest(stop model.Stop, e energy) bool {
	return stop == model.FixedPoint || stop != model.MaxSweeps && e.defined
}

// wholeSet is the index cue of outcomes that belong to a whole pattern set.
func wholeSet[O any](*O) int { return 0 }
