package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"hopcap/plots/theory/tables"
)

// theoryOutput runs one command line of theory.
func theoryOutput(args string) (string, error) {
	var out bytes.Buffer
	c := theoryCommand()
	c.SilenceUsage, c.SilenceErrors = true, true
	c.SetArgs(strings.Fields(args))
	c.SetOut(&out)
	c.SetErr(io.Discard)
	c.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} }) // as hopcap does
	err := c.Execute()
	return out.String(), err
}

// The columns are an interface: scripts read them by name.
func TestTheoryColumns(t *testing.T) {
	for args, want := range map[string]string{
		"ags --alpha 0.1":                                      "alpha,T,m,q,r,C,error,f_retrieval,f_spin_glass,m_unstable",
		"phase-diagram --alpha 0.1":                            "alpha,T_M,T_c,T_g,T_R",
		"phase-diagram --T 0.1":                                "T,alpha_c",
		"ags-1rsb --alpha 0.1":                                 "alpha,m,q0,C,omega,energy",
		"one-step --N 100 --K 10":                              "N,K,m0,error_exact,error_asymptotic,K_most,K_all",
		"two-step --alpha 0.1":                                 "alpha,m0,m1,m2",
		"neurodynamics --alpha 0.1":                            "alpha,m0_c,m,sigma",
		"neurodynamics --alpha 0.1 --m0 0.5 --steps 2":         "t,m,sigma",
		"mixtures --n 3":                                       "n,m,energy,T_stable,alpha_max",
		"complexity --alpha 0.1":                               "alpha,g",
		"complexity --alpha 0.1 --m 0.9":                       "alpha,m,g",
		"dense --degree 3 --N 20 --K 9":                        "degree,N,K,error_exact,error_asymptotic",
		"dense --degree 3 --N 20 --error 0.1 --form rectified": "degree,N,K_max,alpha_n,K_error_free",
		"dense --degree 3 --spinodal":                          "degree,alpha_c,m_c,alpha_noise,alpha_couplings,alpha_hyperedges",
		"exponential --rho 0.1":                                "rho,alpha_all,alpha_typical",
		"exponential --lambda 1":                               "lambda,alpha_binary,alpha_spherical,alpha_gaussian",
		"gardner --alpha 1":                                    "alpha,kappa_max,kappa_mean",
		"gardner --kappa 1":                                    "kappa,alpha_c",
		"separable --K 200":                                    "N,K,probability",
		"pseudo-inverse --alpha 0.5":                           "alpha,m0,m1,m1_diagonal",
		"dreaming --alpha 0.1":                                 "alpha,sleep,m,error,Q,X",
		"dreaming --capacity":                                  "sleep,alpha_c,m_c",
		"clipped --alpha 0.1":                                  "K,theta,a,noise,alpha,m,error,C,m_unstable",
		"clipped --capacity":                                   "K,theta,a,noise,alpha_c,m_c",
		"marginalist --age 0":                                  "rate,age,weight,m,error,C,r",
		"marginalist --capacity":                               "rate,u_max,m",
		"diluted --alpha 0.05":                                 "alpha,alpha_couplings,connectivity,m,error,C,m_unstable",
		"diluted --capacity":                                   "connectivity,alpha_c,alpha_couplings,m_c",
		"extreme-dilution --alpha 0.1":                         "alpha,T,m",
		"extreme-dilution --capacity":                          "T,alpha_c",
		"extreme-dilution --alpha 0.1 --m0 0.5 --steps 2":      "t,m,sigma",
		"diluted-one-step --K 5":                               "inputs,K,m0,m1,error",
		"diluted-one-step --K 5 --connectivity 0.1":            "N,connectivity,K,m0,m1,error",
		"biased --alpha 0.02":                                  "alpha,bias,threshold,m,error,mean,C",
		"biased --capacity":                                    "bias,threshold,alpha_c,m_c,error_c",
		"biased --optimal":                                     "bias,threshold,alpha_c,m_c,error_c",
		"sparse --alpha 0.1":                                   "alpha,activity,threshold,m,activity_state,missing,spurious,C,bits,bits_gained",
		"sparse --capacity":                                    "activity,threshold,alpha_c,m_c,missing,spurious,bits,bits_gained,asymptote",
		"sparse --optimal":                                     "activity,threshold,alpha_c,m_c,missing,spurious,bits,bits_gained,asymptote",
		"random-features --alpha 0.02":                         "alpha,feature_load,m,error,sigma,delta_q",
		"random-features --capacity":                           "feature_load,alpha_pattern,m_pattern,alpha_feature,m_feature,alpha_published",
		"sequence --alpha 0.1":                                 "alpha,T,m,sigma,m_unstable",
		"sequence --capacity":                                  "T,alpha_c,m_c",
		"sequence --basin --alpha 0.1":                         "alpha,m0_c",
		"sequence --alpha 0.1 --m0 0.5 --steps 2":              "t,m,sigma",
		"dense-sequence --N 50":                                "degree,N,failure,K_transition,K_sequence,K_transition_asymptotic,K_sequence_asymptotic,variance",
		"dense-sequence --N 50 --K 100":                        "degree,N,K,error,error_exact",
		"graded --alpha 0.1":                                   "alpha,gain,m,q,cosine,U,sigma,gamma",
		"graded --capacity --gain 10":                          "gain,alpha_c,m_c,q_c,cosine_c",
		"softmax":                                              "lambda,alpha_1_binary,alpha_1_spherical,alpha_1_gaussian,alpha_c_binary,alpha_c_spherical,alpha_c_gaussian",
		"softmax-bounds":                                       "beta,radius,dimension,failure,C,ln_K,holds",
		"softmax-bounds --K 100":                               "beta,K,length,distance,separation,error",
		"ags --points":                                         "name,value",
		"marginalist --points":                                 "name,value",
		"pseudo-inverse --points":                              "name,value",
		"phase-diagram --points":                               "name,value",
		"ags-1rsb --points":                                    "name,value",
		"neurodynamics --points":                               "name,value",
		"neurodynamics --points --order all":                   "name,value",
		"complexity --points":                                  "name,value",
	} {
		out, err := theoryOutput(args + " --format csv")
		if err != nil {
			t.Errorf("theory %s: %v", args, err)
			continue
		}
		if header, _, _ := strings.Cut(out, "\n"); header != want {
			t.Errorf("theory %s: columns %s, want %s", args, header, want)
		}
	}
}

func TestTheoryPrintsTwelveDigits(t *testing.T) {
	out, err := theoryOutput("ags --points --format csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"alpha_c,0.137905566495\n", "m_c,0.967417115685\n", "alpha_1,0.0518543309189\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in %s", want, out)
		}
	}
}

// What is printed may be given back: the fold rounded to 12 digits is a load.
func TestTheoryTakesThePrintedFold(t *testing.T) {
	if _, err := theoryOutput("ags --alpha 0.137905566495"); err != nil {
		t.Error(err)
	}
}

// A line that does not exist: empty, null, or a dash.
func TestTheoryMissingValues(t *testing.T) {
	const args = "mixtures --n 2,3 --format "
	out, err := theoryOutput(args + "csv")
	if err != nil || !strings.Contains(out, "\n2,0.5,-0.25,,\n") {
		t.Errorf("csv: %s, %v", out, err)
	}
	out, err = theoryOutput(args + "table")
	if err != nil || !strings.Contains(out, "-0.25   -") {
		t.Errorf("table: %s, %v", out, err)
	}
	out, err = theoryOutput(args + "json")
	var rows []map[string]any
	if err != nil || json.Unmarshal([]byte(out), &rows) != nil || len(rows) != 2 {
		t.Fatalf("json: %s, %v", out, err)
	}
	if rows[0]["T_stable"] != nil || rows[1]["m"] != 0.5 || rows[1]["n"] != 3.0 {
		t.Errorf("json: %v", rows)
	}
}

func TestTheoryPointsInJSON(t *testing.T) {
	out, err := theoryOutput("complexity --points --format json")
	var points []struct {
		Name  string
		Value float64
	}
	if err != nil || json.Unmarshal([]byte(out), &points) != nil || points[0].Name != "alpha_join" || points[0].Value == 0 {
		t.Errorf("%s, %v", out, err)
	}
}

// Ranges and lists: decimals, the end included.
func TestTheoryRanges(t *testing.T) {
	for args, want := range map[string][]string{
		"--from 0.1 --to 0.3 --step 0.1": {"0.1", "0.2", "0.3"},
		"--alpha 0.1:0.3:0.1":            {"0.1", "0.2", "0.3"},
		"--alpha 0.3,0.1:0.2:0.05":       {"0.3", "0.1", "0.15", "0.2"},
		"--alpha 0.7":                    {"0.7"},
	} {
		out, err := theoryOutput("two-step --m0 0.5 --format csv " + args)
		if err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(strings.NewReader(out)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range records[1:] {
			got = append(got, r[0])
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: loads %v, want %v", args, got, want)
		}
	}
}

// K = ⌊αN + ½⌋ on decimals: 0.145 · 100 is 14.5 although the product of floats is
// below it.
func TestTheoryLoadsBecomeCounts(t *testing.T) {
	out, err := theoryOutput("one-step --N 100 --alpha 0.145 --format csv")
	if err != nil || !strings.Contains(out, "\n100,15,1,") {
		t.Errorf("%s, %v", out, err)
	}
}

// A bad argument is a mistake of the command line, said in one line.
func TestTheoryBadArguments(t *testing.T) {
	for _, args := range []string{
		"nonsense", "ags --alpha 0", "ags --alpha -0.1", "ags --alpha 0.14", "ags --alpha NaN", "ags --T 1", "ags --points --T 0,0.1",
		"ags --format xml", "ags --from 0.1", "ags --alpha 0.1 --from 0.1 --to 0.2 --step 0.1", "ags --from 0.2 --to 0.1 --step 0.01",
		"phase-diagram --alpha 0", "phase-diagram --T -1", "phase-diagram --alpha 0.1 --T 0.1",
		"ags-1rsb --alpha 0.144", "one-step --N 1", "one-step --K 0", "one-step --m0 2", "one-step --K 5 --alpha 0.1",
		"two-step --alpha 0", "two-step --m0 NaN", "neurodynamics --alpha 0.2", "neurodynamics --order 2", "neurodynamics --m0 0.5",
		"neurodynamics --alpha 0.1 --m0 0", "mixtures --n 1", "mixtures --from 3 --to 5 --step 0.5", "one-step --K 2.5", "one-step --K NaN", "complexity --alpha 0", "complexity --m 2",
		"dense", "dense --degree 1 --K 5", "dense --K 0", "dense --error 0.7", "dense --K 5 --spinodal", "dense --form cubic --K 5",
		"exponential --rho 0.6", "exponential --rho -0.1", "exponential --lambda 0", "exponential --rho 0.1 --lambda 1", "ags extra",
		"gardner --alpha 0", "gardner --kappa -40", "gardner --kappa 1 --alpha 1", "gardner --from 1 --to 2 --step 1 --kappa 1",
		"separable --K 0", "separable --N 1", "pseudo-inverse --alpha 1", "pseudo-inverse --m0 2",
		"dreaming --sleep -1", "dreaming --alpha 2", "dreaming --alpha 0.1 --capacity", "dreaming --alpha NaN",
		"clipped --alpha 0.2", "clipped --K 0", "clipped --theta 1", "clipped --function cube", "clipped --zero random", "clipped --function deletion --theta 40",
		"marginalist --rate 2", "marginalist --age 1", "diluted --alpha 0.5", "diluted --connectivity 0", "diluted --connectivity 1.1",
		"extreme-dilution --T -1", "extreme-dilution --capacity --T 1", "extreme-dilution --m0 0.5", "extreme-dilution --alpha 0.1 --m0 2",
		"extreme-dilution --alpha 0.1 --m0 0.5 --steps -1", "diluted-one-step --inputs 2.5", "diluted-one-step --law poisson --inputs 0", "diluted-one-step --N 5",
		"diluted-one-step --connectivity 2", "diluted-one-step --K 0", "biased --bias 1", "biased --alpha 0.2", "biased --optimal --threshold 1", "biased --threshold 5",
		"sparse --activity 0", "sparse --activity 1", "sparse --threshold 2", "sparse --alpha 10", "sparse --fields U",
		"random-features --feature-load 0", "random-features --state feature --feature-load 0.2", "random-features --alpha 1", "random-features --capacity --state feature",
		"sequence --T 1", "sequence --alpha 0.3", "sequence --basin --alpha 0.0001", "sequence --basin --T 0.1", "sequence --alpha 0.1 --m0 0",
		"dense-sequence --degree 0", "dense-sequence --failure 1", "dense-sequence --K 1", "dense-sequence --interaction exponential --N 2000",
		"graded --gain 1", "graded --alpha 0.2", "softmax --lambda 0", "softmax-bounds --beta 0", "softmax-bounds --K 1", "softmax-bounds --failure 0", "softmax-bounds --dimension 1",
	} {
		out, err := theoryOutput(args)
		if exitCode(err) != exitUsage || out != "" || strings.Contains(err.Error(), "\n") {
			t.Errorf("theory %s: error %v, output %q", args, err, out)
		}
	}
}

// Each curve says what it means, what its columns are, and gives an example. The list
// is in groups.
func TestTheoryHelp(t *testing.T) {
	out, err := theoryOutput("--help")
	before := -1
	for _, group := range tables.Groups {
		at := strings.Index(out, "\n"+group+":\n")
		if at <= before {
			t.Errorf("%s is not listed, or in another order", group)
		}
		before = at
	}
	if err != nil {
		t.Error(err)
	}
	out, _ = theoryOutput("dreaming --help")
	for _, want := range []string{"Columns:\n  alpha ", "Columns with --capacity:\n  sleep "} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in %s", want, out)
		}
	}
	for _, c := range theoryCommand().Commands() {
		if len(c.Long) < 200 || c.Example == "" || c.Short == "" {
			t.Errorf("theory %s has little help", c.Name())
		}
	}
}

func TestTheoryDefaults(t *testing.T) {
	for _, args := range []string{"ags", "ags --T 0.9", "ags-1rsb", "one-step", "two-step", "neurodynamics", "mixtures", "complexity", "dense --spinodal", "exponential"} {
		out, err := theoryOutput(args)
		if err != nil || strings.Count(out, "\n") < 2 || strings.Contains(out, "NaN") {
			t.Errorf("theory %s: %v\n%s", args, err, out)
		}
	}
}
