package experiment

import (
	"encoding/binary"
	"encoding/hex"
	"math/big"

	"hopcap/model"
	"hopcap/sweep/study"
)

// A class is what a final state is.
//
// The rule looks at the overlaps m^μ of the state with all K patterns, and at
// nothing else, in this order:
//
//  1. pattern, negative: the largest |m^μ| reaches retrieved_at. The state is that
//     stored pattern, up to its retrieval errors, or its negative.
//  2. mixture: the state has an overlap of at least mixture_at with the sign of a
//     signed sum of n = 3, 5, … mixture_max patterns. For each n one sum is tried. It
//     has the n patterns of largest |m^μ|, each with the sign of its m^μ. The n
//     whose sum is nearest to the state is reported.
//  3. spin_glass: everything else.
//
// A relaxation that did not come to rest (stop = max_sweeps) has no class.
type class int

const (
	unsettled class = iota
	storedPattern
	negative
	mixture
	spinGlass
)

// String is the class as records have it, "" if there is none.
func (c class) String() string {
	return [...]string{"", "pattern", "negative", "mixture", "spin_glass"}[c]
}

// classKeys are the thresholds of the rule.
var classKeys = []study.Key{
	retrievedAt,
	fraction("mixture_at", "0.9", "overlap with the sign of a signed sum of patterns that counts as this mixture"),
	{Table: "experiment", Name: "mixture_max", Type: study.Int, Default: "5", Range: "odd, 3 … 99",
		Check: func(s study.Settings) bool {
			return study.Between("mixture_max", 3, 99)(s) && s.Int("mixture_max")%2 == 1
		},
		Doc: "the most patterns looked for in a mixture"},
	fraction("threshold_step", "0.05", "by how much both thresholds are lowered and raised, to show how far classes depend on them"),
}

// A classifiedState is a state with its class.
type classifiedState struct {
	likeness
	n                int
	is               class
	looser, stricter class // with both thresholds lower, and higher, by threshold_step
	energy           energy
}

// distance is the number of neurons in which the state differs from the nearest
// pattern or negative.
func (o *classifiedState) distance() int { return (o.n - max(o.best, -o.best)) / 2 }

// energyIf is the energy of a state that is of some class, otherwise undefined.
func (o *classifiedState) energyIf(is bool) (float64, bool) {
	return o.energy.perNeuron, o.energy.defined && is
}

// classColumns describe a classified state.
var classColumns = []column[classifiedState]{
	{name: "class", role: study.Label, doc: "pattern, negative, mixture or spin_glass; empty if the state is not at rest",
		of: textOrNil(func(o *classifiedState) string { return o.is.String() })},
	{name: "pattern", role: study.Rate, axis: "stored patterns", doc: "1 if the largest overlap reaches retrieved_at",
		of: zeroOne(func(o *classifiedState) bool { return o.is == storedPattern })},
	{name: "negative", role: study.Rate, axis: "negatives", doc: "1 if the largest overlap is negative and reaches retrieved_at in size",
		of: zeroOne(func(o *classifiedState) bool { return o.is == negative })},
	{name: "mixture", role: study.Rate, lead: true, axis: "mixtures", doc: "1 if pattern and negative are 0 and the overlap with a mixture reaches mixture_at",
		of: zeroOne(func(o *classifiedState) bool { return o.is == mixture })},
	{name: "spin_glass", role: study.Rate, lead: true, axis: "spin-glass states", doc: "1 if the state is at rest, and pattern, negative and mixture are 0",
		of: zeroOne(func(o *classifiedState) bool { return o.is == spinGlass })},
	{name: "stored_looser", role: study.Rate, axis: "patterns and negatives, lower thresholds", doc: "1 if pattern or negative were 1 with both thresholds lower by threshold_step",
		of: zeroOne(func(o *classifiedState) bool { return o.looser.stored() })},
	{name: "stored_stricter", role: study.Rate, axis: "patterns and negatives, higher thresholds", doc: "1 if pattern or negative were 1 with both thresholds higher by threshold_step",
		of: zeroOne(func(o *classifiedState) bool { return o.stricter.stored() })},
	{name: "mixture_looser", role: study.Rate, axis: "mixtures, lower thresholds", doc: "1 if mixture were 1 with both thresholds lower by threshold_step",
		of: zeroOne(func(o *classifiedState) bool { return o.looser == mixture })},
	{name: "mixture_stricter", role: study.Rate, axis: "mixtures, higher thresholds", doc: "1 if mixture were 1 with both thresholds higher by threshold_step",
		of: zeroOne(func(o *classifiedState) bool { return o.stricter == mixture })},
	{name: "overlap_best", role: study.Quantity, axis: "largest overlap", doc: "the overlap of largest size with any stored pattern, signed",
		of: decimal(func(o *classifiedState) float64 { return float64(o.best) / float64(o.n) })},
	{name: "pattern_best", role: study.Label, doc: "the pattern of overlap_best, the first of equals",
		of: count(func(o *classifiedState) int { return o.nearest })},
	{name: "distance", role: study.Quantity, axis: "distance to the nearest pattern", doc: "neurons in which the state differs from pattern_best or its negative",
		of: count((*classifiedState).distance)},
	{name: "mixture_patterns", role: study.Label, doc: "the nearest mixture, as +0 -4 +7, whether or not it counts; empty if there are not three patterns",
		of: textOrNil(func(o *classifiedState) string { return o.mixture.String() })},
	{name: "mixture_of", role: study.Label, doc: "how many patterns mixture_patterns has",
		of: countOrNil(func(o *classifiedState) (int, bool) { return len(o.mixture), o.mixture != nil })},
	{name: "mixture_overlap", role: study.Quantity, axis: "overlap with the nearest mixture", doc: "the overlap of the state with mixture_patterns",
		of: decimalOrNil(func(o *classifiedState) (float64, bool) { return float64(o.overlap) / float64(o.n), o.mixture != nil })},
	{name: "energy", role: study.Quantity, axis: "energy per neuron $E/N$", doc: "energy per neuron",
		of: decimalOrNil(func(o *classifiedState) (float64, bool) { return o.energy.value() })},
	{name: "energy_stored", role: study.Quantity, axis: "energy of stored patterns $E/N$", doc: "energy of a pattern or negative, else empty",
		of: decimalOrNil(func(o *classifiedState) (float64, bool) { return o.energyIf(o.is.stored()) })},
	{name: "energy_mixture", role: study.Quantity, axis: "energy of mixtures $E/N$", doc: "energy of a mixture, else empty",
		of: decimalOrNil(func(o *classifiedState) (float64, bool) { return o.energyIf(o.is == mixture) })},
	{name: "energy_spin_glass", role: study.Quantity, axis: "energy of spin-glass states $E/N$", doc: "energy of a spin-glass state, else empty",
		of: decimalOrNil(func(o *classifiedState) (float64, bool) { return o.energyIf(o.is == spinGlass) })},
	{name: "fingerprint", role: study.Label, doc: "64 bits in hexadecimal that identify the state, the same for its negative",
		of: text(func(o *classifiedState) string { return hexadecimal(o.fingerprint) })},
}

// A likeness holds what the rule looks at, and a fingerprint of the state.
type likeness struct {
	best        int           // the M of largest size
	nearest     int           // its pattern
	mixture     model.Mixture // the nearest
	overlap     int           // with it, as a sum over neurons
	fingerprint uint64
}

// A criterion holds the thresholds of the rule, as sums over neurons.
type criterion struct{ retrieved, mixture int }

// class applies the rule.
func (c criterion) class(l likeness) class {
	switch {
	case l.best >= c.retrieved:
		return storedPattern
	case -l.best >= c.retrieved:
		return negative
	case l.mixture != nil && l.overlap >= c.mixture:
		return mixture
	}
	return spinGlass
}

// A classifier classifies states of n neurons.
type classifier struct {
	neurons        int
	at, low, high  criterion
	largestMixture int
}

func classifierOf(t *setup) classifier {
	step := t.settings.Rat("threshold_step")
	at := func(key string, steps int64) int {
		x := new(big.Rat).Mul(step, big.NewRat(steps, 1))
		x.Add(x, t.settings.Rat(key))
		return ceiling(x.Mul(x, integer(t.n)), t.n+1)
	}
	criterion := func(steps int64) criterion {
		return criterion{max(at("retrieved_at", steps), 1), max(at("mixture_at", steps), 1)}
	}
	return classifier{t.n, criterion(0), criterion(-1), criterion(1), int(t.settings.Int("mixture_max"))}
}

// likeness measures the state s, whose overlaps are given.
func (c *classifier) likeness(p *model.Patterns, s model.State, overlaps []int32) likeness {
	best, nearest := largest(overlaps)
	mix, overlap := p.NearestMixture(s, overlaps, c.largestMixture)
	return likeness{best, nearest, mix, overlap, s.Fingerprint()}
}

// classify returns the class of a state, none if it is not at rest.
func (c *classifier) classify(l likeness, energy energy, settled bool) classifiedState {
	o := classifiedState{likeness: l, n: c.neurons, energy: energy}
	if settled {
		o.is, o.looser, o.stricter = c.at.class(l), c.low.class(l), c.high.class(l)
	}
	return o
}

// stored reports whether the class is a stored pattern or its negative.
func (c class) stored() bool { return c == storedPattern || c == negative }

// hexadecimal writes all sixteen digits.
func hexadecimal(x uint64) string {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], x)
	return hex.EncodeToString(b[:])
}
