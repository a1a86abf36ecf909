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
	VMOVD X0, R \
	MOVLQSX R, R

// LAST makes BLOCKS the number of whole blocks before the last one, and MASK the
// words of that, of all words in BLOCKS; it uses CX and MASK.
#define LAST(BLOCKS, MASK, K) \
	DECQ BLOCKS \
	MOVQ BLOCKS, CX \
	ANDQ $7, CX \
	MOVL $2, MASK \
	SHLL CX, MASK \
	DECL MASK \
	KMOVB MASK, K \
	SHRQ $3, BLOCKS

// DOT adds the low bytes of a plane of the row in Z8 to SUM, times 2^p.
#define DOT(p, BIT, PART, SUM) \
	VPANDQ BIT, Z8, PART \
	VPDPBUSD (p*64)(DI), PART, SUM

// func scanVNNI(s *Scan) int
//
// BX is the neuron, R14 its row, R10 the order, R11 the place in it, R12 its
// length; R13 the blocks; Z16 … Z23 the bits of the planes.
TEXT ·scanVNNI(SB), NOSPLIT, $0-16
	MOVQ s+0(FP), AX
	MOVQ Scan_Order(AX), R10
	MOVQ (Scan_Order+8)(AX), R12
	XORL R11, R11
	CMPQ R11, R12
	JGE  done
	MOVQ Scan_Words(AX), R13
	ADDQ $7, R13
	SHRQ $3, R13
	MOVL $0x01, CX
	VPBROADCASTB CX, Z16
	VPADDB Z16, Z16, Z17
	VPADDB Z17, Z17, Z18
	VPADDB Z18, Z18, Z19
	VPADDB Z19, Z19, Z20
	VPADDB Z20, Z20, Z21
	VPADDB Z21, Z21, Z22
	VPADDB Z22, Z22, Z23
visit:
	MOVLQSX (R10)(R11*4), BX
	MOVQ Scan_Stride(AX), R14
	IMULQ BX, R14
	SHLQ $3, R14
	ADDQ Scan_Rows(AX), R14
	MOVQ R14, SI
	MOVQ (Scan_Weights+Weights_Low)(AX), DI
	VPXORQ Z0, Z0, Z0
	VPXORQ Z1, Z1, Z1
	VPXORQ Z2, Z2, Z2
	VPXORQ Z3, Z3, Z3
	VPXORQ Z4, Z4, Z4
	VPXORQ Z5, Z5, Z5
	VPXORQ Z6, Z6, Z6
	VPXORQ Z7, Z7, Z7
	MOVQ R13, CX
block:
	VMOVDQU64 (SI), Z8
	DOT(0, Z16, Z24, Z0)
	DOT(1, Z17, Z25, Z1)
	DOT(2, Z18, Z26, Z2)
	DOT(3, Z19, Z27, Z3)
	DOT(4, Z20, Z28, Z4)
	DOT(5, Z21, Z29, Z5)
	DOT(6, Z22, Z30, Z6)
	DOT(7, Z23, Z31, Z7)
	ADDQ $64, SI
	ADDQ $512, DI
	DECQ CX
	JNE  block
	VPSRAD $1, Z1, Z1
	VPSRAD $2, Z2, Z2
	VPSRAD $3, Z3, Z3
	VPSRAD $4, Z4, Z4
	VPSRAD $5, Z5, Z5
	VPSRAD $6, Z6, Z6
	VPSRAD $7, Z7, Z7
	VPADDD Z1, Z0, Z0
	VPADDD Z3, Z2, Z2
	VPADDD Z5, Z4, Z4
	VPADDD Z7, Z6, Z6
	VPADDD Z2, Z0, Z0
	VPADDD Z6, Z4, Z4
	VPADDD Z4, Z0, Z0
	MOVQ (Scan_Weights+Weights_Planes+8)(AX), CX
	TESTQ CX, CX
	JEQ  total
	VPXORQ Z3, Z3, Z3
	MOVQ (Scan_Weights+Weights_Planes)(AX), SI
	MOVQ (Scan_Weights+Weights_High)(AX), DI
high:
	MOVLQSX (SI), DX
	MOVQ DX, R8
	ANDL $7, DX
	ANDQ $~7, R8
	VMOVD DX, X2
	VMOVDQU64 (R14)(R8*8), Z1
	VPSRLW X2, Z1, Z1
	VPANDQ Z16, Z1, Z1
	VPDPBUSD (DI), Z1, Z3
	ADDQ $4, SI
	ADDQ $64, DI
	DECQ CX
	JNE  high
	VPSLLD $8, Z3, Z3
	VPADDD Z3, Z0, Z0
total:
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

// func stepVNNI(s *Step) (sum int64, planes int)
//
// R8 the bytes H, DI the low bytes, R10 the high ones, R11 the list of their
// planes, R9 the plane; Z10 Down, Z11 Up − Down, Z12 −Parity, Z13 Plain, Z14 ones,
// Z15 the bit of the plane; Z20, Z21 the table of low bytes, Z22, Z23 of high ones;
// Z0, Z2 their sums. K1 is the words of a block that a row has, K4 their bytes.
TEXT ·stepVNNI(SB), NOSPLIT, $0-24
	MOVQ s+0(FP), AX
	MOVQ Step_H(AX), R8
	MOVQ (Step_Weights+Weights_Low)(AX), DI
	MOVQ (Step_Weights+Weights_High)(AX), R10
	MOVQ (Step_Weights+Weights_Planes)(AX), R11
	MOVQ R11, R12
	MOVQ Step_Row(AX), R14
	MOVQ Step_Words(AX), R13
	LAST(R13, R15, K1)
	VPBROADCASTB Step_Down(AX), Z10
	VPBROADCASTB Step_Up(AX), Z11
	VPSUBB Z10, Z11, Z11
	VPBROADCASTB Step_Parity(AX), Z12
	VPXORQ Z0, Z0, Z0
	VPXORQ Z2, Z2, Z2
	VPSUBB Z12, Z0, Z12
	VPBROADCASTB (Step_Table+Table_Plain)(AX), Z13
	MOVL $0x01, CX
	VPBROADCASTB CX, Z14
	VMOVDQU64 (Step_Table+Table_Low)(AX), Z20
	VMOVDQU64 (Step_Table+Table_Low+64)(AX), Z21
	VMOVDQU64 (Step_Table+Table_High)(AX), Z22
	VMOVDQU64 (Step_Table+Table_High+64)(AX), Z23
	XORL R9, R9
block:
	SUBQ $1, R13
	JLT  last
	VMOVDQU64 (R14), Z8
	ADDQ $64, R14
	KXNORQ K4, K4, K4
	JMP  planes
last:
	CMPQ R13, $-1
	JLT  sum
	VMOVDQU64.Z (R14), K1, Z8
	VPMOVM2Q K1, Z4
	VPMOVB2M Z4, K4
planes:
	VMOVDQA64 Z14, Z15
plane:
	VPTESTMB Z15, Z8, K2
	VPADDB (R8), Z10, Z4
	VPADDB Z11, Z4, K2, Z4
	VMOVDQU64 Z4, (R8)
	VPSUBB Z4, Z12, Z5
	VPMAXSB Z4, Z5, Z5
	VPERMB.Z Z20, Z5, K4, Z6
	VPCMPUB $6, Z13, Z5, K3
	KORTESTQ K3, K3
	JNE  high
low:
	VMOVDQU64 Z6, (DI)
	VPDPBUSD Z6, Z14, Z0
	VPADDB Z15, Z15, Z15
	INCL R9
	ADDQ $64, R8
	ADDQ $64, DI
	TESTL $7, R9
	JNE  plane
	JMP  block
high:
	VMOVDQA64 Z5, Z6
	VPERMI2B.Z Z21, Z20, K4, Z6
	VPERMI2B.Z Z23, Z22, K4, Z5
	VMOVDQU64 Z5, (R10)
	VPDPBUSD Z14, Z5, Z2
	MOVL R9, (R11)
	ADDQ $64, R10
	ADDQ $4, R11
	JMP  low
sum:
	VPSLLD $8, Z2, Z2
	VPADDD Z2, Z0, Z0
	TOTAL(R8)
	MOVQ R8, sum+8(FP)
	SUBQ R12, R11
	SHRQ $2, R11
	MOVQ R11, planes+16(FP)
	VZEROUPPER
	RET

// CUBES adds the cubes of the 32 bytes in H to Z0.
#define CUBES(H, W, V) \
	VPMOVSXBW H, W \
	VPMULLW W, W, V \
	VPMADDWD W, V, V \
	VPADDD V, Z0, Z0

// func surveyVNNI(s *Survey)
TEXT ·surveyVNNI(SB), NOSPLIT, $0-8
	MOVQ s+0(FP), AX
	MOVQ Survey_H(AX), R8
	MOVQ Survey_Active(AX), SI
	MOVQ (Survey_Active+8)(AX), CX
	VPXORQ Z1, Z1, Z1
	VPXORQ Z2, Z2, Z2
	VPBROADCASTB Survey_Parity(AX), Z12
	VPSUBB Z12, Z1, Z12
	MOVL $0x01, DX
	VPBROADCASTB DX, Z14
block:
	SUBQ $8, CX
	JLT  done
	VMOVDQU64 (SI), Z8
	VMOVDQA64 Z14, Z15
	VPXORQ Z0, Z0, Z0
	MOVL $8, DX
plane:
	VPTESTMB Z15, Z8, K2
	VMOVDQU8.Z (R8), K2, Z4
	VPSUBB Z4, Z12, Z5
	VPMAXSB Z4, Z5, Z5
	VPMAXUB Z5, Z2, Z2
	VEXTRACTI64X4 $1, Z4, Y5
	CUBES(Y4, Z6, Z7)
	CUBES(Y5, Z6, Z7)
	VPADDB Z15, Z15, Z15
	ADDQ $64, R8
	DECL DX
	JNE  plane
	VEXTRACTI64X4 $1, Z0, Y4
	VPMOVSXDQ Y0, Z5
	VPMOVSXDQ Y4, Z4
	VPADDQ Z5, Z1, Z1
	VPADDQ Z4, Z1, Z1
	ADDQ $64, SI
	JMP  block
done:
	VMOVDQU64 Z2, Survey_Most(AX)
	VMOVDQU64 Z1, Survey_Cubes(AX)
	VZEROUPPER
	RET

// COUNT counts the words in Z8 and those that (SI) has too.
#define COUNT \
	VPANDQ (SI), Z8, Z9 \
	VPOPCNTQ Z8, Z8 \
	VPOPCNTQ Z9, Z9 \
	VPADDQ Z8, Z0, Z0 \
	VPADDQ Z9, Z1, Z1

// func countVNNI(c *Count)
//
// Both sums are added up side by side, in the halves of 64 bits.
TEXT ·countVNNI(SB), NOSPLIT, $0-8
	MOVQ c+0(FP), AX
	MOVQ Count_Rows(AX), R8
	MOVQ Count_Stride(AX), R9
	SHLQ $3, R9
	MOVQ Count_Ones(AX), R10
	MOVQ (Count_Ones+8)(AX), R11
	MOVQ Count_Common(AX), R12
	MOVQ Count_Words(AX), R13
	LAST(R13, R15, K1)
	TESTQ R11, R11
	JEQ  done
row:
	MOVQ R8, R14
	MOVQ Count_Chosen(AX), SI
	VPXORQ Z0, Z0, Z0
	VPXORQ Z1, Z1, Z1
	MOVQ R13, CX
	TESTQ CX, CX
	JEQ  last
block:
	VMOVDQU64 (R14), Z8
	COUNT
	ADDQ $64, R14
	ADDQ $64, SI
	DECQ CX
	JNE  block
last:
	VMOVDQU64.Z (R14), K1, Z8
	COUNT
	VPSLLQ $32, Z1, Z1
	VPADDQ Z1, Z0, Z0
	VEXTRACTI64X4 $1, Z0, Y1
	VPADDQ Y1, Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	VPADDQ X1, X0, X0
	VPSHUFD $0xee, X0, X1
	VPADDQ X1, X0, X0
	VMOVQ X0, DX
	MOVL DX, BX
	SHRQ $32, DX
	MOVQ BX, (R10)
	MOVQ DX, (R12)
	ADDQ $8, R10
	ADDQ $8, R12
	ADDQ R9, R8
	DECQ R11
	JNE  row
done:
	VZEROUPPER
	RET

// SWAP exchanges bits between two rows of the matrices of 8 by 8, as far apart as
// the rows.
#define SWAP(n, MASK, A, B) \
	VPSRLQ $n, A, Z8 \
	VPXORQ B, Z8, Z8 \
	VPANDQ MASK, Z8, Z8 \
	VPXORQ Z8, B, B \
	VPSLLQ $n, Z8, Z8 \
	VPXORQ Z8, A, A

#define SLICE(b, Z) \
	CMPQ R9, $b \
	JLE  spread \
	VMOVDQU64 (b*64)(SI), Z

// func spreadVNNI(s *Spread)
TEXT ·spreadVNNI(SB), NOSPLIT, $0-8
	MOVQ s+0(FP), AX
	MOVQ Spread_Slices(AX), SI
	MOVQ Spread_Depth(AX), R9
	MOVQ Spread_Planes(AX), DI
	MOVQ (Spread_Planes+8)(AX), CX
	MOVQ R9, R10
	SHLQ $6, R10
	MOVL $0x0f, DX
	VPBROADCASTB DX, Z16
	MOVL $0x33, DX
	VPBROADCASTB DX, Z17
	MOVL $0x55, DX
	VPBROADCASTB DX, Z18
block:
	SUBQ $512, CX
	JLT  done
	VMOVDQU64 (SI), Z0
	VMOVDQU64 64(SI), Z1
	VMOVDQU64 128(SI), Z2
	VMOVDQU64 192(SI), Z3
	VPXORQ Z4, Z4, Z4
	VPXORQ Z5, Z5, Z5
	VPXORQ Z6, Z6, Z6
	VPXORQ Z7, Z7, Z7
	SLICE(4, Z4)
	SLICE(5, Z5)
	SLICE(6, Z6)
	SLICE(7, Z7)
spread:
	SWAP(4, Z16, Z0, Z4)
	SWAP(4, Z16, Z1, Z5)
	SWAP(4, Z16, Z2, Z6)
	SWAP(4, Z16, Z3, Z7)
	SWAP(2, Z17, Z0, Z2)
	SWAP(2, Z17, Z1, Z3)
	SWAP(2, Z17, Z4, Z6)
	SWAP(2, Z17, Z5, Z7)
	SWAP(1, Z18, Z0, Z1)
	SWAP(1, Z18, Z2, Z3)
	SWAP(1, Z18, Z4, Z5)
	SWAP(1, Z18, Z6, Z7)
	VMOVDQU64 Z0, (DI)
	VMOVDQU64 Z1, 64(DI)
	VMOVDQU64 Z2, 128(DI)
	VMOVDQU64 Z3, 192(DI)
	VMOVDQU64 Z4, 256(DI)
	VMOVDQU64 Z5, 320(DI)
	VMOVDQU64 Z6, 384(DI)
	VMOVDQU64 Z7, 448(DI)
	ADDQ R10, SI
	ADDQ $512, DI
	JMP  block
done:
	VZEROUPPER
	RET
