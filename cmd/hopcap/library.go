package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	"github.com/sbinet/npyio/npy"

	"hopcap/experiment"
	"hopcap/model"
	"hopcap/sweep/study"
)

// A library reads the files that a config names, each once, for experiments,
// which open none.
type library struct {
	dir   string // of relative paths
	mu    sync.Mutex
	files map[string]*experiment.PatternFile
}

func newLibrary(dir string) *library {
	return &library{dir: dir, files: map[string]*experiment.PatternFile{}}
}

// with are the settings of a point, with the files that they name.
func (l *library) with(s study.Settings) experiment.Settings { return pointWithFiles{s, l} }

type pointWithFiles struct {
	study.Settings
	*library
}

// Patterns reads a file of patterns.
func (l *library) Patterns(path string) (*experiment.PatternFile, error) {
	if !filepath.IsAbs(path) {
		path = filepath.Join(l.dir, path)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if f := l.files[path]; f != nil {
		return f, nil
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	patterns, err := readPatterns(content)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	f := &experiment.PatternFile{Patterns: patterns, SHA256: fmt.Sprintf("%x", sha256.Sum256(content))}
	l.files[path] = f
	return f, nil
}

// readPatterns reads a NumPy array of shape (K, N) and any type of integers, ±1 or
// 0 and 1 for −1 and +1.
func readPatterns(content []byte) (*model.Patterns, error) {
	data := bytes.NewReader(content)
	array, err := npyHeader(data)
	if err != nil {
		return nil, err
	}
	shape := array.Shape
	if len(shape) != 2 || shape[0] < 1 || shape[1] < 1 {
		return nil, fmt.Errorf("an array of shape %v, must be K × N", shape)
	}
	value, width, err := integers(array.Type)
	if err != nil {
		return nil, err
	}
	k, n := shape[0], shape[1]
	raw := content[len(content)-data.Len():]
	if len(raw)/width/k != n || len(raw) != k*n*width {
		return nil, fmt.Errorf("%d bytes of data, must be %d × %d × %d", len(raw), k, n, width)
	}
	p := model.NewPatterns(n, k)
	var seen [3]bool // −1, 0, 1
	for mu := range k {
		for i := range n {
			at := mu*n + i
			if array.Fortran {
				at = i*k + mu
			}
			v := value(raw[at*width:])
			if v < -1 || v > 1 {
				return nil, fmt.Errorf("pattern %d has the value %d at neuron %d, must be ±1, or 0 and 1", mu, v, i)
			}
			seen[v+1] = true
			p.Set(i, mu, int8(v))
		}
	}
	if seen[0] && seen[1] {
		return nil, fmt.Errorf("the values −1 and 0 are both there, must be ±1, or 0 and 1")
	}
	return p, nil
}

// An npyArray is what a NumPy file says of its data.
type npyArray struct {
	Type    string
	Fortran bool
	Shape   []int
}

// npyHeader reads the head of a NumPy file. The package that does so trusts what
// it reads and slices out of bounds where the file is broken.
func npyHeader(data *bytes.Reader) (array npyArray, err error) {
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("no NumPy file: its header is broken")
		}
	}()
	r, err := npy.NewReader(data)
	if err != nil {
		return npyArray{}, fmt.Errorf("no NumPy file: %w", err)
	}
	d := r.Header.Descr
	return npyArray{d.Type, d.Fortran, d.Shape}, nil
}

// integers returns how values of a NumPy type are read, and their bytes.
func integers(dtype string) (value func([]byte) int64, width int, err error) {
	wrong := fmt.Errorf("values of type %q, must be integers", dtype)
	if len(dtype) < 3 {
		return nil, 0, wrong
	}
	var order binary.ByteOrder = binary.LittleEndian
	if dtype[0] == '>' {
		order = binary.BigEndian
	}
	signed := dtype[1] == 'i'
	width, err = strconv.Atoi(dtype[2:])
	if err != nil || dtype[1] != 'i' && dtype[1] != 'u' && dtype != "|b1" {
		return nil, 0, wrong
	}
	var read func([]byte) uint64
	switch width {
	case 1:
		read = func(b []byte) uint64 { return uint64(b[0]) }
	case 2:
		read = func(b []byte) uint64 { return uint64(order.Uint16(b)) }
	case 4:
		read = func(b []byte) uint64 { return uint64(order.Uint32(b)) }
	case 8:
		read = order.Uint64
	default:
		return nil, 0, wrong
	}
	return func(b []byte) int64 {
		v := read(b)
		if shift := 64 - 8*width; signed {
			return int64(v<<shift) >> shift
		}
		if v > 1 {
			return 2 // whatever it is, it is too large
		}
		return int64(v)
	}, width, nil
}
