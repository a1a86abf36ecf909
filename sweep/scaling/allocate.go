package scaling

import "math"

// A Count is what the rounds so far have measured at one point of a curve.
type Count struct {
	Alpha float64 // load, one quotient of integers
	Sets  int     // pattern sets
	Cues  int     // of all of them together
	Hits  int     // cues retrieved
	Cost  int     // of one more pattern set, at least 1, in any unit
	Room  int     // pattern sets that may be added
}

// A Goal is a precision wanted of a curve. What is zero is not asked for.
type Goal struct {
	Threshold float64 // standard error of α_½
	Fraction  float64 // standard error of the retrieved fraction at each point
}

// Allocate says how many more pattern sets each point of a curve should get, budget
// of them in all or fewer where fewer reach the goal. Portion by portion, they go
// where they reduce the variance of α_½ most for their cost, by the Fisher
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
// Once more sets are needed, so many are given that the goal is expected to be
// passed by a little (beyond): a further round for the last few would cost more. A
// curve that lies on one side of ½ beyond doubt gets none for its threshold.
//
// The same counts give the same answer on every machine: all that is done with
// them is +, −, ×, ÷ and √ in IEEE arithmetic, where each product is rounded before
// it is added to (mul), since compilers for some processors would fuse the two.
func (g Goal) Allocate(counts []Count, budget int) []int {
	more := make([]int, len(counts))
	c := newCurve(counts)
	portion := max(1, budget/portions)
	if g.next(c, portion) < 0 {
		return more
	}
	aim := Goal{mul(g.Threshold, beyond), mul(g.Fraction, beyond)}
	for budget > 0 {
		i := aim.next(c, portion)
		if i < 0 {
			break
		}
		given := c.give(i, min(portion, budget))
		more[i] += given
		budget -= given
	}
	return more
}

const (
	portions = 128  // about how many parts a budget is given out in
	beyond   = 0.97 // of the error wanted is aimed at
)

// An Outlook is how well a curve is known and what it still needs.
type Outlook struct {
	Threshold float64 // standard error of α_½ with the counts so far; +Inf if they do not hold it
	Fraction  float64 // the largest standard error of a fraction
	OneSided  bool    // the curve lies on one side of ½ beyond doubt
	More      []int   // pattern sets wanted at each point to reach the goal, as far as there is room
}

// Outlook predicts the way to the goal if the curve stays as the counts have it.
func (g Goal) Outlook(counts []Count) Outlook {
	c := newCurve(counts)
	look := Outlook{Threshold: math.Sqrt(c.variance()), OneSided: c.oneSided(), More: make([]int, len(counts))}
	for _, p := range c.points {
		look.Fraction = max(look.Fraction, math.Sqrt(p.variance()))
	}
	for {
		portion := max(1, c.sets()/portions)
		i := g.next(c, portion)
		if i < 0 {
			return look
		}
		look.More[i] += c.give(i, portion)
	}
}

// point is a level of a curve.
type point struct {
	t        float64 // load, from −1 to 1 over the curve
	p        float64 // fitted fraction
	fraction float64 // observed, smoothed
	sets     int
	room     int
	cost     float64
}

// curve is the levels with the fit to them: logit P = b₀ + b₁t, with the
// information [m00 m01; m01 m11] on it.
type curve struct {
	points        []point
	unit          float64 // of t, in loads
	b0, b1        float64
	m00, m01, m11 float64
	given         int // portions
}

// mul is the product, rounded.
func mul(a, b float64) float64 { return float64(a * b) }

func newCurve(counts []Count) *curve {
	c := &curve{points: make([]point, len(counts))}
	for i, n := range counts {
		c.points[i] = point{fraction: observed(n), sets: n.Sets, room: n.Room, cost: float64(max(1, n.Cost))}
	}
	c.place(counts)
	c.fit()
	c.inform()
	return c
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

// place maps the loads to −1 … 1.
func (c *curve) place(counts []Count) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, n := range counts {
		low, high = min(low, n.Alpha), max(high, n.Alpha)
	}
	origin := (low + high) / 2
	c.unit = (high - low) / 2
	for i, n := range counts {
		if c.unit > 0 {
			c.points[i].t = (n.Alpha - origin) / c.unit
		}
	}
}

// fit climbs the likelihood by Newton steps of bounded length.
func (c *curve) fit() {
	const steps, longest = 60, 2.0
	for range steps {
		g0, g1 := c.gradient()
		c.inform()
		det := c.determinant()
		if !(det > 0) {
			return
		}
		c.b0 += bounded((mul(c.m11, g0)-mul(c.m01, g1))/det, longest)
		c.b1 += bounded((mul(c.m00, g1)-mul(c.m01, g0))/det, longest)
	}
}

func bounded(x, limit float64) float64 { return min(max(x, -limit), limit) }

func (c *curve) gradient() (g0, g1 float64) {
	for i := range c.points {
		p := &c.points[i]
		p.p = logistic(c.b0 + mul(c.b1, p.t))
		excess := mul(float64(p.sets)+1, p.fraction-p.p)
		g0 += excess
		g1 += mul(excess, p.t)
	}
	return g0, g1
}

// inform sums the information of all levels up.
func (c *curve) inform() {
	c.m00, c.m01, c.m11 = 0, 0, 0
	for i := range c.points {
		p := &c.points[i]
		p.p = logistic(c.b0 + mul(c.b1, p.t))
		c.learn(p, float64(p.sets)+1)
	}
}

func (c *curve) learn(p *point, sets float64) {
	v := mul(sets, mul(p.p, 1-p.p))
	c.m00 += v
	c.m01 += mul(v, p.t)
	c.m11 += mul(mul(v, p.t), p.t)
}

func (c *curve) determinant() float64 { return mul(c.m00, c.m11) - mul(c.m01, c.m01) }

// half is t_½.
func (c *curve) half() float64 { return -c.b0 / c.b1 }

// holds says whether the fit passes ½ between the first and the last load.
func (c *curve) holds() bool {
	return c.b1 != 0 && math.Abs(c.half()) <= 1 && c.determinant() > 0
}

// oneSided says whether every fraction lies on the same side of ½, by four standard
// errors.
func (c *curve) oneSided() bool {
	const errors = 4
	above, below := true, true
	for i := range c.points {
		p := &c.points[i]
		z := mul(mul(2, p.fraction)-1, math.Sqrt(float64(p.sets)))
		above, below = above && z > errors, below && z < -errors
	}
	return above || below
}

// form is xᵀM⁻¹y for x = (1, s), y = (1, t).
func (c *curve) form(s, t float64) float64 {
	return (c.m11 - mul(c.m01, s+t) + mul(c.m00, mul(s, t))) / c.determinant()
}

// variance is the variance of α_½ by the delta method.
func (c *curve) variance() float64 {
	if !c.holds() {
		return math.Inf(1)
	}
	scale := c.unit / c.b1
	return mul(mul(scale, scale), c.form(c.half(), c.half()))
}

// gain is by how much so many more sets at a level would reduce the variance.
func (c *curve) gain(p *point, sets float64) float64 {
	v := mul(sets, mul(p.p, 1-p.p))
	q, scale := c.form(p.t, c.half()), c.unit/c.b1
	return mul(mul(scale, scale), mul(v, mul(q, q))) / (1 + mul(v, c.form(p.t, p.t)))
}

// variance is the variance of the fraction.
func (p *point) variance() float64 {
	return mul(p.fraction, 1-p.fraction) / float64(max(1, p.sets))
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

// next is the point that should get a portion, −1 if the goal is reached or cannot be.
func (g Goal) next(c *curve, portion int) int {
	if i := g.nextForThreshold(c, portion); i >= 0 {
		return i
	}
	worst, at := mul(g.Fraction, g.Fraction), -1
	if g.Fraction == 0 {
		return at
	}
	for i := range c.points {
		p := &c.points[i]
		if v := p.variance(); p.room > 0 && v > worst {
			worst, at = v, i
		}
	}
	return at
}

func (g Goal) nextForThreshold(c *curve, portion int) int {
	switch {
	case g.Threshold == 0, c.oneSided(), c.variance() <= mul(g.Threshold, g.Threshold):
		return -1
	case !c.holds():
		return c.fewest(0, 1)
	case c.given%4 == 3:
		if i := c.fewest(0.1, 0.9); i >= 0 {
			return i
		}
	}
	best, at := 0.0, -1
	for i := range c.points {
		p := &c.points[i]
		if gain := c.gain(p, float64(portion)) / p.cost; p.room > 0 && gain > best {
			best, at = gain, i
		}
	}
	return at
}

// fewest is the first of the levels from P = low to high with the fewest sets.
func (c *curve) fewest(low, high float64) int {
	at := -1
	for i := range c.points {
		p := &c.points[i]
		if p.room > 0 && low <= p.p && p.p <= high && (at < 0 || p.sets < c.points[at].sets) {
			at = i
		}
	}
	return at
}

// give adds up to so many sets to a point, as far as there is room, and to the
// curve what they will tell.
func (c *curve) give(i, sets int) int {
	p := &c.points[i]
	sets = min(sets, p.room)
	p.sets += sets
	p.room -= sets
	c.given++
	c.learn(p, float64(sets))
	return sets
}

func (c *curve) sets() int {
	sum := 0
	for i := range c.points {
		sum += c.points[i].sets
	}
	return sum
}
