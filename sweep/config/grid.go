package config

import (
	"fmt"
	"hopcap/sweep/study"
	"math/big"
	"slices"
)

// layOut makes the points, if they are not too many. A block that has none is
// checked as far as it goes.
func (r *reader) layOut() {
	total := new(big.Int)
	for _, b := range r.blocks {
		if !b.broken {
			total.Add(total, b.size())
		}
	}
	tooMany := total.Cmp(big.NewInt(maxPoints)) > 0
	if tooMany {
		n := r.root.fields["sweep"]
		r.faults.add(n.line, "sweep", "", fmt.Sprintf("the grid has %d points, must have at most %d", total, maxPoints))
	}
	grid := &grid{reader: r, points: map[string]*Point{}}
	for _, b := range r.blocks {
		if b.broken || tooMany {
			r.checkAlone(b)
		} else {
			grid.expand(b)
		}
	}
	if len(r.blocks) == 0 {
		r.checkAlone(r.emptyBlock())
	}
}

// emptyBlock has nothing but the tables and defaults, for checking these.
func (r *reader) emptyBlock() *block {
	b := &block{node: r.root, axes: slices.Clone(r.tables)}
	for slot, k := range r.schema.keys {
		if b.axes[slot] == nil && k.preset != nil {
			b.axes[slot] = &axis{slot: slot, values: []*value{k.preset}}
		}
	}
	return b
}

// checkAlone checks each value of a block that has no points beside the first
// values of the other keys, where these do not matter.
func (r *reader) checkAlone(b *block) {
	first := make([]*value, len(b.axes))
	for slot, a := range b.axes {
		if a != nil && len(a.values) > 0 {
			first[slot] = a.values[0]
		}
	}
	for slot, a := range b.axes {
		if a == nil {
			continue
		}
		for _, v := range a.values {
			p := &partial{settings: settings{r.schema, slices.Clone(first)}}
			p.values[slot] = v
			if k, _ := r.schema.at(slot, p.values); k.Check != nil && !k.Check(p) && !p.missed {
				r.addValueFault(b, slot, v, k.Within())
			}
		}
	}
}

// addValueFault reports a value of a key at the place where it was written.
func (r *reader) addValueFault(b *block, slot int, v *value, allowed string) {
	line := v.line
	if line == 0 {
		line = b.node.line
	}
	name := r.schema.keys[slot].qualified()
	if a := b.axes[slot]; a != nil {
		name = r.name(a)
	}
	r.faults.add(line, name, v.written, allowed)
}

// A grid gathers points by their IDs.
type grid struct {
	*reader
	points map[string]*Point
}

// expand makes the points of a block.
func (g *grid) expand(b *block) {
	first := make([]*value, len(b.axes))
	for slot, a := range b.axes {
		if a != nil {
			first[slot] = a.values[0]
		}
	}
	g.vary(b, g.order(b), first, b.given())
}

// vary goes through the products of some axes, the last one fastest.
func (g *grid) vary(b *block, axes []*axis, values []*value, given []bool) {
	if len(axes) == 0 {
		g.addPoint(b, &settings{g.schema, g.schema.resolve(values, given)})
		return
	}
	for _, v := range axes[0].values {
		values[axes[0].slot] = v
		g.vary(b, axes[1:], values, given)
	}
}

// addPoint checks and compiles a point. What is in the grid already keeps its
// place, with the larger samples and cues.
func (g *grid) addPoint(b *block, s *settings) {
	task := g.compile(b, s)
	if task == nil {
		return
	}
	id := s.id(task, "")
	old := g.points[id]
	if old == nil {
		p := &Point{Task: task, Settings: s, ID: id, Columns: g.columns(task, s), Samples: b.samples, Cues: b.cues}
		g.points[id] = p
		g.config.Points = append(g.config.Points, p)
		return
	}
	old.Samples = max(old.Samples, b.samples)
	if b.cues > old.Cues {
		old.Task, old.Cues = task, b.cues
	}
}

// compile returns the task of a point, or reports what is wrong with it.
func (g *grid) compile(b *block, s *settings) *study.Task {
	sound := true
	for slot, v := range s.values {
		if v == nil {
			continue
		}
		if k, _ := g.schema.at(slot, s.values); k.Check != nil && !k.Check(s) {
			g.addValueFault(b, slot, v, k.Within())
			sound = false
		}
	}
	if !sound {
		return nil
	}
	task, faults := g.config.Experiment.Compile(s, b.cues)
	for _, f := range faults {
		g.addPointFault(b, s, f)
	}
	if task == nil && len(faults) == 0 {
		panic("config: Compile returned neither a task nor a fault")
	}
	if len(faults) > 0 {
		return nil
	}
	return task
}

// addPointFault reports what Compile says of a point, by the key it names.
func (g *grid) addPointFault(b *block, s *settings, f study.Fault) {
	slot, known := g.schema.slots[f.Key]
	switch n := b.node.fields[f.Key]; {
	case known && s.values[slot] != nil:
		g.addValueFault(b, slot, s.values[slot], f.Allowed)
	case n != nil:
		g.faults.add(n.line, "sweep."+f.Key, brief(n.written), f.Allowed)
	default:
		g.faults.add(b.node.line, f.Key, f.Value, f.Allowed)
	}
}

func (g *grid) columns(t *study.Task, s *settings) []study.Setting {
	columns := slices.Concat(t.Identity, t.Derived)
	for i, slot := range g.axes {
		var record any
		if v := s.values[slot]; v != nil {
			record = v.record
		}
		columns = append(columns, study.Setting{Name: g.config.Axes[i], Value: record})
	}
	return columns
}
