package memory_test

import (
	"encoding/json"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The new kind of memory in CONTRIBUTING is what it takes: its files, laid over the
// repository and nothing else touched, conform, and every experiment runs on them.
func TestContributing(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the program once more")
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	files := blocks(t, filepath.Join(root, "CONTRIBUTING.md"))
	overlay := struct{ Replace map[string]string }{map[string]string{}}
	dir, lines := t.TempDir(), 0
	for path, text := range files {
		if formatted, err := format.Source([]byte(text)); err != nil || string(formatted) != text {
			t.Errorf("%s: gofmt would change it, error %v", path, err)
		}
		if !strings.HasSuffix(path, "_test.go") {
			lines += strings.Count(text, "\n")
		}
		copied := filepath.Join(dir, strings.ReplaceAll(path, "/", "_"))
		if err := os.WriteFile(copied, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		overlay.Replace[filepath.Join(root, path)] = copied
	}
	if len(files) != 3 || lines > 100 {
		t.Fatalf("%d files, %d lines without the test; want a rule, its keys and a test of 100 lines at most", len(files), lines)
	}
	text, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(list, text, 0o600); err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), "go", "test", "-overlay", list, "-vet=off", "-v", "-run", "Thinned|EveryKind", "./model", "./experiment")
	c.Dir = root
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, test := range []string{"TestThinnedConforms", "TestEveryKindRunsEveryExperiment/thinned/retrieval", "TestEveryKindRunsEveryExperiment/thinned/thermal", "TestEveryKindRunsEveryExperiment/thinned/tempering"} {
		if !strings.Contains(string(out), "--- PASS: "+test+" ") {
			t.Errorf("%s did not pass:\n%s", test, out)
		}
	}
}

// blocks returns the Go files in a document: code that begins with its path, a line
// "// model/thinned.go".
func blocks(t *testing.T, path string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, m := range regexp.MustCompile("(?s)```go\n// ([a-z_/]+\\.go)\n\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		files[m[1]] = m[2]
	}
	return files
}
