package model

import "hopcap/model/random"

// Noisy writes to s, shape (N), pattern μ with exactly flips of its neurons
// turned over, a uniform random choice. scratch has room for N.
func (p *Patterns) Noisy(mu, flips int, r *random.Source, s State, scratch []int32) {
	p.Pattern(mu, s)
	r.Flip(s, flips, scratch)
}

// Partial writes to s, shape (N), pattern μ on exactly known of its neurons, a
// uniform random choice, and independent random signs on the rest. scratch has
// room for N.
func (p *Patterns) Partial(mu, known int, r *random.Source, s State, scratch []int32) {
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
