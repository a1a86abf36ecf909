package experiment

import (
	"context"
	"math/big"
	"sync"

	"hopcap/experiment/memory"
	"hopcap/model"
	"hopcap/model/thermal"
	"hopcap/sweep/study"
)

// The keys of [dynamics] that heat a network.
var (
	temperatureKey = study.Key{Table: "dynamics", Name: "temperature", Type: study.Decimal, Default: "0.0", Range: "0 … 100",
		Check: study.Within("temperature", 0, 100), Doc: "T in units of J", Caption: temperatureCaption}
	ruleKey = study.Key{Table: "dynamics", Name: "rule", Type: study.Text, Default: `"heat_bath"`, Allowed: []string{"heat_bath", "metropolis"}, Later: true,
		Doc: "updates at T > 0: heat_bath: 1/(1 + exp(βΔE)) | metropolis: min(1, exp(−βΔE)), in parallel without an equilibrium"}
)

var rules = map[string]thermal.Transition{"heat_bath": thermal.HeatBath, "metropolis": thermal.Metropolis}

// A heating is the temperature of a point with what decides its updates.
type heating struct {
	temperature *big.Rat                 // nil at T = 0
	glauber     func() *thermal.Decision // made once, when it is first needed
}

func (h heating) hot() bool { return h.temperature != nil }

// heatingOf reads the temperature of a point with k patterns of n neurons.
func heatingOf(s study.Settings, kind memory.Kind, rule model.Rule, n, k int) (heating, []study.Fault) {
	temperature := s.Rat("temperature")
	if temperature.Sign() == 0 {
		return heating{}, nil
	}
	unit, faults := fieldUnit(kind, rule, n, k, "temperature", temperature)
	if len(faults) > 0 {
		return heating{}, faults
	}
	return heating{temperature, glauberAt(rules[s.Text("rule")], unit, temperature)}, nil
}

// glauberAt returns a function that makes the decisions at a temperature when it is first
// called. All points with the same unit and temperature share the decisions.
func glauberAt(rule thermal.Transition, unit, temperature *big.Rat) func() *thermal.Decision {
	f, _ := glaubers.LoadOrStore(glauberKey{rule, unit.RatString(), temperature.RatString()},
		sync.OnceValue(func() *thermal.Decision { return thermal.NewDecision(rule, unit, temperature) }))
	return f.(func() *thermal.Decision)
}

// glaubers are the decisions made so far, by rule, unit and temperature.
var glaubers sync.Map

type glauberKey struct {
	rule              thermal.Transition
	unit, temperature string
}

// fieldUnit returns the energy of a field of one. If the memory cannot have this
// temperature, it returns a fault of the key that gives the temperature.
func fieldUnit(kind memory.Kind, rule model.Rule, n, k int, key string, temperature *big.Rat) (*big.Rat, []study.Fault) {
	heatable, ok := rule.(model.Heatable)
	if !ok {
		return nil, []study.Fault{{Key: key, Value: temperature.FloatString(6), Allowed: "must be 0 with kind = \"" + kind.Name + "\": its fields are not energy differences, so T > 0 is undefined"}}
	}
	unit := heatable.FieldUnit(n, k)
	if err := thermal.CheckTemperature(unit, temperature); err != nil {
		return nil, []study.Fault{{Key: key, Value: temperature.FloatString(6), Allowed: "must be lower, or the network must be smaller: " + err.Error()}}
	}
	return unit, nil
}

// heat brings the relaxation to the temperature of the point; cue is the cue that a
// replica belongs to.
func (x *relaxing) heat(key model.Key, cue func(r int) int) {
	if !x.hot() {
		return
	}
	streams := make([]model.Key, x.count)
	for r := range streams {
		streams[r] = noise(key, x.temperature, cue(r))
	}
	x.Heat(x.glauber(), streams)
	x.heated = true
}

// noise is the random stream of the noise of a pattern set at a temperature. index tells
// replicas apart, as by the cue.
func noise(patterns model.Key, temperature *big.Rat, index ...int) model.Key {
	words := make([]uint64, len(index))
	for i, v := range index {
		words[i] = uint64(v)
	}
	return patterns.Sub("noise "+temperature.RatString(), words...)
}

// quench relaxes the replicas of a heated relaxation at T = 0.
func (x *relaxing) quench(ctx context.Context, key model.Key, env study.Env) error {
	if !x.hot() {
		return nil
	}
	cold := *x.setup
	cold.heating = heating{}
	return x.relaxAgain(ctx, &cold, key, env)
}

// relaxAgain lets the replicas relax once more, by another setup at T = 0.
func (x *relaxing) relaxAgain(ctx context.Context, t *setup, key model.Key, env study.Env) error {
	x.setup = t
	x.Relaxation = t.dynamics.Relax(x.replicas, x.count, t.n, key.Sub("quench"))
	return x.run(ctx, env, nil)
}

// savedWork is the work after which a thermal run is saved, in bits of rows read: some
// seconds.
var savedWork = float64(1 << 36)

// due reports whether it is time to save.
func (x *relaxing) due() bool { return !x.Done() && x.setup.due(x.Sweeps(), x.count) }

// due reports whether it is time to save after so many sweeps of some replicas.
func (t *setup) due(sweeps, replicas int) bool {
	sweep := float64(t.n) * float64(t.k) * float64(replicas)
	return sweeps%int(max(1, savedWork/sweep)) == 0
}

// from numbers replicas. Replica 0 has the number first.
func from(first int) func(r int) int { return func(r int) int { return first + r } }
