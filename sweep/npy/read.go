// Package npy reads and writes arrays of numbers in the format of NumPy, .npy.
//
// A file is six bytes \x93NUMPY, two bytes of version, the length of the header in two
// bytes (version 1) or four (versions 2 and 3), the header, and the data. The header is a
// Python dictionary of descr, the type of a value, fortran_order, and shape. See
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.
//
// Memory is allocated for the data that are there, never for a size that a header claims.
package npy

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
)

const magic = "\x93NUMPY"

// maxHeader is how long a header may be. NumPy itself writes 118 bytes for an array of
// numbers, and reads no more than 10000.
const maxHeader = 1 << 16

// maxDimensions is how many axes an array may have, as in NumPy.
const maxDimensions = 64

// A Header says what the data are.
type Header struct {
	Type    string // as NumPy writes it: "<f8", "|i1", ">u2", "|b1"
	Fortran bool   // the first index runs fastest
	Shape   []int  // by axis, none negative
	Length  int64  // bytes before the data
}

// ReadHeader reads a file up to its data. The error says what is wrong with the file.
func ReadHeader(r io.Reader) (Header, error) {
	var start [8]byte
	if _, err := io.ReadFull(r, start[:]); err != nil || string(start[:6]) != magic {
		return Header{}, notNumPy(err, "it does not begin with \\x93NUMPY")
	}
	width := 4
	switch version := start[6]; version {
	case 1:
		width = 2
	case 2, 3:
	default:
		return Header{}, fmt.Errorf("a NumPy file of version %d.%d, must be 1, 2 or 3", version, start[7])
	}
	var size [4]byte
	if _, err := io.ReadFull(r, size[:width]); err != nil {
		return Header{}, notNumPy(err, "its header is cut short")
	}
	n := binary.LittleEndian.Uint32(size[:])
	if n > maxHeader {
		return Header{}, fmt.Errorf("a header of %d bytes, must be at most %d", n, maxHeader)
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(r, text); err != nil {
		return Header{}, notNumPy(err, "its header is cut short")
	}
	h, err := parseHeader(string(text))
	h.Length = int64(len(start) + width + len(text))
	return h, err
}

// notNumPy tells a file that is something else from one that could not be read.
func notNumPy(err error, why string) error {
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	return errors.New("not a NumPy file: " + why)
}

// Len is the number of values. It returns an error if the number overflows.
func (h Header) Len() (int64, error) {
	if slices.Contains(h.Shape, 0) {
		return 0, nil
	}
	n := int64(1)
	for _, d := range h.Shape {
		if n > math.MaxInt64/16/int64(d) { // so that bytes can be counted too
			return 0, fmt.Errorf("the array has shape %s, more than any file can hold", ShapeText(h.Shape))
		}
		n *= int64(d)
	}
	return n, nil
}

// Check reports whether a file of so many bytes can hold the array.
func (h Header) Check(size int64) error {
	_, width, err := h.Value()
	if err != nil {
		return err
	}
	n, err := h.Len()
	if err != nil {
		return err
	}
	if want := h.Length + n*int64(width); size != want {
		return fmt.Errorf("the file has %d bytes, must have %d for an array of shape %s and type %s", size, want, ShapeText(h.Shape), h.Type)
	}
	return nil
}

// ShapeText writes a shape as Python does: (12, 40).
func ShapeText(shape []int) string {
	text := "("
	for i, d := range shape {
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprint(d)
	}
	if len(shape) == 1 {
		text += ","
	}
	return text + ")"
}
