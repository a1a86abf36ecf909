package sweep

import (
	"math"
	"os"
	"path/filepath"
	"testing"
)

func TestMemAvailable(t *testing.T) {
	const text = "MemTotal:       24688524 kB\nMemFree:         1000000 kB\nMemAvailable:   2000000 kB\n"
	if got := memAvailable([]byte(text)); got != 2000000<<10 {
		t.Errorf("%d bytes", got)
	}
	if got := memAvailable(nil); got != math.MaxInt64 {
		t.Errorf("nothing said: %d bytes", got)
	}
}

// TestCgroupAvailable has a job within a batch system's group: the tighter of the
// two counts, and files kept in memory do not.
func TestCgroupAvailable(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("slurm/memory.max", "8000\n")
	write("slurm/memory.current", "5000\n")
	write("slurm/memory.stat", "anon 4000\ninactive_file 1000\n")
	write("slurm/job/memory.max", "max\n")
	write("memory/old/memory.limit_in_bytes", "700")
	write("memory/old/memory.usage_in_bytes", "200")
	for cgroups, want := range map[string]int64{
		"0::/slurm/job\n": 4000,
		"0::/\n":          math.MaxInt64,
		"5:memory:/old\n4:cpu:/x\n0::/slurm/job\n": 500,
		"": math.MaxInt64,
	} {
		if got := cgroupAvailable(root, []byte(cgroups)); got != want {
			t.Errorf("%q: %d, want %d", cgroups, got, want)
		}
	}
}

func TestAddressesAvailable(t *testing.T) {
	for _, c := range []struct {
		limit uint64
		statm string
		want  int64
	}{
		{math.MaxUint64, "10 5 2 1", math.MaxInt64}, {100_000, "10 5 2 1\n", 59_040}, {100, "10 5", 0}, {100, "", math.MaxInt64},
	} {
		if got := addressesAvailable(c.limit, []byte(c.statm), 4096); got != c.want {
			t.Errorf("%d, %q: %d, want %d", c.limit, c.statm, got, c.want)
		}
	}
}
