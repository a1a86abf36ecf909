#include "go_asm.h"
#include "textflag.h"

// Look for 64-bit ARM with dot products: SDOT multiplies bytes and adds four products
// each to a sum of 32 bits, which no row can fill. All ones are −1.

#define CMGT(n, m, d) WORD $(0x4ea03400 | m<<16 | n<<5 | d)

#define LOOK ·lookDotProd(SB)
#define STRETCH 0x7fffffff
#define DOT(n, T, t) WORD $(0x4e809400 | 24<<16 | t<<5 | n) // SDOT V24.16B, T.16B, Vn.4S
#define WIDEN(n)
#define SIGN(A) \
	VEOR V27.B16, V27.B16, V27.B16 \
	VSUB A, V27.S4, A
#include "look_arm64.h"
