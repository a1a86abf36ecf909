package config

import (
	"fmt"
	"hopcap/sweep/study"
	"math"
	"math/big"
	"slices"
)

// maxPoints is the largest grid, and the largest axis, that is expanded.
const maxPoints = 1_000_000

// readValue reads a single value of a key, or says what it must be.
func readValue(k study.Key, n *node) (v *value, allowed string) {
	v, allowed = typed(k, n.value, n.written)
	if v == nil {
		return nil, allowed
	}
	if len(k.Allowed) > 0 && !slices.Contains(k.Allowed, v.text) {
		return nil, withGuess(k.Must(), v.text, k.Allowed)
	}
	return v.at(n.line, brief(n.written)), ""
}

func withGuess(must, text string, allowed []string) string {
	if near := study.Closest(text, allowed); near != "" {
		return fmt.Sprintf("%s; did you mean %q?", must, near)
	}
	return must
}

// typed turns what the library decoded into a value of the key's kind.
func typed(k study.Key, decoded any, written string) (*value, string) {
	switch x := decoded.(type) {
	case int64:
		if k.Type == study.Int {
			return newInt(x), ""
		}
		if k.Type == study.Decimal {
			return newDecimal(new(big.Rat).SetInt64(x)), ""
		}
	case float64:
		if k.Type == study.Decimal {
			return readDecimal(k, x, written)
		}
	case bool:
		if k.Type == study.Bool {
			return newBool(x), ""
		}
	case string:
		if k.Type == study.Text {
			return newText(x), ""
		}
	}
	return nil, k.Must()
}

func readDecimal(k study.Key, x float64, written string) (*value, string) {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil, k.Must()
	}
	r, ok := parseDecimal(written)
	if !ok || x != 0 && !(1e-100 < math.Abs(x) && math.Abs(x) < 1e100) {
		return nil, "must be a number of a size between 1e-100 and 1e100, or 0"
	}
	return newDecimal(r), ""
}

// An axis is the values of one key in one block, or its one value elsewhere.
type axis struct {
	slot   int
	node   *node // nil if the key was not given
	swept  bool  // given in [sweep]
	values []*value
}

// readAxis reads a value, an array or a range. Of values that are faulty it tells,
// and leaves them out.
func (r *reader) readAxis(slot int, n *node) *axis {
	a := &axis{slot: slot, node: n, swept: true}
	switch {
	case n.table:
		a.values = r.readRange(r.schema.keys[slot], n)
	case n.array && len(n.items) == 0:
		r.faults.add(n.line, r.name(a), brief(n.written), "must have at least one value")
	case n.array:
		r.readArray(a)
	default:
		r.readItem(a, n)
	}
	return a
}

// readItem adds one value to an axis.
func (r *reader) readItem(a *axis, n *node) *value {
	v, allowed := readValue(r.schema.keys[a.slot].unranged(), n)
	if v == nil {
		r.faults.add(n.line, r.name(a), brief(n.written), allowed)
		return nil
	}
	a.values = append(a.values, v)
	return v
}

func (r *reader) readArray(a *axis) {
	seen := map[string]bool{}
	for _, item := range a.node.items {
		v := r.readItem(a, item)
		if v != nil && seen[v.text] {
			r.faults.add(v.line, r.name(a), v.written, "given twice in one array")
		}
		if v != nil {
			seen[v.text] = true
		}
	}
}

// A span is a range as written: from, to, and a step or a count.
type span struct {
	from, to, step *big.Rat
	count          int64 // 0 if there is a step
	log            bool
}

// spanKeys describe { from, to, step | count, scale } on an axis of numbers of some
// kind.
func spanKeys(kind study.Type) []study.Key {
	return []study.Key{
		{Name: "from", Type: kind},
		{Name: "to", Type: kind},
		{Name: "step", Type: kind},
		{Name: "count", Type: study.Int, Range: fmt.Sprintf("2 … %d", maxPoints)},
		{Name: "scale", Type: study.Text, Allowed: []string{"linear", "log"}},
	}
}

// readRange reads a range and returns its values; none if it has faults.
func (r *reader) readRange(k schemaKey, n *node) []*value {
	name := "sweep." + k.name
	if k.Type != study.Int && k.Type != study.Decimal {
		r.faults.add(n.line, name, brief(n.written), k.Must()+", or an array of such; a range is for numbers")
		return nil
	}
	given, ok := r.readSpan(k, n)
	if !ok {
		return nil
	}
	if field, allowed := faultOfSpan(given); allowed != "" {
		r.addSpanFault(name, n, field, allowed)
		return nil
	}
	s := newSpan(given)
	if !s.size().IsInt64() || s.size().Int64() > maxPoints {
		r.faults.add(n.line, name, brief(n.written), fmt.Sprintf("has %d values, must have at most %d", s.size(), maxPoints))
		return nil
	}
	return s.values(k.Type, n)
}

// readSpan reads the fields of a range one by one.
func (r *reader) readSpan(k schemaKey, n *node) (map[string]*value, bool) {
	given := map[string]*value{}
	ok := true
	for _, field := range n.keys {
		v, allowed := readField(spanKeys(k.Type), field, n.fields[field])
		if v == nil {
			r.addSpanFault("sweep."+k.name, n, field, allowed)
			ok = false
		}
		given[field] = v
	}
	return given, ok
}

func readField(keys []study.Key, field string, n *node) (*value, string) {
	names := make([]string, len(keys))
	for i, k := range keys {
		if k.Name == field {
			return readValue(k, n)
		}
		names[i] = k.Name
	}
	return nil, withGuess("unknown key; a range has "+study.Enumerate(names, "and"), field, names)
}

// addSpanFault tells of a field of a range, or of one that is not there.
func (r *reader) addSpanFault(name string, n *node, field, allowed string) {
	if f := n.fields[field]; f != nil {
		r.faults.add(f.line, name+"."+field, brief(f.written), allowed)
		return
	}
	r.faults.add(n.line, name, brief(n.written), allowed)
}

// faultOfSpan returns what is wrong with fields that are each well written.
func faultOfSpan(given map[string]*value) (field, allowed string) {
	from, to, step, count := given["from"], given["to"], given["step"], given["count"]
	log := given["scale"] != nil && given["scale"].text == "log"
	switch {
	case from == nil || to == nil:
		return "", "a range must have both from and to"
	case (step == nil) == (count == nil):
		return "", "a range must have either step or count"
	case from.text == to.text:
		return "to", "must not be equal to from"
	case count != nil && (count.int < 2 || count.int > maxPoints):
		return "count", fmt.Sprintf("must be 2 … %d", maxPoints)
	case log && step != nil:
		return "step", `a range with scale = "log" takes count`
	case log && from.number.Sign() <= 0:
		return "from", `must be greater than 0 with scale = "log"`
	case log && to.number.Sign() <= 0:
		return "to", `must be greater than 0 with scale = "log"`
	case step != nil && step.number.Sign() != 1 && to.number.Cmp(from.number) > 0:
		return "step", "must be greater than 0, since to is above from"
	case step != nil && step.number.Sign() != -1 && to.number.Cmp(from.number) < 0:
		return "step", "must be less than 0, since to is below from"
	}
	return "", ""
}

func newSpan(given map[string]*value) span {
	s := span{from: given["from"].number, to: given["to"].number}
	if step := given["step"]; step != nil {
		s.step = step.number
	} else {
		s.count = given["count"].int
	}
	s.log = given["scale"] != nil && given["scale"].text == "log"
	return s
}

// nearly is by how much of a step a range may miss its end and still reach it.
var nearly = big.NewRat(1, 1_000_000_000)

// steps returns (to − from) / step.
func (s span) steps() *big.Rat {
	d := new(big.Rat).Sub(s.to, s.from)
	return d.Quo(d, s.step)
}

// size is the number of values, which may be huge.
func (s span) size() *big.Int {
	if s.count > 0 {
		return big.NewInt(s.count)
	}
	n := s.steps()
	n.Add(n, nearly)
	size := new(big.Int).Quo(n.Num(), n.Denom())
	return size.Add(size, big.NewInt(1))
}

// values lists the values of the range. Integers are rounded to the nearest. Rounding may
// make values equal; the grid then has their point once.
func (s span) values(kind study.Type, n *node) []*value {
	var list []*value
	for _, x := range s.numbers() {
		v := newDecimal(x)
		if kind == study.Int {
			v = newInt(nearest(x).Int64())
		}
		list = append(list, v.at(n.line, v.text))
	}
	return list
}

func (s span) numbers() []*big.Rat {
	if s.log {
		return s.logarithmic()
	}
	size := s.size().Int64()
	step := s.step
	if step == nil {
		step = new(big.Rat).Sub(s.to, s.from)
		step.Quo(step, big.NewRat(size-1, 1))
	}
	list := make([]*big.Rat, size)
	for i := range list {
		list[i] = new(big.Rat).Mul(step, big.NewRat(int64(i), 1))
		list[i].Add(list[i], s.from)
	}
	if s.reachesEnd(list[size-1], step) {
		list[size-1] = s.to
	}
	return list
}

// reachesEnd reports whether the last value is to, but for a trifle.
func (s span) reachesEnd(last, step *big.Rat) bool {
	miss := new(big.Rat).Sub(s.to, last)
	miss.Quo(miss, step).Abs(miss)
	return miss.Cmp(nearly) <= 0
}

// logarithmic returns values of a constant ratio, which is found to so many bits
// that rounding is the same on every machine.
func (s span) logarithmic() []*big.Rat {
	const bits = 256
	end := new(big.Float).SetPrec(bits).SetRat(new(big.Rat).Quo(s.to, s.from))
	ratio := root(end, s.count-1)
	x := new(big.Float).SetPrec(bits).SetRat(s.from)
	list := make([]*big.Rat, s.count)
	for i := range list {
		list[i], _ = x.Rat(nil)
		x.Mul(x, ratio)
	}
	return list
}

// root returns x^(1/n) by Newton's method, r ← r + (x/r^(n−1) − r)/n, from the
// nearest float64: each step doubles the right digits.
func root(x *big.Float, n int64) *big.Float {
	f, _ := x.Float64()
	r := new(big.Float).SetPrec(x.Prec()).SetFloat64(math.Pow(f, 1/float64(n)))
	for range 5 {
		d := new(big.Float).Quo(x, power(r, n-1))
		d.Sub(d, r)
		r.Add(r, d.Quo(d, new(big.Float).SetInt64(n)))
	}
	return r
}

// power returns x^n by squaring.
func power(x *big.Float, n int64) *big.Float {
	p := new(big.Float).SetPrec(x.Prec()).SetInt64(1)
	for bit := 62; bit >= 0; bit-- {
		p.Mul(p, p)
		if n>>bit&1 == 1 {
			p.Mul(p, x)
		}
	}
	return p
}

// name is how messages call an axis.
func (r *reader) name(a *axis) string {
	k := r.schema.keys[a.slot]
	if a.swept || k.gridOnly() {
		return "sweep." + k.name
	}
	return k.qualified()
}
