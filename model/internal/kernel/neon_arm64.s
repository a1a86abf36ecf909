#include "go_asm.h"
#include "textflag.h"

// The loops for 64-bit ARM.

// BLOCK is how many times the set bits of 64 bytes can be added to 16 bytes:
// 7·4·8 < 256.
#define BLOCK 7

// The dot product of a row with slices of the sums, one slice after the other, in
// R13: R8 is the row, R10 the first of the slices, R11 how many there are, R12 the
// bytes from group to group, R9 the weights.
TEXT dotNEON<>(SB), NOSPLIT|NOFRAME, $0
	MOVD ZR, R13
slice:
	MOVD R8, R14
	MOVD R10, R15
	MOVD (Scan_Sums+Sums_Groups)(R0), R16
	MOVD ZR, R17
block:
	MOVD $BLOCK, R19
	CMP  R19, R16
	CSEL LT, R16, R19, R19
	SUB  R19, R16
	VEOR V16.B16, V16.B16, V16.B16
group:
	VLD1.P 64(R14), [V0.B16, V1.B16, V2.B16, V3.B16]
	VLD1 (R15), [V4.B16, V5.B16, V6.B16, V7.B16]
	ADD  R12, R15
	VAND V0.B16, V4.B16, V0.B16
	VAND V1.B16, V5.B16, V1.B16
	VAND V2.B16, V6.B16, V2.B16
	VAND V3.B16, V7.B16, V3.B16
	VCNT V0.B16, V0.B16
	VCNT V1.B16, V1.B16
	VCNT V2.B16, V2.B16
	VCNT V3.B16, V3.B16
	VADD V0.B16, V1.B16, V0.B16
	VADD V2.B16, V3.B16, V2.B16
	VADD V0.B16, V16.B16, V16.B16
	VADD V2.B16, V16.B16, V16.B16
	SUB  $1, R19
	CBNZ R19, group
	VUADDLV V16.B16, V17
	VMOV V17.H[0], R20
	ADD  R20, R17
	CBNZ R16, block
	MOVD.P 64(R9), R20
	MADD R20, R13, R17, R13
	ADD  $64, R10
	SUB  $1, R11
	CBNZ R11, slice
	RET

// func scanNEON(s *Scan) int
//
// R21 is how many slices a first look leaves out, R24 what is taken from its dot
// product, R22 the part of the stability that it found.
TEXT ·scanNEON(SB), NOSPLIT, $16-16
	MOVD s+0(FP), R0
	MOVD Scan_Order(R0), R1
	MOVD ZR, R2
	MOVD (Scan_Order+8)(R0), R3
	MOVD Scan_Rows(R0), R4
	MOVD Scan_Stride(R0), R5
	LSL  $3, R5
	MOVD (Scan_Sums+Sums_Width)(R0), R12
	LSL  $6, R12
	MOVD ZR, R21
	MOVD Scan_Total(R0), R24
	MOVBU Scan_Whole(R0), R15
	CBNZ R15, all
	MOVD Scan_Skip(R0), R21
	CBZ  R21, all
	MOVD Scan_Low(R0), R15
	SUB  R15, R24
all:
	CMP  R3, R2
	BGE  done
visit:
	MOVD Scan_Ahead(R0), R6
	ADD  R2, R6
	CMP  R3, R6
	CSEL GE, R2, R6, R6
	MOVW (R1)(R6<<2), R6
	MADD R5, R4, R6, R6 // the row to be asked for from memory
	MOVD (Scan_Sums+Sums_Groups)(R0), R16
ask:
	PRFM (R6), PLDL1KEEP
	ADD  $64, R6
	SUB  $1, R16
	CBNZ R16, ask
	MOVW (R1)(R2<<2), R7
	MADD R5, R4, R7, R8
	MOVD (Scan_Sums+Sums_Weight)(R0), R9
	MOVD (Scan_Sums+Sums_Bits)(R0), R10
	MOVD (Scan_Sums+Sums_Width)(R0), R11
	ADD  R21<<6, R9
	ADD  R21<<6, R10
	SUB  R21, R11
	CALL dotNEON<>(SB)
	SUB  R24, R13
	MOVD Scan_Apart(R0), R14
	MOVD (Scan_Apart+8)(R0), R15
	CBZ  R15, whole
apart:
	MOVD Apart_Word(R14), R16
	MOVD (R8)(R16<<3), R16
	MOVD Apart_Shift(R14), R17
	LSR  R17, R16
	AND  $1, R16
	MOVD Apart_Value(R14), R17
	MADD R17, R13, R16, R13
	ADD  $Apart__size, R14
	SUB  $1, R15
	CBNZ R15, apart
whole:
	MOVD Scan_Spins(R0), R14
	MOVB (R14)(R7), R23
	MUL  R23, R13
	MOVD Scan_Self(R0), R15
	SUB  R15, R13
	CBZ  R21, note
	MOVD Scan_Doubt(R0), R15
	SUB  R15, R13, R16
	TBNZ $63, R16, doubt
	MOVD R16, R13
note:
	MOVD $0x7fffffff, R15
	CMP  R15, R13
	CSEL GT, R15, R13, R16
	MOVD $-0x80000000, R15
	CMP  R15, R16
	CSEL LT, R15, R16, R16
	MOVD Scan_Stable(R0), R15
	MOVW R16, (R15)(R2<<2)
	TBNZ $63, R13, flips
next:
	ADD  $1, R2
	CMP  R3, R2
	BLT  visit
done:
	MOVD R2, ret+8(FP)
	RET
flips:
	MOVBU Scan_Whole(R0), R15
	CBNZ R15, next
	B    done
doubt: // a second look, at the slices left out
	MOVD R13, R22
	MOVD (Scan_Sums+Sums_Weight)(R0), R9
	MOVD (Scan_Sums+Sums_Bits)(R0), R10
	MOVD R21, R11
	CALL dotNEON<>(SB)
	MOVD Scan_Low(R0), R15
	SUB  R15, R13
	MADD R23, R22, R13, R13
	B    note

// func unlikeNEON(a, b []uint64) int
TEXT ·unlikeNEON(SB), NOSPLIT, $0-56
	MOVD a_base+0(FP), R0
	MOVD a_len+8(FP), R1
	MOVD b_base+24(FP), R2
	MOVD ZR, R3
	SUBS $2, R1
	BLT  rest
two:
	VLD1.P 16(R0), [V0.B16]
	VLD1.P 16(R2), [V1.B16]
	VEOR V0.B16, V1.B16, V0.B16
	VCNT V0.B16, V0.B16
	VUADDLV V0.B16, V0
	VMOV V0.H[0], R4
	ADD  R4, R3
	SUBS $2, R1
	BGE  two
rest:
	ADDS $2, R1
	BEQ  done
	VLD1 (R0), [V0.B8]
	VLD1 (R2), [V1.B8]
	VEOR V0.B8, V1.B8, V0.B8
	VCNT V0.B8, V0.B8
	VUADDLV V0.B8, V0
	VMOV V0.H[0], R4
	ADD  R4, R3
done:
	MOVD R3, ret+48(FP)
	RET

// func flipNEON(s *Sums, row []uint64, add bool) (over uint64)
//
// A carry V0 moves through a quarter of a group's slices from First to the last,
// upwards where V1 is 0 and downwards where it is 1.
TEXT ·flipNEON(SB), NOSPLIT, $0-48
	MOVD s+0(FP), R0
	MOVD row_base+8(FP), R1
	MOVBU add+32(FP), R2
	MOVD Sums_Active(R0), R3
	MOVD Sums_Bits(R0), R4
	MOVD Sums_Groups(R0), R5
	MOVD Sums_First(R0), R6
	LSL  $6, R6
	MOVD Sums_Width(R0), R7
	LSL  $6, R7
	NEG  R2, R2 // all ones to add
	VDUP R2, V3.D2
	VEOR V6.B16, V6.B16, V6.B16
	MOVD $64, R13
group:
	MOVD $4, R8
quarter:
	VLD1.P 16(R1), [V1.B16]
	VLD1.P 16(R3), [V0.B16]
	VEOR V1.B16, V3.B16, V1.B16
	ADD  R6, R4, R9
	ADD  R7, R4, R10
	SUB  $64, R10
	CMP  R10, R9
	BEQ  last
slice:
	VLD1 (R9), [V4.B16]
	VEOR V4.B16, V0.B16, V5.B16
	VST1.P [V5.B16], (R9)(R13)
	VEOR V1.B16, V4.B16, V4.B16
	VAND V4.B16, V0.B16, V0.B16
	CMP  R10, R9
	BNE  slice
last:
	VLD1 (R9), [V4.B16]
	VEOR V4.B16, V0.B16, V5.B16
	VST1 [V5.B16], (R9)
	VEOR V1.B16, V4.B16, V4.B16
	VAND V4.B16, V0.B16, V4.B16
	VEOR V4.B16, V0.B16, V0.B16
	VORR V0.B16, V6.B16, V6.B16
	ADD  $16, R4
	SUB  $1, R8
	CBNZ R8, quarter
	ADD  R7, R4
	SUB  $64, R4
	SUB  $1, R5
	CBNZ R5, group
	VMOV V6.D[0], R0
	VMOV V6.D[1], R1
	ORR  R1, R0
	MOVD R0, over+40(FP)
	RET

// XOSHIRO is one step of two streams in A, B, C, D; their words go to OUT.
#define XOSHIRO(A, B, C, D, OUT) \
	VADD D.D2, A.D2, V16.D2 \
	VSHL $23, V16.D2, OUT.D2 \
	VSRI $41, V16.D2, OUT.D2 \
	VADD A.D2, OUT.D2, OUT.D2 \
	VSHL $17, B.D2, V17.D2 \
	VEOR A.B16, C.B16, C.B16 \
	VEOR B.B16, D.B16, D.B16 \
	VEOR C.B16, B.B16, B.B16 \
	VEOR D.B16, A.B16, A.B16 \
	VEOR V17.B16, C.B16, C.B16 \
	VSHL $45, D.D2, V17.D2 \
	VSRI $19, D.D2, V17.D2 \
	VORR V17.B16, V17.B16, D.B16

// func fillNEON(dst []uint64, lanes *Lanes)
TEXT ·fillNEON(SB), NOSPLIT, $0-32
	MOVD dst_base+0(FP), R0
	MOVD dst_len+8(FP), R1
	MOVD lanes+24(FP), R2
	LSR  $3, R1
	CBZ  R1, done
	MOVD R2, R3
	VLD1.P 64(R3), [V0.D2, V1.D2, V2.D2, V3.D2]
	VLD1.P 64(R3), [V4.D2, V5.D2, V6.D2, V7.D2]
	VLD1.P 64(R3), [V8.D2, V9.D2, V10.D2, V11.D2]
	VLD1.P 64(R3), [V12.D2, V13.D2, V14.D2, V15.D2]
loop:
	XOSHIRO(V0, V4, V8, V12, V18)
	XOSHIRO(V1, V5, V9, V13, V19)
	XOSHIRO(V2, V6, V10, V14, V20)
	XOSHIRO(V3, V7, V11, V15, V21)
	VST1.P [V18.D2, V19.D2, V20.D2, V21.D2], 64(R0)
	SUB  $1, R1
	CBNZ R1, loop
	VST1.P [V0.D2, V1.D2, V2.D2, V3.D2], 64(R2)
	VST1.P [V4.D2, V5.D2, V6.D2, V7.D2], 64(R2)
	VST1.P [V8.D2, V9.D2, V10.D2, V11.D2], 64(R2)
	VST1.P [V12.D2, V13.D2, V14.D2, V15.D2], 64(R2)
done:
	RET
