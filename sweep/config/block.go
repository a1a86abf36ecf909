package config

import (
	"fmt"
	"hopcap/sweep/study"
	"math/big"
	"slices"
	"strings"
)

// maxSamples bounds samples and cues, so that units can be counted.
const maxSamples = 1_000_000_000

// A block is one [sweep], completed by the tables and the defaults: a product of
// axes.
type block struct {
	node    *node
	axes    []*axis // by slot; nil where a key has no value
	written []int   // the slots given here, in the order of writing
	samples int
	cues    int
	broken  bool // something of it is faulty, so that it has no points
}

// readBlocks reads [sweep], or each [[sweep]].
func (r *reader) readBlocks() {
	n := r.root.fields["sweep"]
	if n == nil {
		r.faults.add(0, "[sweep]", "", "must be given: the grid, with "+study.Enumerate(r.gridKeys(), "and"))
		return
	}
	nodes, ok := n.tables()
	if !ok {
		return // told by readTop
	}
	for _, n := range nodes {
		r.blocks = append(r.blocks, r.readBlock(n))
	}
}

// gridKeys are the keys that a block must have.
func (r *reader) gridKeys() []string {
	var names []string
	for slot, k := range r.schema.keys {
		or := r.schema.or[slot]
		switch {
		case !k.gridOnly() || k.preset != nil || or < slot:
		case or > slot:
			names = append(names, k.Name+" or "+k.Or)
		default:
			names = append(names, k.Name)
		}
	}
	return append(names, "samples")
}

func (r *reader) readBlock(n *node) *block {
	b := &block{node: n, axes: make([]*axis, len(r.schema.keys)), cues: 1}
	for _, key := range n.keys {
		slot := r.schema.sweepable(key)
		switch {
		case key == "samples":
			b.samples = r.readCount(key, n.fields[key])
		case key == "cues":
			b.cues = r.readCount(key, n.fields[key])
		case slot >= 0:
			b.axes[slot] = r.readAxis(slot, n.fields[key])
			b.written = append(b.written, slot)
		default:
			r.faults.add(n.fields[key].line, "sweep."+shown(key), brief(n.fields[key].written), r.schema.unknown("sweep", key))
		}
	}
	if n.fields["samples"] == nil {
		r.faults.add(n.line, "sweep.samples", "", "must be given, an integer of 1 or more: the independent samples of each point")
	}
	return b
}

// readCount reads samples or cues; 0 if faulty.
func (r *reader) readCount(key string, n *node) int {
	v, _ := readValue(study.Key{Name: key, Type: study.Int}, n)
	if v == nil || v.int < 1 || v.int > maxSamples {
		r.faults.add(n.line, "sweep."+key, brief(n.written), fmt.Sprintf("must be an integer, 1 … %d", maxSamples))
		return 0
	}
	return int(v.int)
}

// complete adds to a block what the tables and the defaults say.
func (r *reader) complete(b *block) {
	for slot, k := range r.schema.keys {
		given := r.tables[slot]
		switch {
		case b.axes[slot] != nil && given != nil:
			r.faults.add(b.axes[slot].node.line, r.name(b.axes[slot]), brief(b.axes[slot].node.written),
				fmt.Sprintf("given in both [%s] (line %d) and [sweep]; must be in only one of them", k.Table, given.node.line))
		case b.axes[slot] == nil && given != nil:
			b.axes[slot] = given
		case b.axes[slot] == nil && k.preset != nil:
			b.axes[slot] = &axis{slot: slot, values: []*value{k.preset}}
		}
	}
	for slot := range r.schema.keys {
		r.checkGiven(b, slot)
	}
	for _, a := range b.axes {
		b.broken = b.broken || a != nil && len(a.values) == 0
	}
	b.broken = b.broken || b.samples == 0 || b.cues == 0 || b.axes[seedSlot] == nil
}

// checkGiven reports a key that is missing, or given though it must not be.
func (r *reader) checkGiven(b *block, slot int) {
	a, or := b.axes[slot], r.schema.or[slot]
	switch {
	case a != nil && a.swept && !b.applies(r.schema, slot):
		r.faults.add(a.node.line, r.name(a), brief(a.node.written), r.schema.onlyFor(slot))
	case a != nil && or < slot && b.axes[or] != nil:
		b.broken = true
		r.faults.add(a.node.line, r.name(a), brief(a.node.written),
			fmt.Sprintf("must not be given together with %s (line %d)", r.schema.keys[or].name, b.axes[or].node.line))
	case a == nil && b.axes[or] == nil && or <= slot && slot != seedSlot:
		if k := b.lacks(r.schema, slot); k != nil {
			b.broken = true
			r.missing(b, slot, k)
		}
	}
}

// missing reports a key that has no value in a block, at the table it should be in; must
// is what the key is there.
func (r *reader) missing(b *block, slot int, must *study.Key) {
	k, or := r.schema.keys[slot], r.schema.keys[r.schema.or[slot]]
	phrase := strings.TrimPrefix(must.Must(), "must be ")
	switch table := r.root.fields[k.Table]; {
	case or.name != k.name:
		r.faults.add(b.node.line, "sweep", "", fmt.Sprintf("must have %s or %s", or.name, k.name))
	case k.gridOnly() || slices.Contains(r.axes, slot):
		r.faults.add(b.node.line, "sweep."+k.name, "", "must be given, "+phrase)
	case table != nil:
		r.faults.add(table.line, k.qualified(), "", "must be given, "+phrase)
	default:
		r.faults.add(0, k.qualified(), "", "must be given, "+phrase)
	}
}

// applies reports whether a key applies to some point of a block, as far as the keys that
// decide about it are known.
func (b *block) applies(s *schema, slot int) bool {
	return slices.ContainsFunc(b.cases(s, slot), func(values []*value) bool { return s.applies(values, slot, true) })
}

// lacks reports whether a key applies to some point of a block and has no default there:
// it returns what the key is there, nil if there is no such point.
func (b *block) lacks(s *schema, slot int) *study.Key {
	for _, values := range b.cases(s, slot) {
		if k, preset := s.at(slot, values); preset == nil && s.applies(values, slot, false) {
			return k
		}
	}
	return nil
}

// cases are the values that the points of a block have of all keys that decide about
// one, directly or not; other keys have none in them.
func (b *block) cases(s *schema, slot int) [][]*value {
	cases := [][]*value{make([]*value, len(s.keys))}
	deciders := s.keys[slot].deciders
	if len(deciders) == 0 {
		return cases
	}
	for _, d := range deciders {
		if b.axes[d] == nil || len(b.axes[d].values) == 0 {
			continue
		}
		var more [][]*value
		for _, values := range cases {
			for _, v := range b.axes[d].values {
				list := slices.Clone(values)
				list[d] = v
				more = append(more, list)
			}
		}
		cases = more
	}
	given := b.given()
	for i := range cases {
		cases[i] = s.resolve(cases[i], given)
	}
	return cases
}

// given tells which keys are not left to their defaults.
func (b *block) given() []bool {
	given := make([]bool, len(b.axes))
	for slot, a := range b.axes {
		given[slot] = a != nil && a.node != nil
	}
	return given
}

// order returns the axes of a block that vary, the slowest first. N and K come first, then
// the others as written, so that points come in the order of their columns.
func (r *reader) order(b *block) []*axis {
	var order []*axis
	for slot, a := range b.axes {
		if a != nil && r.schema.keys[slot].gridOnly() {
			order = append(order, a)
		}
	}
	for _, slot := range r.axes {
		if a := b.axes[slot]; a != nil {
			order = append(order, a)
		}
	}
	return order
}

// size is the number of points of a block, which may be huge.
func (b *block) size() *big.Int {
	n := big.NewInt(1)
	for _, a := range b.axes {
		if a != nil {
			n.Mul(n, big.NewInt(int64(len(a.values))))
		}
	}
	return n
}
