package experiment

import (
	"reflect"
	"slices"
	"testing"

	"hopcap/experiment/memory"
	"hopcap/sweep/study"
)

// keyOf returns a key of a list, by its table and name.
func keyOf(t *testing.T, keys []study.Key, table, name string) study.Key {
	t.Helper()
	at := slices.IndexFunc(keys, func(k study.Key) bool { return k.Table == table && k.Name == name })
	if at < 0 {
		t.Fatalf("no key %s of table %q", name, table)
	}
	return keys[at]
}

// What an experiment lacks depends on the kind of experiment, and nothing else does.
func TestLackedKeys(t *testing.T) {
	keys := keysOf(memory.Kinds(), []Experiment{
		{Kind: "a"}, {Kind: "b", Lacks: []string{"K", "alpha", "model.kind"}}, {Kind: "c", Lacks: []string{"alpha"}},
	})
	for _, c := range []struct {
		table, name string
		want        []string
	}{
		{"", "N", nil}, {"", "K", []string{"a", "c"}}, {"", "alpha", []string{"a"}}, {"model", "kind", []string{"a", "c"}},
		{"experiment", "kind", nil}, {"dynamics", "order", nil},
	} {
		k := keyOf(t, keys, c.table, c.name)
		if !slices.Equal(k.For, c.want) || (k.DependsOn == "experiment.kind") != (c.want != nil) {
			t.Errorf("%s.%s depends on %q = %v, want %v", c.table, c.name, k.DependsOn, k.For, c.want)
		}
	}
}

// A key that several kinds declare is one key; what they say differently of it are
// variants, one for all kinds that say the same.
func TestVariants(t *testing.T) {
	short := study.Key{Table: "dynamics", Name: "max_sweeps", Type: study.Int, Default: "7", Range: "≥ 1", Doc: "sweeps"}
	own := study.Key{Table: "experiment", Name: "goal", Type: study.Int, Default: "1", Doc: "the goal"}
	far := study.Key{Table: "experiment", Name: "goal", Type: study.Int, Default: "9", Range: "1 … 9", Check: study.Between("goal", 1, 9), Doc: "the goal"}
	cities := study.Key{Table: "experiment", Name: "cities", Type: study.Int, Default: "5", Doc: "cities", DependsOn: "problem", For: []string{"tour"}}
	gain := study.Key{Table: "dynamics", Name: "gain", Type: study.Decimal, Default: "1.0", Doc: "gain"}
	memories := []memory.Kind{{Name: "m", Keys: []study.Key{gain, short}}, {Name: "n", Keys: []study.Key{{Table: "model", Name: "own", Type: study.Int, Doc: "own"}}}}
	keys := keysOf(memories, []Experiment{
		{Kind: "a", Keys: []study.Key{own}}, {Kind: "b", Keys: []study.Key{far, cities}}, {Kind: "c", Keys: []study.Key{far}}, {Kind: "d"},
	})
	for _, c := range []struct {
		table, name, dependsOn string
		kinds                  []string
		variants               []study.Variant
	}{
		{"dynamics", "max_sweeps", "", nil, []study.Variant{{DependsOn: "model.kind", For: []string{"m"}, Default: "7", Doc: "sweeps"}}},
		{"dynamics", "gain", "model.kind", []string{"m"}, nil},
		{"model", "own", "", []string{"n"}, nil},
		{"experiment", "goal", "", []string{"a", "b", "c"}, []study.Variant{{For: []string{"b", "c"}, Default: "9", Range: "1 … 9"}}},
		{"experiment", "cities", "problem", []string{"tour"}, nil},
	} {
		k := keyOf(t, keys, c.table, c.name)
		if k.DependsOn != c.dependsOn || !slices.Equal(k.For, c.kinds) {
			t.Errorf("%s depends on %q = %v, want %q = %v", c.name, k.DependsOn, k.For, c.dependsOn, c.kinds)
		}
		for i := range k.Variants {
			if (k.Variants[i].Check != nil) != (k.Variants[i].Range != "") {
				t.Errorf("%s: variant %d has a range without a check, or the other way round", c.name, i)
			}
			k.Variants[i].Check = nil
		}
		if !reflect.DeepEqual(k.Variants, c.variants) {
			t.Errorf("%s: variants %+v, want %+v", c.name, k.Variants, c.variants)
		}
	}
}

// To declare a key again changes nothing of where it applies, if it applied already.
func TestKeysDeclaredAgain(t *testing.T) {
	sweeps := study.Key{Table: "dynamics", Name: "max_sweeps", Type: study.Int, Default: "7"}
	keys := keysOf(memory.Kinds(), []Experiment{{Kind: "a", Keys: []study.Key{sweeps}}, {Kind: "b", Lacks: []string{"max_sweeps"}}, {Kind: "c"}})
	if k := keyOf(t, keys, "dynamics", "max_sweeps"); !slices.Equal(k.For, []string{"a", "c"}) {
		t.Errorf("max_sweeps is for %v, want a and c", k.For)
	}
	all := study.Key{Table: "experiment", Name: "all", Type: study.Int, Default: "1"}
	if k := merge([]study.Key{all}, []study.Key{all}, "experiment", "a")[0]; k.For != nil || k.Variants != nil {
		t.Errorf("a key of all kinds is for %v, with variants %v", k.For, k.Variants)
	}
}
