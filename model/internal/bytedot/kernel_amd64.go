package bytedot

import "golang.org/x/sys/cpu"

// native returns the kernels in assembly that this processor can run, the best first.
func native() (list []*Kernel) {
	x := &cpu.X86
	if !x.HasAVX2 {
		return nil
	}
	if x.HasAVX512F && x.HasAVX512BW && x.HasAVX512DQ && x.HasAVX512VNNI {
		list = append(list, &avx512)
	}
	if x.HasAVXVNNI {
		list = append(list, &avxVNNI)
	}
	return append(list, &avx2)
}

// Those with dot products take all but Look, which is most of the work, from AVX2.
var (
	avx512 = Kernel{
		Name: "avx512", Block: 16,
		Look: lookAVX512, Flip: flipAVX2, Turn: turnAVX2, Copy: copyAVX2, Count: countVector,
	}
	avxVNNI = Kernel{
		Name: "avxvnni", Block: 8,
		Look: lookAVXVNNI, Flip: flipAVX2, Turn: turnAVX2, Copy: copyAVX2, Count: countVector,
	}
)

var avx2 = Kernel{
	Name: "avx2", Block: 8,
	Look: lookAVX2, Flip: flipAVX2, Turn: turnAVX2, Copy: copyAVX2, Count: countVector,
}

func countVector(x *Replica) { x.countSteps(16, countAVX2) }

//go:noescape
func lookAVX512(x *Replica, order []int32) int

//go:noescape
func lookAVXVNNI(x *Replica, order []int32) int

//go:noescape
func lookAVX2(x *Replica, order []int32) int

//go:noescape
func flipAVX2(x *Replica, i int) (over bool)

//go:noescape
func turnAVX2(x *Replica)

//go:noescape
func countAVX2(rows *uint64, stride, steps int, counts *[pieceColumns]uint16)

//go:noescape
func copyAVX2(x *Replica)
