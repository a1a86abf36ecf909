package npy

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
)

// Value returns a function that converts the bytes of one value to a number, and the number
// of bytes of a value. Integers beyond 2⁵³ are rounded. Truth values are 0 and 1. It returns
// an error if the type is not a real number.
func (h Header) Value() (value func([]byte) float64, width int, err error) {
	kind := strings.TrimLeft(h.Type, "<>|=")
	if len(h.Type)-len(kind) > 1 {
		kind = ""
	}
	var order binary.ByteOrder = binary.LittleEndian
	if strings.HasPrefix(h.Type, ">") {
		order = binary.BigEndian
	}
	switch kind {
	case "?", "b1", "u1":
		return func(b []byte) float64 { return float64(b[0]) }, 1, nil
	case "i1":
		return func(b []byte) float64 { return float64(int8(b[0])) }, 1, nil
	case "u2":
		return func(b []byte) float64 { return float64(order.Uint16(b)) }, 2, nil
	case "i2":
		return func(b []byte) float64 { return float64(int16(order.Uint16(b))) }, 2, nil
	case "u4":
		return func(b []byte) float64 { return float64(order.Uint32(b)) }, 4, nil
	case "i4":
		return func(b []byte) float64 { return float64(int32(order.Uint32(b))) }, 4, nil
	case "u8":
		return func(b []byte) float64 { return float64(order.Uint64(b)) }, 8, nil
	case "i8":
		return func(b []byte) float64 { return float64(int64(order.Uint64(b))) }, 8, nil
	case "f2":
		return func(b []byte) float64 { return half(order.Uint16(b)) }, 2, nil
	case "f4":
		return func(b []byte) float64 { return float64(math.Float32frombits(order.Uint32(b))) }, 4, nil
	case "f8":
		return func(b []byte) float64 { return math.Float64frombits(order.Uint64(b)) }, 8, nil
	}
	return nil, 0, fmt.Errorf("the values have type %q, must be bool, integers or floats of at most 8 bytes", h.Type)
}

// half is a number of 16 bits: a sign, 5 bits of exponent, 10 of fraction.
func half(bits uint16) float64 {
	exponent, fraction := int(bits>>10)&31, float64(bits&1023)
	x := math.Ldexp(1024+fraction, exponent-25)
	switch exponent {
	case 0:
		x = math.Ldexp(fraction, -24)
	case 31:
		x = math.Inf(1)
		if fraction != 0 {
			x = math.NaN()
		}
	}
	if bits>>15 == 1 {
		return -x
	}
	return x
}
