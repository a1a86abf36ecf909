package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/spf13/cobra"
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
		"ags --points":                                         "name,value",
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
	} {
		out, err := theoryOutput(args)
		if exitCode(err) != exitUsage || out != "" || strings.Contains(err.Error(), "\n") {
			t.Errorf("theory %s: error %v, output %q", args, err, out)
		}
	}
}

// Each curve says what it means and gives an example.
func TestTheoryHelp(t *testing.T) {
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
