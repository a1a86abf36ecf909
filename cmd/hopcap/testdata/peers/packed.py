"""Patterns as bits, 64 a word, a row a neuron; sums of them in bit slices.

Slice b holds bit b of every sum, in two's complement. LLVM makes vector instructions
of the loops over words, so that rows are whole vectors long.
"""
import numpy as np
from numba import njit, types, uint64
from numba.extending import intrinsic

from peer_numba import step

LANES = 8  # words of a row are a multiple of this
GENERATORS = 64  # enough for the vector loop of LLVM, which takes several registers at a time
ZERO, ONES = np.uint64(0), ~np.uint64(0)


@intrinsic
def popcount(typingctx, x):
    return types.uint64(types.uint64), lambda context, builder, signature, args: builder.ctpop(args[0])


@njit
def steps(s, words):
    """A word of each of as many generators, xorshift64*."""
    for j in range(words.size):
        x = s[j]
        x ^= x >> uint64(12)
        x ^= x << uint64(25)
        x ^= x >> uint64(27)
        s[j] = x
        words[j] = x * uint64(2685821657736338717)


@njit
def draw(words, r):
    """Random words, from generators side by side."""
    s = np.empty(GENERATORS, np.uint64)
    for j in range(GENERATORS):
        s[j] = step(r)
    for a in range(0, words.size, GENERATORS):
        steps(s, words[a:a + GENERATORS])


@njit
def patterns(n, k, r):
    """n rows of k random bits, and a row of k ones; zeros fill them up."""
    words = (k + 64 * LANES - 1) // (64 * LANES) * LANES
    active = np.zeros(words, np.uint64)
    active[:k // 64] = ONES
    if k % 64:
        active[k // 64] = (uint64(1) << uint64(k % 64)) - uint64(1)
    x = np.empty((n, words), np.uint64)
    draw(x.reshape(n * words), r)
    for i in range(n):
        for w in range(k // 64, words):
            x[i, w] &= active[w]
    return x, active


@njit
def first(x):
    """The pattern of the lowest bits."""
    s = np.empty(x.shape[0], np.int64)
    for i in range(s.size):
        s[i] = 2 * np.int64(x[i, 0] & uint64(1)) - 1
    return s


@njit
def common(a, b):
    """How many bits both have."""
    t = uint64(0)
    for w in range(a.size):
        t += popcount(a[w] & b[w])
    return np.int64(t)


@njit
def add(x, y, c):
    """x + y at one slice, with the carry c."""
    for w in range(x.size):
        u = x[w] ^ y[w]
        k = c[w]
        c[w] = (x[w] & y[w]) | (u & k)
        x[w] = u ^ k


@njit
def ripple(x, c):
    """x + c at one slice, with the carry c."""
    for w in range(x.size):
        k = c[w]
        c[w] = x[w] & k
        x[w] ^= k


@njit
def seven(x, f, h0, h1, h2, c):
    """Adds seven bits, those of row i turned over by f[i], to three slices, with the carry c."""
    x0, x1, x2, x3, x4, x5, x6 = x[0], x[1], x[2], x[3], x[4], x[5], x[6]
    f0, f1, f2, f3, f4, f5, f6 = f[0], f[1], f[2], f[3], f[4], f[5], f[6]
    for w in range(c.size):
        a, b, d = x0[w] ^ f0, x1[w] ^ f1, x2[w] ^ f2
        u = a ^ b
        p, k1 = u ^ d, (a & b) | (u & d)
        a, b, d = x3[w] ^ f3, x4[w] ^ f4, x5[w] ^ f5
        u = a ^ b
        q, k2 = u ^ d, (a & b) | (u & d)
        a, d = x6[w] ^ f6, h0[w]
        u = p ^ q
        one, k3 = u ^ a, (p & q) | (u & a)
        u = k1 ^ k2
        two, four = u ^ k3, (k1 & k2) | (u & k3)
        h0[w], k = one ^ d, one & d
        d = h1[w]
        u = two ^ d
        h1[w], k = u ^ k, (two & d) | (u & k)
        d = h2[w]
        u = four ^ d
        h2[w], c[w] = u ^ k, (four & d) | (u & k)


@njit
def agreements(x, s, h, t):
    """In h, by slices: in how many rows the bit is that of s."""
    f = np.zeros(7, np.uint64)
    h[:] = ZERO
    whole = s.size // 7 * 7
    for i in range(0, whole, 7):
        for j in range(7):
            f[j] = ONES if s[i + j] < 0 else ZERO
        seven(x[i:i + 7], f, h[0], h[1], h[2], t[0])
        b = 3
        while i + 7 >> b:
            ripple(h[b], t[0])
            b += 1
    for i in range(whole, s.size):
        for w in range(x.shape[1]):
            t[0, w] = x[i, w] ^ (ONES if s[i] < 0 else ZERO)
        for b in range(h.shape[0]):
            ripple(h[b], t[0])


@njit
def centre(h, middle, t):
    """h less a constant."""
    t[0][:] = ZERO
    for b in range(h.shape[0]):
        t[1][:] = ONES if -middle >> b & 1 else ZERO
        add(h[b], t[1], t[0])
