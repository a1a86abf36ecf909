#include "go_asm.h"
#include "textflag.h"

// The loops for 64-bit ARM. Instructions that the assembler does not know are written
// as words: d is the register that they write, n and m those that they read.

// CMGT compares four signed integers: all ones where those in n are larger than in m.
#define CMGT(n, m, d) WORD $(0x4ea03400 | m<<16 | n<<5 | d)

// SADALP adds pairs of signed bytes to 16 bits, SADDLP makes sums of pairs of 16 bits.
#define SADALP(n, d) WORD $(0x4e206800 | n<<5 | d)
#define SADDLP(n, d) WORD $(0x4e602800 | n<<5 | d)

// ABS makes the sizes of bytes, UMAXV finds the largest of 16.
#define ABS(n, d) WORD $(0x4e20b800 | n<<5 | d)
#define UMAXV(n, d) WORD $(0x6e30a800 | n<<5 | d)

// Two weights of at most 127 for each of eight bits: 16 pieces fit 16 bits.
#define LOOK ·lookNEON(SB)
#define STRETCH 16
#define DOT(n, T, t) \
	VAND V24.B16, T, T \
	SADALP(t, n)
#define WIDEN(n) SADDLP(n, n)
#define SIGN(A)
#include "look_arm64.h"

// MASKS makes V16–V23 the masks 1, 2, 4, … 128 of each byte.
#define MASKS \
	VMOVI $1, V16.B16 \
	VADD V16.B16, V16.B16, V17.B16 \
	VADD V17.B16, V17.B16, V18.B16 \
	VADD V18.B16, V18.B16, V19.B16 \
	VADD V19.B16, V19.B16, V20.B16 \
	VADD V20.B16, V20.B16, V21.B16 \
	VADD V21.B16, V21.B16, V22.B16 \
	VADD V22.B16, V22.B16, V23.B16

// STEP makes the steps of the 16 columns of one bit: V0 is the row, V7 keeps the largest
// size of a weight. With all ones for the columns that are set, (step XOR ones) − ones
// is −step there.
#define STEP(MASK) \
	VCMTST MASK, V0.B16, V1.B16 \
	VLD1.P 16(R3), [V2.B16] \
	VEOR V1.B16, V2.B16, V2.B16 \
	VSUB V1.B16, V2.B16, V2.B16 \
	VLD1 (R2), [V3.B16] \
	VADD V2.B16, V3.B16, V3.B16 \
	VST1.P [V3.B16], 16(R2) \
	ABS(3, 3) \
	VUMAX V3.B16, V7.B16, V7.B16

// func flipNEON(x *Replica, i int) (over bool)
//
//	R0 the Replica   R1 the row       R2 the weights   R3 the steps
//	R4 pieces left   R5 the columns that turn over     V16–V23 masks
TEXT ·flipNEON(SB), NOSPLIT, $0-17
	MOVD x+0(FP), R0
	MOVD i+8(FP), R1
	MOVD Replica_pieces(R0), R4
	MUL  R4, R1
	LSL  $4, R1
	MOVD Replica_rows(R0), R6
	ADD  R6, R1
	MOVD Replica_weights(R0), R2
	MOVD Replica_steps(R0), R3
	MOVD Replica_follow(R0), R5
	MASKS
	VEOR V7.B16, V7.B16, V7.B16
piece:
	VLD1 (R1), [V0.B16]
	STEP(V16.B16)
	STEP(V17.B16)
	STEP(V18.B16)
	STEP(V19.B16)
	STEP(V20.B16)
	STEP(V21.B16)
	STEP(V22.B16)
	STEP(V23.B16)
	VLD1.P 16(R5), [V1.B16]
	VEOR V1.B16, V0.B16, V0.B16
	VST1.P [V0.B16], 16(R1)
	SUB  $1, R4
	CBNZ R4, piece
	UMAXV(7, 7)
	VMOV V7.B[0], R1
	CMP  $const_most, R1
	CSET GT, R1
	MOVB R1, over+16(FP)
	RET

// func turnNEON(x *Replica)
//
//	R0 the Replica     R1 a row of patterns, R2 a piece of it, R3 bytes of it
//	R4 the spins       R5 a turned row
//	R6 neurons left    R7 pieces with patterns, R8 others, R9 of them left
//	R10 the columns of patterns   V0 zero   V1 the spin: all ones for −1
TEXT ·turnNEON(SB), NOSPLIT, $0-8
	MOVD x+0(FP), R0
	MOVD (Replica_net+Network_Rows)(R0), R1
	MOVD (Replica_net+Network_Stride)(R0), R3
	LSL  $3, R3
	MOVD Replica_state(R0), R4
	MOVD (Replica_state+8)(R0), R6
	MOVD Replica_rows(R0), R5
	MOVD (Replica_net+Network_K)(R0), R7
	ADD  $127, R7
	LSR  $7, R7
	MOVD Replica_pieces(R0), R8
	SUB  R7, R8
	VEOR V0.B16, V0.B16, V0.B16
neuron:
	MOVB.P 1(R4), R11
	ASR  $63, R11
	VDUP R11, V1.D2
	MOVD R1, R2
	MOVD Replica_pattern(R0), R10
	MOVD R7, R9
piece:
	VLD1.P 16(R2), [V2.B16]
	VLD1.P 16(R10), [V3.B16]
	VEOR V1.B16, V2.B16, V2.B16
	VAND V3.B16, V2.B16, V2.B16
	VST1.P [V2.B16], 16(R5)
	SUB  $1, R9
	CBNZ R9, piece
	CBZ  R8, next
	MOVD R8, R9
spare:
	VST1.P [V0.B16], 16(R5)
	SUB  $1, R9
	CBNZ R9, spare
next:
	ADD  R3, R1
	SUB  $1, R6
	CBNZ R6, neuron
	RET

// The place of each byte among eight, as a bit.
DATA places<>+0(SB)/8, $0x8040201008040201
DATA places<>+8(SB)/8, $0x8040201008040201
GLOBL places<>(SB), RODATA, $16

// func copyNEON(x *Replica)
//
//	R0 the Replica   R1 a row   R2 bytes of it   R3 neurons left
//	R4 a copied      R5 copied left
TEXT ·copyNEON(SB), NOSPLIT, $0-8
	MOVD x+0(FP), R0
	MOVD Replica_rows(R0), R1
	MOVD Replica_pieces(R0), R2
	LSL  $4, R2
	MOVD (Replica_net+Network_N)(R0), R3
	MOVD $places<>(SB), R6
	VLD1 (R6), [V7.B16]
row:
	MOVD Replica_copies(R0), R4
	MOVD (Replica_copies+8)(R0), R5
columns:
	MOVD copied_from(R4), R6
	ADD  R1, R6
	VLD1 (R6), [V0.B16]
	ADD  $copied_bytes, R4, R7
	VLD1 (R7), [V1.B16, V2.B16] // bytes and bits
	VTBL V1.B16, [V0.B16], V0.B16
	VCMTST V2.B16, V0.B16, V0.B16
	VAND V7.B16, V0.B16, V0.B16
	VADDP V0.B16, V0.B16, V0.B16
	VADDP V0.B16, V0.B16, V0.B16
	VADDP V0.B16, V0.B16, V0.B16
	VMOV V0.H[0], R7
	MOVD copied_shift(R4), R8
	LSL  R8, R7
	MOVD copied_to(R4), R8
	ADD  R8<<3, R1, R8
	MOVD (R8), R9
	MOVD copied_keep(R4), R10
	AND  R10, R9
	ORR  R7, R9
	MOVD R9, (R8)
	ADD  $copied__size, R4
	SUB  $1, R5
	CBNZ R5, columns
	ADD  R2, R1
	SUB  $1, R3
	CBNZ R3, row
	RET

// NEXT makes V a piece of the next row.
#define NEXT(V) \
	VLD1 (R0), [V] \
	ADD R1, R0

// ADDER adds the bits of S, A and B. The sum is in S, the carry in A; B is lost.
#define ADDER(S, A, B) \
	VEOR A, S, V15.B16 \
	VAND A, S, A \
	VEOR B, V15.B16, S \
	VAND B, V15.B16, B \
	VORR B, A, A

// TALLY adds one bit of each byte of V0 to its counters C.
#define TALLY(MASK, C) \
	VCMTST MASK, V0.B16, V1.B16 \
	VSUB V1.B16, C, C

// TOTAL writes the counts of the 16 columns of one bit: eight for each of the counters,
// and what is left in the adders.
#define TOTAL(MASK, C) \
	VCMTST MASK, V8.B16, V0.B16 \
	VCMTST MASK, V9.B16, V1.B16 \
	VCMTST MASK, V10.B16, V2.B16 \
	VADD V2.B16, V2.B16, V2.B16 \
	VADD V1.B16, V2.B16, V1.B16 \
	VADD V1.B16, V1.B16, V1.B16 \
	VADD V1.B16, V0.B16, V0.B16 \
	VSUB V0.B16, V14.B16, V0.B16 \
	VUSHLL $0, V0.B8, V1.H8 \
	VUSHLL2 $0, V0.B16, V2.H8 \
	VUSHLL $3, C.B8, V3.H8 \
	VUSHLL2 $3, C.B16, V4.H8 \
	VADD V3.H8, V1.H8, V1.H8 \
	VADD V4.H8, V2.H8, V2.H8 \
	VLD1 (R3), [V5.H8, V6.H8] \
	VADD V5.H8, V1.H8, V1.H8 \
	VADD V6.H8, V2.H8, V2.H8 \
	VST1.P [V1.H8, V2.H8], 32(R3)

// func countNEON(rows *uint64, stride, steps int, counts *[pieceColumns]uint16)
//
// It adds to counts, in the order of weights, in how many of 8·steps rows the columns of
// one piece are set, for up to 255 steps. Eight rows go into seven adders, and what
// these carry, eights, into counters of a byte.
//
//	R0 the next row   R1 bytes from row to row   R2 steps left   R3 the counts
//	V8, V9, V10 ones, twos and fours in the adders   V14 zero   V15 for ADDER
//	V16–V23 masks     V24–V31 counters
TEXT ·countNEON(SB), NOSPLIT, $0-32
	MOVD rows+0(FP), R0
	MOVD stride+8(FP), R1
	MOVD steps+16(FP), R2
	MOVD counts+24(FP), R3
	MASKS
	VEOR V14.B16, V14.B16, V14.B16
	VORR V14.B16, V14.B16, V8.B16
	VORR V14.B16, V14.B16, V9.B16
	VORR V14.B16, V14.B16, V10.B16
	VORR V14.B16, V14.B16, V24.B16
	VORR V14.B16, V14.B16, V25.B16
	VORR V14.B16, V14.B16, V26.B16
	VORR V14.B16, V14.B16, V27.B16
	VORR V14.B16, V14.B16, V28.B16
	VORR V14.B16, V14.B16, V29.B16
	VORR V14.B16, V14.B16, V30.B16
	VORR V14.B16, V14.B16, V31.B16
step:
	NEXT(V0.B16)
	NEXT(V1.B16)
	NEXT(V2.B16)
	NEXT(V3.B16)
	NEXT(V4.B16)
	NEXT(V5.B16)
	NEXT(V6.B16)
	NEXT(V7.B16)
	ADDER(V8.B16, V0.B16, V1.B16)
	ADDER(V8.B16, V2.B16, V3.B16)
	ADDER(V8.B16, V4.B16, V5.B16)
	ADDER(V8.B16, V6.B16, V7.B16)
	ADDER(V9.B16, V0.B16, V2.B16)
	ADDER(V9.B16, V4.B16, V6.B16)
	ADDER(V10.B16, V0.B16, V4.B16)
	TALLY(V16.B16, V24.B16)
	TALLY(V17.B16, V25.B16)
	TALLY(V18.B16, V26.B16)
	TALLY(V19.B16, V27.B16)
	TALLY(V20.B16, V28.B16)
	TALLY(V21.B16, V29.B16)
	TALLY(V22.B16, V30.B16)
	TALLY(V23.B16, V31.B16)
	SUB  $1, R2
	CBNZ R2, step
	TOTAL(V16.B16, V24)
	TOTAL(V17.B16, V25)
	TOTAL(V18.B16, V26)
	TOTAL(V19.B16, V27)
	TOTAL(V20.B16, V28)
	TOTAL(V21.B16, V29)
	TOTAL(V22.B16, V30)
	TOTAL(V23.B16, V31)
	RET
