package experiment

import (
	"context"
	"slices"
	"testing"

	"hopcap/experiment/memory"
	"hopcap/model"
	"hopcap/sweep/study"
)

// moving is Hopfield's rule, but that another pattern is due after each sweep.
type moving struct{ model.Hopfield }

func (r moving) Store(ctx context.Context, p *model.Patterns, key model.Key, pool model.Pool) (model.Network, error) {
	n, err := r.Hopfield.Store(ctx, p, key, pool)
	return movingNetwork{n, p.K}, err
}

type movingNetwork struct {
	model.Network
	k int
}

func (n movingNetwork) Target(cue, sweeps int) int { return (cue + sweeps) % n.k }

// unenergetic is Hopfield's rule, whose replicas do not tell their energy.
type unenergetic struct{ model.Hopfield }

func (r unenergetic) Store(ctx context.Context, p *model.Patterns, key model.Key, pool model.Pool) (model.Network, error) {
	n, err := r.Hopfield.Store(ctx, p, key, pool)
	return unenergeticNetwork{n}, err
}

type unenergeticNetwork struct{ model.Network }

func (n unenergeticNetwork) Start(states []model.State, pool model.Pool) model.Replicas {
	return struct{ model.Replicas }{n.Network.Start(states, pool)}
}

func init() {
	memory.Register(memory.Kind{Name: "moving", Year: 9998, Rule: func(study.Settings) model.Rule { return moving{} }})
	memory.Register(memory.Kind{Name: "unenergetic", Year: 9998, Rule: func(study.Settings) model.Rule { return unenergetic{} }})
}

// A state is compared with the pattern that is due: in the records, in the trace, and in
// the states.
func TestStatesAreComparedWithTheTarget(t *testing.T) {
	const n, k, cue = 60, 4, 1
	s := point(settings{"model.kind": "moving", "N": n, "K": k, "overlap": "0.8", "trace": true, "states": 1})
	trial := compiled(t, s, cue+1)
	rows := mustRun(t, trial, 0, cue, cue+1)
	again, err := trial.Replay(context.Background(), 0, cue, &alone{})
	if err != nil {
		t.Fatal(err)
	}
	sweeps := int(valuesOf(Retrieval, "trials", "sweeps", rows)[0].(int64))
	due := (cue + sweeps) % k
	if due == cue {
		t.Fatalf("after %d sweeps the cued pattern is due again", sweeps)
	}
	overlap := func(pattern int) float64 { return float64(again.Patterns.Overlap(pattern, again.Final)) / n }
	last := func(table, name string) any {
		got := valuesOf(Retrieval, table, name, rows)
		return got[len(got)-1]
	}
	if got := last("trials", "overlap_final"); got != overlap(due) {
		t.Errorf("final overlap %v, want %v with pattern %d", got, overlap(due), due)
	}
	if got := last("trace", "m"); got != overlap(due) {
		t.Errorf("trace: overlap %v, want %v with pattern %d", got, overlap(due), due)
	}
	// the final state is first there a sweep before the relaxation ends
	if got := last("states", "state_overlap"); got != overlap((cue+sweeps-1)%k) {
		t.Errorf("states: overlap %v, want %v with the pattern before", got, overlap((cue+sweeps-1)%k))
	}
	if initial := valuesOf(Retrieval, "trials", "overlap_initial", rows)[0]; initial != 0.8 {
		t.Errorf("initial overlap %v, want 0.8 with the cued pattern", initial)
	}
}

// Where a network has no energy every column of it is undefined, and nothing else is.
func TestNoEnergy(t *testing.T) {
	for _, c := range []struct {
		e Experiment
		s settings
	}{
		{Retrieval, point(settings{"trace": true, "states": 1})},
		{Spurious, landscape(settings{"start": "cue", "overlap": "0.8"})},
	} {
		c.s["N"] = 60
		with := mustRun(t, mustCompile(t, c.e, c.s, 3), 0, 0, 3)
		c.s["model.kind"] = "unenergetic"
		without := mustRun(t, mustCompile(t, c.e, c.s, 3), 0, 0, 3)
		for _, table := range c.e.Tables {
			for i, name := range table.Names() {
				for r, row := range without[table.Name] {
					want := with[table.Name][r][i]
					if slices.Contains([]string{"energy", "state_energy", "energy_stored", "energy_mixture", "energy_spin_glass"}, name) {
						want = nil
					}
					if row[i] != want {
						t.Errorf("%s %s: %s = %v, want %v", c.e.Kind, table.Name, name, row[i], want)
					}
				}
			}
		}
	}
}
