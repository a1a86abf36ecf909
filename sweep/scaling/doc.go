// Package scaling extrapolates the loss of retrieval to infinite networks: from the
// retrieved fraction at each size to a threshold and a width, and from these to the
// critical load α_c and its error. It is statistics alone: counts go in, thresholds come
// out. It knows no models, no records and no files.
//
// # Physics
//
// A network of N neurons that stores K = αN patterns retrieves them at small loads α
// and loses them at large loads. An infinite network loses them all at one load, α_c.
// In a finite network each set of patterns has a threshold of its own, so the fraction
// P(α, N) of patterns that are retrieved falls gradually, over a window of loads about
// α_½(N). As N grows the window narrows, as N^−y, and its centre moves, as N^−x:
//
//	P(α, N) ≈ F((α_½(N) − α) N^y),  α_½(N) = α_c + a N^−x (1 + b N^−1/3)
//
// The threshold of a pattern set is a sum of many small contributions of its disorder:
// F is close to a normal distribution, and y close to ½. Why x has the value that it has
// is not known for the Hopfield network. Three scenarios have an exponent each. If
// retrieval ends at the fold of a deterministic recursion, x = 2/3 and y = 1/2, with
// corrections in powers of N^−1/3, as proved for the cores of random graphs (Dembo &
// Montanari, Ann. Appl. Probab. 18, 1993 (2008)). If displacement and width have one
// origin, x = y = 1/2. If the transition scales as the transition of mean-field spin
// glasses does, x = 1/3 (Parisi, Ritort & Slanina, J. Phys. A 26, 247 (1993)).
//
// # Notation
//
//	symbol     Go                    meaning
//	P(α, N)    Tally.Fraction        fraction of cues retrieved at load α
//	α_½(N)     Transition.Half       P = ½
//	w(N)       Transition.Width      α_¼ − α_¾: from P = ¾ to P = ¼
//	α_c        Fit.Value             limit of α_½(N)
//	x, y       Fit.Power             α_½ − α_c ∝ N^−x, w ∝ N^−y
//	S          Collapse.Quality      Houdayer & Hartmann (2004)
//
// # Method
//
// The sample. Every pattern set is drawn anew, with its own flipped neurons and orders
// of update, independent of every other set and load. The unit of all errors is
// therefore the pattern set, never the cue. Several cues of one set share its disorder:
// a bootstrap draws whole sets, and a test of fit divides χ² by the measured design
// effect.
//
// The threshold of a finite system. At each N the retrieved fraction is measured over a
// window of loads of a few widths. We fit P = F((α_½ − α)/s) by maximum likelihood,
// with F the normal distribution (probit; quoted) or the logistic distribution (logit).
// The width is the distance of the quartiles, w = α_¼ − α_¾, and so means the same for
// both. The fit is judged by χ² over groups of neighbouring loads in which at least
// five hits and five misses are expected. Two more estimates assume only that P falls:
// the isotonic fraction of greatest likelihood (pool adjacent violators), and a mixture
// of B-splines, fitted by expectation and maximisation. Both are read where they pass ½,
// ¾ and ¼. A lopsided transition moves α_½ of the links, and not α_½ of these two.
// Standard errors and 95 % intervals are from a bootstrap over pattern sets, whose random
// numbers depend on a fixed seed and on N only.
//
// Extrapolation. We fit
//
//	α_½(N) = α_c + a N^−x (1 + b N^−1/3),  w(N) = a N^−y (1 + b N^−1/3)
//
// by weighted least squares: with b free or zero, with the exponent free or fixed
// (ThresholdLaws, WidthLaws), and from every smallest N on that leaves two degrees of
// freedom. The linear parameters are eliminated exactly; errors come from the full
// covariance. The fixed exponents come from the scenarios above. It is a conjecture that
// the Hopfield network belongs to one of them, so they compete with free exponents.
// A size may be set aside (Curve.Aside), if what counts as retrieved decides where its
// threshold is. It then has a threshold, but no part in the extrapolation. Neither has a
// size with so few pattern sets that its threshold has no error.
//
// The errors of α_c. A fit is acceptable if χ² has p ≥ 0.01 and a free exponent lies
// two standard errors from zero. Acceptable fits are averaged with the weights
// exp(−(χ² + 2k + 2d)/2), k parameters and d sizes left out (Jay & Neil, Phys. Rev. D
// 103, 114502 (2021)). The statistical error is the root of the weighted mean of their
// variances. The systematic error of the extrapolation is the weighted spread of their
// values. Two more systematic errors are added in square (Combine):
//
//   - The criterion is the final overlap from which a pattern counts as retrieved. Its
//     error is the spread of α_c when all is computed anew by other criteria, each from
//     the sizes that it does not set aside. It is unknown, and counts as zero, if no
//     other criterion gives an α_c.
//   - The error of the estimator is the most that the thresholds of another estimator
//     (logit, isotonic, spline) would move α_c, through the laws of the quoted one. The
//     noise by which the two differ is subtracted in square; it is known from replicates
//     that both share.
//
// No such spread can show that the law changes beyond the largest N. The only sign of
// it is the shift of α_c if the smallest size is left out, which must be less than the
// error.
//
// Collapse. This check does not fit thresholds. The curves of all sizes are made to fall
// on one another in z = (α − α_c − a N^−x) N^y by minimising S, which is near 1 if they
// do. The displacement a N^−x is kept. Errors are from replicates drawn from the fitted
// curves. S judges by straight lines between neighbouring loads. If errors are much
// smaller than the bend of P between two loads, S exceeds 1 even where curves do fall
// together.
//
// Coverage. Every estimator is tried on synthetic measurements whose truth is known,
// with the sizes, widths and numbers of sets of a real study:
//
//	go test ./sweep/scaling -run Coverage -v -coverage-repetitions 400 -timeout 60m
//
// Every 95 % interval must hold the truth in 92 … 98 % of the measurements. The average
// over laws does not know which of them is right; it must hold the truth in no less than
// 92 %, with the sizes and efforts of two studies, for displacements by laws that are
// tried and by others near them.
//
// Adaptive sampling. Goal.Allocate gives the pattern sets of the next round to the
// loads where they reduce the error of α_½(N) most for their cost, by the Fisher
// information of a logit fit to the counts so far. It depends on integer counts alone
// and is the same on every machine. However many cues a pattern set has, it counts as
// one trial. With several cues the error is then no larger than the goal.
package scaling
