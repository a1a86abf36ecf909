package npy

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"runtime"
	"strings"
	"testing"
)

// file is a file of a version with a header as it stands, and no data.
func file(version byte, header string) []byte {
	b := append([]byte(magic), version, 0)
	if version == 1 {
		b = binary.LittleEndian.AppendUint16(b, uint16(len(header)))
	} else {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(header)))
	}
	return append(b, header...)
}

// NumPy reads all of these as the same array.
func TestHeadersThatNumPyReads(t *testing.T) {
	for name, content := range map[string][]byte{
		"as NumPy writes it": file(1, "{'descr': '|i1', 'fortran_order': False, 'shape': (12, 40), }"+strings.Repeat(" ", 56)+"\n"),
		"version 2":          file(2, "{'descr': '|i1', 'fortran_order': False, 'shape': (12, 40), }\n"),
		"version 3":          file(3, "{'descr': '|i1', 'fortran_order': False, 'shape': (12, 40), }\n"),
		"no trailing comma":  file(1, "{'descr': '|i1', 'fortran_order': False, 'shape': (12, 40)}\n"),
		"no spaces":          file(1, "{'descr':'|i1','fortran_order':False,'shape':(12,40)}"),
		"another order":      file(1, "{'shape': (12, 40,), 'fortran_order': False, 'descr': '|i1'}\n"),
		"double quotes":      file(1, `{"descr": "|i1", "fortran_order": False, "shape": (12, 40)}`+"\n"),
		"spaces and lines":   file(1, "  { 'descr' : '|i1' ,\n 'fortran_order' : False , 'shape' : ( 12 , 40 ) , } \n\n"),
		"Python 2":           file(1, "{'descr': '|i1', 'fortran_order': False, 'shape': (12L, 40L), }\n"),
	} {
		h, err := ReadHeader(bytes.NewReader(content))
		if err != nil || h.Type != "|i1" || h.Fortran || fmt.Sprint(h.Shape) != "[12 40]" || h.Length != int64(len(content)) {
			t.Errorf("%s: %+v, %v", name, h, err)
		}
		if err := h.Check(int64(len(content)) + 480); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := h.Check(int64(len(content)) + 479); err == nil {
			t.Errorf("%s: a byte is missing, and nothing is said", name)
		}
	}
}

func TestShapes(t *testing.T) {
	for text, want := range map[string]string{"()": "()", "(3,)": "(3,)", "(3)": "(3,)", "(2, 48, 48)": "(2, 48, 48)", "(0, 4)": "(0, 4)"} {
		h, err := ReadHeader(bytes.NewReader(file(1, "{'descr': '<f8', 'fortran_order': True, 'shape': "+text+"}")))
		if err != nil || ShapeText(h.Shape) != want || !h.Fortran {
			t.Errorf("%s: %s, %v", text, ShapeText(h.Shape), err)
		}
	}
}

// What is no array of numbers is refused, and nothing is allocated for what it claims.
func TestHeadersThatLie(t *testing.T) {
	const rest = ", 'fortran_order': False, 'shape': (12, 40)}"
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for name, content := range map[string][]byte{
		"empty":             nil,
		"text":              []byte("no array at all, but long enough"),
		"4 GB of header":    []byte(magic + "\x02\x00\xf0\xff\xff\xff{'des"),
		"cut short":         []byte(magic + "\x01\x00\x76\x00{'descr'"),
		"version 9":         file(9, "{}"),
		"no dictionary":     file(1, "[]"),
		"empty dictionary":  file(1, "{}"),
		"no type":           file(1, "{'fortran_order': False, 'shape': (12, 40)}"),
		"a key twice":       file(1, "{'descr': '|i1', 'descr': '|i1'"+rest),
		"an unknown key":    file(1, "{'descr': '|i1', 'colour': 'red'"+rest),
		"a record":          file(1, "{'descr': [('x', '<f4'), ('y', '<f4')]"+rest),
		"no order":          file(1, "{'descr': '|i1', 'fortran_order': 0, 'shape': (12, 40)}"),
		"a negative length": file(1, "{'descr': '|i1', 'fortran_order': False, 'shape': (-12, 40)}"),
		"a length too long": file(1, "{'descr': '|i1', 'fortran_order': False, 'shape': (99999999999999999999, 40)}"),
		"half a length":     file(1, "{'descr': '|i1', 'fortran_order': False, 'shape': (1.5, 40)}"),
		"many dimensions":   file(1, "{'descr': '|i1', 'fortran_order': False, 'shape': ("+strings.Repeat("1,", 65)+")}"),
		"no end":            file(1, "{'descr': '|i1', 'fortran_order': False, 'shape': (12, 40"),
		"no end of text":    file(1, "{'descr': '|i1"),
		"more after it":     file(1, "{'descr': '|i1'"+rest+" + {}"),
		"no comma":          file(1, "{'descr': '|i1' 'fortran_order': False, 'shape': (12, 40)}"),
	} {
		if h, err := ReadHeader(bytes.NewReader(content)); err == nil {
			t.Errorf("%s: %+v", name, h)
		}
	}
	runtime.ReadMemStats(&after)
	if bytes := after.TotalAlloc - before.TotalAlloc; bytes > 1<<20 {
		t.Errorf("%d bytes were allocated", bytes)
	}
	for _, shape := range [][]int{{1 << 32, 1 << 32}, {math.MaxInt, 2}, {1 << 40, 1 << 20, 1 << 10}, {3, math.MaxInt / 3}} {
		h := Header{Type: "<f8", Shape: shape}
		if n, err := h.Len(); err == nil {
			t.Errorf("%v has %d values", shape, n)
		}
		if err := h.Check(1 << 20); err == nil {
			t.Errorf("%v fits into a file", shape)
		}
	}
	if n, err := (Header{Shape: []int{math.MaxInt, 0}}).Len(); n != 0 || err != nil {
		t.Errorf("no values: %d, %v", n, err)
	}
}

func TestValues(t *testing.T) {
	for _, c := range []struct {
		dtype string
		bytes string
		want  float64
	}{
		{"|b1", "\x01", 1}, {"?", "\x00", 0}, {"<b1", "\x01", 1}, {"|u1", "\xff", 255}, {"u1", "\xff", 255}, {"|i1", "\xff", -1}, {"<i1", "\x7f", 127},
		{"<i2", "\xff\xff", -1}, {">i2", "\x01\x02", 258}, {"<u2", "\xff\xff", 65535}, {"<i4", "\xfe\xff\xff\xff", -2}, {">u4", "\x00\x00\x00\x01", 1},
		{"=i8", "\xff\xff\xff\xff\xff\xff\xff\xff", -1}, {"<u8", "\x00\x00\x00\x00\x00\x00\x00\x80", 1 << 63},
		{"<f4", "\x00\x00\x80\xbf", -1}, {">f8", "\x3f\xf0\x00\x00\x00\x00\x00\x00", 1},
		{"<f2", "\x00\x3c", 1}, {"<f2", "\x00\xbc", -1}, {">f2", "\x35\x55", 0.333251953125}, {"<f2", "\xff\x7b", 65504},
		{"<f2", "\x01\x00", 0x1p-24}, {"<f2", "\x00\x04", 0x1p-14}, {"<f2", "\x00\x7c", math.Inf(1)}, {"<f2", "\x00\xfc", math.Inf(-1)},
	} {
		value, width, err := Header{Type: c.dtype}.Value()
		if err != nil || width != len(c.bytes) {
			t.Errorf("%s: width %d, %v", c.dtype, width, err)
			continue
		}
		if got := value([]byte(c.bytes)); got != c.want {
			t.Errorf("%s %x: got %v, want %v", c.dtype, c.bytes, got, c.want)
		}
	}
	if value, _, _ := (Header{Type: "<f2"}).Value(); !math.IsNaN(value([]byte("\x01\x7c"))) {
		t.Error("a NaN is a number")
	}
	for _, dtype := range []string{"", "<", "<<i4", "<i3", "<c8", "|S5", "<U4", "|O", "<f16", "<M8[ns]", "i", "|V2"} {
		if _, _, err := (Header{Type: dtype}).Value(); err == nil {
			t.Errorf("%q is a type of numbers", dtype)
		}
	}
}

// The bytes of a dump do not change.
func TestWrite(t *testing.T) {
	var b bytes.Buffer
	err := Write(&b, "|i1", []int{2, 3}, func(i int) []byte { return []byte{1, byte(i), 255} })
	const want = "\x93NUMPY\x01\x00v\x00{'descr': '|i1', 'fortran_order': False, 'shape': (2,3,), }" +
		"                                                          \n\x01\x00\xff\x01\x01\xff"
	if err != nil || b.String() != want {
		t.Errorf("%q, %v", b.String(), err)
	}
	h, err := ReadHeader(&b)
	if err != nil || h.Length != 128 || h.Check(134) != nil {
		t.Errorf("read again: %+v, %v", h, err)
	}
}

func FuzzReadHeader(f *testing.F) {
	f.Add(file(1, "{'descr': '|i1', 'fortran_order': False, 'shape': (12, 40), }\n"))
	f.Add(file(2, `{"descr":"<f8","fortran_order":True,"shape":(3L,)}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		h, err := ReadHeader(bytes.NewReader(content))
		if err != nil {
			return
		}
		if h.Length > int64(len(content)) {
			t.Errorf("%d bytes before the data of a file of %d", h.Length, len(content))
		}
		_ = h.Check(int64(len(content)))
	})
}
