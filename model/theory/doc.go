// Package theory computes curves of the theory of associative memory, to compare with
// measurements. Each curve is solved from its equations. The doc comment of its function
// states the equations and their source.
//
// # Conventions
//
// The conventions are the same as in package model. A state s_i = ±1 of N neurons has overlap
// m^μ = (1/N) Σ_i ξ_i^μ s_i with pattern μ of K random ±1 patterns, and the
// error fraction is (1−m)/2.
//
//	load           α = K/N for pair couplings, K/N^{n−1} for interaction order n,
//	               (ln K)/N for exponential memories
//	couplings      J_ij = (1/N) Σ_μ ξ_i^μ ξ_j^μ, J_ii = 0
//	energy         E = −½ Σ_ij J_ij s_i s_j, quoted per neuron
//	               (so E → −½ in a stored pattern as α → 0)
//	temperature    T = 1/β in units of J; P(s_i = +1) = (1 + tanh βh_i)/2
//	zero field     keeps the spin
//	other rules    as in the doc comment of their function
//	order n        E = −(1/(n N^{n−1})) Σ_μ (N m^μ)ⁿ, at n = 2 without its
//	               self-term K/2, which is then the energy above
//
// Dz = dz e^{−z²/2}/√(2π) is the Gaussian measure, and erf, erfc are as in
// package math.
//
// # Results and errors
//
// All functions are pure. Values are good to ten digits, to eight at a fold
// (where two solutions merge, a small change of the load moves the solution by
// its square root) and for broken replica symmetry. An argument for which a
// curve does not exist is answered with a [*DomainError] that says what is
// allowed; a solution that was not reached with a [*ConvergenceError]. No
// function returns NaN without an error.
package theory
