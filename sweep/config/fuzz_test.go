package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"hopcap/sweep/study"
)

// FuzzParse holds whatever is given as a config to this: it never panics; it is
// either a config or a list of faults; a fault has a line that is there, and lacks it
// only where something is missing from the file; and a config that is written out
// point by point has the same points.
func FuzzParse(f *testing.F) {
	for _, src := range seedConfigs(f) {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		c, err := Parse("x.toml", []byte(src), toyExperiment())
		if err != nil {
			checkFaults(t, src, err)
			return
		}
		if len(c.Points) > 50 {
			return
		}
		again, err := Parse("y.toml", []byte(written(c)), toyExperiment())
		if err != nil {
			t.Fatalf("%v\n%s", err, written(c))
		}
		if !reflect.DeepEqual(ids(again), ids(c)) {
			t.Fatalf("got %q\nwant %q", ids(again), ids(c))
		}
	})
}

// seedConfigs are sound and broken configs to begin with.
func seedConfigs(f *testing.F) []string {
	paths, err := filepath.Glob("testdata/configs/*.toml")
	if err != nil || len(paths) == 0 {
		f.Fatal("no configs to begin with")
	}
	list := []string{"", sound, toyConfig, toyConfig + "[stop]\nquantity = \"heads\"\nthreshold_error = 1e-3\nmax_samples = 1000\n"}
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		list = append(list, string(src))
	}
	return list
}

func checkFaults(t *testing.T, src string, err error) {
	var faults Faults
	if !errors.As(err, &faults) || len(faults) == 0 {
		t.Fatalf("no faults: %v", err)
	}
	for _, fault := range faults {
		missing := strings.HasPrefix(fault.Allowed, "must be given")
		if fault.Line > 1+strings.Count(src, "\n") || fault.Line < 1 && !missing {
			t.Fatalf("line %d: %v", fault.Line, fault)
		}
		if strings.ContainsAny(fault.String(), "\n\r") {
			t.Fatalf("more than one line: %q", fault.String())
		}
		if strings.Contains(fault.Allowed, "not understood") {
			t.Fatalf("the library and the scanner do not agree: %v", fault)
		}
	}
}

// written is a config with a block for each point.
func written(c *Config) string {
	var b strings.Builder
	fmt.Fprintf(&b, "seed = %d\n[experiment]\nkind = \"toss\"\n", c.Seed)
	for _, p := range c.Points {
		fmt.Fprintf(&b, "[[sweep]]\nsamples = %d\ncues = %d\n", p.Samples, p.Cues)
		for _, i := range p.Identity {
			fmt.Fprintf(&b, "%s = %v\n", i.Name, i.Value)
		}
		for slot, v := range p.Settings.(*settings).values {
			if k := c.schema.keys[slot]; v != nil && k.Table != "" && !k.Single {
				fmt.Fprintf(&b, "%s = %s\n", k.name, tomlText(v))
			}
		}
	}
	return b.String()
}

func tomlText(v *value) string {
	if v.kind == study.Text {
		return fmt.Sprintf("%q", v.text)
	}
	return v.text
}

func ids(c *Config) []string {
	var list []string
	for _, p := range c.Points {
		list = append(list, fmt.Sprintln(p.ID, p.Samples, p.Cues))
	}
	return list
}
