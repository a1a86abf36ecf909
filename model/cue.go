package model

// Noisy writes to s, shape (N), pattern μ with exactly flips of its neurons
// turned over, a uniform random choice. scratch has room for N.
func (p *Patterns) Noisy(mu, flips int, r *Source, s State, scratch []int32) {
	p.Pattern(mu, s)
	r.Flip(s, flips, scratch)
}

// Flip turns exactly flips of the spins of s over, a uniform random choice.
// scratch has room for as many as there are spins.
func (r *Source) Flip(s State, flips int, scratch []int32) {
	at := scratch[:len(s)]
	for i := range at {
		at[i] = int32(i)
	}
	r.Choose(at, flips)
	for _, i := range at[:flips] {
		s[i] = -s[i]
	}
}

// Partial writes to s, shape (N), pattern μ on exactly known of its neurons, a
// uniform random choice, and independent random signs on the rest. scratch has
// room for N.
func (p *Patterns) Partial(mu, known int, r *Source, s State, scratch []int32) {
	r.Signs(s)
	at := scratch[:p.N]
	for i := range at {
		at[i] = int32(i)
	}
	r.Choose(at, known)
	for _, i := range at[:known] {
		s[i] = p.At(int(i), mu)
	}
}

// Signs fills s with independent random signs, bit t mod 64 of word t/64 of the
// stream for spin t, a set bit for +1.
func (r *Source) Signs(s State) {
	var w uint64
	for t := range s {
		if t&63 == 0 {
			w = r.Uint64()
		}
		s[t] = int8(w&1)*2 - 1
		w >>= 1
	}
}
