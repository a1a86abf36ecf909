package disk

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// A faulty system is the real one, but for its n-th call of one name.
type faulty struct {
	Machine
	call  string // "write", "sync", "rename", …; "" for every call
	n     int    // from 1
	fault func() error
	calls int
}

var errInjected = errors.New("injected")

func (s *faulty) at(call string) error {
	if s.call != "" && s.call != call {
		return nil
	}
	if s.calls++; s.calls == s.n {
		return s.fault()
	}
	return nil
}

func (s *faulty) OpenFile(name string, flag int, mode fs.FileMode) (File, error) {
	if err := s.at("open"); err != nil {
		return nil, err
	}
	f, err := s.Machine.OpenFile(name, flag, mode)
	if err != nil {
		return nil, err
	}
	return &faultyFile{f, s}, nil
}

func (s *faulty) Rename(from, to string) error {
	if err := s.at("rename"); err != nil {
		return err
	}
	return s.Machine.Rename(from, to)
}

func (s *faulty) Remove(name string) error {
	if err := s.at("remove"); err != nil {
		return err
	}
	return s.Machine.Remove(name)
}

type faultyFile struct {
	File
	s *faulty
}

// A fault of errShort writes half and says nothing.
var errShort = errors.New("short")

func (f *faultyFile) Write(p []byte) (int, error) {
	switch err := f.s.at("write"); {
	case errors.Is(err, errShort):
		return f.File.Write(p[:len(p)/2])
	case err != nil:
		return 0, err
	}
	return f.File.Write(p)
}

func (f *faultyFile) Sync() error {
	if err := f.s.at("sync"); err != nil {
		return err
	}
	return f.File.Sync()
}

func (f *faultyFile) Chmod(mode fs.FileMode) error {
	if err := f.s.at("chmod"); err != nil {
		return err
	}
	return f.File.Chmod(mode)
}

func (f *faultyFile) Close() error {
	err := f.s.at("close")
	return errors.Join(err, f.File.Close())
}

// killed ends this process as kill -9 does.
func killed() error {
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {}
}
