package model

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// hugePage is the size of a huge page, and from many of them they pay.
const (
	hugePage = 2 << 20
	hugeFrom = 2 * hugePage
)

// preferHuge asks for huge pages under a large block of words: its rows are read
// in random order, and each would else cost a walk through the page table; and
// its first use is a tenth as dear. What the system answers changes only the
// speed.
func preferHuge(words []uint64) {
	if len(words)*8 < hugeFrom {
		return
	}
	b := unsafe.Slice((*byte)(unsafe.Pointer(&words[0])), len(words)*8)
	skip := -uintptr(unsafe.Pointer(&b[0])) % hugePage
	_ = unix.Madvise(b[skip:len(b)-int((uintptr(len(b))-skip)%hugePage)], unix.MADV_HUGEPAGE)
}
