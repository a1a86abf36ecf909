#include "go_asm.h"
#include "textflag.h"

// Of each block of four words there are 64 bytes on the stack: the stream before it, and
// the words, which become four dice of 16 bits each. Blocks are at three places of the
// loop at the same time, so that nothing waits for what was just written:
//
//	swaps    block b
//	dice     block b+1, four words in a register
//	words    block b+3
//
//	R8–R11 the stream   R14 block b on the stack    R12 where element i is
//	DI element 0        CX i                        R13 blocks left    AX, BX, DX
//	Y0 words            Y1 the ranges of their next dice   Y5 their dice   Y2–Y4
//	Y8 the ranges of their first dice, Y9 how much they rise from block to block
//	Y10 the words of which too little is left   X11 most   Y14 ones   Y15 zero

DATA first<>+0x00(SB)/8, $1
DATA first<>+0x08(SB)/8, $5
DATA first<>+0x10(SB)/8, $9
DATA first<>+0x18(SB)/8, $13
GLOBL first<>(SB), RODATA, $32

// NEXT writes the next word to the stack, AT bytes from block b on.
#define NEXT(AT) \
	LEAQ (R8)(R11*1), AX \
	ROLQ $23, AX \
	ADDQ R8, AX \
	MOVQ AX, (AT)(R14) \
	MOVQ R9, DX \
	SHLQ $17, DX \
	XORQ R8, R10 \
	XORQ R9, R11 \
	XORQ R10, R9 \
	XORQ R11, R8 \
	XORQ DX, R10 \
	ROLQ $45, R11

// WORDS draws the words of block b + ahead.
#define WORDS(ahead) \
	MOVQ R8, (64*ahead+0)(R14) \
	MOVQ R9, (64*ahead+8)(R14) \
	MOVQ R10, (64*ahead+16)(R14) \
	MOVQ R11, (64*ahead+24)(R14) \
	NEXT(64*ahead+32) \
	NEXT(64*ahead+40) \
	NEXT(64*ahead+48) \
	NEXT(64*ahead+56)

// DIE throws the dice of ranges Y1 with the words Y0: the upper halves of products of 64
// bits, made of two of 32 bits, go to the place k of Y5, the lower halves to Y0. The
// ranges rise by one.
#define DIE(k) \
	VPMULUDQ Y1, Y0, Y2 \
	VPSRLQ $32, Y0, Y3 \
	VPMULUDQ Y1, Y3, Y3 \
	VPSRLQ $32, Y2, Y4 \
	VPADDQ Y4, Y3, Y3 \
	VPSRLQ $32, Y3, Y4 \
	VPSLLQ $(16*k), Y4, Y4 \
	VPOR Y4, Y5, Y5 \
	VPSLLQ $32, Y3, Y3 \
	VPBLENDD $0x55, Y2, Y3, Y0 \
	VPADDQ Y14, Y1, Y1

// DICE throws those of block b + ahead. Y10 tells if too little is left of a word.
#define DICE(ahead) \
	VMOVDQU (64*ahead+32)(R14), Y0 \
	VMOVDQA Y8, Y1 \
	VPXOR Y5, Y5, Y5 \
	DIE(0) \
	DIE(1) \
	DIE(2) \
	DIE(3) \
	VMOVDQU Y5, (64*ahead+32)(R14) \
	VPSRLQ X11, Y0, Y0 \
	VPCMPEQQ Y15, Y0, Y10 \
	VPADDQ Y9, Y8, Y8

// SWAP is p[i+e] = p[j], p[j] = i+e with the lowest die of AX.
#define SWAP(e) \
	MOVWLZX AX, DX \
	MOVL (DI)(DX*4), BX \
	MOVL BX, (4*(e))(R12) \
	MOVL CX, (DI)(DX*4) \
	INCL CX \
	SHRQ $16, AX

// SWAPS makes those of word w of block b.
#define SWAPS(w) \
	MOVQ (32+8*w)(R14), AX \
	SWAP(4*w) \
	SWAP(4*w+1) \
	SWAP(4*w+2) \
	SWAP(4*w+3)

// func batches(s *Stream, p *int32, i, blocks int, most uint64) (done int)
//
// The stack has room for mostBlocks and the three that are ahead of the last.
TEXT ·batches(SB), 0, $4288-48
	MOVQ s+0(FP), AX
	MOVQ Stream_S0(AX), R8
	MOVQ Stream_S1(AX), R9
	MOVQ Stream_S2(AX), R10
	MOVQ Stream_S3(AX), R11
	MOVQ p+8(FP), DI
	MOVQ i+16(FP), CX
	LEAQ (DI)(CX*4), R12
	MOVQ blocks+24(FP), R13
	VPBROADCASTQ i+16(FP), Y8
	VPADDQ first<>(SB), Y8, Y8
	MOVQ $16, AX
	VMOVQ AX, X9
	VPBROADCASTQ X9, Y9
	VMOVQ most+32(FP), X11
	VPXOR Y15, Y15, Y15
	VPCMPEQQ Y14, Y14, Y14
	VPSRLQ $63, Y14, Y14
	LEAQ 0(SP), R14
	WORDS(0)
	WORDS(1)
	WORDS(2)
	DICE(0)
block:
	VPTEST Y10, Y10
	JNE  done
	WORDS(3)
	DICE(1)
	SWAPS(0)
	SWAPS(1)
	SWAPS(2)
	SWAPS(3)
	ADDQ $64, R14
	ADDQ $64, R12
	DECQ R13
	JNE  block
done:
	MOVQ s+0(FP), AX
	VMOVDQU (R14), Y0
	VMOVDQU Y0, Stream_S0(AX)
	MOVQ blocks+24(FP), AX
	SUBQ R13, AX
	MOVQ AX, done+40(FP)
	VZEROUPPER
	RET
