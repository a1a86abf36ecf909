package model

import (
	"context"
	"math"
	"math/big"
)

// redrawnNetwork is the exponential memory on patterns that are too many to be kept:
// they are drawn again from their key, a block of 4096 at a time, whenever a
// state has changed. Records are the same as with the patterns kept.
type redrawnNetwork struct {
	n, k   int
	key    Key      // as given to Patterns.Draw
	lambda *big.Rat // λ > 0; nil is 1
}

// block returns patterns 4096b and following.
func (e *redrawnNetwork) block(b int) *Patterns { return drawBlock(e.n, e.k, b, e.key) }

// Start returns replicas of the network in the given states, shape (N) each.
func (e *redrawnNetwork) Start(states []State, pool Pool) Replicas {
	return &redrawnReplicas{net: e, pool: pool, states: states, surveys: make([]*survey, len(states)), decay: newDecay(e.lambda)}
}

// redrawnReplicas know all fields of a state from one survey of the patterns.
type redrawnReplicas struct {
	net     *redrawnNetwork
	pool    Pool
	states  []State
	surveys []*survey // (replicas), nil where the state has changed since
	decay   *decay
}

// A survey counts patterns by their overlaps with one state.
type survey struct {
	counts []int   // by (N−M)/2
	least  int     // fields are of the patterns of M ≥ least only
	fields [][]int // by neuron and (N+1−c)/2: Σ ξ_i s_i over the patterns of cavity overlap c
	best   int     // the overlap of largest size
	at     int     // the first pattern that has it
}

func newSurvey(n, least int) *survey {
	v := &survey{counts: make([]int, n+1), least: least, fields: make([][]int, n)}
	for i := range v.fields {
		v.fields[i] = make([]int, n+2)
	}
	return v
}

// add counts the patterns of a block, which begins with pattern first.
func (v *survey) add(p *Patterns, first int, s State) {
	n := p.N
	for mu, m := range p.allOverlaps(s) {
		v.counts[(n-int(m))/2]++
		v.extreme(int(m), first+mu)
		if int(m) < v.least {
			continue
		}
		for i, spin := range s {
			sign := int(p.At(i, mu)) * int(spin)
			v.fields[i][(n+1-int(m)+sign)/2] += sign
		}
	}
}

// extreme keeps the overlap of largest size, the first of equals.
func (v *survey) extreme(m, mu int) {
	if a, b := max(m, -m), max(v.best, -v.best); a > b || a == b && mu < v.at {
		v.best, v.at = m, mu
	}
}

// merge adds the counts of other patterns.
func (v *survey) merge(w *survey) {
	for u, c := range w.counts {
		v.counts[u] += c
	}
	for i, field := range w.fields {
		for j, c := range field {
			v.fields[i][j] += c
		}
	}
	v.extreme(w.best, w.at)
}

// parts is the number of pieces in which the blocks are surveyed.
const parts = 64

// survey counts all patterns of state r.
func (x *redrawnReplicas) survey(ctx context.Context, r, least int) (*survey, error) {
	blocks := (x.net.k + BlockPatterns - 1) / BlockPatterns
	found := make([]*survey, parts)
	do(x.pool, parts, func(part int) {
		v := newSurvey(x.net.n, least)
		for b := part * blocks / parts; b < (part+1)*blocks/parts && ctx.Err() == nil; b++ {
			v.add(x.net.block(b), b*BlockPatterns, x.states[r])
		}
		found[part] = v
	})
	v := newSurvey(x.net.n, least)
	for _, w := range found {
		v.merge(w)
	}
	return v, ctx.Err()
}

// stability returns the sign of D_i·s_i, from a survey in which some patterns are
// only counted if that decides, or else from one of all.
func (x *redrawnReplicas) stability(ctx context.Context, r, i int) (sign int, err error) {
	if x.surveys[r] == nil {
		if x.surveys[r], err = x.survey(ctx, r, x.usual()); err != nil {
			return 0, err
		}
	}
	if v := x.surveys[r]; v.least > -x.net.n {
		if sign, ok := x.decided(v, i); ok {
			return sign, nil
		}
		if v, err = x.survey(ctx, r, -x.net.n); err != nil {
			return 0, err
		}
		x.surveys[r] = v
	}
	return x.decay.sign(x.surveys[r].fields[i]), nil
}

// decided returns the sign of D_i·s_i if the patterns that are only counted cannot
// change it.
func (x *redrawnReplicas) decided(v *survey, i int) (sign int, ok bool) {
	top := 0
	for v.counts[top] == 0 {
		top++
	}
	bulk := make([]int, len(v.counts)-top) // each at its largest cavity overlap, M+1
	for u := range bulk {
		if x.net.n-2*(top+u) < v.least {
			bulk[u] = v.counts[top+u]
		}
	}
	const places = 256
	d, doubt := x.decay.combine(v.fields[i][top:], places)
	rest, more := x.decay.combine(bulk, places)
	return d.Sign(), d.CmpAbs(doubt.Add(doubt, rest).Add(doubt, more)) > 0
}

// usual returns an overlap above which all but a part in 256 of Σ e^{λM} may be
// expected to lie, for K random patterns: a matter of speed alone.
func (x *redrawnReplicas) usual() int {
	n := x.net.n
	lambda, _ := x.decay.lambda.Float64()
	weights, total := make([]float64, n+1), 0.0
	for u := range weights { // of M = 2u − N
		ways, _ := math.Lgamma(float64(n + 1))
		a, _ := math.Lgamma(float64(u + 1))
		b, _ := math.Lgamma(float64(n - u + 1))
		weights[u] = math.Exp(ways - a - b + 2*lambda*float64(u-n))
		total += weights[u]
	}
	left := 0.0
	for u, w := range weights {
		if left += w; left > total/256 {
			return 2*u - n
		}
	}
	return -n
}

func (x *redrawnReplicas) State(r int) State { return x.states[r] }

// Field returns the sign of D_i.
func (x *redrawnReplicas) Field(r, i int) int64 {
	sign, err := x.stability(context.Background(), r, i)
	if err != nil {
		panic(err) // only a context ends a survey
	}
	return int64(sign) * int64(x.states[r][i])
}

// Overlaps draws all patterns once more; dst has room for K.
func (x *redrawnReplicas) Overlaps(r int, dst []int32) []int32 {
	for first := 0; first < len(dst); first += BlockPatterns {
		copy(dst[first:], x.net.block(first/BlockPatterns).allOverlaps(x.states[r]))
	}
	return dst
}

// Largest returns the overlap of largest size and its pattern, the first of
// equals.
func (x *redrawnReplicas) Largest(r int) (best, at int) {
	x.Field(r, 0)
	return x.surveys[r].best, x.surveys[r].at
}

// Overlap returns the overlap of replica r with pattern mu.
func (x *redrawnReplicas) Overlap(r, mu int) int {
	return x.net.block(mu/BlockPatterns).Overlap(mu%BlockPatterns, x.states[r])
}

// Energy returns −ln(Σ_μ e^{λM^μ})/(λN).
func (x *redrawnReplicas) Energy(r int) float64 {
	x.Field(r, 0)
	return x.decay.energy(x.surveys[r].counts)
}

func (x *redrawnReplicas) Sweep(ctx context.Context, s *Sweep, flips []int) error {
	for _, r := range s.Live {
		order := s.Order
		var turned []int
		for t := range x.net.n {
			i := t
			if order != nil {
				i = int(order[t])
			}
			d, err := x.stability(ctx, r, i)
			if err != nil {
				return err
			}
			if s.Visited != nil {
				s.Visited(t)
			}
			switch {
			case d >= 0:
			case order == nil:
				turned = append(turned, i)
			default:
				x.flip(r, i)
				flips[r]++
			}
		}
		for _, i := range turned {
			x.flip(r, i)
		}
		flips[r] += len(turned)
	}
	return nil
}

func (x *redrawnReplicas) flip(r, i int) {
	x.states[r][i] = -x.states[r][i]
	x.surveys[r] = nil
}

// redrawnBytes returns the memory that a network of n neurons takes whose patterns
// are redrawn, with replicas at work.
func redrawnBytes(n, replicas int) int64 {
	block := int64(n)*BlockPatterns/8 + 8*BlockPatterns
	return parts*(block+8*int64(n+2)*int64(n+1)) + int64(replicas)*(int64(n)+8*int64(n+2)*int64(n+1))
}
