package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// explosive is an output in which a command panics.
type explosive struct{}

func (explosive) Write([]byte) (int, error) { panic("out of\nluck") }

// A fault of the program is one line that says what to report, and where if asked.
func TestPanicIsOneLine(t *testing.T) {
	t.Setenv(stackVariable, "")
	var stderr strings.Builder
	code := hopcap(t.Context(), []string{"version", "--json"}, explosive{}, &stderr)
	text := stderr.String()
	if code != exitFailed || strings.Count(text, "\n") != 1 {
		t.Errorf("exit %d: %s", code, text)
	}
	for _, part := range []string{"out of luck", version, `"hopcap version --json"`, stackVariable} {
		if !strings.Contains(text, part) {
			t.Errorf("it does not say %s: %s", part, text)
		}
	}
	t.Setenv(stackVariable, "1")
	stderr.Reset()
	hopcap(t.Context(), []string{"version"}, explosive{}, &stderr)
	if !strings.Contains(stderr.String(), "explosive") {
		t.Errorf("it does not show where: %s", stderr.String())
	}
}

// Whatever a config is, it gets an answer in lines that name it.
func TestBrokenConfigs(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"twice":   "seed = 1\nseed = 1\n[model]\nkind = \"hopfield\"\n[experiment]\nkind = \"basin\"\n[sweep]\nN = 20\nK = 2\nsamples = 1\n",
		"twice 2": "seed = 1\n[model]\nkind = \"hopfield\"\nkind = \"dense\"\n[experiment]\nkind = \"tempering\"\n[sweep]\nN = 20\nK = 2\nsamples = 1\n",
		"broken":  "seed = = 1\n[experiment]\nkind = \"thermal\"\n[sweep]\nN = 20\n",
		"deep":    strings.Repeat("[", 1<<20),
		"dots":    strings.Repeat("a.", 1<<20),
		"large":   strings.Repeat("#", maxConfig+1),
		"empty":   "",
	} {
		path := filepath.Join(dir, name+".toml")
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		_, stderr, code := command(t, "run", path, "--out", filepath.Join(dir, "never"))
		if code != exitUsage || !strings.Contains(stderr, path) || strings.Contains(stderr, "fault of the program") {
			t.Errorf("%s: exit %d: %.300s", name, code, stderr)
		}
	}
	if _, stderr, code := command(t, "plan", "/dev/zero"); code != exitUsage || !strings.Contains(stderr, "must have at most") {
		t.Errorf("/dev/zero: exit %d: %s", code, stderr)
	}
}

func TestCanceledCommandSaysWhy(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("enough"))
	var stderr strings.Builder
	if code := hopcap(ctx, []string{"plan", small}, io.Discard, &stderr); code != exitFailed || stderr.String() != "hopcap: enough\n" {
		t.Errorf("exit %d: %s", code, stderr.String())
	}
}

// Where there are too few file handles it is said in one line, and nothing is dumped.
func TestFewFileHandles(t *testing.T) {
	for _, n := range []int{8, fewestHandles - 1, fewestHandles} {
		var stderr strings.Builder
		c := process(fmt.Sprintf(`ulimit -n %d; exec "$@"`, n), "run", small, "--out", t.TempDir(), "--workers", "1")
		c.Stderr = &stderr
		_ = c.Run()
		code, lines := c.ProcessState.ExitCode(), strings.Count(stderr.String(), "\n")
		if n < fewestHandles && (code != exitFailed || lines != 1) || n == fewestHandles && code != exitDone {
			t.Errorf("%d handles: exit %d: %s", n, code, stderr.String())
		}
	}
}
