//go:build linux || darwin

package store_test

import (
	"context"
	"errors"
	"fmt"
	"hopcap/sweep"
	"hopcap/sweep/config"
	"hopcap/sweep/store"
	"hopcap/sweep/study"
	"hopcap/sweep/sweeptest"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"
)

// child names the environment variable that makes the test binary one of the
// processes below instead; its value is the directory.
const child = "HOPCAP_SWEEP_CHILD_"

func TestMain(m *testing.M) {
	for name, run := range map[string]func(dir string) error{
		"RUN":    func(dir string) error { return runForKill(dir, killed) },
		"ROUNDS": func(dir string) error { return runForKill(dir, sweeptest.Adaptive) },
		"HOLD":   holdLock, "FULL": fillDisk,
	} {
		if dir := os.Getenv(child + name); dir != "" {
			if err := run(dir); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			return
		}
	}
	os.Exit(m.Run())
}

// start runs a child.
func start(t *testing.T, name, dir string) (*exec.Cmd, *strings.Builder) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), child+name+"="+dir)
	var output strings.Builder
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, &output
}

// killed is a study of which one run takes longer than the time it is given.
const killed = "N = [2, 3, 5]\nbias = [0.2, 0.8]\nsamples = 150\ncues = 2"

// runForKill commits all the time, to be hit in the middle of it.
func runForKill(dir, grid string) error {
	store.SetBatches(time.Millisecond, 1<<15, 1<<16)
	cfg, err := sweeptest.Parse("coins.toml", []byte("seed = 1\n[sweep]\n"+grid))
	if err != nil {
		return err
	}
	slow := sweeptest.Replace(cfg, func(_ context.Context, p *config.Point, u store.Unit, _ study.Env) (study.Rows, error) {
		time.Sleep(time.Millisecond)
		return sweeptest.TossPoint(p, u), nil
	})
	_, err = sweep.Run(context.Background(), slow, sweep.Options{Dir: dir, Workers: 2})
	return err
}

func TestKilledAnywhere(t *testing.T) {
	for name, grid := range map[string]string{"RUN": killed, "ROUNDS": sweeptest.Adaptive} {
		t.Run(name, func(t *testing.T) { killAnywhere(t, name, grid) })
	}
}

// killAnywhere kills a child that runs a study again and again, until it is done or
// was killed often enough.
func killAnywhere(t *testing.T, name, grid string) {
	dir, reference := t.TempDir(), t.TempDir()
	want := mustRun(t, sweeptest.Study(t, grid), sweep.Options{Dir: reference}).UnitsDone
	kills := 0
	for range 20 {
		before := unitsIn(t, dir)
		cmd, output := start(t, name, dir)
		time.Sleep(time.Duration(10+rand.IntN(60)) * time.Millisecond)
		_ = cmd.Process.Kill()
		if err := cmd.Wait(); err == nil {
			break // it was done
		} else if state := cmd.ProcessState.Sys().(syscall.WaitStatus); !state.Signaled() {
			t.Fatalf("%v: %s", err, output)
		}
		kills++
		if now := unitsIn(t, dir); now < before {
			t.Fatalf("%d units were saved, now %d", before, now)
		}
	}
	done := unitsIn(t, dir)
	t.Logf("%d kills, %d of %d units saved by then", kills, done, want)
	report := mustRun(t, sweeptest.Study(t, grid), sweep.Options{Dir: dir})
	if report.UnitsDone != want || report.Units != want-done {
		t.Errorf("%+v", report)
	}
	if exported(t, dir) != exported(t, reference) {
		t.Error("other records than of an uninterrupted run")
	}
}

// unitsIn is what a directory has, which may be nothing yet.
func unitsIn(t *testing.T, dir string) int {
	t.Helper()
	r, err := store.Open(dir, sweeptest.Parse)
	if err != nil {
		return 0
	}
	status, err := sweep.StatusOf(r)
	if err != nil {
		t.Fatal(err)
	}
	return status.Done
}

// holdLock takes the lock of a directory and does nothing until it is killed.
func holdLock(dir string) error {
	if err := store.Lock(dir); err != nil {
		return err
	}
	fmt.Println("held")
	select {}
}

func TestHeldDirectory(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, sweeptest.Study(t, sweeptest.Grid), sweep.Options{Dir: dir})
	cmd, output := start(t, "HOLD", dir)
	for store.Holder(dir) == "" {
		time.Sleep(time.Millisecond)
	}
	_, err := sweep.Run(context.Background(), sweeptest.Study(t, sweeptest.Grid), sweep.Options{Dir: dir})
	var heldBy *store.HeldError
	if !errors.As(err, &heldBy) || !strings.Contains(err.Error(), fmt.Sprintf("pid %d on ", cmd.Process.Pid)) {
		t.Errorf("%v (%s)", err, output)
	}
	if _, err := store.Merge([]string{dir}, dir); !errors.As(err, &heldBy) {
		t.Errorf("a merge beside a run: %v", err)
	}
	mustRun(t, sweeptest.Study(t, sweeptest.Grid), sweep.Options{Dir: dir, Shard: store.Shard{Index: 0, Count: 2}}) // has its own lock
	if status, err := sweep.StatusOf(mustOpen(t, dir).Results); err != nil || !strings.Contains(status.Running, "pid") {
		t.Errorf("status: %+v, %v", status, err)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	mustRun(t, sweeptest.Study(t, sweeptest.Grid), sweep.Options{Dir: dir})
	if status, err := sweep.StatusOf(mustOpen(t, dir).Results); err != nil || status.Running != "" {
		t.Errorf("status afterwards: %+v, %v", status, err)
	}
}

// fillDisk runs where no file may grow beyond 64 KiB.
func fillDisk(dir string) error {
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 64 << 10, Max: 64 << 10}); err != nil {
		return err
	}
	store.SetBatches(time.Millisecond, 100, 1<<16)
	cfg, err := sweeptest.Parse("coins.toml", []byte("seed = 1\n[sweep]\n"+large))
	if err != nil {
		return err
	}
	_, err = sweep.Run(context.Background(), cfg, sweep.Options{Dir: dir, Workers: 2})
	return err
}

const large = "N = [2, 3]\nsamples = 1000\ncues = 2"

func TestFullDisk(t *testing.T) {
	dir, reference := t.TempDir(), t.TempDir()
	cmd, output := start(t, "FULL", dir)
	if err := cmd.Wait(); err == nil {
		t.Fatal("it did fit")
	}
	if path := database(dir); !strings.Contains(output.String(), path) {
		t.Errorf("%q does not name %s", output, path)
	}
	before := unitsIn(t, dir)
	if before == 0 {
		t.Error("nothing that was committed has stayed")
	}
	report := mustRun(t, sweeptest.Study(t, large), sweep.Options{Dir: dir})
	if report.UnitsDone != 2000 || report.Units != 2000-before {
		t.Errorf("afterwards: %+v", report)
	}
	mustRun(t, sweeptest.Study(t, large), sweep.Options{Dir: reference})
	if exported(t, dir) != exported(t, reference) {
		t.Error("other records than of a run with room")
	}
}
