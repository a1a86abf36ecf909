#include "go_asm.h"
#include "textflag.h"

// A full adder of the slice at R8 and Z5 with the carry Z4: two operations of
// any three bits, 0x96 their parity and 0xE8 their majority.
#define ADDER \
	VMOVDQU64 (R8), Z6 \
	VMOVDQA64 Z6, Z7 \
	VPTERNLOGQ $0x96, Z4, Z5, Z7 \
	VPTERNLOGQ $0xE8, Z5, Z6, Z4 \
	VMOVDQU64 Z7, (R8) \
	ADDQ $64, R8

// func runAVX512(s *Step) (up, down int64)
//
// Z0 the patterns that go up, Z1 those that go down; Z20 and Z21 what they grow by.
TEXT ·runAVX512(SB), NOSPLIT, $0-24
	MOVQ s+0(FP), AX
	MOVQ Step_Value(AX), DI
	MOVQ Step_Rest(AX), SI
	MOVQ Step_Active(AX), DX
	MOVQ Step_Row(AX), BX
	MOVQ Step_Groups(AX), CX
	MOVQ Step_Width(AX), R12
	MOVQ (Step_Width+8)(AX), R13
	DECQ R13
	VPBROADCASTQ Step_Invert(AX), Z10
	VPXORQ Z11, Z11, Z11
	VPXORQ Z20, Z20, Z20
	VPXORQ Z21, Z21, Z21
	TESTQ CX, CX
	JEQ  done

group:
	VPXORQ (BX), Z10, Z0
	VMOVDQU64 (DX), Z1
	VPANDQ Z1, Z0, Z0
	VPANDNQ Z1, Z0, Z1

	// the last difference, down
	MOVQ (R12)(R13*8), R10
	MOVQ Step_Size(AX), R8
	SUBQ R10, R8
	SHLQ $6, R8
	ADDQ SI, R8
	MOVQ R8, R14
	MOVQ Step_Minus(AX), R9
	VMOVDQA64 Z11, Z4
minus:
	VPBROADCASTQ (R9), Z5
	VPANDQ Z1, Z5, Z5
	ADDER
	ADDQ $8, R9
	DECQ R10
	JNE  minus

	// the others but v, down, the last first
	MOVQ R13, R15
	DECQ R15
	JEQ  value
fall:
	MOVQ R14, R9
	MOVQ 8(R12)(R15*8), R11
	MOVQ (R12)(R15*8), R10
	MOVQ R10, R8
	SHLQ $6, R8
	SUBQ R8, R14
	MOVQ R14, R8
	VMOVDQA64 Z1, Z4
fallbit:
	TESTQ R11, R11
	JEQ  fallsign
	VMOVDQU64 (R9), Z5
	VPANDNQ Z1, Z5, Z5
	ADDQ $64, R9
	DECQ R11
fallsign:
	ADDER
	DECQ R10
	JNE  fallbit
	DECQ R15
	JNE  fall

value:
	MOVQ SI, R9
	MOVQ 8(R12), R11
	MOVQ (R12), R10
	MOVQ DI, R8
	VMOVDQA64 Z1, Z4
valuebit:
	TESTQ R11, R11
	JEQ  valuesign
	VPXORQ (R9), Z1, Z5
	ADDQ $64, R9
	DECQ R11
valuesign:
	ADDER
	DECQ R10
	JNE  valuebit

	// what v grows by: Δv from its sign down
	MOVQ 8(R12), R10
	MOVQ R10, R9
	SHLQ $6, R9
	ADDQ SI, R9
	SUBQ $64, R9
	VPANDQ (R9), Z0, Z2
	VPANDQ (R9), Z1, Z3
	VPOPCNTQ Z2, Z2
	VPOPCNTQ Z3, Z3
	VPSUBQ Z2, Z11, Z8
	VPSUBQ Z3, Z11, Z9
	DECQ R10
	JEQ  grown
grow:
	SUBQ $64, R9
	VPANDQ (R9), Z0, Z2
	VPANDQ (R9), Z1, Z3
	VPOPCNTQ Z2, Z2
	VPOPCNTQ Z3, Z3
	VPADDQ Z8, Z8, Z8
	VPADDQ Z9, Z9, Z9
	VPADDQ Z2, Z8, Z8
	VPADDQ Z3, Z9, Z9
	DECQ R10
	JNE  grow
grown:
	VPADDQ Z8, Z20, Z20
	VPSUBQ Z9, Z21, Z21

	// the differences up, the first first
	MOVQ SI, R14
	MOVQ $1, R15
rise:
	CMPQ R15, R13
	JEQ  last
	MOVQ R14, R8
	MOVQ (R12)(R15*8), R10
	MOVQ R10, R9
	SHLQ $6, R9
	ADDQ R14, R9
	MOVQ R9, R14
	MOVQ 8(R12)(R15*8), R11
	VMOVDQA64 Z11, Z4
risebit:
	TESTQ R11, R11
	JEQ  risesign
	VPANDQ (R9), Z0, Z5
	ADDQ $64, R9
	DECQ R11
risesign:
	ADDER
	DECQ R10
	JNE  risebit
	INCQ R15
	JMP  rise

last:
	MOVQ R14, R8
	MOVQ (R12)(R13*8), R10
	MOVQ Step_Plus(AX), R9
	VMOVDQA64 Z11, Z4
plus:
	VPBROADCASTQ (R9), Z5
	VPANDQ Z0, Z5, Z5
	ADDER
	ADDQ $8, R9
	DECQ R10
	JNE  plus

	ADDQ $64, BX
	ADDQ $64, DX
	MOVQ Step_Size(AX), R8
	SHLQ $6, R8
	ADDQ R8, SI
	MOVQ Step_Stride(AX), R8
	SHLQ $6, R8
	ADDQ R8, DI
	DECQ CX
	JNE  group

done:
	VEXTRACTI64X4 $1, Z20, Y2
	VEXTRACTI64X4 $1, Z21, Y3
	VPADDQ Y2, Y20, Y2
	VPADDQ Y3, Y21, Y3
	VEXTRACTI128 $1, Y2, X4
	VEXTRACTI128 $1, Y3, X5
	VPADDQ X4, X2, X2
	VPADDQ X5, X3, X3
	VPSRLDQ $8, X2, X4
	VPSRLDQ $8, X3, X5
	VPADDQ X4, X2, X2
	VPADDQ X5, X3, X3
	VMOVQ X2, up+8(FP)
	VMOVQ X3, down+16(FP)
	VZEROUPPER
	RET

DATA nibbles<>+0(SB)/8, $0x0302020102010100 // set bits of 0 … 7
DATA nibbles<>+8(SB)/8, $0x0403030203020201 // and of 8 … 15
GLOBL nibbles<>(SB), RODATA, $16

// ADDER with what AVX2 has.
#define ADDER2 \
	VMOVDQU (R8), Y6 \
	VPXOR Y5, Y6, Y7 \
	VPAND Y5, Y6, Y6 \
	VPXOR Y4, Y7, Y8 \
	VPAND Y4, Y7, Y4 \
	VPOR Y6, Y4, Y4 \
	VMOVDQU Y8, (R8) \
	ADDQ $64, R8

// COUNT makes V, 256 bits, the set bits of its four words.
#define COUNT(V, T) \
	VPAND Y15, V, T \
	VPSRLW $4, V, V \
	VPAND Y15, V, V \
	VPSHUFB T, Y14, T \
	VPSHUFB V, Y14, V \
	VPADDB T, V, V \
	VPSADBW Y11, V, V

// func runAVX2(s *Step) (up, down int64)
//
// As runAVX512, each group in two halves, of which CX is the number left.
TEXT ·runAVX2(SB), NOSPLIT, $0-24
	MOVQ s+0(FP), AX
	MOVQ Step_Value(AX), DI
	MOVQ Step_Rest(AX), SI
	MOVQ Step_Active(AX), DX
	MOVQ Step_Row(AX), BX
	MOVQ Step_Groups(AX), CX
	MOVQ Step_Width(AX), R12
	MOVQ (Step_Width+8)(AX), R13
	DECQ R13
	VPBROADCASTQ Step_Invert(AX), Y10
	VPXOR Y11, Y11, Y11
	VPXOR Y12, Y12, Y12
	VPXOR Y13, Y13, Y13
	VBROADCASTI128 nibbles<>(SB), Y14
	MOVL $0x0f0f0f0f, R8
	VMOVD R8, X15
	VPBROADCASTD X15, Y15
	ADDQ CX, CX
	JEQ  done

half:
	VPXOR (BX), Y10, Y0
	VMOVDQU (DX), Y1
	VPAND Y1, Y0, Y0
	VPANDN Y1, Y0, Y1

	// the last difference, down
	MOVQ (R12)(R13*8), R10
	MOVQ Step_Size(AX), R8
	SUBQ R10, R8
	SHLQ $6, R8
	ADDQ SI, R8
	MOVQ R8, R14
	MOVQ Step_Minus(AX), R9
	VPXOR Y4, Y4, Y4
minus:
	VPBROADCASTQ (R9), Y5
	VPAND Y1, Y5, Y5
	ADDER2
	ADDQ $8, R9
	DECQ R10
	JNE  minus

	// the others but v, down, the last first
	MOVQ R13, R15
	DECQ R15
	JEQ  value
fall:
	MOVQ R14, R9
	MOVQ 8(R12)(R15*8), R11
	MOVQ (R12)(R15*8), R10
	MOVQ R10, R8
	SHLQ $6, R8
	SUBQ R8, R14
	MOVQ R14, R8
	VMOVDQA Y1, Y4
fallbit:
	TESTQ R11, R11
	JEQ  fallsign
	VMOVDQU (R9), Y5
	VPANDN Y1, Y5, Y5
	ADDQ $64, R9
	DECQ R11
fallsign:
	ADDER2
	DECQ R10
	JNE  fallbit
	DECQ R15
	JNE  fall

value:
	MOVQ SI, R9
	MOVQ 8(R12), R11
	MOVQ (R12), R10
	MOVQ DI, R8
	VMOVDQA Y1, Y4
valuebit:
	TESTQ R11, R11
	JEQ  valuesign
	VPXOR (R9), Y1, Y5
	ADDQ $64, R9
	DECQ R11
valuesign:
	ADDER2
	DECQ R10
	JNE  valuebit

	// what v grows by: Δv from its sign down
	MOVQ 8(R12), R10
	MOVQ R10, R9
	SHLQ $6, R9
	ADDQ SI, R9
	SUBQ $64, R9
	VPAND (R9), Y0, Y2
	VPAND (R9), Y1, Y3
	COUNT(Y2, Y5)
	COUNT(Y3, Y6)
	VPSUBQ Y2, Y11, Y8
	VPSUBQ Y3, Y11, Y9
	DECQ R10
	JEQ  grown
grow:
	SUBQ $64, R9
	VPAND (R9), Y0, Y2
	VPAND (R9), Y1, Y3
	COUNT(Y2, Y5)
	COUNT(Y3, Y6)
	VPADDQ Y8, Y8, Y8
	VPADDQ Y9, Y9, Y9
	VPADDQ Y2, Y8, Y8
	VPADDQ Y3, Y9, Y9
	DECQ R10
	JNE  grow
grown:
	VPADDQ Y8, Y12, Y12
	VPSUBQ Y9, Y13, Y13

	// the differences up, the first first
	MOVQ SI, R14
	MOVQ $1, R15
rise:
	CMPQ R15, R13
	JEQ  last
	MOVQ R14, R8
	MOVQ (R12)(R15*8), R10
	MOVQ R10, R9
	SHLQ $6, R9
	ADDQ R14, R9
	MOVQ R9, R14
	MOVQ 8(R12)(R15*8), R11
	VPXOR Y4, Y4, Y4
risebit:
	TESTQ R11, R11
	JEQ  risesign
	VPAND (R9), Y0, Y5
	ADDQ $64, R9
	DECQ R11
risesign:
	ADDER2
	DECQ R10
	JNE  risebit
	INCQ R15
	JMP  rise

last:
	MOVQ R14, R8
	MOVQ (R12)(R13*8), R10
	MOVQ Step_Plus(AX), R9
	VPXOR Y4, Y4, Y4
plus:
	VPBROADCASTQ (R9), Y5
	VPAND Y0, Y5, Y5
	ADDER2
	ADDQ $8, R9
	DECQ R10
	JNE  plus

	ADDQ $32, BX
	ADDQ $32, DX
	ADDQ $32, SI
	ADDQ $32, DI
	DECQ CX
	TESTQ $1, CX
	JNE  half
	MOVQ Step_Size(AX), R8
	SHLQ $6, R8
	LEAQ -64(SI)(R8*1), SI
	MOVQ Step_Stride(AX), R8
	SHLQ $6, R8
	LEAQ -64(DI)(R8*1), DI
	TESTQ CX, CX
	JNE  half

done:
	VEXTRACTI128 $1, Y12, X4
	VEXTRACTI128 $1, Y13, X5
	VPADDQ X4, X12, X2
	VPADDQ X5, X13, X3
	VPSRLDQ $8, X2, X4
	VPSRLDQ $8, X3, X5
	VPADDQ X4, X2, X2
	VPADDQ X5, X3, X3
	VMOVQ X2, up+8(FP)
	VMOVQ X3, down+16(FP)
	VZEROUPPER
	RET

// The next slice down: each byte doubles and takes its bit, −1 in Z1.
#define BIT(at) \
	KMOVQ at(SI), K1 \
	VPMOVM2B K1, Z1 \
	VPADDB Z0, Z0, Z0 \
	VPSUBB Z1, Z0, Z0

// func bytesAVX512(slices *[8]uint64, dst *[64]uint8)
TEXT ·bytesAVX512(SB), NOSPLIT, $0-16
	MOVQ slices+0(FP), SI
	MOVQ dst+8(FP), DI
	VPXORQ Z0, Z0, Z0
	BIT(56)
	BIT(48)
	BIT(40)
	BIT(32)
	BIT(24)
	BIT(16)
	BIT(8)
	BIT(0)
	VMOVDQU64 Z0, (DI)
	VZEROUPPER
	RET
