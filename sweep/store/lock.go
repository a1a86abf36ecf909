package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/gofrs/flock"
)

// A HeldError says that another run works on the same records.
type HeldError struct {
	Path   string // of the lock
	Holder string // "pid 4711 on host since … : command"
}

func (e *HeldError) Error() string {
	return fmt.Sprintf("%s: another run works on these records: %s", e.Path, e.Holder)
}

// A lock keeps a second writer away from a store. The operating system releases it when its
// holder dies, so it is never stale. The text of the lock file is for people only.
type lock struct{ file *flock.Flock }

// lockFile takes the lock or returns a HeldError. Where the file system has no
// locks, the caller is trusted.
func lockFile(path string) (*lock, error) {
	file := flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o644))
	ctx, cancel := context.WithTimeout(context.Background(), lockPatience)
	defer cancel()
	_, err := file.TryLockContext(ctx, lockPatience/10)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return nil, &HeldError{path, holder(path)}
	case errors.Is(err, syscall.ENOLCK), errors.Is(err, syscall.ENOSYS), errors.Is(err, errors.ErrUnsupported):
		return &lock{file}, nil
	case err != nil:
		return nil, err
	}
	return &lock{file}, os.WriteFile(path, []byte(thisProcess()), 0o644)
}

// lockPatience outlasts somebody who only looks whether a lock is held.
const lockPatience = 200 * time.Millisecond

// release empties the file: nobody holds it. That the directory has gone by then
// is no fault of the run.
func (l *lock) release() error {
	_ = os.Truncate(l.file.Path(), 0)
	return l.file.Close()
}

// held tells who holds a lock, "" if nobody does.
func held(path string) string {
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	file := flock.New(path, flock.SetFlag(os.O_RDONLY))
	free, err := file.TryRLock()
	if err != nil || free {
		_ = file.Close()
		return ""
	}
	return holder(path)
}

// holder is what the holder of a lock wrote into it.
func holder(path string) string {
	text, err := os.ReadFile(path)
	if err != nil || len(text) == 0 {
		return "another run"
	}
	return strings.TrimSpace(string(text))
}

// thisProcess tells who holds a lock.
func thisProcess() string {
	host, err := os.Hostname()
	if err != nil {
		host = "an unknown host"
	}
	return fmt.Sprintf("pid %d on %s since %s: %s\n",
		os.Getpid(), host, time.Now().Format(time.RFC3339), strings.Join(os.Args, " "))
}

// Running names the processes that work on the directory now.
func (r *Results) Running() string {
	locks, _ := filepath.Glob(filepath.Join(escapeGlob(r.Dir), "shards", "*.lock"))
	var who []string
	for _, path := range append([]string{lockPath(r.Dir, Shard{})}, locks...) {
		if h := held(path); h != "" {
			who = append(who, h)
		}
	}
	return strings.Join(who, "; ")
}
