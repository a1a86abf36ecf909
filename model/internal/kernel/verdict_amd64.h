// BEGIN begins a scan, of which AX is the Scan: it sets how many slices a first
// look leaves out, and what is taken from its dot product. R9 becomes the former.
#define BEGIN \
	MOVQ Scan_Total(AX), R8 \
	XORL R9, R9 \
	CMPB Scan_Whole(AX), $0 \
	JNE  all \
	MOVQ Scan_Skip(AX), R9 \
	TESTQ R9, R9 \
	JEQ  all \
	SUBQ Scan_Low(AX), R8 \
all: \
	MOVQ R9, skip-8(SP) \
	MOVQ R8, total-24(SP)

// STABILITY ends a look of a scan at a neuron. AX is the Scan, BX the neuron, R14
// its row, R8 the dot product of row and sums, which becomes the stability; DI and
// SI are lost.
#define STABILITY \
	SUBQ total-24(SP), R8 \
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
	SUBQ Scan_Self(AX), R8

// LOOK goes on at the label doubt, with the stability as it is without the
// slices left out, unless that is certain to be above 0; then at note.
#define LOOK \
	CMPQ skip-8(SP), $0 \
	JEQ  note \
	MOVQ R8, CX \
	SUBQ Scan_Doubt(AX), CX \
	JLT  doubt \
	MOVQ CX, R8

// SECOND adds to the part of a stability what a second look found: R8 is the dot
// product of the row and the slices left out.
#define SECOND \
	SUBQ Scan_Low(AX), R8 \
	MOVQ Scan_Spins(AX), DI \
	MOVBQSX (DI)(BX*1), SI \
	IMULQ SI, R8 \
	ADDQ part-16(SP), R8 \
	JMP  note

// NOTE notes the stability and goes on with the next visit, at the label visit.
// R11 is the place in the order, R12 the length of it.
#define NOTE \
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
