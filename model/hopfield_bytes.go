package model

import (
	"context"

	"hopcap/model/internal/bytedot"
	"hopcap/model/internal/kernel"
)

// Small networks are swept at T = 0, one neuron after the other, with overlap sums that
// are bytes (internal/bytedot). Everything else is done with sums in bit slices: parallel
// sweeps, sweeps at T > 0, and flips by hand. A replica keeps its sums in one form at a
// time and changes the form where a sweep needs the other one.

// A form is how a replica keeps its overlap sums.
type form uint8

const (
	uncounted form = iota // not at all: the first sweep will choose a form
	inBits
	inBytes
)

// byteKernel returns the loops for sums in bytes that sweep h at T = 0, one neuron after
// the other, beside a kernel for sums in bits; nil where h is swept with sums in bits.
// BenchmarkForms shows both.
func (h *hopfieldNetwork) byteKernel(k *kernel.Kernel) *bytedot.Kernel {
	switch {
	case bitsOnly || !maybeInBytes(h.N, h.K):
		return nil
	case k.Name == "avx512": // so far these bytes ran in an emulator only; where they are measured to win, this goes
		return nil
	case k.Name == "go": // no instruction multiplies many bytes there
		return nil
	}
	return byteKernels[k.Name]
}

// maybeInBytes reports whether there are kernels with which networks of n neurons and k
// patterns have their sums in bytes.
func maybeInBytes(n, k int) bool { return bytedot.Fits(n, k) && n*k <= mostByteSigns }

// mostByteSigns is up to how many signs of patterns bytes win: their rows are two megabytes then.
const mostByteSigns = 1 << 24

// bitsOnly keeps all sums in bits. Tests compare both forms.
var bitsOnly bool

// byteKernels are the loops for bytes by the name of the kernel with the same instructions.
var byteKernels = func() map[string]*bytedot.Kernel {
	named := map[string]*bytedot.Kernel{}
	for _, k := range bytedot.Kernels() {
		named[k.Name] = k
	}
	return named
}()

// counted returns replica r with its sums in some form, so that it can be asked for them.
func (x *hopfieldReplicas) counted(r int) *hopfieldReplica {
	rep := &x.replicas[r]
	if rep.form == uncounted {
		rep.toBytes(x.byBytes) // or they would be in bits since Start
	}
	return rep
}

// sweepBytes is Sweep with sums in bytes. A sweep of one replica takes about a
// millisecond at most.
func (x *hopfieldReplicas) sweepBytes(ctx context.Context, s *Sweep, flips []int) error {
	for _, r := range s.Live {
		if err := ctx.Err(); err != nil {
			return err
		}
		rep := &x.replicas[r]
		rep.toBytes(x.byBytes)
		flips[r] += rep.bytes.Sweep(s.Order)
	}
	if s.Visited != nil {
		s.Visited(len(s.Order))
	}
	return nil
}

// Settled looks at sums in bytes only: with those in bits, the quiet spares what it would
// spare.
func (x *hopfieldReplicas) Settled(r int) bool {
	rep := &x.replicas[r]
	return rep.form == inBytes && rep.bytes.Stable()
}

// toBytes makes bytes the form of the sums.
func (x *hopfieldReplica) toBytes(k *bytedot.Kernel) {
	if x.form == inBytes {
		return
	}
	h := x.net
	x.bytes.Load(k, bytedot.Network{N: h.N, K: h.K, Stride: h.stride, Rows: h.rows, Self: int(h.self())}, x.state)
	x.form = inBytes
}

// toBits makes bit slices the form of the sums.
func (x *hopfieldReplica) toBits(pool Pool) {
	if x.form == inBits {
		return
	}
	x.makeRoom()
	if x.form == inBytes {
		x.bytes.Overlaps(x.ints)
	} else {
		x.tally(pool)
	}
	x.form = inBits
	x.pack()
	x.flips = x.net.N / 2 // becomes last
	for _, a := range x.scan.Apart {
		x.flips = min(x.flips, (x.net.N-int(max(a.Value, -a.Value)/2))/2)
	}
}
