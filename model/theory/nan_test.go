package theory

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"testing"
)

// Whatever the arguments, no function returns NaN or an infinity, with or without
// an error, and every error is of one of the two types.
func TestNoNaN(t *testing.T) {
	odd := []float64{math.NaN(), math.Inf(1), math.Inf(-1), -1, 0, 1e-300, 1e-12, 0.1, 1, 1.5, 1e300}
	counts := []int{math.MinInt, 0, 1, 2, 3, 10, 1 << 40, math.MaxInt}
	functions := []any{
		AGSZero, AGS, AGSCapacityAt, AGSGroundLoad, AGSOneStep,
		RetrievalTemperature, CoexistenceTemperature, SpinGlassTemperature, AlmeidaThoulessTemperature,
		NewOneStep, OneStepErrorAsymptotic, McEliece, NewTwoStep, NewMixture, MixtureAt, Complexity, ComplexityAt,
		NewExponentialThresholds, NewLogSumExpThresholds,
		GardnerCapacity, GardnerStability, GardnerMeanStability, SeparableProbability,
		Dreaming, DreamingCapacity, NewProjectionStep,
		NonlinearHebb, NonlinearHebbCapacity, DeletionLimit, ClampLimit,
		Diluted, DilutedCapacity, ExtremeDilution, ExtremeDilutionStep, ExtremeDilutionCapacity,
		NewDilutedOneStep, NewDilutedOneStepPoisson, NewDilutedOneStepBinomial,
		RandomFeatures, RandomFeaturesTransition, RandomFeaturesPattern, RandomFeaturesPatternCapacity,
		RandomFeaturesPatternPublished, RandomFeaturesPatternPublishedCapacity,
		NewLogSumExpCapacities, RamsauerSeparation, NewRamsauerCapacity,
		func(beta float64, k int, separation, distance float64) (float64, error) {
			return RamsauerError(beta, k, 2, separation, distance)
		},
		Graded, GradedCapacity, Sequence, SequenceCapacity, SequenceBasin,
		func(alpha, temperature, m0 float64) ([]FieldMoment, error) {
			return SequenceTrajectory(alpha, temperature, m0, 20)
		},
		func(degree, n, k int) (float64, error) { return DenseSequenceError(degree, n, k, Open) },
		func(degree, n, k int) (float64, error) { return DenseSequenceErrorExact(degree, n, k, Cyclic) },
		func(degree, n int, c float64) (DenseSequenceCapacity, error) {
			return NewDenseSequenceCapacity(degree, n, c, Open)
		},
		func(n, k int) (float64, error) { return ExponentialSequenceError(n, k, Cyclic) },
		func(n, k int) (float64, error) { return ExponentialSequenceErrorExact(n, k, Open) },
		func(n int, c float64) (DenseSequenceCapacity, error) {
			return NewExponentialSequenceCapacity(n, c, Cyclic)
		},
		Palimpsest, PalimpsestOldest, Biased, BiasedCapacity, BiasedThresholdCapacity, SparseAsymptote,
		func(f float64) (SparsePoint, error) { return NewSparseCapacity(f, ExactCounts) },
		func(alpha, f, theta float64) (SparsePoint, error) { return Sparse(alpha, f, theta, FieldsOnV) },
		func(f, theta float64) (SparsePoint, error) { return SparseThresholdCapacity(f, theta, FieldsOnVMinusF) },
		BiasedThreshold, BiasedCapacityAt,
		func(k int) (Nonlinearity, error) { return Clipped(k, KeepZero) },
		func(k int) (Nonlinearity, error) { return NewNonlinearity(min(k, 1000), math.Tanh) },
		func(alpha float64) (NeurodynamicsPoint, error) { return Neurodynamics(FirstOrder, alpha) },
		func(alpha, m0 float64) ([]FieldMoment, error) {
			return NeurodynamicsTrajectory(AllOrders, alpha, m0, 30)
		},
		func(degree, n, k int) (DenseOneStep, error) { return NewDenseOneStep(Rectified, degree, n, k) },
		func(degree, n int, p float64) (DenseCapacity, error) {
			return NewDenseCapacity(Distinct, degree, min(n, 10), p)
		},
		func(degree int) (DenseSpinodal, error) { return NewDenseSpinodal(Full, degree) },
	}
	for _, f := range functions {
		forEachArgument(reflect.TypeOf(f), odd, counts, nil, func(args []reflect.Value) {
			for _, result := range reflect.ValueOf(f).Call(args) {
				if err, failed := result.Interface().(error); failed && !typed(err) {
					t.Errorf("%T%v: an error of type %T: %v", f, args, err, err)
				}
				if text := fmt.Sprintf("%+v", result); result.Kind() != reflect.Interface && !finite(result) {
					t.Errorf("%T%v = %s", f, args, text)
				}
			}
		})
	}
}

func typed(err error) bool {
	var domain *DomainError
	var convergence *ConvergenceError
	return errors.As(err, &domain) || errors.As(err, &convergence)
}

// forEachArgument calls visit with every combination of arguments of a function.
func forEachArgument(f reflect.Type, floats []float64, counts []int, args []reflect.Value, visit func([]reflect.Value)) {
	if len(args) == f.NumIn() {
		visit(args)
		return
	}
	if f.In(len(args)).Kind() == reflect.Float64 {
		for _, x := range floats {
			forEachArgument(f, floats, counts, append(args, reflect.ValueOf(x)), visit)
		}
		return
	}
	for _, n := range counts {
		forEachArgument(f, floats, counts, append(args, reflect.ValueOf(n)), visit)
	}
}

// finite tells whether the numbers that a function made are. The arguments that a
// result repeats are finite where there is no error, as they were checked.
func finite(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Float64:
		return !math.IsNaN(v.Float()) && !math.IsInf(v.Float(), 0)
	case reflect.Struct:
		for i := range v.NumField() {
			if !finite(v.Field(i)) {
				return false
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			if !finite(v.Index(i)) {
				return false
			}
		}
	}
	return true
}
