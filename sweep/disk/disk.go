// Package disk writes all files of hopcap except the database of the records. A file is
// there whole or not at all, whatever fails on the way.
//
// WriteFile writes a temporary file beside the place of the new one, brings it to the
// disk, and renames it. The temporary file is called .hopcap-PID-COUNT.tmp. Its process
// holds a lock on it. If the process is killed, the next WriteFile into the directory
// finds the file without a lock and removes it.
package disk

import (
	"bufio"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"syscall"
)

// maxLinks is how many symbolic links are followed, as in Linux.
const maxLinks = 40

// WriteFile has write make the file at path. If there is an error, path is what it was
// before: the old file, or none.
//
// A new file has mode 0666 less the umask. A file that is there keeps its mode. Where
// path is a symbolic link, the file that it points to is written, and the link stays. A
// device, a pipe or a socket is written to, and stays: it receives what write has
// written even if an error follows.
func WriteFile(path string, write func(io.Writer) error) error {
	target, info, err := follow(path)
	switch {
	case err != nil:
		return err
	case descriptor.MatchString(target):
		return writeTo(target, os.O_APPEND, write)
	case info == nil || info.Mode().IsRegular():
		return replace(target, info, write)
	case info.IsDir():
		return &fs.PathError{Op: "write", Path: path, Err: syscall.EISDIR}
	case info.Mode().Type() == fs.ModeSocket:
		return writeToSocket(target, write)
	}
	return writeTo(target, 0, write)
}

// descriptor matches what is open already. Where a link such as /dev/stdout leads there,
// the file behind it is not to be replaced: it may be one to which a shell appends.
var descriptor = regexp.MustCompile(`^/(proc/self|dev)/fd/[0-9]+$`)

// follow follows symbolic links. The info is nil where nothing is there.
func follow(path string) (target string, info fs.FileInfo, err error) {
	target = path
	for range maxLinks {
		if descriptor.MatchString(target) {
			return target, nil, nil
		}
		info, err = system.Lstat(target)
		if errors.Is(err, fs.ErrNotExist) {
			return target, nil, nil
		}
		if err != nil || info.Mode().Type() != fs.ModeSymlink {
			return target, info, err
		}
		to, err := system.Readlink(target)
		if err != nil {
			return target, nil, err
		}
		if !filepath.IsAbs(to) {
			to = parent(target) + to
		}
		target = to
	}
	return target, nil, &fs.PathError{Op: "write", Path: path, Err: syscall.ELOOP}
}

// parent is the path up to its last separator, "./" if it has none. It is not cleaned:
// dir/.. is another directory where dir is a symbolic link.
func parent(path string) string {
	dir, _ := filepath.Split(path)
	return cmp.Or(dir, "."+string(filepath.Separator))
}

// writeTo writes to something that is there.
func writeTo(path string, flag int, write func(io.Writer) error) error {
	f, err := system.OpenFile(path, os.O_WRONLY|flag, 0)
	if err != nil {
		return err
	}
	return cmp.Or(write(whole{f}), f.Close())
}

// writeToSocket writes to whoever listens on a socket.
func writeToSocket(path string, write func(io.Writer) error) error {
	c, err := net.Dial("unix", path)
	if err != nil {
		return err
	}
	return cmp.Or(write(c), c.Close())
}

// replace writes a temporary file, which takes the place of path. The file keeps the
// mode of the one that was there, if there was one.
func replace(path string, was fs.FileInfo, write func(io.Writer) error) (err error) {
	dir := parent(path)
	removeLeftovers(dir, filepath.Base(path))
	f, name, err := createTemporary(dir)
	if err != nil {
		return err
	}
	renamed := false
	defer func() { // a panic in write leaves nothing behind either
		if !renamed {
			_ = system.Remove(name)
		}
		err = cmp.Or(err, f.Close())
	}()
	if was != nil {
		if err := f.Chmod(was.Mode().Perm()); err != nil {
			return err
		}
	}
	if err := fill(f, write); err != nil {
		return err
	}
	if err := system.Rename(name, path); err != nil { // still locked, lest somebody remove it
		return err
	}
	renamed = true
	return syncDirectory(dir)
}

// fill writes the content of a file and brings it to the disk.
func fill(f File, write func(io.Writer) error) error {
	b := bufio.NewWriterSize(f, 1<<16) // which lets no write be short
	if err := cmp.Or(write(b), b.Flush()); err != nil {
		return err
	}
	return synced(f.Sync())
}

// whole makes an error of a write that is short.
type whole struct{ File }

func (w whole) Write(p []byte) (int, error) {
	n, err := w.File.Write(p)
	if n < len(p) && err == nil {
		err = io.ErrShortWrite
	}
	return n, err
}

// syncDirectory makes a rename last.
func syncDirectory(dir string) error {
	d, err := system.OpenFile(dir, os.O_RDONLY, 0)
	if err != nil {
		return err
	}
	return cmp.Or(synced(d.Sync()), d.Close())
}

// synced is the error of a sync, but for file systems that have none.
func synced(err error) error {
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	return err
}
