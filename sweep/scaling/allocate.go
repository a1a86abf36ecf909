package scaling

import "math"

// A Count is what the rounds so far have measured at one point of a grid.
type Count struct {
	Curve int     // points of the same number make one curve, of one size and protocol
	Alpha float64 // load, one quotient of integers
	Sets  int     // pattern sets
	Cues  int     // of all of them together
	Hits  int     // cues retrieved
	Cost  int     // of one more pattern set, at least 1, in any unit
}

// A Goal is a precision wanted. What is zero is not asked for.
type Goal struct {
	Threshold float64 // standard error of α_½ of each curve
	Fraction  float64 // standard error of the retrieved fraction at each point
}

// Allocate says how many more pattern sets each point should get, budget of them
// in all or fewer where fewer reach the goal. Portion by portion, they go where they
// reduce the variance of some curve's α_½ most for their cost, by the Fisher
// information of a logit curve fitted to the counts: with M the information on
// (b₀, b₁), g ∝ (1, t_½) the gradient of α_½, and m more sets at u = (1, t), where the
// information of each is v = P(1 − P),
//
//	Δ Var(α_½) ∝ −m v (uᵀM⁻¹g)² / (1 + m v uᵀM⁻¹u)
//
// (Fedorov, Theory of Optimal Experiments (1972)). Every fourth portion goes
// to the level between P = 0.1 and 0.9 that has the fewest sets instead: what is
// best if the curve is a logit cannot tell whether it is one. Then points go on
// whose fraction is not known well enough.
//
// The same counts give the same answer on every machine: all that is done with
// them is +, −, ×, ÷ and √ in IEEE arithmetic, where each product is rounded before
// it is added to (mul), since compilers for some processors would fuse the two.
func (g Goal) Allocate(counts []Count, budget int) []int {
	more := make([]int, len(counts))
	a := newAllocation(counts)
	portion := max(1, budget/portions)
	for spent := 0; spent < budget; spent += portion {
		portion = min(portion, budget-spent)
		i := g.next(a, portion)
		if i < 0 {
			break
		}
		a.give(i, portion)
		more[i] += portion
	}
	return more
}

// portions is about how many parts a budget is given out in.
const portions = 128

// An Outlook is what a curve has and what it still needs.
type Outlook struct {
	Curve int
	Error float64 // standard error of α_½ with the counts so far; +Inf if they do not hold it
	Sets  int     // wanted to reach the goal
	Cost  int64   // of them
}

// Outlook predicts the way to the goal, for each curve, if the curves stay as the
// counts have them. Its length is bounded: a goal more than a thousand times what
// has been done away is as good as never.
func (g Goal) Outlook(counts []Count) []Outlook {
	a := newAllocation(counts)
	var looks []Outlook
	place := map[int]int{}
	for _, c := range a.curves {
		place[c.id] = len(looks)
		looks = append(looks, Outlook{Curve: c.id, Error: math.Sqrt(c.variance())})
	}
	for range portions * 1000 {
		portion := max(1, a.sets()/portions)
		i := g.next(a, portion)
		if i < 0 {
			break
		}
		a.give(i, portion)
		l := &looks[place[counts[i].Curve]]
		l.Sets += portion
		l.Cost += int64(portion) * int64(counts[i].Cost)
	}
	return looks
}

// allocation is the counts with what has been given on top.
type allocation struct {
	points []point
	curves []*curve
}

// point is a level of a curve.
type point struct {
	curve    *curve
	t        float64 // load, from −1 to 1 over the curve
	p        float64 // fitted fraction
	fraction float64 // observed, smoothed
	sets     int
	cost     float64
}

// curve is the fit to the levels of one curve: logit P = b₀ + b₁t, with the
// information [m00 m01; m01 m11] on it.
type curve struct {
	id            int
	members       []int
	origin, unit  float64
	b0, b1        float64
	m00, m01, m11 float64
	given         int // portions
}

// mul is the product, rounded.
func mul(a, b float64) float64 { return float64(a * b) }

func newAllocation(counts []Count) *allocation {
	a := &allocation{points: make([]point, len(counts))}
	byID := map[int]*curve{}
	for i, c := range counts {
		k := byID[c.Curve]
		if k == nil {
			k = &curve{id: c.Curve}
			byID[c.Curve] = k
			a.curves = append(a.curves, k)
		}
		k.members = append(k.members, i)
		a.points[i] = point{curve: k, fraction: observed(c), sets: c.Sets, cost: float64(max(1, c.Cost))}
	}
	for _, k := range a.curves {
		k.place(counts, a.points)
		k.fit(a.points)
		k.inform(a.points)
	}
	return a
}

// observed is the fraction of hits, with half a hit and half a miss among the sets
// of the point, so that a fit exists whatever the counts are. A pattern set counts
// as one trial however many cues it has, which errs on the safe side.
func observed(c Count) float64 {
	if c.Cues == 0 {
		return 0.5
	}
	hits := mul(float64(c.Sets), float64(c.Hits)) / float64(c.Cues)
	return (hits + 0.5) / (float64(c.Sets) + 1)
}

// place maps the loads of a curve to −1 … 1.
func (k *curve) place(counts []Count, points []point) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, i := range k.members {
		low, high = min(low, counts[i].Alpha), max(high, counts[i].Alpha)
	}
	k.origin, k.unit = (low+high)/2, (high-low)/2
	for _, i := range k.members {
		if k.unit > 0 {
			points[i].t = (counts[i].Alpha - k.origin) / k.unit
		}
	}
}

// fit climbs the likelihood by Newton steps of bounded length.
func (k *curve) fit(points []point) {
	const steps, longest = 60, 2.0
	for range steps {
		g0, g1 := k.gradient(points)
		k.inform(points)
		det := k.determinant()
		if !(det > 0) {
			return
		}
		k.b0 += bounded((mul(k.m11, g0)-mul(k.m01, g1))/det, longest)
		k.b1 += bounded((mul(k.m00, g1)-mul(k.m01, g0))/det, longest)
	}
}

func bounded(x, limit float64) float64 { return min(max(x, -limit), limit) }

func (k *curve) gradient(points []point) (g0, g1 float64) {
	for _, i := range k.members {
		p := &points[i]
		p.p = logistic(k.b0 + mul(k.b1, p.t))
		excess := mul(float64(p.sets)+1, p.fraction-p.p)
		g0 += excess
		g1 += mul(excess, p.t)
	}
	return g0, g1
}

// inform sums the information of all levels up.
func (k *curve) inform(points []point) {
	k.m00, k.m01, k.m11 = 0, 0, 0
	for _, i := range k.members {
		p := &points[i]
		p.p = logistic(k.b0 + mul(k.b1, p.t))
		k.learn(p, float64(p.sets)+1)
	}
}

func (k *curve) learn(p *point, sets float64) {
	v := mul(sets, mul(p.p, 1-p.p))
	k.m00 += v
	k.m01 += mul(v, p.t)
	k.m11 += mul(mul(v, p.t), p.t)
}

func (k *curve) determinant() float64 { return mul(k.m00, k.m11) - mul(k.m01, k.m01) }

// half is t_½.
func (k *curve) half() float64 { return -k.b0 / k.b1 }

// holds says whether the curve falls through ½ between its first and last load.
func (k *curve) holds() bool { return k.b1 < 0 && math.Abs(k.half()) <= 1 && k.determinant() > 0 }

// form is xᵀM⁻¹y for x = (1, s), y = (1, t).
func (k *curve) form(s, t float64) float64 {
	return (k.m11 - mul(k.m01, s+t) + mul(k.m00, mul(s, t))) / k.determinant()
}

// variance is that of α_½ by the delta method.
func (k *curve) variance() float64 {
	if !k.holds() {
		return math.Inf(1)
	}
	scale := k.unit / k.b1
	return mul(mul(scale, scale), k.form(k.half(), k.half()))
}

// gain is by how much so many more sets at a level would reduce the variance.
func (k *curve) gain(p *point, sets float64) float64 {
	v := mul(sets, mul(p.p, 1-p.p))
	q, scale := k.form(p.t, k.half()), k.unit/k.b1
	return mul(mul(scale, scale), mul(v, mul(q, q))) / (1 + mul(v, k.form(p.t, p.t)))
}

// logistic is 1/(1 + e^−x). e^−|x| is the 1024th power of a Taylor series.
func logistic(x float64) float64 {
	y := -min(math.Abs(x), 40) / 1024
	e := 1.0
	for n := 8.0; n > 0; n-- {
		e = 1 + mul(e, y)/n
	}
	for range 10 {
		e = mul(e, e)
	}
	if x < 0 {
		return e / (1 + e)
	}
	return 1 / (1 + e)
}

// next is the point that should get a portion, −1 if the goal is reached.
func (g Goal) next(a *allocation, portion int) int {
	if i := g.nextForThreshold(a, portion); i >= 0 {
		return i
	}
	worst, at := mul(g.Fraction, g.Fraction), -1
	if g.Fraction == 0 {
		return at
	}
	for i, p := range a.points {
		if v := mul(p.fraction, 1-p.fraction) / float64(max(1, p.sets)); v > worst {
			worst, at = v, i
		}
	}
	return at
}

func (g Goal) nextForThreshold(a *allocation, portion int) int {
	best, at := 0.0, -1
	for i := range a.points {
		p := &a.points[i]
		if g.Threshold == 0 || p.curve.variance() <= mul(g.Threshold, g.Threshold) {
			continue
		}
		if !p.curve.holds() {
			return fewest(a.points, p.curve.members)
		}
		if gain := p.curve.gain(p, float64(portion)) / p.cost; gain > best {
			best, at = gain, i
		}
	}
	if at < 0 || a.points[at].curve.given%4 != 3 {
		return at
	}
	return fewest(a.points, a.points[at].curve.transition(a.points, at))
}

// transition is the levels between P = 0.1 and 0.9, or else the one given.
func (k *curve) transition(points []point, or int) []int {
	var levels []int
	for _, i := range k.members {
		if p := points[i].p; 0.1 <= p && p <= 0.9 {
			levels = append(levels, i)
		}
	}
	if levels == nil {
		return []int{or}
	}
	return levels
}

// fewest is the first of the levels with the fewest sets.
func fewest(points []point, levels []int) int {
	at := levels[0]
	for _, i := range levels {
		if points[i].sets < points[at].sets {
			at = i
		}
	}
	return at
}

// give adds sets to a point, and to its curve what they will tell.
func (a *allocation) give(i, sets int) {
	p := &a.points[i]
	p.sets += sets
	p.curve.given++
	p.curve.learn(p, float64(sets))
}

func (a *allocation) sets() int {
	sum := 0
	for _, p := range a.points {
		sum += p.sets
	}
	return sum
}
