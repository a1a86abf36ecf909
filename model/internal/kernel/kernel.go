// Package kernel is the inner loops of the model package: integer arithmetic on
// packed signs, so that every implementation gives the same bits.
//
// The pure-Go loops in generic.go define the meaning. Others are chosen once, at
// start-up, by what the processor has: avx512 (with VPOPCNTDQ, IFMA and CD), avx2,
// dotprod (NEON with UDOT), neon. The environment variable HOPCAP_KERNEL, or Use, forces one by name.
package kernel

import (
	"fmt"
	"os"
	"strings"
)

// A Kernel is one implementation of the inner loops.
type Kernel struct {
	Name string

	// Eight says that Scan can take eight neurons at a time.
	Eight bool

	// Fill writes the next words of eight xoshiro256++ streams in turn to dst,
	// word t from stream t mod 8. len(dst) is a multiple of 8.
	Fill func(dst []uint64, lanes *Lanes)

	// Scan does what Scan says.
	Scan func(s *Scan) int

	// Heat visits the neurons of Order, none of them twice, as a Scan does that leaves
	// nothing out, and flips those that Guide and Noise say: spins, sums, those apart,
	// Total and Flips. It stops at one that Guide does not decide, or after a flip with
	// Over, and returns its place. Nil where it would be no faster.
	Heat func(s *Scan) int

	// Flip adds the signs of row to the sums, or takes them away, wherever
	// Active has a bit. It returns zero if every sum still fits; otherwise the
	// sums that do not have wrapped around.
	Flip func(s *Sums, row []uint64, add bool) (over uint64)

	// Low returns the sum over all patterns of v = 2·(V mod 2^d) + Base, and that
	// of |v|, where skip = First + d and Base = Centred(d, ·): what the lowest skip
	// slices count in Total, and the most that they can count in a field.
	Low func(s *Sums, skip int) (sum, norm int)

	// Unlike returns in how many bits a and b, of one length, differ.
	Unlike func(a, b []uint64) int

	// Tally adds rows to vertical counters.
	Tally func(t *Tally)
}

// Lanes are the states of eight xoshiro256++ streams: word j of stream ℓ is
// Lanes[j][ℓ].
type Lanes [4][8]uint64

// kernels lists what this machine can run, the best first.
var kernels = append(native(), &generic)

var active = kernels[0]

// Active returns the kernel in use.
func Active() *Kernel { return active }

// Names returns the names of the kernels that this machine can run, the best
// first.
func Names() (names []string) {
	for _, k := range kernels {
		names = append(names, k.Name)
	}
	return names
}

// Use makes the named kernel the one in use.
func Use(name string) error {
	for _, k := range kernels {
		if k.Name == name {
			active = k
			return nil
		}
	}
	return fmt.Errorf("kernel %q: this machine runs %s", name, strings.Join(Names(), ", "))
}

// Forced is the error of a HOPCAP_KERNEL that this machine cannot run.
var Forced = force(os.Getenv("HOPCAP_KERNEL"))

func force(name string) error {
	if name == "" {
		return nil
	}
	return Use(name)
}
