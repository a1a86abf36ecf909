#include "go_asm.h"
#include "funcdata.h"
#include "textflag.h"

// The loops for processors with AVX-512 F, BW, DQ, VL, IFMA and VPOPCNTDQ. A
// row costs an AND, a population count and an addition for each 64 bytes of the
// sums, which two ports share: 1.5 cycles.

// RIPPLE goes through a group's slices of one register: the carry C moves
// through the slices from First to the one before the last, upwards where D is
// 0 and downwards where it is 1, and what of it leaves the last is gathered in
// OVER. SI is the row, BX the mask of active patterns, DI the group; R8 is the
// distance of two slices, R9 that of two groups, R10 the offset of the first
// slice, R11 of the last.
#define RIPPLE(X, C, D, DOWN, OLD, NEW, OVER, BYTES) \
group: \
	VPXORQ (SI), DOWN, D \
	VMOVDQU64 (BX), C \
	LEAQ (DI)(R10*1), DX \
	LEAQ (DI)(R11*1), R12 \
	CMPQ DX, R12 \
	JEQ  top \
slice: \
	VMOVDQU64 (DX), OLD \
	VPXORQ OLD, C, NEW \
	VMOVDQU64 NEW, (DX) \
	VPTERNLOGQ $0x60, D, OLD, C \
	ADDQ R8, DX \
	CMPQ DX, R12 \
	JNE  slice \
top: \
	VMOVDQU64 (DX), OLD \
	VPXORQ OLD, C, NEW \
	VMOVDQU64 NEW, (DX) \
	VPTERNLOGQ $0x90, D, OLD, C \
	VPORQ C, OVER, OVER \
	ADDQ $BYTES, SI \
	ADDQ $BYTES, BX \
	ADDQ R9, DI \
	DECQ CX \
	JNE  group

#define FLIPARGS \
	MOVQ s+0(FP), AX \
	MOVQ row_base+8(FP), SI \
	MOVQ Sums_Active(AX), BX \
	MOVQ Sums_Bits(AX), DI \
	MOVQ Sums_Groups(AX), CX \
	MOVQ Sums_Lanes(AX), R8 \
	SHLQ $3, R8 \
	MOVQ Sums_Room(AX), R9 \
	SHLQ $3, R9 \
	MOVQ Sums_First(AX), R10 \
	IMULQ R8, R10 \
	MOVQ Sums_Width(AX), R11 \
	DECQ R11 \
	IMULQ R8, R11 \
	VPXORQ Z3, Z3, Z3 \
	VPXORQ Z6, Z6, Z6 \
	CMPB add+32(FP), $0 \
	JEQ  group \
	VPTERNLOGQ $0xff, Z3, Z3, Z3

// func fillAVX512(dst []uint64, lanes *Lanes)
TEXT ·fillAVX512(SB), NOSPLIT, $0-32
	MOVQ dst_base+0(FP), DI
	MOVQ dst_len+8(FP), CX
	MOVQ lanes+24(FP), SI
	SHRQ $3, CX
	JEQ  done
	VMOVDQU64 (SI), Z0
	VMOVDQU64 64(SI), Z1
	VMOVDQU64 128(SI), Z2
	VMOVDQU64 192(SI), Z3
loop:
	VPADDQ Z3, Z0, Z4
	VPROLQ $23, Z4, Z4
	VPADDQ Z0, Z4, Z4
	VMOVDQU64 Z4, (DI)
	VPSLLQ $17, Z1, Z5
	VPXORQ Z0, Z2, Z2
	VPXORQ Z1, Z3, Z3
	VPXORQ Z2, Z1, Z1
	VPXORQ Z3, Z0, Z0
	VPXORQ Z5, Z2, Z2
	VPROLQ $45, Z3, Z3
	ADDQ $64, DI
	DECQ CX
	JNE  loop
	VMOVDQU64 Z0, (SI)
	VMOVDQU64 Z1, 64(SI)
	VMOVDQU64 Z2, 128(SI)
	VMOVDQU64 Z3, 192(SI)
done:
	VZEROUPPER
	RET

// func unlikeAVX512(a, b []uint64) int
TEXT ·unlikeAVX512(SB), NOSPLIT, $0-56
	MOVQ a_base+0(FP), SI
	MOVQ a_len+8(FP), CX
	MOVQ b_base+24(FP), DI
	VPXORQ Z0, Z0, Z0
	VPXORQ Z1, Z1, Z1
	SUBQ $16, CX
	JLT  last
loop:
	VMOVDQU64 (SI), Z2
	VMOVDQU64 64(SI), Z3
	VPXORQ (DI), Z2, Z2
	VPXORQ 64(DI), Z3, Z3
	VPOPCNTQ Z2, Z2
	VPOPCNTQ Z3, Z3
	VPADDQ Z2, Z0, Z0
	VPADDQ Z3, Z1, Z1
	ADDQ $128, SI
	ADDQ $128, DI
	SUBQ $16, CX
	JGE  loop
last: // CX + 16 words are left
	ADDQ $16, CX
	MOVL $1, AX
	SHLL CX, AX
	DECL AX // a bit for each of them
	KMOVW AX, K1
	SHRL $8, AX
	KMOVW AX, K2
	VMOVDQU64.Z (SI), K1, Z2
	VMOVDQU64.Z 64(SI), K2, Z3
	VMOVDQU64.Z (DI), K1, Z4
	VMOVDQU64.Z 64(DI), K2, Z5
	VPXORQ Z4, Z2, Z2
	VPXORQ Z5, Z3, Z3
	VPOPCNTQ Z2, Z2
	VPOPCNTQ Z3, Z3
	VPADDQ Z2, Z0, Z0
	VPADDQ Z3, Z1, Z1
	VPADDQ Z1, Z0, Z0
	VEXTRACTI64X4 $1, Z0, Y1
	VPADDQ Y1, Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	VPADDQ X1, X0, X0
	VPSRLDQ $8, X0, X1
	VPADDQ X1, X0, X0
	VMOVQ X0, AX
	MOVQ AX, ret+48(FP)
	VZEROUPPER
	RET

// func flipWide(s *Sums, row []uint64, add bool) (over uint64)
TEXT ·flipWide(SB), NOSPLIT, $0-48
	FLIPARGS
	RIPPLE(Z, Z0, Z1, Z3, Z4, Z5, Z6, 64)
	VPTESTMQ Z6, Z6, K1
	KMOVW K1, AX
	MOVQ AX, over+40(FP)
	VZEROUPPER
	RET

// func flipNarrow(s *Sums, row []uint64, add bool) (over uint64)
TEXT ·flipNarrow(SB), NOSPLIT, $0-48
	FLIPARGS
	RIPPLE(X, X0, X1, X3, X4, X5, X6, 16)
	VPTESTMQ Z6, Z6, K1
	KMOVW K1, AX
	MOVQ AX, over+40(FP)
	VZEROUPPER
	RET

// FULL is a full adder: SUM, A and B become sum and (in CARRY) carry.
#define FULL(SUM, A, B, CARRY) \
	VMOVDQA64 SUM, CARRY \
	VPTERNLOGQ $0xe8, B, A, CARRY \
	VPTERNLOGQ $0x96, B, A, SUM

// func tallyAVX512(t *Tally)
//
// Eight rows at a time: seven full adders a group, then one ripple of what is
// carried into the counters' bit 3. Z24 … Z31 are the signs of the rows' spins.
TEXT ·tallyAVX512(SB), NOSPLIT, $0-8
	MOVQ t+0(FP), AX
	MOVQ Tally_Rows(AX), R8
	MOVQ Tally_Stride(AX), R9
	SHLQ $3, R9
	MOVQ Tally_Spins(AX), R10
	MOVQ (Tally_Spins+8)(AX), R11
	MOVQ Tally_Depth(AX), R12
	SHLQ $6, R12
	LEAQ (R9)(R9*2), R13
	SUBQ $8, R11
	JLT  rest
eight:
	VPMOVSXBQ (R10), Z0
	VPSRAQ $63, Z0, Z0
	VPBROADCASTQ X0, Z24
	VALIGNQ $1, Z0, Z0, Z0
	VPBROADCASTQ X0, Z25
	VALIGNQ $1, Z0, Z0, Z0
	VPBROADCASTQ X0, Z26
	VALIGNQ $1, Z0, Z0, Z0
	VPBROADCASTQ X0, Z27
	VALIGNQ $1, Z0, Z0, Z0
	VPBROADCASTQ X0, Z28
	VALIGNQ $1, Z0, Z0, Z0
	VPBROADCASTQ X0, Z29
	VALIGNQ $1, Z0, Z0, Z0
	VPBROADCASTQ X0, Z30
	VALIGNQ $1, Z0, Z0, Z0
	VPBROADCASTQ X0, Z31
	MOVQ R8, SI
	MOVQ Tally_Counts(AX), DI
	MOVQ Tally_Groups(AX), CX
group:
	LEAQ (SI)(R9*4), BX
	VPXORQ (SI), Z24, Z4
	VPXORQ (SI)(R9*1), Z25, Z5
	VPXORQ (SI)(R9*2), Z26, Z6
	VPXORQ (SI)(R13*1), Z27, Z7
	VPXORQ (BX), Z28, Z8
	VPXORQ (BX)(R9*1), Z29, Z9
	VPXORQ (BX)(R9*2), Z30, Z10
	VPXORQ (BX)(R13*1), Z31, Z11
	LEAQ (BX)(R9*4), BX
	PREFETCHT0 (BX)
	PREFETCHT0 (BX)(R9*2)
	LEAQ (BX)(R9*4), BX
	PREFETCHT0 (BX)
	PREFETCHT0 (BX)(R9*2)
	VMOVDQU64 (DI), Z1
	VMOVDQU64 64(DI), Z2
	VMOVDQU64 128(DI), Z3
	FULL(Z1, Z4, Z5, Z12)
	FULL(Z1, Z6, Z7, Z13)
	FULL(Z1, Z8, Z9, Z14)
	FULL(Z1, Z10, Z11, Z15)
	FULL(Z2, Z12, Z13, Z16)
	FULL(Z2, Z14, Z15, Z17)
	FULL(Z3, Z16, Z17, Z18)
	VMOVDQU64 Z1, (DI)
	VMOVDQU64 Z2, 64(DI)
	VMOVDQU64 Z3, 128(DI)
	LEAQ 192(DI), DX
	VPTESTMQ Z18, Z18, K1
	KORTESTB K1, K1
	JEQ  carried
carry:
	VMOVDQU64 (DX), Z1
	VPXORQ Z18, Z1, Z2
	VMOVDQU64 Z2, (DX)
	VPANDQ Z18, Z1, Z18
	ADDQ $64, DX
	VPTESTMQ Z18, Z18, K1
	KORTESTB K1, K1
	JNE  carry
carried:
	ADDQ $64, SI
	ADDQ R12, DI
	DECQ CX
	JNE  group
	LEAQ (R8)(R9*8), R8
	ADDQ $8, R10
	SUBQ $8, R11
	JGE  eight
rest:
	ADDQ $8, R11
	JEQ  done
one:
	MOVBQSX (R10), BX
	SARQ $63, BX
	VPBROADCASTQ BX, Z24
	MOVQ R8, SI
	MOVQ Tally_Counts(AX), DI
	MOVQ Tally_Groups(AX), CX
onegroup:
	VPXORQ (SI), Z24, Z18
	MOVQ DI, DX
	VPTESTMQ Z18, Z18, K1
	KORTESTB K1, K1
	JEQ  onecarried
onecarry:
	VMOVDQU64 (DX), Z1
	VPXORQ Z18, Z1, Z2
	VMOVDQU64 Z2, (DX)
	VPANDQ Z18, Z1, Z18
	ADDQ $64, DX
	VPTESTMQ Z18, Z18, K1
	KORTESTB K1, K1
	JNE  onecarry
onecarried:
	ADDQ $64, SI
	ADDQ R12, DI
	DECQ CX
	JNE  onegroup
	ADDQ R9, R8
	INCQ R10
	DECQ R11
	JNE  one
done:
	VZEROUPPER
	RET

// The dot product of a row with the sums, for one number of registers that a
// group fills: SI is the row, DI the sums, CX the groups, R9 the weights; the
// same place of the row that is asked for from memory is R8 bytes on. The result
// is spread over Z28 and Z29, modulo 2^52.
#define FIRST(off, acc, sum) \
	VPANDQ off(DI), Z31, acc \
	VPOPCNTQ acc, acc
#define NEXT(off, acc, sum) \
	VPANDQ off(DI), Z31, Z30 \
	VPOPCNTQ Z30, Z30 \
	VPADDQ Z30, acc, acc
#define WEIGH(off, acc, sum) \
	VPMADD52LUQ off(R9), acc, sum

#define TAPS1(OP) OP(0, Z0, Z28)
#define TAPS2(OP) TAPS1(OP) \
	OP(64, Z1, Z29)
#define TAPS3(OP) TAPS2(OP) \
	OP(128, Z2, Z28)
#define TAPS4(OP) TAPS3(OP) \
	OP(192, Z3, Z29)
#define TAPS5(OP) TAPS4(OP) \
	OP(256, Z4, Z28)
#define TAPS6(OP) TAPS5(OP) \
	OP(320, Z5, Z29)
#define TAPS7(OP) TAPS6(OP) \
	OP(384, Z6, Z28)
#define TAPS8(OP) TAPS7(OP) \
	OP(448, Z7, Z29)
#define TAPS9(OP) TAPS8(OP) \
	OP(512, Z8, Z28)
#define TAPS10(OP) TAPS9(OP) \
	OP(576, Z9, Z29)
#define TAPS11(OP) TAPS10(OP) \
	OP(640, Z10, Z28)
#define TAPS12(OP) TAPS11(OP) \
	OP(704, Z11, Z29)
#define TAPS13(OP) TAPS12(OP) \
	OP(768, Z12, Z28)
#define TAPS14(OP) TAPS13(OP) \
	OP(832, Z13, Z29)
#define TAPS15(OP) TAPS14(OP) \
	OP(896, Z14, Z28)
#define TAPS16(OP) TAPS15(OP) \
	OP(960, Z15, Z29)
#define TAPS17(OP) TAPS16(OP) \
	OP(1024, Z16, Z28)
#define TAPS18(OP) TAPS17(OP) \
	OP(1088, Z17, Z29)
#define TAPS19(OP) TAPS18(OP) \
	OP(1152, Z18, Z28)
#define TAPS20(OP) TAPS19(OP) \
	OP(1216, Z19, Z29)
#define TAPS21(OP) TAPS20(OP) \
	OP(1280, Z20, Z28)
#define TAPS22(OP) TAPS21(OP) \
	OP(1344, Z21, Z29)
#define TAPS23(OP) TAPS22(OP) \
	OP(1408, Z22, Z28)
#define TAPS24(OP) TAPS23(OP) \
	OP(1472, Z23, Z29)

#define DOT(TAPS, LOAD, BYTES, ROOM) \
	PREFETCHT0 (SI)(R8*1) \
	LOAD (SI), Z31 \
	TAPS(FIRST) \
	DECQ CX \
	JEQ  weigh \
loop: \
	ADDQ $BYTES, SI \
	ADDQ $ROOM, DI \
	PREFETCHT0 (SI)(R8*1) \
	LOAD (SI), Z31 \
	TAPS(NEXT) \
	DECQ CX \
	JNE  loop \
weigh: \
	PREFETCHT0 BYTES(SI)(R8*1) \
	VPXORQ Z28, Z28, Z28 \
	VPXORQ Z29, Z29, Z29 \
	TAPS(WEIGH) \
	RET

TEXT wide1<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS1, VMOVDQU64, 64, 64)
TEXT wide2<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS2, VMOVDQU64, 64, 128)
TEXT wide3<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS3, VMOVDQU64, 64, 192)
TEXT wide4<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS4, VMOVDQU64, 64, 256)
TEXT wide5<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS5, VMOVDQU64, 64, 320)
TEXT wide6<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS6, VMOVDQU64, 64, 384)
TEXT wide7<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS7, VMOVDQU64, 64, 448)
TEXT wide8<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS8, VMOVDQU64, 64, 512)
TEXT wide9<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS9, VMOVDQU64, 64, 576)
TEXT wide10<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS10, VMOVDQU64, 64, 640)
TEXT wide11<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS11, VMOVDQU64, 64, 704)
TEXT wide12<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS12, VMOVDQU64, 64, 768)
TEXT wide13<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS13, VMOVDQU64, 64, 832)
TEXT wide14<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS14, VMOVDQU64, 64, 896)
TEXT wide15<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS15, VMOVDQU64, 64, 960)
TEXT wide16<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS16, VMOVDQU64, 64, 1024)
TEXT wide17<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS17, VMOVDQU64, 64, 1088)
TEXT wide18<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS18, VMOVDQU64, 64, 1152)
TEXT wide19<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS19, VMOVDQU64, 64, 1216)
TEXT wide20<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS20, VMOVDQU64, 64, 1280)
TEXT wide21<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS21, VMOVDQU64, 64, 1344)
TEXT wide22<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS22, VMOVDQU64, 64, 1408)
TEXT wide23<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS23, VMOVDQU64, 64, 1472)
TEXT wide24<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS24, VMOVDQU64, 64, 1536)
TEXT narrow1<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS1, VBROADCASTI64X2, 16, 64)
TEXT narrow2<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS2, VBROADCASTI64X2, 16, 128)
TEXT narrow3<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS3, VBROADCASTI64X2, 16, 192)
TEXT narrow4<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS4, VBROADCASTI64X2, 16, 256)
TEXT narrow5<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS5, VBROADCASTI64X2, 16, 320)
TEXT narrow6<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS6, VBROADCASTI64X2, 16, 384)

// dots lists them: wide1 … wide24, narrow1 … narrow6.
DATA dots<>+0(SB)/8, $wide1<>(SB)
DATA dots<>+8(SB)/8, $wide2<>(SB)
DATA dots<>+16(SB)/8, $wide3<>(SB)
DATA dots<>+24(SB)/8, $wide4<>(SB)
DATA dots<>+32(SB)/8, $wide5<>(SB)
DATA dots<>+40(SB)/8, $wide6<>(SB)
DATA dots<>+48(SB)/8, $wide7<>(SB)
DATA dots<>+56(SB)/8, $wide8<>(SB)
DATA dots<>+64(SB)/8, $wide9<>(SB)
DATA dots<>+72(SB)/8, $wide10<>(SB)
DATA dots<>+80(SB)/8, $wide11<>(SB)
DATA dots<>+88(SB)/8, $wide12<>(SB)
DATA dots<>+96(SB)/8, $wide13<>(SB)
DATA dots<>+104(SB)/8, $wide14<>(SB)
DATA dots<>+112(SB)/8, $wide15<>(SB)
DATA dots<>+120(SB)/8, $wide16<>(SB)
DATA dots<>+128(SB)/8, $wide17<>(SB)
DATA dots<>+136(SB)/8, $wide18<>(SB)
DATA dots<>+144(SB)/8, $wide19<>(SB)
DATA dots<>+152(SB)/8, $wide20<>(SB)
DATA dots<>+160(SB)/8, $wide21<>(SB)
DATA dots<>+168(SB)/8, $wide22<>(SB)
DATA dots<>+176(SB)/8, $wide23<>(SB)
DATA dots<>+184(SB)/8, $wide24<>(SB)
DATA dots<>+192(SB)/8, $narrow1<>(SB)
DATA dots<>+200(SB)/8, $narrow2<>(SB)
DATA dots<>+208(SB)/8, $narrow3<>(SB)
DATA dots<>+216(SB)/8, $narrow4<>(SB)
DATA dots<>+224(SB)/8, $narrow5<>(SB)
DATA dots<>+232(SB)/8, $narrow6<>(SB)
GLOBL dots<>(SB), RODATA, $240

// func scanAVX512(s *Scan, dot int) int
TEXT ·scanAVX512(SB), NOSPLIT, $8-24
	MOVQ s+0(FP), AX
	MOVQ dot+8(FP), BX
	LEAQ dots<>(SB), DX
	MOVQ (DX)(BX*8), DX
	MOVQ Scan_Rows(AX), R13
	MOVQ Scan_Stride(AX), R15
	SHLQ $3, R15
	MOVQ Scan_Order(AX), R10
	MOVQ (Scan_Order+8)(AX), R12
	XORL R11, R11
	CMPQ R11, R12
	JGE  done
visit:
	MOVLQSX (R10)(R11*4), BX
	MOVQ Scan_Ahead(AX), R8
	ADDQ R11, R8
	CMPQ R8, R12
	CMOVQGE R11, R8
	MOVLQSX (R10)(R8*4), R8
	SUBQ BX, R8
	IMULQ R15, R8
	MOVQ BX, SI
	IMULQ R15, SI
	ADDQ R13, SI
	MOVQ SI, R14
	MOVQ (Scan_Sums+Sums_Bits)(AX), DI
	MOVQ (Scan_Sums+Sums_Groups)(AX), CX
	MOVQ (Scan_Sums+Sums_Weight)(AX), R9
	CALL DX
	VPADDQ Z28, Z29, Z29
	VEXTRACTI64X4 $1, Z29, Y28
	VPADDQ Y28, Y29, Y29
	VEXTRACTI64X2 $1, Y29, X28
	VPADDQ X28, X29, X29
	VPSHUFD $0xee, X29, X28
	VPADDQ X28, X29, X29
	VMOVQ X29, R8
	SHLQ $12, R8
	SARQ $12, R8
	SUBQ Scan_Total(AX), R8
	MOVQ (Scan_Apart+8)(AX), CX
	TESTQ CX, CX
	JEQ  whole
	MOVQ Scan_Apart(AX), DI
apart:
	MOVQ Apart_Word(DI), SI
	MOVQ (R14)(SI*8), SI
	MOVQ Apart_Shift(DI), R9
	BTQ  R9, SI
	SBBQ SI, SI
	ANDQ Apart_Value(DI), SI
	ADDQ SI, R8
	ADDQ $Apart__size, DI
	DECQ CX
	JNE  apart
whole:
	MOVQ Scan_Spins(AX), DI
	MOVBQSX (DI)(BX*1), SI
	IMULQ SI, R8
	SUBQ Scan_Self(AX), R8
	MOVQ $0x7fffffff, SI
	CMPQ R8, SI
	CMOVQLT R8, SI
	MOVQ $-0x80000000, DI
	CMPQ SI, DI
	CMOVQLT DI, SI
	MOVQ Scan_Stable(AX), DI
	MOVL SI, (DI)(R11*4)
	TESTQ R8, R8
	JLT  flips
next:
	INCQ R11
	CMPQ R11, R12
	JLT  visit
done:
	MOVQ R11, ret+16(FP)
	VZEROUPPER
	RET
flips:
	CMPB Scan_Whole(AX), $0
	JNE  next
	JMP  done
