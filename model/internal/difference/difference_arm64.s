#include "go_asm.h"
#include "textflag.h"

// A full adder of the slice at R8 and V5 with the carry V4; R13 is 64.
#define ADDER \
	VLD1 (R8), [V6.B16] \
	VEOR V5.B16, V6.B16, V7.B16 \
	VAND V5.B16, V6.B16, V6.B16 \
	VEOR V4.B16, V7.B16, V8.B16 \
	VAND V4.B16, V7.B16, V4.B16 \
	VORR V6.B16, V4.B16, V4.B16 \
	VST1.P [V8.B16], (R8)(R13)

// COUNT makes R the set bits of V.
#define COUNT(V, R) \
	VCNT V.B16, V.B16 \
	VUADDLV V.B16, V \
	VMOV V.H[0], R

// func runNEON(s *Step) (up, down int64)
//
// Each group in quarters, of which R6 is the number left: V0 the patterns that go
// up, V1 those that go down; R20 and R21 what they grow by.
TEXT ·runNEON(SB), NOSPLIT, $0-24
	MOVD s+0(FP), R0
	MOVD Step_Value(R0), R1
	MOVD Step_Rest(R0), R2
	MOVD Step_Active(R0), R3
	MOVD Step_Row(R0), R4
	MOVD Step_Groups(R0), R6
	MOVD Step_Width(R0), R7
	MOVD (Step_Width+8)(R0), R5
	SUB  $1, R5
	ADD  R5<<3, R7, R5 // the width of the last difference
	MOVD Step_Invert(R0), R8
	VDUP R8, V10.D2
	MOVD $64, R13
	MOVD ZR, R20
	MOVD ZR, R21
	LSL  $2, R6
	CBZ  R6, done

quarter:
	VLD1.P 16(R4), [V0.B16]
	VLD1.P 16(R3), [V1.B16]
	VEOR V0.B16, V10.B16, V0.B16
	VAND V0.B16, V1.B16, V0.B16
	VEOR V0.B16, V1.B16, V1.B16

	// the last difference, down
	MOVD (R5), R10
	MOVD Step_Size(R0), R8
	SUB  R10, R8
	ADD  R8<<6, R2, R8
	MOVD R8, R14
	MOVD Step_Minus(R0), R9
	VEOR V4.B16, V4.B16, V4.B16
minus:
	MOVD.P 8(R9), R11
	VDUP R11, V5.D2
	VAND V1.B16, V5.B16, V5.B16
	ADDER
	SUB  $1, R10
	CBNZ R10, minus

	// the others but v, down, the last first
	SUB  $8, R5, R15
	CMP  R7, R15
	BEQ  value
fall:
	MOVD R14, R9
	MOVD 8(R15), R11
	MOVD (R15), R10
	SUB  R10<<6, R14, R14
	MOVD R14, R8
	VORR V1.B16, V1.B16, V4.B16
fallbit:
	CBZ  R11, fallsign
	VLD1.P (R9)(R13), [V5.B16]
	VAND V1.B16, V5.B16, V5.B16
	VEOR V1.B16, V5.B16, V5.B16
	SUB  $1, R11
fallsign:
	ADDER
	SUB  $1, R10
	CBNZ R10, fallbit
	SUB  $8, R15
	CMP  R7, R15
	BNE  fall

value:
	MOVD R2, R9
	MOVD 8(R7), R11
	MOVD (R7), R10
	MOVD R1, R8
	VORR V1.B16, V1.B16, V4.B16
valuebit:
	CBZ  R11, valuesign
	VLD1.P (R9)(R13), [V5.B16]
	VEOR V1.B16, V5.B16, V5.B16
	SUB  $1, R11
valuesign:
	ADDER
	SUB  $1, R10
	CBNZ R10, valuebit

	// what v grows by: Δv from its sign down
	MOVD 8(R7), R10
	SUB  $1, R10
	ADD  R10<<6, R2, R9
	VLD1 (R9), [V5.B16]
	VAND V0.B16, V5.B16, V2.B16
	VAND V1.B16, V5.B16, V3.B16
	COUNT(V2, R16)
	COUNT(V3, R17)
	NEG  R16, R16
	NEG  R17, R17
	CBZ  R10, grown
grow:
	SUB  $64, R9
	VLD1 (R9), [V5.B16]
	VAND V0.B16, V5.B16, V2.B16
	VAND V1.B16, V5.B16, V3.B16
	COUNT(V2, R11)
	COUNT(V3, R19)
	ADD  R16<<1, R11, R16
	ADD  R17<<1, R19, R17
	SUB  $1, R10
	CBNZ R10, grow
grown:
	ADD  R16, R20
	SUB  R17, R21

	// the differences up, the first first
	MOVD R2, R8
	ADD  $8, R7, R15
rise:
	CMP  R5, R15
	BEQ  last
	MOVD (R15), R10
	ADD  R10<<6, R8, R9
	MOVD R9, R14
	MOVD 8(R15), R11
	VEOR V4.B16, V4.B16, V4.B16
risebit:
	CBZ  R11, risesign
	VLD1.P (R9)(R13), [V5.B16]
	VAND V0.B16, V5.B16, V5.B16
	SUB  $1, R11
risesign:
	ADDER
	SUB  $1, R10
	CBNZ R10, risebit
	MOVD R14, R8
	ADD  $8, R15
	B    rise

last:
	MOVD (R5), R10
	MOVD Step_Plus(R0), R9
	VEOR V4.B16, V4.B16, V4.B16
plus:
	MOVD.P 8(R9), R11
	VDUP R11, V5.D2
	VAND V0.B16, V5.B16, V5.B16
	ADDER
	SUB  $1, R10
	CBNZ R10, plus

	ADD  $16, R1
	ADD  $16, R2
	SUB  $1, R6
	TST  $3, R6
	BNE  quarter
	MOVD Step_Size(R0), R8
	ADD  R8<<6, R2, R2
	SUB  $64, R2
	MOVD Step_Stride(R0), R8
	ADD  R8<<6, R1, R1
	SUB  $64, R1
	CBNZ R6, quarter

done:
	MOVD R20, up+8(FP)
	MOVD R21, down+16(FP)
	RET
