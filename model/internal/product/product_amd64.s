#include "go_asm.h"
#include "textflag.h"

// part is for plane p its bit of a byte, and 8 − p, by which 2^p times a sum of high
// bytes is shifted.
#define PART(p, BIT) \
	EIGHT(p*128, BIT) \
	EIGHT(p*128+64, 8-p+(8-p)<<32)
#define EIGHT(at, V) \
	DATA part<>+(at+0)(SB)/8, $(V) \
	DATA part<>+(at+8)(SB)/8, $(V) \
	DATA part<>+(at+16)(SB)/8, $(V) \
	DATA part<>+(at+24)(SB)/8, $(V) \
	DATA part<>+(at+32)(SB)/8, $(V) \
	DATA part<>+(at+40)(SB)/8, $(V) \
	DATA part<>+(at+48)(SB)/8, $(V) \
	DATA part<>+(at+56)(SB)/8, $(V)
PART(0, 0x0101010101010101)
PART(1, 0x0202020202020202)
PART(2, 0x0404040404040404)
PART(3, 0x0808080808080808)
PART(4, 0x1010101010101010)
PART(5, 0x2020202020202020)
PART(6, 0x4040404040404040)
PART(7, 0x8080808080808080)
GLOBL part<>(SB), RODATA|NOPTR, $1024

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

// BITS makes A … H the bits of a byte; it uses CX.
#define BITS(A, B, C, D, E, F, G, H) \
	MOVL $0x01, CX \
	VPBROADCASTB CX, A \
	VPADDB A, A, B \
	VPADDB B, B, C \
	VPADDB C, C, D \
	VPADDB D, D, E \
	VPADDB E, E, F \
	VPADDB F, F, G \
	VPADDB G, G, H

// DOT adds the low bytes of a plane of the row in Z8 to SUM, times 2^p.
#define DOT(p, BIT, PART, SUM) \
	VPANDQ BIT, Z8, PART \
	VPDPBUSD (p*64)(DI), PART, SUM

// func scanVNNI(s *Scan) int
//
// BX is the neuron, R14 its row, R10 the order, R11 the place in it, R12 its
// length; R13 the blocks, R15 the weights, R9 part; Z16 … Z23 the bits of the planes.
TEXT ·scanVNNI(SB), NOSPLIT, $0-16
	MOVQ s+0(FP), AX
	MOVQ Scan_Order(AX), R10
	MOVQ (Scan_Order+8)(AX), R12
	XORL R11, R11
	CMPQ R11, R12
	JGE  done
	MOVQ Scan_Weights(AX), R15
	LEAQ part<>(SB), R9
	MOVQ Scan_Words(AX), R13
	ADDQ $7, R13
	SHRQ $3, R13
	BITS(Z16, Z17, Z18, Z19, Z20, Z21, Z22, Z23)
visit:
	MOVLQSX (R10)(R11*4), BX
	MOVQ Scan_Stride(AX), R14
	IMULQ BX, R14
	SHLQ $3, R14
	ADDQ Scan_Rows(AX), R14
	MOVQ R14, SI
	MOVQ Weights_Low(R15), DI
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
	MOVQ (Weights_Planes+8)(R15), CX
	TESTQ CX, CX
	JEQ  total
	MOVQ Weights_Planes(R15), SI
	MOVQ Weights_High(R15), DI
high:
	MOVLQSX (SI), DX
	MOVQ DX, R8
	ANDL $7, DX
	ANDQ $~7, R8
	SHLL $7, DX
	VMOVDQU64 (R14)(R8*8), Z1
	VPANDQ (R9)(DX*1), Z1, Z1
	VPXORQ Z2, Z2, Z2
	VPDPBUSD (DI), Z1, Z2
	VPSLLVD 64(R9)(DX*1), Z2, Z2
	VPADDD Z2, Z0, Z0
	ADDQ $4, SI
	ADDQ $64, DI
	DECQ CX
	JNE  high
total:
	TOTAL(R8)
	IMULQ Scan_Scale(AX), R8
	MOVQ Scan_Offset(AX), DI
	ADDQ (DI)(BX*8), R8
	MOVQ Scan_Spins(AX), DI
	MOVBQSX (DI)(BX*1), SI
	MOVQ Scan_Rise(AX), DX
	TESTQ SI, SI
	CMOVQLT Scan_Fall(AX), DX
	SUBQ DX, R8
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

// STEP changes a plane and finds its weights as if they were plain, and in Z9 the
// largest a.
#define STEP(p, BIT) \
	VPTESTMB BIT, Z8, K2 \
	VPADDB (p*64)(R8), Z10, Z4 \
	VPADDB Z11, Z4, K2, Z4 \
	VMOVDQU64 Z4, (p*64)(R8) \
	VPSUBB Z4, Z12, Z5 \
	VPMAXSB Z4, Z5, Z5 \
	VPMAXUB Z5, Z9, Z9 \
	VPERMB.Z Z20, Z5, K4, Z6 \
	VMOVDQU64 Z6, (p*64)(DI) \
	VPDPBUSD Z6, Z14, Z0

// func stepVNNI(s *Step) (sum int64, planes int)
//
// R8 the bytes H, DI the low bytes, R10 the high ones, R11 the list of their
// planes, R9 the plane; Z10 Down, Z11 Up − Down, Z12 −Parity, Z13 Plain, Z14 ones,
// Z24 … Z31 the bits of the planes; Z20, Z21 the table of low bytes, Z22, Z23 of
// high ones; Z0, Z2 their sums, and Z3 what is too much in Z0. K1 is the words of a
// block that a row has, K4 their bytes.
TEXT ·stepVNNI(SB), NOSPLIT, $0-24
	MOVQ s+0(FP), AX
	MOVQ Step_H(AX), R8
	MOVQ Step_Weights(AX), DX
	MOVQ Weights_Low(DX), DI
	MOVQ Weights_High(DX), R10
	MOVQ Weights_Planes(DX), R11
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
	VPXORQ Z3, Z3, Z3
	VPSUBB Z12, Z0, Z12
	VPBROADCASTB (Step_Table+Table_Plain)(AX), Z13
	BITS(Z24, Z25, Z26, Z27, Z28, Z29, Z30, Z31)
	VMOVDQA64 Z24, Z14
	VMOVDQU64 (Step_Table+Table_Low)(AX), Z20
	VMOVDQU64 (Step_Table+Table_Low+64)(AX), Z21
	VMOVDQU64 (Step_Table+Table_High)(AX), Z22
	VMOVDQU64 (Step_Table+Table_High+64)(AX), Z23
	XORL R9, R9
block:
	VPXORQ Z9, Z9, Z9
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
	STEP(0, Z24)
	STEP(1, Z25)
	STEP(2, Z26)
	STEP(3, Z27)
	STEP(4, Z28)
	STEP(5, Z29)
	STEP(6, Z30)
	STEP(7, Z31)
	VPCMPUB $6, Z13, Z9, K3
	KORTESTQ K3, K3
	JNE  some
	ADDQ $512, R8
	ADDQ $512, DI
	ADDL $8, R9
	JMP  block
some:
	VMOVDQU64 (R8), Z4
	VPSUBB Z4, Z12, Z5
	VPMAXSB Z4, Z5, Z5
	VPCMPUB $6, Z13, Z5, K3
	KORTESTQ K3, K3
	JEQ  plain
	VMOVDQU64 (DI), Z7
	VPDPBUSD Z7, Z14, Z3
	VMOVDQA64 Z5, Z6
	VPERMI2B.Z Z21, Z20, K4, Z6
	VPERMI2B.Z Z23, Z22, K4, Z5
	VMOVDQU64 Z6, (DI)
	VMOVDQU64 Z5, (R10)
	VPDPBUSD Z6, Z14, Z0
	VPDPBUSD Z5, Z14, Z2
	MOVL R9, (R11)
	ADDQ $64, R10
	ADDQ $4, R11
plain:
	ADDQ $64, R8
	ADDQ $64, DI
	INCL R9
	TESTL $7, R9
	JNE  some
	JMP  block
sum:
	VPSUBD Z3, Z0, Z0
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
