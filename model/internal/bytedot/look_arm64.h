// Look for 64-bit ARM. The file that includes this one defines
//
//	LOOK         the name of the function
//	DOT(n, T, t) adds to the sums in register n the weights V24 where the bytes of
//	             T, which is register t, are all ones; or takes them away
//	WIDEN(n)     adds neighbouring sums of 16 bits in register n, if they are no more
//	SIGN(A)      changes the signs of sums if DOT took away
//	STRETCH      how many pieces sums can take up before they must be widened
//
// Eight neurons are looked at together, a piece of each in a register of its own.
//
//	V0–V7    neurons 0 … 7: sums
//	V8–V15   a piece of their rows
//	V16–V23  masks 1, 2, 4, … 128 of each byte
//	V24      the weights of the columns of one bit
//	V25, V26 all ones in the bytes of a piece in which that bit is set
//	V28, V29 the fields
//
//	R0 the Replica       R1 the order           R2 neurons left after this block
//	R3 bytes of a row    R4 the rows            R5 the weights
//	R6 pieces left       R7 of them in this stretch
//	R8–R15 eight rows    R16 planes left

#define TEST(n, ROW, MASK, T, t) \
	VCMTST MASK, ROW, T \
	DOT(n, T, t)

// BIT takes up the bit of the mask in the 16 bytes of each row.
#define BIT(MASK) \
	VLD1.P 16(R5), [V24.B16] \
	TEST(0, V8.B16, MASK, V25.B16, 25) \
	TEST(1, V9.B16, MASK, V26.B16, 26) \
	TEST(2, V10.B16, MASK, V25.B16, 25) \
	TEST(3, V11.B16, MASK, V26.B16, 26) \
	TEST(4, V12.B16, MASK, V25.B16, 25) \
	TEST(5, V13.B16, MASK, V26.B16, 26) \
	TEST(6, V14.B16, MASK, V25.B16, 25) \
	TEST(7, V15.B16, MASK, V26.B16, 26)

// ROW makes R the row of the next neuron of the order.
#define ROW(R) \
	MOVW.P 4(R1), R17 \
	MADD R3, R4, R17, R

#define ZERO(A) VEOR A, A, A

// func(x *Replica, order []int32) int
TEXT LOOK, NOSPLIT, $0-40
	MOVD x+0(FP), R0
	MOVD order_base+8(FP), R1
	MOVD order_len+16(FP), R2
	MOVD Replica_pieces(R0), R3
	LSL  $4, R3
	MOVD Replica_rows(R0), R4
	VMOVI $1, V16.B16
	VADD V16.B16, V16.B16, V17.B16
	VADD V17.B16, V17.B16, V18.B16
	VADD V18.B16, V18.B16, V19.B16
	VADD V19.B16, V19.B16, V20.B16
	VADD V20.B16, V20.B16, V21.B16
	VADD V21.B16, V21.B16, V22.B16
	VADD V22.B16, V22.B16, V23.B16

block:
	SUBS $8, R2
	BLT  done
	ZERO(V28.B16)
	ZERO(V29.B16)
	MOVD Replica_weights(R0), R5
	MOVD Replica_planes(R0), R16
	SUBS $1, R16
	BEQ  plane
	MOVD (Replica_steps+8)(R0), R17
	ADD  R17, R5 // the plane that counts 64 comes first

plane:
	ROW(R8)
	ROW(R9)
	ROW(R10)
	ROW(R11)
	ROW(R12)
	ROW(R13)
	ROW(R14)
	ROW(R15)
	VSHL $6, V28.S4, V28.S4
	VSHL $6, V29.S4, V29.S4
	MOVD Replica_pieces(R0), R6

stretch:
	MOVD $STRETCH, R7
	CMP  R7, R6
	CSEL LT, R6, R7, R7
	SUB  R7, R6
	ZERO(V0.B16)
	ZERO(V1.B16)
	ZERO(V2.B16)
	ZERO(V3.B16)
	ZERO(V4.B16)
	ZERO(V5.B16)
	ZERO(V6.B16)
	ZERO(V7.B16)

piece:
	VLD1.P 16(R8), [V8.B16]
	VLD1.P 16(R9), [V9.B16]
	VLD1.P 16(R10), [V10.B16]
	VLD1.P 16(R11), [V11.B16]
	VLD1.P 16(R12), [V12.B16]
	VLD1.P 16(R13), [V13.B16]
	VLD1.P 16(R14), [V14.B16]
	VLD1.P 16(R15), [V15.B16]
	BIT(V16.B16)
	BIT(V17.B16)
	BIT(V18.B16)
	BIT(V19.B16)
	BIT(V20.B16)
	BIT(V21.B16)
	BIT(V22.B16)
	BIT(V23.B16)
	SUB  $1, R7
	CBNZ R7, piece

	// Four sums to a neuron become one, four neurons to a register.
	WIDEN(0)
	WIDEN(1)
	WIDEN(2)
	WIDEN(3)
	WIDEN(4)
	WIDEN(5)
	WIDEN(6)
	WIDEN(7)
	VADDP V1.S4, V0.S4, V0.S4
	VADDP V3.S4, V2.S4, V2.S4
	VADDP V5.S4, V4.S4, V4.S4
	VADDP V7.S4, V6.S4, V6.S4
	VADDP V2.S4, V0.S4, V0.S4
	VADDP V6.S4, V4.S4, V4.S4
	VADD V0.S4, V28.S4, V28.S4
	VADD V4.S4, V29.S4, V29.S4
	CBNZ R6, stretch
	CBZ  R16, decide
	SUB  $1, R16
	SUB  $32, R1
	MOVD Replica_weights(R0), R5
	B    plane

decide:
	SIGN(V28.S4)
	SIGN(V29.S4)
	MOVWU Replica_threshold(R0), R17
	VDUP R17, V27.S4
	CMGT(27, 28, 25)
	CMGT(27, 29, 26)
	VORR V25.B16, V26.B16, V25.B16
	VMOV V25.D[0], R17
	VMOV V25.D[1], R19
	ORR  R17, R19
	CBZ  R19, block
	SUB  $32, R1
	MOVD $Replica_fields(R0), R17
	VST1 [V28.S4, V29.S4], (R17)
done:
	MOVD order_base+8(FP), R17
	SUB  R17, R1
	ASR  $2, R1
	MOVD R1, ret+32(FP)
	RET
