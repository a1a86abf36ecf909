// Package scaling extrapolates the loss of retrieval to infinite networks: from the
// retrieved fraction at each size to a threshold and a width, from these to the
// critical load α_c and its error. It is statistics alone and knows no models.
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
// The sample. Every pattern set is drawn anew; its K = αN patterns, the places of
// flipped neurons and the order of updates are independent of those of every other
// set and load. The unit of all errors is therefore the pattern set, never the cue.
// Where several cues of a set are tried, they share its disorder: bootstraps draw
// whole sets, and tests of fit divide χ² by the measured design effect.
//
// Threshold of a finite system. At each N the retrieved fraction is measured over a
// window of loads of a few widths. We fit P = F((α_½ − α)/s) by maximum likelihood,
// with F the normal distribution (probit; quoted) or the logistic one (logit), and
// define the width by the quartiles, w = α_¼ − α_¾, so that it means the same for
// both. The fit is judged by χ² over groups of neighbouring loads in which at least
// five hits and five misses are expected. Two estimates that assume no more of P than
// that it falls stand beside it: the isotonic fraction of greatest likelihood (pool
// adjacent violators), and a mixture of B-splines fitted by expectation and
// maximisation, each read where it passes ½, ¾ and ¼. A lopsided transition moves the
// links' α_½ and not theirs. Standard errors and 95 % intervals are those of a
// bootstrap over pattern sets, whose random numbers depend on a fixed seed and N only.
//
// Extrapolation. We fit
//
//	α_½(N) = α_c + a N^−x (1 + b N^−1/3),  w(N) = a N^−y (1 + b N^−1/3)
//
// by weighted least squares, with b free or zero, with the exponent free or fixed
// (ThresholdLaws, WidthLaws), and from every smallest N on that leaves two degrees of
// freedom. The linear parameters are eliminated exactly; errors come from the full
// covariance. The fixed exponents are those of scenarios: a transition that is the
// fold of a recursion has x = 2/3 and y = 1/2, as proved for the cores of random graphs
// (Dembo & Montanari, Ann. Appl. Probab. 18, 1993 (2008)), with corrections in powers
// of N^−1/3; x = y = 1/2 if displacement and width have one origin; x = 1/3 is how the
// transition of mean-field spin glasses scales. That the Hopfield network belongs to
// any of these is a conjecture, which is why they compete with free exponents. A size
// that is set aside (Curve.Aside), since at so small a size what counts as retrieved
// decides where the threshold is, has a threshold but no part in the extrapolation.
//
// The errors of α_c. A fit is acceptable if χ² has p ≥ 0.01 and a free exponent lies
// two standard errors from zero. Acceptable fits are averaged with the weights
// exp(−(χ² + 2k + 2d)/2), k parameters and d sizes left out (Jay & Neil, Phys. Rev. D
// 103, 114502 (2021)). The root of the weighted mean of their variances is the
// statistical error; the weighted spread of their values is the systematic error of
// the extrapolation. Two more systematic errors are added in square. That of the
// criterion (the final overlap from which a pattern counts as retrieved, 0.6 to 0.9) is
// the spread of α_c when all is computed anew, each from the sizes that it does not set
// aside; it is unknown, and counts as zero, where no other gives an α_c. That of the
// estimator is the most that the thresholds of another (logit, isotonic, spline) would move α_c by, through the
// laws of the quoted one, less, in square, the noise by which the two differ, which is
// known from replicates that both share. What no such spread can show is a change of law
// beyond the largest N: the shift when the smallest size is left out is the only sign of
// it, and must be less than the error.
//
// Collapse. As a check that is not a fit of thresholds, the curves of all sizes are
// made to fall on one another in z = (α − α_c − a N^−x) N^y by minimising S, which is
// near 1 if they do. Errors are those of replicates drawn from the fitted curves.
// S judges by straight lines between neighbouring loads; with errors much smaller than
// the bend of P between two loads it exceeds 1 even where curves do fall together.
//
// Coverage. Every estimator is tried on synthetic measurements whose truth is known,
// with the sizes, widths and numbers of sets of a real study:
//
//	go test ./sweep/scaling -run Coverage -v -coverage-repetitions 400 -timeout 60m
//
// holds every 95 % interval to 92 … 98 %, and the average over laws, which does not
// know which of them is right, to no less than 92 %, with the sizes and efforts of two
// studies, for displacements by laws that are tried and by others near them.
//
// Adaptive sampling. Goal.Allocate gives the pattern sets of the next round to the
// loads where they reduce the error of α_½(N) most for their cost, by the Fisher
// information of a logit fit to the counts so far. It depends on integer counts alone
// and is the same on every machine. However many cues a pattern set has, it counts as
// one trial, so that with several cues the error is no larger than is said.
package scaling
