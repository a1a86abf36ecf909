#include "go_asm.h"
#include "funcdata.h"
#include "textflag.h"
#include "verdict_amd64.h"

// The loops for processors with AVX-512 F, BW, DQ, VL, IFMA and VPOPCNTDQ. A
// row costs an AND, a population count and an addition for each 64 bytes of the
// sums, which two ports share: 1.5 cycles.

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

// func flipAVX512(s *Sums, row []uint64, add bool) (over uint64)
//
// A carry Z0 moves through a group's slices from First to the last, upwards
// where Z1 is 0 and downwards where it is 1. SI is the row, BX the mask of active
// patterns, DI the group.
TEXT ·flipAVX512(SB), NOSPLIT, $0-48
	MOVQ s+0(FP), AX
	MOVQ row_base+8(FP), SI
	MOVQ Sums_Active(AX), BX
	MOVQ Sums_Bits(AX), DI
	MOVQ Sums_Groups(AX), CX
	MOVQ Sums_First(AX), R10
	SHLQ $6, R10
	MOVQ Sums_Width(AX), R11
	SHLQ $6, R11
	VPXORQ Z3, Z3, Z3
	VPXORQ Z6, Z6, Z6
	CMPB add+32(FP), $0
	JEQ  group
	VPTERNLOGQ $0xff, Z3, Z3, Z3
group:
	VPXORQ (SI), Z3, Z1
	VMOVDQU64 (BX), Z0
	LEAQ (DI)(R10*1), DX
	ADDQ R11, DI
	LEAQ -64(DI), R12
	CMPQ DX, R12
	JEQ  last
slice:
	VMOVDQU64 (DX), Z4
	VPXORQ Z4, Z0, Z5
	VMOVDQU64 Z5, (DX)
	VPTERNLOGQ $0x60, Z1, Z4, Z0 // carry AND (slice XOR down)
	ADDQ $64, DX
	CMPQ DX, R12
	JNE  slice
last:
	VMOVDQU64 (DX), Z4
	VPXORQ Z4, Z0, Z5
	VMOVDQU64 Z5, (DX)
	VPTERNLOGQ $0x90, Z1, Z4, Z0 // carry AND NOT (slice XOR down)
	VPORQ Z0, Z6, Z6
	ADDQ $64, SI
	ADDQ $64, BX
	DECQ CX
	JNE  group
	VPTESTMQ Z6, Z6, K1
	KMOVW K1, AX
	MOVQ AX, over+40(FP)
	VZEROUPPER
	RET

// func lowAVX512(s *Sums, skip int) (sum, norm int)
//
// DI is a group, R10 its lowest slice, R12 the highest of those left out: what
// lies between is doubled from slice to slice.
TEXT ·lowAVX512(SB), NOSPLIT, $0-32
	MOVQ s+0(FP), AX
	MOVQ skip+8(FP), R12
	SHLQ $6, R12
	SUBQ $64, R12
	MOVQ Sums_First(AX), R10
	SHLQ $6, R10
	MOVQ Sums_Active(AX), BX
	MOVQ Sums_Bits(AX), DI
	MOVQ Sums_Groups(AX), CX
	MOVQ Sums_Width(AX), R11
	SHLQ $6, R11
	VPXORQ Z0, Z0, Z0 // bits that add to the norm
	VPXORQ Z1, Z1, Z1 // patterns that count less than 0
	VPXORQ Z2, Z2, Z2 // all patterns
	VPXORQ Z8, Z8, Z8 // bits that add to the sum
	ADDQ DI, R10
	ADDQ DI, R12
group:
	VMOVDQU64 (BX), Z3
	VMOVDQU64 (R12), Z4
	VPANDNQ Z3, Z4, Z5
	VPOPCNTQ Z5, Z5
	VPADDQ Z5, Z1, Z1
	VPOPCNTQ Z3, Z5
	VPADDQ Z5, Z2, Z2
	VPXORQ Z6, Z6, Z6
	VPOPCNTQ Z4, Z7
	MOVQ R12, DX
	JMP  more
slice:
	SUBQ $64, DX
	VMOVDQU64 (DX), Z5
	VPOPCNTQ Z5, Z9
	VPADDQ Z7, Z7, Z7
	VPADDQ Z9, Z7, Z7
	VPTERNLOGQ $0x84, Z4, Z3, Z5 // active AND NOT (slice XOR up)
	VPOPCNTQ Z5, Z5
	VPADDQ Z6, Z6, Z6
	VPADDQ Z5, Z6, Z6
more:
	CMPQ DX, R10
	JNE  slice
	VPADDQ Z6, Z0, Z0
	VPADDQ Z7, Z8, Z8
	ADDQ R11, R10
	ADDQ R11, R12
	ADDQ $64, BX
	DECQ CX
	JNE  group
	VPADDQ Z0, Z0, Z0
	VPADDQ Z1, Z1, Z1
	VPADDQ Z8, Z8, Z8
	MOVQ Sums_Base(AX), DX
	VPBROADCASTQ DX, Z3
	VPMULLQ Z2, Z3, Z3
	VPADDQ Z3, Z8, Z8
	TESTQ $1, DX
	JEQ  even
	VMOVDQA64 Z2, Z1
even:
	VPADDQ Z1, Z0, Z0
	VPUNPCKLQDQ Z0, Z8, Z1 // sums beside norms
	VPUNPCKHQDQ Z0, Z8, Z2
	VPADDQ Z1, Z2, Z0
	VEXTRACTI64X4 $1, Z0, Y1
	VPADDQ Y1, Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	VPADDQ X1, X0, X0
	VMOVDQU X0, sum+16(FP)
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

// The dot product of a row with slices of the sums, for one number of registers
// that a group fills: SI is the row, DI the first of the slices, R15 the bytes
// from group to group, CX the groups, R9 the weights. The same place of the rows
// that are asked for from memory is R8 and R13 bytes on, the latter into the
// second-level cache. The result is spread over Z28 and Z29, modulo 2^52.
#define FIRST(off, acc, sum) \
	VPANDQ off(DI), Z31, acc \
	VPOPCNTQ acc, acc
#define NEXT(off, acc, sum) \
	VPANDQ off(DI), Z31, Z30 \
	VPOPCNTQ Z30, Z30 \
	VPADDQ Z30, acc, acc
#define WEIGH(off, acc, sum) \
	VPMADD52LUQ off(R9), acc, sum

// ADDUP makes R8 the sum of the lanes of Z28 and Z29.
#define ADDUP \
	VPADDQ Z28, Z29, Z29 \
	VEXTRACTI64X4 $1, Z29, Y28 \
	VPADDQ Y28, Y29, Y29 \
	VEXTRACTI64X2 $1, Y29, X28 \
	VPADDQ X28, X29, X29 \
	VPSHUFD $0xee, X29, X28 \
	VPADDQ X28, X29, X29 \
	VMOVQ X29, R8 \
	SHLQ $12, R8 \
	SARQ $12, R8

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

#define DOT(TAPS) \
	PREFETCHT0 (SI)(R8*1) \
	PREFETCHT1 (SI)(R13*1) \
	VMOVDQU64 (SI), Z31 \
	TAPS(FIRST) \
	DECQ CX \
	JEQ  weigh \
loop: \
	ADDQ $64, SI \
	ADDQ R15, DI \
	PREFETCHT0 (SI)(R8*1) \
	PREFETCHT1 (SI)(R13*1) \
	VMOVDQU64 (SI), Z31 \
	TAPS(NEXT) \
	DECQ CX \
	JNE  loop \
weigh: \
	PREFETCHT0 64(SI)(R8*1) \
	PREFETCHT1 64(SI)(R13*1) \
	VPXORQ Z28, Z28, Z28 \
	VPXORQ Z29, Z29, Z29 \
	TAPS(WEIGH) \
	RET

// The dot products of eight rows with slices of the sums, a row to each lane: R14 is a word
// of all eight, which the next follows; DI the first of the slices, R8 what it is from one
// group's end to the next group, CX the words, R9 the weights.
#define FIRST8(off, acc, sum) \
	VPANDQ.BCST off(DI), Z31, acc \
	VPOPCNTQ acc, acc
#define NEXT8(off, acc, sum) \
	VPANDQ.BCST off(DI), Z31, Z30 \
	VPOPCNTQ Z30, Z30 \
	VPADDQ Z30, acc, acc

#define DOT8(TAPS) \
	VMOVDQU64 (R14), Z31 \
	TAPS(FIRST8) \
	MOVL $1, SI \
	CMPQ SI, CX \
	JEQ  weigh \
loop: \
	ADDQ $64, R14 \
	ADDQ $8, DI \
	TESTQ $7, SI \
	JNE  same \
	ADDQ R8, DI \
same: \
	VMOVDQU64 (R14), Z31 \
	TAPS(NEXT8) \
	INCQ SI \
	CMPQ SI, CX \
	JNE  loop \
weigh: \
	VPXORQ Z28, Z28, Z28 \
	VPXORQ Z29, Z29, Z29 \
	TAPS(WEIGH) \
	RET

TEXT one1<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS1)
TEXT one2<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS2)
TEXT one3<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS3)
TEXT one4<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS4)
TEXT one5<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS5)
TEXT one6<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS6)
TEXT one7<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS7)
TEXT one8<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS8)
TEXT one9<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS9)
TEXT one10<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS10)
TEXT one11<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS11)
TEXT one12<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS12)
TEXT one13<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS13)
TEXT one14<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS14)
TEXT one15<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS15)
TEXT one16<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS16)
TEXT one17<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS17)
TEXT one18<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS18)
TEXT one19<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS19)
TEXT one20<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS20)
TEXT one21<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS21)
TEXT one22<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS22)
TEXT one23<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS23)
TEXT one24<>(SB), NOSPLIT|NOFRAME, $0
	DOT(TAPS24)
TEXT eight1<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS1)
TEXT eight2<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS2)
TEXT eight3<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS3)
TEXT eight4<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS4)
TEXT eight5<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS5)
TEXT eight6<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS6)
TEXT eight7<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS7)
TEXT eight8<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS8)
TEXT eight9<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS9)
TEXT eight10<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS10)
TEXT eight11<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS11)
TEXT eight12<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS12)
TEXT eight13<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS13)
TEXT eight14<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS14)
TEXT eight15<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS15)
TEXT eight16<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS16)
TEXT eight17<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS17)
TEXT eight18<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS18)
TEXT eight19<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS19)
TEXT eight20<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS20)
TEXT eight21<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS21)
TEXT eight22<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS22)
TEXT eight23<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS23)
TEXT eight24<>(SB), NOSPLIT|NOFRAME, $0
	DOT8(TAPS24)

// ones and eights list them by the number of slices.
DATA ones<>+0(SB)/8, $one1<>(SB)
DATA ones<>+8(SB)/8, $one2<>(SB)
DATA ones<>+16(SB)/8, $one3<>(SB)
DATA ones<>+24(SB)/8, $one4<>(SB)
DATA ones<>+32(SB)/8, $one5<>(SB)
DATA ones<>+40(SB)/8, $one6<>(SB)
DATA ones<>+48(SB)/8, $one7<>(SB)
DATA ones<>+56(SB)/8, $one8<>(SB)
DATA ones<>+64(SB)/8, $one9<>(SB)
DATA ones<>+72(SB)/8, $one10<>(SB)
DATA ones<>+80(SB)/8, $one11<>(SB)
DATA ones<>+88(SB)/8, $one12<>(SB)
DATA ones<>+96(SB)/8, $one13<>(SB)
DATA ones<>+104(SB)/8, $one14<>(SB)
DATA ones<>+112(SB)/8, $one15<>(SB)
DATA ones<>+120(SB)/8, $one16<>(SB)
DATA ones<>+128(SB)/8, $one17<>(SB)
DATA ones<>+136(SB)/8, $one18<>(SB)
DATA ones<>+144(SB)/8, $one19<>(SB)
DATA ones<>+152(SB)/8, $one20<>(SB)
DATA ones<>+160(SB)/8, $one21<>(SB)
DATA ones<>+168(SB)/8, $one22<>(SB)
DATA ones<>+176(SB)/8, $one23<>(SB)
DATA ones<>+184(SB)/8, $one24<>(SB)
GLOBL ones<>(SB), RODATA, $192
DATA eights<>+0(SB)/8, $eight1<>(SB)
DATA eights<>+8(SB)/8, $eight2<>(SB)
DATA eights<>+16(SB)/8, $eight3<>(SB)
DATA eights<>+24(SB)/8, $eight4<>(SB)
DATA eights<>+32(SB)/8, $eight5<>(SB)
DATA eights<>+40(SB)/8, $eight6<>(SB)
DATA eights<>+48(SB)/8, $eight7<>(SB)
DATA eights<>+56(SB)/8, $eight8<>(SB)
DATA eights<>+64(SB)/8, $eight9<>(SB)
DATA eights<>+72(SB)/8, $eight10<>(SB)
DATA eights<>+80(SB)/8, $eight11<>(SB)
DATA eights<>+88(SB)/8, $eight12<>(SB)
DATA eights<>+96(SB)/8, $eight13<>(SB)
DATA eights<>+104(SB)/8, $eight14<>(SB)
DATA eights<>+112(SB)/8, $eight15<>(SB)
DATA eights<>+120(SB)/8, $eight16<>(SB)
DATA eights<>+128(SB)/8, $eight17<>(SB)
DATA eights<>+136(SB)/8, $eight18<>(SB)
DATA eights<>+144(SB)/8, $eight19<>(SB)
DATA eights<>+152(SB)/8, $eight20<>(SB)
DATA eights<>+160(SB)/8, $eight21<>(SB)
DATA eights<>+168(SB)/8, $eight22<>(SB)
DATA eights<>+176(SB)/8, $eight23<>(SB)
DATA eights<>+184(SB)/8, $eight24<>(SB)
GLOBL eights<>(SB), RODATA, $192

// FIRSTAHEAD is how many visits before the rest of a row its first line is asked
// for: where it lies in memory is then known when the rest is.
#define FIRSTAHEAD 2

// VISIT makes R8 the dot product of the row of the next neuron, BX, and the slices that
// are not left out. R14 becomes the row; R11 is the place in the order R10, R12 the
// length of it, DX the loop. It asks for rows to come.
#define VISIT \
	MOVLQSX (R10)(R11*4), BX \
	MOVQ Scan_Stride(AX), R15 \
	SHLQ $3, R15 \
	MOVQ Scan_Ahead(AX), R8 \
	ADDQ R11, R8 \
	CMPQ R8, R12 \
	CMOVQGE R11, R8 \
	MOVLQSX (R10)(R8*4), R8 \
	SUBQ BX, R8 \
	IMULQ R15, R8 \
	MOVQ Scan_Far(AX), R13 \
	ADDQ R11, R13 \
	LEAQ FIRSTAHEAD(R13), R14 \
	CMPQ R13, R12 \
	CMOVQGE R11, R13 \
	MOVLQSX (R10)(R13*4), R13 \
	SUBQ BX, R13 \
	IMULQ R15, R13 \
	CMPQ R14, R12 \
	CMOVQGE R11, R14 \
	MOVLQSX (R10)(R14*4), R14 \
	IMULQ R15, R14 \
	MOVQ Scan_Rows(AX), SI \
	PREFETCHT1 (SI)(R14*1) \
	MOVQ BX, R14 \
	IMULQ R15, R14 \
	ADDQ SI, R14 \
	MOVQ R14, SI \
	MOVQ skip-8(SP), R9 \
	SHLQ $6, R9 \
	MOVQ (Scan_Sums+Sums_Bits)(AX), DI \
	ADDQ R9, DI \
	ADDQ (Scan_Sums+Sums_Weight)(AX), R9 \
	MOVQ (Scan_Sums+Sums_Groups)(AX), CX \
	MOVQ (Scan_Sums+Sums_Width)(AX), R15 \
	SHLQ $6, R15 \
	CALL DX \
	ADDUP

// func scanOne(s *Scan) int
TEXT ·scanOne(SB), NOSPLIT, $32-16
	MOVQ s+0(FP), AX
	BEGIN
	MOVQ (Scan_Sums+Sums_Width)(AX), BX
	SUBQ R9, BX
	LEAQ ones<>(SB), DX
	MOVQ -8(DX)(BX*8), DX
	MOVQ Scan_Order(AX), R10
	MOVQ (Scan_Order+8)(AX), R12
	XORL R11, R11
	CMPQ R11, R12
	JGE  done
visit:
	VISIT
	STABILITY
	LOOK
note:
	NOTE
doubt: // a second look, at the slices left out
	MOVQ R8, part-16(SP)
	MOVQ skip-8(SP), BX
	LEAQ ones<>(SB), SI
	MOVQ -8(SI)(BX*8), BX
	MOVQ R14, SI
	XORL R8, R8
	XORL R13, R13
	MOVQ (Scan_Sums+Sums_Bits)(AX), DI
	MOVQ (Scan_Sums+Sums_Groups)(AX), CX
	MOVQ (Scan_Sums+Sums_Weight)(AX), R9
	CALL BX
	ADDUP
	MOVLQSX (R10)(R11*4), BX
	SECOND

// A carry Z0 moves through slices from DI on, upwards where Z1 is 0 and downwards where
// it is 1.
#define CARRY(off, acc, sum) \
	VMOVDQU64 off(DI), Z4 \
	VPXORQ Z4, Z0, Z5 \
	VMOVDQU64 Z5, off(DI) \
	VPTERNLOGQ $0x60, Z1, Z4, Z0 // carry AND (slice XOR down)

TEXT carry0<>(SB), NOSPLIT|NOFRAME, $0
	RET
TEXT carry1<>(SB), NOSPLIT|NOFRAME, $0
	TAPS1(CARRY)
	RET
TEXT carry2<>(SB), NOSPLIT|NOFRAME, $0
	TAPS2(CARRY)
	RET
TEXT carry3<>(SB), NOSPLIT|NOFRAME, $0
	TAPS3(CARRY)
	RET
TEXT carry4<>(SB), NOSPLIT|NOFRAME, $0
	TAPS4(CARRY)
	RET
TEXT carry5<>(SB), NOSPLIT|NOFRAME, $0
	TAPS5(CARRY)
	RET
TEXT carry6<>(SB), NOSPLIT|NOFRAME, $0
	TAPS6(CARRY)
	RET
TEXT carry7<>(SB), NOSPLIT|NOFRAME, $0
	TAPS7(CARRY)
	RET
TEXT carry8<>(SB), NOSPLIT|NOFRAME, $0
	TAPS8(CARRY)
	RET
TEXT carry9<>(SB), NOSPLIT|NOFRAME, $0
	TAPS9(CARRY)
	RET
TEXT carry10<>(SB), NOSPLIT|NOFRAME, $0
	TAPS10(CARRY)
	RET
TEXT carry11<>(SB), NOSPLIT|NOFRAME, $0
	TAPS11(CARRY)
	RET
TEXT carry12<>(SB), NOSPLIT|NOFRAME, $0
	TAPS12(CARRY)
	RET
TEXT carry13<>(SB), NOSPLIT|NOFRAME, $0
	TAPS13(CARRY)
	RET
TEXT carry14<>(SB), NOSPLIT|NOFRAME, $0
	TAPS14(CARRY)
	RET
TEXT carry15<>(SB), NOSPLIT|NOFRAME, $0
	TAPS15(CARRY)
	RET
TEXT carry16<>(SB), NOSPLIT|NOFRAME, $0
	TAPS16(CARRY)
	RET
TEXT carry17<>(SB), NOSPLIT|NOFRAME, $0
	TAPS17(CARRY)
	RET
TEXT carry18<>(SB), NOSPLIT|NOFRAME, $0
	TAPS18(CARRY)
	RET
TEXT carry19<>(SB), NOSPLIT|NOFRAME, $0
	TAPS19(CARRY)
	RET
TEXT carry20<>(SB), NOSPLIT|NOFRAME, $0
	TAPS20(CARRY)
	RET
TEXT carry21<>(SB), NOSPLIT|NOFRAME, $0
	TAPS21(CARRY)
	RET
TEXT carry22<>(SB), NOSPLIT|NOFRAME, $0
	TAPS22(CARRY)
	RET
TEXT carry23<>(SB), NOSPLIT|NOFRAME, $0
	TAPS23(CARRY)
	RET

// carries lists those by the number of slices, from 0.
DATA carries<>+0(SB)/8, $carry0<>(SB)
DATA carries<>+8(SB)/8, $carry1<>(SB)
DATA carries<>+16(SB)/8, $carry2<>(SB)
DATA carries<>+24(SB)/8, $carry3<>(SB)
DATA carries<>+32(SB)/8, $carry4<>(SB)
DATA carries<>+40(SB)/8, $carry5<>(SB)
DATA carries<>+48(SB)/8, $carry6<>(SB)
DATA carries<>+56(SB)/8, $carry7<>(SB)
DATA carries<>+64(SB)/8, $carry8<>(SB)
DATA carries<>+72(SB)/8, $carry9<>(SB)
DATA carries<>+80(SB)/8, $carry10<>(SB)
DATA carries<>+88(SB)/8, $carry11<>(SB)
DATA carries<>+96(SB)/8, $carry12<>(SB)
DATA carries<>+104(SB)/8, $carry13<>(SB)
DATA carries<>+112(SB)/8, $carry14<>(SB)
DATA carries<>+120(SB)/8, $carry15<>(SB)
DATA carries<>+128(SB)/8, $carry16<>(SB)
DATA carries<>+136(SB)/8, $carry17<>(SB)
DATA carries<>+144(SB)/8, $carry18<>(SB)
DATA carries<>+152(SB)/8, $carry19<>(SB)
DATA carries<>+160(SB)/8, $carry20<>(SB)
DATA carries<>+168(SB)/8, $carry21<>(SB)
DATA carries<>+176(SB)/8, $carry22<>(SB)
DATA carries<>+184(SB)/8, $carry23<>(SB)
GLOBL carries<>(SB), RODATA, $192

// TORIPPLE notes what is the same for all flips. Its places are those of RIPPLE.
#define TORIPPLE \
	MOVQ (Scan_Sums+Sums_First)(AX), R8 \
	MOVQ (Scan_Sums+Sums_Width)(AX), R9 \
	SUBQ R8, R9 \
	LEAQ carries<>(SB), SI \
	MOVQ -8(SI)(R9*8), SI \
	MOVQ SI, carry-32(SP) \
	DECQ R9 \
	SHLQ $6, R9 \
	MOVQ R9, last-40(SP) \
	SHLQ $6, R8 \
	ADDQ (Scan_Sums+Sums_Bits)(AX), R8 \
	MOVQ R8, first-48(SP) \
	MOVQ (Scan_Sums+Sums_Width)(AX), R9 \
	SHLQ $6, R9 \
	MOVQ R9, size-56(SP)

// RIPPLE adds the row R14 to the sums that are in slices, where Z3 is all ones; where it
// is 0, it takes it away. Z6 tells what is over, as in flipAVX512. COUNT looks at the row's
// words in Z1, of which Z0 are in slices.
#define RIPPLE(COUNT) \
	VPXORQ Z6, Z6, Z6 \
	MOVQ (Scan_Sums+Sums_Active)(AX), R13 \
	MOVQ (Scan_Sums+Sums_Groups)(AX), CX \
	MOVQ carry-32(SP), SI \
	MOVQ last-40(SP), R8 \
	MOVQ first-48(SP), DI \
	MOVQ size-56(SP), R9 \
group: \
	VMOVDQU64 (R14), Z1 \
	VMOVDQU64 (R13), Z0 \
	COUNT \
	VPXORQ Z1, Z3, Z1 \
	CALL SI \
	VMOVDQU64 (DI)(R8*1), Z4 \
	VPXORQ Z4, Z0, Z5 \
	VMOVDQU64 Z5, (DI)(R8*1) \
	VPTERNLOGQ $0x90, Z1, Z4, Z0 \
	ADDQ R9, DI \
	VPORQ Z0, Z6, Z6 \
	ADDQ $64, R14 \
	ADDQ $64, R13 \
	DECQ CX \
	JNE  group

// UPS counts in Z7.
#define UPS \
	VPANDQ Z0, Z1, Z5 \
	VPOPCNTQ Z5, Z5 \
	VPADDQ Z5, Z7, Z7

// COUNTED is the COUNT of rows of which the bits need not be counted.
#define COUNTED

// TURNASIDE adds a flip of the neuron whose row is R14 to the patterns apart; SI is its
// new spin. COUNT looks at R8, which is -1 if the neuron is +1 in a pattern, else 0.
#define TURNASIDE(COUNT) \
	MOVQ (Scan_Apart+8)(AX), CX \
	TESTQ CX, CX \
	JEQ  sums \
	MOVQ Scan_Apart(AX), DI \
turn: \
	MOVQ Apart_Word(DI), R8 \
	MOVQ (R14)(R8*8), R8 \
	MOVQ Apart_Shift(DI), R9 \
	BTQ  R9, R8 \
	SBBQ R8, R8 \
	COUNT \
	LEAQ 1(R8)(R8*1), R8 \
	IMULQ SI, R8 \
	SHLQ $2, R8 \
	SUBQ R8, Apart_Value(DI) \
	ADDQ $Apart__size, DI \
	DECQ CX \
	JNE  turn \
sums:

// UPSASIDE counts in R15.
#define UPSASIDE \
	SUBQ R8, R15

// func heatOne(s *Scan) int
//
// A visit is that of scanOne. Of one that flips, part-16(SP) is the new spin, R15
// counts in how many patterns apart the neuron is +1, Z7 in how many others. The
// last slice tells what is over, as in flipAVX512.
TEXT ·heatOne(SB), NOSPLIT, $64-16
	MOVQ s+0(FP), AX
	TORIPPLE
	MOVQ $0, Scan_Flips(AX)
	MOVB $0, Scan_Over(AX)
	MOVQ $0, skip-8(SP)
	MOVQ Scan_Total(AX), R8
	MOVQ R8, total-24(SP)
	MOVQ (Scan_Sums+Sums_Width)(AX), BX
	LEAQ ones<>(SB), DX
	MOVQ -8(DX)(BX*8), DX
	MOVQ Scan_Order(AX), R10
	MOVQ (Scan_Order+8)(AX), R12
	XORL R11, R11
	CMPQ R11, R12
	JGE  done
visit:
	VISIT
	STABILITY
	MOVQ Scan_Guide(AX), DI
	TESTQ DI, DI
	JEQ  cold
	MOVQ Scan_Noise(AX), CX
	MOVQ (CX)(BX*8), CX
	MOVQ CX, SI
	SHRQ $(64-const_CellBits), SI
	LEAQ Guide_Cells(DI)(SI*4), R9
	MOVLQSX (R9), R15
	TESTQ SI, SI
	JEQ  tail
limits: // R15 is from where it stays
	CMPQ R8, R15
	JGE  next
	MOVLQSX 4(R9), SI
	CMPQ R8, SI
	JGE  done
flip:
	INCQ Scan_Flips(AX)
	MOVQ Scan_Spins(AX), DI
	NEGB (DI)(BX*1)
	MOVBQSX (DI)(BX*1), SI
	MOVQ SI, part-16(SP)
	VPXORQ Z3, Z3, Z3
	VPXORQ Z7, Z7, Z7
	TESTQ SI, SI
	JLT  down
	VPTERNLOGQ $0xff, Z3, Z3, Z3
down:
	XORL R15, R15
	TURNASIDE(UPSASIDE)
	RIPPLE(UPS)
	VEXTRACTI64X4 $1, Z7, Y5
	VPADDQ Y5, Y7, Y7
	VEXTRACTI128 $1, Y7, X5
	VPADDQ X5, X7, X7
	VPSHUFD $0xee, X7, X5
	VPADDQ X5, X7, X7
	VMOVQ X7, R8
	ADDQ R15, R8
	ADDQ R8, R8
	SUBQ Scan_Patterns(AX), R8
	ADDQ R8, R8
	IMULQ part-16(SP), R8
	ADDQ R8, Scan_Total(AX)
	ADDQ R8, total-24(SP)
	VPTESTMQ Z6, Z6, K1
	KORTESTB K1, K1
	JNE  over
next:
	INCQ R11
	CMPQ R11, R12
	JLT  visit
done:
	MOVQ R11, ret+8(FP)
	VZEROUPPER
	RET
over:
	MOVB $1, Scan_Over(AX)
	JMP  done
cold:
	TESTQ R8, R8
	JGE  next
	JMP  flip
tail:
	LZCNTQ CX, CX
	MOVLQSX Guide_Tail(DI)(CX*4), R15
	JMP  limits

// What visits of eight neurons have in common. EIGHTS begins them: Z24 is 0, Z25 seven and
// Z26 the bytes of a row, R10 the order, R12 its length and R11 the place in it.
#define EIGHTS \
	MOVQ Scan_Stride(AX), R15 \
	SHLQ $3, R15 \
	VPBROADCASTQ R15, Z26 \
	MOVL $7, R9 \
	VPBROADCASTQ R9, Z25 \
	VPXORQ Z24, Z24, Z24 \
	MOVQ Scan_Order(AX), R10 \
	MOVQ (Scan_Order+8)(AX), R12 \
	XORL R11, R11

// THOSE makes K the lanes of CX neurons, and of SI the same.
#define THOSE(K) \
	MOVL $0xff, SI \
	CMPQ CX, $8 \
	JGE  full \
	MOVL $1, SI \
	SHLL CX, SI \
	DECL SI \
full: \
	KMOVW SI, K

// GATHER puts the rows at the places of lanes K, a word of all after the other, at DI.
// COUNT looks at each in Z31.
#define GATHER(K, PLACES, COUNT) \
	MOVQ Scan_Rows(AX), R14 \
	MOVQ Scan_Words(AX), CX \
gather: \
	KMOVW K, K2 \
	VPXORQ Z31, Z31, Z31 \
	VPGATHERQQ (R14)(PLACES*1), K2, Z31 \
	VMOVDQU64 Z31, (DI) \
	COUNT \
	ADDQ $8, R14 \
	ADDQ $64, DI \
	DECQ CX \
	JNE  gather

// SPINS makes DOWN the spins of the neurons in lanes K that are −1. That of i is the byte
// that ends the eight from max(i-7, 0), or comes before.
#define SPINS(K, NEURONS, DOWN) \
	VPSUBQ Z25, NEURONS, Z28 \
	VPMAXSQ Z24, Z28, Z28 \
	MOVQ Scan_Spins(AX), DI \
	KMOVW K, K2 \
	VPXORQ Z31, Z31, Z31 \
	VPGATHERQQ (DI)(Z28*1), K2, Z31 \
	VPSUBQ Z28, NEURONS, Z30 \
	VPSUBQ Z30, Z25, Z30 \
	VPSLLQ $3, Z30, Z30 \
	VPSLLVQ Z30, Z31, Z31 \
	VPMOVQ2M Z31, DOWN

// PRODUCTS makes Z29 the dot products of the rows at R14 by the loop DOT.
#define PRODUCTS(DOT) \
	MOVQ (Scan_Sums+Sums_Width)(AX), R8 \
	DECQ R8 \
	SHLQ $6, R8 \
	MOVQ Scan_Words(AX), CX \
	CALL DOT \
	VPADDQ Z28, Z29, Z29 \
	VPSLLQ $12, Z29, Z29 \
	VPSRAQ $12, Z29, Z29

// ASIDE adds what patterns apart count with the rows at AT(R13).
#define ASIDE(AT) \
	MOVQ (Scan_Apart+8)(AX), CX \
	TESTQ CX, CX \
	JEQ  whole \
	MOVQ Scan_Apart(AX), DI \
apart: \
	MOVQ Apart_Word(DI), SI \
	SHLQ $6, SI \
	VMOVDQU64 AT(R13)(SI*1), Z31 \
	VPSRLQ Apart_Shift(DI), Z31, Z31 \
	VPSLLQ $63, Z31, Z31 \
	VPMOVQ2M Z31, K3 \
	VPADDQ.BCST Apart_Value(DI), Z29, K3, Z29 \
	ADDQ $Apart__size, DI \
	DECQ CX \
	JNE  apart \
whole:

// func scanEight(s *Scan) int
//
// Eight neurons at a time: those after the first that flips are for nothing. Where
// there are fewer, the first that is missing may seem to flip: the scan ends there
// anyway.
TEXT ·scanEight(SB), 0, $4320-16
	NO_LOCAL_POINTERS
	MOVQ s+0(FP), AX
	BEGIN
	MOVQ (Scan_Sums+Sums_Width)(AX), BX
	SUBQ R9, BX
	LEAQ eights<>(SB), DX
	MOVQ -8(DX)(BX*8), DX
	EIGHTS
	LEAQ rows-4320+63(SP), R13
	ANDQ $~63, R13
	MOVQ Scan_Stable(AX), R15
	JMP  more
visit:
	THOSE(K1)
	VPMOVSXDQ.Z (R10)(R11*4), K1, Z27
	VPMULDQ Z26, Z27, Z30
	MOVQ R13, DI
	GATHER(K1, Z30, COUNTED)
	MOVQ R13, R14
	MOVQ skip-8(SP), R9
	SHLQ $6, R9
	MOVQ (Scan_Sums+Sums_Bits)(AX), DI
	ADDQ R9, DI
	ADDQ (Scan_Sums+Sums_Weight)(AX), R9
	PRODUCTS(DX)
	VPSUBQ.BCST total-24(SP), Z29, Z29
	ASIDE(0)
	SPINS(K1, Z27, K4)
	VPSUBQ Z29, Z24, K4, Z29
	VPSUBQ.BCST Scan_Self(AX), Z29, Z29
	CMPQ skip-8(SP), $0
	JEQ  note
	VPSUBQ.BCST Scan_Doubt(AX), Z29, Z28
	VPMOVQ2M Z28, K3
	KORTESTB K3, K3
	JNE  doubt
	VMOVDQA64 Z28, Z29
note:
	VPMOVSQD Z29, K1, (R15)(R11*4)
	VPMOVQ2M Z29, K3
	KMOVW K3, SI
	TESTL SI, SI
	JNE  flips
next:
	ADDQ $8, R11
more:
	MOVQ R12, CX
	SUBQ R11, CX
	JGT  visit
	MOVQ R12, R11
done:
	MOVQ R11, ret+8(FP)
	VZEROUPPER
	RET
flips:
	CMPB Scan_Whole(AX), $0
	JNE  next
	BSFL SI, SI
	ADDQ SI, R11
	JMP  done
doubt: // a second look, at the slices left out
	VMOVDQU64 Z29, part-96(SP)
	MOVQ skip-8(SP), BX
	LEAQ eights<>(SB), SI
	MOVQ -8(SI)(BX*8), BX
	MOVQ R13, R14
	MOVQ (Scan_Sums+Sums_Bits)(AX), DI
	MOVQ (Scan_Sums+Sums_Weight)(AX), R9
	PRODUCTS(BX)
	VPSUBQ.BCST Scan_Low(AX), Z29, Z29
	VPSUBQ Z29, Z24, K4, Z29
	VPADDQ part-96(SP), Z29, Z29
	JMP  note

// func heatEight(s *Scan) int
//
// Eight neurons at a time: from their rows, in lanes, come the stabilities as they are
// before any of them flips, Z20. A flip of one changes those of the later ones by the
// couplings,
//
//	2s·(K − 2·popcount(row XOR row))
//
// for the product s of its new spin and theirs. K1 has the lanes still to come, K4 the
// spins that were −1, K5 the lanes below Stay (Z22), K6 those below Flip (Z21).
//
// What does not depend on the sums is made ready for the next eight, at R15, before these,
// at R13, flip: how many will, the processor cannot guess, and begins anew after them.
#define FLIP 0
#define STAY 64
#define TOTALS 128 // changes of Total
#define DOWN 192 // the spins that are −1
#define THERE 200 // the lanes there are
#define ROWS 256
#define READY (ROWS+64*64)

// UPS8 counts in Z29.
#define UPS8 \
	VPOPCNTQ Z31, Z28 \
	VPADDQ Z28, Z29, Z29

// ready makes the eight from place R8 in the order R10, of length R12, ready at R15. It
// leaves R11, R13, DX, K1, K4, K5 and Z20 to Z26 as they are.
TEXT ready<>(SB), NOSPLIT|NOFRAME, $0
	MOVQ R12, CX
	SUBQ R8, CX
	THOSE(K7)
	MOVQ SI, THERE(R15)
	VPMOVSXDQ.Z (R10)(R8*4), K7, Z27
	VPMULDQ Z26, Z27, Z30
	LEAQ ROWS(R15), DI
	VPXORQ Z29, Z29, Z29
	GATHER(K7, Z30, UPS8)
	VPSLLQ $2, Z29, Z29
	VPSUBQ Z23, Z29, Z29
	SPINS(K7, Z27, K2)
	KMOVW K2, SI
	MOVQ SI, DOWN(R15)
	VPSUBQ Z29, Z24, Z28
	VMOVDQA64 Z29, K2, Z28
	VMOVDQU64 Z28, TOTALS(R15)
	MOVQ Scan_Guide(AX), SI
	VPXORQ Z28, Z28, Z28
	VPXORQ Z29, Z29, Z29
	TESTQ SI, SI
	JEQ  limits
	MOVQ Scan_Noise(AX), DI
	KMOVW K7, K2
	VPXORQ Z30, Z30, Z30
	VPGATHERQQ (DI)(Z27*8), K2, Z30
	VPSRLQ $(64-const_CellBits), Z30, Z31
	KMOVW K7, K2
	VPGATHERQQ Guide_Cells(SI)(Z31*4), K2, Z28 // two in a row
	VPSLLQ $32, Z28, Z29
	VPSRAQ $32, Z29, Z29
	VPSRAQ $32, Z28, Z28
	VPTESTNMQ Z31, Z31, K7, K2
	KORTESTB K2, K2
	JNE  tail
limits:
	VMOVDQU64 Z28, FLIP(R15)
	VMOVDQU64 Z29, STAY(R15)
	RET
tail:
	VPLZCNTQ Z30, Z30
	KMOVW K2, K3
	VPXORQ Y31, Y31, Y31
	VPGATHERQD Guide_Tail(SI)(Z30*4), K3, Y31
	VPMOVSXDQ Y31, K2, Z29
	JMP  limits

TEXT ·heatEight(SB), 0, $8896-16
	NO_LOCAL_POINTERS
	MOVQ s+0(FP), AX
	MOVQ $0, Scan_Flips(AX)
	MOVB $0, Scan_Over(AX)
	TORIPPLE
	MOVQ Scan_Patterns(AX), R8
	ADDQ R8, R8
	VPBROADCASTQ R8, Z23 // 2K
	MOVQ (Scan_Sums+Sums_Width)(AX), BX
	LEAQ eights<>(SB), DX
	MOVQ -8(DX)(BX*8), DX
	EIGHTS
	LEAQ room-8896+63(SP), R13
	ANDQ $~63, R13
	LEAQ READY(R13), R15
	CMPQ R11, R12
	JGE  done
	XORL R8, R8
	CALL ready<>(SB)
visit:
	XCHGQ R13, R15
	MOVQ R13, here-64(SP)
	LEAQ ROWS(R13), R14
	MOVQ (Scan_Sums+Sums_Bits)(AX), DI
	MOVQ (Scan_Sums+Sums_Weight)(AX), R9
	PRODUCTS(DX)
	VPSUBQ.BCST Scan_Total(AX), Z29, Z29
	ASIDE(ROWS)
	KMOVW DOWN(R13), K4
	KMOVW THERE(R13), K1
	VPSUBQ Z29, Z24, K4, Z29
	VPSUBQ.BCST Scan_Self(AX), Z29, Z20
	VMOVDQU64 FLIP(R13), Z21
	VMOVDQU64 STAY(R13), Z22
	VPCMPQ $1, Z22, Z20, K1, K5
	LEAQ 8(R11), R8
	CMPQ R8, R12
	JGE  last
	CALL ready<>(SB)
last:
	KORTESTB K5, K5
	JEQ  next
below:
	KMOVW K5, SI
	BSFL SI, SI
	VPCMPQ $1, Z21, Z20, K1, K6
	KMOVW K6, R8
	BTL  SI, R8
	JCC  doubt
	VPXORQ Z28, Z28, Z28
	VPXORQ Z29, Z29, Z29
	MOVQ here-64(SP), R13
	MOVQ Scan_Words(AX), CX
	SUBQ $1, CX
	JEQ  odd
unlike:
	VMOVDQU64 ROWS(R13), Z30
	VMOVDQU64 (ROWS+64)(R13), Z31
	VPXORQ.BCST ROWS(R13)(SI*8), Z30, Z30
	VPXORQ.BCST (ROWS+64)(R13)(SI*8), Z31, Z31
	VPOPCNTQ Z30, Z30
	VPOPCNTQ Z31, Z31
	VPADDQ Z30, Z28, Z28
	VPADDQ Z31, Z29, Z29
	ADDQ $128, R13
	SUBQ $2, CX
	JGT  unlike
	JLT  coupled
odd:
	VMOVDQU64 ROWS(R13), Z30
	VPXORQ.BCST ROWS(R13)(SI*8), Z30, Z30
	VPOPCNTQ Z30, Z30
	VPADDQ Z30, Z28, Z28
coupled: // Z28 and Z29 count the patterns in which they differ
	MOVL $-2, R8
	MOVQ SI, CX
	SHLL CX, R8
	KMOVW R8, K3
	KANDW K3, K1, K1 // the lanes after it
	KMOVW K4, R8
	BTL  SI, R8
	SBBL R9, R9
	XORL R9, R8
	KMOVW R8, K2
	KANDW K1, K2, K2 // of these, the spins that are as its new one
	KANDNW K1, K2, K3 // and the others
	VPADDQ Z29, Z28, Z28
	VPSLLQ $2, Z28, Z28
	VPSUBQ Z23, Z28, Z28
	VPSUBQ Z28, Z20, K2, Z20
	VPADDQ Z28, Z20, K3, Z20
	VPCMPQ $1, Z22, Z20, K1, K5
	INCQ Scan_Flips(AX)
	MOVQ here-64(SP), R13
	MOVQ TOTALS(R13)(SI*8), R8
	ADDQ R8, Scan_Total(AX)
	ADDQ R11, SI
	MOVQ SI, place-72(SP)
	MOVLQSX (R10)(SI*4), BX
	MOVQ Scan_Stride(AX), R14
	IMULQ BX, R14
	SHLQ $3, R14
	ADDQ Scan_Rows(AX), R14
	MOVQ Scan_Spins(AX), DI
	MOVBQSX (DI)(BX*1), SI
	NEGQ SI
	MOVB SI, (DI)(BX*1)
	MOVQ SI, R8
	SARQ $63, R8
	NOTQ R8
	VPBROADCASTQ R8, Z3
	TURNASIDE(COUNTED)
	RIPPLE(COUNTED)
	VPTESTMQ Z6, Z6, K3
	KORTESTB K3, K3
	JNE  over
	KORTESTB K5, K5
	JNE  below
	MOVQ here-64(SP), R13
next:
	ADDQ $8, R11
	CMPQ R11, R12
	JLT  visit
	MOVQ R12, R11
done:
	MOVQ R11, ret+8(FP)
	VZEROUPPER
	RET
doubt:
	ADDQ SI, R11
	JMP  done
over:
	MOVB $1, Scan_Over(AX)
	MOVQ place-72(SP), R11
	JMP  done
