#include "go_asm.h"
#include "textflag.h"
#include "verdict_amd64.h"

// The loops for processors with AVX2 and BMI. Bits are counted by looking up
// four of them at a time.

DATA nibbles<>+0(SB)/8, $0x0302020102010100 // set bits of 0 … 7
DATA nibbles<>+8(SB)/8, $0x0403030203020201 // and of 8 … 15
GLOBL nibbles<>(SB), RODATA, $16

// CONSTANTS makes Y14 the table of nibbles, Y15 the mask of one, Y13 zero.
#define CONSTANTS \
	VBROADCASTI128 nibbles<>(SB), Y14 \
	MOVL $0x0f0f0f0f, DX \
	VMOVD DX, X15 \
	VPBROADCASTD X15, Y15 \
	VPXOR Y13, Y13, Y13

// COUNT adds the set bits of each byte of V to the bytes of SUM.
#define COUNT(V, T, SUM) \
	VPAND Y15, V, T \
	VPSRLW $4, V, V \
	VPAND Y15, V, V \
	VPSHUFB T, Y14, T \
	VPSHUFB V, Y14, V \
	VPADDB T, SUM, SUM \
	VPADDB V, SUM, SUM

// BLOCK is how many times 64 bytes COUNT can add to bytes: 15·2·8 < 256.
#define BLOCK 15

// The dot product of a row with slices of the sums, one slice after the other, in
// R8: R14 is the row, R15 the first of the slices, R13 how many there are, R8 the
// bytes from group to group, R9 the weights.
TEXT dotAVX2<>(SB), NOSPLIT|NOFRAME, $0
	VPXOR Y12, Y12, Y12
slice:
	MOVQ R14, SI
	MOVQ R15, DI
	MOVQ (Scan_Sums+Sums_Groups)(AX), CX
	VPXOR Y8, Y8, Y8
block:
	MOVL $BLOCK, DX
	CMPQ CX, DX
	CMOVQLT CX, DX
	SUBQ DX, CX
	VPXOR Y9, Y9, Y9
group:
	VMOVDQU (SI), Y0
	VMOVDQU 32(SI), Y1
	VPAND (DI), Y0, Y0
	VPAND 32(DI), Y1, Y1
	COUNT(Y0, Y2, Y9)
	COUNT(Y1, Y3, Y9)
	ADDQ $64, SI
	ADDQ R8, DI
	DECQ DX
	JNE  group
	VPSADBW Y13, Y9, Y9
	VPADDQ Y9, Y8, Y8
	TESTQ CX, CX
	JNE  block
	VPBROADCASTQ (R9), Y10
	VPSRLQ $32, Y10, Y11
	VPMULUDQ Y8, Y10, Y10
	VPMULUDQ Y8, Y11, Y11
	VPSLLQ $32, Y11, Y11
	VPADDQ Y10, Y12, Y12
	VPADDQ Y11, Y12, Y12
	ADDQ $64, R9
	ADDQ $64, R15
	DECQ R13
	JNE  slice
	VEXTRACTI128 $1, Y12, X0
	VPADDQ X0, X12, X12
	VPSHUFD $0xee, X12, X0
	VPADDQ X0, X12, X12
	VMOVQ X12, R8
	RET

// func scanAVX2(s *Scan) int
TEXT ·scanAVX2(SB), NOSPLIT, $32-16
	MOVQ s+0(FP), AX
	CONSTANTS
	BEGIN
	MOVQ Scan_Order(AX), R10
	MOVQ (Scan_Order+8)(AX), R12
	XORL R11, R11
	CMPQ R11, R12
	JGE  done
visit:
	MOVLQSX (R10)(R11*4), BX
	MOVQ Scan_Stride(AX), R14
	SHLQ $3, R14
	MOVQ Scan_Ahead(AX), R8
	ADDQ R11, R8
	CMPQ R8, R12
	CMOVQGE R11, R8
	MOVLQSX (R10)(R8*4), R8
	IMULQ R14, R8
	ADDQ Scan_Rows(AX), R8 // the row to be asked for from memory
	IMULQ BX, R14
	ADDQ Scan_Rows(AX), R14
	MOVQ (Scan_Sums+Sums_Groups)(AX), CX
ask:
	PREFETCHT0 (R8)
	ADDQ $64, R8
	DECQ CX
	JNE  ask
	MOVQ (Scan_Sums+Sums_Width)(AX), R13
	MOVQ R13, R8
	SHLQ $6, R8
	MOVQ skip-8(SP), R15
	SUBQ R15, R13
	SHLQ $6, R15
	MOVQ (Scan_Sums+Sums_Weight)(AX), R9
	ADDQ R15, R9
	ADDQ (Scan_Sums+Sums_Bits)(AX), R15
	CALL dotAVX2<>(SB)
	STABILITY
	LOOK
note:
	NOTE
doubt: // a second look, at the slices left out
	MOVQ R8, part-16(SP)
	MOVQ (Scan_Sums+Sums_Width)(AX), R8
	SHLQ $6, R8
	MOVQ skip-8(SP), R13
	MOVQ (Scan_Sums+Sums_Weight)(AX), R9
	MOVQ (Scan_Sums+Sums_Bits)(AX), R15
	CALL dotAVX2<>(SB)
	SECOND

// func unlikeAVX2(a, b []uint64) int
TEXT ·unlikeAVX2(SB), NOSPLIT, $0-56
	MOVQ a_base+0(FP), SI
	MOVQ a_len+8(FP), CX
	MOVQ b_base+24(FP), DI
	CONSTANTS
	VPXOR Y8, Y8, Y8
	XORL AX, AX
	SUBQ $4, CX
	JLT  rest
four:
	VMOVDQU (SI), Y0
	VPXOR (DI), Y0, Y0
	VPXOR Y9, Y9, Y9
	COUNT(Y0, Y2, Y9)
	VPSADBW Y13, Y9, Y9
	VPADDQ Y9, Y8, Y8
	ADDQ $32, SI
	ADDQ $32, DI
	SUBQ $4, CX
	JGE  four
rest:
	ADDQ $4, CX
	JEQ  sum
one:
	MOVQ (SI), BX
	XORQ (DI), BX
	POPCNTQ BX, BX
	ADDQ BX, AX
	ADDQ $8, SI
	ADDQ $8, DI
	DECQ CX
	JNE  one
sum:
	VEXTRACTI128 $1, Y8, X0
	VPADDQ X0, X8, X8
	VPSHUFD $0xee, X8, X0
	VPADDQ X0, X8, X8
	VMOVQ X8, BX
	ADDQ BX, AX
	MOVQ AX, ret+48(FP)
	VZEROUPPER
	RET

// func flipAVX2(s *Sums, row []uint64, add bool) (over uint64)
//
// A carry Y0 moves through a half of a group's slices from First to the last,
// upwards where Y1 is 0 and downwards where it is 1.
TEXT ·flipAVX2(SB), NOSPLIT, $0-48
	MOVQ s+0(FP), AX
	MOVQ row_base+8(FP), SI
	MOVQ Sums_Active(AX), BX
	MOVQ Sums_Bits(AX), DI
	MOVQ Sums_Groups(AX), CX
	MOVQ Sums_First(AX), R10
	SHLQ $6, R10
	MOVQ Sums_Width(AX), R11
	SHLQ $6, R11
	VPXOR Y3, Y3, Y3
	VPXOR Y6, Y6, Y6
	CMPB add+32(FP), $0
	JEQ  group
	VPCMPEQD Y3, Y3, Y3
group:
	MOVL $2, R9
half:
	VPXOR (SI), Y3, Y1
	VMOVDQU (BX), Y0
	LEAQ (DI)(R10*1), DX
	LEAQ -64(DI)(R11*1), R12
	CMPQ DX, R12
	JEQ  last
slice:
	VMOVDQU (DX), Y4
	VPXOR Y4, Y0, Y5
	VMOVDQU Y5, (DX)
	VPXOR Y1, Y4, Y4
	VPAND Y4, Y0, Y0
	ADDQ $64, DX
	CMPQ DX, R12
	JNE  slice
last:
	VMOVDQU (DX), Y4
	VPXOR Y4, Y0, Y5
	VMOVDQU Y5, (DX)
	VPXOR Y1, Y4, Y4
	VPANDN Y0, Y4, Y0
	VPOR Y0, Y6, Y6
	ADDQ $32, SI
	ADDQ $32, BX
	ADDQ $32, DI
	DECQ R9
	JNE  half
	LEAQ -64(DI)(R11*1), DI
	DECQ CX
	JNE  group
	XORL AX, AX
	VPTEST Y6, Y6
	SETNE AX
	MOVQ AX, over+40(FP)
	VZEROUPPER
	RET

// XOSHIRO is one step of four streams in A, B, C, D; their words go to OUT.
#define XOSHIRO(A, B, C, D, OUT) \
	VPADDQ D, A, Y8 \
	VPSLLQ $23, Y8, Y9 \
	VPSRLQ $41, Y8, Y8 \
	VPOR Y9, Y8, Y8 \
	VPADDQ A, Y8, Y8 \
	VMOVDQU Y8, OUT \
	VPSLLQ $17, B, Y9 \
	VPXOR A, C, C \
	VPXOR B, D, D \
	VPXOR C, B, B \
	VPXOR D, A, A \
	VPXOR Y9, C, C \
	VPSLLQ $45, D, Y9 \
	VPSRLQ $19, D, D \
	VPOR Y9, D, D

// func fillAVX2(dst []uint64, lanes *Lanes)
TEXT ·fillAVX2(SB), NOSPLIT, $0-32
	MOVQ dst_base+0(FP), DI
	MOVQ dst_len+8(FP), CX
	MOVQ lanes+24(FP), SI
	SHRQ $3, CX
	JEQ  done
	VMOVDQU (SI), Y0
	VMOVDQU 64(SI), Y1
	VMOVDQU 128(SI), Y2
	VMOVDQU 192(SI), Y3
	VMOVDQU 32(SI), Y4
	VMOVDQU 96(SI), Y5
	VMOVDQU 160(SI), Y6
	VMOVDQU 224(SI), Y7
loop:
	XOSHIRO(Y0, Y1, Y2, Y3, (DI))
	XOSHIRO(Y4, Y5, Y6, Y7, 32(DI))
	ADDQ $64, DI
	DECQ CX
	JNE  loop
	VMOVDQU Y0, (SI)
	VMOVDQU Y1, 64(SI)
	VMOVDQU Y2, 128(SI)
	VMOVDQU Y3, 192(SI)
	VMOVDQU Y4, 32(SI)
	VMOVDQU Y5, 96(SI)
	VMOVDQU Y6, 160(SI)
	VMOVDQU Y7, 224(SI)
done:
	VZEROUPPER
	RET
