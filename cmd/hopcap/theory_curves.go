package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"hopcap/model/theory"
)

func agsCurveCommand() *cobra.Command {
	alpha, temperature := newValues("alpha"), newValues("T", 0)
	v := &curve{variable: alpha}
	v.rows = func() (*theoryTable, error) {
		t := newTheoryTable("alpha", "T", "m", "q", "r", "C", "error", "f_retrieval", "f_spin_glass", "m_unstable")
		for _, temperature := range temperature.values {
			loads, err := loadsUpToFold(alpha, temperature)
			if err != nil {
				return nil, err
			}
			for _, alpha := range loads {
				p, err := theory.AGS(alpha, temperature)
				if err != nil {
					return nil, err
				}
				t.add(p.Alpha, p.T, p.M, p.Q, p.R, p.C, p.Error, p.FRetrieval, p.FSpinGlass, p.MUnstable)
			}
		}
		return t, nil
	}
	v.points = func() (*theoryTable, error) {
		if len(temperature.values) != 1 {
			return nil, usageError{errors.New("--points takes one --T")}
		}
		alphaC, mC, err := theory.AGSCapacityAt(temperature.values[0])
		if err != nil {
			return nil, err
		}
		alpha1, err := theory.AGSGroundLoad(temperature.values[0])
		t := newTheoryTable("name", "value")
		t.add("alpha_c", alphaC)
		t.add("m_c", mC)
		t.add("alpha_1", alpha1)
		return t, err
	}
	c := v.command(&cobra.Command{
		Use:   "ags",
		Short: "The retrieval state of the Hopfield network, replica-symmetric",
		Long: `ags is the replica-symmetric theory of Amit, Gutfreund and Sompolinsky (Phys. Rev.
Lett. 55, 1530 (1985); Ann. Phys. 173, 30 (1987)): the state near a stored pattern
at load α = K/N and temperature T, as N → ∞.

  m = ∫Dz tanh β(√(αr) z + m)      overlap with the pattern
  q = ∫Dz tanh² β(√(αr) z + m)     Edwards–Anderson order parameter
  r = q/(1−C)², C = β(1−q)         noise of the other patterns; susceptibility

error is (1−m)/2. f is the free energy per neuron, the energy at T = 0, of this
state and of the spin glass (m = 0); the pattern alone has −½. m_unstable is the
second solution, which meets m at the fold: beyond α_c(T) there is no retrieval
state, and the answer is an error that says where the fold is.

Points: alpha_c and m_c, the fold; alpha_1, below which the retrieval states are
the global minimum (all at the given T).`,
		Example: `  hopcap theory ags --alpha 0.12
  hopcap theory ags --T 0.2 --from 0.02 --to 0.12 --step 0.01
  hopcap theory ags --points --T 0.1`,
	})
	c.Flags().Var(alpha, "alpha", "load K/N (ten loads up to the fold)")
	c.Flags().Var(temperature, "T", "temperature, 0 <= T < 1")
	return c
}

// loadsUpToFold returns the loads asked for, or ten up to the fold.
func loadsUpToFold(alpha *valuesFlag, temperature float64) ([]float64, error) {
	if len(alpha.values) > 0 {
		return alpha.values, nil
	}
	alphaC, _, err := theory.AGSCapacityAt(temperature)
	var loads []float64
	for k := 1; k <= 10; k++ {
		loads = append(loads, alphaC*float64(k)/10)
	}
	return loads, err
}

func phaseDiagramCommand() *cobra.Command {
	alpha, temperature := newValues("alpha", span{0.01, 0.14, 0.01}.mustValues()...), newValues("T")
	v := &curve{variable: alpha, exclusive: [][]string{{"alpha", "T"}, {"from", "T"}}, draw: drawPhaseDiagram}
	v.rows = func() (*theoryTable, error) {
		if len(temperature.values) > 0 {
			return foldTable(temperature.values)
		}
		t := newTheoryTable("alpha", "T_M", "T_c", "T_g", "T_R")
		for _, alpha := range alpha.values {
			row := []any{alpha}
			for _, line := range []func(float64) (float64, error){
				theory.RetrievalTemperature, theory.CoexistenceTemperature,
				theory.SpinGlassTemperature, theory.AlmeidaThoulessTemperature,
			} {
				if _, err := theory.SpinGlassTemperature(alpha); err != nil {
					return nil, err // no load at all
				}
				cell, err := orEmpty(line(alpha))
				if err != nil {
					return nil, err
				}
				row = append(row, cell)
			}
			t.add(row...)
		}
		return t, nil
	}
	v.points = func() (*theoryTable, error) {
		top, err := theory.AGSLargestCapacity()
		if err != nil {
			return nil, err
		}
		end, err := theory.AlmeidaThoulessEnd()
		if err != nil {
			return nil, err
		}
		t := newTheoryTable("name", "value")
		t.add("alpha_c_max", top.Alpha)
		t.add("T_alpha_c_max", top.T)
		t.add("alpha_AT", end.Alpha)
		t.add("T_AT", end.T)
		return t, nil
	}
	c := v.command(&cobra.Command{
		Use:   "phase-diagram",
		Short: "The lines of the Hopfield network's phase diagram",
		Long: `phase-diagram is that of Amit, Gutfreund and Sompolinsky (Ann. Phys. 173, 30
(1987)), replica-symmetric. At each load α

  T_M   retrieval states exist below it
  T_c   they are the global minimum of the free energy below it
  T_g   the spin glass freezes at 1 + √α
  T_R   below this Almeida–Thouless line the retrieval state breaks replica symmetry

A line that does not exist at a load is left empty. α_c(T) rises slightly with T
before it falls (replica symmetry is broken there), so T_M and T_c exist a little
beyond their loads at T = 0; the larger temperature is given.

With --T the inverse of T_M: alpha_c(T).

Points: alpha_c_max at T_alpha_c_max, the largest α_c(T); alpha_AT and T_AT, where
T_R meets T_M.`,
		Example: `  hopcap theory phase-diagram --from 0.005 --to 0.14 --step 0.005 --format csv
  hopcap theory phase-diagram --T 0:0.9:0.1`,
	})
	c.Flags().Var(alpha, "alpha", "load K/N")
	c.Flags().Var(temperature, "T", "give alpha_c at these temperatures instead")
	return c
}

// foldTable is α_c(T).
func foldTable(temperatures []float64) (*theoryTable, error) {
	t := newTheoryTable("T", "alpha_c")
	for _, temperature := range temperatures {
		alphaC, _, err := theory.AGSCapacityAt(temperature)
		if err != nil {
			return nil, err
		}
		t.add(temperature, alphaC)
	}
	return t, nil
}

func brokenSymmetryCommand() *cobra.Command {
	alpha := newValues("alpha", span{0.01, 0.13, 0.01}.mustValues()...)
	v := &curve{variable: alpha}
	v.rows = func() (*theoryTable, error) {
		t := newTheoryTable("alpha", "m", "q0", "C", "omega", "energy")
		for _, alpha := range alpha.values {
			p, err := theory.AGSOneStep(alpha)
			if err != nil {
				return nil, err
			}
			t.add(p.Alpha, p.M, p.Q0, p.C, p.Omega, p.Energy)
		}
		return t, nil
	}
	v.points = func() (*theoryTable, error) {
		alphaC, mC, err := theory.AGSOneStepCapacity()
		t := newTheoryTable("name", "value")
		t.add("alpha_c", alphaC)
		t.add("m_c", mC)
		return t, err
	}
	c := v.command(&cobra.Command{
		Use:   "ags-1rsb",
		Short: "The retrieval state at T = 0 with one step of replica-symmetry breaking",
		Long: `ags-1rsb solves the Hopfield network at T = 0 with one step of replica-symmetry
breaking. Replicas fall into blocks: their overlap is 1 within a block and q0
between blocks, C = β(1−q1) and omega = βx stay finite, x the Parisi block
parameter. Replica symmetry is q0 = 1.

The capacity is published as 0.144 (Crisanti, Amit and Gutfreund, Europhys. Lett.
2, 337 (1986)) and as 0.138186 (Steffan and Kühn, Z. Phys. B 95, 249 (1994)). The
energy, stationary in all its parameters, says 0.1381865; with omega held fixed
no fold lies above 0.1382 either.

Points: alpha_c and m_c, the fold.`,
		Example: `  hopcap theory ags-1rsb --alpha 0.138
  hopcap theory ags-1rsb --points`,
	})
	c.Flags().Var(alpha, "alpha", "load K/N, at least 0.001")
	return c
}

func oneStepCommand() *cobra.Command {
	n, k, m0 := newCounts("N", 1000), newCounts("K"), newValues("m0", 1)
	alpha := newValues("alpha")
	v := &curve{variable: k, exclusive: [][]string{{"K", "alpha"}, {"from", "alpha"}}}
	v.rows = func() (*theoryTable, error) {
		t := newTheoryTable("N", "K", "m0", "error_exact", "error_asymptotic", "K_most", "K_all")
		for _, n := range n.integers() {
			for _, k := range patternCounts(k, alpha, n) {
				for _, m0 := range m0.values {
					p, err := theory.NewOneStep(n, k, m0)
					if err != nil {
						return nil, err
					}
					t.add(p.N, p.K, p.M0, p.ErrorExact, p.ErrorAsymptotic, p.KMost, p.KAll)
				}
			}
		}
		return t, nil
	}
	c := v.command(&cobra.Command{
		Use:   "one-step",
		Short: "The error after one parallel step, exact at finite N and K",
		Long: `one-step is the expected fraction of wrong neurons after one parallel step at
T = 0 from a cue with exactly ⌊N(1−m0)/2 + ½⌋ flipped neurons of a stored pattern.
With J_ii = 0 the field on a neuron along its pattern is its signal plus a sum of
(K−1)(N−1) independent signs, so error_exact is a binomial tail; a zero field keeps
the spin, right or wrong. error_asymptotic is its limit N → ∞ at α = K/N,
½ erfc(m0/√(2α)).

K_most = N/(2 ln N) and K_all = N/(4 ln N) patterns are recalled without error, most
of them or all (McEliece, Posner, Rodemich and Venkatesh, IEEE Trans. Inf. Theory
33, 461 (1987)).`,
		Example: `  hopcap theory one-step --N 1000 --K 138
  hopcap theory one-step --N 500 --m0 0.6,0.8 --from 10 --to 100 --step 10`,
	})
	c.Flags().Var(n, "N", "neurons")
	c.Flags().Var(k, "K", "stored patterns (0.138 N)")
	c.Flags().Var(m0, "m0", "overlap of the cue")
	c.Flags().Var(alpha, "alpha", "load instead of K: K = ⌊αN + ½⌋")
	return c
}

// patternCounts returns K as asked for, from the loads, or at 0.138 N.
func patternCounts(k, alpha *valuesFlag, n int) []int {
	if len(k.values) > 0 {
		return k.integers()
	}
	loads := alpha.values
	if len(loads) == 0 {
		loads = []float64{0.138}
	}
	var counts []int
	for _, alpha := range loads {
		counts = append(counts, int(rounded(alpha*float64(n))+0.5))
	}
	return counts
}

func twoStepCommand() *cobra.Command {
	alpha, m0 := newValues("alpha", span{0.02, 0.2, 0.02}.mustValues()...), newValues("m0", 0.5)
	v := &curve{variable: alpha}
	v.rows = func() (*theoryTable, error) {
		t := newTheoryTable("alpha", "m0", "m1", "m2")
		for _, alpha := range alpha.values {
			for _, m0 := range m0.values {
				p, err := theory.NewTwoStep(alpha, m0)
				if err != nil {
					return nil, err
				}
				t.add(p.Alpha, p.M0, p.M1, p.M2)
			}
		}
		return t, nil
	}
	c := v.command(&cobra.Command{
		Use:   "two-step",
		Short: "The overlap after one and two parallel steps, exact as N → ∞",
		Long: `two-step is the exact result of Gardner, Derrida and Mottishaw (J. Phys. France 48,
741 (1987)) for the first two parallel steps at T = 0 from a random cue of overlap
m0, N → ∞. At finite N the second step is biased by O(1/N).`,
		Example: "  hopcap theory two-step --alpha 0.1 --m0 0.1:0.9:0.1",
	})
	c.Flags().Var(alpha, "alpha", "load K/N")
	c.Flags().Var(m0, "m0", "overlap of the cue")
	return c
}

func neurodynamicsCommand() *cobra.Command {
	alpha, m0 := newValues("alpha"), newValues("m0")
	var order string
	var steps int
	v := &curve{variable: alpha}
	v.rows = func() (*theoryTable, error) {
		o, err := parseOrder(order)
		if err != nil {
			return nil, usageError{err}
		}
		if len(m0.values) > 0 {
			return trajectoryTable(o, alpha, m0, steps)
		}
		return basinTable(o, alpha)
	}
	v.points = func() (*theoryTable, error) {
		o, err := parseOrder(order)
		if err != nil {
			return nil, usageError{err}
		}
		alphaC, mC, err := theory.NeurodynamicsCapacity(o)
		t := newTheoryTable("name", "value")
		t.add("alpha_c", alphaC)
		t.add("m_c", mC)
		return t, err
	}
	c := v.command(&cobra.Command{
		Use:   "neurodynamics",
		Short: "Parallel retrieval and its basin, by statistical neurodynamics",
		Long: `neurodynamics follows parallel dynamics at T = 0, N → ∞, by the overlap m and the
deviation sigma of the noise in the local field, taken to be Gaussian: Amari and
Maginu (Neural Networks 1, 63 (1988)), where the noise is correlated with the last
step only, or with --order all Okada (Neural Networks 8, 833 (1995)), where it is
correlated over all times.

m0_c is the overlap of a cue above which it is retrieved; m and sigma are those of
the retrieval state. To all orders that state is the frozen one, which is the
replica-symmetric state of "ags". (The recursion itself settles where a small
fraction of the neurons keeps flipping: follow it with --m0.)

With --m0 the trajectory: t, m, sigma. Points: alpha_c and m_c.`,
		Example: `  hopcap theory neurodynamics --alpha 0.1 --order all
  hopcap theory neurodynamics --alpha 0.1 --m0 0.3 --steps 20`,
	})
	c.Flags().Var(alpha, "alpha", "load K/N, at least 0.001 (0.01 to the capacity)")
	c.Flags().Var(m0, "m0", "follow a cue of this overlap")
	c.Flags().IntVar(&steps, "steps", 20, "how long, with --m0")
	c.Flags().StringVar(&order, "order", "1", "1 or all")
	return c
}

func parseOrder(order string) (theory.Order, error) {
	switch order {
	case "1":
		return theory.FirstOrder, nil
	case "all":
		return theory.AllOrders, nil
	}
	return 0, fmt.Errorf("--order %s: must be 1 or all", order)
}

func trajectoryTable(order theory.Order, alpha, m0 *valuesFlag, steps int) (*theoryTable, error) {
	if len(alpha.values) != 1 || len(m0.values) != 1 {
		return nil, usageError{errors.New("a trajectory takes one --alpha and one --m0")}
	}
	trajectory, err := theory.NeurodynamicsTrajectory(order, alpha.values[0], m0.values[0], steps)
	t := newTheoryTable("t", "m", "sigma")
	for _, p := range trajectory {
		t.add(p.Step, p.M, p.Sigma)
	}
	return t, err
}

func basinTable(order theory.Order, alpha *valuesFlag) (*theoryTable, error) {
	loads := alpha.values
	if len(loads) == 0 {
		loads = span{0.01, 0.15, 0.01}.mustValues()
		if order == theory.AllOrders {
			loads = loads[:13]
		}
	}
	t := newTheoryTable("alpha", "m0_c", "m", "sigma")
	for _, alpha := range loads {
		p, err := theory.Neurodynamics(order, alpha)
		if err != nil {
			return nil, err
		}
		t.add(p.Alpha, p.M0C, p.M, p.Sigma)
	}
	return t, nil
}

func mixturesCommand() *cobra.Command {
	n := newCounts("n", span{3, 15, 2}.mustValues()...)
	v := &curve{variable: n}
	v.rows = func() (*theoryTable, error) {
		t := newTheoryTable("n", "m", "energy", "T_stable", "alpha_max")
		for _, n := range n.integers() {
			p, err := theory.NewMixture(n)
			if err != nil {
				return nil, err
			}
			if p.Stable {
				t.add(p.N, p.M, p.Energy, p.TStable, p.AlphaMax)
			} else {
				t.add(p.N, p.M, p.Energy, nil, nil)
			}
		}
		return t, nil
	}
	c := v.command(&cobra.Command{
		Use:   "mixtures",
		Short: "Symmetric mixtures of n patterns",
		Long: `mixtures are the spurious states with the same overlap m with each of n stored
patterns: for odd n the sign of their sum (Amit, Gutfreund and Sompolinsky, Phys.
Rev. A 32, 1007 (1985); Ann. Phys. 173, 30 (1987)).

m and energy are per neuron at α = 0 and T = 0: −0.375, −0.352, −0.342, … → −1/π.
T_stable: the mixture is a minimum of the free energy below it, at α = 0.
alpha_max: it exists up to this load, at T = 0. Even mixtures are never stable;
their last two columns are empty.`,
		Example: "  hopcap theory mixtures --n 3,5,7",
	})
	c.Flags().Var(n, "n", "patterns mixed, 2 to 10001")
	return c
}

func complexityCommand() *cobra.Command {
	alpha, m := newValues("alpha", span{0.01, 0.2, 0.01}.mustValues()...), newValues("m")
	v := &curve{variable: alpha}
	v.rows = func() (*theoryTable, error) {
		if len(m.values) == 0 {
			return complexityTable(alpha.values)
		}
		t := newTheoryTable("alpha", "m", "g")
		for _, alpha := range alpha.values {
			for _, m := range m.values {
				g, err := theory.ComplexityAt(alpha, m)
				if err != nil {
					return nil, err
				}
				t.add(alpha, m, g)
			}
		}
		return t, nil
	}
	v.points = func() (*theoryTable, error) {
		alpha, m, err := theory.ComplexityBandJoins()
		t := newTheoryTable("name", "value")
		t.add("alpha_join", alpha)
		t.add("m_join", m)
		return t, err
	}
	c := v.command(&cobra.Command{
		Use:   "complexity",
		Short: "The number of fixed points, annealed",
		Long: `complexity is Gardner's g = (1/N) ln ⟨number of fixed points⟩ of the Hopfield
network at T = 0, N → ∞, averaged over the patterns (annealed): of all states, or
with --m of those with overlap m with one pattern (E. Gardner, J. Phys. A 19, L1047
(1986)). As α → ∞ it tends to 0.1992, that of the Sherrington–Kirkpatrick model.

For small α a band with g >= 0 near m = 1 is separated by g < 0 from the rest.
Points: alpha_join and m_join, the load at which that gap closes, and where.`,
		Example: `  hopcap theory complexity --alpha 0.1 --m 0.9:1:0.01
  hopcap theory complexity --points`,
	})
	c.Flags().Var(alpha, "alpha", "load K/N")
	c.Flags().Var(m, "m", "overlap with a pattern, -1 to 1")
	return c
}

func complexityTable(loads []float64) (*theoryTable, error) {
	t := newTheoryTable("alpha", "g")
	for _, alpha := range loads {
		g, err := theory.Complexity(alpha)
		if err != nil {
			return nil, err
		}
		t.add(alpha, g)
	}
	return t, nil
}

func denseCommand() *cobra.Command {
	degree, n, k := newCounts("degree"), newCounts("N", 100), newCounts("K")
	errorRate := newValues("error")
	var form string
	var spinodal bool
	v := &curve{variable: k, exclusive: [][]string{{"K", "error", "spinodal"}, {"from", "error", "spinodal"}}}
	v.rows = func() (*theoryTable, error) {
		f, err := parseForm(form)
		switch {
		case err != nil:
			return nil, usageError{err}
		case spinodal:
			return spinodalTable(f, degree.or(span{2, 8, 1}.mustValues()...))
		case len(errorRate.values) > 0:
			return denseCapacityTable(f, degree.or(2, 3, 4), n.integers(), errorRate.values)
		case len(k.values) == 0:
			return nil, usageError{errors.New("give --K, or --error P for the capacity, or --spinodal")}
		}
		return denseErrorTable(f, degree.or(2, 3, 4), n.integers(), k.integers())
	}
	c := v.command(&cobra.Command{
		Use:   "dense",
		Short: "Dense memories: one-step error, capacity, spinodal",
		Long: `dense is about the memories of Krotov and Hopfield (2016) with the energy
E = −(1/(nN^{n−1})) Σ F(M), M = N m the overlap with a pattern, of degree n:

  full       F = Mⁿ
  rectified  F = Mⁿ for M > 0, else 0
  distinct   Mⁿ without self-interactions (Gardner 1987; Abbott and Arian 1987)

error_exact is the fraction of neurons of a stored pattern that are wrong after
each has taken the value of lower energy, the others kept (a tie keeps it), exact
at finite N and K. error_asymptotic is its limit at α = K/N^{n−1}, ½ erfc(1/√(2αc))
with c = (2n−3)!! full, half of that rectified, (n−1)! distinct.

With --error P: K_max, the largest K with error_exact <= P; alpha_n, the limit of
K_max/N^{n−1}; K_error_free = N^{n−1}/(2c ln N).

With --spinodal: the load alpha_c, in units of K/N^{n−1}, at which the replica-
symmetric retrieval state disappears at T = 0, and its overlap m_c; beside it
alpha_c·c (alpha_noise), alpha_c·(n−1)! (alpha_couplings, patterns per coupling of a
neuron) and alpha_c·n!/2 (alpha_hyperedges, K = 2αN^{n−1}/n!). For n >= 3 descent
at T = 0 does not jump there: states survive it.`,
		Example: `  hopcap theory dense --degree 3 --N 100 --K 1000 --form rectified
  hopcap theory dense --degree 2,3,4 --N 100 --error 0.005
  hopcap theory dense --spinodal`,
	})
	c.Flags().Var(degree, "degree", "interaction order n")
	c.Flags().Var(n, "N", "neurons")
	c.Flags().Var(k, "K", "stored patterns")
	c.Flags().Var(errorRate, "error", "give the capacity at this error")
	c.Flags().BoolVar(&spinodal, "spinodal", false, "give the spinodal")
	c.Flags().StringVar(&form, "form", "full", "full, rectified or distinct")
	return c
}

func parseForm(form string) (theory.DenseForm, error) {
	for _, f := range []theory.DenseForm{theory.Full, theory.Rectified, theory.Distinct} {
		if f.String() == form {
			return f, nil
		}
	}
	return 0, fmt.Errorf("--form %s: must be full, rectified or distinct", form)
}

func denseErrorTable(form theory.DenseForm, degrees, sizes, counts []int) (*theoryTable, error) {
	t := newTheoryTable("degree", "N", "K", "error_exact", "error_asymptotic")
	for _, degree := range degrees {
		for _, n := range sizes {
			for _, k := range counts {
				p, err := theory.NewDenseOneStep(form, degree, n, k)
				if err != nil {
					return nil, err
				}
				t.add(p.Degree, p.N, p.K, p.ErrorExact, p.ErrorAsymptotic)
			}
		}
	}
	return t, nil
}

func denseCapacityTable(form theory.DenseForm, degrees, sizes []int, errorRates []float64) (*theoryTable, error) {
	t := newTheoryTable("degree", "N", "K_max", "alpha_n", "K_error_free")
	for _, degree := range degrees {
		for _, n := range sizes {
			for _, p := range errorRates {
				p, err := theory.NewDenseCapacity(form, degree, n, p)
				if err != nil {
					return nil, err
				}
				t.add(p.Degree, p.N, p.KMax, p.AlphaN, p.KErrorFree)
			}
		}
	}
	return t, nil
}

func spinodalTable(form theory.DenseForm, degrees []int) (*theoryTable, error) {
	t := newTheoryTable("degree", "alpha_c", "m_c", "alpha_noise", "alpha_couplings", "alpha_hyperedges")
	for _, degree := range degrees {
		p, err := theory.NewDenseSpinodal(form, degree)
		if err != nil {
			return nil, err
		}
		t.add(p.Degree, p.AlphaC, p.MC, p.AlphaNoise, p.AlphaCouplings, p.AlphaHyperedges)
	}
	return t, nil
}

func exponentialCommand() *cobra.Command {
	rho, lambda := newValues("rho", span{0, 0.5, 0.05}.mustValues()...), newValues("lambda")
	v := &curve{variable: rho, exclusive: [][]string{{"rho", "lambda"}, {"from", "lambda"}}}
	v.rows = func() (*theoryTable, error) {
		if len(lambda.values) > 0 {
			return logSumExpTable(lambda.values)
		}
		t := newTheoryTable("rho", "alpha_all", "alpha_typical")
		for _, rho := range rho.values {
			p, err := theory.NewExponentialThresholds(rho)
			if err != nil {
				return nil, err
			}
			t.add(p.Rho, p.AlphaAll, p.AlphaTypical)
		}
		return t, nil
	}
	c := v.command(&cobra.Command{
		Use:   "exponential",
		Short: "Exponential memories, K = exp(αN): the largest loads",
		Long: `exponential gives the largest load α = (ln K)/N of the network with F = exp that
corrects in one update a cue with a fraction ρ of its neurons flipped:

  alpha_all      every pattern: I(1−2ρ)/2, I(x) = ½[(1+x)ln(1+x) + (1−x)ln(1−x)]
                 (Demircigil et al., J. Stat. Phys. 168, 288 (2017))
  alpha_typical  a typical pattern: I(δ) for δ = 1−2ρ <= tanh 2, else 2δ − ln cosh 2
                 (the noise of a neuron as a random-energy model)

With --lambda the log-sum-exp network of Ramsauer et al. (2020), energy
−(1/λ) ln Σ exp(λ ξ·x) + x²/2, on patterns with ξ² = N: the load at which all other
patterns together weigh as much as the pattern itself (random-energy model:
Lucibello and Mézard, Phys. Rev. Lett. 132, 077301 (2024)), for ±1, spherical and
Gaussian patterns.`,
		Example: `  hopcap theory exponential --rho 0,0.1,0.2
  hopcap theory exponential --lambda 0.5:2:0.5`,
	})
	c.Flags().Var(rho, "rho", "fraction of flipped neurons, 0 to 0.5")
	c.Flags().Var(lambda, "lambda", "inverse temperature of the log-sum-exp")
	return c
}

func logSumExpTable(lambdas []float64) (*theoryTable, error) {
	t := newTheoryTable("lambda", "alpha_binary", "alpha_spherical", "alpha_gaussian")
	for _, lambda := range lambdas {
		p, err := theory.NewLogSumExpThresholds(lambda)
		if err != nil {
			return nil, err
		}
		t.add(p.Lambda, p.AlphaBinary, p.AlphaSpherical, p.AlphaGaussian)
	}
	return t, nil
}
