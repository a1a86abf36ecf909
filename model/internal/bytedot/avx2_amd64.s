#include "go_asm.h"
#include "textflag.h"

// The loops for processors with AVX2.

// Products of 8 bits times 8 bits are added in pairs to 16 bits. With weights up to
// 127, two bits that count 8 and two neighbours each, eight pieces give at most
// 8·2·2·8·127 < 2¹⁵.
#define LOOK ·lookAVX2(SB)
#define STRETCH 8
#define DOT(A, a) \
	VPMADDUBSW Y11, Y10, Y10 \
	VPADDW Y10, A, A
#define SHIFT(n, A) VPSRAW n, A, A
#define ADD(B, A) VPADDW B, A, A
#define WIDEN(A) \
	VPCMPEQW Y10, Y10, Y10 \
	VPABSW Y10, Y10 \
	VPMADDWD Y10, A, A
#include "look256_amd64.h"

// The bits that belong to the two lanes of 16 weights.
DATA bits<>+0x00(SB)/8, $0x0101010101010101
DATA bits<>+0x08(SB)/8, $0x0101010101010101
DATA bits<>+0x10(SB)/8, $0x0202020202020202
DATA bits<>+0x18(SB)/8, $0x0202020202020202
GLOBL bits<>(SB), RODATA, $32

// STEP makes the steps of 32 columns: q is a quarter of a piece, Y8 the 16 bytes of the
// row in both lanes, MASK the bit of each lane. Y11 keeps the largest size of a weight.
#define STEP(q, MASK) \
	VPAND Y8, MASK, Y0 \
	VPCMPEQB MASK, Y0, Y0 \
	VPOR Y10, Y0, Y0 \
	VMOVDQU (q*32)(SI), Y1 \
	VPSIGNB Y0, Y1, Y1 \
	VPADDB (q*32)(BX), Y1, Y1 \
	VMOVDQU Y1, (q*32)(BX) \
	VPABSB Y1, Y1 \
	VPMAXUB Y1, Y11, Y11

// func flipAVX2(x *Replica, i int) (over bool)
//
//	AX the Replica   R8 the row     SI the steps
//	CX pieces left   BX the weights DI the columns that turn over
//	Y8 the row   Y10 ones   Y11 the largest weight   Y12–Y15 masks of two bits each
//
// A byte of all ones, or 1, gives the sign of a step: −1 where the bit is set.
TEXT ·flipAVX2(SB), NOSPLIT, $0-17
	MOVQ x+0(FP), AX
	MOVQ Replica_pieces(AX), CX
	MOVQ i+8(FP), R8
	IMULQ CX, R8
	SHLQ $4, R8
	ADDQ Replica_rows(AX), R8
	MOVQ Replica_weights(AX), BX
	MOVQ Replica_steps(AX), SI
	MOVQ Replica_follow(AX), DI
	VMOVDQU bits<>(SB), Y12
	VPBROADCASTB X12, Y10
	VPSLLW $2, Y12, Y13
	VPSLLW $4, Y12, Y14
	VPSLLW $6, Y12, Y15
	VPXOR Y11, Y11, Y11
piece:
	VBROADCASTI128 (R8), Y8
	STEP(0, Y12)
	STEP(1, Y13)
	STEP(2, Y14)
	STEP(3, Y15)
	VPXOR (DI), X8, X8
	VMOVDQU X8, (R8)
	ADDQ $16, R8
	ADDQ $16, DI
	ADDQ $128, SI
	ADDQ $128, BX
	DECQ CX
	JNE  piece
	MOVL $const_most, DX
	VMOVD DX, X0
	VPBROADCASTB X0, Y0
	VPCMPGTB Y0, Y11, Y0
	VPTEST Y0, Y0
	SETNE over+16(FP)
	VZEROUPPER
	RET

// func turnAVX2(x *Replica)
//
//	AX the Replica       SI a row of patterns   R9 bytes of it
//	BX the spins         DI a turned row        R10 bytes of it
//	CX neurons left      DX the place in both   R11 bytes of pieces with patterns
//	R8 the columns of patterns   X0 zero   X1 the spin: all ones for −1
TEXT ·turnAVX2(SB), NOSPLIT, $0-8
	MOVQ x+0(FP), AX
	MOVQ (Replica_net+Network_Rows)(AX), SI
	MOVQ (Replica_net+Network_Stride)(AX), R9
	SHLQ $3, R9
	MOVQ (Replica_net+Network_K)(AX), R11
	ADDQ $127, R11
	SHRQ $7, R11
	SHLQ $4, R11
	MOVQ Replica_rows(AX), DI
	MOVQ Replica_pieces(AX), R10
	SHLQ $4, R10
	MOVQ Replica_pattern(AX), R8
	MOVQ Replica_state(AX), BX
	MOVQ (Replica_state+8)(AX), CX
	VPXOR X0, X0, X0
neuron:
	VPBROADCASTB (BX), X1
	VPCMPGTB X1, X0, X1
	XORL DX, DX
piece:
	VPXOR (SI)(DX*1), X1, X2
	VPAND (R8)(DX*1), X2, X2
	VMOVDQU X2, (DI)(DX*1)
	ADDQ $16, DX
	CMPQ DX, R11
	JLT  piece
	CMPQ DX, R10
	JGE  next
spare:
	VMOVDQU X0, (DI)(DX*1)
	ADDQ $16, DX
	CMPQ DX, R10
	JLT  spare
next:
	ADDQ R9, SI
	ADDQ R10, DI
	INCQ BX
	DECQ CX
	JNE  neuron
	RET

// func copyAVX2(x *Replica)
//
// Each of the copies is made in 64 rows, which stay in the first-level cache, before the
// next.
//
//	AX the Replica    DI the first of these rows   DX bytes of a row   R8 rows left
//	SI a copied       R9 copied left               R13 how many of these rows
//	R14 the piece     X2, X3 bytes and bits        CX shift
//	R15 the word      R12 keep                     BX of these rows left
TEXT ·copyAVX2(SB), NOSPLIT, $0-8
	MOVQ x+0(FP), AX
	MOVQ Replica_rows(AX), DI
	MOVQ Replica_pieces(AX), DX
	SHLQ $4, DX
	MOVQ (Replica_net+Network_N)(AX), R8
rows:
	MOVL $64, R13
	CMPQ R8, R13
	CMOVQLT R8, R13
	MOVQ Replica_copies(AX), SI
	MOVQ (Replica_copies+8)(AX), R9
columns:
	MOVQ copied_from(SI), R14
	ADDQ DI, R14
	MOVQ copied_to(SI), R15
	LEAQ (DI)(R15*8), R15
	MOVQ copied_shift(SI), CX
	MOVQ copied_keep(SI), R12
	VMOVDQU copied_bytes(SI), X2
	VMOVDQU copied_bits(SI), X3
	MOVQ R13, BX
row:
	VMOVDQU (R14), X0
	VPSHUFB X2, X0, X0
	VPAND X3, X0, X0
	VPCMPEQB X3, X0, X0
	VPMOVMSKB X0, R10
	SHLQ CX, R10
	MOVQ (R15), R11
	ANDQ R12, R11
	ORQ  R10, R11
	MOVQ R11, (R15)
	ADDQ DX, R14
	ADDQ DX, R15
	DECQ BX
	JNE  row
	ADDQ $copied__size, SI
	DECQ R9
	JNE  columns
	MOVQ DX, R10
	SHLQ $6, R10
	ADDQ R10, DI
	SUBQ $64, R8
	JGT  rows
	RET

// PAIR makes Y, of which X is the lower lane, a piece of the next two rows.
#define PAIR(X, Y) \
	VMOVDQU (SI), X \
	VINSERTI128 $1, (SI)(R10*1), Y, Y \
	LEAQ (SI)(R10*2), SI

// ADDER adds the bits of S, A and B. The sum is in S, the carry in A; B is lost.
#define ADDER(S, A, B) \
	VPXOR A, S, Y9 \
	VPAND A, S, A \
	VPXOR B, Y9, S \
	VPAND B, Y9, B \
	VPOR  B, A, A

// TALLY adds bit b of each byte of Y0 to its counters.
#define TALLY(b) \
	VPSRLW $b, Y0, Y1 \
	VPAND Y1, Y15, Y1 \
	VPADDB (b*32)(SP), Y1, Y1 \
	VMOVDQU Y1, (b*32)(SP)

// HALVES adds the bytes of two lanes of 16 in Y to 16 sums of 16 bits.
#define HALVES(X, Y, T) \
	VEXTRACTI128 $1, Y, T \
	VPMOVZXBW X, Y \
	VPMOVZXBW T, Y1 \
	VPADDW Y1, Y, Y

// TOTAL writes the counts of the 16 columns of bit b: eight for each of the counters,
// and what is left in the adders.
#define TOTAL(b) \
	VMOVDQU (b*32)(SP), Y0 \
	HALVES(X0, Y0, X1) \
	VPSLLW $3, Y0, Y0 \
	VPSRLW $b, Y12, Y2 \
	VPAND Y2, Y15, Y2 \
	VPSRLW $b, Y13, Y3 \
	VPAND Y3, Y15, Y3 \
	VPADDB Y3, Y3, Y3 \
	VPADDB Y3, Y2, Y2 \
	VPSRLW $b, Y14, Y3 \
	VPAND Y3, Y15, Y3 \
	VPSLLW $2, Y3, Y3 \
	VPADDB Y3, Y2, Y2 \
	HALVES(X2, Y2, X1) \
	VPADDW Y2, Y0, Y0 \
	VPADDW (b*32)(DI), Y0, Y0 \
	VMOVDQU Y0, (b*32)(DI)

// func countAVX2(rows *uint64, stride, steps int, counts *[pieceColumns]uint16)
//
// It adds to counts, in the order of weights, in how many of 16·steps rows the columns
// of one piece are set, for up to 255 steps. Two rows go into the lanes of a register,
// 16 into seven adders, and what these carry, eights, into counters of a byte on the
// stack.
//
//	SI the next row   R10 bytes from row to row   CX steps left
//	Y12, Y13, Y14 ones, twos and fours in the adders   Y15 mask of one bit a byte
TEXT ·countAVX2(SB), NOSPLIT, $256-32
	MOVQ rows+0(FP), SI
	MOVQ stride+8(FP), R10
	MOVQ steps+16(FP), CX
	MOVQ counts+24(FP), DI
	VPXOR Y12, Y12, Y12
	VPXOR Y13, Y13, Y13
	VPXOR Y14, Y14, Y14
	VPBROADCASTB bits<>(SB), Y15
	VMOVDQU Y12, 0x00(SP)
	VMOVDQU Y12, 0x20(SP)
	VMOVDQU Y12, 0x40(SP)
	VMOVDQU Y12, 0x60(SP)
	VMOVDQU Y12, 0x80(SP)
	VMOVDQU Y12, 0xa0(SP)
	VMOVDQU Y12, 0xc0(SP)
	VMOVDQU Y12, 0xe0(SP)
step:
	PAIR(X0, Y0)
	PAIR(X1, Y1)
	PAIR(X2, Y2)
	PAIR(X3, Y3)
	ADDER(Y12, Y0, Y1)
	ADDER(Y12, Y2, Y3)
	PAIR(X4, Y4)
	PAIR(X5, Y5)
	PAIR(X6, Y6)
	PAIR(X7, Y7)
	ADDER(Y12, Y4, Y5)
	ADDER(Y12, Y6, Y7)
	ADDER(Y13, Y0, Y2)
	ADDER(Y13, Y4, Y6)
	ADDER(Y14, Y0, Y4)
	TALLY(0)
	TALLY(1)
	TALLY(2)
	TALLY(3)
	TALLY(4)
	TALLY(5)
	TALLY(6)
	TALLY(7)
	DECQ CX
	JNE  step
	TOTAL(0)
	TOTAL(1)
	TOTAL(2)
	TOTAL(3)
	TOTAL(4)
	TOTAL(5)
	TOTAL(6)
	TOTAL(7)
	VZEROUPPER
	RET
