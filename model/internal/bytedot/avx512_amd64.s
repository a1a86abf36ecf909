#include "go_asm.h"
#include "textflag.h"

// Look for processors with AVX-512 and VNNI: as look256_amd64.h has it, with four
// neurons in a register, so that sixteen are looked at together, eight at a time.
//
//	        four lanes of 16 bytes
//	Z0–Z3   neurons 0, 4, 8, 12        sums of the bits that count 1, 2, 4, 8
//	Z4–Z7   neurons 1, 5, 9, 13        (in the second half 2, 6, … and 3, 7, …)
//	Z8      neurons 0, 4, 8, 12        a piece of their rows
//	Z9      neurons 1, 5, 9, 13
//	Z10                                one bit of each byte of it
//	Z11     weights in all lanes       of the columns of that bit
//	Z12–Z15 masks 1, 2, 4, 8 of each byte
//
//	AX the Replica     SI the order, from the neurons of this half on
//	BX the weights     CX the neurons left after this block
//	DX bytes of a row  R8–R15 eight rows    DI the place in them

// BIT takes up bit b of the 16 bytes of a row, which the mask isolates.
#define BIT(b, MASK, A, B) \
	VBROADCASTI32X4 (b*16)(BX), Z11 \
	VPANDD Z8, MASK, Z10 \
	VPDPBUSD Z11, Z10, A \
	VPANDD Z9, MASK, Z10 \
	VPDPBUSD Z11, Z10, B

// FOLD adds sums of bits that count 2, 4 and 8 to those that count 1.
#define FOLD(A1, A2, A4, A8) \
	VPSRAD $1, A2, A2 \
	VPSRAD $2, A4, A4 \
	VPSRAD $3, A8, A8 \
	VPADDD A2, A1, A1 \
	VPADDD A8, A4, A4 \
	VPADDD A4, A1, A1

// ROW makes R the row of the neuron at SI + at.
#define ROW(at, R) \
	MOVLQSX at(SI), R \
	IMULQ DX, R \
	ADDQ Replica_rows(AX), R

// FOUR makes Z, of which X is the first lane, a piece of four rows.
#define FOUR(R1, R2, R3, R4, X, Z) \
	VMOVDQU (R1)(DI*1), X \
	VINSERTI32X4 $1, (R2)(DI*1), Z, Z \
	VINSERTI32X4 $2, (R3)(DI*1), Z, Z \
	VINSERTI32X4 $3, (R4)(DI*1), Z, Z

// func lookAVX512(x *Replica, order []int32) int
//
// On the stack: the fields found by planes before, what the first half found, the
// planes left, and the half.
TEXT ·lookAVX512(SB), NOSPLIT, $152-40
	MOVQ x+0(FP), AX
	MOVQ order_base+8(FP), SI
	MOVQ order_len+16(FP), CX
	MOVQ Replica_pieces(AX), DX
	SHLQ $4, DX
	MOVL $1, R8
	VPBROADCASTB R8, Z12
	VPADDB Z12, Z12, Z13
	VPADDB Z13, Z13, Z14
	VPADDB Z14, Z14, Z15

block:
	SUBQ $16, CX
	JLT  done
	VPXORQ Z0, Z0, Z0
	VMOVDQU64 Z0, fields-64(SP)
	MOVQ Replica_weights(AX), BX
	MOVQ Replica_planes(AX), R8
	DECQ R8
	MOVQ R8, planes-136(SP)
	JEQ  plane
	ADDQ (Replica_steps+8)(AX), BX // the plane that counts 64 comes first

plane:
	MOVQ $0, half-144(SP)

half:
	ROW(0, R8)
	ROW(16, R9)
	ROW(32, R10)
	ROW(48, R11)
	ROW(4, R12)
	ROW(20, R13)
	ROW(36, R14)
	ROW(52, R15)
	XORL DI, DI
	VPXORQ Z0, Z0, Z0
	VPXORQ Z1, Z1, Z1
	VPXORQ Z2, Z2, Z2
	VPXORQ Z3, Z3, Z3
	VPXORQ Z4, Z4, Z4
	VPXORQ Z5, Z5, Z5
	VPXORQ Z6, Z6, Z6
	VPXORQ Z7, Z7, Z7

piece:
	FOUR(R8, R9, R10, R11, X8, Z8)
	FOUR(R12, R13, R14, R15, X9, Z9)
	BIT(0, Z12, Z0, Z4)
	BIT(1, Z13, Z1, Z5)
	BIT(2, Z14, Z2, Z6)
	BIT(3, Z15, Z3, Z7)
	VPSRLW $4, Z8, Z8
	VPSRLW $4, Z9, Z9
	BIT(4, Z12, Z0, Z4)
	BIT(5, Z13, Z1, Z5)
	BIT(6, Z14, Z2, Z6)
	BIT(7, Z15, Z3, Z7)
	ADDQ $128, BX
	ADDQ $16, DI
	CMPQ DI, DX
	JLT  piece

	// Four sums to a neuron, four neurons to a register, become two sums for each of
	// eight neurons, and with the other half one for each of sixteen.
	FOLD(Z0, Z1, Z2, Z3)
	FOLD(Z4, Z5, Z6, Z7)
	VPUNPCKLDQ Z4, Z0, Z1
	VPUNPCKHDQ Z4, Z0, Z2
	VPADDD Z2, Z1, Z0
	CMPQ half-144(SP), $0
	JNE  second
	MOVQ $1, half-144(SP)
	VMOVDQU64 Z0, first-128(SP)
	ADDQ $8, SI
	SUBQ (Replica_steps+8)(AX), BX
	JMP  half
second:
	SUBQ $8, SI
	VMOVDQU64 first-128(SP), Z1
	VPUNPCKLQDQ Z0, Z1, Z2
	VPUNPCKHQDQ Z0, Z1, Z3
	VPADDD Z3, Z2, Z0
	VMOVDQU64 fields-64(SP), Z1
	VPSLLD $6, Z1, Z1
	VPADDD Z1, Z0, Z0
	DECQ planes-136(SP)
	JLT  decide
	VMOVDQU64 Z0, fields-64(SP)
	MOVQ Replica_weights(AX), BX
	JMP  plane

decide:
	VPBROADCASTD Replica_threshold(AX), Z1
	VPCMPD $1, Z1, Z0, K1 // below it
	KTESTW K1, K1
	JNE  found
	ADDQ $64, SI
	JMP  block
found:
	VMOVDQU64 Z0, Replica_fields(AX)
done:
	SUBQ order_base+8(FP), SI
	SHRQ $2, SI
	MOVQ SI, ret+32(FP)
	VZEROUPPER
	RET
