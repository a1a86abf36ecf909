#include "go_asm.h"
#include "textflag.h"

// Look for processors with AVX-VNNI: one instruction makes four products of bytes and
// adds them to a sum of 32 bits, which no row can fill.

// VPDPBUSD Y11, Y10, Y<a>, encoded as AVX-VNNI has it; the assembler only knows the
// form of AVX-512.
#define DOT(A, a) \
	BYTE $0xc4; BYTE $0xc2; BYTE $0x2d; BYTE $0x50; BYTE $(0xc3+8*a)

#define LOOK ·lookAVXVNNI(SB)
#define STRETCH 0x7fffffff
#define SHIFT(n, A) VPSRAD n, A, A
#define ADD(B, A) VPADDD B, A, A
#define WIDEN(A)
#include "look256_amd64.h"
