package experiment

import (
	"strings"
	"testing"

	"hopcap/sweep/config"
)

const fromFile = `seed = 1
[model]
kind = "hopfield"
[patterns]
ensemble = "file"
path = "letters.npy"
[experiment]
kind = "retrieval"
[sweep]
N = 20
K = 3
samples = 1
`

// Without a way to open files a config that names one is refused, and says which.
func TestRepeatedWithoutFiles(t *testing.T) {
	_, err := config.Parse("x.toml", []byte(fromFile), Retrieval.Repeated(nil))
	if err == nil || !strings.Contains(err.Error(), "letters.npy") || !strings.Contains(err.Error(), "this caller reads no files") {
		t.Errorf("error %v", err)
	}
	random := strings.Replace(fromFile, "\"file\"\npath = \"letters.npy\"", `"unbiased"`, 1)
	if _, err := config.Parse("x.toml", []byte(random), Retrieval.Repeated(nil)); err != nil {
		t.Errorf("without a file: %v", err)
	}
}
