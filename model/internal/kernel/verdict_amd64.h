// VERDICT ends a visit of a scan and goes on with the next, at the label visit.
// AX is the Scan, BX the neuron, R14 its row, R8 the dot product of row and sums,
// R10 the order, R11 the place in it, R12 its length.
#define VERDICT \
	SUBQ Scan_Total(AX), R8 \
	MOVQ (Scan_Apart+8)(AX), CX \
	TESTQ CX, CX \
	JEQ  whole \
	MOVQ Scan_Apart(AX), DI \
apart: \
	MOVQ Apart_Word(DI), SI \
	MOVQ (R14)(SI*8), SI \
	MOVQ Apart_Shift(DI), R9 \
	BTQ  R9, SI \
	SBBQ SI, SI \
	ANDQ Apart_Value(DI), SI \
	ADDQ SI, R8 \
	ADDQ $Apart__size, DI \
	DECQ CX \
	JNE  apart \
whole: \
	MOVQ Scan_Spins(AX), DI \
	MOVBQSX (DI)(BX*1), SI \
	IMULQ SI, R8 \
	SUBQ Scan_Self(AX), R8 \
	MOVQ $0x7fffffff, SI \
	CMPQ R8, SI \
	CMOVQLT R8, SI \
	MOVQ $-0x80000000, DI \
	CMPQ SI, DI \
	CMOVQLT DI, SI \
	MOVQ Scan_Stable(AX), DI \
	MOVL SI, (DI)(R11*4) \
	TESTQ R8, R8 \
	JLT  flips \
next: \
	INCQ R11 \
	CMPQ R11, R12 \
	JLT  visit \
done: \
	MOVQ R11, ret+8(FP) \
	VZEROUPPER \
	RET \
flips: \
	CMPB Scan_Whole(AX), $0 \
	JNE  next \
	JMP  done
