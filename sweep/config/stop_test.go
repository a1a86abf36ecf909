package config_test

import (
	"hopcap/sweep/config"
	"hopcap/sweep/study"
	"hopcap/sweep/sweeptest"
	"strings"
	"testing"
)

func TestFaultsOfTheStop(t *testing.T) {
	const grid = "seed = 1\n[sweep]\nN = [2, 3]\nbias = [0.2, 0.8]\nsamples = 10\n[stop]\nquantity = \"heads\"\n"
	for source, want := range map[string]string{
		grid:                                                                          `c.toml:6: [stop]: must have threshold_error or stderr`,
		grid + "threshold_error = 0":                                                  `c.toml:8: stop.threshold_error = 0: must be greater than 0`,
		grid + "stderr = -0.1":                                                        `c.toml:8: stop.stderr = -0.1: must be greater than 0`,
		grid + "stderr = \"0.1\"":                                                     `c.toml:8: stop.stderr = "0.1": must be a number, greater than 0`,
		grid + "stderr = 0.1\nmax_samples = 9":                                        `c.toml:9: stop.max_samples = 9: must be at least samples = 10`,
		grid + "stderr = 0.1\nmax_samples = 0":                                        `c.toml:9: stop.max_samples = 0: must be 1 … 1000000000`,
		grid + "stderr = 0.1\nmax_samples = 1e3":                                      `c.toml:9: stop.max_samples = 1e3: must be an integer, 1 … 1000000000`,
		grid + "sdterr = 0.1\nstderr = 0.1":                                           `c.toml:8: stop.sdterr = 0.1: unknown key; did you mean "stderr"?`,
		grid + "stderr = 0.1\n[model]\nmax_samples = 20":                              `c.toml:10: model.max_samples = 20: belongs in [stop]`,
		strings.Replace(grid, `"heads"`, `"haeds"`, 1) + "stderr = 0.1":               `c.toml:7: stop.quantity = "haeds": must be "heads"; did you mean "heads"?`,
		strings.Replace(grid, `"heads"`, `"turns"`, 1) + "stderr = 0.1":               `c.toml:7: stop.quantity = "turns": must be "heads"`,
		strings.Replace(grid, `quantity = "heads"`, "", 1) + "stderr = 0.1":           `c.toml:6: stop.quantity: must be given, "heads"`,
		strings.Replace(grid, `[0.2, 0.8]`, "[0.2]", 1) + "threshold_error = 0.1":     `c.toml:8: stop.threshold_error = 0.1: needs at least two loads for each curve; this curve has one: N=2,bias=0.2` + "\n" + `c.toml:8: stop.threshold_error = 0.1: needs at least two loads for each curve; this curve has one: N=3,bias=0.2`,
		strings.Replace(grid, `[stop]`, "[[stop]]", 1) + "stderr = 0.1":               `c.toml:6: [[stop]]: must be one table, [stop]`,
		"stop = 3\n" + strings.Replace(grid, "[stop]\nquantity = \"heads\"\n", "", 1): `c.toml:1: stop = 3: must be a table, [stop]`,
	} {
		if _, err := sweeptest.Parse("c.toml", []byte(source)); err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
	without := sweeptest.Coin()
	without.Load = study.Load{}
	if _, err := config.Parse("c.toml", []byte(grid+"threshold_error = 0.1"), without); err == nil || !strings.HasSuffix(err.Error(), "this experiment has no load") {
		t.Error(err)
	}
	without.Tables[0].Columns = without.Tables[0].Columns[:1]
	if _, err := config.Parse("c.toml", []byte(grid+"stderr = 0.1"), without); err == nil || !strings.Contains(err.Error(), "nothing that is 0 or 1") {
		t.Error(err)
	}
}
