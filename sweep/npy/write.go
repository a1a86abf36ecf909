package npy

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
)

// Write writes an array of bytes, of a type such as "|i1" or "|u1", part by part along
// its first axis, in version 1 of the format.
func Write(w io.Writer, dtype string, shape []int, part func(i int) []byte) error {
	b := bufio.NewWriterSize(w, 1<<20)
	dims := ""
	for _, n := range shape {
		dims += fmt.Sprintf("%d,", n)
	}
	header := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", dtype, dims)
	header += strings.Repeat(" ", 63-(len(magic)+4+len(header))%64) + "\n"
	preamble := binary.LittleEndian.AppendUint16([]byte(magic+"\x01\x00"), uint16(len(header)))
	if _, err := b.WriteString(string(preamble) + header); err != nil {
		return err
	}
	for i := range shape[0] {
		if _, err := b.Write(part(i)); err != nil {
			return err
		}
	}
	return b.Flush()
}
