package disk

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestReadFile(t *testing.T) {
	dir := t.TempDir()
	file, pipe := filepath.Join(dir, "file"), filepath.Join(dir, "pipe")
	put(t, file, "12345", 0o644)
	if got, err := ReadFile(t.Context(), file, 5); err != nil || string(got) != "12345" {
		t.Errorf("%q, %v", got, err)
	}
	for _, path := range []string{file, "/dev/zero"} {
		if got, err := ReadFile(t.Context(), path, 4); err == nil || !strings.Contains(err.Error(), "must have at most 4 bytes") {
			t.Errorf("%s: %q, %v", path, got, err)
		}
	}
	if _, err := ReadFile(t.Context(), dir, 4); err == nil {
		t.Error("a directory was read")
	}
	if err := syscall.Mkfifo(pipe, 0o666); err != nil {
		t.Fatal(err)
	}
	go func() { _ = WriteFile(pipe, text("piped")) }()
	if got, err := ReadFile(t.Context(), pipe, 5); err != nil || string(got) != "piped" {
		t.Errorf("a pipe: %q, %v", got, err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := ReadFile(ctx, pipe, 5); !errors.Is(err, context.Canceled) {
		t.Errorf("a pipe that nobody writes to: %v", err)
	}
}

func TestRead(t *testing.T) {
	if got, err := Read(t.Context(), "standard input", strings.NewReader("12345"), 5); err != nil || string(got) != "12345" {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := Read(t.Context(), "standard input", strings.NewReader("123456"), 5); err == nil {
		t.Error("six bytes were read")
	}
}
