// Package fit finds the critical load of a study: from the final overlaps that its
// trials recorded to α_c with all its errors. It applies the statistics of package
// scaling, whose notation it shares, and knows neither models nor experiments.
//
// # Method
//
// The criterion. A cue is retrieved if its final overlap is at least retrieved_at,
// 0.7 in most configs. Near the threshold of a large network the final overlap has two
// peaks: near 1 for patterns that are retrieved, between 0.2 and 0.5 for patterns that
// are lost. Any criterion in the empty valley between the peaks gives the same retrieved
// fraction. In a small network the peaks touch: its fraction, and α_½(N) with it, follow
// the criterion. Such a size has a threshold, but is set aside: it has no part in the
// extrapolation.
//
// The quoted value is by the criterion of the config and by probit thresholds. All is
// then computed anew by the other estimators (logit, isotonic, spline), and by other
// criteria (0.6 to 0.9), each from the sizes at which it lies in the valley. What these
// variants disagree on is an error of α_c; see package scaling.
//
// The collapse starts from the results of the fits. Its displacement is kept fixed: it is
// taken from the law without correction that holds for the most sizes, and only these sizes
// are collapsed. So the collapse is not a second, independent measurement of α_c, and its
// errors do not contain the error of the displacement.
//
// # From records to α_c
//
//	store.Results ─ Studies ─→ Study ─ Fit ─→ Result ─→ thresholds.csv, scaling.json
//
// A Study may also be filled by hand (Add), from trials of any origin.
package fit
