package experiment

import (
	"encoding/binary"
	"encoding/hex"
	"math/big"

	"hopcap/model"
)

// A class is what a final state is.
//
// The rule looks at the overlaps m^μ of the state with all K patterns, and at
// nothing else, in this order:
//
//  1. pattern, negative: the largest |m^μ| reaches retrieved_at. The state is that
//     stored pattern, up to its retrieval errors, or its negative.
//  2. mixture: the state has an overlap of at least mixture_at with the sign of a
//     signed sum of n = 3, 5, … mixture_max patterns. For each n one sum is tried:
//     that of the n patterns whose |m^μ| are largest, each with the sign of its
//     m^μ; the n whose sum is nearest is reported.
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

// inRecord is the class as records have it, undefined if there is none.
func (c class) inRecord() any {
	return [...]any{nil, "pattern", "negative", "mixture", "spin_glass"}[c]
}

// classKeys are the thresholds of the rule.
var classKeys = []Key{
	retrievedAt,
	fraction("mixture_at", "0.9", "overlap with the sign of a signed sum of patterns that counts as this mixture"),
	{Table: "experiment", Name: "mixture_max", Type: Int, Default: "5", Range: "odd, 3 … 99",
		Check: func(s Settings) bool { return between("mixture_max", 3, 99)(s) && s.Int("mixture_max")%2 == 1 },
		Doc:   "the most patterns looked for in a mixture"},
	fraction("threshold_step", "0.05", "by how much both thresholds are lowered and raised to show what hangs on them"),
}

// classColumns are what is said of a classified state.
var classColumns = []Column{
	{Name: "class", Type: Text, Role: Label, Report: nil, Axis: "", Doc: "pattern, negative, mixture or spin_glass; empty if the state is not at rest"},
	{Name: "pattern", Type: Int, Role: Rate, Report: nil, Axis: "stored patterns", Doc: "1 if the largest overlap reaches retrieved_at"},
	{Name: "negative", Type: Int, Role: Rate, Report: nil, Axis: "negatives", Doc: "1 if the largest overlap is negative and reaches retrieved_at in size"},
	{Name: "mixture", Type: Int, Role: Rate, Report: nil, Axis: "mixtures", Doc: "1 if neither, and the overlap with a mixture reaches mixture_at"},
	{Name: "spin_glass", Type: Int, Role: Rate, Report: nil, Axis: "spin-glass states", Doc: "1 if nothing of these"},
	{Name: "stored_looser", Type: Int, Role: Rate, Report: nil, Axis: "patterns and negatives, lower thresholds", Doc: "1 if pattern or negative were 1 with both thresholds lower by threshold_step"},
	{Name: "stored_stricter", Type: Int, Role: Rate, Report: nil, Axis: "patterns and negatives, higher thresholds", Doc: "the same, higher"},
	{Name: "mixture_looser", Type: Int, Role: Rate, Report: nil, Axis: "mixtures, lower thresholds", Doc: "1 if mixture were 1 with both thresholds lower by threshold_step"},
	{Name: "mixture_stricter", Type: Int, Role: Rate, Report: nil, Axis: "mixtures, higher thresholds", Doc: "the same, higher"},
	{Name: "overlap_best", Type: Decimal, Role: Quantity, Report: nil, Axis: "largest overlap", Doc: "the overlap of largest size with any stored pattern, signed"},
	{Name: "pattern_best", Type: Int, Role: Label, Report: nil, Axis: "", Doc: "the pattern of overlap_best, the first of equals"},
	{Name: "distance", Type: Int, Role: Quantity, Report: nil, Axis: "distance to the nearest pattern", Doc: "neurons in which the state differs from pattern_best or its negative"},
	{Name: "mixture_patterns", Type: Text, Role: Label, Report: nil, Axis: "", Doc: "the nearest mixture, as +0 -4 +7, whether or not it counts; empty if there are not three patterns"},
	{Name: "mixture_of", Type: Int, Role: Label, Report: nil, Axis: "", Doc: "how many patterns mixture_patterns has"},
	{Name: "mixture_overlap", Type: Decimal, Role: Quantity, Report: nil, Axis: "overlap with the nearest mixture", Doc: "the overlap of the state with mixture_patterns"},
	{Name: "energy", Type: Decimal, Role: Quantity, Report: nil, Axis: "energy per neuron $E/N$", Doc: "energy per neuron"},
	{Name: "energy_stored", Type: Decimal, Role: Quantity, Report: nil, Axis: "energy of stored patterns $E/N$", Doc: "energy of a pattern or negative, else empty"},
	{Name: "energy_mixture", Type: Decimal, Role: Quantity, Report: nil, Axis: "energy of mixtures $E/N$", Doc: "energy of a mixture, else empty"},
	{Name: "energy_spin_glass", Type: Decimal, Role: Quantity, Report: nil, Axis: "energy of spin-glass states $E/N$", Doc: "energy of a spin-glass state, else empty"},
	{Name: "fingerprint", Type: Text, Role: Label, Report: nil, Axis: "", Doc: "64 bits in hexadecimal that tell the state from others, the same for its negative"},
}

// A likeness is what the rule looks at, and what tells the state from others.
type likeness struct {
	best        int // the M of largest size
	pattern     int
	mixture     model.Mixture // the nearest
	overlap     int           // with it, as a sum over neurons
	fingerprint uint64
}

// A criterion is the thresholds of the rule, as sums over neurons.
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
	best, pattern := largest(overlaps)
	mix, overlap := p.NearestMixture(s, overlaps, c.largestMixture)
	return likeness{best, pattern, mix, overlap, s.Fingerprint()}
}

// class returns the class of a state at rest.
func (c *classifier) class(l likeness) class { return c.at.class(l) }

// appendRow appends the classColumns of a state to a row.
func (c *classifier) appendRow(row []any, l likeness, energy any, settled bool) []any {
	var is, low, high class
	if settled {
		is, low, high = c.at.class(l), c.low.class(l), c.high.class(l)
	}
	n := float64(c.neurons)
	row = append(row,
		is.inRecord(),
		indicator(is == storedPattern), indicator(is == negative), indicator(is == mixture), indicator(is == spinGlass),
		indicator(low.stored()), indicator(high.stored()), indicator(low == mixture), indicator(high == mixture),
		float64(l.best)/n, int64(l.pattern), int64((c.neurons-max(l.best, -l.best))/2),
	)
	if l.mixture == nil {
		row = append(row, nil, nil, nil)
	} else {
		row = append(row, l.mixture.String(), int64(len(l.mixture)), float64(l.overlap)/n)
	}
	return append(row, energy,
		energyIf(is.stored(), energy), energyIf(is == mixture, energy), energyIf(is == spinGlass, energy),
		hexadecimal(l.fingerprint))
}

// stored tells whether the class is a stored pattern or its negative.
func (c class) stored() bool { return c == storedPattern || c == negative }

// hexadecimal writes all sixteen digits.
func hexadecimal(x uint64) string {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], x)
	return hex.EncodeToString(b[:])
}

// energyIf is the energy, or undefined.
func energyIf(defined bool, energy any) any {
	if !defined {
		return nil
	}
	return energy
}
