package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// npyOf returns a NumPy file of a little-endian array.
func npyOf[T any](t *testing.T, dtype string, rows [][]T) []byte {
	t.Helper()
	var data bytes.Buffer
	for _, row := range rows {
		if err := binary.Write(&data, binary.LittleEndian, row); err != nil {
			t.Fatal(err)
		}
	}
	return withHeader(dtype, "False", fmt.Sprintf("(%d, %d)", len(rows), len(rows[0])), data.String())
}

// withHeader returns a NumPy file of data with the given description.
func withHeader(dtype, fortran, shape, data string) []byte {
	h := fmt.Sprintf("{'descr': '%s', 'fortran_order': %s, 'shape': %s, }", dtype, fortran, shape)
	h += strings.Repeat(" ", 63-(10+len(h))%64) + "\n"
	return []byte("\x93NUMPY\x01\x00" + string([]byte{byte(len(h)), byte(len(h) >> 8)}) + h + data)
}

// Every type of integers, both orders of bytes and of axes, give the patterns
// {+ − +, − − +}.
func TestReadPatterns(t *testing.T) {
	for name, content := range map[string][]byte{
		"int8":     npyOf(t, "|i1", [][]int8{{1, -1, 1}, {-1, -1, 1}}),
		"int16":    npyOf(t, "<i2", [][]int16{{1, -1, 1}, {-1, -1, 1}}),
		"int32":    npyOf(t, "<i4", [][]int32{{1, -1, 1}, {-1, -1, 1}}),
		"int64":    npyOf(t, "<i8", [][]int64{{1, 0, 1}, {0, 0, 1}}),
		"uint8":    npyOf(t, "|u1", [][]uint8{{1, 0, 1}, {0, 0, 1}}),
		"uint64":   npyOf(t, "<u8", [][]uint64{{1, 0, 1}, {0, 0, 1}}),
		"bool":     withHeader("|b1", "False", "(2, 3)", "\x01\x00\x01\x00\x00\x01"),
		"float64":  npyOf(t, "<f8", [][]float64{{1, -1, 1}, {-1, -1, 1}}),
		"float32":  npyOf(t, "<f4", [][]float32{{1, 0, 1}, {0, 0, 1}}),
		"images":   npyOf(t, "|u1", [][]uint8{{255, 0, 255}, {0, 0, 255}}),
		"floats":   npyOf(t, "<f8", [][]float64{{255, 0, 255}, {0, 0, 255}}),
		"fortran":  withHeader("|i1", "True", "(2, 3)", "\x01\xff\xff\xff\x01\x01"),
		"big end":  withHeader(">i2", "False", "(2, 3)", "\x00\x01\xff\xff\x00\x01\xff\xff\xff\xff\x00\x01"),
		"big u 32": withHeader(">u4", "False", "(2, 3)", "\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01"),
	} {
		p, err := readPatterns(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []int8
		for mu := range p.K {
			for i := range p.N {
				got = append(got, p.At(i, mu))
			}
		}
		if fmt.Sprint(got) != "[1 -1 1 -1 -1 1]" || p.K != 2 {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestFilesThatAreNoPatterns(t *testing.T) {
	good := npyOf(t, "|i1", [][]int8{{1, -1, 1}, {-1, -1, 1}})
	for name, content := range map[string][]byte{
		"empty":      nil,
		"text":       []byte("no array at all, but long enough"),
		"broken":     good[:40],
		"truncated":  good[:len(good)-1],
		"longer":     append(bytes.Clone(good), 1),
		"a row":      withHeader("|i1", "False", "(3,)", "\x01\xff\x01"),
		"floats":     npyOf(t, "<f8", [][]float64{{1, -1, 0.5}, {-1, -1, 1}}),
		"no numbers": npyOf(t, "<f8", [][]float64{{1, -1, math.NaN()}, {-1, -1, 1}}),
		"complex":    npyOf(t, "<c8", [][]complex64{{1, -1, 1}, {-1, -1, 1}}),
		"no pattern": withHeader("|i1", "False", "(0, 3)", ""),
		"grey":       npyOf(t, "|u1", [][]uint8{{255, 0, 128}, {0, 0, 255}}),
		"two kinds":  npyOf(t, "|u1", [][]uint8{{255, 0, 1}, {0, 0, 255}}),
		"three":      npyOf(t, "<i2", [][]int16{{255, -1, 255}, {-1, -1, 255}}),
		"mixed":      npyOf(t, "|i1", [][]int8{{1, -1, 1}, {0, -1, 1}}),
		"large":      npyOf(t, "|i1", [][]int8{{1, -1, 2}, {-1, -1, 1}}),
		"large too":  npyOf(t, "<u8", [][]uint64{{1, 0, 1 << 63}, {0, 0, 1}}),
		"small":      npyOf(t, "<i2", [][]int16{{1, -1, -256}, {-1, -1, 1}}),
		"impossible": withHeader("|i1", "False", "(4294967296, 4294967296)", "\x01"),
	} {
		if p, err := readPatterns(bytes.NewReader(content), int64(len(content))); err == nil {
			t.Errorf("%s: %d patterns of %d neurons", name, p.K, p.N)
		}
	}
	for remedy, content := range map[string][]byte{
		`astype("int8")`: withHeader("|S1", "False", "(2, 3)", "++-+-+"),
		"reshape(K, N)":  withHeader("|i1", "False", "(3,)", "\x01\xff\x01"),
		"np.where":       npyOf(t, "|u1", [][]uint8{{255, 0, 128}, {0, 0, 255}}),
	} {
		if _, err := readPatterns(bytes.NewReader(content), int64(len(content))); err == nil || !strings.Contains(err.Error(), remedy) {
			t.Errorf("no remedy %s: %v", remedy, err)
		}
	}
}

// An image is a pattern whose neurons are counted row by row, in either order of the file.
func TestPatternsOfImages(t *testing.T) {
	const rows = "\x01\x00\x00\x01\x01\x00" + "\x00\x01\x00\x00\x00\x01" // 2 images of 2 × 3
	fortran := make([]byte, 12)
	for mu := range 2 {
		for y := range 2 {
			for x := range 3 {
				fortran[mu+2*(y+2*x)] = rows[6*mu+3*y+x]
			}
		}
	}
	for name, content := range map[string][]byte{
		"C": withHeader("?", "False", "(2, 2, 3)", rows), "Fortran": withHeader("?", "True", "(2, 2, 3)", string(fortran)),
	} {
		p, err := readPatterns(bytes.NewReader(content), int64(len(content)))
		if err != nil || p.K != 2 || p.N != 6 {
			t.Fatalf("%s: %v", name, err)
		}
		for mu := range 2 {
			for i := range 6 {
				if want := int8(2*rows[6*mu+i]) - 1; p.At(i, mu) != want {
					t.Errorf("%s: pattern %d, neuron %d: %d", name, mu, i, p.At(i, mu))
				}
			}
		}
	}
}

// A file is judged by its size, not by what it claims; a device is no file.
func TestPatternFilesThatAreNone(t *testing.T) {
	sparse := filepath.Join(t.TempDir(), "sparse.npy")
	if err := os.WriteFile(sparse, withHeader("|i1", "False", "(1099511627, 1000)", ""), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(sparse, 128+1099511627000); err != nil {
		t.Skip(err)
	}
	for _, path := range []string{sparse, "/dev/zero", pipe(t), t.TempDir(), filepath.Join(t.TempDir(), "none.npy")} {
		if _, err := newLibrary("").Patterns(path); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// A study of patterns from a file runs and replays; with another content under the
// same name it is refused, and the message tells the hash to write.
func TestStudyOfAFile(t *testing.T) {
	dir := t.TempDir()
	file, config, out := filepath.Join(dir, "p.npy"), filepath.Join(dir, "p.toml"), filepath.Join(dir, "out")
	content := npyOf(t, "|i1", [][]int8{{1, -1, 1, 1, 1}, {-1, -1, 1, -1, 1}, {1, 1, 1, -1, -1}})
	write := func(path string, b []byte) {
		if err := os.WriteFile(path, b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	study := func(hash string) []byte {
		return fmt.Appendf(nil, "seed = 1\n[model]\nkind = \"hopfield\"\n[patterns]\nensemble = \"file\"\npath = \"p.npy\"\nsha256 = \"%s\"\n"+
			"[experiment]\nkind = \"retrieval\"\n[sweep]\nN = 5\nK = [1, 2]\nsamples = 4\n", hash)
	}
	write(file, content)
	write(config, study(fmt.Sprintf("%x", sha256.Sum256(content))))
	if _, stderr, code := command(t, "run", config, "--out", out); code != 0 || !strings.Contains(stderr, "each sample is a random choice") {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	if _, stderr, code := command(t, "replay", out, "--point", "N=5,K=2", "--sample", "3"); code != 0 {
		t.Errorf("replay: exit %d: %s", code, stderr)
	}
	other := npyOf(t, "|i1", [][]int8{{1, 1, 1, 1, 1}, {-1, -1, 1, -1, 1}, {1, 1, 1, -1, -1}})
	write(file, other)
	hash := fmt.Sprintf("%x", sha256.Sum256(other))
	if _, stderr, code := command(t, "run", config, "--out", out); code != 2 || !strings.Contains(stderr, hash) {
		t.Errorf("another content: exit %d: %s", code, stderr)
	}
	write(config, study(hash))
	if _, stderr, code := command(t, "run", config, "--out", out); code != 2 || !strings.Contains(stderr, "sha256") {
		t.Errorf("another hash for the same results: exit %d: %s", code, stderr)
	}
}
