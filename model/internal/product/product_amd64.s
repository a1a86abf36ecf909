#include "go_asm.h"
#include "textflag.h"

// TOTAL makes R the sum of the sixteen integers in Z0.
#define TOTAL(R) \
	VEXTRACTI64X4 $1, Z0, Y1 \
	VPADDD Y1, Y0, Y0 \
	VEXTRACTI128 $1, Y0, X1 \
	VPADDD X1, X0, X0 \
	VPSHUFD $0xee, X0, X1 \
	VPADDD X1, X0, X0 \
	VPSHUFD $0x55, X0, X1 \
	VPADDD X1, X0, X0 \
	VMOVD X0, R

// DOT adds the products of the patterns of a word of the row to SUM.
#define DOT(at, SUM) \
	KMOVQ (at*8)(R14), K1 \
	VMOVDQU8.Z (at*64)(DI), K1, Z4 \
	VPDPBUSD (at*64)(SI), Z4, SUM

// SQUARE is DOT where A and B are one.
#define SQUARE(at, SUM) \
	KMOVQ (at*8)(R14), K1 \
	VMOVDQU8.Z (at*64)(DI), K1, Z4 \
	VPDPBUSD Z4, Z4, SUM

// func scanVNNI(s *Scan) int
//
// BX is the neuron, R14 its row, R10 the order, R11 the place in it, R12 its
// length; CX counts four words at a time.
TEXT ·scanVNNI(SB), NOSPLIT, $0-16
	MOVQ s+0(FP), AX
	MOVQ Scan_Order(AX), R10
	MOVQ (Scan_Order+8)(AX), R12
	XORL R11, R11
	CMPQ R11, R12
	JGE  done
visit:
	MOVLQSX (R10)(R11*4), BX
	MOVQ Scan_Stride(AX), R14
	IMULQ BX, R14
	SHLQ $3, R14
	ADDQ Scan_Rows(AX), R14
	MOVQ Scan_A(AX), DI
	MOVQ Scan_B(AX), SI
	MOVQ Scan_Words(AX), CX
	VPXORQ Z0, Z0, Z0
	VPXORQ Z1, Z1, Z1
	VPXORQ Z2, Z2, Z2
	VPXORQ Z3, Z3, Z3
	CMPQ DI, SI
	JEQ  squares
	SUBQ $4, CX
	JLE  last
four:
	DOT(0, Z0)
	DOT(1, Z1)
	DOT(2, Z2)
	DOT(3, Z3)
	ADDQ $32, R14
	ADDQ $256, DI
	ADDQ $256, SI
	SUBQ $4, CX
	JGT  four
last:
	DOT(0, Z0)
	DOT(1, Z1)
	DOT(2, Z2)
	DOT(3, Z3)
total:
	VPADDD Z1, Z0, Z0
	VPADDD Z3, Z2, Z2
	VPADDD Z2, Z0, Z0
	TOTAL(R8)
	IMULQ Scan_Scale(AX), R8
	MOVQ Scan_Offset(AX), DI
	ADDQ (DI)(BX*8), R8
	MOVQ Scan_Spins(AX), DI
	MOVBQSX (DI)(BX*1), SI
	MOVQ Scan_Rise(AX), R9
	TESTQ SI, SI
	CMOVQLT Scan_Fall(AX), R9
	SUBQ R9, R8
	MOVQ Scan_Fields(AX), DI
	MOVQ R8, (DI)(R11*8)
	IMULQ SI, R8
	TESTQ R8, R8
	JLT  flips
next:
	INCQ R11
	CMPQ R11, R12
	JLT  visit
done:
	MOVQ R11, ret+8(FP)
	VZEROUPPER
	RET
flips:
	CMPB Scan_Whole(AX), $0
	JNE  next
	JMP  done
squares:
	SQUARE(0, Z0)
	SQUARE(1, Z1)
	SQUARE(2, Z2)
	SQUARE(3, Z3)
	ADDQ $32, R14
	ADDQ $256, DI
	SUBQ $4, CX
	JGT  squares
	JMP  total

// func stepVNNI(s *Step) int64
TEXT ·stepVNNI(SB), NOSPLIT, $0-16
	MOVQ s+0(FP), AX
	MOVQ Step_U(AX), R8
	MOVQ Step_A(AX), DI
	MOVQ Step_B(AX), SI
	MOVQ Step_Row(AX), R14
	MOVQ Step_Active(AX), DX
	MOVQ Step_Words(AX), CX
	VPBROADCASTB Step_Up(AX), Z10
	VPBROADCASTB Step_Down(AX), Z11
	VPBROADCASTB Step_Centre(AX), Z12
	VPBROADCASTB Step_Parity(AX), Z13
	VPXORQ Z0, Z0, Z0
	TESTQ CX, CX
	JEQ  sum
word:
	KMOVQ (R14), K1
	KMOVQ (DX), K2
	VMOVDQA64 Z11, Z4
	VMOVDQU8 Z10, K1, Z4
	VPADDB (R8), Z4, Z4
	VMOVDQU64 Z4, (R8)
	VPSUBB Z12, Z4, Z4
	VPABSB.Z Z4, K2, Z5
	VPADDB Z13, Z4, Z4
	VPABSB.Z Z4, K2, Z6
	VMOVDQU64 Z5, (DI)
	VMOVDQU64 Z6, (SI)
	VPDPBUSD Z6, Z5, Z0
	ADDQ $8, R14
	ADDQ $8, DX
	ADDQ $64, R8
	ADDQ $64, DI
	ADDQ $64, SI
	DECQ CX
	JNE  word
sum:
	TOTAL(R8)
	MOVQ R8, ret+8(FP)
	VZEROUPPER
	RET
