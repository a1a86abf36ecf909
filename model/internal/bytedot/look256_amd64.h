// Look for processors with registers of 32 bytes. The file that includes this one
// defines
//
//	LOOK            the name of the function
//	DOT(A, a)       adds the dot products of the row bits Y10 and the weights Y11 to A,
//	                which is register a
//	SHIFT(n, A)     shifts the sums in A to the right by n
//	ADD(B, A)       adds the sums in B to those in A
//	WIDEN(A)        adds neighbouring sums of 16 bits, if they are no more than that
//	STRETCH         how many pieces sums can take up before they must be widened
//
// Eight neurons are looked at together, 0 … 7 of the block, four at a time. Two share a
// register, one in each lane of 16 bytes, so that one copy of the weights in both lanes
// serves them.
//
//	        lower lane   upper lane
//	Y0–Y3   neuron 0     neuron 4     sums of the bits that count 1, 2, 4, 8
//	Y4–Y7   neuron 1     neuron 5     (in the second half 2, 6 and 3, 7)
//	Y8      neuron 0     neuron 4     a piece of their rows
//	Y9      neuron 1     neuron 5
//	Y10                               one bit of each byte of it
//	Y11     weights      the same     of the columns of that bit
//	Y12–Y15 masks 1, 2, 4, 8 of each byte
//
//	AX the Replica     SI the order, from the neurons of this half on
//	BX the weights     CX the neurons left after this block
//	DX bytes of a row  R8–R11 four rows     DI the place in them
//	R12 pieces left    R13 of them in this stretch    R14 the planes left    R15 the half

// BIT takes up bit b of the 16 bytes of a row, which the mask isolates.
#define BIT(b, MASK, A, a, B, b2) \
	VBROADCASTI128 (b*16)(BX), Y11 \
	VPAND Y8, MASK, Y10 \
	DOT(A, a) \
	VPAND Y9, MASK, Y10 \
	DOT(B, b2)

// FOLD adds sums of bits that count 2, 4 and 8 to those that count 1.
#define FOLD(A1, A2, A4, A8) \
	SHIFT($1, A2) \
	SHIFT($2, A4) \
	SHIFT($3, A8) \
	ADD(A2, A1) \
	ADD(A8, A4) \
	ADD(A4, A1) \
	WIDEN(A1)

// ROW makes R the row of the neuron at SI + at.
#define ROW(at, R) \
	MOVLQSX at(SI), R \
	IMULQ DX, R \
	ADDQ Replica_rows(AX), R

// func(x *Replica, order []int32) int
//
// On the stack: the fields found by the plane that counts 64, then what the first half found, and
// what stretches before found for the two registers of a half.
TEXT LOOK, NOSPLIT, $128-40
	MOVQ x+0(FP), AX
	MOVQ order_base+8(FP), SI
	MOVQ order_len+16(FP), CX
	MOVQ Replica_pieces(AX), DX
	SHLQ $4, DX
	MOVL $1, R8
	VMOVD R8, X12
	VPBROADCASTB X12, Y12
	VPADDB Y12, Y12, Y13
	VPADDB Y13, Y13, Y14
	VPADDB Y14, Y14, Y15

block:
	SUBQ $8, CX
	JLT  done
	MOVQ Replica_planes(AX), R14
	MOVQ Replica_weights(AX), BX
	DECQ R14
	JEQ  plane
	ADDQ (Replica_steps+8)(AX), BX // the plane that counts 64 comes first

plane:
	XORL R15, R15

half:
	ROW(0, R8)
	ROW(16, R9)
	ROW(4, R10)
	ROW(20, R11)
	XORL DI, DI
	MOVQ Replica_pieces(AX), R12
	CMPQ R12, $STRETCH
	JLE  stretch
	VPXOR Y0, Y0, Y0
	VMOVDQU Y0, first-96(SP)
	VMOVDQU Y0, second-128(SP)

stretch:
	MOVL $STRETCH, R13
	CMPQ R12, R13
	CMOVQLT R12, R13
	SUBQ R13, R12
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2
	VPXOR Y3, Y3, Y3
	VPXOR Y4, Y4, Y4
	VPXOR Y5, Y5, Y5
	VPXOR Y6, Y6, Y6
	VPXOR Y7, Y7, Y7

piece:
	VMOVDQU (R8)(DI*1), X8
	VINSERTI128 $1, (R9)(DI*1), Y8, Y8
	VMOVDQU (R10)(DI*1), X9
	VINSERTI128 $1, (R11)(DI*1), Y9, Y9
	BIT(0, Y12, Y0, 0, Y4, 4)
	BIT(1, Y13, Y1, 1, Y5, 5)
	BIT(2, Y14, Y2, 2, Y6, 6)
	BIT(3, Y15, Y3, 3, Y7, 7)
	VPSRLW $4, Y8, Y8
	VPSRLW $4, Y9, Y9
	BIT(4, Y12, Y0, 0, Y4, 4)
	BIT(5, Y13, Y1, 1, Y5, 5)
	BIT(6, Y14, Y2, 2, Y6, 6)
	BIT(7, Y15, Y3, 3, Y7, 7)
	ADDQ $16, DI
	ADDQ $128, BX
	DECQ R13
	JNE  piece

	// Sums of 32 bits, four to a neuron, two neurons to a register.
	FOLD(Y0, Y1, Y2, Y3)
	FOLD(Y4, Y5, Y6, Y7)
	CMPQ Replica_pieces(AX), $STRETCH
	JLE  row
	VPADDD first-96(SP), Y0, Y0
	VPADDD second-128(SP), Y4, Y4
	TESTQ R12, R12
	JEQ  row
	VMOVDQU Y0, first-96(SP)
	VMOVDQU Y4, second-128(SP)
	JMP  stretch
row:
	VPHADDD Y4, Y0, Y0 // two sums for each of four neurons
	TESTQ R15, R15
	JNE  second
	INCQ R15
	VMOVDQU Y0, half-64(SP)
	ADDQ $8, SI
	SUBQ (Replica_steps+8)(AX), BX
	JMP  half
second:
	SUBQ $8, SI
	VMOVDQU half-64(SP), Y1
	VPHADDD Y0, Y1, Y0 // the sums of neurons 0 … 7
	CMPQ Replica_planes(AX), $1
	JEQ  decide
	TESTQ R14, R14
	JEQ  both
	DECQ R14
	VMOVDQU Y0, fields-32(SP)
	MOVQ Replica_weights(AX), BX
	JMP  plane
both:
	VMOVDQU fields-32(SP), Y1
	VPSLLD $6, Y1, Y1
	VPADDD Y1, Y0, Y0

decide:
	VPBROADCASTD Replica_threshold(AX), Y1
	VPCMPGTD Y0, Y1, Y1
	VMOVMSKPS Y1, R8
	TESTL R8, R8
	JNE  found
	ADDQ $32, SI
	JMP  block
found:
	VMOVDQU Y0, Replica_fields(AX)
done:
	SUBQ order_base+8(FP), SI
	SHRQ $2, SI
	MOVQ SI, ret+32(FP)
	VZEROUPPER
	RET
