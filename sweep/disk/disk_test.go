package disk

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func text(content string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, content)
		return err
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func put(t *testing.T, path, content string, mode fs.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
}

// names lists a directory.
func names(t *testing.T, dir string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func TestModeOfFiles(t *testing.T) {
	before := syscall.Umask(0o027)
	defer syscall.Umask(before)
	dir := t.TempDir()
	fresh, kept := filepath.Join(dir, "fresh"), filepath.Join(dir, "kept")
	put(t, kept, "old", 0o604)
	for path, want := range map[string]fs.FileMode{fresh: 0o640, kept: 0o604} {
		if err := WriteFile(path, text("new")); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil || info.Mode() != want || read(t, path) != "new" {
			t.Errorf("%s: mode %v, %v; must be %v", path, info.Mode(), err, want)
		}
	}
}

// Whatever call fails, or writes less than it was asked to, the old content is there
// whole with an error, or the new one.
func TestFaults(t *testing.T) {
	for _, call := range []string{"open", "write", "sync", "chmod", "rename"} {
		for _, fault := range []error{errInjected, errShort, syscall.ENOSPC, syscall.EIO} {
			dir := t.TempDir()
			path := filepath.Join(dir, "file")
			put(t, path, "old", 0o644)
			s := &faulty{call: call, n: 1, fault: func() error { return fault }}
			restore := Use(s)
			err := WriteFile(path, text("new content"))
			restore()
			if err == nil || s.calls == 0 {
				t.Errorf("%s, %v: no error in %d calls", call, fault, s.calls)
			}
			if got := read(t, path); got != "old" {
				t.Errorf("%s, %v: now there is %q", call, fault, got)
			}
			if list := names(t, dir); len(list) != 1 {
				t.Errorf("%s, %v: left %v", call, fault, list)
			}
		}
	}
}

// The second sync is of the directory: the new file is there, but it may not last.
func TestDirectoryNotSynced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	defer Use(&faulty{call: "sync", n: 2, fault: func() error { return syscall.EIO }})()
	if err := WriteFile(path, text("new")); !errors.Is(err, syscall.EIO) {
		t.Errorf("no error: %v", err)
	}
}

func TestFileSystemWithoutSync(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	for n := range 2 {
		restore := Use(&faulty{call: "sync", n: n + 1, fault: func() error { return syscall.EINVAL }})
		if err := WriteFile(path, text("new")); err != nil {
			t.Error(err)
		}
		restore()
	}
}

func TestWriterThatFailsOrPanics(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	put(t, path, "old", 0o644)
	if err := WriteFile(path, func(io.Writer) error { return errInjected }); !errors.Is(err, errInjected) {
		t.Error(err)
	}
	func() {
		defer func() { _ = recover() }()
		_ = WriteFile(path, func(io.Writer) error { panic("oh") })
	}()
	if list := names(t, dir); read(t, path) != "old" || len(list) != 1 {
		t.Errorf("left %v", list)
	}
}

const helperVariable = "DISK_TEST_KILLED_AT"

// TestHelperKilled is the process that TestKilled kills.
func TestHelperKilled(t *testing.T) {
	var n int
	var path string
	if _, err := fmt.Sscanf(os.Getenv(helperVariable), "%d %s", &n, &path); err != nil {
		t.Skip("only in a process of its own")
	}
	Use(&faulty{n: n, fault: killed})
	if err := WriteFile(path, text(strings.Repeat("new", 1<<16))); err != nil {
		t.Fatal(err)
	}
}

// Killed before any of its calls, a writer leaves the old file or the new one, and the
// next writer removes what else is there.
func TestKilled(t *testing.T) {
	kills := 0
	for n := 1; ; n++ {
		dir := t.TempDir()
		path := filepath.Join(dir, "file")
		put(t, path, "old", 0o644)
		c := exec.Command(os.Args[0], "-test.run=^TestHelperKilled$")
		c.Env = append(os.Environ(), fmt.Sprintf("%s=%d %s", helperVariable, n, path))
		err := c.Run()
		if got := read(t, path); got != "old" && got != strings.Repeat("new", 1<<16) {
			t.Fatalf("killed at call %d: %d bytes", n, len(got))
		}
		if err == nil {
			break
		}
		kills++
		if err := WriteFile(path, text("newer")); err != nil {
			t.Fatal(err)
		}
		if list := names(t, dir); len(list) != 1 || read(t, path) != "newer" {
			t.Errorf("killed at call %d: left %v", n, list)
		}
	}
	if kills < 8 {
		t.Errorf("killed at %d calls only", kills)
	}
}

// Left-overs go, of this version and of earlier ones; what another writer is at, and
// files of other names, stay.
func TestLeftovers(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{".hopcap-1-1.tmp", "file.part", "file.1234.tmp", "other.part", "file.tmp", "file.new.tmp"} {
		put(t, filepath.Join(dir, name), "x", 0o644)
	}
	if err := syscall.Mkfifo(filepath.Join(dir, ".hopcap-2-2.tmp"), 0o644); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "file")
	err := WriteFile(path, func(w io.Writer) error {
		if err := WriteFile(filepath.Join(dir, "second"), text("second")); err != nil {
			return err
		}
		return text("first")(w)
	})
	if err != nil || read(t, path) != "first" {
		t.Errorf("a writer lost its file to another: %v", err)
	}
	const want = "[.hopcap-2-2.tmp file file.new.tmp file.tmp other.part second]"
	if got := fmt.Sprint(names(t, dir)); got != want {
		t.Errorf("there are %s, must be %s", got, want)
	}
}

// A link stays a link, wherever it leads.
func TestLinks(t *testing.T) {
	dir := t.TempDir()
	elsewhere := filepath.Join(dir, "a", "b")
	if err := os.MkdirAll(elsewhere, 0o777); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{
		"there":   "a/b/there",
		"missing": "a/b/missing",
		"twice":   "there2",
		"there2":  filepath.Join(elsewhere, "there2"),
		"up":      "dir/../up", // of a/b, so a
		"dir":     "a/b",
	} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	put(t, filepath.Join(elsewhere, "there"), "old", 0o600)
	for link, target := range map[string]string{"there": "a/b/there", "missing": "a/b/missing", "twice": "a/b/there2", "up": "a/up"} {
		if err := WriteFile(filepath.Join(dir, link), text(link)); err != nil {
			t.Error(err)
			continue
		}
		if info, err := os.Lstat(filepath.Join(dir, link)); err != nil || info.Mode().Type() != fs.ModeSymlink {
			t.Errorf("%s is no link any more: %v", link, err)
		}
		if got := read(t, filepath.Join(dir, target)); got != link {
			t.Errorf("%s holds %q", target, got)
		}
	}
	loop := filepath.Join(dir, "loop")
	if err := os.Symlink("loop", loop); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(loop, text("x")); !errors.Is(err, syscall.ELOOP) {
		t.Errorf("a link to itself: %v", err)
	}
	if err := WriteFile(elsewhere, text("x")); !errors.Is(err, syscall.EISDIR) {
		t.Errorf("a directory: %v", err)
	}
}

func TestPipe(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o666); err != nil {
		t.Fatal(err)
	}
	reader, err := os.OpenFile(pipe, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = reader.Close() }()
	if err := WriteFile(pipe, text("through")); err != nil {
		t.Error(err)
	}
	if got, err := io.ReadAll(reader); err != nil || string(got) != "through" {
		t.Errorf("read %q, %v", got, err)
	}
	if info, err := os.Lstat(pipe); err != nil || info.Mode().Type() != fs.ModeNamedPipe {
		t.Errorf("it is no pipe any more: %v", err)
	}
	defer Use(&faulty{call: "write", n: 1, fault: func() error { return errShort }})()
	if err := WriteFile(pipe, text("through")); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("half of it was written: %v", err)
	}
}

func TestSocket(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "s")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Skip(err)
	}
	defer func() { _ = l.Close() }()
	if err := WriteFile(socket, text("through")); err != nil {
		t.Fatal(err)
	}
	c, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(c); err != nil || string(got) != "through" {
		t.Errorf("read %q, %v", got, err)
	}
}

// A device is written to and stays what it was. The devices are copies, for a fault of
// this package would replace the real ones.
func TestDevices(t *testing.T) {
	for name, minor := range map[string]int{"null": 3, "full": 7} {
		path := filepath.Join(t.TempDir(), name)
		if err := syscall.Mknod(path, syscall.S_IFCHR|0o666, 1<<8|minor); err != nil {
			t.Skipf("mknod, which may need root: %v", err)
		}
		err := WriteFile(path, text("through"))
		if name == "null" && err != nil || name == "full" && !errors.Is(err, syscall.ENOSPC) {
			if errors.Is(err, fs.ErrPermission) {
				t.Skip("devices cannot be opened here")
			}
			t.Errorf("%s: %v", name, err)
		}
		if info, err := os.Lstat(path); err != nil || info.Mode().Type() != fs.ModeDevice|fs.ModeCharDevice {
			t.Errorf("%s is no device any more: %v", name, err)
		}
	}
}

// What is open already is appended to: a shell may have written there before.
func TestDescriptor(t *testing.T) {
	if _, err := os.Stat("/dev/fd/0"); err != nil {
		t.Skip(err)
	}
	path := filepath.Join(t.TempDir(), "file")
	put(t, path, "before, ", 0o644)
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for _, dir := range []string{"/dev/fd", "/proc/self/fd"} {
		link := filepath.Join(t.TempDir(), "link")
		if err := os.Symlink(fmt.Sprintf("%s/%d", dir, f.Fd()), link); err != nil {
			t.Fatal(err)
		}
		if err := WriteFile(link, text("after. ")); err != nil {
			t.Error(err)
		}
	}
	var now bytes.Buffer
	if _, err := now.ReadFrom(f); err != nil || now.String() != "before, after. after. " {
		t.Errorf("%q, %v", now.String(), err)
	}
}

func TestReadOnlyDirectory(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write anywhere")
	}
	dir := t.TempDir()
	put(t, filepath.Join(dir, "file"), "old", 0o644)
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.Chmod(dir, 0o755) }()
	if err := WriteFile(filepath.Join(dir, "file"), text("new")); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("no error: %v", err)
	}
}
