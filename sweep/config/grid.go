package config

import (
	"fmt"
	"hopcap/sweep/study"
	"math/big"
	"slices"
	"strconv"
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
				fmt.Sprintf("given in both [%s] (line %d) and [sweep]; must be in one of them", k.Table, given.node.line))
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
			fmt.Sprintf("must not be given with %s (line %d), but in its place", r.schema.keys[or].name, b.axes[or].node.line))
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

// applies tells whether a key applies to some point of a block, as far as the keys that
// decide about it are known.
func (b *block) applies(s *schema, slot int) bool {
	return slices.ContainsFunc(b.cases(s, slot), func(values []*value) bool { return s.applies(values, slot, true) })
}

// lacks tells whether a key applies to some point of a block and has no default there:
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

// order returns the axes of a block that vary, the slowest first: those of the
// identity by the schema, then the others as written, so that the points of a block
// come in the order of their columns.
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
		panic("sweep: Compile returned neither a task nor a fault")
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

// id is the whole meaning of a point as text: seed, identity, and the other keys in
// the order of the schema. But for one setting, it is the meaning of its curve.
func (s *settings) id(t *study.Task, but string) string {
	var b strings.Builder
	write := func(name, text string) {
		if name == but {
			return
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(name)
		b.WriteByte('=')
		b.WriteString(text)
	}
	write("seed", s.values[seedSlot].text)
	for _, i := range t.Identity {
		write(i.Name, settingText(i.Value))
	}
	for slot, v := range s.values {
		k := &s.schema.keys[slot]
		if slot == seedSlot || v == nil || !k.means() {
			continue
		}
		if _, preset := s.schema.at(slot, s.values); k.Later && preset != nil && v.text == preset.text {
			continue
		}
		write(k.name, quoted(v.text))
	}
	return b.String()
}

// quoted is text that can be told from what follows it.
func quoted(text string) string {
	if text != "" && !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r == '"' || r == '=' || r == ',' || r > '~' }) {
		return text
	}
	return strconv.Quote(text)
}

// settingText is the canonical text of a setting's value.
func settingText(v any) string {
	switch v := v.(type) {
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		r, ok := parseDecimal(strconv.FormatFloat(v, 'e', -1, 64))
		if !ok {
			return strconv.FormatFloat(v, 'g', -1, 64)
		}
		return roundDecimal(r).String()
	case bool:
		return strconv.FormatBool(v)
	case string:
		return quoted(v)
	}
	return fmt.Sprint(v)
}
