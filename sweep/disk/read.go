package disk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
)

// ReadFile reads a file of at most limit bytes. What is larger is refused, a device
// without end too, after limit bytes. A pipe to which nobody writes is waited for until
// ctx ends.
func ReadFile(ctx context.Context, path string, limit int64) ([]byte, error) {
	return until(ctx, func() (content []byte, err error) {
		f, err := system.OpenFile(path, os.O_RDONLY, 0)
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() && info.Size() > limit {
			return nil, tooLarge(path, limit)
		}
		return readAll(path, f, limit)
	})
}

// Read reads r to its end, under the same rules. name is the name of r in errors.
func Read(ctx context.Context, name string, r io.Reader, limit int64) ([]byte, error) {
	return until(ctx, func() ([]byte, error) { return readAll(name, r, limit) })
}

func readAll(name string, r io.Reader, limit int64) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(content)) > limit {
		return nil, tooLarge(name, limit)
	}
	return content, err
}

func tooLarge(name string, limit int64) error {
	return fmt.Errorf("%s: must have at most %d bytes", name, limit)
}

// until returns what read does, or the error of ctx once it ends. A read that waits
// for a pipe cannot be called off: it is left behind.
func until(ctx context.Context, read func() ([]byte, error)) ([]byte, error) {
	type result struct {
		content []byte
		err     error
	}
	done := make(chan result, 1)
	go func() {
		content, err := read()
		done <- result{content, err}
	}()
	select {
	case r := <-done:
		return r.content, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
