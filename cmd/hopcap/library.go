package main

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"hopcap/experiment"
	"hopcap/model"
	"hopcap/sweep/npy"
	"hopcap/sweep/study"
)

// A library reads the files that a config names, each once. It does so for package
// experiment, which opens no files.
type library struct {
	dir   string // of relative paths
	mu    sync.Mutex
	files map[string]*experiment.PatternFile
}

func newLibrary(dir string) *library {
	return &library{dir: dir, files: map[string]*experiment.PatternFile{}}
}

// with returns the settings of a point, together with access to the files that they name.
func (l *library) with(s study.Settings) study.Settings { return pointWithFiles{s, l} }

type pointWithFiles struct {
	study.Settings
	*library
}

// maxPatternFile is how large a file of patterns may be, in bytes.
const maxPatternFile = 8 << 30

// Patterns reads a file of patterns. It must be a regular file, for it is read again
// whenever the config is.
func (l *library) Patterns(path string) (*experiment.PatternFile, error) {
	if !filepath.IsAbs(path) {
		path = filepath.Join(l.dir, path)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if f := l.files[path]; f != nil {
		return f, nil
	}
	f, err := readPatternFile(path)
	if err != nil {
		return nil, err
	}
	l.files[path] = f
	return f, nil
}

func readPatternFile(path string) (*experiment.PatternFile, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: is not a regular file", path)
	}
	if info.Size() > maxPatternFile {
		return nil, fmt.Errorf("%s: has %d bytes, must have at most %d: astype(\"int8\") stores each value in one byte",
			path, info.Size(), int64(maxPatternFile))
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	hash := sha256.New()
	patterns, err := readPatterns(bufio.NewReaderSize(io.TeeReader(f, hash), 1<<16), info.Size())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &experiment.PatternFile{Patterns: patterns, SHA256: fmt.Sprintf("%x", hash.Sum(nil))}, nil
}

// readPatterns reads a NumPy array of K patterns from a file of size bytes. The shape is
// (K, N), or has more dimensions, such as (K, height, width); N is then their product
// without K. Values are −1 and 1, 0 and 1, or 0 and 255, in any numeric type. The lower
// value stands for −1.
func readPatterns(file io.Reader, size int64) (*model.Patterns, error) {
	h, err := npy.ReadHeader(file)
	if err != nil {
		return nil, err
	}
	if len(h.Shape) < 2 || slices.Contains(h.Shape, 0) {
		return nil, fmt.Errorf("the array has shape %s, must be (K, N) or (K, height, width): use array.reshape(K, N)", npy.ShapeText(h.Shape))
	}
	value, width, err := h.Value()
	if err != nil {
		return nil, fmt.Errorf("%w: use astype(\"int8\")", err)
	}
	if err := h.Check(size); err != nil {
		return nil, err
	}
	p := model.NewPatterns(neuronsOf(h), h.Shape[0])
	at := placesOf(h)
	raw := make([]byte, width)
	var seen signsSeen
	for place := range p.K * p.N {
		if _, err := io.ReadFull(file, raw); err != nil {
			return nil, err
		}
		mu, i := at(place)
		sign, ok := seen.sign(value(raw))
		if !ok {
			return nil, fmt.Errorf("pattern %d has the value %v at neuron %d, must be ±1, or 0 and 1, or 0 and 255: "+
				`use np.where(array > 0, 1, -1).astype("int8")`, mu, value(raw), i)
		}
		p.Set(i, mu, sign)
	}
	return p, seen.check()
}

// neuronsOf is N, the number of values of one pattern.
func neuronsOf(h npy.Header) int {
	n := 1
	for _, d := range h.Shape[1:] {
		n *= d
	}
	return n
}

// placesOf returns a function of the place of a value in the file. The function returns the
// pattern μ and the neuron i that the value belongs to. Neurons are counted with the last
// index running fastest.
func placesOf(h npy.Header) func(place int) (mu, i int) {
	k, n := h.Shape[0], neuronsOf(h)
	if !h.Fortran {
		return func(place int) (mu, i int) { return place / n, place % n }
	}
	neuron := make([]int, n) // by the place of a value in its pattern
	for place := range neuron {
		rest, stride := place, n
		for _, d := range h.Shape[1:] { // the first of these runs fastest
			stride /= d
			neuron[place] += rest % d * stride
			rest /= d
		}
	}
	return func(place int) (mu, i int) { return place % k, neuron[place/k] }
}

// signsSeen are the values that a file has: −1, 0, 1, 255.
type signsSeen [4]bool

// sign returns the sign that a value stands for, and false if it stands for none.
func (s *signsSeen) sign(v float64) (int8, bool) {
	at := slices.Index([]float64{-1, 0, 1, 255}, v)
	if at < 0 {
		return 0, false
	}
	s[at] = true
	if at < 2 {
		return -1, true
	}
	return 1, true
}

// check reports whether the values are of one kind.
func (s *signsSeen) check() error {
	if s[0] && (s[1] || s[3]) || s[2] && s[3] {
		return errors.New("values of different kinds are mixed, must be ±1, or 0 and 1, or 0 and 255: " +
			`use np.where(array > 0, 1, -1).astype("int8")`)
	}
	return nil
}
