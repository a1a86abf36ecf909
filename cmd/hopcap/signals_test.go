package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// processVariable makes the test binary the program itself.
const processVariable = "HOPCAP_TEST_PROCESS"

func TestMain(m *testing.M) {
	if os.Getenv(processVariable) != "" {
		main()
	}
	os.Exit(m.Run())
}

// process prepares hopcap as a process of its own, with a shell between if a script is
// given, which begins it with exec "$@".
func process(script string, args ...string) *exec.Cmd {
	program, err := os.Executable()
	if err != nil {
		panic(err)
	}
	c := exec.Command(program, args...)
	if script != "" {
		c = exec.Command("sh", append([]string{"-c", script, "sh", program}, args...)...)
	}
	c.Env = append(os.Environ(), processVariable+"=1")
	return c
}

// pipe makes a named pipe.
func pipe(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pipe.toml")
	if err := syscall.Mkfifo(path, 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// openOnceRead opens a pipe for writing as soon as somebody reads it.
func openOnceRead(t *testing.T, path string) *os.File {
	t.Helper()
	for {
		f, err := os.OpenFile(path, os.O_WRONLY|syscall.O_NONBLOCK, 0)
		if err == nil {
			return f
		}
		time.Sleep(time.Millisecond)
	}
}

func start(t *testing.T, c *exec.Cmd) {
	t.Helper()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill() })
}

func send(t *testing.T, c *exec.Cmd, signals ...syscall.Signal) {
	t.Helper()
	for _, s := range signals {
		if err := c.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
	}
}

// A command that waits for its config ends with the exit code of the signal.
func TestSignalsEndACommand(t *testing.T) {
	for signal, want := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 143, syscall.SIGHUP: 129} {
		for _, command := range []string{"plan", "run"} {
			config := pipe(t)
			var stderr bytes.Buffer
			c := process("", command, config, "--out", t.TempDir())
			c.Stderr = &stderr
			start(t, c)
			f := openOnceRead(t, config)
			send(t, c, signal)
			_ = c.Wait()
			_ = f.Close()
			if code := c.ProcessState.ExitCode(); code != want || strings.Count(stderr.String(), "\n") != 1 {
				t.Errorf("%s, %v: exit %d, want %d: %s", command, signal, code, want, &stderr)
			}
		}
	}
}

// A command that looks at nothing ends soon, and at once at the second signal.
func TestSignalsEndACommandThatIsStuck(t *testing.T) {
	dir := t.TempDir()
	must(t, "run", variant(t, "samples = 12", "samples = 60"), "--out", dir) // more than a pipe holds
	for _, signals := range [][]syscall.Signal{{syscall.SIGTERM}, {syscall.SIGTERM, syscall.SIGTERM}} {
		out := pipe(t)
		var stderr bytes.Buffer
		c := process("", "export", dir, "--format", "json", "-o", out)
		c.Stderr = &stderr
		start(t, c)
		f, err := os.Open(out) // the command has opened it then, and nobody reads it
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range signals {
			send(t, c, s)
			time.Sleep(10 * time.Millisecond) // two of a kind that wait are one
		}
		_ = c.Wait()
		_ = f.Close()
		if code := c.ProcessState.ExitCode(); code != 143 || !strings.Contains(stderr.String(), "terminated") {
			t.Errorf("exit %d: %s", code, &stderr)
		}
	}
}

// A run that has begun saves what is finished.
func TestSignalsEndARun(t *testing.T) {
	config := variant(t, "samples = 12", "samples = 100000")
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		dir := t.TempDir()
		var stderr bytes.Buffer
		c := process("", "run", config, "--out", dir)
		c.Stderr = &stderr
		start(t, c)
		for { // until it has stored something
			if out, _, _ := command(t, "status", dir); strings.Contains(out, "pattern sets in") && !strings.Contains(out, "\n0 of") {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		send(t, c, signal)
		_ = c.Wait()
		if code := c.ProcessState.ExitCode(); code != exitStopped || !strings.Contains(stderr.String(), "saved") {
			t.Errorf("%v: exit %d: %s", signal, code, &stderr)
		}
	}
}

// Under nohup a run goes on when the terminal hangs up.
func TestHangupUnderNohup(t *testing.T) {
	config := pipe(t)
	c := process(`trap "" HUP; exec "$@"`, "plan", config)
	start(t, c)
	f := openOnceRead(t, config)
	send(t, c, syscall.SIGHUP, syscall.SIGTERM)
	_ = c.Wait()
	_ = f.Close()
	if code := c.ProcessState.ExitCode(); code != 143 {
		t.Errorf("exit %d, want that of TERM, 143", code)
	}
}

// goneReader is the end of a pipe whose reader has gone.
func goneReader(t *testing.T) *os.File {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Close()
	t.Cleanup(func() { _ = w.Close() })
	return w
}

// A run goes on without a terminal. Of a command whose results nobody takes it is an
// error.
func TestVanishedTerminal(t *testing.T) {
	dir := t.TempDir()
	c := process("", "run", small, "--out", dir)
	c.Stdout, c.Stderr = goneReader(t), goneReader(t)
	if err := c.Run(); err != nil {
		t.Errorf("a run without a terminal: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "small.png")); err != nil {
		t.Error(err)
	}
	var stderr bytes.Buffer
	c = process("", "export", dir)
	c.Stdout, c.Stderr = goneReader(t), io.Writer(&stderr)
	if _ = c.Run(); c.ProcessState.ExitCode() != exitFailed || strings.Count(stderr.String(), "\n") != 1 {
		t.Errorf("an export that nobody takes: exit %d: %s", c.ProcessState.ExitCode(), &stderr)
	}
}
