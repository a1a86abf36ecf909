package bytedot

import "golang.org/x/sys/cpu"

// native returns the kernels in assembly that this processor can run, the best first.
func native() []*Kernel {
	if cpu.ARM64.HasASIMDDP {
		return []*Kernel{&dotProd, &neon}
	}
	return []*Kernel{&neon}
}

// The one with dot products takes all but Look, which is most of the work, from NEON.
var (
	dotProd = Kernel{
		Name: "dotprod", Block: 8,
		Look: lookDotProd, Flip: flipNEON, Turn: turnNEON, Copy: copyNEON, Count: countVector,
	}
	neon = Kernel{
		Name: "neon", Block: 8,
		Look: lookNEON, Flip: flipNEON, Turn: turnNEON, Copy: copyNEON, Count: countVector,
	}
)

func countVector(x *Replica) { x.countSteps(8, countNEON) }

//go:noescape
func lookDotProd(x *Replica, order []int32) int

//go:noescape
func lookNEON(x *Replica, order []int32) int

//go:noescape
func flipNEON(x *Replica, i int) (over bool)

//go:noescape
func turnNEON(x *Replica)

//go:noescape
func copyNEON(x *Replica)

//go:noescape
func countNEON(rows *uint64, stride, steps int, counts *[pieceColumns]uint16)
